internal import TextAnalysis

/// Reads EPUB: the chapters in their order, each as the HTML page that it is.
struct EPUBReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "epub",
        version: 2,
        recognizes: { $0.package?.kind == .epub },
        make: { EPUBReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "EPUB"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let container = EPUBContainer()
        try archive.parse("META-INF/container.xml", of: name, into: container)
        guard let path = container.path else {
            throw .malformed(format: name, reason: "it does not say where its contents are")
        }
        let package = EPUBPackage()
        guard try archive.parse(path, of: name, into: package) else {
            throw .malformed(format: name, reason: "\(path) is missing")
        }
        if archive.names.contains("META-INF/rights.xml") { throw .encrypted(format: name) }
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        var result = RenderedDraft()
        let contents = EPUBContents(folder: folder)
        if let file = package.contents {
            let path = ZipArchive.resolve(Self.withoutEscapes(file), in: folder)
            contents.folder = path.split(separator: "/").dropLast().joined(separator: "/")
            do throws(DocumentError) {
                try archive.parse(path, of: name, into: contents)
            } catch {
                // A damaged table of contents costs the names that it gives.
            }
        }
        for chapter in package.chapters {
            let file = ZipArchive.resolve(Self.withoutEscapes(chapter), in: folder)
            guard let page = try archive.contents(of: file) else { continue }
            append(page, named: contents.names[file], to: &result.rendering)
        }
        let properties = XMLProperties()
        try archive.parse(path, of: name, into: properties)
        properties.fill(&result.draft)
        return result
    }

    /// Adds a chapter; one that cannot be read does not cost the others.
    ///
    /// One without a heading stands under the name that the table of contents gives it.
    private func append(_ page: [UInt8], named name: String?, to rendering: inout ExtractedText) {
        let encoding = DeclaredEncoding.name(in: page, suffix: "xhtml")
        guard let decoded = try? TextDecoder.decode(page, declared: encoding),
            let chapter = try? HTMLReader(isBook: true).read(decoded.source)
        else { return }
        let hasHeading = chapter.blocks.contains { block in
            if case .heading = block.kind { true } else { false }
        }
        if !hasHeading, let name, !chapter.blocks.isEmpty {
            rendering.append(name, as: .heading(level: 1))
        }
        rendering.append(chapter.blocks)
    }

    /// A path without `%20` and the like, nor what follows a `#`.
    fileprivate static func withoutEscapes(_ path: String) -> String {
        String(decoding: PercentEncoding.decode(path.prefix { $0 != "#" }), as: UTF8.self)
    }
}

private final class EPUBContainer: XMLHandler {
    private(set) var path: String?

    func start(_ name: String, _ attributes: XMLAttributes) {
        if name == "rootfile", path == nil { path = attributes["full-path"] }
    }
}

/// The package document: which files there are, and in which order they are read.
private final class EPUBPackage: XMLHandler {
    private var files: [String: String] = [:]
    private var spine: [String] = []
    /// The file with the table of contents, of the older or the newer kind.
    private(set) var contents: String?

    /// The files of the chapters, in order.
    var chapters: [String] { spine.compactMap { files[$0] } }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "item":
            guard let id = attributes["id"], let file = attributes["href"] else { return }
            let kind = attributes["media-type"] ?? ""
            // The table of contents repeats every heading.
            let isContents = attributes["properties"]?.contains("nav") ?? false
            if kind.contains("html"), !isContents { files[id] = file }
            if isContents || (kind.contains("dtbncx") && contents == nil) { contents = file }
        case "itemref": if let id = attributes["idref"] { spine.append(id) }
        default: break
        }
    }
}

/// The names that a book's table of contents gives its chapters.
private final class EPUBContents: XMLHandler {
    /// The first name of each file, by its path in the archive.
    private(set) var names: [String: String] = [:]
    /// Where the table of contents lies.
    var folder: String
    private var text = ""
    private var label = ""
    private var target: String?

    init(folder: String) { self.folder = folder }

    func start(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "text": text = ""
        case "content": add(label, attributes["src"])
        case "a":
            text = ""
            target = attributes["href"]
        default: break
        }
    }

    func characters(_ text: String) { self.text += text }

    func end(_ name: String) {
        if name == "text" { label = text }
        if name == "a" { add(text, target) }
    }

    private func add(_ name: String, _ target: String?) {
        let words = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard let target, !words.isEmpty, words.utf8.count < 300 else { return }
        let file = ZipArchive.resolve(EPUBReader.withoutEscapes(target), in: folder)
        if names[file] == nil { names[file] = words }
    }
}
