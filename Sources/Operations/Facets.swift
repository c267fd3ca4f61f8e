internal import Corpus
internal import Retrieval
internal import TextAnalysis

/// In which folders, formats, languages and years hits lie, and whose they are, with counts of hits.
struct Facets: Encodable, Sendable {
    /// A value that a filter can demand.
    struct Count: Encodable, Hashable, Sendable {
        /// What the filter says: a path, or the right side of a condition.
        var value: String
        /// How many hits have it.
        var count: Int
    }

    /// Folders, as absolute paths, for `path`.
    let folders: [Count]
    /// For `where=format=`.
    let formats: [Count]
    /// For `where=language=`.
    let languages: [Count]
    /// For `since` and `until`.
    let years: [Count]
    /// For `where=author=`.
    let authors: [Count]

    /// How many values of a kind are told.
    private static let most = 12

    /// Counts hits.
    ///
    /// - Complexity: O(hits).
    init(_ hits: [SearchHit]) {
        func counts(_ value: (Document) -> [String]) -> [Count] {
            var counts: [String: Int] = [:]
            for hit in hits {
                for value in Set(value(hit.passage.document)) { counts[value, default: 0] += 1 }
            }
            return Array(
                counts.map(Count.init).sorted { ($1.count, $0.value) < ($0.count, $1.value) }
                    .prefix(Self.most)
            )
        }
        folders = counts { [Self.folder(of: $0)] }
        formats = counts { [$0.format] }
        languages = counts { [$0.language.rawValue] }
        years = counts { [String($0.effectiveDate.prefix(4))] }
        authors = counts { $0.metadata["author"].map { $0.values.map(\.text) } ?? [] }
    }

    /// The folder of a document, at most one below its collection's root.
    private static func folder(of document: Document) -> String {
        let parts = document.path.split(separator: "/")
        return parts.count > 1 ? "\(document.root)/\(parts[0])" : document.root
    }
}
