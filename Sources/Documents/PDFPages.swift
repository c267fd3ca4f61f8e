/// The pages of a PDF as lines, and what makes paragraphs of them.
struct PDFPages {
    private var pages: [[[UInt8]]] = []

    /// The pages of `pdftotext`'s output, each ended by a form feed.
    init(_ output: [UInt8]) {
        var parts = output.split(separator: 0x0C, omittingEmptySubsequences: false)
        if parts.last?.isEmpty ?? false { parts.removeLast() }
        pages = parts.map { Self.lines($0) }
    }

    /// How many there are.
    var count: Int { pages.count }

    /// The numbers, from 1, of pages with hardly anything on them.
    var emptyPages: [Int] {
        pages.indices.filter { index in
            pages[index].reduce(0) { $0 + $1.count { $0 > 0x20 } } < 8
        }.map { $0 + 1 }
    }

    /// Replaces a page, counted from 1.
    mutating func set(_ page: Int, to text: [UInt8]) {
        pages[page - 1] = Self.lines(text.filter { $0 != 0x0C }[...])
    }

    /// Adds every page's paragraphs, without what is printed on each page alike.
    func render(into rendering: inout Rendering) {
        let repeated = repeatedLines()
        for page in pages {
            rendering.beginPage()
            var paragraph: [UInt8] = []
            func flush() {
                rendering.append(String(decoding: paragraph, as: UTF8.self), as: .paragraph)
                paragraph = []
            }
            let content = page.indices.filter { index in
                !(Self.isAtEdge(index, of: page) && repeated.contains(Self.shape(page[index])))
            }
            for index in content {
                let line = page[index]
                if line.isEmpty {
                    flush()
                } else if paragraph.isEmpty,
                    let level = Self.headingLevel(String(decoding: line, as: UTF8.self))
                {
                    // Often no empty line is found between a heading and its text.
                    rendering.append(
                        String(decoding: line, as: UTF8.self),
                        as: .heading(level: level)
                    )
                } else {
                    if Self.isListItem(line) { flush() }
                    Self.join(line, to: &paragraph)
                }
            }
            flush()
        }
    }

    // MARK: Lines

    private static func lines(_ page: ArraySlice<UInt8>) -> [[UInt8]] {
        var lines = page.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            var line = Array(line.drop { $0 <= 0x20 })
            while let last = line.last, last <= 0x20 { line.removeLast() }
            return line
        }
        while lines.last?.isEmpty ?? false { lines.removeLast() }
        return lines
    }

    /// Joins a line to what came before it: with a space, or as the rest of a divided word.
    private static func join(_ line: [UInt8], to paragraph: inout [UInt8]) {
        guard !paragraph.isEmpty else {
            paragraph = line
            return
        }
        let softHyphen: [UInt8] = [0xC2, 0xAD]
        if paragraph.suffix(2).elementsEqual(softHyphen) {
            paragraph.removeLast(2)
        } else if paragraph.last == 0x2D, isLetter(paragraph.dropLast().last), isSmall(line.first) {
            paragraph.removeLast()
        } else {
            paragraph.append(0x20)
        }
        paragraph += line
    }

    private static func isLetter(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte >= 0x80 || (0x61...0x7A).contains(byte)
    }

    private static func isSmall(_ byte: UInt8?) -> Bool {
        guard let byte else { return false }
        return byte == 0xC3 || (0x61...0x7A).contains(byte)
    }

    private static func isListItem(_ line: [UInt8]) -> Bool {
        for mark in ["•", "▪", "●", "◦", "–", "■"] where line.starts(with: mark.utf8) {
            return line.count > mark.utf8.count
        }
        return line.count > 2 && line[1] == 0x20 && "-*".utf8.contains(line[0])
    }

    // MARK: What is on every page

    /// How many lines at the top and at the bottom may be headers and footers: of a slide with a few
    /// lines only the outermost.
    private static func edgeDepth(_ filled: Int) -> Int { filled < 12 ? 1 : 3 }

    private static func isAtEdge(_ index: Int, of page: [[UInt8]]) -> Bool {
        let before = page[..<index].count { !$0.isEmpty }
        let after = page[(index + 1)...].count { !$0.isEmpty }
        return min(before, after) < edgeDepth(before + after + 1)
    }

    /// A line with its numbers taken out, so that those of pages are all alike.
    private static func shape(_ line: [UInt8]) -> [UInt8] {
        line.filter { !(0x30...0x39).contains($0) && $0 > 0x20 }
    }

    /// The shapes of lines that stand at the edge of page after page.
    private func repeatedLines() -> Set<[UInt8]> {
        guard pages.count >= 3 else { return [] }
        var places: [[UInt8]: [Int]] = [:]
        for (number, page) in pages.enumerated() {
            let filled = page.filter { !$0.isEmpty && $0.count < 160 }
            let depth = Self.edgeDepth(filled.count)
            let edge = filled.prefix(depth) + filled.suffix(depth)
            for shape in Set(edge.map(Self.shape)) { places[shape, default: []].append(number) }
        }
        // The name of a chapter stands on the chapter's pages only, or on every second of them.
        return Set(
            places.filter { _, numbers in
                numbers.indices.dropLast(2).contains { numbers[$0 + 2] - numbers[$0] <= 4 }
            }.keys
        )
    }

    // MARK: Headings

    /// The level of a line numbered as a section of a section is, `3.2 Poda`; nil for others.
    private static func headingLevel(_ text: String) -> Int? {
        guard text.utf8.count < 90, let space = text.firstIndex(of: " ") else { return nil }
        let number = text[..<space]
        let parts = number.split(separator: ".", omittingEmptySubsequences: true)
        let title = text[text.index(after: space)...]
        guard parts.count >= 2, parts.allSatisfy({ $0.count < 4 && $0.allSatisfy(\.isNumber) }),
            let first = title.first, first.isUppercase || first == "¿" || first == "¡",
            // A line of a table of contents ends with its page.
            let last = title.last, !last.isNumber, last != ".", last != ","
        else { return nil }
        return min(parts.count, 6)
    }
}
