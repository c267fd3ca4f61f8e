import Foundation
import Synchronization
import Testing

@testable import VecinoServer

@Suite struct MCPSessionTests {
    /// A reader of a PDF sees pages; the lines are those of the text that was taken out of it.
    @Test func placesAreNamedAsAReaderFindsThem() {
        func place(_ first: Int?, _ last: Int?) -> Place {
            Place(passage: 1, path: "a.pdf", lines: 3...9, firstPage: first, lastPage: last)
        }
        #expect(place(nil, nil).reference == "a.pdf:3-9")
        #expect(place(2, 2).reference == "a.pdf, p. 2")
        #expect(place(2, nil).reference == "a.pdf, p. 2")
        #expect(place(2, 4).reference == "a.pdf, pp. 2-4")
    }

    @Test func whatSaysNearlyTheSameIsNamedOnce() {
        let hit = SearchHit(
            place: Place(passage: 1, path: "a.md", lines: 3...3),
            score: 1,
            snippet: [SnippetPiece("Uno.")],
            duplicates: [7, 8]
        )
        let text = MCPText.search(SearchReply(hits: [hit], mode: .hybrid, milliseconds: 1))
        #expect(
            text.contains(
                "a.md:3 (passage 1)\n   Uno.\n   (Nearly the same, 2 more: passages 7, 8)"
            )
        )
    }

    private let session = MCPSession(service: SampleLibrary(), version: "1.2.3")

    /// The transcript in `Fixtures` is what clients rely on: read each changed line before you
    /// accept it.
    @Test func aWholeConversation() async throws {
        let folder = try #require(Bundle.module.resourceURL)
        let file = folder.appending(path: "Fixtures/mcp.transcript")
        let transcript = try String(contentsOf: file, encoding: .utf8)
        var requests = 0
        var actual = ""
        for line in transcript.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.hasPrefix("< ") {
            actual += line + "\n"
            guard line.hasPrefix("> ") else { continue }
            requests += 1
            if let reply = await session.handle(String(line.dropFirst(2))) {
                #expect(!reply.contains("\n"))
                actual += "< \(reply)\n"
            }
        }
        if actual.hasSuffix("\n\n") { actual.removeLast() }
        #expect(requests == 33)
        let ours = actual.split(separator: "\n", omittingEmptySubsequences: false)
        let theirs = transcript.split(separator: "\n", omittingEmptySubsequences: false)
        if let line = zip(ours, theirs).enumerated().first(where: { $0.element.0 != $0.element.1 })
        {
            Issue.record("line \(line.offset + 1) is now:\n\(line.element.0)")
        }
        #expect(ours.count == theirs.count)
    }

    /// Whatever comes, the session lives on, and what it says is one line of JSON.
    @Test func damagedLinesNeverTrap() async throws {
        let call =
            #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"search","#
            + #""arguments":{"query":"placas","limit":2}}}"#
        let bytes = Array(call.utf8)
        var lines = bytes.indices.map { String(decoding: bytes[..<$0], as: UTF8.self) }
        for place in bytes.indices {
            for byte in [UInt8(ascii: "\""), UInt8(ascii: "9"), 0, 0xFF] {
                var damaged = bytes
                damaged[place] = byte
                lines.append(String(decoding: damaged, as: UTF8.self))
            }
        }
        lines.append(String(repeating: "[", count: 100_000))
        lines.append(String(repeating: #"{"a":"#, count: 100_000))
        lines.append(#"{"jsonrpc":"2.0","id":123456789012345678901234567890,"method":"ping"}"#)
        lines.append(#"{"jsonrpc":"2.0","id":1,"method":"ping","params":1e400}"#)
        for line in lines {
            guard let reply = await session.handle(line) else { continue }
            let value = try JSON.decode(reply)
            #expect(value["jsonrpc"] == "2.0" && !reply.contains("\n"))
            #expect((value["result"] == nil) != (value["error"] == nil))
        }
    }

    @Test(arguments: ["", "   ", "\t"]) func blankLinesHaveNoReply(line: String) async {
        #expect(await session.handle(line) == nil)
    }

    /// A request that is stopped has no reply, and another one is not held up by it.
    @Test(.timeLimit(.minutes(1))) func cancellingARequest() async {
        let forever = Task {
            await session.handle(
                #"{"jsonrpc":"2.0","id":"f","method":"tools/call","params":{"name":"search","#
                    + #""arguments":{"query":"forever"}}}"#
            )
        }
        #expect(
            await session.handle(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
                == #"{"id":1,"jsonrpc":"2.0","result":{}}"#
        )
        let cancel =
            #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"f"}}"#
        // The request may not have begun yet: cancel until it ends.
        let canceller = Task {
            while !Task.isCancelled {
                _ = await session.handle(cancel)
                await Task.yield()
            }
        }
        #expect(await forever.value == nil)
        canceller.cancel()
    }

    @Test func theLoopAnswersEverythingBeforeItEnds() async {
        let replies = Mutex<Set<String>>([])
        let lines = AsyncStream<String> { continuation in
            for id in 0..<50 {
                continuation.yield(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
            }
            continuation.finish()
        }
        await MCPStdio.run(session, lines: lines) { line in
            replies.withLock { _ = $0.insert(line) }
        }
        #expect(
            replies.withLock { $0 }
                == Set((0..<50).map { #"{"id":\#($0),"jsonrpc":"2.0","result":{}}"# })
        )
    }
}
