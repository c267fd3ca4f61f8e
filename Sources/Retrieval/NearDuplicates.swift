package import Corpus
internal import RandomNumbers
internal import TextAnalysis

/// Finds texts that say nearly the same in nearly the same words.
///
/// Texts are compared as sets of three words in a row. Candidates come from one-permutation MinHash
/// (Li, Owen and Zhang, [arXiv:1208.1259](https://arxiv.org/abs/1208.1259)) in bands; each candidate
/// is then compared exactly, so that no pair is named that is not alike.
package struct NearDuplicates {
    /// The share of common runs of words from which two texts are near-duplicates.
    private let threshold: Double
    private var runs: [WordRuns] = []
    private var names: [PassageID] = []
    private var buckets: [UInt64: [Int]] = [:]
    private var groups = DisjointSets()

    private static let bandSize = 4
    /// Texts of a bucket that a new one is compared with: they are alike, so a few stand for all.
    private static let comparisons = 8

    /// Texts are alike from `threshold` on, a share of 0 to 1.
    package init(threshold: Double = WordRuns.threshold) {
        self.threshold = threshold
    }

    /// Adds a text under a name; one of fewer than `minimumWords` words is passed over.
    package mutating func add(_ text: String, named name: PassageID, minimumWords: Int) {
        guard let runs = WordRuns(of: text, minimumWords: minimumWords) else { return }
        let index = self.runs.count
        self.runs.append(runs)
        names.append(name)
        groups.add()
        for band in Self.bands(of: runs) {
            for other in buckets[band, default: []]
            where groups.root(of: other) != groups.root(of: index)
                && runs.similarity(to: self.runs[other]) >= threshold
            {
                groups.join(index, other)
            }
            if buckets[band, default: []].count < Self.comparisons {
                buckets[band, default: []].append(index)
            }
        }
    }

    /// The names of texts that are alike, larger groups first, each in the order they were added.
    package mutating func found() -> [[PassageID]] {
        var members: [Int: [PassageID]] = [:]
        for index in names.indices {
            members[groups.root(of: index), default: []].append(names[index])
        }
        return members.filter { $0.value.count > 1 }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map(\.value)
    }

    /// The keys under which a set is looked up: two sets that are alike share one, very probably.
    private static func bands(of runs: WordRuns) -> [UInt64] {
        let minima = runs.minima
        return stride(from: 0, to: minima.count, by: bandSize).map { band in
            minima[band..<(band + bandSize)].reduce(UInt64(band)) { SplitMix64.mixed($0 ^ $1) }
        }
    }
}

/// Disjoint sets of numbers, joined two at a time.
private struct DisjointSets {
    private var parents: [Int] = []

    /// Adds the next number as a set of its own.
    mutating func add() { parents.append(parents.count) }

    /// The number that stands for the set of `element`: its least.
    mutating func root(of element: Int) -> Int {
        var root = element
        while parents[root] != root {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }

    mutating func join(_ a: Int, _ b: Int) {
        let (a, b) = (root(of: a), root(of: b))
        parents[max(a, b)] = min(a, b)
    }
}
