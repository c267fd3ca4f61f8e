/// The unigram model of SentencePiece: Kudo, "Subword Regularization", arXiv:1804.10959.
extension Tokenizer {
    /// The best way to reach a place in a word: its score, where its last piece starts, and its id.
    struct Path {
        var score: Double
        var start: Int32
        var id: Int32
    }

    /// Normalizes a range of text into `out`, emptied first.
    ///
    /// The common case is one table look-up for each scalar. Scalars that may join what stands
    /// before them send the stretch from the last starter on through full composition.
    func normalize(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        _ pages: Span<UInt16>,
        _ cells: Span<UInt32>,
        _ replacements: Span<UInt8>,
        _ out: inout [UInt8],
        _ tracing: inout Tracing
    ) {
        out.removeAll(keepingCapacity: true)
        tracing.sources.removeAll(keepingCapacity: true)
        var at = range.lowerBound
        // Where the last scalar that starts something is, in the text and in what came of it.
        var starter = at, starterOut = 0
        var lastClass: UInt8 = 0
        while at < range.upperBound {
            var begin = at
            let (scalar, length) = ValidUTF8.scalar(text, at: at)
            let cell = ScalarCell(
                bits: ScalarTableBuilder.lookUp(scalar, pages: pages, cells: cells)
            )
            switch cell.kind {
            case .plain where length == 1:
                let end = plainEnd(text, at + 1..<range.upperBound, pages, cells)
                unsafe text.withUnsafeBufferPointer { bytes in
                    unsafe out.append(contentsOf: bytes[at..<end])
                }
                if tracing.isOn { for i in at..<end { tracing.sources.append(i..<i + 1) } }
                starter = end - 1
                starterOut = out.count - 1
                lastClass = 0
                at = end
            case .plain:
                starter = at
                starterOut = out.count
                lastClass = 0
                for i in at..<at + length { out.append(text[i]) }
                at += length
            case .replaced:
                starter = at
                starterOut = out.count
                lastClass = 0
                let end = min(cell.offset + cell.length, replacements.count)
                for i in min(cell.offset, end)..<end { out.append(replacements[i]) }
                at += length
            case .mark where cell.combiningClass >= lastClass:
                lastClass = cell.combiningClass
                for i in at..<at + length { out.append(text[i]) }
                at += length
            case .dropped:
                at += length
            case .mark, .joining:
                var end = at + length
                while end < range.upperBound {
                    let (scalar, length) = ValidUTF8.scalar(text, at: end)
                    let kind = ScalarCell(
                        bits: ScalarTableBuilder.lookUp(scalar, pages: pages, cells: cells)
                    ).kind
                    if kind == .plain || kind == .replaced { break }
                    end += length
                }
                out.removeSubrange(starterOut...)
                if tracing.isOn { tracing.sources.removeSubrange(starterOut...) }
                normalizeSlowly(text, starter..<end, &out, &tracing)
                begin = starter
                at = end
                starter = end
                starterOut = out.count
                lastClass = 0
            }
            if tracing.isOn { tracing.fill(to: out.count, with: begin..<at) }
        }
    }

    /// Where the ASCII characters that stay as they are end.
    @inline(__always)
    private func plainEnd(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        _ pages: Span<UInt16>,
        _ cells: Span<UInt32>
    ) -> Int {
        var at = range.lowerBound
        while at < range.upperBound, text[at] < 0x80 {
            let bits = ScalarTableBuilder.lookUp(UInt32(text[at]), pages: pages, cells: cells)
            guard ScalarCell(bits: bits).kind == .plain else { break }
            at += 1
        }
        return at
    }

    private static let unicode = UnicodeData()

    /// Normalizes a short stretch that begins at a starter, or where the text begins.
    private func normalizeSlowly(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        _ out: inout [UInt8],
        _ tracing: inout Tracing
    ) {
        var scalars: [UInt32] = []
        var at = range.lowerBound
        while at < range.upperBound {
            let (scalar, length) = ValidUTF8.scalar(text, at: at)
            scalars.append(scalar)
            at += length
        }
        if let characterMap {
            var stretch = String.UnicodeScalarView()
            stretch.append(contentsOf: scalars.compactMap { Unicode.Scalar($0) })
            var place = range.lowerBound
            func append(_ mapped: [UInt8], for count: Int) {
                out.append(contentsOf: mapped)
                if tracing.isOn { tracing.fill(to: out.count, with: place..<place + count) }
                place += count
            }
            for cluster in String(stretch) {
                let bytes = Array(String(cluster).utf8)
                if bytes.count < 6, let mapped = characterMap.transform(bytes) {
                    append(mapped, for: bytes.count)
                    continue
                }
                for scalar in cluster.unicodeScalars {
                    let bytes = Array(String(Character(scalar)).utf8)
                    append(characterMap.transform(bytes) ?? bytes, for: bytes.count)
                }
            }
            return
        }
        let data = Self.unicode
        var decomposed: [UInt32] = []
        for scalar in scalars {
            switch settings.cleans ? SentencePieceCleaning.action(for: scalar) : .keep {
            case .drop: continue
            case .space: decomposed.append(0x20)
            case .keep:
                decomposed += data.decomposition(of: scalar, compatible: settings.isCompatible)
            }
        }
        var classes = decomposed.map(UnicodeData.combiningClass)
        UnicodeData.reorder(&decomposed, classes: &classes)
        UnicodeData.compose(&decomposed, classes: &classes) {
            data.composites[UnicodeData.pair($0, $1)]
        }
        for scalar in decomposed { ValidUTF8.append(scalar, to: &out) }
    }

    /// Splits the normalized text into words, each led by `▁`, and appends their ids.
    func appendUnigram(
        _ trie: Span<UInt32>,
        _ scores: Span<Double>,
        isFirst: Bool,
        end textEnd: Int,
        limit: Int,
        _ scratch: inout Scratch
    ) {
        var end = scratch.normal.count
        var at = 0
        if settings.stripsLeft { while at < end, isSpace(scratch.normal[at]) { at += 1 } }
        if settings.stripsRight { while end > at, isSpace(scratch.normal[end - 1]) { end -= 1 } }
        var isStart = true
        while at < end, scratch.ids.count < limit {
            let hasSpace = isSpace(scratch.normal[at])
            if hasSpace {
                at += 1
                if settings.collapsesSpaces || settings.dropsWhiteSpace {
                    while at < end, isSpace(scratch.normal[at]) { at += 1 }
                }
                if settings.dropsWhiteSpace, at == end { break }
            }
            var wordEnd = at
            while wordEnd < end, !isSpace(scratch.normal[wordEnd]) { wordEnd += 1 }
            let isPrepended =
                switch settings.prepending {
                case .always: isStart || settings.dropsWhiteSpace
                case .first: isFirst && isStart
                case .never: false
                }
            let isLed = hasSpace && !settings.dropsWhiteSpace || isPrepended
            // What is remembered of a word is not where its tokens end.
            let key =
                scratch.tracing.isOn
                ? nil : WordCache.Key(scratch.normal.span, at..<wordEnd, isLed: isLed)
            if let key, scratch.cache.append(key, to: &scratch.ids) {
                at = wordEnd
                isStart = false
                continue
            }
            let firstID = scratch.ids.count
            scratch.word.removeAll(keepingCapacity: true)
            if isLed {
                scratch.word.append(0xE2)
                scratch.word.append(0x96)
                scratch.word.append(0x81)
            }
            scratch.word.append(contentsOf: scratch.normal[at..<wordEnd])
            if scratch.tracing.isOn {
                scratch.tracing.word = at - (isLed ? 3 : 0)
                scratch.tracing.least = at
                scratch.tracing.end = textEnd
            }
            at = wordEnd
            isStart = false
            appendSegmentation(trie, scores, &scratch)
            if let key { scratch.cache.insert(key, scratch.ids, from: firstID) }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || settings.dropsWhiteSpace && (0x09...0x0D).contains(byte)
    }

    /// Appends the likeliest segmentation of `scratch.word`, by Viterbi's algorithm over the pieces
    /// that the trie finds at each character.
    ///
    /// Unknown characters in a row make one unknown token.
    private func appendSegmentation(
        _ trie: Span<UInt32>,
        _ scores: Span<Double>,
        _ scratch: inout Scratch
    ) {
        let count = scratch.word.count
        guard count > 0 else { return }
        // Taken out of the scratch, because the word is read while the paths are written.
        var paths: [Path] = []
        swap(&paths, &scratch.paths)
        defer { swap(&paths, &scratch.paths) }
        paths.removeAll(keepingCapacity: true)
        paths.append(contentsOf: repeatElement(Path(score: 0, start: -1, id: 0), count: count + 1))
        Self.findPaths(
            word: scratch.word.span,
            trie,
            scores,
            unknown: Int32(truncatingIfNeeded: settings.unknown),
            unknownScore: settings.unknownScore,
            &paths
        )
        let first = scratch.ids.count
        var end = count
        var wasUnknown = false
        while end > 0 {
            let path = paths[end]
            let isUnknown = path.id == Int32(truncatingIfNeeded: settings.unknown)
            if scratch.tracing.isOn {
                scratch.tracing.append(Int(path.start)..<end, joins: isUnknown && wasUnknown)
            }
            if !(isUnknown && wasUnknown) { scratch.ids.append(path.id) }
            wasUnknown = isUnknown
            guard path.start >= 0, path.start < end else { break }
            end = Int(path.start)
        }
        scratch.ids[first...].reverse()
        if scratch.tracing.isOn { scratch.tracing.ranges[first...].reverse() }
    }

    private static func findPaths(
        word: Span<UInt8>,
        _ trie: Span<UInt32>,
        _ scores: Span<Double>,
        unknown: Int32,
        unknownScore: Double,
        _ paths: inout [Path]
    ) {
        let count = word.count
        var paths = paths.mutableSpan
        let root = DoubleArray.root(trie)
        var start = 0
        while start < count {
            let before = paths[start].score
            let first = word[start]
            let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
            let next = min(start + length, count)
            var hasSingle = false
            var node = root
            var at = start
            while at < count, let child = DoubleArray.child(of: node, by: word[at], in: trie) {
                node = child
                at += 1
                guard node.hasValue else { continue }
                let id = DoubleArray.value(of: node, in: trie)
                guard id < scores.count else { continue }
                let score = before + scores[id]
                if paths[at].start < 0 || score > paths[at].score {
                    paths[at] = Path(
                        score: score,
                        start: Int32(truncatingIfNeeded: start),
                        id: Int32(truncatingIfNeeded: id)
                    )
                }
                if at == next { hasSingle = true }
            }
            if !hasSingle {
                let score = before + unknownScore
                if paths[next].start < 0 || score > paths[next].score {
                    paths[next] = Path(
                        score: score,
                        start: Int32(truncatingIfNeeded: start),
                        id: unknown
                    )
                }
            }
            start = next
        }
    }
}
