internal import VectorKernels

/// Elements in memory that a file may back.
struct Section<Element: BitwiseCopyable & Sendable>: Sendable {
    let bytes: MappedBytes
    let range: Range<Int>

    func withSpan<Result>(_ body: (Span<Element>) -> Result) -> Result {
        bytes.withElements(of: Element.self, in: range, body)
    }
}

/// Turns text into token ids, as the model's own tokenizer does.
///
/// Works on UTF-8 bytes throughout: every scalar goes through one table, words through one trie. The
/// tables lie in a prepared file, so that starting costs nothing.
struct Tokenizer: Sendable {
    /// The small settings; the tables are sections.
    struct Settings: Sendable {
        var isUnigram = true
        var unknown = 0
        /// What an unknown character costs a unigram segmentation.
        var unknownScore = 0.0
        var longestWord = 100
        var isComposing = false
        var isCompatible = false
        var cleans = false
        var collapsesSpaces = false
        var stripsLeft = false
        var stripsRight = false
        var dropsWhiteSpace = false
        var prepending = TokenizerDefinition.Prepending.always
        var prefix: [Int] = []
        var suffix: [Int] = []
        /// What stands between two texts and behind the second, and the second's type.
        var separator: [Int] = []
        var pairSuffix: [Int] = []
        var secondType = 0
        var added: [TokenizerDefinition.AddedToken] = []
    }

    let settings: Settings
    let pages: Section<UInt16>
    let cells: Section<UInt32>
    let replacements: Section<UInt8>
    let trie: Section<UInt32>
    let scores: Section<Double>
    let characterMap: CompiledCharacterMap?

    /// Buffers that are kept from one text to the next.
    struct Scratch {
        var normal: [UInt8] = []
        var word: [UInt8] = []
        var paths: [Path] = []
        var ids: [Int32] = []
        var tracing = Tracing()
        /// Of one tokenizer: a scratch must not go from one to another.
        var cache = WordCache()
    }

    /// The ids of `text` with the special ones around it, at most `limit` in all.
    func encode(_ text: String, limit: Int, _ scratch: inout Scratch) -> [Int32] {
        let room = max(0, limit - settings.prefix.count - settings.suffix.count)
        tokenize(text, limit: room, &scratch)
        var ids: [Int32] = []
        ids.reserveCapacity(settings.prefix.count + scratch.ids.count + settings.suffix.count)
        ids.append(contentsOf: settings.prefix.map { Int32(truncatingIfNeeded: $0) })
        ids.append(contentsOf: scratch.ids)
        ids.append(contentsOf: settings.suffix.map { Int32(truncatingIfNeeded: $0) })
        return ids
    }

    /// The number of tokens of `text` without special ones.
    func count(_ text: String, _ scratch: inout Scratch) -> Int {
        tokenize(text, limit: .max, &scratch)
        return scratch.ids.count
    }

    /// The ids of `text` without special ones, at most `limit`, and the bytes that each comes from.
    ///
    /// White space before a word is no part of its tokens. What stands for nothing but such white
    /// space has no bytes: an empty range where the word begins.
    func trace(
        _ text: String,
        limit: Int,
        _ scratch: inout Scratch
    ) -> (ids: [Int32], ranges: [Range<Int>]) {
        scratch.tracing.isOn = true
        defer { scratch.tracing = Tracing() }
        tokenize(text, limit: limit, &scratch)
        return (scratch.ids, scratch.tracing.ranges)
    }

    /// Puts the ids of `text`, without special ones and at most `limit`, into `scratch.ids`.
    func tokenize(_ text: String, limit: Int, _ scratch: inout Scratch) {
        scratch.ids.removeAll(keepingCapacity: true)
        let utf8 = text.utf8.span
        pages.withSpan { pages in
            cells.withSpan { cells in
                replacements.withSpan { replacements in
                    trie.withSpan { trie in
                        scores.withSpan { scores in
                            forEachSegment(utf8) { range, added, addedRange, isFirst in
                                guard scratch.ids.count < limit else { return }
                                if settings.isUnigram {
                                    normalize(
                                        utf8,
                                        range,
                                        pages,
                                        cells,
                                        replacements,
                                        &scratch.normal,
                                        &scratch.tracing
                                    )
                                    appendUnigram(
                                        trie,
                                        scores,
                                        isFirst: isFirst,
                                        end: range.upperBound,
                                        limit: limit,
                                        &scratch
                                    )
                                } else {
                                    appendWordPieces(
                                        utf8,
                                        range,
                                        pages,
                                        cells,
                                        replacements,
                                        trie,
                                        limit: limit,
                                        &scratch
                                    )
                                }
                                if let added {
                                    scratch.ids.append(Int32(truncatingIfNeeded: added))
                                    if scratch.tracing.isOn {
                                        scratch.tracing.ranges.append(addedRange)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
        if scratch.ids.count > limit { scratch.ids.removeSubrange(limit...) }
        if scratch.tracing.ranges.count > limit { scratch.tracing.ranges.removeSubrange(limit...) }
    }

    /// Calls `body` with each stretch of text between added tokens, and the id and the bytes of the
    /// one after it.
    private func forEachSegment(
        _ text: Span<UInt8>,
        _ body: (_ range: Range<Int>, _ added: Int?, _ addedRange: Range<Int>, _ isFirst: Bool) ->
            Void
    ) {
        var start = 0, at = 0
        var isFirst = true
        // They begin with one and the same byte in practice: anything else is passed over at once.
        let first = settings.added.first?.text.first
        let isUniform = settings.added.allSatisfy { $0.text.first == first }
        while at < text.count, let first {
            if isUniform, text[at] != first {
                at += 1
                continue
            }
            guard let token = addedToken(in: text, at: at) else {
                at += 1
                continue
            }
            var end = at, next = at + token.text.count
            if token.takesLeft { while end > start, isSpace(text[end - 1]) { end -= 1 } }
            if token.takesRight { while next < text.count, isSpace(text[next]) { next += 1 } }
            body(start..<end, token.id, at..<at + token.text.count, isFirst)
            isFirst = false
            start = next
            at = next
        }
        if start < text.count || isFirst {
            body(start..<text.count, nil, text.count..<text.count, isFirst)
        }
    }

    /// The longest added token that stands at `at`.
    @inline(__always)
    private func addedToken(
        in text: Span<UInt8>,
        at: Int
    ) -> TokenizerDefinition.AddedToken? {
        let first = text[at]
        for token in settings.added where token.text[0] == first {
            guard token.text.count <= text.count - at else { continue }
            let isThere = token.text.indices.allSatisfy { token.text[$0] == text[at + $0] }
            if isThere { return token }
        }
        return nil
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
