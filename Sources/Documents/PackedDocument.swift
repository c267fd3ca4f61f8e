internal import Corpus
internal import TextAnalysis

/// What a zip archive is, told by what is in it.
final class PackageProbe {
    /// The formats that come in zip archives.
    enum Kind {
        case word, presentation, workbook, epub, openDocument
    }

    /// Which of them it is; nil for any other archive.
    private(set) var kind: Kind?
    /// Whether the archive can be opened.
    private(set) var isOpen = false
    /// Why it is not read if it is none of them.
    private(set) var reason = DocumentError.binary("a zip archive")

    init(_ bytes: [UInt8], limit: Int) {
        do throws(DocumentError) {
            let archive = try ZipArchive(bytes, limit: limit)
            isOpen = true
            let names = Set(archive.names)
            if names.contains("META-INF/container.xml") {
                kind = .epub
            } else if names.contains("content.xml"), names.contains("META-INF/manifest.xml") {
                kind = .openDocument
            } else {
                kind = try archive.officeKind()
            }
        } catch {
            reason = error
        }
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

    /// The relationships of a file of the archive, `""` for those of the package itself.
    ///
    /// A relationship of a part that is not there is no error: it leads nowhere.
    func relations(of name: String, format: String) throws(DocumentError) -> [PackageRelation] {
        let parts = name.split(separator: "/")
        let folder = parts.dropLast().joined(separator: "/")
        let relations = XMLRelations(folder: folder)
        let file = (folder.isEmpty ? "" : folder + "/") + "_rels/\(parts.last ?? "").rels"
        try parse(file, of: format, into: relations)
        return relations.list
    }

    /// The targets of a file's relationships, by their identifiers, as names in the archive.
    func relationships(of name: String, format: String) throws(DocumentError) -> [String: String] {
        Dictionary(
            try relations(of: name, format: format).map { ($0.id, $0.target) },
            uniquingKeysWith: { $1 }
        )
    }

    /// The main part of an Office document, whatever it is called: the package's relationships name it.
    func mainPart(orElse usual: String, format: String) throws(DocumentError) -> String {
        let main = try relations(of: "", format: format).first { $0.kind == "officeDocument" }
        guard let main, contains(main.target) else { return usual }
        return main.target
    }

    /// Which of Office's formats the archive is, by the content type or the name of its main part.
    fileprivate func officeKind() throws(DocumentError) -> PackageProbe.Kind? {
        let usual = ["word/document.xml", "ppt/presentation.xml", "xl/workbook.xml"]
        let main =
            try mainPart(orElse: usual.first { contains($0) } ?? "", format: "zip archive")
        if main.isEmpty { return nil }
        let types = PackageTypes()
        try parse("[Content_Types].xml", of: "zip archive", into: types)
        let type = types.types["/" + main.lowercased()] ?? ""
        if type.hasSuffix("bin") || main.hasSuffix(".bin") { return nil }
        func isOne(of marks: [String], in folder: String) -> Bool {
            marks.contains { type.contains($0) } || (type.isEmpty && main.hasPrefix(folder))
        }
        if isOne(of: ["wordprocessingml", "ms-word"], in: "word/") { return .word }
        if isOne(of: ["presentationml", "ms-powerpoint"], in: "ppt/") { return .presentation }
        if isOne(of: ["spreadsheetml", "ms-excel"], in: "xl/") { return .workbook }
        return nil
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

/// What a file of a package says that it belongs with another one.
struct PackageRelation {
    let id: String
    /// The last word of the relationship's type: `footnotes`, `chart`, `officeDocument`.
    let kind: String
    /// The name of the other file in the archive.
    let target: String

    /// Whether the type says so, or the name of the file does: some programs write other types.
    func isKind(_ name: String) -> Bool {
        kind.hasPrefix(name) || target.lowercased().contains(name.lowercased())
    }
}

private final class XMLRelations: XMLHandler {
    private(set) var list: [PackageRelation] = []
    private let folder: String

    init(folder: String) { self.folder = folder }

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"],
            attributes["TargetMode"] != "External"
        else { return }
        let kind = attributes["Type"]?.split(separator: "/").last.map(String.init) ?? ""
        list.append(
            PackageRelation(id: id, kind: kind, target: ZipArchive.resolve(target, in: folder))
        )
    }
}

/// The content types of a package's parts, by their lowercase names with a slash before them.
private final class PackageTypes: XMLHandler {
    private(set) var types: [String: String] = [:]

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "Override", let part = attributes["PartName"] else { return }
        types[part.lowercased()] = attributes["ContentType"]
    }
}
