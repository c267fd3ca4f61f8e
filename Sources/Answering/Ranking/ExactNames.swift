internal import TextAnalysis

/// What a question names exactly: codes, versions, years, long numbers.
///
/// The passage about another year, or another error code, reads just like an answer, and means nearly the
/// same to a model; it answers nothing.
struct ExactNames: Sendable {
    private let names: Set<String>

    /// Finds the names in `question`.
    ///
    /// Numbers of one or two digits do not count: documents spell them out.
    init(in question: String) {
        names = Set(
            words(in: question).filter { !$0.isPart }.map { Self.bare($0.folded) }.filter { word in
                let digits = word.utf8.count { isDigit($0) }
                return digits > 2 || (digits > 0 && digits < word.utf8.count)
            }
        )
    }

    /// The passages of the documents that mention the most of the names.
    ///
    /// A document mentions what stands in these passages of it, their titles, headings or paths. All if
    /// there are no names, and none if no passage mentions one.
    ///
    /// - Complexity: O(length of the passages) if there is a name.
    func passages(among passages: [SourcePassage]) -> [SourcePassage] {
        guard !names.isEmpty else { return passages }
        // What a code means is often said in the sentence, or the section, after the one that names it.
        var mentioned: [String: Set<String>] = [:]
        for passage in passages {
            let text = ([passage.text, passage.title, passage.path] + passage.headingPath)
                .joined(separator: "\n")
            let found = Set(words(in: text).map { Self.bare($0.folded) }).intersection(names)
            mentioned[passage.path, default: []].formUnion(found)
        }
        guard let most = mentioned.values.map(\.count).max(), most > 0 else { return [] }
        return passages.filter { mentioned[$0.path]?.count == most }
    }

    /// The word without what groups its digits: `1.450`, `1,450` and `1450` are the same number.
    private static func bare(_ word: String) -> String {
        word.filter { $0 != "." && $0 != "," }
    }
}
