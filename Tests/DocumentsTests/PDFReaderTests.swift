import Corpus
import FoundationEssentials
import Testing
import TextAnalysis

@testable import Documents

@Suite struct PDFReaderTests {
    @Test func whatIsOnAllPagesIsReadOnce() throws {
        let document = try DocumentReader().read(try fixture("memoria.pdf"), path: "memoria.pdf")
        #expect(document.format == "pdf")
        #expect(document.title == "Memoria anual")
        #expect(document.language == .spanish)
        #expect(document.date?.timeIntervalSince1970 == 1_709_289_000)
        #expect(document.metadata["author"] == .string("Ana Pérez"))
        #expect(
            outline(document) == [
                "p: Cooperativa del Taller, memoria anual", "p: Memoria del taller",
                "p: La sierra de cinta se revisó en marzo y se cambiaron las dos ruedas. "
                    + "El gasto fue de 240 €.",
                "h2: 2.1 Poda de los frutales",
                "p: Los manzanos se podaron en febrero, antes de la brotación; los perales "
                    + "(cuatro), en enero.",
                "p: Cierre", "p: • Revisar el torno", "p: • Comprar aceite",
            ]
        )
        let chunks = Chunker(maximumTokens: 50, tokenCount: quarters).chunks(of: document)
        #expect(chunks.map(\.pages) == [1...1, 2...3])
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

    /// A line of a page: its words, and how large and where they are.
    private struct Line {
        var text: String
        var x = 60.0
        var size = 10.0
    }

    /// Pages as poppler writes them, a line below the other.
    ///
    /// An empty line ends a block.
    private func layout(_ pages: [[Line]]) -> PDFLayout {
        var output = "<doc>"
        for page in pages {
            output +=
                "<page width=\"595\" height=\"842\"><flow><block xMin=\"0\" yMin=\"0\" xMax=\"1\" yMax=\"1\">"
            var y = 50.0
            for line in page {
                if line.text.isEmpty {
                    output += "</block><block xMin=\"0\" yMin=\"0\" xMax=\"1\" yMax=\"1\">"
                    y += 20
                    continue
                }
                // As wide as a typewriter's letters.
                let step = line.size / 2
                func box(_ start: Int, _ count: Int) -> String {
                    let x = line.x + Double(start) * step
                    return
                        "xMin=\"\(x)\" yMin=\"\(y)\" xMax=\"\(x + Double(count) * step)\" yMax=\"\(y + line.size)\""
                }
                output += "<line \(box(0, line.text.count))>"
                var start = 0
                for word in line.text.split(separator: " ", omittingEmptySubsequences: false) {
                    if !word.isEmpty { output += "<word \(box(start, word.count))>\(word)</word>" }
                    start += word.count + 1
                }
                output += "</line>"
                y += line.size + 2
            }
            output += "</block></flow></page>"
        }
        return PDFLayout(Array((output + "</doc>").utf8))
    }

    private func blocks(_ pages: [[Line]]) -> [String] {
        var rendering = ExtractedText()
        PDFPages(layout(pages)).render(into: &rendering)
        return rendering.blocks.map { block in
            switch block.kind {
            case .heading(let level): "h\(level): \(block.text)"
            case .table: "table: \(block.text)"
            default: block.text
            }
        }
    }

    private func blocks(_ pages: [String]) -> [String] {
        blocks(
            pages.map { page in
                page.split(separator: "\n", omittingEmptySubsequences: false)
                    .map { Line(text: String($0)) }
            }
        )
    }

    @Test func runningLinesComeOnceAndHeadingsStay() {
        let pages = (1...8).map { page in
            let chapter = page < 5 ? "Chapter 1: Saws" : "Chapter 2: Lathes"
            return
                "\(chapter)\n\n1.\(page) What is on page \(page)?\nText of page number \(page).\n\n\(page)\n"
        }
        var expected: [String] = []
        for page in 1...8 {
            if page == 1 { expected.append("Chapter 1: Saws") }
            if page == 5 { expected.append("Chapter 2: Lathes") }
            expected += ["h2: 1.\(page) What is on page \(page)?", "Text of page number \(page)."]
        }
        #expect(blocks(pages) == expected)
    }

    /// Rows that look alike but for their numbers are no running heads.
    @Test(
        arguments: [
            { "Meter \($0) reads \(1000 + $0 * 7) kWh" }, { "Row \($0 * 40)" },
            { "2026-0\($0) rent \($0 * 3)" },
        ] as [@Sendable (Int) -> String]
    )
    func rowsAtTheEdgesOfPagesStay(row: @Sendable (Int) -> String) {
        let pages = (1...6).map { page in
            row(page) + "\n\nText of page \(page * page) is here.\n\n" + row(page + 50)
        }
        let found = blocks(pages).joined(separator: "\n")
        for page in 1...6 { #expect(found.contains(row(page)) && found.contains(row(page + 50))) }
    }

    @Test func dividedWordsAreJoined() {
        #expect(
            blocks(["la carpin-\ntería del Sr.\nRuiz-\nDíaz\n\n• uno\n• dos\n"]) == [
                "la carpintería del Sr. Ruiz-Díaz", "• uno", "• dos",
            ]
        )
    }

    @Test(arguments: [
        ("pages 10-\n12", "pages 10-12"), ("the Nord-\nSüd line", "the Nord-Süd line"),
        ("a 24-\nhour service", "a 24-hour service"),
        ("a well-\nknown house", "a well-known house"),
        ("the manage-\nment", "the management"),
        ("a well-being x\nof be-\nings", "a well-being x of beings"),
        ("the steam-boat x\nand the steam-\nboat", "the steam-boat x and the steam-boat"),
        ("it is new –\nand old", "it is new – and old"),
    ])
    func hyphensStayWhereTheyBelong(text: String, joined: String) {
        #expect(blocks([text]) == [joined])
    }

    @Test func headingsAreToldBySizeAndNumber() {
        let body = Line(text: "The boiler is serviced in May and again in the autumn of the year.")
        let page = [
            Line(text: "House manual", size: 18), body, body, Line(text: ""),
            Line(text: "Emergency", size: 14), Line(text: "Press the button."), Line(text: ""),
            Line(text: "2.5 Liters of paint cover the hall in one coat"),
            Line(text: "and dry overnight."), Line(text: ""), Line(text: "3.2 Pruning"),
            Line(text: "The vines are cut in March."),
        ]
        #expect(
            blocks([page]) == [
                "h1: House manual", body.text + " " + body.text, "h2: Emergency",
                "Press the button.",
                "2.5 Liters of paint cover the hall in one coat and dry overnight.",
                "h2: 3.2 Pruning",
                "The vines are cut in March.",
            ]
        )
    }

    @Test func rowsOfTablesAreRows() {
        let page = [
            "The courses of the spring begin at six in the evening, as they always did.", "",
            "Room   Course          Teacher     Fee", "A1     Weaving         Inés        5 €",
            "A2     Course two      Omar        10 €", "A3     Pottery                     15 €",
            "",
            "Fees are paid in advance and in full.",
        ]
        let found = blocks([page.joined(separator: "\n")])
        #expect(found.first == page[0] && found.last == page[7])
        let rows = found.first { $0.hasPrefix("table: ") }?.split(separator: "\n") ?? []
        #expect(rows.count == 4 && rows.last == "A3 | Pottery |  | 15 €")
    }

    /// Two columns of running text are no table.
    @Test func columnsOfProseAreNoTable() {
        let lines = (1...8).map {
            "the words of line \($0) fill it all     and those of column two \($0) as well"
        }
        #expect(!blocks([lines.joined(separator: "\n")]).contains { $0.hasPrefix("table: ") })
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

    @Test(arguments: [
        ("See pages 33–", "35 there.", "See pages 33–35 there."),
        ("the mill—", "old as it is", "the mill—old as it is"),
        ("the mill –", "old as it is", "the mill – old as it is"),
    ])
    func dashesAtTheEndsOfLinesStandAsTheyStood(first: String, second: String, joined: String) {
        var text = first
        PDFLineJoiner.joinPlain(second, to: &text)
        #expect(text == joined)
    }

    /// Programs run side by side: the failure of one is not the other's.
    @Test func twoProgramsReadTheSameInput() throws {
        let outcomes = ChildProcess.run(
            [
                .init(program: "cat", arguments: []),
                .init(program: "no-such-program", arguments: []),
                .init(program: "sh", arguments: ["-c", "cat >/dev/null; echo no >&2; exit 3"]),
                .init(program: "sleep", arguments: ["60"]),
            ],
            Array(repeating: 0x61, count: 300_000),
            .init(output: 1 << 20, seconds: 1)
        )
        #expect(try outcomes[0].get().output.count == 300_000)
        #expect(throws: ChildProcess.Failure.self) { try outcomes[1].get() }
        let third = try outcomes[2].get()
        #expect(third.status == 3 && third.complaint == "no\n")
        #expect(throws: ChildProcess.Failure.self) { try outcomes[3].get() }
    }
}
