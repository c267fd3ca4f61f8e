/// Tells apart what is wrong with a quotation that was found nowhere.
///
/// The quotation's words are covered from the left by the longest runs that stand in a passage.
/// Long runs that cover everything are pieces put together; runs that cover half of it or more
/// are an altered text; less is an invention. The verdict only informs the retry and the reader:
/// nothing passes here.
enum QuotationDiagnosis {
    /// Words of a quotation that are looked at.
    private static let wordLimit = 120

    /// Names the fault of a quotation, given as its words, against folded passages.
    ///
    /// - Complexity: O(words × occurrences of each in the passages), words capped at 120.
    static func fault(of words: [ArraySlice<UInt8>], in passages: [[UInt8]]) -> QuotationFault {
        let words = words.prefix(wordLimit).map(Array.init)
        guard !words.isEmpty else { return .absent }
        let texts = passages.map { self.words(of: $0).map(Array.init) }
        let positions = texts.map { text in
            Dictionary(grouping: text.indices) { text[$0] }
        }
        var covered = 0
        var runs: [Int] = []
        var i = 0
        while i < words.count {
            let length = longestRun(of: words, from: i, in: texts, at: positions)
            if length > 0 { runs.append(length) }
            if length >= 2 { covered += length }
            i += max(length, 1)
        }
        if covered == words.count, runs.count > 1 {
            return runs.allSatisfy { $0 >= 3 } || runs.count == 2 ? .stitched : .altered
        }
        // One run over all the words: only punctuation, or the cut of a word, differs.
        return covered * 2 >= words.count ? .altered : .absent
    }

    /// The words of folded text: what stands between spaces, without punctuation at the ends.
    static func words(of bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        bytes.split(separator: UInt8(ascii: " ")).compactMap { part in
            var part = part
            while let first = part.first, isPunctuation(first) { part.removeFirst() }
            while let last = part.last, isPunctuation(last) { part.removeLast() }
            return part.isEmpty ? nil : part
        }
    }

    private static func longestRun(
        of words: [[UInt8]],
        from start: Int,
        in texts: [[[UInt8]]],
        at positions: [[[UInt8]: [Int]]]
    ) -> Int {
        var longest = 0
        for (text, positions) in zip(texts, positions) {
            for position in positions[words[start]] ?? [] {
                // A run no longer than the best so far is told by one comparison.
                if longest > 0 {
                    guard position + longest < text.count, start + longest < words.count,
                        text[position + longest] == words[start + longest]
                    else { continue }
                }
                var length = 0
                while start + length < words.count, position + length < text.count,
                    words[start + length] == text[position + length]
                {
                    length += 1
                }
                longest = max(longest, length)
            }
        }
        return longest
    }

    private static func isPunctuation(_ byte: UInt8) -> Bool {
        byte < 0x80 && !(byte >= 0x30 && byte <= 0x39)
            && !(byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
    }
}
