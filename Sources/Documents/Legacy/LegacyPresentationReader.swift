/// Reads PowerPoint files from before 2007 (`.ppt`): each slide a page with its title, its shapes from top
/// to bottom, its notes and comments.
struct LegacyPresentationReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "ppt",
        version: 2,
        recognizes: { $0.compound?.names.contains("PowerPoint Document") ?? false },
        make: { LegacyPresentationReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        guard let file = CompoundFile(bytes),
            let stream = file.contents(of: "PowerPoint Document")
        else { throw .malformed(format: "presentation", reason: "its directory is damaged") }
        // The mark of an encrypted file stands behind the size of its record.
        let user = file.contents(of: "Current User") ?? []
        if user.count >= 16, user[12..<16].elementsEqual([0xDF, 0xC4, 0xD1, 0xF3]) {
            throw .encrypted(format: "Office document")
        }
        var result = RenderedDraft()
        var presentation = LegacyPresentation(stream)
        presentation.render(into: &result.rendering)
        return result
    }
}

/// The slides of a presentation, found through its lists or, where these are damaged, one by one.
struct LegacyPresentation {
    private let bytes: [UInt8]
    private let records: [PowerPointRecord]
    /// Where the parts of the presentation lie, by the number that refers to them.
    private var places: [Int: Int] = [:]
    private var footers: [String] = []

    /// The types of records that are looked at.
    private enum Kind {
        static let document = 0x03E8
        static let slide = 0x03EE
        static let slideAtom = 0x03EF
        static let notes = 0x03F0
        static let place = 0x03F3
        static let list = 0x0FF0
        static let header = 0x0F9F
        static let outlineReference = 0x0F9E
        static let wideText = 0x0FA0
        static let text = 0x0FA8
        static let string = 0x0FBA
        static let footers = 0x0FD9
        static let directory = 0x1772
        static let comment = 0x2EE0
        static let shape = 0xF004
        static let shapeGroup = 0xF003
        /// What the first shape of a group has: the group's own.
        static let group = 0xF009
        static let textBox = 0xF00D
        static let anchor = 0xF010
    }

    private static let maximumSlides = 10_000
    private static let maximumDepth = 24

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        records = PowerPointRecord.records(of: bytes, in: 0..<bytes.count)
        // Each time it was saved, what had changed was added: later places count.
        for record in records where record.type == Kind.directory { addPlaces(record) }
    }

    private mutating func addPlaces(_ record: PowerPointRecord) {
        var offset = 0
        while offset + 4 <= record.content.count, places.count < 100_000 {
            let head = record.int(offset, 4)
            offset += 4
            for index in 0..<(head >> 20) where offset + 4 <= record.content.count {
                places[head & 0xFFFFF + index] = record.int(offset, 4)
                offset += 4
            }
        }
    }

    private func part(_ number: Int, _ type: Int) -> PowerPointRecord? {
        guard let place = places[number],
            let record = PowerPointRecord(bytes, at: place, before: bytes.count)
        else { return nil }
        return record.type == type ? record : nil
    }

    // MARK: Texts

    /// What a stretch of text is.
    private struct Text {
        /// 0 and 6 are titles, 1, 5, 7 and 8 the points of a slide, 2 notes.
        var kind: Int
        var words: String

        var isTitle: Bool { kind == 0 || kind == 6 }
        var isBody: Bool { [1, 5, 7, 8].contains(kind) }

        /// The paragraphs; a mark that stands for the number or the date of the slide is none.
        var paragraphs: [String] {
            words.split { $0 == "\r" || $0 == "\n" || $0 == "\r\n" }.map {
                // Soft hyphens divide words where a line ends.
                $0.filter { $0 != "\u{AD}" }.split { $0.isWhitespace || $0 < " " }
                    .joined(separator: " ")
            }.filter { !$0.isEmpty && $0 != "*" }
        }
    }

    /// The texts among records that follow one another, each after the atom that says what it is.
    private func texts(in records: [PowerPointRecord], _ outline: [Text]) -> [Text] {
        var texts: [Text] = []
        var kind = 4
        for record in records {
            switch record.type {
            case Kind.header: kind = record.int(0, 4)
            case Kind.wideText, Kind.text:
                let words = record.text(isWide: record.type == Kind.wideText)
                texts.append(Text(kind: kind, words: words))
                kind = 4
            case Kind.outlineReference:
                let index = record.int(0, 4)
                if outline.indices.contains(index) { texts.append(outline[index]) }
            default: break
            }
        }
        return texts
    }

    /// A shape with text, and where it stands.
    private struct Shape {
        var texts: [Text]
        var place: (x: Int, y: Int)?
    }

    /// The shapes inside a drawing; those of a group stand at its place, in the order of the file.
    private func shapes(
        in record: PowerPointRecord,
        _ outline: [Text],
        _ place: (x: Int, y: Int)? = nil,
        depth: Int = 0
    ) -> [Shape] {
        guard depth < Self.maximumDepth else { return [] }
        let children = record.children
        if record.type == Kind.shape {
            let texts = children.filter { $0.type == Kind.textBox }.flatMap {
                self.texts(in: PowerPointRecord.records(of: bytes, in: $0.content), outline)
            }
            return texts.isEmpty ? [] : [Shape(texts: texts, place: place ?? anchor(children))]
        }
        var place = place
        if record.type == Kind.shapeGroup, let head = children.first?.children,
            head.contains(where: { $0.type == Kind.group })
        {
            place = place ?? anchor(head)
        }
        return children.flatMap { shapes(in: $0, outline, place, depth: depth + 1) }
    }

    private func anchor(_ records: [PowerPointRecord]) -> (x: Int, y: Int)? {
        guard let anchor = records.first(where: { $0.type == Kind.anchor }) else { return nil }
        // In units of 576 to the inch: the top, then the left.
        if anchor.content.count >= 16 {
            return (signed(anchor.int(4, 4), 32), signed(anchor.int(0, 4), 32))
        }
        return (signed(anchor.int(2, 2), 16), signed(anchor.int(0, 2), 16))
    }

    private func signed(_ value: Int, _ bits: Int) -> Int {
        value >> (bits - 1) & 1 == 1 ? value - 1 << bits : value
    }

    // MARK: Slides

    /// Adds every slide in the order in which they are shown, each with its notes.
    mutating func render(into rendering: inout ExtractedText) {
        let document = records.last { $0.type == Kind.document }?.children ?? []
        noteFooters(document)
        let notes = notesBySlide(document)
        var isFound = false
        for list in document where list.type == Kind.list && list.instance == 0 {
            for (number, _, outline) in entries(of: list).prefix(Self.maximumSlides) {
                let slide = part(number, Kind.slide)
                if slide == nil, outline.isEmpty { continue }
                isFound = true
                render(slide, outline, notes, into: &rendering)
            }
        }
        if !isFound {
            for slide in records where slide.type == Kind.slide {
                render(slide, [], notes, into: &rendering)
            }
        }
        rendering.append(furniture: footers)
    }

    /// The parts that a list names, with the texts that it has of each of them.
    private func entries(
        of list: PowerPointRecord
    ) -> [(number: Int, slide: Int, outline: [Text])] {
        var entries: [(Int, Int, [Text])] = []
        var pending: [PowerPointRecord] = []
        func close() {
            guard let last = entries.indices.last else { return }
            entries[last].2 = texts(in: pending, [])
            pending = []
        }
        for record in list.children {
            if record.type == Kind.place {
                close()
                entries.append((record.int(0, 4), record.int(12, 4), []))
            } else {
                pending.append(record)
            }
        }
        close()
        return entries
    }

    private func notesBySlide(_ document: [PowerPointRecord]) -> [Int: PowerPointRecord] {
        var notes: [Int: PowerPointRecord] = [:]
        for list in document where list.type == Kind.list && list.instance == 2 {
            for (number, identifier, _) in entries(of: list) {
                notes[identifier] = part(number, Kind.notes)
            }
        }
        return notes
    }

    private mutating func render(
        _ slide: PowerPointRecord?,
        _ outline: [Text],
        _ notes: [Int: PowerPointRecord],
        into rendering: inout ExtractedText
    ) {
        rendering.beginPage()
        rendering.closeSections()
        let children = slide?.children ?? []
        var texts = Self.ordered(slide.map { shapes(in: $0, outline) } ?? []).flatMap(\.texts)
        let shown = Set(texts.map(\.words))
        texts += outline.filter { !shown.contains($0.words) }
        let title = texts.filter(\.isTitle).flatMap(\.paragraphs).joined(separator: " ")
        rendering.append(title, as: .heading(level: 1))
        for text in texts where !text.isTitle { Self.append(text, to: &rendering) }
        for comment in comments(in: children) {
            rendering.append("Comment: " + comment, as: .paragraph)
        }
        noteFooters(children)
        let reference = children.first { $0.type == Kind.slideAtom }?.int(16, 4) ?? 0
        guard reference != 0, let notes = notes[reference] else { return }
        for text in shapes(in: notes, []).flatMap(\.texts) where !text.isTitle {
            Self.append(text, to: &rendering)
        }
    }

    /// Shapes from top to bottom; those whose tops are a quarter of an inch apart stand side by side.
    private static func ordered(_ shapes: [Shape]) -> [Shape] {
        var place = (x: 0, y: 0)
        let keyed = shapes.enumerated().map { index, shape in
            place = shape.place ?? place
            return (row: place.y / 144, x: place.x, index: index, shape: shape)
        }
        return keyed.sorted { ($0.row, $0.x, $0.index) < ($1.row, $1.x, $1.index) }.map(\.shape)
    }

    private static func append(_ text: Text, to rendering: inout ExtractedText) {
        let paragraphs = text.paragraphs
        for paragraph in paragraphs {
            if text.isBody, paragraphs.count > 1 {
                rendering.append("- " + paragraph, as: .listItem)
            } else {
                rendering.append(paragraph, as: .paragraph)
            }
        }
    }

    /// The remarks of those who looked through a slide, which lie in its tags.
    private func comments(in records: [PowerPointRecord], depth: Int = 0) -> [String] {
        guard depth < Self.maximumDepth else { return [] }
        return records.flatMap { record -> [String] in
            guard record.type == Kind.comment else {
                // Tags hold records without saying that they are containers.
                let inner =
                    record.type == 0x138B
                    ? PowerPointRecord.records(of: bytes, in: record.content) : record.children
                return record.type == Kind.shape ? [] : comments(in: inner, depth: depth + 1)
            }
            let strings = record.children.filter { $0.type == Kind.string }
            return strings.filter { $0.instance == 1 }.map { $0.text(isWide: true) }
        }
    }

    /// Notes what stands at the foot of every slide.
    private mutating func noteFooters(_ records: [PowerPointRecord]) {
        for record in records where record.type == Kind.footers {
            for string in record.children where string.type == Kind.string {
                let words = string.text(isWide: true)
                if !words.isEmpty, !footers.contains(words) { footers.append(words) }
            }
        }
    }
}
