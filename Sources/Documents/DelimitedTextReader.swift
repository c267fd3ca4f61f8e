internal import Corpus

/// Reads CSV and its relatives: every row is a record of its own, its fields named by the header.
///
/// The separator is whichever of comma, semicolon, tab and bar the first line has most of. Fields
/// in quotation marks may hold separators, line ends and doubled quotation marks: RFC 4180.
struct DelimitedTextReader: FormatReader {
    /// What of a row is text.
    var fields = RecordFields()

    static let declaration = DocumentFormat.text(
        "csv",
        version: 1,
        suffixes: ["csv", "tsv", "tab"],
        make: { _, options in DelimitedTextReader(fields: options.fields) }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        let separator = separator(of: source)
        // A stray quotation mark would swallow the rest of the file: then it was no quotation.
        var rows =
            rows(of: source, separator, allowsQuotes: true)
            ?? self.rows(of: source, separator, allowsQuotes: false) ?? []
        var draft = DocumentDraft()
        guard let first = rows.first else { return draft }
        let names = header(first, source)
        if names != nil {
            rows.removeFirst()
            draft.metadata["fields"] = .list((names ?? []).map { .string($0) })
        }
        for row in rows {
            draft.blocks += blocks(of: row, names, source)
        }
        // A header without rows is all the text there is.
        if draft.blocks.isEmpty, let block = record(first, nil, source) { draft.blocks = [block] }
        return draft
    }

    /// A field: where its text stands, and whether it has doubled quotation marks in it.
    private struct Field {
        var range: Range<Int>
        var isQuoted = false
    }

    private func separator(of source: SourceText) -> UInt8 {
        let line = source.utf8[source.range(ofLine: 1)]
        let candidates = [",", ";", "\t", "|"].map { Array($0.utf8)[0] }
        let counts = candidates.map { candidate in line.count { $0 == candidate } }
        return zip(candidates, counts).max { $0.1 < $1.1 }?.0 ?? candidates[0]
    }

    /// The rows, or nil if a quotation is never closed.
    private func rows(
        of source: SourceText,
        _ separator: UInt8,
        allowsQuotes: Bool
    ) -> [[Field]]? {
        let utf8 = source.utf8
        let quote = UInt8(ascii: "\"")
        var rows: [[Field]] = []
        var row: [Field] = []
        var i = 0
        while i < utf8.count {
            var field = Field(range: i..<i)
            if allowsQuotes, utf8[i] == quote {
                field.isQuoted = true
                var end = i + 1
                while true {
                    guard end < utf8.count else { return nil }
                    if utf8[end] == quote {
                        guard end + 1 < utf8.count, utf8[end + 1] == quote else { break }
                        end += 1
                    }
                    end += 1
                }
                field.range = (i + 1)..<end
                i = end + 1
                while i < utf8.count, utf8[i] != separator, utf8[i] != 0x0A { i += 1 }
            } else {
                while i < utf8.count, utf8[i] != separator, utf8[i] != 0x0A { i += 1 }
                field.range = field.range.lowerBound..<i
            }
            row.append(field)
            if i == utf8.count || utf8[i] == 0x0A {
                rows.append(row)
                row = []
            }
            i += 1
        }
        if !row.isEmpty { rows.append(row) }
        return rows
    }

    /// The names of the fields, if the first row looks like names: short, different, no numbers.
    private func header(_ row: [Field], _ source: SourceText) -> [String]? {
        let names = row.map { field in
            let text = source.string(field.range)
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        guard names.count > 1, Set(names).count == names.count else { return nil }
        let areNames = names.allSatisfy { name in
            !name.isEmpty && name.utf8.count <= 60 && Double(name) == nil
        }
        return areNames ? names : nil
    }

    /// A row's record, below the name that the chosen field gives it.
    private func blocks(of row: [Field], _ names: [String]?, _ source: SourceText) -> [Block] {
        guard let names, fields.isChosen else {
            return record(row, names, source).map { [$0] } ?? []
        }
        let named = zip(names, row)
        let chosen = Set(named.filter { name, _ in fields.isText(name) }.map(\.0))
        guard
            let record = record(row, names, source, chosen: chosen)
                ?? self.record(row, names, source)
        else { return [] }
        guard let id = named.first(where: { $0.0 == fields.id })?.1 else { return [record] }
        var builder = TextBuilder(from: id.range.lowerBound)
        append(id, source, to: &builder)
        return [builder.block(.heading(level: 1)), record].compactMap(\.self)
    }

    private func record(
        _ row: [Field],
        _ names: [String]?,
        _ source: SourceText,
        chosen: Set<String>? = nil
    ) -> Block? {
        var builder = TextBuilder(from: row.first?.range.lowerBound ?? 0)
        for (index, field) in row.enumerated() {
            guard source.utf8[field.range].contains(where: { $0 > 0x20 }) else { continue }
            let name = names.flatMap { index < $0.count ? $0[index] : nil }
            if let chosen {
                guard let name, chosen.contains(name) else { continue }
            }
            if !builder.text.isEmpty { builder.append(names == nil ? " | " : "\n") }
            if let name, chosen == nil || fields.showsNames { builder.append(name + ": ") }
            append(field, source, to: &builder)
        }
        return builder.block(.record)
    }

    private func append(_ field: Field, _ source: SourceText, to builder: inout TextBuilder) {
        var start = field.range.lowerBound
        if field.isQuoted {
            var i = start
            while i < field.range.upperBound {
                if source.utf8[i] == UInt8(ascii: "\"") {
                    // Of two quotation marks one is meant.
                    builder.append(verbatim: start..<(i + 1), of: source.utf8)
                    i += 1
                    start = i + 1
                }
                i += 1
            }
        }
        if start < field.range.upperBound {
            builder.append(verbatim: start..<field.range.upperBound, of: source.utf8)
        }
    }
}
