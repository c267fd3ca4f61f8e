internal import Corpus
internal import TextAnalysis

/// The formats that are XML in a zip archive, told apart by what is in it.
enum PackedDocument {
    /// The reader of an archive.
    ///
    /// - Throws: `.binary` if the archive is no document.
    static func reader(
        of bytes: [UInt8],
        limit: Int
    ) throws(DocumentError) -> any BinaryReader {
        let archive = try ZipArchive(bytes, limit: limit)
        let names = Set(archive.names)
        if names.contains("word/document.xml") { return WordReader() }
        if names.contains("ppt/presentation.xml") { return PresentationReader() }
        if names.contains("xl/workbook.xml") { return WorkbookReader() }
        if names.contains("META-INF/container.xml") { return EPUBReader() }
        if names.contains("content.xml"), names.contains("META-INF/manifest.xml") {
            return OpenDocumentReader()
        }
        throw .binary("a zip archive")
    }
}

/// Collects the text of a few elements by name: what documents say about themselves.
final class XMLProperties: XMLHandler {
    /// The texts of each element, in order.
    private(set) var values: [String: [String]] = [:]
    private var text = ""

    func start(_ name: String, _ attributes: XMLAttributes) { text = "" }

    func characters(_ text: String) { self.text += text }

    func end(_ name: String) {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if !words.isEmpty, values[name]?.count ?? 0 < 100 {
            values[name, default: []].append(words)
        }
        text = ""
    }

    /// Puts Dublin Core's fields, and those like them, into a draft.
    func fill(_ draft: inout DocumentDraft) {
        for (element, name) in [
            ("creator", "author"), ("initial-creator", "author"), ("subject", "subject"),
            ("description", "description"), ("keywords", "keywords"), ("keyword", "keywords"),
            ("publisher", "publisher"), ("category", "category"),
        ] {
            guard draft.metadata[name] == nil, let found = values[element] else { continue }
            draft.metadata[name] =
                found.count == 1 ? .string(found[0]) : .list(found.map { .string($0) })
        }
        draft.title = values["title"]?.first ?? draft.title
        draft.language = values["language"]?.first.flatMap { Language(tag: $0) } ?? draft.language
        let dates = ["modified", "date", "created", "creation-date"]
        draft.date =
            dates.lazy.compactMap { self.values[$0]?.first.flatMap(DocumentDate.parse) }.first
    }
}

extension ZipArchive {
    /// Parses a file of the archive; false if it is not there.
    @discardableResult
    func parse(_ name: String, of format: String, into handler: any XMLHandler)
        throws(DocumentError) -> Bool
    {
        guard let bytes = try contents(of: name) else { return false }
        try XMLEvents.parse(bytes, of: format, into: handler)
        return true
    }

    /// What a file of properties says; nothing if it is missing or damaged.
    func fill(_ draft: inout DocumentDraft, from name: String) throws(DocumentError) {
        let properties = XMLProperties()
        do throws(DocumentError) {
            try parse(name, of: "properties", into: properties)
        } catch {
            guard case .malformed = error else { throw error }
        }
        properties.fill(&draft)
    }

    /// The targets of a file's relationships, by their identifiers, as names in the archive.
    func relationships(of name: String, format: String) throws(DocumentError) -> [String: String] {
        let parts = name.split(separator: "/")
        let folder = parts.dropLast().joined(separator: "/")
        let relations = XMLRelations()
        let file = (folder.isEmpty ? "" : folder + "/") + "_rels/\(parts.last ?? "").rels"
        try parse(file, of: format, into: relations)
        return relations.targets.mapValues { Self.resolve($0, in: folder) }
    }

    /// A path in the archive as a file in `folder` names it.
    static func resolve(_ path: String, in folder: String) -> String {
        if path.hasPrefix("/") { return String(path.dropFirst()) }
        var parts = folder.split(separator: "/")
        for part in path.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}

private final class XMLRelations: XMLHandler {
    private(set) var targets: [String: String] = [:]

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", let id = attributes["Id"] else { return }
        if attributes["TargetMode"] != "External" { targets[id] = attributes["Target"] }
    }

    func end(_ name: String) {}
    func characters(_ text: String) {}
}
