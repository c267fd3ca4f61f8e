internal import Foundation
internal import TextAnalysis

/// Reads one `DayRange`.
struct DayReader {
    private let text: String
    private let today: CivilDay
    /// Numbers and folded words in order; signs between them are left out.
    private var tokens: [Substring]
    /// Whether days may be reckoned from today.
    var isRelative = true
    /// Whether the text says that it counts back from today, so that "one" in it is a number.
    private let countsBack: Bool

    init(_ text: String, now: Date, timeZone: TimeZone) {
        self.text = text
        let seconds = now.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: now))
        today = CivilDay(number: Int((seconds / 86_400).rounded(.down)))
        let folded = folded(text)
        tokens = folded.split { !($0.isLetter || $0.isNumber) }
        countsBack = tokens.first == "hace" || tokens.last == "ago"
    }

    mutating func range() throws(FilterError) -> DayRange {
        if let range = try digits() { return range }
        if let range = try instant() { return range }
        tokens = tokens.flatMap(Self.parted).filter { !Self.fillers.contains(String($0)) }
        // Behind a unit "ago" is English, elsewhere the Spanish August.
        if tokens.count == 3, tokens.last == "ago" { tokens.removeLast() }
        if isRelative, let range = try relative() { return range }
        if let range = try named() { return range }
        throw FilterError(
            filter: text,
            reason: "write a date as 2024-06-01, 2024-06 or 2024, or in words: June 2024, "
                + "yesterday, last week"
        )
    }

    // MARK: In digits

    /// `2024`, `2024-6`, `2024-06-01`, `2024/6/1`, `20240601`, `1.6.2024`, `15/06/2014`, `2024-Q2`,
    /// `2024-W23`.
    private func digits() throws(FilterError) -> DayRange? {
        let numbers = tokens.map { Int($0) }
        switch (tokens.count, numbers.first ?? nil) {
        case (1, let value?) where tokens[0].count == 8:
            return try day(value / 10_000, value / 100 % 100, value % 100)
        case (1, let value?) where tokens[0].count == 4: return try year(value)
        case (2, let value?) where tokens[0].count == 4:
            if let month = numbers[1], tokens[1].count <= 2 { return try month_(value, month) }
            if let part = Self.part(tokens[1]) { return try part_(value, part) }
        case (2, let month?) where tokens[1].count == 4 && tokens[0].count <= 2:
            if let year = numbers[1] { return try month_(year, month) }
        case (2, nil) where tokens[1].count == 4:
            if let part = Self.part(tokens[0]), let year = numbers[1] {
                return try part_(year, part)
            }
        case (3, let first?):
            guard let second = numbers[1], let third = numbers[2] else { return nil }
            if tokens[0].count == 4 { return try day(first, second, third) }
            guard tokens[2].count == 4, tokens[0].count <= 2, tokens[1].count <= 2 else {
                return nil
            }
            return try dayAndMonth(first, second, of: third)
        default: break
        }
        return nil
    }

    /// `15/06/2014` has one reading, `6/5/2014` two unless points show that the day is first.
    private func dayAndMonth(
        _ first: Int,
        _ second: Int,
        of year: Int
    ) throws(FilterError) -> DayRange {
        if second > 12 { return try day(year, first, second) }
        guard first > 12 || first == second || text.contains(".") else {
            throw FilterError(
                filter: text,
                reason: "the day and the month cannot be told apart: write "
                    + "\(CivilDay(year, second, first)?.description ?? "2024-06-01") or "
                    + "\(CivilDay(year, first, second)?.description ?? "2024-01-06")"
            )
        }
        return try day(year, second, first)
    }

    /// The quarter of `q2`, the week of `w23`, as a positive or negative number.
    private static func part(_ token: Substring) -> Int? {
        guard let number = Int(token.dropFirst()) else { return nil }
        switch token.first {
        case "q", "t": return number
        case "w", "s": return -number
        default: return nil
        }
    }

    private func part_(_ year: Int, _ part: Int) throws(FilterError) -> DayRange {
        if (1...4).contains(part), let first = CivilDay(year, part * 3 - 2, 1) {
            return try range(from: first, to: month_(year, part * 3).last)
        }
        // The first week of a year has its first Thursday.
        guard (1...53).contains(-part), let fourth = CivilDay(year, 1, 4) else { throw impossible }
        let monday = CivilDay(number: fourth.number - fourth.weekday + 7 * (-part - 1))
        guard CivilDay(number: monday.number + 3).parts.year == year else { throw impossible }
        return range(from: monday, days: 7)
    }

    /// `2024-06-01T10:30:00+02:00`: the day that is written there.
    private func instant() throws(FilterError) -> DayRange? {
        guard
            let match = text.wholeMatch(
                of: /\s*(\d{4})[-\/.](\d{1,2})[-\/.](\d{1,2})[Tt ]\d{1,2}:\d{2}.*/
            ),
            let year = Int(match.1), let month = Int(match.2), let day = Int(match.3)
        else { return nil }
        return try self.day(year, month, day)
    }

    // MARK: In words

    private static let fillers: Set<String> = [
        "de", "del", "of", "the", "el", "la", "los", "las", "in", "en", "st", "nd", "rd", "th",
        "on",
        "hace", "past", "since", "desde", "and", "y",
    ]

    private static let months: [String: Int] = {
        var months: [String: Int] = [:]
        let names = [
            "january enero jan ene", "february febrero feb", "march marzo mar",
            "april abril apr abr", "may mayo", "june junio jun", "july julio jul",
            "august agosto aug ago", "september septiembre setiembre sep sept set",
            "october octubre oct", "november noviembre nov", "december diciembre dec dic",
        ]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { months[String(name)] = index + 1 }
        }
        return months
    }()

    /// `junio 2024`, `15 de junio de 2024`, `June 15, 2024`, `June 15th 2024`.
    private func named() throws(FilterError) -> DayRange? {
        guard let place = tokens.firstIndex(where: { Self.months[String($0)] != nil }),
            let month = Self.months[String(tokens[place])]
        else { return nil }
        var numbers = tokens
        numbers.remove(at: place)
        let values = numbers.map { Int($0) }
        switch numbers.count {
        case 0:
            guard isRelative else { return nil }
            // The last such month that has begun.
            let (year, current, _) = today.parts
            return try month_(month > current ? year - 1 : year, month)
        case 1:
            guard let year = values[0], numbers[0].count == 4 else { return nil }
            return try month_(year, month)
        case 2:
            guard let day = values[0], let year = values[1], numbers[1].count == 4 else {
                guard let year = values[0], let day = values[1], numbers[0].count == 4 else {
                    return nil
                }
                return try self.day(year, month, day)
            }
            return try self.day(year, month, day)
        default: return nil
        }
    }

    /// `today`, `ayer`, `last week`, `este mes`, `3 days ago`, `hace un año`, `7d`, `last Monday`.
    private func relative() throws(FilterError) -> DayRange? {
        let words = tokens.map(String.init)
        switch words {
        case ["today"], ["hoy"], ["now"], ["ahora"]: return range(from: today, days: 1)
        case ["yesterday"], ["ayer"]: return range(from: daysAgo(1), days: 1)
        case ["anteayer"], ["antier"]: return range(from: daysAgo(2), days: 1)
        default: break
        }
        if let weekday = words.count <= 2 ? words.compactMap({ Self.weekdays[$0] }).first : nil,
            words.count == 1 || words.contains(where: Self.lastWords.contains)
        {
            // The last such day before today.
            return range(from: daysAgo((today.weekday - weekday + 6) % 7 + 1), days: 1)
        }
        guard words.count == 2 else { return nil }
        let this: Set = ["this", "este", "esta", "current", "actual"]
        for (word, unit) in [(words[0], words[1]), (words[1], words[0])] {
            guard let unit = Self.units[unit] else { continue }
            if Self.lastWords.contains(word) { return try whole(unit, before: 1) }
            if this.contains(word) { return try whole(unit, before: 0) }
        }
        let numeral = countsBack ? Self.numerals[words[0]] : nil
        guard let count = Int(words[0]) ?? numeral, (0...10_000).contains(count),
            let unit = Self.units[words[1]]
        else { return nil }
        let start = moved(back: count, unit)
        return range(from: start, days: 1)
    }

    private static let lastWords: Set = [
        "last", "previous", "pasado", "pasada", "ultimo", "ultima", "anterior",
    ]

    /// Days of the week from Monday, 0.
    private static let weekdays: [String: Int] = {
        let names = [
            "monday mon lunes", "tuesday tue martes", "wednesday wed miercoles",
            "thursday thu jueves", "friday fri viernes", "saturday sat sabado",
            "sunday sun domingo",
        ]
        var weekdays: [String: Int] = [:]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { weekdays[String(name)] = index }
        }
        return weekdays
    }()

    /// Small numbers in words.
    private static let numerals: [String: Int] = {
        let names = [
            "a an one un una uno", "two dos", "three tres", "four cuatro", "five cinco", "six seis",
            "seven siete", "eight ocho", "nine nueve", "ten diez",
        ]
        var numerals: [String: Int] = [:]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { numerals[String(name)] = index + 1 }
        }
        return numerals
    }()

    private enum Unit { case day, week, month, year }

    private static let units: [String: Unit] = [
        "day": .day, "days": .day, "dia": .day, "dias": .day, "d": .day,
        "week": .week, "weeks": .week, "semana": .week, "semanas": .week, "w": .week,
        "month": .month, "months": .month, "mes": .month, "meses": .month,
        "year": .year, "years": .year, "ano": .year, "anos": .year, "y": .year,
    ]

    /// `7d` as a number and a unit.
    private static func parted(_ token: Substring) -> [Substring] {
        let digits = token.prefix { $0.isNumber }
        guard !digits.isEmpty, digits.endIndex < token.endIndex else { return [token] }
        return [digits, token[digits.endIndex...]]
    }

    private func whole(_ unit: Unit, before count: Int) throws(FilterError) -> DayRange {
        let (year, month, _) = today.parts
        switch unit {
        case .day: return range(from: daysAgo(count), days: 1)
        case .week:
            return range(from: CivilDay(number: today.number - today.weekday - 7 * count), days: 7)
        case .month:
            let months = year * 12 + month - 1 - count
            return try month_(months / 12, months % 12 + 1)
        case .year: return try self.year(year - count)
        }
    }

    private func moved(back count: Int, _ unit: Unit) -> CivilDay {
        let (year, month, day) = today.parts
        switch unit {
        case .day: return daysAgo(count)
        case .week: return daysAgo(7 * count)
        case .month, .year:
            let months = year * 12 + month - 1 - count * (unit == .year ? 12 : 1)
            let (y, m) = (max(1, months / 12), months % 12 + 1)
            return CivilDay(y, m, min(day, CivilDay.length(of: m, in: y))) ?? today
        }
    }

    private func daysAgo(_ count: Int) -> CivilDay { CivilDay(number: today.number - count) }

    // MARK: Ranges

    private var impossible: FilterError {
        FilterError(filter: text, reason: "there is no such day")
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) throws(FilterError) -> DayRange {
        guard let day = CivilDay(year, month, day) else { throw impossible }
        return range(from: day, days: 1)
    }

    private func month_(_ year: Int, _ month: Int) throws(FilterError) -> DayRange {
        guard let first = CivilDay(year, month, 1) else { throw impossible }
        return range(from: first, days: CivilDay.length(of: month, in: year))
    }

    private func year(_ year: Int) throws(FilterError) -> DayRange {
        guard let first = CivilDay(year, 1, 1), let last = CivilDay(year, 12, 31) else {
            throw impossible
        }
        return range(from: first, days: last.number - first.number + 1)
    }

    private func range(from first: CivilDay, days: Int) -> DayRange {
        DayRange(
            first: first.description,
            last: CivilDay(number: first.number + days - 1).description
        )
    }

    private func range(from first: CivilDay, to last: String) throws(FilterError) -> DayRange {
        DayRange(first: first.description, last: last)
    }
}
