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
    /// - Returns: the fields, and how many were taken as they stand. Of a field that stands twice the
    ///   first value counts, and the values of two lists together.
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
            } else if parse(yaml)?.isEmpty != true {
                contents.irregularFields += 1
                value = asWritten(field)
            }
            guard let value else { continue }
            if case .list(let new) = value, case .list(let old)? = contents.metadata[field.name] {
                contents.metadata[field.name] = .list(old + new)
            } else if contents.metadata[field.name] == nil {
                contents.metadata[field.name] = value
            }
        }
        return contents
    }

    private struct Field {
        let name: String
        /// The line with the name and those that continue it.
        var lines: [String]
    }

    private static func fields(of text: String) -> [Field] {
        var fields: [Field] = []
        for line in text.split(whereSeparator: \.isNewline).map(String.init) {
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
        guard after == nil || after == " " || after == "\t" else { return nil }
        let name = trimmed(line[..<colon])
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
        let text = unquoted(texts.joined(separator: " "))
        return text.isEmpty ? nil : FrontMatter.plain(text) ?? .string(text)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop(while: \.isWhitespace)
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }

    private static func unquoted(_ text: String) -> String {
        guard text.count >= 2, let first = text.first, first == text.last, "\"'".contains(first)
        else { return text }
        return String(text.dropFirst().dropLast())
    }
}
