/// The pages of a PDF, and what makes blocks of their lines.
struct PDFPages {
    private var pages: [PDFLayout.Page]
    /// The texts of pages whose pictures were read, by their index.
    private var scanned: [Int: [[UInt8]]] = [:]

    init(_ layout: PDFLayout) {
        pages = layout.pages
    }

    /// How many there are.
    var count: Int { pages.count }

    /// The numbers, from 1, of pages with hardly anything on them.
    var emptyPages: [Int] {
        pages.indices.filter { index in
            pages[index].blocks.reduce(0) { sum, block in
                sum + block.lines.reduce(0) { $0 + $1.words.reduce(0) { $0 + $1.text.utf8.count } }
            } < 8
        }.map { $0 + 1 }
    }

    /// Whether there is a letter on any page.
    var hasLetters: Bool {
        pages.contains { page in
            page.blocks.contains { $0.lines.contains { $0.text.contains(where: \.isLetter) } }
        }
    }

    /// Replaces a page, counted from 1, by what was read in its picture.
    mutating func set(_ page: Int, to text: [UInt8]) {
        let lines = text.filter { $0 != 0x0C }.split(
            separator: 0x0A,
            omittingEmptySubsequences: false
        )
        scanned[page - 1] = lines.map { line in
            var line = Array(line.drop { $0 <= 0x20 })
            while let last = line.last, last <= 0x20 { line.removeLast() }
            return line
        }
        pages[page - 1].blocks = []
    }

    /// Adds every page's blocks, each with what is printed on every page alike only once.
    func render(into rendering: inout ExtractedText) {
        let running = PDFRunningLines(pages)
        let headings = PDFHeadings(pages)
        var joiner = PDFLineJoiner(pages)
        for (number, page) in pages.enumerated() {
            rendering.beginPage()
            if let lines = scanned[number] {
                Self.renderScanned(lines, into: &rendering)
                continue
            }
            var renderer = PageRenderer(headings: headings, joiner: joiner)
            renderer.render(page, without: running, number, into: &rendering)
            joiner = renderer.joiner
        }
    }

    /// Adds the lines of a picture: paragraphs between empty lines.
    private static func renderScanned(_ lines: [[UInt8]], into rendering: inout ExtractedText) {
        var paragraph = ""
        func flush(_ rendering: inout ExtractedText) {
            rendering.append(paragraph, as: .paragraph)
            paragraph = ""
        }
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            if text.isEmpty {
                flush(&rendering)
            } else {
                if PDFLineJoiner.isListItem(text) { flush(&rendering) }
                if paragraph.isEmpty, let level = PDFHeadings.numberedLevel(text) {
                    rendering.append(text, as: .heading(level: level))
                } else {
                    PDFLineJoiner.joinPlain(text, to: &paragraph)
                }
            }
        }
        flush(&rendering)
    }
}

/// Makes blocks of one page.
private struct PageRenderer {
    let headings: PDFHeadings
    var joiner: PDFLineJoiner
    private var paragraph = ""
    private var last: PDFLayout.Line?

    init(headings: PDFHeadings, joiner: PDFLineJoiner) {
        self.headings = headings
        self.joiner = joiner
    }

    mutating func render(
        _ page: PDFLayout.Page,
        without running: PDFRunningLines,
        _ number: Int,
        into rendering: inout ExtractedText
    ) {
        var tables = PDFTables.find(in: page)
        var index = -1
        for block in page.blocks {
            var left = block.lines[...]
            startBlock(left.first, &rendering)
            while let line = left.popFirst() {
                index += 1
                let place = PDFRunningLines.Place(page: number, line: index)
                if running.places.contains(place) {
                    if running.kept.contains(place) {
                        flush(&rendering)
                        rendering.append(line.text, as: .paragraph)
                    }
                    continue
                }
                if let table = tables.firstIndex(where: { Self.contains($0.box, line.box) }) {
                    flush(&rendering)
                    rendering.append(table: tables[table].rows)
                    tables[table].rows = []
                    continue
                }
                if let level = headings.level(of: line, next: left.first) {
                    var text = line.text
                    while let next = left.first, headings.joins(line, next), text.utf8.count < 200 {
                        text += " " + next.text
                        left.removeFirst()
                        index += 1
                    }
                    flush(&rendering)
                    rendering.append(text, as: .heading(level: level))
                    continue
                }
                add(line, &rendering)
            }
        }
        flush(&rendering)
    }

    private static func contains(_ table: PDFLayout.Box, _ line: PDFLayout.Box) -> Bool {
        let middle = (line.top + line.bottom) / 2
        return table.top <= middle && middle <= table.bottom && line.left >= table.left - 1
            && line.right <= table.right + 1
    }

    private mutating func flush(_ rendering: inout ExtractedText) {
        rendering.append(paragraph, as: .paragraph)
        paragraph = ""
        last = nil
    }

    /// A block begins: it goes on with the paragraph of the one before where that ends in the middle
    /// of a sentence, as at the end of a column.
    private mutating func startBlock(_ line: PDFLayout.Line?, _ rendering: inout ExtractedText) {
        guard let line, let last, !paragraph.isEmpty else { return }
        let goesOn =
            line.text.first?.isLowercase ?? false && abs(line.size - last.size) < 1
            && !(paragraph.last.map { ".!?:".contains($0) } ?? true)
        if !goesOn { flush(&rendering) }
    }

    private mutating func add(_ line: PDFLayout.Line, _ rendering: inout ExtractedText) {
        let text = line.text
        if PDFLineJoiner.isListItem(text) || isApart(line) { flush(&rendering) }
        joiner.join(text, to: &paragraph)
        last = line
    }

    /// Whether more than the usual space stands between a line and the one before it in its block.
    private func isApart(_ line: PDFLayout.Line) -> Bool {
        guard let last else { return false }
        let gap = line.box.top - last.box.bottom
        return gap > 0.9 * line.size
    }
}

/// Joins lines to paragraphs.
struct PDFLineJoiner {
    private let pages: [PDFLayout.Page]
    /// The words of the document that stand whole, those with hyphens among them, once they are asked for.
    private lazy var words: Set<String> = {
        var words: Set<String> = []
        for line in pages.lazy.flatMap(\.blocks).flatMap(\.lines) {
            for word in line.words.dropLast() { words.insert(Self.plain(word.text)) }
        }
        return words
    }()

    init(_ pages: [PDFLayout.Page]) {
        self.pages = pages
    }

    /// First parts of words that are written with a hyphen.
    private static let hyphenated: Set<String> = [
        "well", "self", "e", "co", "non", "ex", "half", "all", "cross", "high", "low", "long",
        "short",
        "full", "part", "vice", "semi", "anti", "post", "pre", "mid", "over", "two", "three",
        "four",
        "first", "second", "third", "one", "so", "on", "off", "up", "in", "out", "by", "mother",
        "father", "sister", "brother", "físico", "socio", "franco", "hispano", "político",
        "teórico",
    ]

    /// Joins a line to what came before it: with a space, or as the rest of a divided word.
    mutating func join(_ line: String, to paragraph: inout String) {
        guard let last = paragraph.last else {
            paragraph = line
            return
        }
        switch last {
        case "\u{AD}":
            paragraph.removeLast()
            paragraph += line
        case "-", "\u{2010}":
            let before = paragraph.dropLast()
            let head = Self.plain(String(before.suffix(where: { !$0.isWhitespace })))
            if divides(head, line) { paragraph.removeLast() }
            paragraph += line
        case "–", "—":
            // A dash that stands close to its word stands close to the next one: "33–35".
            let before = paragraph.dropLast().last
            let isClose = before.map { $0.isNumber || ($0.isLetter && last == "—") } ?? false
            paragraph += isClose ? line : " " + line
        default:
            let isWide =
                PDFLayout.Line.isWide(last) && line.first.map(PDFLayout.Line.isWide) ?? false
            paragraph += isWide ? line : " " + line
        }
    }

    /// The same without a document that could tell of a word how it is written.
    static func joinPlain(_ line: String, to paragraph: inout String) {
        var joiner = PDFLineJoiner([])
        joiner.join(line, to: &paragraph)
    }

    /// Whether the hyphen after `head` is there only because the line ended.
    ///
    /// It stays after digits and before capitals, in words that the document writes with it elsewhere,
    /// and after first parts that are written so.
    private mutating func divides(_ head: String, _ line: String) -> Bool {
        guard let last = head.last, last.isLowercase, let first = line.first, first.isLowercase
        else {
            return false
        }
        let tail = Self.plain(String(line.prefix { !$0.isWhitespace }))
        if words.contains(head + tail) { return true }
        if words.contains(head + "-" + tail) { return false }
        let parts = head.split(separator: "-")
        let part = parts.last.map(String.init) ?? head
        // "state-of-the-art" is divided between its words.
        if parts.count > 2 || (parts.count > 1 && part.count < 4) { return false }
        return !Self.hyphenated.contains(part)
    }

    /// A word without the punctuation around it.
    private static func plain(_ word: String) -> String {
        var rest = word.lowercased()[...]
        while let first = rest.first, !first.isLetter, !first.isNumber { rest.removeFirst() }
        while let last = rest.last, !last.isLetter, !last.isNumber { rest.removeLast() }
        return String(rest)
    }

    /// Whether a line begins as an item of a list does.
    static func isListItem(_ line: String) -> Bool {
        for mark in ["•", "▪", "●", "◦", "–", "■"] where line.hasPrefix(mark) {
            return line.utf8.count > mark.utf8.count
        }
        if line.hasPrefix("- ") || line.hasPrefix("* ") { return line.utf8.count > 2 }
        // "1." and "a)", but not the end of a date.
        let mark = line.prefix { $0 != " " }
        guard mark.utf8.count < 5, line.utf8.count > mark.utf8.count + 1, let last = mark.last
        else {
            return false
        }
        let number = mark.dropLast()
        return (last == "." || last == ")") && !number.isEmpty
            && (number.allSatisfy(\.isNumber) || (number.count == 1 && last == ")"))
    }
}

extension Substring {
    /// The end whose characters all satisfy a predicate.
    fileprivate func suffix(where predicate: (Character) -> Bool) -> Substring {
        var start = endIndex
        while start > startIndex, predicate(self[index(before: start)]) {
            start = index(before: start)
        }
        return self[start...]
    }
}
