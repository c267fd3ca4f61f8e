import Answering
import Corpus
import Foundation
import Synchronization
import Testing
import TextAnalysis

@testable import Operations
@testable import VecinoServer

@Suite struct MCPSessionTests {
    @Test func anAnswerNamesItsSourcesWithTheirQuotations() {
        func source(_ id: PassageID, _ path: String, pages: ClosedRange<Int>? = nil)
            -> SourcePassage
        {
            SourcePassage(
                id: id,
                text: "",
                path: path,
                headingPath: ["Roof", "Panels"],
                lines: 3...9,
                pages: pages,
                language: .english
            )
        }
        func citation(_ id: PassageID, _ text: String) -> Citation {
            Citation(passageID: id, quotation: text, range: 0..<text.utf8.count)
        }
        let answer = Answer(
            question: "When?",
            outcome: .answered,
            claims: [
                Claim(
                    text: "In March.",
                    citations: [citation(7, "in March"), citation(8, "March")],
                    standing: .follows
                )
            ],
            sources: [Source(source(7, "a.md")), Source(source(8, "b.pdf", pages: 2...3))],
            model: "extractive",
            language: "en"
        )
        #expect(
            ReplyText.answer(answer) == """
                In March. [1] [2] (follows from the quotation)

                Checked quotations:
                [1] a.md:3-9 (passage 7) Roof > Panels
                   “in March”
                [2] b.pdf:3-9 (pp. 2-3) (passage 8) Roof > Panels
                   “March”
                """
        )
    }

    private func makeSession() async throws -> MCPSession {
        MCPSession(try await SampleLibrary.served())
    }

    /// Figures differ from run to run, and in their last digits from one processor to another.
    private static func withoutFigures(_ line: String) -> String {
        line.replacing(/"timings":\{[^}]*\}/, with: #""timings":{}"#)
            .replacing(/"milliseconds":[0-9.e+-]+/, with: #""milliseconds":0"#)
            .replacing(/-?[0-9]+\.[0-9]{4,}(e[+-]?[0-9]+)?/, with: "0.5")
    }

    /// The transcript in `Fixtures` is what clients rely on: read each changed line before you
    /// accept it.
    ///
    /// With `VECINO_WRITE_TRANSCRIPT` naming a file, the conversation as it is now is written there.
    @Test func aWholeConversation() async throws {
        let folder = try #require(Bundle.module.resourceURL)
        let file = folder.appending(path: "Fixtures/mcp.transcript")
        let transcript = try String(contentsOf: file, encoding: .utf8)
        let session = try await makeSession()
        var requests = 0
        var actual = ""
        for line in transcript.split(separator: "\n", omittingEmptySubsequences: false)
        where !line.hasPrefix("< ") {
            actual += line + "\n"
            guard line.hasPrefix("> ") else { continue }
            requests += 1
            if let reply = await session.handle(String(line.dropFirst(2))) {
                #expect(!reply.contains("\n"))
                actual += "< \(Self.withoutFigures(reply))\n"
            }
        }
        if actual.hasSuffix("\n\n") { actual.removeLast() }
        if let path = ProcessInfo.processInfo.environment["VECINO_WRITE_TRANSCRIPT"] {
            try Data(actual.utf8).write(to: URL(filePath: path))
        }
        #expect(requests == 37)
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
        let session = try await makeSession()
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
            let value = try ServedJSON.decode(reply)
            #expect(value["jsonrpc"] == "2.0" && !reply.contains("\n"))
            #expect((value["result"] == nil) != (value["error"] == nil))
        }
    }

    @Test(arguments: ["", "   ", "\t"]) func blankLinesHaveNoReply(line: String) async throws {
        let session = try await makeSession()
        #expect(await session.handle(line) == nil)
    }

    /// A request that is stopped has no reply, and another one is not held up by it.
    @Test(.timeLimit(.minutes(10))) func cancellingARequest() async throws {
        let session = try await makeSession()
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

    @Test func theLoopAnswersEverythingBeforeItEnds() async throws {
        let session = try await makeSession()
        let replies = Mutex<Set<String>>([])
        let lines = AsyncStream<String> { continuation in
            for id in 0..<50 {
                continuation.yield(#"{"jsonrpc":"2.0","id":\#(id),"method":"ping"}"#)
            }
            continuation.finish()
        }
        try await MCPStdio.run(session, lines: lines) { line in
            replies.withLock { _ = $0.insert(line) }
        }
        #expect(
            replies.withLock { $0 }
                == Set((0..<50).map { #"{"id":\#($0),"jsonrpc":"2.0","result":{}}"# })
        )
    }
}
