internal import Corpus
internal import TOMLKit
internal import Yams

/// The metadata at the head of a Markdown file: YAML between `---`, TOML between `+++`, JSON between `;;;`,
/// or the language named behind the first `---`.
enum FrontMatter {
    private enum Notation { case yaml, toml, json }

    /// What stands at the head of a file.
    struct Contents {
        var metadata: [String: MetadataValue] = [:]
        /// Fields that no parser understood, which were taken as they stand.
        var irregularFields = 0
        /// Where the text after it begins.
        var end = 0
    }

    /// The front matter, or nil if there is none.
    ///
    /// YAML that is not sound as a whole is read field by field. What is built to exhaust a parser
    /// yields no metadata but is not taken for text either.
    static func parse(_ source: SourceText) -> Contents? {
        guard let opening = opening(source) else { return object(source) ?? fields(source) }
        let (first, notation) = (opening.fence, opening.notation)
        var line = opening.line + 1
        while line <= source.lineStarts.count, line < 1000 {
            if let closing = fence(source, line: line),
                closing == first || first == "---" && closing == "..."
            {
                let start = source.range(ofLine: opening.line + 1).lowerBound
                let stop = source.range(ofLine: line).lowerBound
                let end =
                    line < source.lineStarts.count ? source.lineStarts[line] : source.utf8.count
                // "---" twice may also be two rules around a paragraph.
                let text = source.string(start..<max(start, stop))
                let isOfFields = beginsWithField(text) && isOfFields(text)
                guard notation != .yaml || line == 2 || isOfFields else { return nil }
                // JSON is YAML.
                let isObject = notation == .json && isHarmless(text) && mapping(text) != nil
                guard notation != .json || isObject else { return nil }
                var contents = notation == .toml ? toml(text) : yaml(text)
                contents.end = end
                return contents
            }
            line += 1
        }
        return nil
    }

    /// The line that opens front matter: the first one, behind empty lines and `%YAML 1.2`.
    private static func opening(
        _ source: SourceText
    ) -> (line: Int, fence: String, notation: Notation)? {
        var line = 1
        while line <= min(source.lineCount, 5) {
            let text = source.string(source.trimmedRange(ofLine: line))
            guard text.isEmpty || text.hasPrefix("%YAML") || text.hasPrefix("%TAG") else { break }
            line += 1
        }
        guard line <= source.lineCount else { return nil }
        switch source.string(source.trimmedRange(ofLine: line)).filter({ $0 != " " }).lowercased() {
        case "---", "---yaml", "---yml": return (line, "---", .yaml)
        case "---toml": return (line, "---", .toml)
        case "---json": return (line, "---", .json)
        case "+++": return (line, "+++", .toml)
        case ";;;": return (line, ";;;", .json)
        default: return nil
        }
    }

    private static func fence(_ source: SourceText, line: Int) -> String? {
        guard line <= source.lineStarts.count else { return nil }
        var range = source.range(ofLine: line)
        while let last = source.utf8[range].last, last <= 0x20 {
            range = range.lowerBound..<(range.upperBound - 1)
        }
        guard range.count == 3 else { return nil }
        let text = source.string(range)
        return ["---", "+++", ";;;", "..."].contains(text) ? text : nil
    }

    /// Whether the first line is one that YAML may begin with, and not a sentence or an empty line.
    private static func beginsWithField(_ text: String) -> Bool {
        guard let first = text.split(separator: "\n", omittingEmptySubsequences: false).first else {
            return false
        }
        let line = first.drop { $0 == " " }
        if line.hasPrefix("#") || line.hasPrefix("{") || line.hasPrefix("- ") {
            return text.contains(":")
        }
        guard let colon = line.firstIndex(of: ":") else { return false }
        let name = line[..<colon]
        let rest = line[line.index(after: colon)...]
        return name.split(separator: " ").count <= 3
            && (rest.first?.isWhitespace ?? true)
    }

    /// Whether every line is a field or goes on with one, and not a sentence of its own.
    private static func isOfFields(_ text: String) -> Bool {
        if !isHarmless(text) || mapping(text) != nil { return true }
        return text.split(separator: "\n").allSatisfy { line in
            guard let first = line.first, first.isLetter else { return true }
            // A value that goes on at the beginning of its line, against the rules, is short.
            return line.contains(":") || line.split(separator: " ").count < 5
        }
    }

    /// An object in JSON at the head of a file, as some builders of sites have it.
    private static func object(_ source: SourceText) -> Contents? {
        guard source.string(source.trimmedRange(ofLine: 1)) == "{" else { return nil }
        var line = 2
        while line <= source.lineCount, line < 1000 {
            let text = source.string(source.range(ofLine: line))
            guard text.hasPrefix("}") else {
                line += 1
                continue
            }
            let isAlone =
                text.trimmingEnd == "}"
                && (line == source.lineCount || source.trimmedRange(ofLine: line + 1).isEmpty)
            let end = line < source.lineCount ? source.lineStarts[line] : source.utf8.count
            let object = source.string(0..<end)
            guard isAlone, isHarmless(object), let fields = mapping(object) else { return nil }
            return Contents(metadata: fields, end: end)
        }
        return nil
    }

    /// What stands above the first empty line: `% Title` as pandoc has it, or `Title: words` and other
    /// fields as MultiMarkdown has them.
    private static func fields(_ source: SourceText) -> Contents? {
        var lines: [String] = []
        while lines.count < min(source.lineCount, 30) {
            let text = source.string(source.range(ofLine: lines.count + 1))
            if text.allSatisfy(\.isWhitespace) { break }
            lines.append(text)
        }
        guard !lines.isEmpty, lines.count < source.lineCount else { return nil }
        let end = source.lineStarts[lines.count]
        if lines.count < 4, lines.allSatisfy({ $0.hasPrefix("% ") }) {
            let values = lines.map { MetadataValue.string($0.dropFirst(2).trimmingEnd) }
            let named = zip(["title", "author", "date"], values).map { ($0, $1) }
            return Contents(metadata: Dictionary(uniqueKeysWithValues: named), end: end)
        }
        let name = lines[0].prefix { $0 != ":" }.lowercased()
        guard lines.count > 1, firstFields.contains(name) else { return nil }
        var contents = Contents(end: end)
        for line in lines {
            guard let colon = line.firstIndex(of: ":"),
                line[..<colon].split(separator: " ").count < 3, line.first?.isLetter ?? false
            else { return nil }
            let value = line[line.index(after: colon)...].drop(while: \.isWhitespace).trimmingEnd
            let name = line[..<colon].lowercased()
            if contents.metadata[name] == nil { contents.metadata[name] = plain(value) }
        }
        return contents
    }

    /// What MultiMarkdown's fields begin with; a letter begins with others.
    private static let firstFields: Set<String> = ["title", "author", "date", "tags", "keywords"]

    // MARK: YAML

    private static func yaml(_ text: String) -> Contents {
        guard isHarmless(text) else { return Contents() }
        // To YAML a space that does not break is a letter, and "#solar" a remark.
        var text = text.replacing("\u{A0}", with: " ")
        text.replace(/(?m)^([ \t]*[\w.-]+:[ \t]+)(#[\p{Letter}\p{Number}][^\n]*)$/) {
            line -> String in
            let (whole, name, value) = line.output
            let words = value.split(whereSeparator: { $0.isWhitespace || $0 == "," })
            guard words.allSatisfy({ $0.first == "#" && !$0.contains("\"") }) else {
                return String(whole)
            }
            if words.count == 1 { return "\(name)\"\(words[0])\"" }
            return "\(name)[" + words.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
        }
        if let fields = mapping(text) { return Contents(metadata: fields) }
        return FieldByField.read(text) { mapping($0) }
    }

    /// The fields of sound YAML, or nil.
    private static func mapping(_ text: String) -> [String: MetadataValue]? {
        guard let node = try? Yams.compose(yaml: text), case .mapping(let mapping) = node else {
            return nil
        }
        var budget = 10_000
        return fields(mapping, depth: 0, &budget)
    }

    /// Whether no parser can be driven into deep recursion by the text.
    private static func isHarmless(_ text: String) -> Bool {
        guard text.utf8.count <= 64 << 10 else { return false }
        guard text.utf8.count(where: { $0 == 0x5B || $0 == 0x7B }) <= 200 else { return false }
        for line in text.utf8.split(separator: 0x0A) {
            let indentation = line.prefix { $0 == 0x20 || $0 == 0x2D || $0 == 0x3F || $0 == 0x3A }
            if indentation.count > 100 { return false }
        }
        return true
    }

    /// Aliases share nodes, so that a small text can stand for a huge tree: `budget` bounds it.
    private static func fields(
        _ mapping: Node.Mapping,
        depth: Int,
        _ budget: inout Int
    ) -> [String: MetadataValue] {
        var fields: [String: MetadataValue] = [:]
        for (key, node) in mapping {
            guard budget > 0 else { break }
            budget -= 1
            guard let name = key.scalar?.string else { continue }
            if let value = value(node, depth: depth + 1, &budget) {
                fields[name.lowercased()] = value
            }
        }
        return fields
    }

    private static func value(_ node: Node, depth: Int, _ budget: inout Int) -> MetadataValue? {
        guard depth < 16, budget > 0 else { return nil }
        budget -= 1
        switch node {
        case .scalar(let scalar):
            return scalar.style == .plain
                ? plain(scalar.string) : .string(scalar.string[...].trimmingEnd)
        case .sequence(let sequence):
            var values: [MetadataValue] = []
            for node in sequence {
                if let value = value(node, depth: depth + 1, &budget) { values.append(value) }
            }
            return .list(values)
        case .mapping(let mapping): return .object(fields(mapping, depth: depth, &budget))
        default: return nil
        }
    }

    static func plain(_ text: String) -> MetadataValue? {
        switch text {
        case "true", "True", "yes", "Yes": return .bool(true)
        case "false", "False", "no", "No": return .bool(false)
        case "", "~", "null", "Null": return nil
        default: break
        }
        let isNumeric = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0)
        }
        if isNumeric, text.utf8.contains(where: { (0x30...0x39).contains($0) }),
            let number = Double(text), number.isFinite
        {
            return .number(number)
        }
        return .string(text)
    }

    // MARK: TOML

    private static func toml(_ text: String) -> Contents {
        guard isHarmless(text), TOMLHeaders.areSound(text) else { return Contents() }
        if let table = try? TOMLTable(string: text) {
            return Contents(metadata: fields(table, depth: 0))
        }
        return FieldByField.readTOML(text) { line in
            (try? TOMLTable(string: line)).map { fields($0, depth: 0) }
        }
    }

    private static func fields(_ table: TOMLTable, depth: Int) -> [String: MetadataValue] {
        var fields: [String: MetadataValue] = [:]
        for (key, entry) in table {
            if let value = value(entry, depth: depth + 1) { fields[key.lowercased()] = value }
        }
        return fields
    }

    private static func value(_ entry: any TOMLValueConvertible, depth: Int) -> MetadataValue? {
        guard depth < 16 else { return nil }
        if let text = entry.string { return .string(text) }
        if let flag = entry.bool { return .bool(flag) }
        if let number = entry.int { return .number(Double(number)) }
        if let number = entry.double { return .number(number) }
        if let date = entry.date { return .string(date.debugDescription) }
        if let date = entry.dateTime { return .string(date.debugDescription) }
        if let list = entry.array {
            return .list(list.compactMap { value($0, depth: depth + 1) })
        }
        if let table = entry.table { return .object(fields(table, depth: depth)) }
        return nil
    }
}

extension StringProtocol {
    /// The text without the white space at its end.
    fileprivate var trimmingEnd: String {
        var rest = self[...]
        while rest.last?.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}
