public import Corpus
public import LibraryCore
internal import Retrieval

/// Passages that say nearly the same.
extension Library {
    /// The groups of passages that share at least four fifths of their words, in runs of three.
    ///
    /// - Parameter minimumWords: shorter passages are left out: forms and headings repeat anyway.
    /// - Returns: larger groups first; each passage is in one group at most, in the library's order.
    /// - Throws: `StoreError`.
    /// - Complexity: reads every passage once; the comparisons are few unless many are alike.
    public func duplicates(minimumWords: Int = 12) async throws -> [[Passage]] {
        try await store.read { snapshot in
            var alike = NearDuplicates()
            for document in try await snapshot.documents() {
                for passage in try await snapshot.passages(of: document.id) {
                    alike.add(passage.text, named: passage.id, minimumWords: minimumWords)
                }
            }
            var groups: [[Passage]] = []
            for group in alike.found() { groups.append(try await snapshot.passages(group)) }
            return groups
        }
    }
}
