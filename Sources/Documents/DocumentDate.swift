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
        else { return written(text).flatMap(parse) }
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

    /// The day of `3 February 2026`, `February 3, 2026`, `3. Februar 2026` or `3 de febrero de 2026` as
    /// `2026-02-03`; nil where it is not said in words.
    static func written(_ text: String) -> String? {
        let words = text.prefix(60).lowercased().split { " ,.:\u{A0}\t".contains($0) }
            .filter { !["de", "del", "the", "of"].contains($0) }
        guard
            let place = words.prefix(5).firstIndex(where: { word in
                word.count > 2 && months.contains { $0.contains { $0.hasPrefix(word) } }
            }),
            let month = months.firstIndex(where: { $0.contains { $0.hasPrefix(words[place]) } })
        else { return nil }
        func number(_ index: Int) -> Int? {
            guard words.indices.contains(index) else { return nil }
            let digits = words[index].prefix { $0.isNumber }
            let suffix = words[index].dropFirst(digits.count)
            return suffix.isEmpty || ["st", "nd", "rd", "th", "º"].contains(suffix)
                ? Int(digits) : nil
        }
        var found: (day: Int, year: Int)?
        if let day = number(place - 1), let year = number(place + 1) { found = (day, year) }
        if found == nil, let day = number(place + 1), let year = number(place + 2) {
            found = (day, year)
        }
        guard let found, (1...31).contains(found.day), (1000...9999).contains(found.year) else {
            return nil
        }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(found.year)-\(two(month + 1))-\(two(found.day))"
    }

    /// The names of the months in English, Spanish, German and French.
    private static let months: [[String]] = [
        ["january", "enero", "januar", "janvier", "jänner"],
        ["february", "febrero", "februar", "février"],
        ["march", "marzo", "märz", "mars"], ["april", "abril", "avril"], ["may", "mayo", "mai"],
        ["june", "junio", "juni", "juin"], ["july", "julio", "juli", "juillet"],
        ["august", "agosto", "août"],
        ["september", "sept", "septiembre", "setiembre", "septembre"],
        ["october", "octubre", "oktober", "octobre"],
        ["november", "noviembre", "novembre"], ["december", "diciembre", "dezember", "décembre"],
    ]
}
