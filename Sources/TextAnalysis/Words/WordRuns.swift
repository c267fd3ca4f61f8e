internal import RandomNumbers

/// A text as the set of its runs of three words, by which texts that say nearly the same are found.
package struct WordRuns: Sendable {
    /// The hashes of every three words in a row, sorted, each once; never empty.
    package let hashes: [UInt64]

    /// The words that a text has at least to be called a duplicate: forms and headings repeat anyway.
    package static let minimumWords = 12

    /// The share of common runs from which two texts are near-duplicates: that of copies with one
    /// word in thirty changed and another signature.
    package static let threshold = 0.7

    /// The runs of a text; nil for one of fewer than `minimumWords` words.
    ///
    /// Case and accents do not count, nor what stands between words.
    package init?(of text: String, minimumWords: Int = Self.minimumWords) {
        var words: [UInt64] = []
        var hash = Self.seed
        var isEmpty = true
        for scalar in folded(text).unicodeScalars {
            if Self.isPartOfWord(scalar) {
                isEmpty = false
                hash = (hash ^ UInt64(scalar.value)) &* 0x100_0000_01B3
            } else if !isEmpty {
                words.append(hash)
                hash = Self.seed
                isEmpty = true
            }
        }
        if !isEmpty { words.append(hash) }
        guard words.count >= max(minimumWords, 3) else { return nil }
        let runs = (0..<(words.count - 2)).map { i in
            SplitMix64.mixed(
                words[i] &* 3
                    &+ SplitMix64.mixed(words[i + 1] &* 5 &+ SplitMix64.mixed(words[i + 2]))
            )
        }.sorted()
        var hashes: [UInt64] = []
        hashes.reserveCapacity(runs.count)
        for run in runs where hashes.last != run { hashes.append(run) }
        self.hashes = hashes
    }

    private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

    private static func isPartOfWord(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.value < 0x80 {
            return (0x61...0x7A).contains(scalar.value | 0x20)
                || (0x30...0x39).contains(scalar.value)
        }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }

    /// How much two texts have in common, 0…1: Jaccard's index of their runs.
    ///
    /// - Complexity: O(runs of both).
    package func similarity(to other: WordRuns) -> Double {
        let (a, b) = (hashes, other.hashes)
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
        return Double(common) / Double(a.count + b.count - common)
    }

    /// The least hash in each of 64 equal parts of the range: one-permutation MinHash.
    ///
    /// After Li, Owen and Zhang, [arXiv:1208.1259](https://arxiv.org/abs/1208.1259). A part without
    /// a hash takes that of the next part that has one.
    package var minima: [UInt64] {
        var bins = [UInt64](repeating: .max, count: Self.binCount)
        for run in hashes {
            let bin = Int(run >> 58)
            bins[bin] = min(bins[bin], run)
        }
        let found = bins
        for bin in bins.indices where found[bin] == .max {
            let next = (1..<Self.binCount).first { found[(bin + $0) % Self.binCount] != .max }
            if let next {
                bins[bin] = SplitMix64.mixed(found[(bin + next) % Self.binCount] &+ UInt64(next))
            }
        }
        return bins
    }

    private static let binCount = 64
}

/// 64 bytes that stand for a text: how many of them two texts share tells how alike the texts are.
///
/// One byte of each of the minima of the text's runs, as in b-bit minwise hashing (Li and König,
/// [arXiv:0910.3349](https://arxiv.org/abs/0910.3349)).
package struct TextSketch: Hashable, Sendable {
    /// The bytes.
    package let bytes: [UInt8]

    /// A sketch that was stored.
    package init(bytes: [UInt8]) { self.bytes = bytes }

    /// The sketch of a text.
    package init(of runs: WordRuns) {
        bytes = runs.minima.map { UInt8(truncatingIfNeeded: SplitMix64.mixed($0)) }
    }

    /// Whether two texts may be near-duplicates; to be sure, compare their runs.
    ///
    /// Of 64 bytes, texts with seven tenths of their runs in common share 45 ± 3.7 on average: below
    /// 34 is about three deviations away.
    package func mayBeLike(_ other: TextSketch) -> Bool {
        guard bytes.count == other.bytes.count else { return false }
        var same = 0
        for i in bytes.indices where bytes[i] == other.bytes[i] { same += 1 }
        return same * 64 >= 34 * bytes.count
    }
}
