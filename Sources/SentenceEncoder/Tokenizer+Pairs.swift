/// Two texts as one sequence of IDs.
struct PairSequence: Sendable {
    let ids: [Int32]
    /// Where the second text begins.
    let secondStart: Int
    /// The type of what stands from there on.
    let secondType: Int
}

extension Tokenizer {
    /// The ids of two texts with the special ones around and between them, at most `limit` in all.
    ///
    /// What is too long is cut as Hugging Face's `longest_first` cuts it: the longer text to what the
    /// shorter leaves, or both to halves.
    ///
    /// - Complexity: O(bytes of both).
    func encode(
        _ first: String,
        _ second: String,
        limit: Int,
        _ scratch: inout Scratch
    ) -> PairSequence {
        // How much of each is left follows from the lengths of both, so neither is cut before.
        var texts = [first, second].map { text in
            tokenize(text, limit: .max, &scratch)
            return scratch.ids
        }
        let special =
            settings.prefix.count + settings.separator.count + settings.pairSuffix.count
        let room = Self.lengths(texts[0].count, texts[1].count, limit: max(0, limit - special))
        texts[0].removeSubrange(room.first...)
        texts[1].removeSubrange(room.second...)
        let before =
            settings.prefix.map { Int32(truncatingIfNeeded: $0) } + texts[0]
            + settings.separator.map { Int32(truncatingIfNeeded: $0) }
        return PairSequence(
            ids: before + texts[1]
                + settings.pairSuffix.map { Int32(truncatingIfNeeded: $0) },
            secondStart: before.count,
            secondType: settings.secondType
        )
    }

    /// How many tokens of two texts of `first` and `second` tokens are kept.
    static func lengths(
        _ first: Int,
        _ second: Int,
        limit: Int
    ) -> (first: Int, second: Int) {
        guard first + second > limit else { return (first, second) }
        let isSwapped = first > second
        var short = min(first, second)
        var long = max(short, limit - short)
        if short + long > limit {
            short = limit / 2
            long = short + limit % 2
        }
        return isSwapped ? (long, short) : (short, long)
    }
}
