internal import Answering
internal import Corpus
internal import LibraryCore
internal import Retrieval

/// What one search brought up for an answer to draw on.
struct AskContext: Sendable {
    /// What a language model is shown, best first.
    var passages: [SourcePassage]
    /// What sentences are quoted from without a language model, best first: more than fits a prompt.
    var candidates: [SourcePassage]
    /// The embedding of what was searched for; nil where only keywords were.
    var embedding: [Float]?
}

extension Library {
    /// The passages that answer best, best first, then the neighbors of the first two in the same
    /// section, as far as the budget goes.
    ///
    /// - Complexity: a search, and a read of at most six neighbors.
    func context(for question: String, options: AskOptions) async throws -> AskContext {
        // Documents that must not be used take the places of others until they are left out.
        let spare = options.isLeftOut == nil ? 0 : 20
        let request = SearchRequest(
            question,
            mode: options.mode,
            limit: max(options.passages, options.candidates) + spare,
            filter: options.filter,
            // Copies support an answer as well, and which of them changes later nobody knows.
            showsDuplicates: true,
            reranking: options.reranking
        )
        let isLeftOut = options.isLeftOut ?? { _ in false }
        return try await searcher.search(request) { snapshot, results, embedding in
            let found = results.hits.filter { !isLeftOut($0.path) }
            var prompt = GatheredPassages(tokens: options.tokenBudget)
            var candidates = GatheredPassages(tokens: .max)
            for hit in found.prefix(options.passages) { prompt.add(hit.passage, score: hit.score) }
            for hit in found.prefix(options.candidates) {
                candidates.add(hit.passage, score: hit.score)
            }
            for (rank, hit) in found.prefix(2).enumerated() {
                let passage = hit.passage
                let near = max(0, passage.position - 1)...(passage.position + 1)
                let neighbors = try await snapshot.passages(of: passage.document.id, at: near)
                for neighbor in neighbors where neighbor.headings == passage.headings {
                    if rank < options.passages { prompt.add(neighbor, score: hit.score / 2) }
                    if rank < options.candidates { candidates.add(neighbor, score: hit.score / 2) }
                }
            }
            return AskContext(
                passages: prompt.passages,
                candidates: candidates.passages,
                embedding: embedding
            )
        }
    }
}

/// Passages of different texts, as many as fit.
private struct GatheredPassages {
    private var tokens: Int
    private(set) var passages: [SourcePassage] = []
    private var ids: Set<PassageID> = []
    private var texts: Set<String> = []

    init(tokens: Int) { self.tokens = tokens }

    /// Adds a passage that is new and fits; the first always does.
    mutating func add(_ passage: Passage, score: Double) {
        guard passage.tokenCount <= tokens || passages.isEmpty else { return }
        // The same text twice, in two copies of a document, supports nothing twice.
        guard !ids.contains(passage.id), texts.insert(passage.text).inserted else { return }
        ids.insert(passage.id)
        tokens -= passage.tokenCount
        passages.append(SourcePassage(passage, score: score))
    }
}
