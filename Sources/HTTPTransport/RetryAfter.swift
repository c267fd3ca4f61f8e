internal import FoundationEssentials

/// The `Retry-After` header: RFC 9110, section 10.2.3.
enum RetryAfter {
    /// The seconds to wait: given as such, or as a date after `now` (in seconds since
    /// 1970); never negative, nil if the header cannot be read.
    static func seconds(
        _ value: String?,
        now: Double = Date().timeIntervalSince1970
    ) -> Int? {
        guard let value else { return nil }
        if let number = Double(value), number.isFinite {
            return Int(min(max(number.rounded(.up), 0), 1e9))
        }
        guard let date = secondsSince1970(value) else { return nil }
        return Int(min(max((Double(date) - now).rounded(.up), 0), 1e9))
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads a date as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func secondsSince1970(_ text: String) -> Int? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[5] == "GMT",
            let day = Int(parts[1]), (1...31).contains(day),
            let year = Int(parts[3]), (1970...9999).contains(year),
            let month = months.firstIndex(of: parts[2])
        else { return nil }
        let time = parts[4].split(separator: ":").compactMap { Int($0) }
        guard time.count == 3, time.allSatisfy({ (0...60).contains($0) }) else { return nil }
        let number = month + 1
        // Days of the proleptic Gregorian calendar, the year taken to begin in March.
        let shifted = number > 2 ? year : year - 1
        let dayOfYear = (153 * ((number + 9) % 12) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
        return ((days * 24 + time[0]) * 60 + time[1]) * 60 + time[2]
    }
}
