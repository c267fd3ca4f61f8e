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
        .onlyPictures(pages: 3), .crashed(signal: 11),
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
