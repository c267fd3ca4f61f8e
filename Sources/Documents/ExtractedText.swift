internal import TextAnalysis

/// Lays blocks out in a text of their own, for formats that are no text on the outside.
///
/// Lines and bytes of passages then refer to this text: a paragraph per line, list items and rows
/// below each other, an empty line between everything else.
struct ExtractedText {
    private(set) var blocks: [Block] = []
    private(set) var pageStarts: [Int] = []
    private var utf8: [UInt8] = []
    private var previous: Block.Kind?
    /// How many characters were mended of text that had been decoded twice, by the encoding.
    private var mended: [String: Int] = [:]

    /// The heading that everything else stands under, if it begins with one.
    var openingHeading: String? {
        guard let first = blocks.first, first.kind == .heading(level: 1) else { return nil }
        return first.text
    }

    /// Begins the next page, slide or sheet.
    mutating func beginPage() {
        separate()
        pageStarts.append(utf8.count)
    }

    /// Adds a block, without the white space around it; nothing if there is nothing else.
    mutating func append(_ text: some StringProtocol, as kind: Block.Kind) {
        var bytes = Self.clean(text.utf8)
        for round in MojibakeRepair.repairs(of: bytes) {
            mended[round.encoding, default: 0] += round.count
            bytes = round.step.utf8
        }
        guard bytes.contains(where: { $0 > 0x20 }) else { return }
        if kind != previous || !Self.isTight(kind) { separate() } else { utf8.append(0x0A) }
        previous = kind
        let start = utf8.count
        utf8 += bytes
        blocks.append(
            Block(
                kind: kind,
                text: String(decoding: bytes, as: UTF8.self),
                anchors: Anchors(verbatim: start..<utf8.count)
            )
        )
    }

    /// Adds blocks of another text, as they are.
    mutating func append(_ others: [Block]) {
        for block in others { append(block.text, as: block.kind) }
    }

    /// Adds what stands at the edges of every page, once and below no heading; not page numbers.
    mutating func append(furniture texts: [String]) {
        var known: Set<String> = []
        let words = texts.filter { $0.contains(where: \.isLetter) && known.insert($0).inserted }
        let fresh = words.filter { text in
            !blocks.contains { $0.text == text }
                && !["page", "página", "seite", "seite von", "page of", "página de"].contains(
                    text.lowercased().split { !$0.isLetter }.joined(separator: " ")
                )
        }
        guard !fresh.isEmpty else { return }
        closeSections()
        for text in fresh { append(text, as: .paragraph) }
    }

    /// Ends every section: what follows stands below no heading.
    mutating func closeSections() {
        separate()
        blocks.append(
            Block(kind: .heading(level: 1), text: "", anchors: Anchors(from: utf8.count))
        )
    }

    /// What had to be mended.
    var repairs: [TextRepair] {
        mended.sorted { $0.key < $1.key }
            .map { TextRepair(kind: .decodedTwice(as: $0.key), count: $0.value) }
    }

    /// The text that the blocks stand in.
    var source: SourceText {
        SourceText(utf8: utf8, encoding: "utf-8", maps: [], pageStarts: pageStarts)
    }

    private mutating func separate() {
        guard !utf8.isEmpty, previous != nil else { return }
        utf8 += [0x0A, 0x0A]
        previous = nil
    }

    private static func isTight(_ kind: Block.Kind) -> Bool {
        switch kind {
        case .listItem, .record: true
        default: false
        }
    }

    /// The text without control characters but tab and line feed, and without space at its ends.
    private static func clean(_ text: some Collection<UInt8>) -> [UInt8] {
        var bytes = [UInt8]()
        bytes.reserveCapacity(text.count)
        for byte in text where byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A {
            bytes.append(byte)
        }
        while let last = bytes.last, last <= 0x20 { bytes.removeLast() }
        let start = bytes.firstIndex { $0 != 0x0A } ?? bytes.endIndex
        return Array(bytes[start...])
    }
}

/// Reads one format that is no text on the outside.
protocol BinaryReader {
    /// Takes the text out of a file.
    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft
}

/// What a `BinaryReader` found; the blocks are the rendering's.
struct RenderedDraft {
    var draft = DocumentDraft()
    var rendering = ExtractedText()
    var repairs: [TextRepair] = []
}
