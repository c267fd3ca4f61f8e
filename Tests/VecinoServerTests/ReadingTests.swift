import Corpus
import Foundation
import Testing
import TextAnalysis

@testable import Operations
@testable import VecinoServer

/// Files and pages of documents.
@Suite struct ReadingTests {
    private static let page = """
        <doc>
          <page width="200.0" height="100.0">
          <word xMin="10" yMin="10" xMax="40" yMax="20">The</word>
          <word xMin="44" yMin="10" xMax="80" yMax="20">pump&amp;motor</word>
          <word xMin="84" yMin="10" xMax="120" yMax="20">uses</word>
          <word xMin="10" yMin="24" xMax="40" yMax="34">elec-</word>
          <word xMin="10" yMin="38" xMax="40" yMax="48">tricity.</word>
          <word xMin="44" yMin="38" xMax="60" yMax="48">Nothing</word>
        </page></doc>
        """

    private func boxes(of text: String) -> [PageWords.Box] {
        PageWords(Self.page, page: 3).marks(of: text).boxes
    }

    @Test func aQuotationIsMarkedLineByLine() {
        let marks = PageWords(Self.page, page: 3).marks(of: "the PUMP & motor uses")
        #expect(marks.width == 200 && marks.height == 100 && marks.page == 3)
        #expect(marks.boxes == [PageWords.Box(left: 10, top: 10, right: 120, bottom: 20)])
        #expect(boxes(of: "uses electricity.").map(\.top) == [10, 24, 38])
    }

    @Test func ofATextThatIsNotThereTheSentencesThatAre() {
        #expect(boxes(of: "Something else. The pump & motor uses electricity").count == 3)
        #expect(boxes(of: "quite another matter").isEmpty && boxes(of: "").isEmpty)
        #expect(PageWords("", page: 1).marks(of: "The pump").boxes.isEmpty)
        #expect(PageWords("<word xMin=\"a\">b", page: 1).marks(of: "b").boxes.isEmpty)
    }

    /// A PDF of one page with a line of text.
    private static func pdf(saying text: String) -> Data {
        let content = "BT /F1 24 Tf 20 100 Td (\(text)) Tj ET"
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 200] /Contents 4 0 R "
                + "/Resources << /Font << /F1 5 0 R >> >> >>",
            "<< /Length \(content.utf8.count) >>\nstream\n\(content)\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        ]
        var file = "%PDF-1.4\n"
        var places: [Int] = []
        for (index, object) in objects.enumerated() {
            places.append(file.utf8.count)
            file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
        }
        let start = file.utf8.count
        file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
        for place in places {
            let digits = String(place)
            file += String(repeating: "0", count: 10 - digits.count) + digits + " 00000 n \n"
        }
        file +=
            "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R >>\nstartxref\n\(start)\n%%EOF\n"
        return Data(file.utf8)
    }

    private static func document(_ path: String, in root: URL) -> Document {
        Document(
            id: 1,
            root: root.path(percentEncoded: false),
            path: path,
            format: "pdf",
            language: .english,
            title: "",
            date: nil,
            modified: 0,
            metadata: [:],
            repairs: []
        )
    }

    /// A page comes as a picture, its words with their places, and nothing is left in the folder.
    @Test func pagesAreShown() async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        try Self.pdf(saying: "The pump is red").write(to: root.appending(path: "-a b$(x).pdf"))
        try Data("%PDF-1.4 damaged".utf8).write(to: root.appending(path: "bad.pdf"))
        try Data("text".utf8).write(to: root.appending(path: "a.txt"))
        let printer = PagePrinter()
        let file = try OriginalFile(Self.document("-a b$(x).pdf", in: root))
        func pictures() throws -> Set<String> {
            let names = try FileManager.default.contentsOfDirectory(atPath: ".")
            return Set(names.filter { $0.hasSuffix(".png") })
        }
        let before = try pictures()
        for width in [100, 300, 300] {
            let picture = try await printer.picture(of: 1, in: file, width: width)
            #expect(picture.starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(picture.count > 20 && Int(picture[18]) << 8 | Int(picture[19]) == width)
        }
        #expect(try pictures() == before)
        let marks = try await printer.words(on: 1, of: file).marks(of: "pump is")
        #expect(marks.width == 400 && marks.boxes.count == 1)
        await #expect(throws: ServiceError.self) {
            try await printer.picture(of: 2, in: file, width: 300)
        }
        for name in ["bad.pdf", "a.txt"] {
            let other = try OriginalFile(Self.document(name, in: root))
            await #expect(throws: ServiceError.self) {
                try await printer.picture(of: 1, in: other, width: 300)
            }
        }
    }

    /// A document whose file has become a link out of its folder is not served.
    @Test func linksOutOfTheFolderAreNotFollowed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let root = folder.appending(path: "root")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appending(path: "secret.txt")
        try Data("secret".utf8).write(to: secret)
        try Data("mine".utf8).write(to: root.appending(path: "a.txt"))
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "link.txt"),
            withDestinationURL: secret
        )
        try FileManager.default.createSymbolicLink(
            at: root.appending(path: "inside.txt"),
            withDestinationURL: root.appending(path: "a.txt")
        )
        func document(_ path: String) -> Document { Self.document(path, in: root) }
        #expect(try OriginalFile(document("a.txt")).size == 4)
        #expect(try OriginalFile(document("inside.txt")).size == 4)
        for path in ["link.txt", "../secret.txt", "gone.txt", "."] {
            #expect(throws: ServiceError.self) { try OriginalFile(document(path)) }
        }
    }

    /// A file that is deleted, or has another in its place, is noticed.
    @Test func aLibraryThatIsReplacedIsNoticed() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        let path = file.path(percentEncoded: false)
        try Data("a".utf8).write(to: file)
        let served = ServedFile(path)
        try served.check()
        let aside = file.appendingPathExtension("old")
        try FileManager.default.moveItem(at: file, to: aside)
        defer { try? FileManager.default.removeItem(at: aside) }
        #expect(throws: ServiceError.self) { try served.check() }
        try Data("b".utf8).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(throws: ServiceError.self) { try served.check() }
        try ServedFile(path + ".nothing").check()
    }

    /// Whatever stands in a document or a query is text on the pages without a script.
    @Test(arguments: [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "&lt;b&gt;",
        "</title><svg onload=alert(1)>", "\u{202E}<b>",
    ])
    func nothingOnAPageIsMarkup(_ text: String) {
        let page = PlainPage(acceptLanguage: "es-MX,es;q=0.9")
        let html = page.search(text, nil, nonce: "n")
        #expect(page.isSpanish && !html.contains(text))
        #expect(html.contains(PlainPage.escaped(text)))
        for character in "<>\"'" { #expect(!PlainPage.escaped(text).contains(character)) }
    }

    @Test func addressesAreEscaped() {
        #expect(PlainPage.escapedAddress("año 1/a.pdf") == "a%C3%B1o%201%2Fa.pdf")
        #expect(PlainPage.escapedAddress("a\r\nb\"") == "a%0D%0Ab%22")
    }
}
