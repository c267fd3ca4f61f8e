internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads PDF through poppler's programs: text in reading order, page by page.
///
/// The programs run by themselves (`ChildProcess`), so that a hostile file harms nothing but itself.
struct PDFReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "pdf",
        version: 1,
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
        let info = try run("pdfinfo", ["-enc", "UTF-8", "-isodates", "-"], bytes, options)
        let fields = Self.fields(info)
        let output = try run(
            "pdftotext",
            ["-enc", "UTF-8", "-eol", "unix", "-", "-"],
            bytes,
            options
        )
        var pages = PDFPages(output)
        let pictures = pages.emptyPages
        var result = RenderedDraft()
        if !pictures.isEmpty, options.readsPictures {
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
            guard pictures.count < pages.count else { throw .onlyPictures(pages: pages.count) }
            result.repairs = [TextRepair(kind: .picturePages, count: pictures.count)]
        }
        pages.render(into: &result.rendering)
        result.draft = Self.draft(fields)
        return result
    }

    /// Runs one of poppler's programs on the file and says what went wrong in a reader's words.
    private func run(
        _ program: String,
        _ arguments: [String],
        _ bytes: [UInt8],
        _ options: ReadingOptions
    ) throws(DocumentError) -> [UInt8] {
        let outcome = try ChildProcess.runReader(
            program,
            arguments,
            input: bytes,
            package: "poppler-utils",
            options: options
        )
        if outcome.status == 0 { return outcome.output }
        if outcome.complaint.contains("ncorrect password") { throw .encrypted(format: "PDF") }
        if outcome.status < 0 {
            throw .malformed(format: "PDF", reason: "\(program) crashed on it")
        }
        let line = outcome.complaint.split(separator: "\n").last ?? "\(program) gave it up"
        throw .malformed(format: "PDF", reason: String(line.prefix(160)))
    }

    // MARK: What it says about itself

    /// The lines `Key: value` of `pdfinfo`.
    private static func fields(_ output: [UInt8]) -> [String: String] {
        var fields: [String: String] = [:]
        for line in output.split(separator: 0x0A) {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
            let key = String(decoding: line[..<colon], as: UTF8.self)
            let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
                .filter { !$0.isNewline && $0 >= " " }
            let words = value.split(separator: " ").joined(separator: " ")
            if !words.isEmpty { fields[key] = words }
        }
        return fields
    }

    private static func draft(_ fields: [String: String]) -> DocumentDraft {
        var draft = DocumentDraft()
        for (key, name) in [
            ("Author", "author"), ("Subject", "subject"), ("Keywords", "keywords"),
        ] {
            draft.metadata[name] = fields[key].map { .string($0) }
        }
        if let pages = fields["Pages"].flatMap({ Double($0) }) {
            draft.metadata["pages"] = .number(pages)
        }
        draft.date = (fields["CreationDate"] ?? fields["ModDate"]).flatMap(DocumentDate.parse)
        // What a word processor puts there is the name of a file.
        if let title = fields["Title"], !title.hasPrefix("Microsoft Word - "),
            !["untitled", "título", "sin título"].contains(title.lowercased()),
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
        do {
            return try run(
                program,
                arguments,
                input: input,
                limits: Limits(output: options.maximumBytes, seconds: options.seconds)
            )
        } catch {
            switch error {
            case .missing: throw .missingProgram(program, package: package)
            case .unstarted(let reason):
                throw .malformed(format: "start of \(program)", reason: reason)
            case .tooSlow(let seconds): throw .tooSlow(seconds: Int(seconds))
            case .tooMuchOutput:
                throw .tooLarge(bytes: options.maximumBytes + 1, limit: options.maximumBytes)
            }
        }
    }
}
