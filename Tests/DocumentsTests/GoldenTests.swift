import Corpus
import Foundation
import Testing
import TextAnalysis

@testable import Documents

/// What is read of whole files, compared with what a person has read in them.
@Suite struct GoldenTests {
    static let names = [
        "acta.docx", "acta.rtf", "changes.rst", "charla.odp", "compost.epub", "cuotas.ods",
        "curso.pptx", "diario.org", "gastos.xlsx", "guia.odt", "lathe.rtf", "list.mbox",
        "manual.epub", "memoria.tex", "minutes.odt", "note.tex", "oil.adoc", "oil.pptx", "plan.org",
        "reunion.eml", "rules.docx", "sierra.rst", "taller.adoc", "tools.xlsx", "memoria.pdf",
        "answer.eml", "garden.mbox", "minutes.pdf", "tools.xls", "semillas.xls", "rules.doc",
        "junta.doc", "cuento.fb2", "nasos.fb2", "noria.warc", "rio.warc.gz", "notas.tar",
        "papeles.tgz", "alta.pdf", "libro.mobi", "diario.prc",
    ]

    /// Formats read through programs that are not on every machine.
    static let optionalNames = ["noria.djvu", "bomba.djvu", "notas.7z", "riego.txt.xz"]

    /// Files that are text on the outside, whose passages `ReaderTests` follows back.
    static let otherNames = [
        "guide.md", "lathe.md", "page.html", "oil.html", "notebook.ipynb", "growth.ipynb",
        "code.swift", "beds.py", "notes.txt", "meeting.txt", "tools.csv", "parts.tsv",
        "members.jsonl", "beds.json", "talk.srt", "charla.vtt", "taller.7", "taller.7.gz", "oil.1",
    ]

    /// Files whose text is shown otherwise than it is written there.
    static let encodedNames = [
        "agenda.ics", "club.ics", "socios.vcf", "members.vcf", "riego.mhtml", "poda.mht",
    ]

    private func read(_ name: String) throws -> ParsedDocument {
        try DocumentReader().read(try fixture(name), path: name)
    }

    /// A line for what the document says of itself, then its blocks.
    private func text(_ document: ParsedDocument) -> String {
        let day = document.date.map { $0.formatted(.iso8601.year().month().day()) }
        let about = [
            "format: \(document.format)", "title: \(document.title ?? "-")",
            "language: \(document.language.rawValue)", "date: \(day ?? "-")",
            "author: \(document.metadata["author"]?.text ?? "-")",
        ]
        return (about + [""] + outline(document)).joined(separator: "\n") + "\n"
    }

    @Test(arguments: names + otherNames + encodedNames + optionalNames)
    func filesAreReadAsTheyWere(name: String) throws {
        var read: ParsedDocument?
        do {
            read = try self.read(name)
        } catch DocumentError.missingProgram(let program, _) where Self.optionalNames.contains(name)
        {
            try Test.cancel("\(program) is not installed")
        }
        let found = text(try #require(read))
        // To record what is read now, and look at the difference.
        if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
            let folder = URL(filePath: #filePath).deletingLastPathComponent()
            try Data(found.utf8).write(to: folder.appending(path: "Fixtures/Golden/\(name).txt"))
        }
        let golden = try fixture("Golden/\(name).txt")
        #expect(found == String(decoding: golden, as: UTF8.self))
    }

    /// What a passage of a format that is no text says stands in the text that was taken out of it,
    /// in the bytes, lines and pages that the passage names.
    @Test(arguments: names)
    func passagesLeadBackToTheirSource(name: String) throws {
        let document = try read(name)
        let chunks = Chunker(maximumTokens: 16, tokenCount: quarters).chunks(of: document)
        #expect(!chunks.isEmpty)
        let isMarkup = ["rst", "adoc", "tex", "org", "eml", "mbox"].contains {
            name.hasSuffix("." + $0)
        }
        for chunk in chunks {
            // Between blocks the source may have other line ends than a passage.
            func words(_ text: String) -> [Substring] {
                text.split { !$0.isLetter && !$0.isNumber }
            }
            #expect(document.source.pages(of: chunk.bytes) == chunk.pages)
            if isMarkup { continue }
            #expect(words(document.source.string(chunk.bytes)) == words(chunk.text))
            #expect(document.source.lines(of: chunk.bytes) == chunk.lines)
        }
    }

    /// The plain words of a passage stand in the lines that it names.
    @Test(
        arguments: names.filter { [".rst", "adoc", ".tex", ".org"].contains($0.suffix(4)) }
            + otherNames.filter { !$0.hasSuffix(".gz") }
    )
    func passagesOfMarkupLeadBackToTheirLines(name: String) throws {
        let file = String(decoding: try fixture(name), as: UTF8.self)
        let lines = file.split(omittingEmptySubsequences: false) { $0.isNewline }
        for chunk in Chunker(maximumTokens: 16, tokenCount: quarters).chunks(of: try read(name)) {
            let stretch = lines[(chunk.lines.lowerBound - 1)..<chunk.lines.upperBound]
                .joined(separator: "\n")
            let words = chunk.text.split(separator: " ").filter { word in
                word.utf8.count > 3 && word.utf8.allSatisfy { (0x61...0x7A).contains($0) }
            }
            for word in words { #expect(stretch.contains(word), "\(word) in \(chunk.lines)") }
        }
    }

    @Test func encodedPartsOfMessagesLeadBackToTheirLines() throws {
        func lines(_ name: String, of text: String) throws -> ClosedRange<Int>? {
            let block = try #require(try read(name).blocks.first { $0.text.hasPrefix(text) })
            let source = block.anchors.source(of: 0..<block.text.utf8.count)
            return try read(name).source.lines(of: source)
        }
        #expect(try lines("reunion.eml", of: "La reunión es") == 16...17)
        #expect(try lines("reunion.eml", of: "Traed") == 19...19)
        #expect(try lines("list.mbox", of: "The lathe") == 8...8)
        #expect(try lines("list.mbox", of: "Done.") == 16...16)
    }

    /// Whatever is broken in a file: a document or an error.
    @Test(
        arguments: (names + otherNames + encodedNames).filter {
            !$0.hasSuffix(".pdf") && !$0.hasSuffix(".doc")
        }
    )
    func damagedFilesLoseThemselvesOnly(name: String) throws {
        var random = SplitMix64(seed: 3)
        let whole = try fixture(name)
        for round in 0..<60 {
            var bytes = whole
            if round % 3 == 0 { bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random)) }
            for _ in 0..<Int.random(in: 1...8, using: &random) where bytes.count > 8 {
                bytes[Int.random(in: 4..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            _ = try? DocumentReader().read(bytes, path: name)
        }
    }
}
