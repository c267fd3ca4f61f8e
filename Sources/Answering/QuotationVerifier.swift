package import Corpus
internal import TextAnalysis

/// Looks quotations up in the stored passages: the judge of what may be shown as supported.
///
/// A quotation passes only if the passage that it names contains it word for word, after the
/// folding of `FoldedText`, from word boundary to word boundary, numbers whole. What is handed
/// back is the passage's own text. Nothing here is statistical: the same input gives the same
/// verdict, and a language model cannot talk its way through.
package struct QuotationVerifier: Sendable {
    /// What the gate says of one quotation.
    package enum Verdict: Hashable, Sendable {
        /// It stands in the passage, there.
        case verified(Citation)
        /// It does not pass.
        case refused(QuotationFault)

        /// The citation, if the quotation passed.
        package var citation: Citation? {
            guard case .verified(let citation) = self else { return nil }
            return citation
        }
    }

    /// A quotation under this many characters and under `minimumWords` words is too short.
    package static let minimumCharacters = 12
    /// See `minimumCharacters`.
    package static let minimumWords = 3

    private struct Entry: Sendable {
        let id: PassageID
        let text: String
        /// Divided words joined.
        let folded: FoldedText
        /// Hyphens at line ends kept, if there are any.
        let hyphenated: FoldedText?
    }

    private let entries: [Entry]

    /// Prepares the passages that may be quoted.
    ///
    /// - Complexity: O(n) in the length of the passages.
    package init(_ passages: [(id: PassageID, text: String)]) {
        entries = passages.map { passage in
            let folded = FoldedText(passage.text)
            return Entry(
                id: passage.id,
                text: passage.text,
                folded: folded,
                hyphenated: folded.hasLineEndHyphen
                    ? FoldedText(passage.text, lineEndHyphen: .own) : nil
            )
        }
    }

    /// Prepares the passages that may be quoted.
    package init(_ passages: [SourcePassage]) {
        self.init(passages.map { (id: $0.id, text: $0.text) })
    }

    /// Judges whether `quotation` stands in the passage `passageID`.
    ///
    /// - Complexity: O(n + m) for a quotation that passes, in the lengths of the passage and the
    ///   quotation; telling apart what is wrong with another looks at every passage.
    package func check(_ quotation: String, in passageID: PassageID) -> Verdict {
        let needle = Needle(quotation)
        guard needle.isLongEnough else { return .refused(.tooShort) }
        guard let entry = entries.first(where: { $0.id == passageID }) else {
            return .refused(.unknownPassage)
        }
        if let citation = find(needle, in: entry) { return .verified(citation) }
        if entries.contains(where: { $0.id != passageID && find(needle, in: $0) != nil }) {
            return .refused(.misattributed)
        }
        return .refused(
            QuotationDiagnosis.fault(of: needle.words, in: entries.map { $0.folded.bytes })
        )
    }

    /// What has become of `quotation`, of any length, in the passages: for one that was shown before.
    ///
    /// It stands if at one place where its words stand the sentence around them says nothing against it.
    ///
    /// - Complexity: O(n) for each place where the words stand.
    package func stance(of quotation: String) -> Stance {
        let needle = Needle(quotation)
        guard !needle.words.isEmpty else { return .absent }
        var result = Stance.absent
        for entry in entries {
            for citation in citations(of: needle, in: entry) {
                let whole = citation.widened(in: entry.text).quotation
                if !QuotationContext.turn(citation.quotation, in: whole) { return .stands }
                result = .turned
            }
        }
        return result
    }

    /// Each place where a quotation stands in an entry, at most a hundred.
    private func citations(of needle: Needle, in entry: Entry) -> [Citation] {
        for pattern in needle.patterns {
            for folded in [entry.folded, entry.hyphenated].compactMap(\.self) {
                var result: [Citation] = []
                var from = 0
                while result.count < 100,
                    let range = Self.range(of: pattern, in: folded, from: from)
                {
                    result.append(citation(entry, folded, range, needle))
                    from = range.upperBound
                }
                if !result.isEmpty { return result }
            }
        }
        return []
    }

    /// Returns the citation in any passage that contains `quotation`, the first such passage's.
    package func find(_ quotation: String) -> Citation? {
        let needle = Needle(quotation)
        guard needle.isLongEnough else { return nil }
        for entry in entries {
            if let citation = find(needle, in: entry) { return citation }
        }
        return nil
    }

    private func find(_ needle: Needle, in entry: Entry) -> Citation? {
        for pattern in needle.patterns {
            if let range = Self.range(of: pattern, in: entry.folded) {
                return citation(entry, entry.folded, range, needle)
            }
            if let hyphenated = entry.hyphenated,
                let range = Self.range(of: pattern, in: hyphenated)
            {
                return citation(entry, hyphenated, range, needle)
            }
        }
        return nil
    }

    private func citation(
        _ entry: Entry,
        _ folded: FoldedText,
        _ range: Range<Int>,
        _ needle: Needle
    ) -> Citation {
        // Punctuation that was set aside at the end comes back where the passage has the same.
        var end = range.upperBound
        for byte in needle.trailing {
            guard end < folded.bytes.count, folded.bytes[end] == byte else { break }
            end += 1
        }
        var lower = Int(folded.starts[range.lowerBound])
        let upper = Int(folded.ends[end - 1])
        for byte in needle.leading.reversed() {
            let before = range.lowerBound - 1
            guard before >= 0, folded.bytes[before] == byte else { break }
            lower = Int(folded.starts[before])
            break
        }
        let utf8 = entry.text.utf8
        let from = utf8.index(utf8.startIndex, offsetBy: lower)
        let to = utf8.index(from, offsetBy: upper - lower)
        return Citation(
            passageID: entry.id,
            quotation: String(entry.text[from..<to]),
            range: lower..<upper
        )
    }

    /// Returns the first occurrence of `pattern` that cuts neither words nor numbers.
    private static func range(
        of pattern: BytePattern,
        in text: FoldedText,
        from start: Int = 0
    ) -> Range<Int>? {
        var from = start
        while let range = pattern.firstRange(in: text.bytes, from: from) {
            if WordBoundary.isClean(range, in: text.bytes) { return range }
            from = range.lowerBound + 1
        }
        return nil
    }
}

/// A quotation made ready to be looked for.
private struct Needle {
    /// The spellings to look for, likeliest first.
    let patterns: [BytePattern]
    /// The words, folded.
    let words: [ArraySlice<UInt8>]
    /// Punctuation set aside before the words.
    let leading: [UInt8]
    /// Punctuation set aside after the words.
    let trailing: [UInt8]
    let isLongEnough: Bool

    init(_ quotation: String) {
        let folded = FoldedText(quotation)
        var (core, leading, trailing) = Self.trimmed(folded.bytes)
        words = QuotationDiagnosis.words(of: core)
        self.leading = leading
        self.trailing = trailing
        let characters = core.reduce(into: 0) { if $1 & 0xC0 != 0x80 { $0 += 1 } }
        isLongEnough =
            !words.isEmpty
            && (characters >= QuotationVerifier.minimumCharacters
                || words.count >= QuotationVerifier.minimumWords)
        var patterns = [BytePattern(core)]
        // A quotation that starts inside a sentence is often given a capital, or loses one.
        if let other = Self.togglingFirstLetter(core) { patterns.append(BytePattern(other)) }
        if folded.hasLineEndHyphen {
            (core, _, _) = Self.trimmed(FoldedText(quotation, lineEndHyphen: .own).bytes)
            patterns.append(BytePattern(core))
        }
        self.patterns = patterns
    }

    /// Sets aside what people and models put around quotations: marks, dots, brackets, spaces.
    private static func trimmed(_ bytes: [UInt8]) -> ([UInt8], [UInt8], [UInt8]) {
        let around = Array(" '\".,;:!?()[]".utf8)
        var lower = 0
        var upper = bytes.count
        while lower < upper, around.contains(bytes[lower]) { lower += 1 }
        while upper > lower, around.contains(bytes[upper - 1]) { upper -= 1 }
        return (Array(bytes[lower..<upper]), Array(bytes[..<lower]), Array(bytes[upper...]))
    }

    private static func togglingFirstLetter(_ bytes: [UInt8]) -> [UInt8]? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let first = text.first, first.isLetter else { return nil }
        let other = first.isUppercase ? first.lowercased() : first.uppercased()
        guard other.count == 1, other != String(first) else { return nil }
        return Array(other.utf8) + Array(text.dropFirst().utf8)
    }
}
