internal import Corpus

/// Reads JSON that holds records: JSON Lines, and arrays of objects.
///
/// Every object is a record that shows its fields one a line, `name: value`; nested names are joined
/// by dots. Other JSON is read as code, since nothing else is known about it.
struct JSONRecordReader: FormatReader {
    /// Whether each line is a value of its own.
    let isLines: Bool
    /// What of an object is text.
    var fields = RecordFields()

    static let declaration = DocumentFormat.text(
        "json",
        version: 1,
        suffixes: ["json"],
        make: { _, options in JSONRecordReader(isLines: false, fields: options.fields) }
    )
    static let linesDeclaration = DocumentFormat.text(
        "jsonl",
        version: 1,
        suffixes: ["jsonl", "ndjson"],
        make: { _, options in JSONRecordReader(isLines: true, fields: options.fields) }
    )

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        isLines ? try readLines(source) : try readArray(source)
    }

    private func readLines(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        var draft = DocumentDraft()
        var records = 0
        var brokenLines = 0
        for line in 1...source.lineStarts.count {
            let range = source.range(ofLine: line)
            guard source.utf8[range].contains(where: { $0 > 0x20 }) else { continue }
            guard let value = try? JSONScanner.value(in: source.utf8, range) else {
                brokenLines += 1
                continue
            }
            let blocks = blocks(of: value, source, from: range.lowerBound)
            if !blocks.isEmpty { records += 1 }
            draft.blocks += blocks
        }
        guard brokenLines <= records else {
            throw .malformed(format: "JSON Lines", reason: "\(brokenLines) lines are not JSON")
        }
        if brokenLines > 0 { draft.metadata["broken lines"] = .number(Double(brokenLines)) }
        return draft
    }

    private func readArray(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        // A configuration with comments in it is no JSON, and still worth finding.
        guard let root = try? JSONScanner.value(in: source.utf8, 0..<source.utf8.count),
            let elements = root.elements, !elements.isEmpty,
            elements.allSatisfy({ if case .object = $0 { true } else { false } })
        else { return SourceCodeReader(language: "json").read(source) }
        var draft = DocumentDraft()
        draft.blocks = elements.flatMap { blocks(of: $0, source, from: 0) }
        return draft
    }

    /// A value's record, below the name that the chosen field gives it.
    private func blocks(of value: JSONNode, _ source: SourceText, from start: Int) -> [Block] {
        func block(_ kind: Block.Kind, _ choice: Choice) -> Block? {
            var builder = TextBuilder(from: start)
            append(value, "", source, choice, to: &builder)
            return builder.block(kind)
        }
        guard fields.isChosen else { return [block(.record, .all)].compactMap(\.self) }
        let record = block(.record, .these(fields)) ?? block(.record, .all)
        guard let record, let id = fields.id else { return [record].compactMap(\.self) }
        return [block(.heading(level: 1), .these(RecordFields(text: [id]))), record]
            .compactMap(\.self)
    }

    /// Which fields of a value are taken.
    private enum Choice {
        case all
        case these(RecordFields)

        func takes(_ name: String) -> Bool {
            if case .these(let fields) = self { fields.isText(name) } else { true }
        }

        var showsNames: Bool {
            if case .these(let fields) = self { fields.showsNames } else { true }
        }
    }

    private func append(
        _ value: JSONNode,
        _ name: String,
        _ source: SourceText,
        _ choice: Choice,
        to builder: inout TextBuilder
    ) {
        func begin() {
            if !builder.text.isEmpty { builder.append("\n") }
            if !name.isEmpty, choice.showsNames { builder.append(name + ": ") }
        }
        switch value {
        case .object, .array: break
        default: guard choice.takes(name) else { return }
        }
        switch value {
        case .null: break
        case .bool(let flag):
            begin()
            builder.append(flag ? "true" : "false")
        case .number(let range):
            begin()
            builder.append(verbatim: range, of: source.utf8)
        case .string(let range):
            guard !range.isEmpty else { return }
            begin()
            JSONScanner.append(range, of: source.utf8, to: &builder)
        case .object(let fields):
            for (key, value) in fields {
                let path = name.isEmpty ? key : "\(name).\(key)"
                append(value, path, source, choice, to: &builder)
            }
        case .array(let elements):
            // A vector of numbers is no text.
            let areNumbers = elements.allSatisfy { if case .number = $0 { true } else { false } }
            if areNumbers, elements.count > 16 { return }
            for element in elements { append(element, name, source, choice, to: &builder) }
        }
    }
}
