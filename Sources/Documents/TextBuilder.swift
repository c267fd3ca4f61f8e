/// Collects the text of a block together with its anchors.
struct TextBuilder {
    private(set) var text: [UInt8] = []
    private var anchors: Anchors
    private var endsWithSpace = true

    /// A builder for a block that begins at `start` of the source.
    init(from start: Int) {
        anchors = Anchors(from: start)
    }

    /// Whether there is nothing but white space.
    var isEmpty: Bool { !text.contains { $0 > 0x20 } }

    /// Appends source bytes as they are.
    mutating func append(verbatim range: Range<Int>, of source: [UInt8]) {
        guard !range.isEmpty else { return }
        anchors.add(text: text.count, source: range.lowerBound)
        text += source[range]
        extend(to: range.upperBound)
        endsWithSpace = text.last.map { $0 <= 0x20 } ?? true
    }

    /// Appends text that stands for `range` of the source without being equal to it.
    mutating func append(_ bytes: some Collection<UInt8>, for range: Range<Int>) {
        guard !bytes.isEmpty else { return }
        anchors.add(text: text.count, source: range.lowerBound)
        text += bytes
        extend(to: range.upperBound)
        endsWithSpace = text.last.map { $0 <= 0x20 } ?? true
    }

    /// Appends a separator or marker that the source does not have.
    mutating func append(_ literal: String) {
        text += Array(literal.utf8)
        endsWithSpace = text.last.map { $0 <= 0x20 } ?? true
    }

    /// Appends text with every run of white space as one space, as HTML shows it.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - start: Where it begins in the source.
    ///   - isVerbatim: Whether the source has the same bytes there.
    mutating func append(
        collapsing bytes: UnsafeBufferPointer<UInt8>,
        at start: Int,
        isVerbatim: Bool
    ) {
        var i = 0
        while i < bytes.count {
            let space = unsafe Self.spaceLength(bytes, at: i)
            if space > 0 {
                if !endsWithSpace {
                    text.append(0x20)
                    endsWithSpace = true
                }
                i += space
                continue
            }
            var end = i
            while end < bytes.count, unsafe Self.spaceLength(bytes, at: end) == 0 { end += 1 }
            anchors.add(text: text.count, source: isVerbatim ? start + i : start)
            unsafe text.append(contentsOf: bytes[i..<end])
            endsWithSpace = false
            i = end
        }
        extend(to: isVerbatim ? start + bytes.count : start)
    }

    /// Separates the cells of a row; the first cell of a row needs none before it, even if empty.
    mutating func appendCellSeparator() {
        while text.last == 0x20 { text.removeLast() }
        if text.last ?? 0x0A != 0x0A { append(" | ") }
    }

    /// Ends a line, without the spaces before its end.
    mutating func appendLineFeed() {
        while text.last == 0x20 { text.removeLast() }
        if !text.isEmpty { text.append(0x0A) }
        endsWithSpace = true
    }

    /// Says that the block reaches to `end` of the source at least.
    mutating func extend(to end: Int) {
        anchors.end = max(anchors.end, end)
    }

    /// The block, without white space at its ends (empty lines only, where indentation means something).
    func block(_ kind: Block.Kind) -> Block? {
        guard !isEmpty else { return nil }
        var lower = 0
        var upper = text.count
        while upper > 0, text[upper - 1] <= 0x20 { upper -= 1 }
        while lower < upper, text[lower] <= 0x20 { lower += 1 }
        switch kind {
        case .code, .listItem: while lower > 0, text[lower - 1] != 0x0A { lower -= 1 }
        default: break
        }
        return Block(
            kind: kind,
            text: String(decoding: text[lower..<upper], as: UTF8.self),
            anchors: anchors.dropping(lower).confined(toText: upper - lower)
        )
    }

    /// The length of the white space at `i`, no-break spaces and zero-width ones included, or 0.
    private static func spaceLength(_ bytes: UnsafeBufferPointer<UInt8>, at i: Int) -> Int {
        switch unsafe bytes[i] {
        case 0x20, 0x09...0x0D: return 1
        case 0xC2 where i + 1 < bytes.count: return unsafe bytes[i + 1] == 0xA0 ? 2 : 0
        case 0xE2 where i + 2 < bytes.count:
            return unsafe bytes[i + 1] == 0x80 && bytes[i + 2] == 0x8B ? 3 : 0
        default: return 0
        }
    }
}

extension Anchors {
    /// The anchors of the text without its first `count` bytes.
    func dropping(_ count: Int) -> Anchors {
        guard count > 0 else { return self }
        var rest = Anchors(from: end)
        rest.add(text: 0, source: source(of: count))
        for anchor in list where anchor.text > count {
            rest.add(text: anchor.text - count, source: anchor.source)
        }
        return rest
    }

    /// The anchors of a text made from another text that has anchors of its own.
    func composed(with outer: Anchors) -> Anchors {
        var result = Anchors(from: outer.source(of: end))
        for (index, anchor) in list.enumerated() {
            result.add(text: anchor.text, source: outer.source(of: anchor.source))
            let limit = index + 1 < list.count ? list[index + 1].text : Int.max
            let begin = outer.list.partitioningIndex { $0.text > anchor.source }
            for inner in outer.list[begin...] {
                let text = anchor.text + inner.text - anchor.source
                guard text < limit, inner.text < end else { break }
                result.add(text: text, source: inner.source)
            }
        }
        return result
    }
}

extension Array {
    /// The first index whose element satisfies a predicate that is false, then true, throughout.
    func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if predicate(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
