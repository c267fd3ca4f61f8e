internal import Corpus
internal import TextAnalysis

/// Reads Jupyter notebooks (nbformat 3 and 4): the cells in order, and what they printed.
///
/// Anchors lead through the strings of the JSON to the bytes of the file.
struct NotebookReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "notebook",
        version: 1,
        suffixes: ["ipynb"],
        make: { _, _ in NotebookReader() }
    )

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        let root: JSONValue
        do {
            root = try JSONScanner.value(in: source.utf8, 0..<source.utf8.count)
        } catch {
            let line = source.line(of: min(error.offset, source.utf8.count))
            throw .malformed(format: "notebook", reason: "\(error.reason), line \(line)")
        }
        // nbformat 3 keeps its cells in worksheets.
        let worksheets = root["worksheets"]?.elements?.compactMap { $0["cells"]?.elements } ?? []
        guard let cells = root["cells"]?.elements ?? worksheets.first else {
            throw .malformed(format: "notebook", reason: "it has no cells")
        }
        let kernel =
            root["metadata"]?["language_info"]?["name"]
            ?? root["metadata"]?["kernelspec"]?["language"]
        let language = kernel.map { text($0, source) }
        var draft = DocumentDraft()
        for cell in cells { append(cell, language, source, &draft.blocks) }
        draft.title = draft.blocks.first { $0.kind == .heading(level: 1) }?.text
        if let title = root["metadata"]?["title"].map({ text($0, source) }), !title.isEmpty {
            draft.title = title
        }
        if let language { draft.metadata["kernel"] = .string(language) }
        return draft
    }

    private func append(
        _ cell: JSONValue,
        _ language: String?,
        _ source: SourceText,
        _ blocks: inout [Block]
    ) {
        let content = cell["source"] ?? cell["input"]
        switch cell["cell_type"].map({ text($0, source) }) {
        case "markdown":
            guard let content else { return }
            let builder = builder(content, source)
            guard let whole = builder.block(.code(language: nil)) else { return }
            for var block in MarkdownReader().blocks(of: Array(whole.text.utf8)) {
                block.anchors = block.anchors.composed(with: whole.anchors)
                blocks.append(block)
            }
        case "heading":
            guard let content, var block = builder(content, source).block(.paragraph) else {
                return
            }
            let level = cell["level"].map { text($0, source) }.flatMap { Int($0) } ?? 1
            block.kind = .heading(level: max(1, min(level, 6)))
            blocks.append(block)
        case "code":
            if let content, let block = builder(content, source).block(.code(language: language)) {
                blocks.append(block)
            }
            for output in cell["outputs"]?.elements ?? [] { appendOutput(output, source, &blocks) }
        default:
            if let content, let block = builder(content, source).block(.paragraph) {
                blocks.append(block)
            }
        }
    }

    /// What a cell printed, as text; pictures and pages are left out.
    private func appendOutput(
        _ output: JSONValue,
        _ source: SourceText,
        _ blocks: inout [Block]
    ) {
        let data = output["data"]
        let candidates = [
            output["text"], data?["text/plain"], data?["text/markdown"], output["evalue"],
        ]
        for case let value? in candidates {
            if let block = builder(value, source).block(.code(language: nil)) {
                blocks.append(block)
                return
            }
        }
    }

    /// A string, or the strings of a list one after the other.
    private func builder(_ value: JSONValue, _ source: SourceText) -> TextBuilder {
        var builder: TextBuilder?
        for part in value.elements ?? [value] {
            guard case .string(let range) = part else { continue }
            var current = builder ?? TextBuilder(from: range.lowerBound)
            JSONScanner.append(range, of: source.utf8, to: &current)
            builder = current
        }
        return builder ?? TextBuilder(from: 0)
    }

    private func text(_ value: JSONValue, _ source: SourceText) -> String {
        switch value {
        case .string(let range): JSONScanner.text(range, of: source.utf8)
        case .number(let range): source.string(range)
        default: ""
        }
    }
}
