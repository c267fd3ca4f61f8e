/// Finds what a person probably meant by a word that stands nowhere.
package struct Spelling: Sendable {
    /// A word of the library, and in how many passages it stands.
    package struct Entry: Hashable, Sendable {
        package let term: String
        package let passages: Int

        package init(term: String, passages: Int) {
            self.term = term
            self.passages = passages
        }
    }

    private let word: [UInt8]
    /// How many slips are believed: none in a word under four letters, two from eight on.
    package let maximumDistance: Int

    /// Looks for `word`, folded.
    ///
    /// Nil for what is not a word of letters: a mistyped number or code is another number or code.
    package init?(of word: String) {
        self.word = Array(word.utf8)
        guard self.word.count >= 4, self.word.allSatisfy({ (0x61...0x7A).contains($0) }) else {
            return nil
        }
        maximumDistance = self.word.count < 8 ? 1 : 2
    }

    /// The likeliest of `entries`: the fewest slips, then the most passages, then by the alphabet.
    package func best(among entries: some Sequence<Entry>) -> (entry: Entry, distance: Int)? {
        var best: (entry: Entry, distance: Int)?
        for entry in entries {
            let limit = best?.distance ?? maximumDistance
            guard let distance = distance(to: entry.term, atMost: limit) else { continue }
            if let known = best {
                let isBetter =
                    (distance, -entry.passages, entry.term)
                    < (known.distance, -known.entry.passages, known.entry.term)
                guard isBetter else { continue }
            }
            best = (entry, distance)
        }
        return best
    }

    /// The slips between the word and `term`, or nil for more than `limit`.
    ///
    /// A letter too many, too few or wrong is one slip, and so are two neighbors exchanged: optimal
    /// string alignment after Damerau, CACM 7(3), 1964.
    ///
    /// - Complexity: O(length²), without strings longer or shorter by more than `limit`: O(1).
    package func distance(to term: String, atMost limit: Int) -> Int? {
        let other = Array(term.utf8)
        guard abs(other.count - word.count) <= limit else { return nil }
        var before: [Int] = []
        var last = Array(0...other.count)
        for i in 1...word.count {
            var row = [i]
            row.reserveCapacity(other.count + 1)
            for j in other.indices.map({ $0 + 1 }) {
                let cost = word[i - 1] == other[j - 1] ? 0 : 1
                var value = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + cost)
                if i > 1, j > 1, word[i - 1] == other[j - 2], word[i - 2] == other[j - 1] {
                    value = min(value, before[j - 2] + 1)
                }
                row.append(value)
            }
            guard let least = row.min(), least <= limit else { return nil }
            (before, last) = (last, row)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
