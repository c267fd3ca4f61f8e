/// Tells the text of a page from what surrounds it: navigation, advertisements, links to other pages,
/// comments, banners.
///
/// Blocks of text are measured as in boilerplate detection by shallow features (Kohlschütter et al.,
/// "Boilerplate Detection using Shallow Text Features", WSDM 2010, doi 10.1145/1718487.1718542): how
/// long they are, how much of them is links, whether they have sentences. Elements go by the names that
/// templates give them and by how much of them is links, unless much of the page's prose is in them. The
/// text is then the smallest element that has nearly all prose, from the first prose to the last, with
/// the lists, tables and code around.
struct PageAnalysis {
    /// Whether an element and all in it is passed over, by its index: scripts, what is hidden.
    private(set) var isSkipped: [Bool]
    /// Whether text belongs to the page, by the index of the event.
    private(set) var isDropped: [Bool]
    /// The blocks of text, in order.
    var blocks: [TextBlock] = []

    let page: HTMLRecording
    private let showsHidden: Bool
    private let showsFallback: Bool
    var sums: [Sums]
    /// Whether an element or one around it is furniture, and the element that the text is in.
    var furniture: [Bool] = []
    /// Whether an element is a section that is named by its heading, among others that are.
    var isChapter: [Bool] = []
    var textRoot = 0
    /// The events from the first to the last prose, where there is something around it.
    var prose: Range<Int>?

    /// A stretch of text between the beginnings and ends of block elements.
    struct TextBlock {
        /// The innermost block element.
        let node: Int
        /// The element that says what the block is: `p`, `li`, `h2`.
        let kind: String
        /// Whether it stands in a cell, an item of a list or a definition.
        let isInStructure: Bool
        /// In characters.
        let length: Int
        let linked: Int
        /// Whether it is prose.
        let isProse: Bool
        /// The beginning of the text.
        let start: String
        /// The events that it consists of.
        let events: Range<Int>
        var isDropped = false

        /// How much of it is links, from 0 to 1.
        var linkShare: Double { length > 0 ? Double(min(linked, length)) / Double(length) : 0 }
    }

    /// What is in an element.
    struct Sums {
        var prose = 0
        var length = 0
        var linked = 0
        var topHeadings = 0
    }

    // MARK: Thresholds

    /// An element with more of the page's prose than that is no furniture, whatever its name.
    static let guardShare = 0.35
    /// The same for names that are sure.
    static let sureGuardShare = 0.65
    /// The share of the prose that the text's element has.
    static let rootShare = 0.98

    /// Looks through a page.
    ///
    /// - Parameters:
    ///   - page: The recording.
    ///   - keepsAll: Whether everything that is shown is text, as in a book.
    ///   - showsHidden: Whether what is hidden counts as shown.
    ///   - showsFallback: Whether what is there for programs without scripts counts as shown.
    /// - Complexity: O(events + elements), and the length of the text.
    init(
        _ page: HTMLRecording,
        keepsAll: Bool,
        showsHidden: Bool = false,
        showsFallback: Bool = false
    ) {
        self.page = page
        self.showsFallback = showsFallback
        self.showsHidden = showsHidden
        isSkipped = [Bool](repeating: false, count: page.nodes.count)
        isDropped = [Bool](repeating: false, count: page.events.count)
        sums = [Sums](repeating: Sums(), count: page.nodes.count)
        isChapter = [Bool](repeating: false, count: page.nodes.count)
        findSkipped(keepsAll: keepsAll)
        if keepsAll { return }
        findBlocks()
        if isPlain { return }
        judge()
        for block in blocks where block.isDropped {
            for event in block.events { isDropped[event] = true }
        }
    }

    /// Whether a picture, the event of an index, belongs to the page's text: not what stands before or
    /// after it.
    func isText(_ node: Int, at event: Int) -> Bool {
        guard !isSkipped[node], !isDropped[event] else { return false }
        guard !furniture.isEmpty else { return true }
        return !furniture[node] && textRoot <= node && node <= page.nodes[textRoot].last
            && prose?.contains(event) ?? true
    }

    /// The page with what is hidden, where that is most of its text: a script shows of it what is for
    /// the reader's system or program.
    var unhidden: PageAnalysis? {
        guard page.nodes.contains(where: { Self.isHidden($0) }) else { return nil }
        let whole = PageAnalysis(page, keepsAll: false, showsHidden: true)
        return whole.proseLength > 2 * proseLength + 400 ? whole : nil
    }

    // MARK: What is not shown

    private static let skippedElements: Set<String> = [
        "script", "style", "noscript", "template", "svg", "canvas", "iframe", "object", "embed",
        "audio", "video", "select", "textarea", "map", "datalist", "annotation", "annotation-xml",
        "rp",
    ]

    private mutating func findSkipped(keepsAll: Bool) {
        let controlled = controlledPanels()
        for (index, node) in page.nodes.enumerated() {
            if node.parent >= 0, isSkipped[node.parent] {
                isSkipped[index] = true
                continue
            }
            if Self.skippedElements.contains(node.name) {
                if showsFallback, node.name == "noscript" { continue }
                let isFormula =
                    node.name == "script"
                    && node.attributes["type"]?.hasPrefix("math/tex") ?? false
                isSkipped[index] = !isFormula
            } else if node.name == "button" {
                isSkipped[index] = !isLabel(node)
            } else if !showsHidden, Self.isHidden(node), !isFormulaBox(index) {
                // What nobody sees is not what the page says, unless a click shows it.
                isSkipped[index] = !isPanel(index, node, controlled)
            } else if !keepsAll {
                // Panels that are closed are hidden from programs that read aloud, too.
                isSkipped[index] =
                    (node.attributes["aria-hidden"] == "true" && node.name != "math"
                        && !isPanel(index, node, controlled))
                    || Self.isMark(node)
            }
        }
    }

    /// Whether an element is a mark beside the text: the sign that links to a heading, a number of a line.
    private static func isMark(_ node: HTMLRecording.Node) -> Bool {
        guard let value = node.attributes["class"], value.utf8.count < 200 else { return false }
        return value.split(separator: " ").contains { marks.contains($0.lowercased()) }
    }

    private static let marks: Set<String> = [
        "headerlink", "permalink", "viewcode-link", "mw-editsection", "linenos", "linenodiv",
        "skip-link", "skiplink", "sr-only", "visually-hidden", "screen-reader-text", "noprint",
        "mw-jump-link", "anchorjs-link",
    ]

    private static func isHidden(_ node: HTMLRecording.Node) -> Bool {
        if let hidden = node.attributes["hidden"], !["false", "until-found"].contains(hidden) {
            return true
        }
        guard let style = node.attributes["style"] else { return false }
        let dense = style.lowercased().filter { !$0.isWhitespace }
        return dense.contains("display:none") || dense.contains("visibility:hidden")
    }

    /// Whether an element only holds a formula, which pages hide behind a picture of it.
    private func isFormulaBox(_ index: Int) -> Bool {
        index + 1 < page.nodes.count && page.nodes[index + 1].parent == index
            && page.nodes[index + 1].name == "math"
    }

    /// Whether a button is the text of a heading, or names what it opens.
    private func isLabel(_ node: HTMLRecording.Node) -> Bool {
        if node.attributes["aria-controls"] != nil || node.attributes["aria-expanded"] != nil {
            return !["menu", "true", "listbox"].contains(node.attributes["aria-haspopup"] ?? "")
        }
        if Self.isOfAccordion(node) { return true }
        var parent = node.parent
        for _ in 0..<4 where parent >= 0 {
            let name = page.nodes[parent].name
            if Self.headings.contains(name) || name == "summary" || name == "dt" { return true }
            if parent == node.parent, Self.isOfAccordion(page.nodes[parent]) { return true }
            parent = page.nodes[parent].parent
        }
        return false
    }

    /// Whether a class says that an element is a part of something that opens at a click.
    private static func isOfAccordion(_ node: HTMLRecording.Node) -> Bool {
        guard let names = node.attributes["class"], names.utf8.count < 200 else { return false }
        return names.split(separator: " ").contains { name in
            let name = name.lowercased()
            return accordions.contains { name.hasPrefix($0) }
        }
    }

    private static let accordions = [
        "accordion", "faq", "collapsible", "expander", "toggle-", "panel-collapse", "panel-title",
    ]

    private static let headings: Set<String> = ["h1", "h2", "h3", "h4", "h5", "h6"]

    /// The identifiers of elements that buttons and tabs show.
    private func controlledPanels() -> Set<String> {
        var panels: Set<String> = []
        for node in page.nodes {
            for key in ["aria-controls", "data-target", "data-bs-target", "data-controls"] {
                guard let value = node.attributes[key] else { continue }
                for name in value.split(separator: " ") {
                    panels.insert(String(name.drop { $0 == "#" }))
                }
            }
            if node.attributes["role"] == "tab" || node.attributes["data-toggle"] != nil,
                let target = node.attributes["href"], target.hasPrefix("#")
            {
                panels.insert(String(target.dropFirst()))
            }
        }
        return panels
    }

    /// Whether a hidden element is the panel of an accordion or a tab.
    private func isPanel(
        _ index: Int,
        _ node: HTMLRecording.Node,
        _ controlled: Set<String>
    ) -> Bool {
        if let id = node.attributes["id"], controlled.contains(id) { return true }
        if node.attributes["role"] == "tabpanel" || Self.isOfAccordion(node) { return true }
        // The heading before it is a button.
        guard node.previous >= 0 else { return false }
        let before = page.nodes[node.previous]
        if before.name == "button" { return isLabel(before) }
        guard Self.headings.contains(before.name) || before.name == "dt" else { return false }
        return (node.previous...before.last).contains { page.nodes[$0].name == "button" }
    }

    // MARK: Blocks

    private static let blockElements: Set<String> = [
        "body", "p", "div", "section", "article", "main", "header", "footer", "nav", "aside", "dd",
        "dt", "dl", "blockquote", "figure", "figcaption", "address", "fieldset", "legend",
        "details",
        "summary", "center", "form", "hr", "caption", "hgroup", "option", "ul", "ol", "li", "table",
        "tr", "td", "th", "tbody", "thead", "tfoot", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
    ]
    private static let kinds: Set<String> = [
        "h1", "h2", "h3", "h4", "h5", "h6", "li", "p", "td", "th", "pre", "dt", "dd", "figcaption",
        "blockquote",
    ]

    /// What pages have their facts in.
    private static let structures: Set<String> = ["td", "th", "li", "dd", "dt", "pre"]

    private mutating func findBlocks() {
        var open: [(node: Int, kind: String, isInStructure: Bool)] = []
        var text: [UInt8] = []
        var linked = 0
        var linkDepth = 0
        var start = 0
        var skipDepth = 0
        func flush(_ end: Int) {
            defer {
                text.removeAll(keepingCapacity: true)
                linked = 0
                start = end
            }
            guard let innermost = open.last, text.contains(where: { $0 > 0x20 }) else { return }
            let block = Self.block(text, linked, innermost, start..<end)
            blocks.append(block)
            sums[innermost.node].length += block.length
            sums[innermost.node].linked += min(block.linked, block.length)
            if block.isProse { sums[innermost.node].prose += block.length }
            if block.kind == "h1" { sums[innermost.node].topHeadings += 1 }
        }
        for (index, event) in page.events.enumerated() {
            switch event {
            case .start(let node, _):
                if isSkipped[node] {
                    skipDepth += 1
                    continue
                }
                let name = page.nodes[node].name
                // The label of a tab leads to no other page.
                if name == "a", page.nodes[node].attributes["role"] != "tab" { linkDepth += 1 }
                if name == "br" { text.append(0x20) }
                guard Self.blockElements.contains(name) else { continue }
                flush(index)
                let kind = Self.kinds.contains(name) ? name : open.last?.kind ?? ""
                let isInStructure =
                    Self.structures.contains(name) || Self.isOfAccordion(page.nodes[node])
                    || open.last?.isInStructure ?? false && ["p", "div"].contains(name)
                open.append((node, kind, isInStructure))
            case .end(let node, _):
                if isSkipped[node] {
                    skipDepth -= 1
                    continue
                }
                let name = page.nodes[node].name
                if name == "a", page.nodes[node].attributes["role"] != "tab" {
                    linkDepth = max(linkDepth - 1, 0)
                }
                guard Self.blockElements.contains(name), open.last?.node == node else { continue }
                flush(index)
                open.removeLast()
                if let outer = open.last?.node { add(sums[node], to: outer) }
            case .text(let range, _):
                guard skipDepth == 0 else { continue }
                let count = Self.append(page.text[range], to: &text)
                if linkDepth > 0, !Self.isAddress(page.text[range]) { linked += count }
            }
        }
        flush(page.events.count)
    }

    /// Whether the text of a link is the address that it leads to: what a text refers to, and no menu.
    private static func isAddress(_ text: ArraySlice<UInt8>) -> Bool {
        let words = text.drop { $0 <= 0x20 }
        return words.starts(with: "http".utf8) || words.starts(with: "www.".utf8)
            || (words.contains(UInt8(ascii: "@")) && words.count < 80)
    }

    private mutating func add(_ inner: Sums, to node: Int) {
        sums[node].prose += inner.prose
        sums[node].length += inner.length
        sums[node].linked += inner.linked
        sums[node].topHeadings += inner.topHeadings
    }

    /// Appends text with its white space counted once, and says how many characters that were.
    private static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) -> Int {
        var count = 0
        for byte in bytes {
            if byte <= 0x20 {
                if text.last ?? 0x20 == 0x20 { continue }
                text.append(0x20)
                count += 1
            } else {
                text.append(byte)
                if byte & 0xC0 != 0x80 { count += 1 }
            }
        }
        return count
    }

    private static func block(
        _ text: [UInt8],
        _ linked: Int,
        _ place: (node: Int, kind: String, isInStructure: Bool),
        _ events: Range<Int>
    ) -> TextBlock {
        let kind = place.kind
        var end = text.count
        while end > 0, text[end - 1] <= 0x20 { end -= 1 }
        let length = text[..<end].count { $0 & 0xC0 != 0x80 }
        let share = length > 0 ? Double(min(linked, length)) / Double(length) : 0
        let hasSentence = hasSentence(text[..<end])
        let isLong = length >= 80 && share < 0.35 && (hasSentence || length > 200)
        let isShort =
            length >= 40 && share < 0.2 && hasSentence
            && ["p", "blockquote", "li", "dd"].contains(kind)
        return TextBlock(
            node: place.node,
            kind: kind,
            isInStructure: place.isInStructure,
            length: length,
            linked: min(linked, length),
            isProse: isLong || isShort,
            start: String(decoding: text[..<min(end, 240)], as: UTF8.self),
            events: events
        )
    }

    /// Whether a mark that ends sentences stands at the end of a word, in the script of any language.
    private static func hasSentence(_ text: ArraySlice<UInt8>) -> Bool {
        var i = text.startIndex
        while i < text.endIndex {
            switch text[i] {
            case 0x2E, 0x21, 0x3F, 0x3A, 0x3B:
                let next = i + 1
                // Quotation marks and brackets may close behind it.
                if next == text.endIndex || text[next] <= 0x22 || text[next] == 0x27
                    || text[next] == 0x29 || text[next] == 0x5D || text[next] >= 0xC2
                {
                    return true
                }
            case 0xE2 where text[i...].starts(with: [0xE2, 0x80, 0xA6]),
                0xE3 where text[i...].starts(with: [0xE3, 0x80, 0x82]),
                0xE0 where text[i...].starts(with: [0xE0, 0xA5, 0xA4]),
                0xEF
            where text[i...].starts(with: [0xEF, 0xBC, 0x81])
                || text[i...].starts(with: [0xEF, 0xBC, 0x9F]),
                0xD8 where text[i...].starts(with: [0xD8, 0x9F]):
                return true
            default: break
            }
            i += 1
        }
        return false
    }
}
