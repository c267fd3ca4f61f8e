import Corpus
import Foundation
import Testing

@testable import Documents

/// What real folders have in files that were read wrongly, or not at all.
@Suite struct RealFolderTests {
    private func read(_ text: String, as name: String) throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    private func blocks(_ text: String, as name: String) throws -> [String] {
        try read(text, as: name).blocks.map(\.text)
    }

    private func whole(_ document: ParsedDocument) -> String {
        document.blocks.map(\.text).joined(separator: "\n")
    }

    // MARK: Rows

    @Test(arguments: [
        // The rows have names of their own.
        (
            "\"mpg\",\"cyl\",\"disp\"\n\"Mazda\",21,6,160\n\"Datsun\",22,4,108\n",
            "Mazda\nmpg: 21\ncyl: 6\ndisp: 160"
        ),
        (",2019,2020\nHuelva,10,12\nSevilla,20,22\n", "Huelva\n2019: 10\n2020: 12"),
        ("\"sep=;\"\nname;age\nLuis;41\nRosa;38\n", "name: Luis\nage: 41"),
        (
            "title,year\n\"He said \\\"no\\\" to me\",2021\n",
            "title: He said \"no\" to me\nyear: 2021"
        ),
        (
            "name,\"How content are you with the cleaning of the stairs and of the yard, on a scale "
                + "from one to five?\"\nLuis,4\nRosa,5\n",
            "name: Luis\nHow content are you with the cleaning of the stairs and of the yard, on a "
                + "scale from one to five?: 4"
        ),
    ])
    func rowsAreNamed(text: String, first: String) throws {
        #expect(try blocks(text, as: "a.csv").first == first)
    }

    @Test func twoTablesInAFileHaveTheirOwnNames() throws {
        let text =
            "name,age\nLuis,41\nRosa,38\n\ncity,zip,mayor\nHuelva,21001,Pilar\nCadiz,11001,Bo\n"
        let found = try blocks(text, as: "a.csv")
        #expect(found.first == "name: Luis\nage: 41")
        #expect(found.last == "city: Cadiz\nzip: 11001\nmayor: Bo")
    }

    @Test func aHeaderMayStandBelowManyRemarks() throws {
        let remarks = (0..<25).map { "Note \($0) about this file\n" }.joined()
        let found = try blocks(remarks + "\nDay,Item,Count\n1,Chair,4\n2,Table,1\n", as: "a.csv")
        #expect(found.last == "Day: 2\nItem: Table\nCount: 1")
    }

    @Test func aTextWithTabsThatIsCalledAWorkbook() throws {
        let found = try blocks("item\tcount\nchairs\t40\ntables\t6\n", as: "stock.xls")
        #expect(found == ["item: chairs\ncount: 40", "item: tables\ncount: 6"])
    }

    // MARK: Encodings

    @Test(arguments: [
        ("ko", "수요일 저녁에 주민 회의가 있습니다. 승강기는 월요일까지 움직이지 않습니다.", "JOHAB"),
        ("ru", "Собрание жильцов состоится в среду вечером. Ключи у сторожа.", "UTF-16LE"),
        ("ja", "水曜日に住民の集まりがあります。鍵は管理人のところにあります。\n", "UTF-16BE"),
        ("ja", "名前,年齢,住所\n山田太郎,41,東京都千代田区\n佐藤花子,38,大阪市北区\n", "CP932"),
        ("es", "Precio: 1.234,50 €, sin IVA.\n", "CP1252"),
    ])
    func encodingsAreTold(language: String, text: String, platform: String) throws {
        let bytes = try #require(Self.encoded(text, as: platform))
        let document = try DocumentReader().read(bytes, path: "\(language).txt")
        #expect(whole(document) == text.trimmingCharacters(in: .newlines))
    }

    /// The bytes of a text, by the platform's converter.
    private static func encoded(_ text: String, as platform: String) -> [UInt8]? {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/iconv")
        process.arguments = ["-f", "UTF-8", "-t", platform]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        guard (try? process.run()) != nil else { return nil }
        input.fileHandleForWriting.write(Data(text.utf8))
        input.fileHandleForWriting.closeFile()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return process.terminationStatus == 0 ? Array(bytes) : nil
    }

    @Test(arguments: ["a.txt", "a.html", "a.eml"])
    func chineseInSevenBits(name: String) throws {
        let words = "~{PGFZH}MmIO>YPP>SCq;aRi~}"
        let text =
            switch name {
            case "a.html": "<html><body><main><p>\(words)</p></main></body></html>"
            case "a.eml":
                "From: a@b.org\nDate: Tue, 3 Feb 2026 09:15:00 +0100\n"
                    + "Content-Type: text/plain; charset=hz-gb-2312\n\n\(words)\n"
            default: words
            }
        #expect(whole(try read(text, as: name)).contains("星期三晚上举行居民会议"))
    }

    // MARK: Mail

    private static let head = "From: Ana <ana@example.org>\nDate: Tue, 3 Feb 2026 09:15:00 +0100\n"

    @Test func aHeadWithoutAnEmptyLineAfterItLosesNoText() throws {
        let text = whole(
            try read(Self.head + "Subject: Keys\nthe keys hang in the hall\n", as: "a.eml")
        )
        #expect(text.hasSuffix("the keys hang in the hall"))
    }

    @Test func theMailOfApplesProgram() throws {
        let message = Self.head + "Subject: Keys\n\nThe keys hang in the hall.\n"
        let text =
            "\(message.utf8.count)\n\(message)<?xml version=\"1.0\"?>\n<plist><integer>85</integer></plist>\n"
        let document = try read(text, as: "12.emlx")
        #expect(document.title == "Keys")
        #expect(whole(document).hasSuffix("The keys hang in the hall."))
    }

    @Test func aFileBetweenBeginAndEndIsReadAsAFile() throws {
        let file = "begin 644 note.txt\n85&AE('!U;7`@<G5N<R!A=\"!N:6=H=\"X*\n`\nend\n"
        let text = whole(
            try read(Self.head + "Subject: Pump\n\nSee the file.\n\n" + file, as: "a.eml")
        )
        #expect(text.contains("See the file."))
        #expect(text.contains("The pump runs at night"))
        #expect(!text.contains("begin 644"))
    }

    @Test func anInvitationSaysWhenAndWhere() throws {
        let text =
            Self.head + "Subject: Gate\nContent-Type: multipart/alternative; boundary=b\n\n"
            + "--b\nContent-Type: text/plain\n\nYou are invited.\n"
            + "--b\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Gate opens\n"
            + "LOCATION:Yard\nEND:VEVENT\nEND:VCALENDAR\n--b--\n"
        let found = whole(try read(text, as: "a.eml"))
        #expect(found.contains("You are invited."))
        #expect(found.contains("Gate opens"))
    }

    // MARK: Markup

    @Test func rulesAroundProseAreNoFrontMatter() throws {
        let text =
            "---\nNote: a word and a colon.\nIt goes on in a second line of prose.\n---\nMore.\n"
        #expect(whole(try read(text, as: "a.md")).contains("second line of prose"))
    }

    @Test(arguments: [
        ("% Tides\n% Ana\n% 2026-02-03\n\nBody.\n", "a.md"),
        ("Title: Tides\nDate: 2026-02-03\n\nBody.\n", "a.md"),
        ("{\n \"title\": \"Tides\",\n \"date\": \"2026-02-03\"\n}\n\nBody.\n", "a.md"),
        ("---\ntitle: Tides\ndate: 2026-02-03\n---\n<p>Body.</p>\n", "a.html"),
        ("= Tides\nAna Author\nRevision 1.0, February 3, 2026\n\nBody.\n", "a.adoc"),
        ("= Tides\nAna Author\nv2.1, 3 February 2026: second\n\nBody.\n", "a.adoc"),
    ])
    func whatStandsAboveTheTextIsNoText(text: String, name: String) throws {
        let document = try read(text, as: name)
        #expect(document.title == "Tides")
        #expect(document.date == DocumentDate.parse("2026-02-03"))
        #expect(document.blocks.last?.text == "Body.")
    }

    @Test func conditionsOfAsciiDoc() throws {
        let text = """
            = T
            :flag:

            ifdef::flag[]
            Shown.
            endif::[]

            ifndef::flag[]
            Not this.
            endif::[]

            ifdef::nothing[]
            Nor this.
            endif::nothing[]

            ifdef::flag[In line.]

            <<<

            btn:[OK] [[here]]pass:[raw] again;; Semi words.
            """
        let found = whole(try read(text, as: "a.adoc"))
        #expect(found.contains("Shown.") && found.contains("In line."))
        #expect(!found.contains("this.") && !found.contains("<<<") && !found.contains("[["))
        #expect(found.contains("OK raw"))
    }

    @Test func slidesAndAccentsOfLaTeX() throws {
        let text =
            "\\documentclass{beamer}\\NewDocumentCommand{\\port}{}{C\\'adiz}\\begin{document}"
            + "\\begin{frame}{Budget}We spent \\v{s}\\c{c}\\H{o} in \\port. \\only<2>{Later.}\\end{frame}"
            + "\\iftrue kept\\else gone\\fi\\end{document}"
        let document = try read(text, as: "a.tex")
        #expect(document.blocks.first?.kind == .heading(level: 3))
        let found = whole(document)
        #expect(found.contains("šçő in Cádiz. Later."))
        #expect(!found.contains("gone"))
    }

    @Test func subtitlesOfMoreKinds() throws {
        let ass =
            "[Script Info]\nTitle: x\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,Said.\n"
            + "Comment: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,not said\n"
        #expect(!whole(try read(ass, as: "a.ass")).contains("not said"))
        let sbv =
            "0:00:01.000,0:00:02.000\nThe boat leaves\n\n0:00:03.000,0:00:04.000\nIt is back\n"
        #expect(whole(try read(sbv, as: "a.sbv")).hasSuffix("The boat leaves It is back"))
        let lrc = "[ti:Song]\n[00:01.00]The boat leaves\n[00:03.50]It is back\n"
        #expect(whole(try read(lrc, as: "a.lrc")).hasSuffix("The boat leaves It is back"))
        let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nCaf&eacute; &#8364;5\n"
        #expect(whole(try read(vtt, as: "a.vtt")).hasSuffix("Café €5"))
    }

    @Test func stylesOfRichTextThatAreHeadings() throws {
        let text =
            "{\\rtf1\\ansi{\\stylesheet{\\s0 Normal;}{\\s1 heading 1;}}\\pard\\s1 Arrival\\par"
            + "\\pard\\s0 Words.\\par{\\object\\objemb{\\*\\objdata 0105}{\\result Shown.\\par}}}"
        let document = try read(text, as: "a.rtf")
        #expect(outline(document) == ["h1: Arrival", "p: Words.", "p: Shown."])
    }

    // MARK: XML

    @Test(arguments: [
        (
            "<?xml version=\"1.0\"?><article xmlns=\"http://docbook.org/ns/docbook\"><title>Stove</title>"
                + "<section><title>Door</title><para>Glass &amp; iron.</para><itemizedlist><listitem>"
                + "<para>one</para></listitem></itemizedlist></section></article>",
            ["h1: Stove", "h2: Door", "p: Glass & iron.", "li: - one"]
        ),
        (
            "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>News</title><item>"
                + "<title>Gate</title><link>http://x</link>"
                + "<description>&lt;p&gt;It &lt;b&gt;opens&lt;/b&gt;.&lt;/p&gt;</description></item>"
                + "</channel></rss>",
            ["h1: News", "h1: Gate", "p: It opens."]
        ),
        (
            "<?xml version=\"1.0\"?><tt xmlns=\"http://www.w3.org/ns/ttml\"><body><div>"
                + "<p begin=\"1s\">The boat<br/>leaves</p></div></body></tt>",
            ["p: The boat leaves"]
        ),
    ])
    func textsInXMLAreNoSourceCode(text: String, expected: [String]) throws {
        #expect(outline(try read(text, as: "a.xml")) == expected)
    }

    @Test func officeFilesThatAreOneXMLFile() throws {
        let workbook =
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
            + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Stock\">"
            + "<Table><Row><Cell><Data ss:Type=\"String\">item</Data></Cell><Cell>"
            + "<Data ss:Type=\"String\">count</Data></Cell></Row><Row><Cell ss:Index=\"2\">"
            + "<Data ss:Type=\"Number\">40</Data></Cell></Row></Table></Worksheet></Workbook>"
        #expect(outline(try read(workbook, as: "a.xls")) == ["h1: Stock", "record: count: 40"])
        let word =
            "<?xml version=\"1.0\"?><w:wordDocument "
            + "xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\"><w:body><w:p><w:r>"
            + "<w:t>The roof is dry.</w:t></w:r></w:p></w:body></w:wordDocument>"
        #expect(outline(try read(word, as: "a.xml")) == ["p: The roof is dry."])
    }
}
