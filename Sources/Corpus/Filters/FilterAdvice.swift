package import Foundation
internal import TextAnalysis

/// Says why a filter lets no document pass, and what would.
package struct FilterAdvice {
    private let documents: [Document]
    private let timeZone: TimeZone

    /// Advice about a library's documents, with all of their metadata.
    package init(documents: [Document], timeZone: TimeZone = .current) {
        self.documents = documents
        self.timeZone = timeZone
    }

    /// One sentence about a filter that no document passes.
    ///
    /// - Complexity: O(documents) for each of its demands.
    package func sentence(for filter: DocumentFilter) -> String {
        guard !documents.isEmpty else { return "The library has no documents." }
        for part in filter.parts {
            guard let passes = try? part.compiled(timeZone: timeZone),
                !documents.contains(where: passes)
            else { continue }
            return sentence(about: part)
        }
        return "No document fulfills all of the filter’s conditions at once."
    }

    private func sentence(about part: DocumentFilter) -> String {
        if let path = part.paths.first {
            var known = Set(documents.flatMap { [$0.path, $0.fileName] })
            // Whose pattern has a slash may mean a folder.
            if path.contains("/") {
                known.formUnion(documents.map { PathName.folder($0.path) + "/" })
                known.remove("./")
            }
            known.remove("")
            let nearest = Self.nearest(to: path, among: known)
            return "No document’s path matches “\(path)”"
                + (nearest.map { ": the nearest is “\($0)”." } ?? ".")
        }
        if let path = part.excludedPaths.first {
            return "Every document’s path matches “\(path)”, which is left out."
        }
        if let condition = part.conditions.first { return sentence(about: condition) }
        let days = documents.map { $0.day(in: timeZone) }
        let (first, last) = (days.min() ?? "", days.max() ?? "")
        let bound = part.since.map { "since \($0)" } ?? "until \(part.until ?? "")"
        return "No document is dated \(bound): the dates go from \(first) to \(last)."
    }

    private func sentence(about condition: FieldCondition) -> String {
        let written = condition.field + condition.comparison.rawValue + condition.value
        let values = Set(
            documents.flatMap { condition.values(of: $0, timeZone: timeZone) }.map(\.text)
        )
        guard !values.isEmpty else {
            let fields = Set(documents.flatMap(\.metadata.keys))
                .union(["language", "format", "title", "date", "path", "name"])
            let nearest = Self.nearest(to: condition.field, among: fields)
            return "No document has the field “\(condition.field)”"
                + (nearest.map { ": the nearest is “\($0)”." } ?? ".")
        }
        let nearest = Self.nearest(to: condition.value, among: values)
        return "No document fulfills “\(written)”"
            + (nearest.map { ": the nearest value is “\($0)”." } ?? ".")
    }

    /// The text with the fewest slips, folded; ties go to the one that contains the wanted text, then
    /// by the alphabet.
    static func nearest(to text: String, among known: Set<String>) -> String? {
        let wanted = Array(folded(text).filter { !"*?[]".contains($0) }.prefix(200))
        return known.min { a, b in
            let (first, second) = (slips(wanted, a), slips(wanted, b))
            return first != second ? first < second : a < b
        }
    }

    /// The letters too many, too few, wrong and exchanged between two texts; a text that holds the other whole
    /// lacks little.
    private static func slips(_ wanted: [Character], _ text: String) -> Int {
        let other = Array(folded(text).prefix(200))
        if !wanted.isEmpty, String(other).contains(String(wanted)) {
            return min(1, other.count - wanted.count)
        }
        var before: [Int] = []
        var last = Array(0...other.count)
        for (i, a) in wanted.enumerated() {
            var row = [i + 1]
            for (j, b) in other.enumerated() {
                var least = min(last[j + 1] + 1, row[j] + 1, last[j] + (a == b ? 0 : 1))
                // Two neighbors exchanged are one slip.
                if i > 0, j > 0, a == other[j - 1], b == wanted[i - 1] {
                    least = min(least, before[j - 1] + 1)
                }
                row.append(least)
            }
            (before, last) = (last, row)
        }
        return 2 + (last.last ?? 0)
    }
}
