import RandomNumbers
import Testing

@testable import TextAnalysis

@Suite struct WordRunsTests {
    /// `count` words, the same for the same seed.
    private func words(_ count: Int, seed: UInt64) -> [String] {
        (0..<count).map { "w\(SplitMix64.mixed(seed &* 1_000 &+ UInt64($0)) % 5_000)" }
    }

    private func runs(_ words: [String]) throws -> WordRuns {
        try #require(WordRuns(of: words.joined(separator: " ")))
    }

    @Test func whatStandsBetweenWordsDoesNotCount() throws {
        let text = "Los martes y jueves, de 17 a 20 horas, el taller está abierto a la gente."
        let other = "LOS MARTES — y jueves: de 17 a 20 horas (el taller) esta abierto a\nla gente"
        #expect(WordRuns(of: text)?.hashes == WordRuns(of: other)?.hashes)
        #expect(WordRuns(of: "too few words to be called a duplicate of anything") == nil)
    }

    @Test func similarityIsTheShareOfCommonRuns() throws {
        let first = words(100, seed: 1)
        #expect(try runs(first).similarity(to: runs(first)) == 1)
        // 98 runs each, of which the last 48 differ.
        let second = Array(first[..<52]) + words(48, seed: 2)
        #expect(try runs(first).similarity(to: runs(second)) == 50.0 / 146)
    }

    /// Near-duplicates pass, and hardly anything else has to be compared.
    @Test func sketchesTellNearDuplicatesFromOthers() throws {
        var missed = 0, taken = 0
        for seed in 0..<400 as Range<UInt64> {
            let first = words(150, seed: seed)
            var near = first
            // Each change takes three runs of 148 from both: two leave 0.92 in common.
            near[30] = "x"
            near[100] = "y"
            let half = Array(first[..<75]) + words(75, seed: seed + 10_000)
            let sketch = TextSketch(of: try runs(first))
            if !sketch.mayBeLike(TextSketch(of: try runs(near))) { missed += 1 }
            if sketch.mayBeLike(TextSketch(of: try runs(half))) { taken += 1 }
        }
        #expect(missed == 0)
        #expect(taken <= 2)
    }

    @Test func sketchesOfShortTextsAreWholeToo() throws {
        let runs = try runs(words(12, seed: 3))
        #expect(runs.minima.count == 64 && !runs.minima.contains(.max))
        #expect(TextSketch(of: runs).mayBeLike(TextSketch(of: runs)))
    }
}
