/// BERT's WordPiece: Wu et al., "Google's Neural Machine Translation System", arXiv:1609.08144,
/// with greedy longest match from the left.
extension Tokenizer {
    /// The byte before pieces that go on within a word, in the trie's keys.
    ///
    /// No text has it there: the normalizer drops control characters.
    static let continuationByte: UInt8 = 1

    /// Normalizes a range of text, splits it into words, and appends their ids.
    func appendWordPieces(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        _ pages: Span<UInt16>,
        _ cells: Span<UInt32>,
        _ replacements: Span<UInt8>,
        _ trie: Span<UInt32>,
        limit: Int,
        _ scratch: inout Scratch
    ) {
        scratch.word.removeAll(keepingCapacity: true)
        var at = range.lowerBound
        while at < range.upperBound, scratch.ids.count < limit {
            let (scalar, length) = ValidUTF8.scalar(text, at: at)
            let cell = ScalarCell(
                bits: ScalarTableBuilder.lookUp(scalar, pages: pages, cells: cells)
            )
            if cell.separates || cell.isAlone { appendWord(trie, &scratch) }
            if !cell.separates {
                switch cell.kind {
                case .replaced:
                    let end = min(cell.offset + cell.length, replacements.count)
                    for i in min(cell.offset, end)..<end { scratch.word.append(replacements[i]) }
                case .dropped: break
                default: for i in at..<at + length { scratch.word.append(text[i]) }
                }
                if cell.isAlone {
                    if scratch.tracing.isOn {
                        scratch.tracing.fill(to: scratch.word.count, with: at..<at + length)
                    }
                    appendWord(trie, &scratch)
                }
            }
            at += length
            if scratch.tracing.isOn {
                scratch.tracing.fill(to: scratch.word.count, with: at - length..<at)
            }
        }
        appendWord(trie, &scratch)
    }

    /// Appends the ids of `scratch.word` and empties it.
    private func appendWord(_ trie: Span<UInt32>, _ scratch: inout Scratch) {
        guard !scratch.word.isEmpty else { return }
        defer {
            scratch.word.removeAll(keepingCapacity: true)
            scratch.tracing.sources.removeAll(keepingCapacity: true)
        }
        // What is remembered of a word is not where its tokens end.
        let key =
            scratch.tracing.isOn
            ? nil : WordCache.Key(scratch.word.span, 0..<scratch.word.count, isLed: false)
        if let key, scratch.cache.append(key, to: &scratch.ids) { return }
        let first = scratch.ids.count
        defer { if let key { scratch.cache.insert(key, scratch.ids, from: first) } }
        let unknown = Int32(truncatingIfNeeded: settings.unknown)
        let characters = scratch.word.count { $0 & 0xC0 != 0x80 }
        guard characters <= settings.longestWord else {
            scratch.ids.append(unknown)
            if scratch.tracing.isOn { scratch.tracing.append(0..<scratch.word.count) }
            return
        }
        let root = DoubleArray.root(trie)
        let inner = DoubleArray.child(of: root, by: Self.continuationByte, in: trie)
        var start = 0
        while start < scratch.word.count {
            var node = start == 0 ? root : inner
            var best: (end: Int, id: Int)?
            var at = start
            while at < scratch.word.count, let parent = node,
                let child = DoubleArray.child(of: parent, by: scratch.word[at], in: trie)
            {
                node = child
                at += 1
                if child.hasValue { best = (at, DoubleArray.value(of: child, in: trie)) }
            }
            guard let best else {
                scratch.ids.removeSubrange(first...)
                scratch.ids.append(unknown)
                if scratch.tracing.isOn {
                    scratch.tracing.ranges.removeSubrange(first...)
                    scratch.tracing.append(0..<scratch.word.count)
                }
                return
            }
            scratch.ids.append(Int32(truncatingIfNeeded: best.id))
            if scratch.tracing.isOn { scratch.tracing.append(start..<best.end) }
            start = best.end
        }
    }
}
