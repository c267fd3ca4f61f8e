internal import Corpus

/// Front matter that is not sound YAML as a whole, read field by field.
///
/// People write colons in titles, templates (`{{date}}`), links (`[[note]]`), tabs, and the same field
/// twice. A field that is sound by itself is YAML; of the others the text behind the colon is taken as
/// it stands, or the items of its list. Nothing is lost: a line that belongs to no field continues
/// the one before.
enum FieldByField {
    /// Reads the lines of front matter.
    ///
    /// - Parameters:
    ///   - text: without its fences.
    ///   - parse: reads the YAML of one field, nil if it is not sound.
    /// - Returns: the fields, and how many were taken as they stand. A field that stands twice
    ///   has the values of both.
    static func read(
        _ text: String,
        parse: (String) -> [String: MetadataValue]?
    ) -> FrontMatter.Contents {
        var contents = FrontMatter.Contents()
        for field in fields(of: text) {
            let yaml = field.lines.joined(separator: "\n").replacing("\t", with: "  ")
            var value: MetadataValue?
            if let parsed = parse(yaml), parsed.count == 1, let only = parsed.first {
                value = only.value
            } else if field.lines.count > 1,
                field.lines.dropFirst().contains(where: isIndentedField)
            {
                // A field is indented that belongs to none.
                let lines = field.lines.map { trimmed($0[...]) }.joined(separator: "\n")
                let parts = read(lines, parse: parse)
                contents.irregularFields += 1
                for (name, value) in parts.metadata { add(value, to: name, of: &contents) }
                continue
            } else if parse(yaml)?.isEmpty != true {
                contents.irregularFields += 1
                value = asWritten(field)
            }
            if let value { add(value, to: field.name, of: &contents) }
        }
        return contents
    }

    /// Reads lines `name = value` of TOML that is not sound as a whole.
    static func readTOML(
        _ text: String,
        parse: (String) -> [String: MetadataValue]?
    ) -> FrontMatter.Contents {
        var contents = FrontMatter.Contents()
        for line in text.split(whereSeparator: \.isNewline).map(String.init) {
            if let parsed = parse(line) {
                for (name, value) in parsed { add(value, to: name, of: &contents) }
                continue
            }
            guard let sign = line.firstIndex(of: "="), line.first != "#" else { continue }
            let name = trimmed(line[..<sign]).lowercased()
            let value = unquoted(trimmed(line[sign...].dropFirst()))
            guard !name.isEmpty, name.count <= 60, !value.isEmpty else { continue }
            contents.irregularFields += 1
            add(FrontMatter.plain(value) ?? .string(value), to: name, of: &contents)
        }
        return contents
    }

    private static func add(
        _ value: MetadataValue,
        to name: String,
        of contents: inout FrontMatter.Contents
    ) {
        guard let old = contents.metadata[name] else {
            contents.metadata[name] = value
            return
        }
        let new = value.values.filter { !old.values.contains($0) }
        if name == "title" { return }
        if !new.isEmpty { contents.metadata[name] = .list(old.values + new) }
    }

    private static func isIndentedField(_ line: String) -> Bool {
        guard line.first?.isWhitespace == true else { return false }
        return name(of: trimmed(line[...])) != nil
    }

    private struct Field {
        let name: String
        /// The line with the name and those that continue it.
        var lines: [String]
    }

    private static func fields(of text: String) -> [Field] {
        var fields: [Field] = []
        for line in text.split(whereSeparator: \.isNewline).map(String.init) {
            let line = fields.isEmpty ? trimmed(line[...]) : line
            if let name = name(of: line) {
                fields.append(Field(name: name, lines: [line]))
            } else if !fields.isEmpty {
                fields[fields.count - 1].lines.append(line)
            }
        }
        return fields
    }

    /// The name of the field that begins on a line: what stands before the first colon at its
    /// beginning.
    private static func name(of line: String) -> String? {
        guard let first = line.first, !first.isWhitespace, !"-#[{&*!|>%@`".contains(first),
            let colon = line.firstIndex(of: ":")
        else { return nil }
        let after = line[line.index(after: colon)...].first
        let name = trimmed(line[..<colon])
        guard after?.isWhitespace ?? true else { return nil }
        guard !name.isEmpty, name.count <= 60 else { return nil }
        return name.lowercased()
    }

    /// The text behind the colon, or the items of a list, without quotation marks.
    private static func asWritten(_ field: Field) -> MetadataValue? {
        var lines = field.lines
        if let colon = lines[0].firstIndex(of: ":") {
            lines[0] = String(lines[0][lines[0].index(after: colon)...])
        }
        let texts = lines.map { trimmed($0[...]) }.filter { !$0.isEmpty && $0.first != "#" }
        guard let first = texts.first else { return nil }
        if texts.allSatisfy({ $0.hasPrefix("- ") }) {
            return .list(texts.map { .string(unquoted(trimmed($0.dropFirst(2)))) })
        }
        if texts.count == 1, first.hasPrefix("["), first.hasSuffix("]"), !first.hasPrefix("[[") {
            let items = first.dropFirst().dropLast().split(separator: ",")
            return .list(items.map { .string(unquoted(trimmed($0))) })
        }
        if texts.count > 1, !first.hasPrefix("- "),
            texts.dropFirst().allSatisfy({ $0.hasPrefix("- ") })
        {
            let items = [first] + texts.dropFirst().map { trimmed($0.dropFirst(2)) }
            return .list(items.map { .string(unquoted($0)) })
        }
        let text = unquoted(texts.joined(separator: " "))
        return text.isEmpty ? nil : FrontMatter.plain(text) ?? .string(text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let first = text.first, let last = text.last,
            ["\"\"", "''", "“”", "‘’", "«»", "„“"].contains("\(first)\(last)")
        else { return text }
        return String(text.dropFirst().dropLast())
    }
}
