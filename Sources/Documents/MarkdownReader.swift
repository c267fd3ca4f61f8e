internal import CCMark

/// Reads CommonMark with GitHub's extensions, and the front matter before it.
///
/// The text of a block is what a reader sees: without emphasis marks, but with the addresses of
/// links, which are often the answer. Anchors are found by looking each piece of text up in the
/// source, beginning where the parser says it stands.
struct MarkdownReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "markdown",
        version: 3,
        suffixes: ["md", "markdown", "mdown", "mkd", "mdx", "qmd", "rmd"],
        make: { _, _ in MarkdownReader() }
    )

    /// Files of other names that are Markdown in fact; after the formats that are surer of theirs.
    static let plainDeclaration = DocumentFormat.text(
        "markdown",
        version: 3,
        suffixes: [],
        recognizes: { looksLikeMarkdown($0.source) },
        make: { _, _ in MarkdownReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var draft = DocumentDraft()
        var start = 0
        if let head = FrontMatter.parse(source) {
            draft.metadata = head.metadata
            start = head.end
            if head.irregularFields > 0 {
                draft.repairs.append(
                    TextRepair(kind: .irregularFields, count: head.irregularFields)
                )
            }
        }
        draft.blocks = blocks(of: source.utf8, from: start)
        for block in draft.blocks {
            guard case .heading(let level) = block.kind else { continue }
            if level == 1 { draft.title = block.text }
            break
        }
        draft.adoptMetadata()
        return draft
    }

    /// The blocks of Markdown text; anchors refer to `utf8`.
    func blocks(of utf8: [UInt8], from start: Int = 0) -> [Block] {
        _ = Self.extensionsAreRegistered
        guard let parser = unsafe cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE) else {
            return []
        }
        defer { unsafe cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "autolink", "tasklist"] {
            unsafe cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
        }
        unsafe utf8[start...].withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            unsafe cmark_parser_feed(
                parser,
                base.assumingMemoryBound(to: CChar.self),
                bytes.count
            )
        }
        guard let document = unsafe cmark_parser_finish(parser) else { return [] }
        defer { unsafe cmark_node_free(document) }
        var walker = MarkdownWalker(utf8: utf8, start: start)
        unsafe walker.walk(document)
        return walker.blocks
    }

    /// Whether a plain text is Markdown in fact: headings with `#`, each alone among empty lines.
    static func looksLikeMarkdown(_ source: SourceText) -> Bool {
        var headings = 0
        var deeper = 0
        let lines = min(source.lineStarts.count, 2000)
        for line in 1...max(lines, 1) {
            let text = source.utf8[source.range(ofLine: line)]
            let marks = text.prefix { $0 == 0x23 }.count
            guard (1...6).contains(marks), text.count > marks + 1,
                text[text.startIndex + marks] == 0x20
            else { continue }
            let isAlone =
                (line == 1 || source.range(ofLine: line - 1).isEmpty)
                && (line == source.lineStarts.count || source.range(ofLine: line + 1).isEmpty)
            guard isAlone else { continue }
            headings += 1
            if marks > 1 { deeper += 1 }
        }
        return headings >= 2 && deeper >= 1
    }

    /// Registering is global to the library and must happen once.
    private static let extensionsAreRegistered: Bool = {
        cmark_gfm_core_extensions_ensure_registered()
        return true
    }()
}
