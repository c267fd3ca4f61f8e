internal import Foundation
internal import TextAnalysis

/// Reads one `DayRange`.
struct DayReader {
    let text: String
    let today: CivilDay
    /// The moment that is now, in seconds of the reader's clock.
    let seconds: Double
    /// Numbers and folded words in order; signs between them are left out.
    var tokens: [String]
    /// Whether days may be reckoned from today.
    var isRelative = true

    init(_ text: String, now: Date, timeZone: TimeZone) {
        self.text = text
        seconds = now.timeIntervalSince1970 + Double(timeZone.secondsFromGMT(for: now))
        today = CivilDay(number: Int((seconds / 86_400).rounded(.down)))
        tokens = Self.tokens(of: text)
    }

    mutating func range() throws(FilterError) -> DayRange {
        if let range = moment() { return range }
        if let range = try edge() { return range }
        if let range = try digits() { return range }
        let all = tokens
        if isRelative, let range = try relative() { return range }
        tokens = all.filter { !DayWords.fillers.contains($0) }
        if let range = try named() { return range }
        if tokens.count < all.count || all.contains(where: { DayWords.units[$0] == .year }) {
            // "since 2024-06-01", "the year 2024", "3rd quarter" of which the words were in the way.
            tokens.removeAll { DayWords.units[$0] == .year }
            if let range = try digits() { return range }
        }
        throw FilterError(
            filter: text,
            reason: "write a date as 2024-06-01, 2024-06 or 2024, or in words: June 2024, "
                + "yesterday, last week"
        )
    }

    /// `start of 2024`, `principios de junio`, `end of last year`: the first or the last day.
    private func edge() throws(FilterError) -> DayRange? {
        guard isRelative,
            let word = tokens.first(where: { DayWords.fillers.contains($0) == false }),
            DayWords.beginning.contains(word) || DayWords.end.contains(word), tokens.count > 1,
            let place = tokens.firstIndex(of: word)
        else { return nil }
        var rest = self
        rest.tokens.removeSubrange(...place)
        rest.tokens = Array(rest.tokens.drop { ["of", "de", "del"].contains($0) })
        let range = try rest.range()
        return DayWords.beginning.contains(word)
            ? DayRange(first: range.first, last: range.first)
            : DayRange(first: range.last, last: range.last)
    }

    // MARK: Tokens

    /// Words and numbers, without a time of day, what stands in parentheses, and the day of the week beside
    /// a date.
    private static func tokens(of text: String) -> [String] {
        var plain = folded(text)
        let withoutRemarks = plain.replacing(/\([^()]*\)/, with: " ")
        if withoutRemarks.contains(where: \.isNumber) { plain = withoutRemarks }
        plain = plain.replacing(Self.timeOfDay, with: " ")
        plain = plain.replacing(/[年月日号년월일]/, with: " ")
        var tokens = plain.split { !($0.isLetter || $0.isNumber) }.flatMap(parted)
        // The hour in "2024-06-01T10" and "20240601T100000Z".
        if tokens.count > 3 || tokens.count == 2 && tokens[0].count == 8,
            let hour = tokens.firstIndex(where: {
                $0.first == "t" && $0.dropFirst().first?.isNumber == true
            })
        {
            tokens.removeSubrange(hour...)
        }
        if tokens.contains(where: { $0.first?.isNumber == true }), tokens.count > 2 {
            tokens.removeAll { DayWords.weekdays[$0] != nil && DayWords.months[$0] == nil }
        }
        return tokens
    }

    /// A time behind a date, with its zone.
    private static var timeOfDay: Regex<Substring> {
        #/
        (?:^|[\s,t])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?\s*(?:[ap]\.?m\b\.?)?
        \s*(?:z|utc|gmt|cet|cest|est|edt|pst|pdt)?\b(?:\s*[+\-]\d{2}:?(?:\d{2})?)?
        /#
    }

    /// `7d` and `15th` as a number and a word.
    private static func parted(_ token: Substring) -> [String] {
        let digits = token.prefix { $0.isNumber }
        guard !digits.isEmpty, digits.endIndex < token.endIndex else { return [String(token)] }
        return [String(digits), String(token[digits.endIndex...])]
    }

    // MARK: In digits

    /// `2024`, `2024-6`, `2024-06-01`, `2024/6/1`, `20240601`, `1.6.2024`, `15/06/2014`, `2024-Q2`,
    /// `2024-W23`, `2024-166`.
    private func digits() throws(FilterError) -> DayRange? {
        let numbers = tokens.map { Int($0) }
        switch (tokens.count, numbers.first ?? nil) {
        case (1, let value?) where tokens[0].count == 8:
            return try day(value / 10_000, value / 100 % 100, value % 100)
        case (1, let value?) where tokens[0].count == 4: return try year(value)
        case (2, let value?) where tokens[0].count == 4:
            if let number = numbers[1], tokens[1].count <= 2 { return try month(value, number) }
            if let number = numbers[1], tokens[1].count == 3 { return try day(value, number) }
            if let part = Self.part(tokens[1]) { return try part_(value, part) }
        case (2, let number?) where tokens[1].count == 4 && tokens[0].count <= 2:
            if let year = numbers[1] { return try month(year, number) }
        case (3, let part?) where tokens[0].count == 1 && ["q", "t"].contains(tokens[1]):
            if let year = numbers[2], tokens[2].count == 4 { return try part_(year, part) }
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

    /// The day of a moment in seconds or milliseconds since 1970, as programs write it.
    private func moment() -> DayRange? {
        guard tokens.count == 1, let value = Int(tokens[0]), [10, 13].contains(tokens[0].count)
        else {
            return nil
        }
        let seconds = tokens[0].count == 13 ? value / 1000 : value
        return range(from: CivilDay(number: seconds / 86_400), days: 1)
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
    private static func part(_ token: String) -> Int? {
        guard let number = Int(token.dropFirst()) else { return nil }
        switch token.first {
        case "q", "t": return number
        case "w", "s": return -number
        default: return nil
        }
    }

    private func part_(_ year: Int, _ part: Int) throws(FilterError) -> DayRange {
        if (1...4).contains(part), let first = CivilDay(year, part * 3 - 2, 1) {
            return DayRange(first: first.description, last: try month(year, part * 3).last)
        }
        // The first week of a year has its first Thursday.
        guard (1...53).contains(-part), let fourth = CivilDay(year, 1, 4) else { throw impossible }
        let monday = CivilDay(number: fourth.number - fourth.weekday + 7 * (-part - 1))
        guard CivilDay(number: monday.number + 3).parts.year == year else { throw impossible }
        return range(from: monday, days: 7)
    }

    // MARK: Ranges

    private var impossible: FilterError {
        FilterError(filter: text, reason: "there is no such day")
    }

    func day(_ year: Int, _ month: Int, _ day: Int) throws(FilterError) -> DayRange {
        guard let day = CivilDay(year, month, day) else { throw impossible }
        return range(from: day, days: 1)
    }

    /// A day by its number in the year.
    private func day(_ year: Int, _ number: Int) throws(FilterError) -> DayRange {
        guard number > 0, let first = CivilDay(year, 1, 1), let last = CivilDay(year, 12, 31),
            number <= last.number - first.number + 1
        else { throw impossible }
        return range(from: CivilDay(number: first.number + number - 1), days: 1)
    }

    func month(_ year: Int, _ month: Int) throws(FilterError) -> DayRange {
        guard let first = CivilDay(year, month, 1) else { throw impossible }
        return range(from: first, days: CivilDay.length(of: month, in: year))
    }

    func year(_ year: Int) throws(FilterError) -> DayRange {
        guard let first = CivilDay(year, 1, 1), let last = CivilDay(year, 12, 31) else {
            throw impossible
        }
        return range(from: first, days: last.number - first.number + 1)
    }

    func range(from first: CivilDay, days: Int) -> DayRange {
        DayRange(
            first: first.description,
            last: CivilDay(number: first.number + days - 1).description
        )
    }
}
