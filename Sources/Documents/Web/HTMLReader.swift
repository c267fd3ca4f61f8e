internal import Corpus
internal import CXML2
internal import TextAnalysis

/// Reads HTML with libxml2's forgiving parser: the content, without what surrounds it.
///
/// The parser's events are recorded, looked through for what belongs to the text, and played to what
/// makes blocks of them; depth costs nothing. Byte positions are exact for text and at the reference
/// for characters written as entities.
struct HTMLReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "html",
        version: 3,
        suffixes: ["html", "htm", "xhtml", "xht"],
        recognizes: { looksLikeHTML($0.source.utf8) },
        make: { _, _ in HTMLReader() }
    )

    /// Whether it is a chapter of a book, which has nothing around its text.
    var isBook = false

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        // Builders of sites have fields of their own above the page.
        let head = source.utf8.first == 0x2D ? FrontMatter.parse(source) : nil
        let utf8 =
            head.map { [UInt8](repeating: 0x20, count: $0.end) + source.utf8[$0.end...] }
            ?? source.utf8
        let page = try HTMLParser.parse(utf8)
        var analysis = PageAnalysis(page, keepsAll: isBook)
        if !isBook, let whole = analysis.unhidden { analysis = whole }
        let collector = Self.play(page, source.utf8, analysis)
        // A page with hundreds of links around its text is no index.
        if !isBook, let count = collector.onlyLinks, analysis.proseLength < 200,
            !analysis.hasOwnText
        {
            throw .onlyLinks(count: count)
        }
        var draft = DocumentDraft()
        draft.metadata = head?.metadata ?? [:]
        draft.blocks = collector.content
        let embedded = EmbeddedText(page, collector.metadata)
        if !isBook {
            let length = draft.blocks.reduce(0) { $0 + $1.text.utf8.count }
            // A page that is nothing but navigation: better that than nothing.
            if length < 80 {
                let whole = PageAnalysis(page, keepsAll: true)
                let all = Self.play(page, source.utf8, whole).content
                if all.reduce(0, { $0 + $1.text.utf8.count }) >= 80 { draft.blocks = all }
            }
            if let blocks = embedded.blocks(instead: draft.blocks) { draft.blocks = blocks }
            if draft.blocks.reduce(0, { $0 + $1.text.utf8.count }) < 80 {
                let fallback = Self.fallback(page, source.utf8)
                if !fallback.isEmpty { draft.blocks = fallback }
            }
        }
        for (name, value) in collector.metadata { draft.metadata[name] = .string(value) }
        draft.adoptMetadata()
        if !isBook, draft.date == nil { draft.date = embedded.date.flatMap(DocumentDate.parse) }
        draft.language = collector.language.flatMap { Language(tag: $0) } ?? draft.language
        draft.title = title(collector.title, draft.blocks) ?? draft.title
        return draft
    }

    /// What a page that scripts build shows without them, unless that is only that scripts are needed.
    private static func fallback(_ page: HTMLRecording, _ source: [UInt8]) -> [Block] {
        guard page.nodes.contains(where: { ["noscript", "template"].contains($0.name) }) else {
            return []
        }
        let whole = PageAnalysis(page, keepsAll: true, showsFallback: true)
        let blocks = play(page, source, whole).content.filter { block in
            let text = block.text.lowercased()
            return block.text.utf8.count > 300
                || !(text.contains("javascript") || text.contains("browser"))
        }
        return blocks.reduce(0, { $0 + $1.text.utf8.count }) >= 60 ? blocks : []
    }

    /// Plays a recording to a collector, without what does not belong to the page's text.
    private static func play(
        _ page: HTMLRecording,
        _ source: [UInt8],
        _ analysis: PageAnalysis
    ) -> HTMLCollector {
        let collector = HTMLCollector(source: source, page: page)
        for (index, event) in page.events.enumerated() {
            switch event {
            case .start(let node, let place):
                collector.start(
                    node,
                    isSkipped: analysis.isSkipped[node],
                    isText: analysis.isText(node, at: index),
                    at: place
                )
            case .end(let node, let place): collector.end(node, at: place)
            case .text(let range, let place):
                collector.characters(
                    page.text[range],
                    isDropped: analysis.isDropped[index],
                    upTo: place
                )
            }
        }
        collector.finish()
        return collector
    }

    /// The blocks of a piece of HTML inside another format; nothing if it cannot be parsed.
    func fragment(_ utf8: [UInt8]) -> [Block] {
        guard let page = try? HTMLParser.parse(utf8) else { return [] }
        return Self.play(page, utf8, PageAnalysis(page, keepsAll: true)).content
    }

    /// The page's only top heading where `title` merely adds the name of the site to it.
    private func title(_ title: String, _ blocks: [Block]) -> String? {
        let tops = blocks.filter { $0.kind == .heading(level: 1) }
        if let top = tops.first, title.isEmpty || (tops.count == 1 && title.contains(top.text)) {
            return top.text
        }
        return title.isEmpty ? nil : title
    }

    /// Whether an element ends the line of text before it.
    static func breaks(_ name: String) -> Bool {
        ["p", "div", "li", "br", "h1", "h2", "h3", "h4", "tr", "blockquote"].contains(name)
    }

    /// Whether the text of a file begins as HTML does.
    static func looksLikeHTML(_ utf8: [UInt8]) -> Bool {
        let head = String(decoding: utf8.prefix(512), as: UTF8.self).lowercased()
        let start = head.drop { $0.isWhitespace }
        return start.hasPrefix("<!doctype html") || start.hasPrefix("<html")
            || (start.hasPrefix("<?xml") && head.contains("<html"))
    }
}

/// The fence around libxml2's event interface.
enum HTMLParser {
    /// Elements nested deeper than this are an attack, or so broken that nothing is lost.
    private static let maximumDepth = 2000

    /// What a parse lends to the callbacks.
    ///
    /// The context lives for as long as anything here uses it.
    @safe private final class State {
        var page = HTMLRecording()
        var context: htmlParserCtxtPtr?
        var isTooDeep = false

        /// How much of the text the parser has consumed.
        var position: Int {
            unsafe max(0, Int(xmlByteConsumed(context)))
        }
    }

    /// Parses UTF-8 text.
    static func parse(_ utf8: [UInt8]) throws(DocumentError) -> HTMLRecording {
        _ = SAX.isInitialized
        let state = State()
        guard !utf8.isEmpty else { return state.page }
        unsafe utf8.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress,
                let context = unsafe htmlCreateMemoryParserCtxt(
                    base.assumingMemoryBound(to: CChar.self),
                    Int32(clamping: bytes.count)
                )
            else { return }
            defer { unsafe htmlFreeParserCtxt(context) }
            unsafe configure(context)
            unsafe state.context = context
            unsafe context.pointee.userData = Unmanaged.passUnretained(state).toOpaque()
            _ = unsafe htmlParseDocument(context)
        }
        if state.isTooDeep {
            throw .malformed(
                format: "HTML",
                reason: "elements nested more than \(maximumDepth) deep"
            )
        }
        state.page.finish()
        return state.page
    }

    private static func configure(_ context: htmlParserCtxtPtr) {
        let options =
            HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue
            | HTML_PARSE_NOWARNING.rawValue | HTML_PARSE_NONET.rawValue
            | HTML_PARSE_IGNORE_ENC.rawValue
        _ = unsafe htmlCtxtUseOptions(context, Int32(options))
        // The text is UTF-8 already, whatever it says about itself. This keeps the parser from
        // converting it, so that its positions are positions in our text.
        _ = unsafe xmlSwitchEncoding(context, XML_CHAR_ENCODING_UTF8)
        var handler = unsafe htmlSAXHandler()
        unsafe handler.startElement = { data, name, attributes in
            unsafe HTMLParser.start(data, name, attributes)
        }
        unsafe handler.endElement = { data, name in unsafe HTMLParser.end(data, name) }
        unsafe handler.characters = { data, text, length in
            unsafe HTMLParser.characters(data, text, length)
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = handler.characters
        unsafe context.pointee.sax.pointee = handler
    }

    private static func start(
        _ data: UnsafeMutableRawPointer?,
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard let state: State = unsafe SAX.state(data), let name = unsafe name else { return }
        guard state.page.depth < maximumDepth else {
            state.isTooDeep = true
            unsafe xmlStopParser(state.context)
            return
        }
        let values = Dictionary(
            unsafe SAX.attributes(attributes).map { ($0.name, $0.value) },
            uniquingKeysWith: { $1 }
        )
        unsafe state.page.start(String(cString: name), values, at: state.position)
    }

    private static func end(
        _ data: UnsafeMutableRawPointer?,
        _ name: UnsafePointer<xmlChar>?
    ) {
        guard let state: State = unsafe SAX.state(data), unsafe name != nil else { return }
        state.page.noteTextEnd()
        state.page.end(at: state.position)
    }

    private static func characters(
        _ data: UnsafeMutableRawPointer?,
        _ text: UnsafePointer<xmlChar>?,
        _ length: Int32
    ) {
        guard let state: State = unsafe SAX.state(data), let text = unsafe text, length > 0 else {
            return
        }
        unsafe state.page.characters(
            UnsafeBufferPointer(start: text, count: Int(length)),
            at: state.position
        )
    }
}
