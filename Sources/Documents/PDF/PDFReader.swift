internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads PDF through poppler's programs: text in reading order, page by page, with its headings and the
/// rows of its tables.
///
/// `pdftotext` gives every word with its place, `pdftohtml` says what is bold and what the outline has.
/// The programs run by themselves (`ChildProcess`), so that a hostile file harms nothing but itself.
struct PDFReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "pdf",
        version: 4,
        recognizes: { isPDF($0.bytes) },
        make: { PDFReader() }
    )

    /// The most pages whose pictures are read in one file.
    private static let maximumPicturePages = 500

    /// Whether a file is a PDF; the mark may come after some rubbish.
    static func isPDF(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(1024).firstRange(of: Array("%PDF-".utf8)) != nil
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        // Places take about twenty times the bytes of the text.
        var roomy = options
        roomy.maximumBytes = min(options.maximumBytes, 1 << 40) * 8
        let outcomes = ChildProcess.runReaders(
            [
                .init(
                    program: "pdftotext",
                    arguments: ["-bbox-layout", "-enc", "UTF-8", "-", "-"]
                ),
                .init(
                    program: "pdftohtml",
                    // It refuses a file on its standard input without a name for the output, which
                    // it does not use.
                    arguments: [
                        "-xml", "-i", "-q", "-zoom", "1", "-enc", "UTF-8", "-stdout", "-", "page",
                    ]
                ),
            ],
            input: bytes,
            package: "poppler-utils",
            options: roomy
        )
        let (output, complaint) = try Self.checked(outcomes[0].get(), of: "pdftotext")
        var layout = PDFLayout(output)
        if case .success(let styles) = outcomes[1], styles.status == 0 {
            layout.take(PDFStyles(styles.output))
        }
        var pages = PDFPages(layout)
        let pictures = pages.emptyPages
        var result = RenderedDraft()
        let lacksMaps = complaint.contains("Missing language pack")
        if lacksMaps, !pictures.isEmpty {
            // The pages have text, which poppler cannot tell without its maps of characters.
            guard pictures.count < pages.count else {
                throw .missingProgram("poppler-data", package: "poppler-data")
            }
            result.repairs = [TextRepair(kind: .missingCharacterMaps, count: pictures.count)]
        } else if !pictures.isEmpty, options.readsPictures {
            do throws(DocumentError) {
                for page in pictures.prefix(Self.maximumPicturePages) {
                    pages.set(page, to: try PageScanner().text(ofPage: page, in: bytes, options))
                }
            } catch {
                // Without tesseract the pages that are text are still worth having.
                guard case .missingProgram = error, pictures.count < pages.count else {
                    throw error
                }
                result.repairs = [TextRepair(kind: .picturePages, count: pictures.count)]
            }
        } else if !pictures.isEmpty {
            guard pictures.count < pages.count || pages.hasLetters else {
                throw .onlyPictures(pages: pages.count)
            }
            result.repairs = [TextRepair(kind: .picturePages, count: pictures.count)]
        }
        pages.render(into: &result.rendering)
        append(PDFNotes(bytes).texts, to: &result.rendering)
        result.draft = Self.draft(layout.fields, pages: pages.count)
        return result
    }

    /// Adds the notes of readers that are not printed on the pages, below no heading.
    private func append(_ notes: [String], to rendering: inout ExtractedText) {
        if notes.isEmpty { return }
        func plain(_ text: String) -> String { text.filter { $0.isLetter || $0.isNumber } }
        let printed = rendering.blocks.map { plain($0.text) }.joined(separator: " ")
        let fresh = notes.filter { note in
            let note = plain(note)
            return note.utf8.count > 200 || !printed.contains(note)
        }
        guard !fresh.isEmpty else { return }
        rendering.closeSections()
        for note in fresh { rendering.append("Note: " + note, as: .paragraph) }
    }

    /// What one of poppler's programs wrote, or what went wrong in a reader's words.
    private static func checked(
        _ outcome: ChildProcess.Outcome,
        of program: String
    ) throws(DocumentError) -> (output: [UInt8], complaint: String) {
        if outcome.status == 0 { return (outcome.output, outcome.complaint) }
        if outcome.complaint.contains("ncorrect password") { throw .encrypted(format: "PDF") }
        if outcome.status < 0 {
            throw .malformed(format: "PDF", reason: "\(program) crashed on it")
        }
        let line = outcome.complaint.split(separator: "\n").last ?? "\(program) gave it up"
        throw .malformed(format: "PDF", reason: String(line.prefix(160)))
    }

    // MARK: What it says about itself

    /// What a program puts there if nobody fills it in.
    private static let placeholders: Set<String> = [
        "", "untitled", "título", "sin título", "unspecified", "(unspecified)", "anonymous",
        "(anonymous)", "unknown", "none",
    ]

    private static func draft(_ given: [String: String], pages: Int) -> DocumentDraft {
        var draft = DocumentDraft()
        let fields = given.mapValues { value in
            value.split { $0.isWhitespace || $0 < " " }.joined(separator: " ")
        }.filter { !placeholders.contains($0.value.lowercased()) }
        for (key, name) in [
            ("Author", "author"), ("Subject", "subject"), ("Keywords", "keywords"),
        ] {
            draft.metadata[name] = fields[key].map { .string($0) }
        }
        draft.metadata["pages"] = .number(Double(pages))
        draft.date = (fields["CreationDate"] ?? fields["ModDate"]).flatMap(DocumentDate.parse)
        // What a word processor puts there is the name of a file.
        if let title = fields["Title"], !title.hasPrefix("Microsoft Word - "),
            ![".doc", ".docx", ".odt", ".tex", ".dvi", ".indd", ".qxd"]
                .contains(where: { title.lowercased().hasSuffix($0) })
        {
            draft.title = title
        }
        return draft
    }
}

/// Reads the pictures of pages with tesseract.
struct PageScanner {
    /// The text on a page.
    func text(
        ofPage page: Int,
        in bytes: [UInt8],
        _ options: ReadingOptions
    ) throws(DocumentError) -> [UInt8] {
        let number = String(page)
        let picture = try ChildProcess.runReader(
            "pdftoppm",
            ["-r", "200", "-gray", "-f", number, "-l", number, "-"],
            input: bytes,
            package: "poppler-utils",
            options: options
        )
        guard picture.status == 0, !picture.output.isEmpty else { return [] }
        let text = try ChildProcess.runReader(
            "tesseract",
            ["-", "-", "-l", try Self.languages(options)],
            input: picture.output,
            package: "tesseract-ocr",
            options: options
        )
        return text.status == 0 ? text.output : []
    }

    /// The languages to look for, of those that are installed: `spa+eng`.
    private static func languages(_ options: ReadingOptions) throws(DocumentError) -> String {
        let list = try ChildProcess.runReader(
            "tesseract",
            ["--list-langs"],
            input: [],
            package: "tesseract-ocr",
            options: options
        )
        let said = String(decoding: list.output, as: UTF8.self) + "\n" + list.complaint
        let installed = Set(said.split(whereSeparator: \.isNewline))
        let wanted = ["spa", "eng"].filter { installed.contains(Substring($0)) }
        return wanted.isEmpty ? "eng" : wanted.joined(separator: "+")
    }
}

extension ChildProcess {
    /// Runs a program of `package` within the options' limits, its failures in a reader's words.
    static func runReader(
        _ program: String,
        _ arguments: [String],
        input: [UInt8],
        package: String,
        options: ReadingOptions
    ) throws(DocumentError) -> Outcome {
        let command = Command(program: program, arguments: arguments)
        return try runReaders([command], input: input, package: package, options: options)[0].get()
    }

    /// Runs programs of one `package` side by side, as `runReader` does one.
    static func runReaders(
        _ commands: [Command],
        input: [UInt8],
        package: String,
        options: ReadingOptions
    ) -> [Result<Outcome, DocumentError>] {
        let limits = Limits(output: options.maximumBytes, seconds: options.seconds)
        let outcomes = run(commands, input, limits)
        return zip(commands, outcomes).map { command, outcome in
            outcome.mapError { failure in
                switch failure {
                case .missing: .missingProgram(command.program, package: package)
                case .unstarted(let reason):
                    .malformed(format: "start of \(command.program)", reason: reason)
                case .tooSlow(let seconds): .tooSlow(seconds: Int(seconds))
                case .tooMuchOutput:
                    .tooLarge(bytes: options.maximumBytes + 1, limit: options.maximumBytes)
                }
            }
        }
    }
}
