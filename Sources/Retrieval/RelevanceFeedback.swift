internal import Corpus
internal import VectorKernels

/// A second look at the first hits: what lies near the best three of them rises.
///
/// The query's embedding is moved towards the mean of the best hits' embeddings (Rocchio, 1971, with the
/// first hits taken for relevant), and the candidates that can still be among the hits are scored again.
/// It finds what belongs to a subject; where there is one answer it changes next to nothing. It confidences
/// hits that words and vectors agree on: without confidence in the words there is none in the hits.
enum RelevanceFeedback {
    /// How far the query moves, as a part of its length.
    static let share = 0.2
    /// Hits that are taken for relevant.
    static let sources = 3
    /// Hits that are looked at again.
    static let reach = 30

    /// Ranks `fused` again.
    ///
    /// - Parameters:
    ///   - fused: best first.
    ///   - worth: what one more of similarity is worth in fused score.
    ///   - embeddings: reads those of passages; one without counts as near.
    /// - Returns: the same candidates, best first.
    static func apply(
        to fused: [FusedCandidate],
        worth: Double,
        embeddings: ([PassageID]) async throws -> [[Float]?]
    ) async rethrows -> [FusedCandidate] {
        guard worth > 0, fused.count > sources else { return fused }
        let embeddings = try await embeddings(fused.prefix(reach).map(\.passage))
        let best = embeddings.prefix(sources).compactMap(\.self)
        guard let dimensions = best.first?.count else { return fused }
        var center = [Float](repeating: 0, count: dimensions)
        for vector in best { for index in center.indices { center[index] += vector[index] } }
        let similarities = embeddings.map { $0.map { DistanceKernels.dot($0, center) } }
        // Reckoned from the nearest down, so that fused scores stay within 0…1.
        let nearest = similarities.compactMap(\.self).max() ?? 0
        var head = Array(fused.prefix(reach))
        for (index, similarity) in similarities.enumerated() {
            let distance = nearest - (similarity ?? nearest)
            head[index].vectorShare -= share * worth * Double(distance) / Double(best.count)
        }
        return head.sorted(by: FusedCandidate.precedes) + fused.dropFirst(reach)
    }
}
