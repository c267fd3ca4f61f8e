internal import Corpus
internal import TextAnalysis

/// Tells of each candidate whether a passage that was chosen before says nearly the same.
///
/// Sketches rule almost every pair out; what is left is compared by its text.
struct DuplicateFinder {
    private let sketches: [PassageID: TextSketch]
    private var chosen: [(passage: PassageID, sketch: TextSketch?)] = []

    /// A finder for passages with these sketches; one without is like no other.
    init(sketches: [PassageID: TextSketch]) {
        self.sketches = sketches
    }

    /// Notes that a passage is to be a hit.
    mutating func choose(_ passage: PassageID) { chosen.append((passage, sketches[passage])) }

    /// Looks for a chosen passage that says nearly the same.
    ///
    /// - Parameters:
    ///   - passage: the candidate.
    ///   - texts: reads the texts of two passages.
    /// - Returns: the index of the first, in the order in which they were chosen.
    /// - Complexity: O(chosen), and two texts are read for each pair that the sketches leave.
    func indexOfLike(
        _ passage: PassageID,
        texts: (PassageID, PassageID) async throws -> [String]
    ) async rethrows -> Int? {
        guard let sketch = sketches[passage] else { return nil }
        for (index, other) in chosen.enumerated() {
            guard let otherSketch = other.sketch, otherSketch.mayBeLike(sketch) else { continue }
            let runs = try await texts(other.passage, passage).map { WordRuns(of: $0) }
            if runs.count == 2, let first = runs[0], let second = runs[1],
                first.similarity(to: second) >= WordRuns.threshold
            {
                return index
            }
        }
        return nil
    }
}
