internal import PassageStore

/// Passages that say nearly the same.
extension Library {
    /// The groups of passages that share at least four fifths of their words, in runs of three.
    ///
    /// - Parameter minimumWords: shorter passages are left out: forms and headings repeat anyway.
    /// - Returns: larger groups first; each passage is in one group at most, in the library's order.
    /// - Throws: `StoreError`.
    /// - Complexity: reads every passage once; the comparisons are few unless many are alike.
    public func duplicates(minimumWords: Int = 12) throws -> [[Passage]] {
        try store.read { snapshot in
            var alike = NearDuplicates()
            for document in try snapshot.documents() {
                for passage in try snapshot.passages(ofDocument: document.id) {
                    alike.add(passage.text, named: passage.id, minimumWords: minimumWords)
                }
            }
            return try alike.found().map { try snapshot.passages($0).map(Passage.init) }
        }
    }
}
