/// Finds the row of a table that names its columns.
///
/// A file or sheet may begin with a title and remarks: the header is the first row that is about as
/// wide as the rows are, if it looks like names.
enum HeaderRow {
    /// How many rows are looked at, and how far down a header may stand.
    private static let sampleSize = 200
    private static let deepest = 60

    /// The index of the header in `rows`; nil where no row is one.
    ///
    /// - Complexity: O(cells of the first 200 rows).
    static func index(in rows: [[String]]) -> Int? {
        let sample = rows.prefix(sampleSize)
        guard rows.count > 1, let width = usualWidth(of: sample), width > 1 else { return nil }
        guard
            let first = sample.prefix(deepest).firstIndex(where: { isWide($0, width) }),
            first + 1 < rows.count, areNames(rows[first], below: rows[first + 1])
        else { return nil }
        return first
    }

    /// The number of columns that most rows have: filled ones up to the last.
    private static func usualWidth(of rows: ArraySlice<[String]>) -> Int? {
        var counts: [Int: Int] = [:]
        for row in rows {
            let width = (row.lastIndex { !$0.isEmpty } ?? -1) + 1
            if width > 1 { counts[width, default: 0] += 1 }
        }
        return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
    }

    private static func isWide(_ row: [String], _ width: Int) -> Bool {
        let filled = row.count { !$0.isEmpty }
        return filled > 1 && filled * 2 >= width && row.count * 4 >= width * 3
    }

    /// Whether a row looks like names: short, mostly different, no values.
    private static func areNames(_ row: [String], below next: [String]) -> Bool {
        let names = row.filter { !$0.isEmpty }
        // A question of a survey is long, but its answers are not.
        let areShort = row.enumerated().allSatisfy { column, name in
            guard name.utf8.count > 80, column < next.count else { return name.utf8.count <= 80 }
            return name.utf8.count <= 400 && next[column].utf8.count * 4 < name.utf8.count
        }
        let isOfCounts = row.first?.isEmpty ?? false
        guard areShort, names.allSatisfy({ !$0.contains("\n\n") }),
            isOfCounts || names.contains(where: { $0.contains(where: \.isLetter) }),
            Set(names).count * 2 > names.count
        else { return false }
        let numbers = names.filter(isValue)
        if numbers.isEmpty { return true }
        // Years or a count of columns, as in "city, 2020, 2021": different, and not first.
        guard row.first.map({ !isValue($0) }) ?? false, Set(numbers).count == numbers.count else {
            return false
        }
        let counted = numbers.compactMap { Int($0) }
        guard counted.count == numbers.count else { return false }
        let areYears = counted.allSatisfy { (1800...2200).contains($0) }
        let areConsecutive =
            counted.count > 2 && zip(counted, counted.dropFirst()).allSatisfy { $0 &+ 1 == $1 }
        // A record of a year has a year below it as well.
        let below = zip(row, next).filter { isValue($0.0) }.compactMap { Int($0.1) }
        let repeats = !below.isEmpty && below.allSatisfy { (1800...2200).contains($0) }
        return (areYears && !repeats) || areConsecutive
    }

    /// Whether a cell holds a number, an amount or a date rather than a name.
    private static func isValue(_ cell: String) -> Bool {
        guard cell.contains(where: \.isNumber), !cell.contains(where: \.isLetter) else {
            return false
        }
        return cell.allSatisfy { $0.isNumber || $0.isWhitespace || "+-.,:/%€$£()'".contains($0) }
    }

    /// The names of columns that stand in two rows, `2025 spring`; nil unless the upper row says
    /// the same of columns side by side and the lower one names each of these.
    static func joined(_ upper: [String], _ lower: [String]) -> [String]? {
        var isRepeated = false
        for column in upper.indices.dropFirst() where !upper[column].isEmpty {
            guard upper[column] == upper[column - 1] else { continue }
            guard column < lower.count, !lower[column].isEmpty, !isValue(lower[column]),
                lower[column] != lower[column - 1]
            else { return nil }
            isRepeated = true
        }
        guard isRepeated, lower.count <= upper.count else { return nil }
        return upper.enumerated().map { column, name in
            let below = column < lower.count ? lower[column] : ""
            return below.isEmpty || below == name ? name : name.isEmpty ? below : "\(name) \(below)"
        }
    }
}
