internal import FoundationEssentials
internal import TextAnalysis

/// Reads a file of any format that this module knows.
package struct DocumentReader: Sendable {
    /// Names the rules by which documents are read and cut; an index made by others is out of date.
    package static let version = 1

    /// The largest file that is read, in bytes.
    package let maximumBytes: Int

    /// A reader that refuses files over `maximumBytes`.
    package init(maximumBytes: Int = 64 << 20) {
        self.maximumBytes = maximumBytes
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
        guard bytes.count <= maximumBytes else {
            throw .tooLarge(bytes: bytes.count, limit: maximumBytes)
        }
        var name = path.split(separator: "/").last.map(String.init) ?? path
        var bytes = bytes
        if Gzip.isGzip(bytes) {
            bytes = try Gzip.unpack(bytes, limit: maximumBytes)
            if name.hasSuffix(".gz") { name.removeLast(3) }
        }
        let suffix = Self.suffix(of: name)
        if let kind = Self.unreadable[suffix] { throw .binary(kind) }
        let declared =
            HTMLReader.suffixes.contains(suffix) ? HTMLReader.declaredEncoding(bytes) : nil
        let decoded = try TextDecoder.decode(bytes, declared: declared)
        let reader = Self.reader(for: decoded.source, name: name, suffix: suffix)
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
        )
    }

    /// The lowercase extension of a file name, or an empty string.
    static func suffix(of name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
            return ""
        }
        return name[name.utf8.index(after: dot)...].lowercased()
    }

    private static func reader(
        for source: SourceText,
        name: String,
        suffix: String
    ) -> any FormatReader {
        switch suffix {
        case _ where MarkdownReader.suffixes.contains(suffix): return MarkdownReader()
        case _ where HTMLReader.suffixes.contains(suffix): return HTMLReader()
        case "ipynb": return NotebookReader()
        case "json": return JSONRecordReader(isLines: false)
        case _ where JSONRecordReader.lineSuffixes.contains(suffix):
            return JSONRecordReader(isLines: true)
        case _ where DelimitedTextReader.suffixes.contains(suffix): return DelimitedTextReader()
        case _ where SubtitleReader.suffixes.contains(suffix): return SubtitleReader()
        default: break
        }
        if let language = SourceCodeReader.language(ofFile: name, suffix: suffix) {
            return SourceCodeReader(language: language)
        }
        if HTMLReader.looksLikeHTML(source.utf8) { return HTMLReader() }
        if ManPageReader.looksLikeManPage(source, suffix: suffix) { return ManPageReader() }
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
        "pdf": "a PDF document", "ps": "a PostScript program", "eps": "a PostScript picture",
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

/// Dates as documents write them.
enum DocumentDate {
    /// The moment of `2024-03-01`, `2024-03-01T10:30:00Z`, `2024-03-01 10:30 +0200` and the like;
    /// without a zone, in UTC.
    static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        var i = 0
        func number(_ digits: Int) -> Int? {
            guard i + digits <= bytes.count else { return nil }
            var value = 0
            for byte in bytes[i..<(i + digits)] {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            i += digits
            return value
        }
        func skip(_ characters: String) -> Bool {
            guard i < bytes.count, characters.utf8.contains(bytes[i]) else { return false }
            i += 1
            return true
        }
        while i < bytes.count, bytes[i] <= 0x20 { i += 1 }
        guard let year = number(4), skip("-/."), let month = number(2), skip("-/."),
            let day = number(2), (1...12).contains(month), (1...31).contains(day)
        else { return nil }
        var seconds = 0
        if skip("Tt "), let hour = number(2), skip(":"), let minute = number(2) {
            seconds = hour * 3600 + minute * 60
            if skip(":"), let second = number(2) { seconds += second }
            if skip(".,") { while i < bytes.count, (0x30...0x39).contains(bytes[i]) { i += 1 } }
            _ = skip(" ")
            if i < bytes.count, bytes[i] == 0x2B || bytes[i] == 0x2D {
                let sign = bytes[i] == 0x2B ? -1 : 1
                i += 1
                if let hours = number(2) {
                    _ = skip(":")
                    seconds += sign * (hours * 3600 + (number(2) ?? 0) * 60)
                }
            }
        }
        // Days from the civil calendar, with years that begin in March.
        let y = month > 2 ? year : year - 1
        let m = (month + 9) % 12
        let days = 365 * y + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1 - 719_468
        return Date(timeIntervalSince1970: Double(days * 86_400 + seconds))
    }
}
