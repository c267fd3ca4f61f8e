/// Tells the headings of a PDF from its text: by the outline, the size and the weight of the letters,
/// and the numbers before them.
struct PDFHeadings {
    private let body: Body
    /// The styles of headings, the most prominent first.
    private let styles: [Style]

    /// How most of the text looks.
    private struct Body {
        var size: Double
        var isMostlyBold: Bool

        /// Whether a line stands out by its size or weight.
        func isExceeded(by line: PDFLayout.Line) -> Bool {
            guard size > 0 else { return false }
            if line.size > 1.12 * size { return true }
            return line.isBold && !isMostlyBold && line.size > 0.95 * size
        }
    }

    private struct Style: Hashable {
        /// In half points.
        let size: Int
        let isBold: Bool
    }

    /// More styles than that are no order of headings.
    private static let maximumLevels = 6

    /// Learns the styles of a document.
    ///
    /// - Complexity: O(lines).
    init(_ pages: [PDFLayout.Page]) {
        var letters: [Int: Int] = [:]
        var bold = 0
        var all = 0
        for line in pages.lazy.flatMap(\.blocks).flatMap(\.lines) {
            let count = line.words.reduce(0) { $0 + $1.text.utf8.count }
            letters[Self.rounded(line.size), default: 0] += count
            all += count
            if line.isBold { bold += count }
        }
        let usual = letters.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0
        let body = Body(size: Double(usual) / 2, isMostlyBold: bold * 2 > all)
        self.body = body
        var found: Set<Style> = []
        for page in pages {
            for block in page.blocks {
                for (index, line) in block.lines.enumerated() where body.isExceeded(by: line) {
                    let next = index + 1 < block.lines.count ? block.lines[index + 1] : nil
                    if Self.canBeHeading(line.text), !Self.goesOn(line, next) {
                        found.insert(Self.style(line))
                    }
                }
            }
        }
        styles = Array(
            found.sorted { ($0.size, $0.isBold ? 1 : 0) > ($1.size, $1.isBold ? 1 : 0) }
                .prefix(Self.maximumLevels)
        )
    }

    /// The level of a line that is a heading; nil for others.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - next: The line after it in the same block, if there is one.
    /// - Returns: A level from 1, or nil.
    func level(of line: PDFLayout.Line, next: PDFLayout.Line?) -> Int? {
        let text = line.text
        if let level = line.outlineLevel { return min(level, Self.maximumLevels) }
        guard Self.canBeHeading(text) else { return nil }
        if body.isExceeded(by: line), !Self.goesOn(line, next) {
            return (styles.firstIndex(of: Self.style(line)) ?? Self.maximumLevels - 1) + 1
        }
        guard let level = Self.numberedLevel(text), line.size > 0.9 * body.size else { return nil }
        // A sentence goes on in the next line with a small letter, a heading ends with its line.
        if let next, next.text.first?.isLowercase ?? false { return nil }
        return level
    }

    /// Whether two lines that follow one another are one heading.
    func joins(_ first: PDFLayout.Line, _ second: PDFLayout.Line) -> Bool {
        first.outlineLevel == nil && second.outlineLevel == nil && body.isExceeded(by: first)
            && body.isExceeded(by: second) && Self.style(first) == Self.style(second)
            && second.box.top - first.box.bottom < 0.6 * first.size
            && Self.numberedLevel(second.text) == nil
    }

    private static func rounded(_ size: Double) -> Int {
        // A hostile file has letters of any size.
        size.magnitude < 100_000 ? Int((size * 2).rounded()) : 0
    }

    private static func style(_ line: PDFLayout.Line) -> Style {
        Style(size: rounded(line.size), isBold: line.isBold)
    }

    /// Whether a bold line is the beginning of a paragraph rather than a heading above it.
    private static func goesOn(_ line: PDFLayout.Line, _ next: PDFLayout.Line?) -> Bool {
        guard let next, rounded(next.size) == rounded(line.size), next.isBold == line.isBold else {
            return false
        }
        // Several lines of the same style in one block: text that is large, if it is long.
        return next.words.count > 8 && line.words.count > 8
    }

    private static func canBeHeading(_ text: String) -> Bool {
        guard text.utf8.count < 160, text.count(where: \.isLetter) > 1, let last = text.last,
            !",;-".contains(last)
        else { return false }
        if last == "." {
            // "Inc." and "etc." aside, a full stop ends a sentence.
            return text.split(separator: " ").count < 4
        }
        // A line of a table of contents ends with its page.
        return !text.contains(". . .") && !text.contains("....")
    }

    /// The level of a line numbered as a section of a section is, `3.2 Poda`; nil for others.
    static func numberedLevel(_ text: String) -> Int? {
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
