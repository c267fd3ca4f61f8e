package import Foundation

/// Days as a person names them: `2024-06-01`, `2024-6`, `2024`, `junio 2024`, `15/06/2014`, `June 15,
/// 2014`, `yesterday`, `last week`, `hace 3 días`.
///
/// Days are those of the proleptic Gregorian calendar, as ISO 8601 text, so that text order is theirs.
package struct DayRange: Hashable, Sendable {
    /// The first day, `2024-06-01`.
    package let first: String
    /// The last day, inclusive.
    package let last: String

    package init(first: String, last: String) {
        self.first = first
        self.last = last
    }

    /// Reads what a person wrote.
    ///
    /// - Parameters:
    ///   - text: in Spanish or English, or in digits.
    ///   - now: what relative days are reckoned from.
    ///   - timeZone: the reader's, which says what day is today.
    /// - Throws: `FilterError` for a day that does not exist, that can be read in two ways, or that is
    ///   not understood.
    package init(
        _ text: String,
        now: Date = Date(),
        timeZone: TimeZone = .current
    ) throws(FilterError) {
        var reader = DayReader(text, now: now, timeZone: timeZone)
        self = try reader.range()
    }

    /// Reads a day that a document bears: no relative one, and none that the reader's time zone
    /// decides.
    package init(written text: String) throws(FilterError) {
        guard let utc = TimeZone(secondsFromGMT: 0) else { preconditionFailure("UTC exists") }
        var reader = DayReader(text, now: Date(timeIntervalSince1970: 0), timeZone: utc)
        reader.isRelative = false
        self = try reader.range()
    }

    /// The day of a moment, in a time zone.
    package static func day(of moment: Date, in timeZone: TimeZone) -> String {
        let seconds = moment.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: moment))
        return CivilDay(number: Int((seconds / 86_400).rounded(.down))).description
    }
}

/// A day of the proleptic Gregorian calendar.
struct CivilDay: Hashable, Comparable, CustomStringConvertible {
    /// Days after the first of January 1970.
    let number: Int

    init(number: Int) { self.number = number }

    /// A day, or nil if the month has no such day.
    init?(_ year: Int, _ month: Int, _ day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            (1...Self.length(of: month, in: year)).contains(day)
        else { return nil }
        // Years that begin in March.
        let y = month > 2 ? year : year - 1
        let m = (month + 9) % 12
        number = 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719_468
    }

    static func length(of month: Int, in year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// Year, month and day.
    var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let m = (5 * dayOfYear + 2) / 153
        let month = m < 10 ? m + 3 : m - 9
        return (year + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * m + 2) / 5 + 1)
    }

    /// 0 for Monday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 }

    static func < (a: CivilDay, b: CivilDay) -> Bool { a.number < b.number }

    /// ISO 8601.
    var description: String {
        let (year, month, day) = parts
        func padded(_ value: Int, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}
