/// The words of a PDF with their places, as `pdftotext -bbox-layout` gives them.
struct PDFLayout {
    /// A rectangle in points; y grows downwards.
    struct Box: Hashable, Sendable {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double

        var height: Double { bottom - top }
        var width: Double { right - left }

        /// The smallest box around both.
        func union(_ other: Box) -> Box {
            Box(
                left: min(left, other.left),
                top: min(top, other.top),
                right: max(right, other.right),
                bottom: max(bottom, other.bottom)
            )
        }

        /// How much of the smaller height both share, from 0 to 1.
        func verticalOverlap(_ other: Box) -> Double {
            let shared = min(bottom, other.bottom) - max(top, other.top)
            let smaller = min(height, other.height)
            return smaller > 0 ? max(shared, 0) / smaller : 0
        }
    }

    struct Word: Sendable {
        var text: String
        var box: Box
    }

    struct Line: Sendable {
        var words: [Word]
        var box: Box
        var isBold = false
        /// The level that the document's outline gives the line.
        var outlineLevel: Int?

        /// The words with a space between them, but none between characters of Chinese and Japanese
        /// that stand close.
        var text: String {
            var text = ""
            var previous: Word?
            for word in words {
                if let previous {
                    let gap = word.box.left - previous.box.right
                    let isTight =
                        gap < 0.4 * box.height && previous.text.last.map(Self.isWide) ?? false
                        && word.text.first.map(Self.isWide) ?? false
                    if !isTight { text += " " }
                }
                text += word.text
                previous = word
            }
            return text
        }

        /// Whether words are written without spaces in the script of a character.
        static func isWide(_ character: Character) -> Bool {
            guard let scalar = character.unicodeScalars.first?.value else { return false }
            return (0x2E80...0x9FFF).contains(scalar) || (0xF900...0xFAFF).contains(scalar)
                || (0xFF00...0xFFEF).contains(scalar) || (0x20000...0x3FFFF).contains(scalar)
        }

        /// The height of most of its words, which tells the size of its letters.
        var size: Double {
            let heights = words.map(\.box.height).sorted()
            return heights.isEmpty ? 0 : heights[heights.count / 2]
        }
    }

    struct Block: Sendable {
        var lines: [Line]
    }

    struct Page: Sendable {
        var width = 0.0
        var height = 0.0
        /// In the order in which they are read.
        var blocks: [Block] = []
    }

    private(set) var pages: [Page] = []
    /// What the document says of itself: `title`, `Author`, `CreationDate`.
    private(set) var fields: [String: String] = [:]

    /// Reads the program's output; what is not understood is passed over.
    ///
    /// - Complexity: O(`output.count`).
    init(_ output: [UInt8]) {
        var scanner = TagScanner(output)
        while let tag = scanner.next() {
            switch tag.name {
            case "page":
                pages.append(
                    Page(width: tag.number("width") ?? 0, height: tag.number("height") ?? 0)
                )
            case "block":
                if !pages.isEmpty { pages[pages.count - 1].blocks.append(Block(lines: [])) }
            case "line": if let box = tag.box { addLine(box) }
            case "word": if let box = tag.box { addWord(scanner.text(), box) }
            case "title": fields["Title"] = scanner.text()
            case "meta":
                if let name = tag.value("name"), let content = tag.value("content") {
                    fields[name] = content
                }
            default: break
            }
        }
    }

    private mutating func addLine(_ box: Box) {
        guard let page = pages.indices.last, let block = pages[page].blocks.indices.last else {
            return
        }
        pages[page].blocks[block].lines.append(Line(words: [], box: box))
    }

    private mutating func addWord(_ text: String, _ box: Box) {
        guard !text.isEmpty, let page = pages.indices.last,
            let block = pages[page].blocks.indices.last,
            let line = pages[page].blocks[block].lines.indices.last
        else { return }
        pages[page].blocks[block].lines[line].words.append(Word(text: text, box: box))
    }

    /// Marks the lines that are bold or that the outline names.
    mutating func take(_ styles: PDFStyles) {
        for page in pages.indices {
            var titles = styles.outline[page + 1] ?? []
            let bold = styles.bold[page + 1] ?? []
            if titles.isEmpty, bold.isEmpty { continue }
            for block in pages[page].blocks.indices {
                for line in pages[page].blocks[block].lines.indices {
                    let box = pages[page].blocks[block].lines[line].box
                    let isBold = bold.contains { styled in
                        styled.verticalOverlap(box) > 0.5 && styled.left <= box.left + 3
                            && styled.right >= box.right - 3
                    }
                    pages[page].blocks[block].lines[line].isBold = isBold
                    guard !titles.isEmpty else { continue }
                    let text = PDFStyles.key(pages[page].blocks[block].lines[line].text)
                    if let found = titles.firstIndex(where: { $0.key == text }) {
                        pages[page].blocks[block].lines[line].outlineLevel = titles[found].level
                        titles.remove(at: found)
                    }
                }
            }
        }
    }
}

/// What only `pdftohtml -xml` tells of a PDF: which text is bold, and the outline.
struct PDFStyles {
    /// Where bold text stands, by the number of the page, from 1.
    private(set) var bold: [Int: [PDFLayout.Box]] = [:]
    /// The titles of the outline by their page, with their level from 1.
    private(set) var outline: [Int: [(key: String, level: Int)]] = [:]

    /// Reads the program's output.
    init(_ output: [UInt8]) {
        var scanner = TagScanner(output)
        var page = 0
        var depth = 0
        while let tag = scanner.next() {
            switch tag.name {
            case "page": page = tag.page("number") ?? page + 1
            case "text":
                guard let top = tag.number("top"), let left = tag.number("left"),
                    let width = tag.number("width"), let height = tag.number("height"),
                    let inner = scanner.next(), inner.name == "b"
                else { continue }
                bold[page, default: []].append(
                    PDFLayout.Box(left: left, top: top, right: left + width, bottom: top + height)
                )
            case "outline": depth += 1
            case "/outline": depth -= 1
            case "item":
                guard depth > 0, let target = tag.page("page") else { continue }
                outline[target, default: []].append((Self.key(scanner.text()), depth))
            default: break
            }
        }
    }

    /// A title without what differs between the outline and the page: spaces and letters' case.
    static func key(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}

/// Goes through the tags of poppler's output, which is simple XML.
private struct TagScanner {
    private let bytes: [UInt8]
    private var i = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    struct Tag {
        let name: String
        let attributes: ArraySlice<UInt8>

        func value(_ name: String) -> String? {
            let mark = Array(" \(name)=\"".utf8)
            guard let range = attributes.firstRange(of: mark) else { return nil }
            let value = attributes[range.upperBound...].prefix { $0 != 0x22 }
            return TagScanner.resolved(value)
        }

        func number(_ name: String) -> Double? { value(name).flatMap { Double($0) } }

        /// The number of a page, if the attribute gives one that a document can have.
        func page(_ name: String) -> Int? {
            value(name).flatMap { Int($0) }.flatMap { (0..<10_000_000).contains($0) ? $0 : nil }
        }

        /// The box of a line or word: its four numbers stand in a fixed order.
        var box: PDFLayout.Box? {
            var numbers: [Double] = []
            for part in attributes.split(separator: 0x22)
            where part.first.map({ $0 <= 0x39 && $0 > 0x20 }) ?? false {
                guard let number = TagScanner.decimal(part) else { return nil }
                numbers.append(number)
            }
            guard numbers.count == 4 else { return nil }
            return PDFLayout.Box(
                left: numbers[0],
                top: numbers[1],
                right: numbers[2],
                bottom: numbers[3]
            )
        }
    }

    /// The next tag; closing tags have a slash before their name.
    mutating func next() -> Tag? {
        while i < bytes.count {
            guard let open = bytes[i...].firstIndex(of: 0x3C),
                let close = bytes[open...].firstIndex(of: 0x3E)
            else {
                i = bytes.count
                return nil
            }
            i = close + 1
            let inner = bytes[(open + 1)..<close]
            let name = inner.prefix { $0 > 0x20 }
            if name.isEmpty { continue }
            return Tag(
                name: String(decoding: name, as: UTF8.self),
                attributes: inner[name.endIndex...]
            )
        }
        return nil
    }

    /// The text up to the next tag.
    mutating func text() -> String {
        let end = bytes[i...].firstIndex(of: 0x3C) ?? bytes.count
        defer { i = end }
        return Self.resolved(bytes[i..<end])
    }

    /// A decimal number as poppler writes it.
    static func decimal(_ bytes: ArraySlice<UInt8>) -> Double? {
        var value = 0.0
        var scale = 0.0
        var sign = 1.0
        for byte in bytes {
            switch byte {
            case 0x2D: sign = -1
            case 0x2E: scale = 1
            case 0x30...0x39:
                value = value * 10 + Double(byte - 0x30)
                scale *= 10
            default: return nil
            }
        }
        return sign * (scale > 0 ? value / scale : value)
    }

    static func resolved(_ bytes: ArraySlice<UInt8>) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard bytes.contains(0x26) else { return text }
        var plain = text
        for (reference, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"),
            ("&amp;", "&"),
        ] {
            plain = plain.replacing(reference, with: character)
        }
        return plain
    }
}
