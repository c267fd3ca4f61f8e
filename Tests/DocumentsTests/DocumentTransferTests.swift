import Corpus
import Foundation
import Testing

@testable import Documents

/// Documents on their way from the process that reads them.
@Suite struct DocumentTransferTests {
    @Test(arguments: GoldenTests.names + GoldenTests.otherNames)
    func documentsArriveAsTheyWere(name: String) throws {
        let sent = try DocumentReader().read(try fixture(name), path: name)
        let bytes = DocumentTransfer.encode(.success(sent))
        let arrived = try DocumentTransfer.reply(bytes).get()
        #expect(arrived.title == sent.title && arrived.language == sent.language)
        #expect(arrived.date == sent.date && arrived.metadata == sent.metadata)
        #expect(arrived.format == sent.format && arrived.repairs == sent.repairs)
        #expect(arrived.blocks == sent.blocks)
        #expect(arrived.source.utf8 == sent.source.utf8)
        #expect(arrived.source.encoding == sent.source.encoding)
        #expect(arrived.source.pageStarts == sent.source.pageStarts)
        let chunker = Chunker(maximumTokens: 16, tokenCount: quarters)
        #expect(chunker.chunks(of: arrived) == chunker.chunks(of: sent))
    }

    @Test func theWayBackToTheFilesBytesArrives() throws {
        let bytes = Array(
            "Uno y dos.\r\nTres\u{7} y más, y así hasta el final de la línea.\r\nFin.".utf8
        )
        let sent = try DocumentReader().read(bytes, path: "a.txt")
        let arrived = try DocumentTransfer.reply(DocumentTransfer.encode(.success(sent))).get()
        let whole = 0..<sent.source.utf8.count
        #expect(arrived.source.originalBytes(of: whole) == sent.source.originalBytes(of: whole))
        #expect(arrived.source.originalBytes(of: whole) == 0..<bytes.count)
    }

    /// Blocks whose ends are cut off, numbers that JSON does not have: each format that keeps white space.
    @Test(arguments: [
        ("a.html", "<p>Run this:<pre>x = 1\n\n\n</pre><p>Then restart."),
        ("b.html", "<pre>\n\n  x = 1 &amp; y\n\n \t\n</pre>"),
        ("c.html", "<textarea>no</textarea><listing>a\n\n</listing>b"),
        ("a.json", "[{\"q\": \"When?\", \"a\": \"On Friday.\\n\\n\\n\"}]"),
        ("a.jsonl", "{\"a\": \"On Friday.\\u00a0\\n\\n\\t\"}\n{\"a\": \"\\n\\nx\\n\"}\n"),
        (
            "a.ipynb",
            "{\"cells\": [{\"cell_type\": \"code\", \"source\": [\"a = 1\\n\", \"\\n\", \"\\n\"], "
                + "\"outputs\": [{\"text\": \"1\\n\\n\\n\"}]}]}"
        ),
        ("a.tex", "\\begin{document}\\begin{verbatim}\nx\n\n\n\\end{verbatim} y\\end{document}"),
        ("a.md", "+++\nweight = nan\nlimit = inf\nlist = [-inf]\n+++\nText.\n"),
        ("a.csv", "name,text\nAna,\"yes\n\n\n\"\n"),
        ("a.7", ".TH A 7\n.SH X\n.nf\ncode\n\n\n.fi\ntext\n"),
        ("a.rst", "Title\n=====\n\nText::\n\n    code\n\n\n\n"),
        ("a.eml", "Subject: x\nFrom: a\nContent-Transfer-Encoding: base64\n\nSGkKCgoKCg==\n"),
    ])
    func whatEndsInWhiteSpaceArrives(name: String, text: String) throws {
        let sent = try DocumentReader().read(Array(text.utf8), path: name)
        let arrived = try DocumentTransfer.reply(DocumentTransfer.encode(.success(sent))).get()
        #expect(arrived.blocks == sent.blocks && arrived.metadata == sent.metadata)
        for block in sent.blocks {
            #expect(block.anchors.list.allSatisfy { $0.text <= block.text.utf8.count })
        }
    }

    /// One definition serves both ends: what it makes sound passes, what it does not is refused.
    @Test func onlySoundDocumentsPass() throws {
        var document = try DocumentReader().read(Array("Hola.".utf8), path: "a.txt")
        document.blocks[0].anchors = Anchors(
            list: [.init(text: 0, source: 2), .init(text: 99, source: 1)],
            end: 7_000
        )
        document.blocks[0].kind = .heading(level: -3)
        document.metadata["size"] = .list([.number(.nan)])
        #expect(!document.isSound && document.madeSound.isSound)
        #expect(document.madeSound.blocks[0].text == "Hola.")
        document.metadata = [:]
        let reply = DocumentTransfer.encode(.success(document))
        #expect(throws: DocumentTransfer.Broken.self) { try DocumentTransfer.reply(reply) }
        let mended = DocumentTransfer.encode(.success(document.madeSound))
        #expect(try DocumentTransfer.reply(mended).get().blocks[0].kind == .heading(level: 1))
    }

    @Test func endsOfReadersAreToldApart() {
        func failure(_ status: Int32, memory: Int = 0) -> DocumentError {
            ReaderProcess.failure(ChildProcess.End(status: status, peakMemory: memory))
        }
        #expect(failure(0).code == .notUnderstood && failure(1).code == .notUnderstood)
        #expect(failure(-11) == .crashed(signal: 11))
        #expect(failure(-4, memory: 5 << 30).code == .tooMuchMemory)
        #expect(failure(-9).code == .tooMuchMemory)
        #expect(failure(-24).code == .tooSlow)
        // Nothing is said of the file that may be the program's fault.
        for error in [failure(0), failure(-11)] { #expect(!error.description.contains("harm")) }
    }

    @Test func requestsArriveAsTheyWere() throws {
        let options = ReadingOptions(
            maximumBytes: 5,
            readsPictures: true,
            fields: RecordFields(text: ["a", "b.c"], id: "d")
        )
        let request = DocumentTransfer.Request(path: "ñ/x.csv", options: options, bytes: [0, 255])
        let arrived = try DocumentTransfer.request(DocumentTransfer.encode(request))
        #expect(arrived.path == request.path && arrived.options == options)
        #expect(arrived.bytes == request.bytes)
    }

    @Test(arguments: [
        DocumentError.empty, .binary("a PNG image"), .malformed(format: "PDF", reason: "x"),
        .missingProgram("pdfinfo", package: "poppler-utils"), .tooLarge(bytes: 9, limit: 8),
        .onlyPictures(pages: 3), .crashed(signal: 11), .notUnderstood,
        .tooMuchMemory(limit: 6 << 30),
    ])
    func errorsArriveAsTheyWere(error: DocumentError) throws {
        let reply = try DocumentTransfer.reply(DocumentTransfer.encode(.failure(error)))
        #expect(throws: error) { try reply.get() }
    }

    /// The other end may have been taken over: whatever it sends is a document or an error.
    @Test func damagedRepliesAreNoDocuments() throws {
        let sent = try DocumentReader().read(try fixture("guide.md"), path: "guide.md")
        let whole = DocumentTransfer.encode(.success(sent))
        for length in stride(from: 0, to: whole.count, by: 7) {
            #expect(throws: (any Error).self) {
                try DocumentTransfer.reply(Array(whole[..<length]))
            }
        }
        var random = SplitMix64(seed: 5)
        for _ in 0..<3_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                    1 << UInt8.random(in: 0..<8, using: &random)
            }
            guard let document = try? DocumentTransfer.reply(bytes).get() else { continue }
            for chunk in Chunker(maximumTokens: 9, tokenCount: quarters).chunks(of: document) {
                #expect(chunk.bytes.lowerBound >= 0)
            }
        }
    }
}
