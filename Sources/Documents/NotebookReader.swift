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
        let root: JSONNode
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
        var shortened = 0
        for cell in cells { shortened += append(cell, language, source, &draft.blocks) }
        if shortened > 0 {
            draft.repairs.append(TextRepair(kind: .shortenedOutputs, count: shortened))
        }
        draft.title = draft.blocks.first { $0.kind == .heading(level: 1) }?.text
        if let title = root["metadata"]?["title"].map({ text($0, source) }), !title.isEmpty {
            draft.title = title
        }
        if let language { draft.metadata["kernel"] = .string(language) }
        return draft
    }

    /// Appends a cell and says how many of its outputs were shortened.
    private func append(
        _ cell: JSONNode,
        _ language: String?,
        _ source: SourceText,
        _ blocks: inout [Block]
    ) -> Int {
        var shortened = 0
        let content = cell["source"] ?? cell["input"]
        switch cell["cell_type"].map({ text($0, source) }) {
        case "markdown":
            guard let content else { return 0 }
            let builder = builder(content, source)
            guard let whole = builder.block(.code(language: nil)) else { return 0 }
            for var block in MarkdownReader().blocks(of: Array(whole.text.utf8)) {
                block.anchors = block.anchors.composed(with: whole.anchors)
                blocks.append(block)
            }
        case "heading":
            guard let content, var block = builder(content, source).block(.paragraph) else {
                return 0
            }
            let level = cell["level"].map { text($0, source) }.flatMap { Int($0) } ?? 1
            block.kind = .heading(level: max(1, min(level, 6)))
            blocks.append(block)
        case "code":
            if let content, let block = builder(content, source).block(.code(language: language)) {
                blocks.append(block)
            }
            for output in cell["outputs"]?.elements ?? []
            where appendOutput(output, source, &blocks) {
                shortened += 1
            }
        default:
            if let content, let block = builder(content, source).block(.paragraph) {
                blocks.append(block)
            }
        }
        return shortened
    }

    /// The most bytes of an output that are read: of a log of thousands of lines its ends.
    private static let longestOutput = 4000

    /// What a cell printed, as text or as the table of a page; pictures are left out.
    ///
    /// - Returns: Whether the output was longer than is read.
    private func appendOutput(
        _ output: JSONNode,
        _ source: SourceText,
        _ blocks: inout [Block]
    ) -> Bool {
        let data = output["data"]
        let page = data?["text/html"] ?? output["html"]
        if let page {
            let whole = builder(page, source).block(.code(language: nil))
            if let whole, whole.text.utf8.count < 1 << 20 {
                var found = HTMLReader().fragment(Array(whole.text.utf8))
                let isTable = found.contains { $0.kind == .table }
                if isTable || !hasText(output, data, source) {
                    for index in found.indices {
                        found[index].anchors = found[index].anchors.composed(with: whole.anchors)
                    }
                    let size = found.reduce(0) { $0 + $1.text.utf8.count }
                    if size > Self.longestOutput {
                        for block in found { blocks += ends(of: block) }
                        return true
                    }
                    blocks += found
                    if !found.isEmpty { return false }
                }
            }
        }
        let candidates = [
            output["text"], data?["text/plain"], data?["text/markdown"], output["evalue"],
        ]
        for case let value? in candidates {
            if let block = builder(value, source).block(.code(language: nil)) {
                let isLong = block.text.utf8.count > Self.longestOutput
                blocks += isLong ? ends(of: block) : [block]
                return isLong
            }
        }
        return false
    }

    /// Whether an output has words of its own beside its page, and not just the name of an object.
    private func hasText(_ output: JSONNode, _ data: JSONNode?, _ source: SourceText) -> Bool {
        let value = output["text"] ?? data?["text/plain"]
        let text = value.flatMap { builder($0, source).block(.paragraph)?.text } ?? ""
        return !text.isEmpty && !(text.hasPrefix("<") && text.hasSuffix(">"))
    }

    /// The first and the last lines of a long output.
    private func ends(of block: Block) -> [Block] {
        let text = Array(block.text.utf8)
        let half = Self.longestOutput / 2
        guard text.count > Self.longestOutput else { return [block] }
        var head = text[..<half].lastIndex(of: 0x0A) ?? half
        var tail = text[(text.count - half)...].firstIndex(of: 0x0A).map { $0 + 1 } ?? text.count
        // A line without an end: between characters.
        while head > 0, text[head] & 0xC0 == 0x80 { head -= 1 }
        while tail < text.count, text[tail] & 0xC0 == 0x80 { tail += 1 }
        func part(_ range: Range<Int>) -> Block {
            Block(
                kind: block.kind,
                text: String(decoding: text[range], as: UTF8.self),
                anchors: block.anchors.dropping(range.lowerBound).confined(toText: range.count)
            )
        }
        return [part(0..<head), part(tail..<text.count)].filter { !$0.text.isEmpty }
    }

    /// A string, or the strings of a list one after the other.
    private func builder(_ value: JSONNode, _ source: SourceText) -> TextBuilder {
        var builder: TextBuilder?
        for part in value.elements ?? [value] {
            guard case .string(let range) = part else { continue }
            var current = builder ?? TextBuilder(from: range.lowerBound)
            JSONScanner.append(range, of: source.utf8, to: &current)
            builder = current
        }
        return builder ?? TextBuilder(from: 0)
    }

    private func text(_ value: JSONNode, _ source: SourceText) -> String {
        switch value {
        case .string(let range): JSONScanner.text(range, of: source.utf8)
        case .number(let range): source.string(range)
        default: ""
        }
    }
}
