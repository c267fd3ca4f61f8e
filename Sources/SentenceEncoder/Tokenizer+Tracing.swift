extension Tokenizer {
    /// Where tokens come from, kept while a text is tokenized if anybody asks for it.
    struct Tracing {
        var isOn = false
        /// The bytes of the text that each byte of the normalized text comes from.
        var sources: [Range<Int>] = []
        /// The bytes of the text that each token comes from, as many as there are ids.
        var ranges: [Range<Int>] = []
        /// Where the word that is cut just now begins among the normalized bytes, its `▁` included,
        /// and where its own first byte is.
        var word = 0, least = 0
        /// Where the stretch of text ends.
        var end = 0

        /// Says that the normalized bytes that were added, up to the first `count`, come from `source`.
        mutating func fill(to count: Int, with source: Range<Int>) {
            while sources.count < count { sources.append(source) }
        }

        /// Appends the token that has the bytes `range` of the word.
        ///
        /// - Parameters:
        ///   - range: of the word's bytes.
        ///   - joins: whether the token is one with the last that was appended, which it precedes.
        mutating func append(_ range: Range<Int>, joins: Bool = false) {
            let first = max(word + range.lowerBound, least)
            let last = max(word + range.upperBound, least)
            var source: Range<Int>
            if first < last, last <= sources.count {
                source = sources[first].lowerBound..<sources[last - 1].upperBound
            } else {
                let place = first < sources.count ? sources[first].lowerBound : end
                source = place..<place
            }
            if joins, let after = ranges.popLast() {
                source = source.lowerBound..<max(source.upperBound, after.upperBound)
            }
            ranges.append(source)
        }
    }
}
