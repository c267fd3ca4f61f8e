internal import CCMark

/// Walks the tree that cmark builds, without recursion, and collects blocks.
struct MarkdownWalker {
    private(set) var blocks: [Block] = []

    private let utf8: [UInt8]
    private let lineStarts: [Int]
    private var builder: TextBuilder
    /// Where the search for the next piece of text begins, and where the block ends.
    private var cursor = 0
    private var limit = 0
    private var lists: [(isOrdered: Bool, next: Int)] = []
    private var marker: String?
    private var imageDepth = 0
    private var isInTable = false
    private var isFirstCell = true

    init(utf8: [UInt8], start: Int) {
        self.utf8 = utf8
        builder = TextBuilder(from: start)
        var starts = [start]
        for i in start..<utf8.count where utf8[i] == 0x0A { starts.append(i + 1) }
        lineStarts = starts
    }

    mutating func walk(_ document: OpaquePointer) {
        guard let iterator = unsafe cmark_iter_new(document) else { return }
        defer { unsafe cmark_iter_free(iterator) }
        while true {
            let event = unsafe cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, event != CMARK_EVENT_NONE,
                let node = unsafe cmark_iter_get_node(iterator)
            else { return }
            if event == CMARK_EVENT_ENTER { unsafe enter(node) } else { unsafe exit(node) }
        }
    }

    // MARK: Events

    private mutating func enter(_ node: OpaquePointer) {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_LIST:
            let isOrdered = unsafe cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
            lists.append((isOrdered, Int(unsafe cmark_node_get_list_start(node))))
        case CMARK_NODE_ITEM: unsafe enterItem(node)
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: unsafe begin(node)
        case CMARK_NODE_CODE_BLOCK: unsafe appendCode(node)
        case CMARK_NODE_HTML_BLOCK: unsafe appendHTML(node)
        case CMARK_NODE_TEXT, CMARK_NODE_CODE:
            guard let literal = unsafe cmark_node_get_literal(node) else { return }
            unsafe appendText(literal, of: node)
        case CMARK_NODE_SOFTBREAK: builder.append(" ")
        case CMARK_NODE_LINEBREAK: builder.append(isInTable ? " " : "\n")
        case CMARK_NODE_HTML_INLINE:
            if let literal = unsafe cmark_node_get_literal(node),
                unsafe String(cString: literal).lowercased().hasPrefix("<br")
            {
                builder.append(isInTable ? " " : "\n")
            }
        case CMARK_NODE_IMAGE: imageDepth += 1
        default: unsafe enterExtension(node)
        }
    }

    private mutating func enterItem(_ node: OpaquePointer) {
        guard let list = lists.last else { return }
        let indent = String(repeating: "  ", count: min(lists.count, 20) - 1)
        if list.isOrdered {
            marker = "\(indent)\(list.next). "
            lists[lists.count - 1].next += 1
        } else {
            marker = indent + "- "
        }
        if unsafe Self.typeName(node) == "tasklist" {
            let isDone = unsafe cmark_gfm_extensions_get_tasklist_item_checked(node)
            marker = (marker ?? "") + (isDone ? "[x] " : "[ ] ")
        }
    }

    private mutating func enterExtension(_ node: OpaquePointer) {
        switch unsafe Self.typeName(node) {
        case "table":
            unsafe begin(node)
            isInTable = true
        case "table_row", "table_header":
            builder.appendLineFeed()
            cursor = max(cursor, unsafe offset(ofLine: cmark_node_get_start_line(node)))
            isFirstCell = true
        case "table_cell":
            if !isFirstCell { builder.appendCellSeparator() }
            isFirstCell = false
        default: break
        }
    }

    private mutating func exit(_ node: OpaquePointer) {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_LIST: _ = lists.popLast()
        case CMARK_NODE_HEADING:
            finish(.heading(level: Int(unsafe cmark_node_get_heading_level(node))))
        case CMARK_NODE_PARAGRAPH: finish(lists.isEmpty ? .paragraph : .listItem)
        case CMARK_NODE_IMAGE: imageDepth -= 1
        case CMARK_NODE_LINK:
            if let address = unsafe cmark_node_get_url(node) {
                appendAddress(unsafe String(cString: address))
            }
        default:
            if isInTable, unsafe Self.typeName(node) == "table" {
                isInTable = false
                finish(.table)
            }
        }
    }

    private static func typeName(_ node: OpaquePointer) -> String {
        unsafe cmark_node_get_type_string(node).map { unsafe String(cString: $0) } ?? ""
    }

    // MARK: Blocks

    private mutating func begin(_ node: OpaquePointer) {
        cursor = unsafe offset(ofLine: cmark_node_get_start_line(node))
        limit = unsafe offset(ofLine: cmark_node_get_end_line(node) + 1)
        builder = TextBuilder(from: cursor)
        if let marker {
            builder.append(marker)
            self.marker = nil
        } else if !lists.isEmpty, lists.count > 1 {
            builder.append(String(repeating: "  ", count: min(lists.count, 20) - 1))
        }
    }

    private mutating func finish(_ kind: Block.Kind) {
        // The white space before a marker is indentation: kept as code keeps it.
        if var block = builder.block(kind) {
            if case .heading = kind { Self.dropAttributes(from: &block) }
            if !block.text.isEmpty { blocks.append(block) }
        }
        builder = TextBuilder(from: limit)
    }

    /// Takes the name or class from a heading's end: `Setup {#setup .unnumbered}`.
    private static func dropAttributes(from block: inout Block) {
        guard block.text.hasSuffix("}"), let open = block.text.lastIndex(of: "{"),
            let mark = block.text[block.text.index(after: open)...].first, "#.-".contains(mark)
        else { return }
        var text = block.text[..<open]
        while text.last?.isWhitespace ?? false { text.removeLast() }
        guard !text.isEmpty else { return }
        block.text = String(text)
        block.anchors = block.anchors.confined(toText: text.utf8.count)
    }

    /// Each line of a code block is looked up in its line of the source, after quote marks and
    /// indentation.
    private mutating func appendCode(_ node: OpaquePointer) {
        guard let literal = unsafe cmark_node_get_literal(node) else { return }
        let info = unsafe cmark_node_get_fence_info(node).map { unsafe String(cString: $0) } ?? ""
        var line = Int(unsafe cmark_node_get_start_line(node))
        var (length, offset, character) = (Int32(0), Int32(0), CChar(0))
        if unsafe cmark_node_get_fenced(node, &length, &offset, &character) != 0 { line += 1 }
        var code = TextBuilder(from: self.offset(ofLine: Int32(line)))
        let text = unsafe Array(String(cString: literal).utf8)
        for part in text.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let range = self.offset(ofLine: Int32(line))..<self.offset(ofLine: Int32(line + 1))
            if let found = find(part, in: range) {
                code.append(verbatim: found..<(found + part.count), of: utf8)
            } else {
                code.append(part, for: range)
            }
            code.append("\n")
            line += 1
        }
        marker = nil
        let language = info.split(separator: " ").first.map(String.init)
        if let block = code.block(.code(language: language)) { blocks.append(block) }
    }

    private mutating func appendHTML(_ node: OpaquePointer) {
        let start = unsafe offset(ofLine: cmark_node_get_start_line(node))
        let end = unsafe offset(ofLine: cmark_node_get_end_line(node) + 1)
        let whole = Anchors(verbatim: start..<end)
        for var block in HTMLReader().fragment(Array(utf8[start..<end])) {
            block.anchors = block.anchors.composed(with: whole)
            blocks.append(block)
        }
    }

    // MARK: Text

    private mutating func appendText(_ literal: UnsafePointer<CChar>, of node: OpaquePointer) {
        let text = unsafe Array(String(cString: literal).utf8)
        guard !text.isEmpty else { return }
        let isCode = unsafe cmark_node_get_type(node) == CMARK_NODE_CODE
        // The fences of boxes, `:::warning` and `:::`, have the kind of the box and maybe its title.
        if !isCode, text.starts(with: ":::".utf8) {
            let line = unsafe String(cString: literal).drop { $0 == ":" || $0 == " " }
            let isBraced = line.first == "{"
            let kind =
                isBraced ? line.prefix { $0 != "}" }.count + 1 : line.prefix { $0 != " " }.count
            let title = line.dropFirst(kind).drop { $0 == " " }
            if !title.isEmpty { appendPieces(of: Array(title.utf8)) }
            return
        }
        if !isCode, text.firstRange(of: Self.wikiOpen) != nil, appendWikiLinks(in: text) { return }
        let line = unsafe cmark_node_get_start_line(node)
        let claimed = offset(ofLine: line) + Int(unsafe cmark_node_get_start_column(node)) - 1
        var found: Int?
        if line > 0, claimed >= cursor, claimed + text.count <= limit,
            utf8[claimed..<(claimed + text.count)].elementsEqual(text)
        {
            found = claimed
        }
        // Far enough for any mark-up between two pieces, near enough to stay linear.
        found = found ?? find(text[...], in: cursor..<min(limit, cursor + text.count + 2048))
        if let found {
            builder.append(verbatim: found..<(found + text.count), of: utf8)
            cursor = found + text.count
        } else {
            appendPieces(of: text)
        }
    }

    private static let wikiOpen = Array("[[".utf8)
    private static let wikiClose = Array("]]".utf8)

    /// Appends text with links as wikis have them, `[[page]]` and `[[page|shown]]`, as what they show.
    ///
    /// - Returns: Whether there were such links.
    private mutating func appendWikiLinks(in text: [UInt8]) -> Bool {
        var rest = text[...]
        var parts: [ArraySlice<UInt8>] = []
        while let open = rest.firstRange(of: Self.wikiOpen),
            let close = rest[open.upperBound...].firstRange(of: Self.wikiClose)
        {
            let inner = rest[open.upperBound..<close.lowerBound]
            // "![[…]]" shows the other page or picture here.
            let isEmbedded = rest[..<open.lowerBound].last == UInt8(ascii: "!")
            parts.append(rest[..<(isEmbedded ? open.lowerBound - 1 : open.lowerBound)])
            let bar = inner.firstIndex(of: UInt8(ascii: "|"))
            parts.append(bar.map { inner[($0 + 1)...] } ?? inner)
            rest = rest[close.upperBound...]
        }
        guard !parts.isEmpty else { return false }
        for part in parts + [rest] where !part.isEmpty {
            if let found = find(part, in: cursor..<min(limit, cursor + part.count + 2048)) {
                builder.append(verbatim: found..<(found + part.count), of: utf8)
                cursor = found + part.count
            } else {
                appendPieces(of: Array(part))
            }
        }
        return true
    }

    /// Text with references or escapes in it: each word is looked up by itself.
    private mutating func appendPieces(of text: [UInt8]) {
        func isWord(_ byte: UInt8) -> Bool {
            byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
        }
        var i = 0
        while i < text.count {
            var end = i + 1
            if isWord(text[i]) {
                while end < text.count, isWord(text[end]) { end += 1 }
            }
            let piece = text[i..<end]
            let window = cursor..<min(limit, cursor + piece.count + 64)
            if cursor < window.upperBound,
                let found = isWord(text[i])
                    ? find(piece, in: window) : utf8[cursor] == text[i] ? cursor : nil
            {
                builder.append(verbatim: found..<(found + piece.count), of: utf8)
                cursor = found + piece.count
            } else {
                builder.append(piece, for: cursor..<cursor)
            }
            i = end
        }
    }

    private mutating func appendAddress(_ address: String) {
        guard imageDepth == 0, address.contains(":"),
            ["http://", "https://", "mailto:"].contains(where: address.hasPrefix)
        else { return }
        let bytes = Array(address.utf8)
        // An address that is its own text is not said twice.
        let bare = address.hasPrefix("mailto:") ? Array(bytes.dropFirst(7)) : bytes
        if builder.text.suffix(bare.count).elementsEqual(bare) { return }
        builder.append(" (")
        if let found = find(bytes[...], in: cursor..<min(limit, cursor + bytes.count + 256)) {
            builder.append(verbatim: found..<(found + bytes.count), of: utf8)
            cursor = found + bytes.count
        } else {
            builder.append(address)
        }
        builder.append(")")
    }

    private func offset(ofLine line: Int32) -> Int {
        let index = Int(line) - 1
        guard index < lineStarts.count else { return utf8.count }
        return lineStarts[max(index, 0)]
    }

    private func find(_ text: ArraySlice<UInt8>, in range: Range<Int>) -> Int? {
        guard let first = text.first, text.count <= range.count else { return nil }
        let last = range.upperBound - text.count
        var i = range.lowerBound
        while i <= last {
            if utf8[i] == first, utf8[i..<(i + text.count)].elementsEqual(text) { return i }
            i += 1
        }
        return nil
    }
}
