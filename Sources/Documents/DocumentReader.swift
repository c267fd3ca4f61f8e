internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads a file of any format that this module knows.
package struct DocumentReader: Sendable {
    /// Names the rules by which documents are read and cut; an index made by others is out of date.
    package static let version = 1

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
    /// - Returns: The document, with at least one block.
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
        if let reader = try binaryReader(for: bytes) { return try read(bytes, with: reader) }
        let suffix = Self.suffix(of: name)
        if let kind = Self.unreadable[suffix] { throw .binary(kind) }
        let declared =
            HTMLReader.suffixes.contains(suffix) ? HTMLReader.declaredEncoding(bytes) : nil
        let decoded = try TextDecoder.decode(bytes, declared: declared)
        let reader = reader(for: decoded.source, name: name, suffix: suffix)
        let draft = try reader.read(decoded.source)
        guard !draft.blocks.isEmpty else { throw .empty }
        return ParsedDocument(
            title: draft.title,
            language: draft.language ?? Self.detectLanguage(of: draft.blocks),
            date: draft.date,
            metadata: draft.metadata,
            format: reader.format,
            blocks: draft.blocks,
            repairs: decoded.repairs,
            source: decoded.source
        ).madeSound
    }

    private func read(
        _ bytes: [UInt8],
        with reader: any BinaryReader
    ) throws(DocumentError) -> ParsedDocument {
        let result = try reader.read(bytes, options: options)
        let blocks = result.rendering.blocks
        guard !blocks.isEmpty else { throw .empty }
        return ParsedDocument(
            title: result.draft.title,
            language: result.draft.language ?? Self.detectLanguage(of: blocks),
            date: result.draft.date,
            metadata: result.draft.metadata,
            format: reader.format,
            blocks: blocks,
            repairs: result.repairs + result.rendering.repairs,
            source: result.rendering.source
        ).madeSound
    }

    /// The reader of a format that is no text, told by its content; nil for text.
    private func binaryReader(
        for bytes: [UInt8]
    ) throws(DocumentError) -> (any BinaryReader)? {
        if PDFReader.isPDF(bytes) { return PDFReader() }
        if ZipArchive.isZip(bytes) {
            return try PackedDocument.reader(of: bytes, limit: options.maximumBytes)
        }
        return RTFReader.isRTF(bytes) ? RTFReader() : nil
    }

    /// The lowercase extension of a file name, or an empty string.
    static func suffix(of name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
            return ""
        }
        return name[name.utf8.index(after: dot)...].lowercased()
    }

    private func reader(
        for source: SourceText,
        name: String,
        suffix: String
    ) -> any FormatReader {
        switch suffix {
        case _ where MarkdownReader.suffixes.contains(suffix): return MarkdownReader()
        case _ where HTMLReader.suffixes.contains(suffix): return HTMLReader()
        case "ipynb": return NotebookReader()
        case "json": return JSONRecordReader(isLines: false, fields: options.fields)
        case _ where JSONRecordReader.lineSuffixes.contains(suffix):
            return JSONRecordReader(isLines: true, fields: options.fields)
        case _ where DelimitedTextReader.suffixes.contains(suffix):
            return DelimitedTextReader(fields: options.fields)
        case _ where SubtitleReader.suffixes.contains(suffix): return SubtitleReader()
        case _ where ReStructuredTextReader.suffixes.contains(suffix):
            return ReStructuredTextReader()
        case _ where AsciiDocReader.suffixes.contains(suffix): return AsciiDocReader()
        case _ where LaTeXReader.suffixes.contains(suffix): return LaTeXReader()
        case _ where OrgReader.suffixes.contains(suffix): return OrgReader()
        case _ where EmailReader.suffixes.contains(suffix): return EmailReader()
        default: break
        }
        if let language = SourceCodeReader.language(ofFile: name, suffix: suffix) {
            return SourceCodeReader(language: language)
        }
        if HTMLReader.looksLikeHTML(source.utf8) { return HTMLReader() }
        if EmailReader.looksLikeMailbox(source) { return EmailReader() }
        if ManPageReader.looksLikeManPage(source, suffix: suffix) { return ManPageReader() }
        // What others call README.txt is often written so.
        if ReStructuredTextReader.looksLike(source) { return ReStructuredTextReader() }
        return MarkdownReader.looksLikeMarkdown(source) ? MarkdownReader() : PlainTextReader()
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
    /// The name of the format.
    var format: String { get }

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
