import Corpus
import FoundationEssentials
import Testing
import TextAnalysis

@testable import Documents

@Suite struct PDFReaderTests {
    @Test func pagesAreReadWithoutWhatIsOnAllOfThem() throws {
        let document = try DocumentReader().read(try fixture("memoria.pdf"), path: "memoria.pdf")
        #expect(document.format == "pdf")
        #expect(document.title == "Memoria anual")
        #expect(document.language == .spanish)
        #expect(document.date?.timeIntervalSince1970 == 1_709_289_000)
        #expect(document.metadata["author"] == .string("Ana Pérez"))
        #expect(
            outline(document) == [
                "p: Memoria del taller La sierra de cinta se revisó en marzo y se cambiaron las dos "
                    + "ruedas. El gasto fue de 240 €.",
                "h2: 2.1 Poda de los frutales",
                "p: Los manzanos se podaron en febrero, antes de la brotación; los perales "
                    + "(cuatro), en enero.",
                "p: Cierre", "p: • Revisar el torno", "p: • Comprar aceite",
            ]
        )
        let chunks = Chunker(maximumTokens: 30, tokenCount: quarters).chunks(of: document)
        #expect(chunks.map(\.pages) == [1...1, 2...2, 3...3])
    }

    /// What a chunk says stands in the text of the document, at the lines and pages it names.
    @Test func passagesLeadBackToTheTextThatWasRead() throws {
        let document = try DocumentReader().read(try fixture("memoria.pdf"), path: "memoria.pdf")
        for chunk in Chunker(maximumTokens: 12, tokenCount: quarters).chunks(of: document) {
            #expect(document.source.string(chunk.bytes) == chunk.text)
            #expect(document.source.lines(of: chunk.bytes) == chunk.lines)
            #expect(document.source.pages(of: chunk.bytes) == chunk.pages)
        }
    }

    @Test func picturesOfPagesAreReported() throws {
        #expect(throws: DocumentError.onlyPictures(pages: 2)) {
            try DocumentReader().read(try fixture("scan.pdf"), path: "scan.pdf")
        }
    }

    @Test func picturesOfPagesAreReadIfAsked() throws {
        let options = ReadingOptions(readsPictures: true)
        let document = try DocumentReader(options: options)
            .read(try fixture("scan.pdf"), path: "scan.pdf")
        #expect(
            outline(document) == [
                "p: Acta de la asamblea", "p: El torno se repara en mayo",
                "p: Acta de la asamblea", "p: El torno se repara en mayo",
            ]
        )
        #expect(Chunker(tokenCount: quarters).chunks(of: document).first?.pages == 1...2)
    }

    /// Pages as `pdftotext` writes them.
    private func blocks(_ pages: [String]) -> [String] {
        var rendering = Rendering()
        PDFPages(Array(pages.map { $0 + "\u{C}" }.joined().utf8)).render(into: &rendering)
        return rendering.blocks.map { block in
            if case .heading(let level) = block.kind {
                "h\(level): \(block.text)"
            } else {
                block.text
            }
        }
    }

    @Test func headersOfChaptersGoAndHeadingsStay() {
        let pages = (1...8).map { page in
            let chapter = page < 5 ? "Chapter 1: Saws" : "Chapter 2: Lathes"
            return
                "\(chapter)\n1.\(page) What is on page \(page)?\nText of page number \(page).\n\n\(page)\n"
        }
        #expect(
            blocks(pages)
                == (1...8).flatMap { page in
                    ["h2: 1.\(page) What is on page \(page)?", "Text of page number \(page)."]
                }
        )
    }

    @Test func dividedWordsAreJoined() {
        #expect(
            blocks(["la carpin-\ntería del Sr.\nRuiz-\nDíaz\n\n• uno\n• dos\n"]) == [
                "la carpintería del Sr. Ruiz- Díaz", "• uno", "• dos",
            ]
        )
    }

    @Test func damagedFilesLoseThemselvesOnly() throws {
        let whole = try fixture("memoria.pdf")
        for length in [5, 100, 900] {
            #expect(throws: DocumentError.self) {
                try DocumentReader().read(Array(whole[..<length]), path: "a.pdf")
            }
        }
        #expect(throws: DocumentError.binary("not a PDF inside")) {
            try DocumentReader().read(Array("hola".utf8), path: "a.pdf")
        }
    }
}

@Suite struct ChildProcessTests {
    private func run(
        _ program: String,
        _ arguments: [String] = [],
        input: [UInt8] = [],
        output: Int = 1 << 20,
        seconds: Double = 30
    ) throws -> ChildProcess.Outcome {
        try ChildProcess.run(
            program,
            arguments,
            input: input,
            limits: .init(output: output, seconds: seconds)
        )
    }

    @Test func outputAndComplaintsAndStatusComeBack() throws {
        let input = [UInt8](repeating: 0x61, count: 300_000)
        #expect(try run("cat", input: input).output == input)
        let failed = try run("sh", ["-c", "echo no >&2; exit 3"])
        #expect(failed.complaint == "no\n" && failed.status == 3)
        #expect(try run("sh", ["-c", "kill -SEGV $$"]).status == -11)
    }

    @Test func whatRunsTooLongOrSaysTooMuchIsStopped() throws {
        for script in ["sleep 600", "exec >&- 2>&-; sleep 600", "yes | sleep 600"] {
            do {
                _ = try run("sh", ["-c", script], seconds: 0.2)
                Issue.record("\(script) ended")
            } catch ChildProcess.Failure.tooSlow {}
        }
        do {
            _ = try run("yes", output: 1000)
            Issue.record("yes ended")
        } catch ChildProcess.Failure.tooMuchOutput {}
    }

    @Test func aMissingProgramNamesItsPackage() {
        #expect(
            throws: DocumentError.missingProgram("no-such-program", package: "nothing")
        ) {
            try ChildProcess.runReader(
                "no-such-program",
                [],
                input: [],
                package: "nothing",
                options: ReadingOptions()
            )
        }
    }

    @Test func memoryIsLimited() throws {
        let hungry = "x=a; while :; do x=$x$x; done"
        let outcome = try ChildProcess.run(
            "sh",
            ["-c", hungry],
            input: [],
            limits: .init(output: 1000, seconds: 60, memory: 64 << 20)
        )
        #expect(outcome.status != 0)
    }
}
