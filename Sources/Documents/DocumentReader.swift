internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads a file of any format that this module knows: those of `DocumentFormat.all`.
package struct DocumentReader: Sendable {
    /// How far reading goes.
    package let options: ReadingOptions

    /// A reader that keeps to `options`.
    package init(options: ReadingOptions = ReadingOptions()) {
        self.options = options
    }

    /// Reads a document.
    ///
    /// Files packed with gzip are unpacked; byte ranges then refer to the content.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - path: Its path or name, whose extension helps to tell the format.
    /// - Returns: The document, with at least one block; it is sound (`ParsedDocument.isSound`).
    /// - Throws: A `DocumentError` whose message is for `status`.
    /// - Complexity: O(`bytes.count`).
    package func read(_ bytes: [UInt8], path: String) throws(DocumentError) -> ParsedDocument {
        let limit = options.maximumBytes
        guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
        var name = path.split(separator: "/").last.map(String.init) ?? path
        var bytes = bytes
        if Gzip.isGzip(bytes) {
            bytes = try Gzip.unpack(bytes, limit: limit)
            if name.hasSuffix(".gz") { name.removeLast(3) }
        }
        let file = FileProbe(bytes, name: name, limit: limit)
        if let format = DocumentFormat.undecoded(file) {
            switch format.reader {
            case .binary(_, let make): return try read(file, with: make(), format.name)
            case .raw(_, let make):
                let source = try TextDecoder.undecoded(bytes)
                return try read(
                    TextDecoder.Decoded(source: source, repairs: []),
                    with: make(file, options),
                    format.name
                )
            case .text: break
            }
        }
        if let package = file.package { throw package.reason }
        if file.compound?.names.contains("EncryptedPackage") ?? false {
            throw .encrypted(format: "Office document")
        }
        if let kind = Self.unreadable[file.suffix] { throw .binary(kind) }
        let decoded = try TextDecoder.decode(
            bytes,
            declared: DeclaredEncoding.name(in: bytes, suffix: file.suffix)
        )
        let text = TextProbe(source: decoded.source, name: file.name, suffix: file.suffix)
        let format = DocumentFormat.decoded(text)
        guard case .text(_, let make) = format.reader else { throw .empty }
        return try read(decoded, with: make(text, options), format.name)
    }

    private func read(
        _ decoded: TextDecoder.Decoded,
        with reader: any FormatReader,
        _ format: String
    ) throws(DocumentError) -> ParsedDocument {
        let draft = try reader.read(decoded.source)
        guard !draft.blocks.isEmpty else { throw .empty }
        return ParsedDocument(
            title: draft.title,
            language: draft.language ?? Self.detectLanguage(of: draft.blocks),
            date: draft.date,
            metadata: draft.metadata,
            format: format,
            blocks: draft.blocks,
            repairs: decoded.repairs + draft.repairs,
            source: decoded.source
        ).madeSound
    }

    private func read(
        _ file: FileProbe,
        with reader: any BinaryReader,
        _ format: String
    ) throws(DocumentError) -> ParsedDocument {
        let result = try reader.read(file.bytes, options: options)
        let blocks = result.rendering.blocks
        guard blocks.contains(where: { !$0.text.isEmpty }) else { throw .empty }
        return ParsedDocument(
            title: result.draft.title,
            language: result.draft.language ?? Self.detectLanguage(of: blocks),
            date: result.draft.date,
            metadata: result.draft.metadata,
            format: format,
            blocks: blocks,
            repairs: result.repairs + result.rendering.repairs,
            source: result.rendering.source
        ).madeSound
    }

    /// Judged by prose alone: code speaks English everywhere.
    private static func detectLanguage(of blocks: [Block]) -> Language {
        var prose = ""
        var all = ""
        for block in blocks where all.utf8.count < 48 << 10 {
            all += block.text + "\n"
            if case .code = block.kind { continue }
            prose += block.text + "\n"
        }
        let language = LanguageDetector().language(of: prose)
        return language == .undetermined ? LanguageDetector().language(of: all) : language
    }

    /// Formats that are text on the outside but not to be read as such.
    private static let unreadable = [
        "pdf": "not a PDF inside", "ps": "a PostScript program", "eps": "a PostScript picture",
        "svg": "an SVG picture", "pem": "a key or certificate", "lock": "a lock file",
        "map": "a source map",
    ]
}

/// Reads one format.
protocol FormatReader {
    /// Turns text into blocks. Anchors refer to `source.utf8`.
    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft
}

/// What a format's reader found.
struct DocumentDraft {
    var title: String?
    var language: Language?
    var date: Date?
    var metadata: [String: MetadataValue] = [:]
    var blocks: [Block] = []
    /// What had to be mended or was left out.
    var repairs: [TextRepair] = []
}

extension DocumentDraft {
    /// The title, language and date that metadata of any format names.
    mutating func adoptMetadata() {
        func first(_ keys: [String]) -> String? {
            for key in keys {
                if let text = metadata[key]?.text, text.contains(where: { !$0.isWhitespace }) {
                    return text
                }
            }
            return nil
        }
        title = first(["title", "título", "titulo"]) ?? title
        language = first(["lang", "language", "idioma"]).flatMap { Language(tag: $0) } ?? language
        date =
            first([
                "date", "fecha", "updated", "modified", "lastmod", "article:modified_time",
                "article:published_time", "published", "created", "dcterms.date", "dc.date",
            ]).flatMap(DocumentDate.parse) ?? date
    }
}
