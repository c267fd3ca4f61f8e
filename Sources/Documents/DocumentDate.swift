internal import FoundationEssentials

/// Dates as documents write them.
enum DocumentDate {
    /// The moment of `2024-03-01`, `2024-03-01T10:30:00Z`, `2024-03-01 10:30 +0200` and the like;
    /// without a zone, in UTC.
    static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        var i = 0
        func number(_ digits: Int) -> Int? {
            guard i + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[i..<(i + digits)] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            i += digits
            return value
        }
        func skip(_ characters: String) -> Bool {
            guard i < bytes.count, characters.utf8.contains(bytes[i]) else { return false }
            i += 1
            return true
        }
        while i < bytes.count, bytes[i] <= 0x20 { i += 1 }
        guard let year = number(4), skip("-/."), let month = number(2), skip("-/."),
            let day = number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var seconds = 0
        if skip("Tt "), let hour = number(2), skip(":"), let minute = number(2) {
            seconds = hour * 3600 + minute * 60
            if skip(":"), let second = number(2) { seconds += second }
            if skip(".,") { while i < bytes.count, (0x30...0x39).contains(bytes[i]) { i += 1 } }
            _ = skip(" ")
            if i < bytes.count, bytes[i] == 0x2B || bytes[i] == 0x2D {
                let sign = bytes[i] == 0x2B ? -1 : 1
                i += 1
                if let hours = number(2) {
                    _ = skip(":")
                    seconds += sign * (hours * 3600 + (number(2) ?? 0) * 60)
                }
            }
        }
        // Days from the civil calendar, with years that begin in March.
        let y = month > 2 ? year : year - 1
        let m = (month + 9) % 12
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719_468
        return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
    }

    /// The day that lies `days` after the first of January 1970, as `2024-03-01`.
    static func day(_ days: Int) -> String {
        // Years that begin in March, in eras of 400 of them.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let m = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * m + 2) / 5 + 1
        let month = m < 10 ? m + 3 : m - 9
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(digits - text.count, 0)) + text
        }
        let civil = year + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(civil, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
