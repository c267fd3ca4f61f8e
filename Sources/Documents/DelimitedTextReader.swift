internal import Corpus

/// Reads CSV and its relatives: every row is a record of its own, its fields named by the header.
///
/// The separator is the one of comma, semicolon, tab and bar that gives most rows the same number of
/// fields, or the one that a first line `sep=;` names. Fields in quotation marks may hold separators,
/// line ends and doubled quotation marks (RFC 4180); a field that goes on after its closing mark is
/// taken as it is written. What stands above the header is text.
struct DelimitedTextReader: FormatReader {
    /// What of a row is text.
    var fields = RecordFields()

    static let declaration = DocumentFormat.text(
        "csv",
        version: 2,
        suffixes: ["csv", "tsv", "tab"],
        // Many programs call a text with tabs a workbook.
        recognizes: {
            $0.suffix == "xls" && !HTMLReader.looksLikeHTML($0.source.utf8)
                && $0.source.utf8[$0.source.range(ofLine: 1)].contains(0x09)
        },
        make: { _, options in DelimitedTextReader(fields: options.fields) }
    )

    func read(_ source: SourceText) -> DocumentDraft {
        let named = namedSeparator(source)
        let start =
            named == nil ? 0 : min(source.range(ofLine: 1).upperBound + 1, source.utf8.count)
        let separator = named ?? separator(of: source)
        var rows = rows(of: source, separator, from: start, limit: .max)
        var draft = DocumentDraft()
        for part in parts(of: &rows, source) { append(part, source, to: &draft) }
        return draft
    }

    /// The tables of a file, without the empty rows.
    ///
    /// Where an empty row stands between rows of different widths, each with names of its own above
    /// it, there are several.
    private func parts(of rows: inout [[Field]], _ source: SourceText) -> [[[Field]]] {
        let groups = rows.split { row in row.allSatisfy { isEmpty($0, source) } }.map(Array.init)
        let widths = groups.map { group -> Int? in
            guard group.count > 2 else { return nil }
            let sample = group.prefix(20).map { row in row.map { text($0, source) } }
            return HeaderRow.index(in: sample) == 0 ? sample[0].count : nil
        }
        rows = groups.flatMap { $0 }
        let isDivided =
            groups.count > 1 && widths.allSatisfy { $0 != nil }
            && zip(widths, widths.dropFirst()).allSatisfy { $0 != $1 }
        return isDivided ? groups : rows.isEmpty ? [] : [rows]
    }

    /// Adds the rows of a table, its names before their values.
    private func append(_ table: [[Field]], _ source: SourceText, to draft: inout DocumentDraft) {
        var rows = table
        guard let first = rows.first else { return }
        let before = draft.blocks.count
        let sample = rows.prefix(200).map { row in row.map { text($0, source) } }
        let header = HeaderRow.index(in: sample)
        var names: [String]?
        if let header {
            var found = sample[header].map {
                $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            // The names of the rows have no name above them.
            let below = sample.dropFirst(header + 1)
            if !below.isEmpty, below.allSatisfy({ $0.count == found.count + 1 }) {
                found.insert("", at: 0)
            }
            names = found
            if draft.metadata["fields"] == nil {
                draft.metadata["fields"] = .list(found.map { .string($0) })
            }
            for row in rows[..<header] {
                guard var block = record(row, nil, source) else { continue }
                block.kind = .paragraph
                draft.blocks.append(block)
            }
            rows.removeFirst(header + 1)
        }
        for row in rows {
            draft.blocks += blocks(of: row, names, source)
        }
        // A header without rows is all the text there is.
        if draft.blocks.count == before, let block = record(first, nil, source) {
            draft.blocks.append(block)
        }
    }

    /// A field: where its text stands, and whether it has doubled quotation marks in it.
    private struct Field {
        var range: Range<Int>
        var isQuoted = false
    }

    private func text(_ field: Field, _ source: SourceText) -> String {
        let text = source.string(source.trimmed(field.range))
        guard field.isQuoted else { return text }
        return text.replacing("\\\"", with: "\"").replacing("\"\"", with: "\"")
    }

    private func isEmpty(_ field: Field, _ source: SourceText) -> Bool {
        !source.utf8[field.range].contains { $0 > 0x20 }
    }

    // MARK: Separators

    private static let separators = [",", ";", "\t", "|"].map { Array($0.utf8)[0] }
    /// The most rows that are looked at to tell the separator.
    private static let sampleSize = 100

    /// The separator that the first line names for spreadsheet programs, `sep=;`.
    private func namedSeparator(_ source: SourceText) -> UInt8? {
        let line = source.trimmedRange(ofLine: 1)
        let isQuoted = source.begins(line, with: "\"")
        let name = source.string(line).lowercased().drop { $0 == "\"" }
        guard line.count <= 8, name.hasPrefix("sep=") else { return nil }
        let range = source.range(ofLine: 1)
        let place = line.lowerBound + (isQuoted ? 5 : 4)
        return place < range.upperBound ? source.utf8[place] : nil
    }

    /// The separator that gives most rows the same number of fields, more than one.
    ///
    /// Where several do, the one that stands between digits least often: a decimal comma divides
    /// numbers as regularly as a separator does fields.
    private func separator(of source: SourceText) -> UInt8 {
        var best: (separator: UInt8, share: Double, fields: Int)?
        for candidate in Self.separators {
            let counts = rows(of: source, candidate, from: 0, limit: Self.sampleSize)
                .filter { $0.count > 1 || !isEmpty($0[0], source) }.map(\.count)
            guard !counts.isEmpty else { continue }
            let tally = Dictionary(counts.filter { $0 > 1 }.map { ($0, 1) }, uniquingKeysWith: +)
            guard let usual = tally.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else {
                continue
            }
            var share = Double(usual.value) / Double(counts.count)
            if isBetweenDigits(candidate, source) { share -= 0.15 }
            if share > best?.share ?? 0 || (share == best?.share && usual.key > best?.fields ?? 0) {
                best = (candidate, share, usual.key)
            }
        }
        return best?.separator ?? Self.separators[0]
    }

    /// Whether a byte stands between two digits more often than anywhere else.
    private func isBetweenDigits(_ byte: UInt8, _ source: SourceText) -> Bool {
        func isDigit(_ i: Int) -> Bool {
            source.utf8.indices.contains(i) && (0x30...0x39).contains(source.utf8[i])
        }
        var between = 0
        var all = 0
        for i in source.utf8.indices.prefix(64 << 10) where source.utf8[i] == byte {
            all += 1
            if isDigit(i - 1), isDigit(i + 1) { between += 1 }
        }
        return between * 2 > all
    }

    // MARK: Rows

    /// The rows, or the first of them.
    private func rows(
        of source: SourceText,
        _ separator: UInt8,
        from start: Int,
        limit: Int
    ) -> [[Field]] {
        let utf8 = source.utf8
        var rows: [[Field]] = []
        var row: [Field] = []
        var i = start
        while i < utf8.count, rows.count < limit {
            let field = quoted(utf8, at: i, separator) ?? unquoted(utf8, at: i, separator)
            row.append(field.field)
            i = field.end
            if i >= utf8.count || utf8[i] == 0x0A {
                rows.append(row)
                row = []
            }
            i += 1
        }
        if !row.isEmpty { rows.append(row) }
        return rows
    }

    private func unquoted(
        _ utf8: [UInt8],
        at start: Int,
        _ separator: UInt8
    ) -> (field: Field, end: Int) {
        var end = start
        while end < utf8.count, utf8[end] != separator, utf8[end] != 0x0A { end += 1 }
        return (Field(range: start..<end), end)
    }

    /// The most bytes of a field in quotation marks: a stray mark must not swallow a file.
    private static let longestQuotation = 256 << 10

    /// The field in quotation marks at `start`; nil if there is none, it is never closed or something
    /// stands between the closing mark and the end of the field.
    private func quoted(
        _ utf8: [UInt8],
        at start: Int,
        _ separator: UInt8
    ) -> (field: Field, end: Int)? {
        let quote = UInt8(ascii: "\"")
        var open = start
        while open < utf8.count, utf8[open] == 0x20, separator != 0x20 { open += 1 }
        guard open < utf8.count, utf8[open] == quote else { return nil }
        var close = open + 1
        let limit = min(utf8.count, open + Self.longestQuotation)
        while true {
            guard close < limit else { return nil }
            if utf8[close] == UInt8(ascii: "\\"), close + 1 < limit, utf8[close + 1] == quote,
                close + 2 < limit, utf8[close + 2] != separator, utf8[close + 2] != 0x0A
            {
                close += 2
                continue
            }
            if utf8[close] == quote {
                guard close + 1 < utf8.count, utf8[close + 1] == quote else { break }
                close += 1
            }
            close += 1
        }
        var end = close + 1
        while end < utf8.count, utf8[end] == 0x20, separator != 0x20 { end += 1 }
        guard end >= utf8.count || utf8[end] == separator || utf8[end] == 0x0A else { return nil }
        return (Field(range: (open + 1)..<close, isQuoted: true), min(end, utf8.count))
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
            let name = names.flatMap { index < $0.count && !$0[index].isEmpty ? $0[index] : nil }
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
                if source.utf8[i] == UInt8(ascii: "\\"), i + 1 < field.range.upperBound,
                    source.utf8[i + 1] == UInt8(ascii: "\"")
                {
                    // A mark behind a backslash is a mark.
                    builder.append(verbatim: start..<i, of: source.utf8)
                    start = i + 1
                    i += 1
                } else if source.utf8[i] == UInt8(ascii: "\"") {
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
