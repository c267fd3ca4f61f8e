import Corpus
import FoundationEssentials
import NumberFormats
import Testing

@testable import Documents

@Suite struct PackedDocumentTests {
    private final class Collected: XMLHandler {
        var text = ""
        func start(_ name: String, _ attributes: XMLAttributes) { text += "<\(name)>" }
        func end(_ name: String) {}
        func characters(_ text: String) { self.text += text }
    }

    private func events(_ xml: String) throws -> String {
        let collected = Collected()
        try XMLEvents.parse(Array(xml.utf8), of: "test", into: collected)
        return collected.text
    }

    @Test func namesLoseTheirPrefix() throws {
        #expect(try events("<w:p a:b='1'>x &amp; <![CDATA[y]]></w:p>") == "<p>x & y")
    }

    @Test func entitiesAreNotExpanded() throws {
        var bomb = "<!DOCTYPE b [<!ENTITY a0 \"ja\">"
        for i in 1...30 { bomb += "<!ENTITY a\(i) \"&a\(i - 1);&a\(i - 1);\">" }
        bomb += "]><b>&a30;</b>"
        let found = try? events(bomb)
        #expect(found?.utf8.count ?? 0 < 100)
        let file = "<!DOCTYPE b [<!ENTITY f SYSTEM \"file:///etc/hostname\">]><b>&f;</b>"
        #expect((try? events(file)) ?? "<b>" == "<b>")
    }

    @Test func deepElementsAreRefused() {
        let deep = String(repeating: "<a>", count: 5000)
        #expect(throws: DocumentError.self) { try events(deep) }
    }

    @Test func anArchiveThatUnpacksToTooMuchIsStopped() throws {
        let options = ReadingOptions(maximumBytes: 3000)
        #expect(throws: DocumentError.self) {
            try DocumentReader(options: options).read(try fixture("acta.docx"), path: "acta.docx")
        }
        let archive = try ZipArchive(try fixture("acta.docx"), limit: 100)
        #expect(throws: DocumentError.self) { try archive.contents(of: "word/document.xml") }
        #expect(try archive.contents(of: "no/such/file") == nil)
    }

    @Test func archivesThatAreNoDocumentsSaySo() {
        // An archive with one empty file named "a".
        let archive: [UInt8] =
            [0x50, 0x4B, 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]
            + [UInt8](repeating: 0, count: 12) + [1, 0, 0, 0, 0x61]
            + [0x50, 0x4B, 1, 2, 20, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0]
            + [UInt8](repeating: 0, count: 12) + [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
            + [0, 0, 0, 0, 0x61]
            + [0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 31, 0, 0, 0, 0, 0]
        #expect(throws: DocumentError.binary("a zip archive")) {
            try DocumentReader().read(archive, path: "a.zip")
        }
    }

    @Test func textThatWasDecodedTwiceIsMended() throws {
        let rtf = "{\\rtf1\\ansi Ap\\'c3\\'a9ndice: la revisi\\'c3\\'b3n.\\par Caf\\'e9.}"
        let document = try DocumentReader().read(Array(rtf.utf8), path: "a.rtf")
        #expect(outline(document) == ["p: Apéndice: la revisión.", "p: Café."])
        #expect(
            document.repairs == [TextRepair(kind: .decodedTwice(as: "windows-1252"), count: 2)]
        )
    }

    @Test func pathsInArchivesAreResolved() {
        #expect(ZipArchive.resolve("../media/a.xml", in: "ppt/slides") == "ppt/media/a.xml")
        #expect(ZipArchive.resolve("/xl/a.xml", in: "xl") == "xl/a.xml")
        #expect(ZipArchive.resolve("./a b.xhtml", in: "") == "a b.xhtml")
        #expect(ZipArchive.resolve("../../../etc/passwd", in: "a") == "etc/passwd")
    }

    @Test func daysAreCountedAsTheCalendarDoes() {
        func written(_ day: Int) -> String {
            NumberFormat("yyyy\\-mm\\-dd")
                .shown(Double(day + 25_569), written: "", startsIn1904: false)
        }
        #expect(written(0) == "1970-01-01")
        #expect(written(19_783) == "2024-03-01")
        #expect(written(-1) == "1969-12-31")
        for day in stride(from: -25_000, to: 2_900_000, by: 1237) {
            let date = DocumentDate.parse(written(day))
            #expect(date?.timeIntervalSince1970 == Double(day) * 86_400)
        }
    }
}
