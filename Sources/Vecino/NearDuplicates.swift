internal import TextAnalysis

/// Finds texts that say nearly the same in nearly the same words.
///
/// Texts are compared as sets of three words in a row. Candidates come from one-permutation MinHash
/// (Li, Owen and Zhang, [arXiv:1208.1259](https://arxiv.org/abs/1208.1259)) in bands; each candidate
/// is then compared exactly, so that no pair is named that is not alike.
struct NearDuplicates {
    /// The share of common runs of words from which two texts are near-duplicates.
    private let threshold: Double
    private var runs: [[UInt64]] = []
    private var names: [Int64] = []
    private var buckets: [UInt64: [Int]] = [:]
    private var groups = DisjointSets()

    private static let binCount = 64
    private static let bandSize = 4
    /// Texts of a bucket that a new one is compared with: they are alike, so a few stand for all.
    private static let comparisons = 8

    init(threshold: Double = 0.8) {
        self.threshold = threshold
    }

    /// Adds a text under a name; one of fewer than `minimumWords` words is passed over.
    mutating func add(_ text: String, named name: Int64, minimumWords: Int) {
        let words = folded(text).split { !$0.isLetter && !$0.isNumber }
        guard words.count >= max(minimumWords, 3) else { return }
        let runs = Self.runs(of: words)
        let index = self.runs.count
        self.runs.append(runs)
        names.append(name)
        groups.add()
        for band in Self.bands(of: runs) {
            for other in buckets[band, default: []]
            where groups.root(of: other) != groups.root(of: index) && isAlike(index, other) {
                groups.join(index, other)
            }
            if buckets[band, default: []].count < Self.comparisons {
                buckets[band, default: []].append(index)
            }
        }
    }

    /// The names of texts that are alike, larger groups first, each in the order they were added.
    mutating func found() -> [[Int64]] {
        var members: [Int: [Int64]] = [:]
        for index in names.indices {
            members[groups.root(of: index), default: []].append(names[index])
        }
        return members.filter { $0.value.count > 1 }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map(\.value)
    }

    // MARK: Sets of runs

    /// The hashes of every three words in a row, sorted, each once.
    private static func runs(of words: [Substring]) -> [UInt64] {
        let hashes = words.map { word in
            word.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        }
        let runs = (0..<(hashes.count - 2)).map { i in
            mixed(hashes[i] &* 3 &+ mixed(hashes[i + 1] &* 5 &+ mixed(hashes[i + 2])))
        }
        return Array(Set(runs)).sorted()
    }

    /// A one-to-one mixture of the bits: the last steps of SplitMix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The keys under which a set is looked up: two sets that are alike share one, very probably.
    private static func bands(of runs: [UInt64]) -> [UInt64] {
        // The least hash in each of 64 equal parts of the range.
        var bins = [UInt64](repeating: .max, count: binCount)
        for run in runs {
            let bin = Int(run >> 58)
            bins[bin] = min(bins[bin], run)
        }
        // A part without one takes that of the next part that has one.
        for bin in bins.indices where bins[bin] == .max {
            let next = (1..<binCount).first { bins[(bin + $0) % binCount] != .max }
            if let next { bins[bin] = mixed(bins[(bin + next) % binCount] &+ UInt64(next)) }
        }
        return stride(from: 0, to: binCount, by: bandSize).map { band in
            bins[band..<(band + bandSize)].reduce(UInt64(band)) { mixed($0 ^ $1) }
        }
    }

    /// Whether two sets have enough in common: Jaccard's index, exactly.
    private func isAlike(_ a: Int, _ b: Int) -> Bool {
        let (a, b) = (runs[a], runs[b])
        var (i, j, common) = (0, 0, 0)
        while i < a.count, j < b.count {
            if a[i] == b[j] {
                common += 1
                i += 1
                j += 1
            } else if a[i] < b[j] {
                i += 1
            } else {
                j += 1
            }
        }
        return Double(common) >= threshold * Double(a.count + b.count - common)
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
