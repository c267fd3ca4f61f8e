import Foundation
import Synchronization
import Testing

@testable import Operations
@testable import VecinoServer

/// The revision without a handshake, and what notifications tell.
@Suite struct MCPRevisionTests {
    private static let meta: JSONValue = [
        MCPRevision.Meta.version: .string(MCPRevision.stateless),
        MCPRevision.Meta.capabilities: [:],
    ]

    private func ask(
        _ method: String,
        _ params: [String: JSONValue] = [:],
        meta: JSONValue = meta,
        notify: @escaping MCPSession.Notify = { _ in }
    ) async throws -> JSONValue {
        let message: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": .string(method),
            "params": .object(params.merging(["_meta": meta]) { $1 }),
        ]
        let line = String(decoding: try ServedJSON.encode(message), as: UTF8.self)
        let session = MCPSession(try await SampleLibrary.served())
        return try ServedJSON.decode(try #require(await session.handle(line, notify: notify)))
    }

    @Test func everyResultSaysThatItIsComplete() async throws {
        for (method, params) in [
            ("server/discover", [:]), ("tools/list", [:]), ("resources/list", [:]),
            ("resources/templates/list", [:]), ("prompts/list", [:]),
            ("tools/call", ["name": "status"]), ("resources/read", ["uri": "vecino://passage/5"]),
            ("prompts/get", ["name": "answer", "arguments": ["question": "?"]]),
        ] as [(String, [String: JSONValue])] {
            let result = try #require(try await ask(method, params)["result"], "\(method)")
            #expect(result["resultType"] == "complete", "\(method)")
            #expect(result["_meta"]?[MCPRevision.Meta.serverInfo]?["name"] == "vecino")
            let isListed = method != "tools/call" && method != "prompts/get"
            #expect((result["cacheScope"] == "private") == isListed, "\(method)")
        }
        let discovered = try await ask("server/discover")["result"]
        #expect(discovered?["supportedVersions"]?.elements?.first == "2026-07-28")
    }

    @Test func whatTheRevisionDoesNotHave() async throws {
        for method in ["initialize", "ping", "logging/setLevel", "nothing"] {
            #expect(try await ask(method)["error"]?["code"] == -32_601)
        }
        let old: JSONValue = [MCPRevision.Meta.version: "1900-01-01"]
        let refused = try await ask("tools/list", meta: old)["error"]
        #expect(refused?["code"] == -32_022 && refused?["data"]?["requested"] == "1900-01-01")
        let bare: JSONValue = [MCPRevision.Meta.version: .string(MCPRevision.stateless)]
        #expect(try await ask("tools/list", meta: bare)["error"]?["code"] == -32_602)
    }

    @Test func resourcesAreDocumentsLinesAndPassages() async throws {
        func text(_ uri: String) async throws -> String? {
            try await ask("resources/read", ["uri": .string(uri)])["result"]?["contents"]?
                .elements?.first?["text"]?.string
        }
        #expect(try await text("vecino://document/4")?.contains("Los excedentes") == true)
        #expect(try await text("vecino://document/4/lines/1")?.contains("Los excedentes") == false)
        #expect(try await text("vecino://passage/6")?.contains("Los excedentes") == true)
        for uri in [
            "vecino://document/99", "vecino://passage/x", "vecino://", "file:///etc/passwd", "",
            "vecino://document/4/lines/0", "vecino://document/4/pages/1",
        ] {
            let reply = try await ask("resources/read", ["uri": .string(uri)])
            #expect(reply["error"]?["code"] == -32_602, "\(uri)")
        }
    }

    /// Each document is listed once, in pages that a cursor joins.
    @Test func resultsAreBoundedByCursors() async throws {
        var found: [JSONValue] = []
        var arguments: [String: JSONValue] = ["limit": 1]
        for _ in 0..<3 {
            let reply = try await ask(
                "tools/call",
                ["name": "list", "arguments": .object(arguments)]
            )
            let value = try #require(reply["result"]?["structuredContent"])
            found += value["documents"]?.elements ?? []
            arguments["cursor"] = value["nextCursor"]
        }
        #expect(Set(found).count == 3 && arguments["cursor"] == nil)
    }

    @Test func progressIsToldToWhoAskedForIt() async throws {
        let lines = Mutex<[String]>([])
        let notify: MCPSession.Notify = { line in lines.withLock { $0.append(line) } }
        let call: [String: JSONValue] = [
            "name": "ask", "arguments": ["question": "Who won the cup?"],
        ]
        _ = try await ask("tools/call", call, notify: notify)
        #expect(lines.withLock(\.self).isEmpty)
        let meta = Self.meta.adding(["progressToken": "t"])
        _ = try await ask("tools/call", call, meta: meta, notify: notify)
        let told = try lines.withLock(\.self).map { try ServedJSON.decode($0) }
        #expect(told.count == 1 && told[0]["method"] == "notifications/progress")
        #expect(told[0]["params"]?["progressToken"] == "t")
    }

    /// A client that has gone is an error, though requests wait and lines could come.
    @Test(.timeLimit(.minutes(10))) func anOutputThatIsGoneEndsTheLoop() async throws {
        struct Gone: Error {}
        let session = MCPSession(try await SampleLibrary.served())
        let (lines, feed) = AsyncStream<String>.makeStream()
        feed.yield(
            #"{"jsonrpc":"2.0","id":"f","method":"tools/call","params":{"name":"search","#
                + #""arguments":{"query":"forever"}}}"#
        )
        feed.yield(#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#)
        await #expect(throws: Gone.self) {
            try await MCPStdio.run(session, lines: lines) { _ in throw Gone() }
        }
    }
}
