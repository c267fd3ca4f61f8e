package import Corpus
package import Vecino

extension Library {
    /// Measures walks of the library's graph, or of one that is made in memory and forgotten, with these
    /// queries.
    ///
    /// - Parameters:
    ///   - queries: as people type them.
    ///   - k: how many passages are looked for.
    ///   - widths: of the walks, each at least `k`.
    ///   - makesGraph: whether to make a graph for a library that has none.
    /// - Returns: nil for an empty library, or one without a graph where none is to be made.
    /// - Throws: what the embedder or the store throws.
    package func recallCurve(
        of queries: [String],
        k: Int = 10,
        widths: [Int] = [10, 16, 24, 32, 48, 64, 96, 128, 192, 256],
        makesGraph: Bool
    ) async throws -> RecallCurve? {
        let embeddings = try await embeddings(ofQueries: queries)
        return try await store.recallCurve(
            RecallRequest(
                queries: queries.compactMap { embeddings[$0] },
                k: k,
                widths: widths,
                makesGraph: makesGraph
            )
        )
    }

    /// Measures what the library's vector searches, as they are, find of what a comparison with every
    /// passage finds.
    ///
    /// - Parameters:
    ///   - queries: as people type them.
    ///   - k: how many of the nearest passages count.
    /// - Returns: nil for an empty library.
    /// - Throws: what the embedder or the store throws.
    package func recallCheck(of queries: [String], k: Int = 10) async throws -> RecallCheck? {
        let embeddings = try await embeddings(ofQueries: queries)
        return try await store.recallCheck(
            of: queries.compactMap { embeddings[$0] },
            k: k,
            depth: RankingSettings().depth
        )
    }
}
