extension DocumentFormat {
    /// Every format, in the order in which a file without a known suffix is offered to them.
    ///
    /// To add one, write a reader in a file of its own and add its declaration here.
    static let all: [DocumentFormat] = [
        LegacyWordReader.declaration,
        LegacyWorkbookReader.declaration,
        LegacyPresentationReader.declaration,
        OutlookMessageReader.declaration,
        PDFReader.declaration,
        WordReader.declaration,
        PresentationReader.declaration,
        WorkbookReader.declaration,
        EPUBReader.declaration,
        OpenDocumentReader.declaration,
        FlatOpenDocumentReader.declaration,
        FlatOfficeReader.declaration,
        StructuredMarkupReader.declaration,
        ZipReader.declaration,
        ArchiveReader.declaration,
        WebArchiveReader.declaration,
        MobipocketReader.declaration,
        DjVuReader.declaration,
        RTFReader.declaration,
        FictionBookReader.declaration,
        EmailReader.declaration,
        MarkdownReader.declaration,
        NotebookReader.declaration,
        JSONRecordReader.declaration,
        JSONRecordReader.linesDeclaration,
        DelimitedTextReader.declaration,
        SubtitleReader.declaration,
        ObjectLinesReader.calendarDeclaration,
        ObjectLinesReader.contactsDeclaration,
        AsciiDocReader.declaration,
        LaTeXReader.declaration,
        OrgReader.declaration,
        SourceCodeReader.declaration,
        HTMLReader.declaration,
        ManPageReader.declaration,
        ReStructuredTextReader.declaration,
        MarkdownReader.plainDeclaration,
        PlainTextReader.declaration,
    ]

    /// The format that has a suffix; the first of the list where several have it.
    private static let bySuffix: [String: DocumentFormat] = Dictionary(
        all.flatMap { format in format.suffixes.map { ($0, format) } },
        uniquingKeysWith: { first, _ in first }
    )

    /// What reads a file that is no text, or text in several encodings; nil for other text.
    static func undecoded(_ file: FileProbe) -> DocumentFormat? {
        if let named = bySuffix[file.suffix], case .raw = named.reader, !isBinary(file) {
            return named
        }
        let isKnown = bySuffix[file.suffix] != nil || SourceCodeReader.language(of: file) != nil
        return all.first { format in
            switch format.reader {
            case .binary(let recognizes, _): recognizes(file)
            case .raw(let recognizes, _): !isKnown && recognizes(file)
            case .text: false
            }
        }
    }

    /// What reads a text: by its suffix, else by its content.
    static func decoded(_ text: TextProbe) -> DocumentFormat {
        if let named = bySuffix[text.suffix], case .text = named.reader { return named }
        let found = all.first { format in
            if case .text(let recognizes, _) = format.reader { recognizes(text) } else { false }
        }
        return found ?? PlainTextReader.declaration
    }

    private static func isBinary(_ file: FileProbe) -> Bool {
        all.contains { format in
            if case .binary(let recognizes, _) = format.reader { recognizes(file) } else { false }
        }
    }
}

extension DocumentReader {
    /// Raised by one whenever what all readers share makes other documents of the same files:
    /// decoding, repairs, and how passages are cut.
    static let sharedVersion = 3

    /// The version of what reads a format, by the name that documents store; nil if nothing does.
    ///
    /// A stored document is read again when this differs from the version that it was stored with.
    /// Versions are positive and grow with every change.
    package static func version(of format: String) -> Int? {
        versions[format]
    }

    /// The version under which a file is skipped: it grows whenever any reader changes or is added.
    ///
    /// A file that was skipped under another version is tried again, if its
    /// `DocumentError.Code.retry` says so.
    package static let skipVersion =
        sharedVersion + DocumentFormat.all.reduce(0) { $0 + $1.version }

    /// The names of all formats, sorted.
    package static var formats: [String] { versions.keys.sorted() }

    private static let versions: [String: Int] = {
        var versions: [String: Int] = [:]
        for format in DocumentFormat.all {
            versions[format.name, default: sharedVersion * 1000] += format.version
        }
        return versions
    }()
}
