internal import Answering
internal import PassageStore
internal import Retrieval

/// What an answer may draw on.
extension Library {
    /// The passages that answer best, best first, then the neighbours of the first two in the same
    /// section, as far as the budget goes.
    ///
    /// - Complexity: a search, and O(passages) reads.
    func context(for question: String, options: AskOptions) async throws -> [SourcePassage] {
        // Documents that must not be used take the places of others until they are left out.
        let spare = options.isLeftOut == nil ? 0 : 20
        let results = try await search(
            SearchRequest(
                question,
                mode: options.mode,
                limit: options.passages + spare,
                filter: options.filter,
                // Copies support an answer as well, and which of them changes later nobody knows.
                showsDuplicates: true
            )
        )
        let isLeftOut = options.isLeftOut ?? { _ in false }
        return try store.read { snapshot in
            let found = try snapshot.passages(results.hits.map(\.id))
                .filter { !isLeftOut($0.document.absolutePath) }.prefix(options.passages)
            let scores = Dictionary(
                results.hits.map { ($0.id, $0.score) },
                uniquingKeysWith: { first, _ in first }
            )
            var context = GatheredPassages(tokens: options.tokenBudget)
            for passage in found { context.add(passage, score: scores[passage.id] ?? 0) }
            for passage in found.prefix(2) {
                let near = max(0, passage.position - 1)...(passage.position + 1)
                let neighbours = try snapshot.passages(
                    ofDocument: passage.documentID,
                    positions: near
                )
                for neighbour in neighbours where neighbour.headings == passage.headings {
                    context.add(neighbour, score: (scores[passage.id] ?? 0) / 2)
                }
            }
            return context.passages
        }
    }
}

/// Passages of different texts, as many as fit.
private struct GatheredPassages {
    private var tokens: Int
    private(set) var passages: [SourcePassage] = []
    private var ids: Set<Int64> = []
    private var texts: Set<String> = []

    init(tokens: Int) { self.tokens = tokens }

    /// Adds a passage that is new and fits; the first always does.
    mutating func add(_ passage: StoredPassage, score: Double) {
        guard passage.tokenCount <= tokens || passages.isEmpty else { return }
        // The same text twice, in two copies of a document, supports nothing twice.
        guard !ids.contains(passage.id), texts.insert(passage.text).inserted else { return }
        ids.insert(passage.id)
        tokens -= passage.tokenCount
        passages.append(SourcePassage(passage, score: score))
    }
}

extension SourcePassage {
    init(_ passage: StoredPassage, score: Double) {
        self.init(
            id: passage.id,
            text: passage.text,
            path: passage.document.absolutePath,
            title: passage.document.title,
            headingPath: passage.headings,
            lines: passage.lines,
            pages: passage.pages,
            language: passage.document.language,
            score: score
        )
    }
}
