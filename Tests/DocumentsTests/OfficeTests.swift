import Corpus
import NumberFormats
import Testing

@testable import Documents

/// A zip archive of stored files.
func zip(_ files: [(name: String, text: String)]) -> [UInt8] {
    func bytes(_ value: Int, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
    func checksum(_ data: [UInt8]) -> Int {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return Int(~crc)
    }
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, text) in files {
        let data = Array(text.utf8)
        let common =
            bytes(20, 2) + bytes(0, 2) + bytes(0, 2) + bytes(0, 4) + bytes(checksum(data), 4)
            + bytes(data.count, 4) + bytes(data.count, 4) + bytes(name.utf8.count, 2) + bytes(0, 2)
        directory +=
            [0x50, 0x4B, 1, 2] + bytes(20, 2) + common + bytes(0, 10) + bytes(archive.count, 4)
            + Array(name.utf8)
        archive += [0x50, 0x4B, 3, 4] + common + Array(name.utf8) + data
    }
    let end =
        bytes(0, 4) + bytes(files.count, 2) + bytes(files.count, 2) + bytes(directory.count, 4)
        + bytes(archive.count, 4) + bytes(0, 2)
    return archive + directory + [0x50, 0x4B, 5, 6] + end
}

/// What Office files hold beside the text of their main part.
@Suite struct OfficeTests {
    private static let base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    private func relations(_ list: [(id: String, kind: String, target: String)]) -> String {
        "<Relationships>"
            + list.map {
                "<Relationship Target=\"\($2)\" Type=\"\(Self.base)\($1)\" Id=\"\($0)\"/>"
            }.joined()
            + "</Relationships>"
    }

    private func word(
        _ body: String,
        main: String = "word/document.xml",
        related: [(id: String, kind: String, target: String)] = [],
        parts: [(String, String)] = []
    ) throws -> [String] {
        let folder = main.split(separator: "/").dropLast().joined(separator: "/")
        let name = main.split(separator: "/").last ?? ""
        let files =
            [
                ("_rels/.rels", relations([("r1", "officeDocument", main)])),
                (
                    "[Content_Types].xml",
                    "<Types><Override PartName=\"/\(main)\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
                ),
                (main, "<w:document><w:body>\(body)</w:body></w:document>"),
                ("\(folder)/_rels/\(name).rels", relations(related)),
            ] + parts
        return outline(try DocumentReader().read(zip(files), path: "a.docx"))
    }

    private func p(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    @Test(arguments: ["word/document2.xml", "doc/main.xml", "Word/Document.xml"])
    func theMainPartIsTheOneThatIsNamed(name: String) throws {
        #expect(try word(p("Hello."), main: name) == ["p: Hello."])
    }

    @Test(arguments: [
        ("<mc:AlternateContent><mc:Choice>%</mc:Choice><mc:Fallback>%</mc:Fallback></mc:AlternateContent>"),
        ("<mc:AlternateContent><mc:Choice><w:drawing/></mc:Choice><mc:Fallback>%</mc:Fallback></mc:AlternateContent>"),
        "<w:pict><v:textbox>%</v:textbox></w:pict>",
    ])
    func textBoxesAreReadOnceAfterTheirParagraph(frame: String) throws {
        let box = "<w:txbxContent>\(p("In a box."))\(p("Twice."))</w:txbxContent>"
        let body =
            "<w:p><w:r>\(frame.replacing("%", with: box))</w:r><w:r><w:t>Beside it.</w:t></w:r></w:p>\(p("Next."))"
        #expect(try word(body) == ["p: Beside it.", "p: In a box.", "p: Twice.", "p: Next."])
    }

    @Test func notesStandInTheirPlaceAndCommentsAfterTheParagraph() throws {
        let body =
            "<w:p><w:r><w:t>Rent</w:t><w:footnoteReference w:id=\"2\"/></w:r><w:r><w:t> is due</w:t>"
            + "<w:endnoteReference w:id=\"1\"/><w:commentReference w:id=\"0\"/></w:r></w:p>"
        let found = try word(
            body,
            related: [("a", "footnotes", "fn.xml"), ("b", "comments", "/word/c.xml")],
            parts: [
                (
                    "word/fn.xml",
                    "<w:footnotes><w:footnote w:id=\"0\" w:type=\"separator\">\(p("x"))</w:footnote><w:footnote w:id=\"2\">\(p("740 euros"))</w:footnote></w:footnotes>"
                ),
                (
                    "word/endnotes.xml",
                    "<w:endnotes><w:endnote w:id=\"1\">\(p("monthly"))</w:endnote></w:endnotes>"
                ),
                (
                    "word/c.xml",
                    "<w:comments><w:comment w:id=\"0\" w:author=\"Ana\">\(p("By phone."))</w:comment></w:comments>"
                ),
            ]
        )
        #expect(found == ["p: Rent (740 euros) is due (monthly)", "p: Comment by Ana: By phone."])
    }

    @Test func headersAndFootersComeOnceWithoutPageNumbers() throws {
        let found = try word(
            p("Dear all."),
            related: [
                ("h", "header", "h1.xml"), ("i", "header", "h2.xml"), ("f", "footer", "f.xml"),
            ],
            parts: [
                ("word/h1.xml", "<w:hdr>\(p("Contract 4711"))</w:hdr>"),
                ("word/h2.xml", "<w:hdr>\(p("Contract 4711"))\(p("3"))</w:hdr>"),
                ("word/f.xml", "<w:ftr>\(p("Page 1 of 3"))\(p("Hotline 555"))</w:ftr>"),
            ]
        )
        #expect(found == ["p: Dear all.", "h1: ", "p: Contract 4711", "p: Hotline 555"])
    }

    @Test func insertedFilesChartsAndDiagramsAreReadInPlace() throws {
        let body =
            p("One.") + "<w:altChunk r:id=\"c1\"/>"
            + "<w:p><w:r><w:t>Two.</w:t><c:chart r:id=\"c2\"/><dgm:relIds r:lo=\"x\" r:dm=\"c3\"/></w:r></w:p>"
            + "<w:altChunk r:id=\"c4\"/><w:altChunk r:id=\"none\"/>"
        let found = try word(
            body,
            related: [
                ("c1", "aFChunk", "a.htm"), ("c2", "chart", "charts/c.xml"),
                ("c3", "diagramData", "d.xml"),
                ("c4", "aFChunk", "b.rtf"),
            ],
            parts: [
                ("word/a.htm", "<html><body><h2>Well</h2><p>Dug in 1890.</p></body></html>"),
                ("word/b.rtf", "{\\rtf1 Rich.}"),
                (
                    "word/charts/c.xml",
                    "<c:chart><c:title><a:p><a:r><a:t>Harvest</a:t></a:r></a:p></c:title><c:ser><c:tx><c:pt idx=\"0\"><c:v>Oil</c:v></c:pt></c:tx><c:cat><c:pt idx=\"0\"><c:v>2020</c:v></c:pt><c:pt idx=\"1\"><c:v>2021</c:v></c:pt></c:cat><c:val><c:pt idx=\"1\"><c:v>7</c:v></c:pt></c:val></c:ser></c:chart>"
                ),
                (
                    "word/d.xml",
                    "<dgm:dataModel><dgm:pt><dgm:t><a:p><a:r><a:t>Press</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
                ),
            ]
        )
        #expect(
            found == [
                "p: One.", "h2: Well", "p: Dug in 1890.", "p: Two.", "p: Harvest",
                "table:  | Oil\n2020\n2021 | 7", "li: - Press", "p: Rich.",
            ]
        )
    }

    @Test(arguments: [
        ("decimal", "%1.", ["1. A", "2. B", "3. C"]),
        ("upperRoman", "%1)", ["I) A", "II) B", "III) C"]),
        ("lowerLetter", "(%1)", ["(a) A", "(b) B", "(c) C"]),
        ("bullet", "•", ["- A", "- B", "- C"]),
        ("decimal", "§ %1", ["§ 1 A", "§ 2 B", "§ 3 C"]),
    ])
    func itemsKeepTheirNumbers(format: String, text: String, expected: [String]) throws {
        let item = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr>"
        let body = ["A", "B", "C"].map { "<w:p>\(item)<w:r><w:t>\($0)</w:t></w:r></w:p>" }.joined()
        let numbering =
            "<w:numbering><w:abstractNum w:abstractNumId=\"3\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"\(format)\"/><w:lvlText w:val=\"\(text)\"/></w:lvl></w:abstractNum><w:num w:numId=\"7\"><w:abstractNumId w:val=\"3\"/></w:num></w:numbering>"
        #expect(
            try word(body, parts: [("word/numbering.xml", numbering)])
                == expected.map { "li: " + $0 }
        )
    }

    @Test func cellsThatReachDownAreInEachRow() throws {
        func cell(_ text: String, _ property: String = "") -> String {
            "<w:tc><w:tcPr>\(property)</w:tcPr>\(p(text))</w:tc>"
        }
        let body =
            "<w:tbl><w:tr>\(cell("Course"))\(cell("Teacher"))\(cell("Fee"))</w:tr>"
            + "<w:tr>\(cell("Pottery", "<w:vMerge w:val=\"restart\"/>"))\(cell("Inés"))\(cell("35"))</w:tr>"
            + "<w:tr>\(cell("", "<w:vMerge/>"))\(cell("Omar"))\(cell("20"))</w:tr>"
            + "<w:tr>\(cell("Together", "<w:gridSpan w:val=\"2\"/>"))\(cell("55"))</w:tr></w:tbl>"
        #expect(
            try word(body) == [
                "table: Course | Teacher | Fee\nPottery | Inés | 35\nPottery | Omar | 20\nTogether |  | 55"
            ]
        )
    }

    // MARK: Presentations

    private func slides(_ slides: [String], parts: [(String, String)] = []) throws -> ParsedDocument
    {
        var files = [
            ("_rels/.rels", relations([("r1", "officeDocument", "ppt/presentation.xml")])),
            (
                "ppt/presentation.xml",
                "<p:presentation><p:sldIdLst>"
                    + slides.indices.map { "<p:sldId r:id=\"s\($0)\" id=\"\(256 + $0)\"/>" }
                    .joined()
                    + "</p:sldIdLst></p:presentation>"
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                relations(slides.indices.map { ("s\($0)", "slide", "slides/s\($0).xml") })
            ),
        ]
        for (index, slide) in slides.enumerated() {
            files.append(
                (
                    "ppt/slides/s\(index).xml",
                    "<p:sld><p:cSld><p:spTree>\(slide)</p:spTree></p:cSld></p:sld>"
                )
            )
        }
        return try DocumentReader().read(zip(files + parts), path: "a.pptx")
    }

    private func shape(_ text: String, y: Int? = nil, x: Int = 0, type: String? = nil) -> String {
        let place = y.map { "<a:xfrm><a:off x=\"\(x)\" y=\"\($0)\"/></a:xfrm>" } ?? ""
        let kind = type.map { "<p:nvPr><p:ph type=\"\($0)\"/></p:nvPr>" } ?? ""
        return
            "<p:sp>\(kind)<p:spPr>\(place)</p:spPr><p:txBody><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></p:txBody></p:sp>"
    }

    @Test func slidesAreSectionsAndShapesComeFromTopToBottom() throws {
        let document = try slides([
            shape("Budget", y: 0, type: "title"),
            shape("low", y: 5_000_000) + shape("right", y: 1_000_000, x: 900)
                + shape("left", y: 1_010_000),
            shape("Last", y: 0, type: "ctrTitle") + shape("end", y: 10),
        ])
        let chunks = Chunker(tokenCount: quarters).chunks(of: document)
        #expect(chunks.map(\.text) == ["Budget", "left\n\nright\n\nlow", "end"])
        #expect(chunks.map(\.headings) == [[], [], ["Last"]])
        #expect(chunks.map(\.pages) == [1...1, 2...2, 3...3])
    }

    @Test func chartsNotesAndCommentsOfSlidesAreRead() throws {
        let document = try slides(
            [
                shape("Figures", type: "title")
                    + "<p:graphicFrame><c:chart r:id=\"k\"/></p:graphicFrame>"
            ],
            parts: [
                (
                    "ppt/slides/_rels/s0.xml.rels",
                    relations([
                        ("k", "chart", "../c.xml"), ("n", "notesSlide", "../n.xml"),
                        ("m", "comments", "../m.xml"),
                    ])
                ),
                (
                    "ppt/c.xml",
                    "<c:chart><c:ser><c:cat><c:pt idx=\"0\"><c:v>Grove</c:v></c:pt></c:cat><c:val><c:pt idx=\"0\"><c:v>4210</c:v></c:pt></c:val></c:ser></c:chart>"
                ),
                ("ppt/n.xml", "<p:notes>\(shape("Say this.", type: "body"))</p:notes>"),
                ("ppt/m.xml", "<p:cmLst><p:cm><p:text>Check it.</p:text></p:cm></p:cmLst>"),
            ]
        )
        #expect(
            outline(document).suffix(4) == [
                "h1: Figures", "p: Grove | 4210", "p: Say this.", "p: Comment: Check it.",
            ]
        )
    }

    private static let extended =
        "<cx:chartSpace><cx:chartData><cx:data id=\"0\"><cx:strDim type=\"cat\"><cx:lvl><cx:pt idx=\"0\">Grove</cx:pt></cx:lvl></cx:strDim><cx:numDim type=\"val\"><cx:lvl><cx:pt idx=\"0\">12</cx:pt></cx:lvl></cx:numDim></cx:data></cx:chartData><cx:chart><cx:title><cx:tx><cx:txData><cx:v>Olives</cx:v></cx:txData></cx:tx></cx:title><cx:plotArea><cx:series><cx:tx><cx:txData><cx:v>Crates</cx:v></cx:txData></cx:tx></cx:series></cx:plotArea></cx:chart></cx:chartSpace>"

    @Test func chartsOfTheNewerKindStandForTheirPlaceholders() throws {
        let frame =
            "<mc:AlternateContent><mc:Choice><p:graphicFrame><cx:chart r:id=\"k\"/></p:graphicFrame></mc:Choice><mc:Fallback>\(shape("Not shown here."))</mc:Fallback></mc:AlternateContent>"
        let document = try slides(
            [frame],
            parts: [
                ("ppt/slides/_rels/s0.xml.rels", relations([("k", "chartEx", "../c.xml")])),
                ("ppt/c.xml", Self.extended),
            ]
        )
        #expect(
            outline(document).filter { $0 != "h1: " } == [
                "p: Olives", "table:  | Crates\nGrove | 12",
            ]
        )
    }

    @Test func footersOfSlidesAreReadOnce() throws {
        let foot = shape("Harbor Society, May", type: "ftr") + shape("3", type: "sldNum")
        let document = try slides([shape("Plan", type: "title") + foot, foot])
        #expect(
            outline(document).filter { $0 != "h1: " } == ["h1: Plan", "p: Harbor Society, May"]
        )
    }

    @Test func numbersThatAStyleOrAListOfItsOwnGives() throws {
        let level =
            "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.\"/></w:lvl>"
        let own = level.replacing("decimal", with: "upperLetter").replacing("%1.", with: "%1)")
        let numbering =
            "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"L\"/></w:abstractNum><w:abstractNum w:abstractNumId=\"2\"><w:styleLink w:val=\"L\"/>\(level)</w:abstractNum><w:num w:numId=\"5\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"6\"><w:abstractNumId w:val=\"2\"/><w:lvlOverride w:ilvl=\"0\">\(own)</w:lvlOverride></w:num></w:numbering>"
        func item(_ text: String, _ list: Int) -> String {
            "<w:p><w:pPr><w:numPr><w:numId w:val=\"\(list)\"/></w:numPr></w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
        }
        let found = try word(
            item("one", 5) + item("two", 5) + item("own", 6),
            related: [("n", "numbering", "numbering.xml")],
            parts: [("word/numbering.xml", numbering)]
        )
        #expect(found == ["li: 1. one", "li: 2. two", "li: A) own"])
    }

    @Test func wordsThatAreDrawnAndSignsOfFonts() throws {
        let body =
            "<w:p><w:r><w:pict><v:shape><v:textpath string=\"Summer party\"/></v:shape></w:pict></w:r></w:p>"
            + "<w:p><w:r><w:t>Angle </w:t></w:r><w:r><w:sym w:font=\"Symbol\" w:char=\"F061\"/></w:r></w:p>"
        #expect(try word(body) == ["p: Summer party", "p: Angle α"])
    }

    // MARK: Workbooks

    @Test func whatIsPrintedAroundASheetAndEscapes() throws {
        let found = try sheet(
            "<sheetData>\(row(1, "item", "no"))\(row(2, "ch_x0041_ir", "_x000D_3"))</sheetData>"
                + "<headerFooter><oddHeader>&amp;L&amp;\"Arial,Bold\"&amp;12Harbor Society&amp;RPage &amp;P</oddHeader></headerFooter>"
        )
        #expect(found.contains("record: item: chAir\nno: 3"))
        #expect(found.last == "p: Harbor Society")
    }

    private func sheet(
        _ data: String,
        styles: String = "",
        related: [(id: String, kind: String, target: String)] = [],
        parts: [(String, String)] = []
    ) throws -> [String] {
        let files = [
            ("_rels/.rels", relations([("r1", "officeDocument", "xl/workbook.xml")])),
            (
                "xl/workbook.xml",
                "<workbook><sheets><sheet sheetId=\"9\" name=\"S\" r:id=\"q\"/></sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                relations([("q", "worksheet", "sheets/one.xml"), ("t", "styles", "look.xml")])
            ),
            ("xl/look.xml", "<styleSheet>\(styles)</styleSheet>"),
            ("xl/sheets/one.xml", "<worksheet>\(data)</worksheet>"),
            ("xl/sheets/_rels/one.xml.rels", relations(related)),
        ]
        return outline(try DocumentReader().read(zip(files + parts), path: "a.xlsx"))
    }

    private func row(_ number: Int, _ cells: String...) -> String {
        "<row r=\"\(number)\">"
            + cells.enumerated().filter { !$1.isEmpty }.map { index, text in
                let name = "\(Character(Unicode.Scalar(UInt8(65 + index))))\(number)"
                return "<c r=\"\(name)\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
            }.joined() + "</row>"
    }

    @Test func titlesAboveAndMergedCellsAreUnderstood() throws {
        let data =
            "<sheetData>\(row(1, "Courses"))\(row(3, "Course", "Teacher", "Fee"))\(row(4, "Pottery", "Inés", "35"))"
            + "\(row(5, "", "Omar", "20"))\(row(6, "Weaving", "Ana", "10"))</sheetData>"
            + "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A4:A5\"/></mergeCells>"
        #expect(
            try sheet(data) == [
                "h1: S", "p: Courses", "record: Course: Pottery\nTeacher: Inés\nFee: 35",
                "record: Course: Pottery\nTeacher: Omar\nFee: 20",
                "record: Course: Weaving\nTeacher: Ana\nFee: 10",
            ]
        )
    }

    @Test func formulasCommentsAndDrawingsAreRead() throws {
        let data =
            "<sheetData>\(row(1, "item", "euros"))\(row(2, "wood", "40"))"
            + "<row r=\"3\"><c r=\"A3\" t=\"inlineStr\"><is><t>total</t></is></c><c r=\"B3\"><f>SUM(B2:B2)</f></c></row></sheetData>"
        let found = try sheet(
            data,
            related: [("a", "comments", "../c.xml"), ("b", "drawing", "../d.xml")],
            parts: [
                (
                    "xl/c.xml",
                    "<comments><comment ref=\"B2\"><text><r><t>Oak </t></r><r><t>only.</t></r></text></comment><comment ref=\"Z99\"><text><t>Loose.</t></text></comment></comments>"
                ),
                (
                    "xl/d.xml",
                    "<xdr:wsDr><xdr:sp><a:p><a:r><a:t>Count again.</a:t></a:r></a:p></xdr:sp></xdr:wsDr>"
                ),
            ]
        )
        #expect(
            found == [
                "h1: S", "record: item: wood\neuros: 40\nComment on B2: Oak only.",
                "record: item: total\neuros: =SUM(B2:B2)", "p: Comment on Z99: Loose.",
                "p: Count again.",
            ]
        )
    }

    /// A thread of remarks is said again for older programs; readings stand beside their words.
    @Test func threadsAreReadOnceAndReadingsAreNot() throws {
        let data =
            "<sheetData>\(row(1, "plant", "height"))<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>茴香</t>"
            + "<rPh sb=\"0\" eb=\"2\"><t>ウイキョウ</t></rPh></is></c><c r=\"B2\"><v>140</v></c></row></sheetData>"
        let found = try sheet(
            data,
            related: [("a", "comments", "../c.xml"), ("b", "threadedComment", "../t.xml")],
            parts: [
                (
                    "xl/c.xml",
                    "<comments><authors><author>tc={1}</author><author>Ana</author></authors><commentList><comment ref=\"B2\" authorId=\"0\"><text><t>[Threaded comment] Your version … Comment: Measured in June.</t></text></comment><comment ref=\"A2\" authorId=\"1\"><text><t>Plain.</t></text></comment></commentList></comments>"
                ),
                (
                    "xl/t.xml",
                    "<ThreadedComments><threadedComment ref=\"B2\"><text>Measured in June.</text></threadedComment><threadedComment ref=\"B2\"><text>Thanks.</text></threadedComment></ThreadedComments>"
                ),
            ]
        )
        #expect(
            found == [
                "h1: S",
                "record: plant: 茴香\nheight: 140\nComment on A2: Plain.\nComment on B2: Measured in June.\nComment on B2: Thanks.",
            ]
        )
    }

    @Test(
        arguments: [
            ("0.0%", 0.0375, "3.8%"), ("0.00%", 0.256, "25.60%"), ("00000", 7411, "07411"),
            ("0.0\" km\"", 12.5, "12.5 km"), ("[h]:mm", 1.5625, "37:30"),
            ("[h]:mm:ss", 1.0, "24:00:00"),
            ("[mm]:ss", 0.0625, "90:00"), ("yyyy\\-mm\\-dd", 46023, "2026-01-01"),
            ("[$-409]mmmm\\ d\\,\\ yyyy;@", 46023, "2026-01-01"), ("h:mm AM/PM", 0.5625, "13:30"),
            ("0.00E+00", 6.62607015e-34, "6.63E-34"), ("#,##0;(#,##0)", -1500, "(1500)"),
            ("0\" days\"", 14, "14 days"), ("\"Q\"0", 3, "Q3"),
            ("[Red]-0.0;[Blue]0.0", 2.5, "-2.5"),
            ("#,##0.00\\ [$€-407]", 1234.5, "1234.50 €"), ("0.0,,\" M\"", 2_500_000, "2.5 M"),
            ("000\\-00\\-0000", 123456789, "123-45-6789"),
            ("yyyy-mm-dd h:mm", 46023.5, "2026-01-01 12:00"),
            ("General", 0.1, "0.1"), ("0", 0, "0"), ("#", 12, "12"), ("#.##", 0.5, ".5"),
            ("d/m/yyyy", 1, "1900-01-01"), ("0.00", 1.005, "1.01"), ("$#,##0.00", -2.5, "-$2.50"),
        ] as [(String, Double, String)]
    )
    func numbersAreShownAsAPersonSeesThem(code: String, number: Double, shown: String) {
        let format = NumberFormat(code)
        #expect(format.shown(number, written: "\(number)", startsIn1904: false) == shown)
    }

    @Test(arguments: [
        ("1.6726e-27", "1.6726e-27"), ("4E-11", "4E-11"), ("0.30000000000000004", "0.3"),
        ("4012888888881881", "4012888888881881"), ("12.5", "12.5"), ("-3", "-3"), ("1e3", "1000"),
        ("0.1", "0.1"), ("33.333333333333336", "33.3333333333333"), ("nan", "nan"), ("inf", "inf"),
    ])
    func numbersWithoutAFormatKeepTheirDigits(written: String, shown: String) {
        #expect(NumberFormat.general(Double(written) ?? 0, written: written) == shown)
    }
}
