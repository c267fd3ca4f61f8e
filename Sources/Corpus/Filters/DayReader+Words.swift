internal import Foundation

/// Dates in words.
extension DayReader {
    /// `junio 2024`, `15 de junio de 2024`, `June 15, 2014`, `15 juin 2014`, `junio`.
    func named() throws(FilterError) -> DayRange? {
        guard let place = tokens.firstIndex(where: { DayWords.months[$0] != nil }),
            let number = DayWords.months[tokens[place]]
        else { return nil }
        var others = tokens.map { ["first", "primero"].contains($0) ? "1" : $0 }
        others.remove(at: place)
        let values = others.map { Int($0) }
        switch others.count {
        case 0:
            guard isRelative else { return nil }
            // The last such month that has begun.
            let (year, current, _) = today.parts
            return try month(number > current ? year - 1 : year, number)
        case 1:
            guard let year = values[0], others[0].count == 4 else { return nil }
            return try month(year, number)
        case 2:
            guard let first = values[0], let second = values[1] else { return nil }
            if others[1].count == 4 { return try day(second, number, first) }
            return others[0].count == 4 ? try day(first, number, second) : nil
        default: return nil
        }
    }

    /// `today`, `ayer`, `last week`, `este mes`, `3 days ago`, `hace un año`, `7d`, `last 10 days`,
    /// `last Monday`.
    func relative() throws(FilterError) -> DayRange? {
        if let range = dayBesideToday() { return range }
        var words = tokens
        let countsBack = words.contains { DayWords.back.contains($0) }
        if countsBack {
            // "il y a" is French for "ago".
            words.removeAll { DayWords.back.contains($0) }
        } else if words.starts(with: ["il", "y", "a"]) {
            words.removeFirst(3)
            return try counted(words, isBack: true, reachesToday: false)
        }
        if countsBack { return try counted(words, isBack: true, reachesToday: false) }
        words.removeAll { DayWords.fillers.contains($0) && DayWords.units[$0] == nil }
        if words.count == 2, words.contains(where: DayWords.next.contains),
            let unit = words.lazy.compactMap({ DayWords.units[$0] }).first
        {
            return try whole(unit, before: -1)
        }
        if let range = lastWeekday(words) { return range }
        guard (2...3).contains(words.count) || words.count == 1 else { return nil }
        let isPast = words.contains { DayWords.past.contains($0) }
        let isLast = words.contains { DayWords.last.contains($0) }
        let isThis = words.contains { DayWords.this.contains($0) }
        let rest = words.filter {
            !DayWords.past.contains($0) && !DayWords.last.contains($0)
                && !DayWords.this.contains($0)
        }
        if rest.count == 1, words.count == 2, let unit = DayWords.units[rest[0]] {
            if isThis { return try whole(unit, before: 0) }
            if isLast { return try whole(unit, before: 1) }
            return isPast ? upToToday(from: moved(back: 1, unit)) : nil
        }
        guard !isThis, rest.count == 2 else { return nil }
        return try counted(rest, isBack: isLast || isPast, reachesToday: isLast || isPast)
    }

    private func dayBesideToday() -> DayRange? {
        let words = tokens.filter {
            !["avant", "before", "the", "antes", "de", "day"].contains($0)
        }
        guard words.count == 1 || words == ["aujourd", "hui"] else { return nil }
        let isBefore =
            tokens.contains("avant") || tokens.contains("before") || tokens.contains("antes")
        let word = words[0]
        if DayWords.today.contains(word) || words.count == 2 { return range(from: today, days: 1) }
        if DayWords.tomorrow.contains(word), !isBefore { return range(from: daysAgo(-1), days: 1) }
        if DayWords.yesterday.contains(word) {
            return range(from: daysAgo(isBefore ? 2 : 1), days: 1)
        }
        return DayWords.dayBeforeYesterday.contains(word) ? range(from: daysAgo(2), days: 1) : nil
    }

    /// The last such day before today.
    private func lastWeekday(_ words: [String]) -> DayRange? {
        guard words.count <= 2, let weekday = words.compactMap({ DayWords.weekdays[$0] }).first,
            words.count == 1 || words.contains(where: DayWords.last.contains)
        else { return nil }
        return range(from: daysAgo((today.weekday - (weekday - 1) + 6) % 7 + 1), days: 1)
    }

    /// A number and a unit; a number in words only where something says that it counts back.
    private func counted(
        _ words: [String],
        isBack: Bool,
        reachesToday: Bool
    ) throws(FilterError) -> DayRange? {
        var words = words
        // "a couple of days"
        if words.count > 2 { words.removeAll { ["of", "de"].contains($0) } }
        if words.count == 3, words[0] == "a", words[1] == "couple" { words.removeFirst() }
        guard words.count == 2, let unit = DayWords.units[words[1]],
            let count = Int(words[0]) ?? (isBack ? DayWords.numerals[words[0]] : nil),
            (0...10_000).contains(count)
        else { return nil }
        let start = moved(back: count, unit)
        return reachesToday ? upToToday(from: start) : range(from: start, days: 1)
    }

    private func upToToday(from start: CivilDay) -> DayRange {
        range(from: start, days: today.number - start.number + 1)
    }

    private func whole(_ unit: DayWords.Unit, before count: Int) throws(FilterError) -> DayRange {
        let (year, month, _) = today.parts
        switch unit {
        case .hour: return range(from: moved(back: count, .hour), days: 1)
        case .day: return range(from: daysAgo(count), days: 1)
        case .week, .fortnight:
            let days = unit == .week ? 7 : 14
            let monday = CivilDay(number: today.number - today.weekday - days * count)
            return range(from: monday, days: days)
        case .month:
            let months = year * 12 + month - 1 - count
            return try self.month(months / 12, months % 12 + 1)
        case .year: return try self.year(year - count)
        }
    }

    private func moved(back count: Int, _ unit: DayWords.Unit) -> CivilDay {
        let (year, month, day) = today.parts
        switch unit {
        case .hour:
            return CivilDay(number: Int(((seconds - Double(count) * 3600) / 86_400).rounded(.down)))
        case .day: return daysAgo(count)
        case .week: return daysAgo(7 * count)
        case .fortnight: return daysAgo(14 * count)
        case .month, .year:
            let months = year * 12 + month - 1 - count * (unit == .year ? 12 : 1)
            let (y, m) = (max(1, months / 12), months % 12 + 1)
            return CivilDay(y, m, min(day, CivilDay.length(of: m, in: y))) ?? today
        }
    }

    private func daysAgo(_ count: Int) -> CivilDay { CivilDay(number: today.number - count) }
}
