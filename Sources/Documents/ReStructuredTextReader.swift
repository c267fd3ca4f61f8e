internal import Corpus

/// Reads reStructuredText: sections, lists, literal blocks, tables, directives.
///
/// Directives that hold prose are read as prose; those that only point elsewhere are left out.
struct ReStructuredTextReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "rst",
        version: 3,
        suffixes: ["rst", "rest"],
        recognizes: { looksLike($0.source) },
        make: { _, _ in ReStructuredTextReader() }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        var parser = ReStructuredTextParser(source)
        parser.run()
        var draft = DocumentDraft()
        draft.blocks = parser.blocks
        draft.metadata = parser.metadata
        draft.title =
            draft.blocks.first { if case .heading = $0.kind { true } else { false } }?.text
        let title = draft.title
        draft.adoptMetadata()
        draft.title = title ?? draft.title
        return draft
    }

    /// Whether a text under another name has the marks of this format.
    static func looksLike(_ source: SourceText) -> Bool {
        var marks = 0
        for line in 1...max(1, min(source.lineCount, 500)) {
            let range = source.trimmedRange(ofLine: line)
            if source.begins(range, with: ".. "), source.first("::", in: range) != nil {
                marks += 1
            }
        }
        return marks >= 2
    }
}
