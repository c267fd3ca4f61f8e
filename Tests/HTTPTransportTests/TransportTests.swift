import HTTPTransport
import ScriptedServer
import Synchronization
import Testing

@Suite struct TransportTests {
    /// Notes the waits instead of waiting.
    private final class Waits: Sendable {
        private let noted = Mutex<[Duration]>([])
        var durations: [Duration] { noted.withLock { $0 } }
        func wait(_ duration: Duration) { noted.withLock { $0.append(duration) } }
    }

    private let waits = Waits()

    private func transport(_ change: (inout Transport.Policy) -> Void = { _ in }) -> Transport {
        var policy = Transport.Policy()
        policy.connectMilliseconds = 60_000
        policy.idleMilliseconds = 60_000
        change(&policy)
        return Transport(policy: policy, isFinal: { $1.contains("for good") }) { [waits] in
            waits.wait($0)
        }
    }

    private func request(_ server: ScriptedServer, key: String? = nil) -> Transport.Request {
        Transport.Request(
            address: server.address + "/v1/x",
            key: Secret(key).map { ("Authorization", "Bearer ", $0) },
            body: Array("{}".utf8)
        )
    }

    private func failure(
        _ body: () async throws -> Void
    ) async -> TransportError? {
        do {
            try await body()
            return nil
        } catch { return error as? TransportError }
    }

    @Test func sendsJSONWithTheKeyAndReturnsTheBody() async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", "fine")])
        let body = try await transport().send(request(server, key: " sk-123\n"))
        #expect(String(decoding: body, as: UTF8.self) == "fine")
        let sent = try #require(server.requests.first).lowercased()
        #expect(sent.hasPrefix("post /v1/x http/1.1\r\n"))
        #expect(sent.contains("authorization: bearer sk-123\r\n"))
        #expect(sent.contains("content-type: application/json\r\n"))
        #expect(sent.hasSuffix("\r\n\r\n{}"))
        try await server.stop()
    }

    @Test func waitsAsLongAsTheServerSays() async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply("429 Too Many Requests", headers: "Retry-After: 7\r\n", "slow"),
            ScriptedServer.reply("503 Service Unavailable", ""),
            ScriptedServer.reply("200 OK", "fine"),
        ])
        let body = try await transport().send(request(server))
        #expect(String(decoding: body, as: UTF8.self) == "fine")
        #expect(server.requests.count == 3)
        try #require(waits.durations.count == 2)
        #expect(waits.durations[0] >= .seconds(7) && waits.durations[0] < .seconds(8))
        #expect(waits.durations[1] >= .seconds(1) && waits.durations[1] < .seconds(2))
        try await server.stop()
    }

    @Test(arguments: [
        ("429 Too Many Requests", "Retry-After: 3600\r\n", "later", 1),
        ("429 Too Many Requests", "", "used up for good", 1),
        ("400 Bad Request", "", "what", 1),
        ("401 Unauthorized", "", "who", 1),
        ("500 Internal Server Error", "", "oops", 4),
    ])
    func givesUp(status: String, headers: String, body: String, requests: Int) async throws {
        let server = try await ScriptedServer([
            ScriptedServer.reply(status, headers: headers, body)
        ])
        let error = await failure { _ = try await transport().send(request(server)) }
        guard case .status(let code, let text, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(status.hasPrefix("\(code)"))
        #expect(text == body)
        #expect(server.requests.count == requests)
        try await server.stop()
    }

    @Test func neverFollowsARedirect() async throws {
        let other = try await ScriptedServer([ScriptedServer.reply("200 OK", "stolen")])
        let server = try await ScriptedServer([
            ScriptedServer.reply(
                "307 Temporary Redirect",
                headers: "Location: \(other.address)/?key=x\r\n",
                ""
            )
        ])
        let error = await failure {
            _ = try await transport().send(request(server, key: "sk-123"))
        }
        #expect(error == .redirected(address: server.address, to: other.address + "/"))
        #expect(other.requests.isEmpty)
        try await server.stop()
        try await other.stop()
    }

    @Test func saysThatNothingListens() async throws {
        let server = try await ScriptedServer([[]])
        try await server.stop()
        let error = await failure { _ = try await transport().send(request(server)) }
        #expect(error == .refused(address: server.address))
        #expect(waits.durations.isEmpty)
    }

    @Test func givesUpOnAServerThatSaysNothing() async throws {
        let server = try await ScriptedServer([[.pause(60_000)]])
        let error = await failure {
            _ = try await transport { $0.idleMilliseconds = 200 }.send(request(server))
        }
        #expect(error == .timedOut(address: server.address))
        try await server.stop()
    }

    @Test func stopsReadingABodyWithoutEnd() async throws {
        let server = try await ScriptedServer([
            [
                .text("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"),
                .sendForever([UInt8](repeating: 0x20, count: 65_536)),
            ]
        ])
        let error = await failure {
            _ = try await transport { $0.replyLimit = 1 << 20 }.send(request(server))
        }
        #expect(error == .tooLarge(address: server.address, limit: 1 << 20))
        try await server.stop()
    }

    @Test func reportsABodyThatIsCutShort() async throws {
        let server = try await ScriptedServer([
            [.text("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")]
        ])
        let error = await failure { _ = try await transport().send(request(server)) }
        #expect(error == .interrupted(address: server.address))
        #expect(server.requests.count == 4)
        try await server.stop()
    }

    @Test func streamsEventsByteByByte() async throws {
        let stream = "data: uno\n\n: comment\n\ndata: dos ñ\r\n\r\ndata: tres\ndata: cuatro\n\n"
        let bytes = Array(stream.utf8)
        let server = try await ScriptedServer([
            [ScriptedServer.streamHead()] + bytes.map { .send([$0]) }
        ])
        var events: [String] = []
        try await transport().messages(request(server)) {
            events.append($0)
            return true
        }
        #expect(events == ["uno", "dos ñ", "tres\ncuatro"])
        try await server.stop()
    }

    @Test func reportsAStreamThatIsCut() async throws {
        let server = try await ScriptedServer([
            [ScriptedServer.streamHead(chunked: true), .text("b\r\ndata: uno\n\n\r\n")]
        ])
        var events: [String] = []
        let error = await failure {
            try await transport().messages(request(server)) {
                events.append($0)
                return true
            }
        }
        #expect(events == ["uno"])
        #expect(error == .interrupted(address: server.address))
        // What was begun is not begun again.
        #expect(server.requests.count == 1)
        try await server.stop()
    }

    @Test func refusesAStreamThatIsNotUTF8() async throws {
        let server = try await ScriptedServer([
            [ScriptedServer.streamHead(), .send(Array("data: ".utf8) + [0xC3, 0x28, 10, 10])]
        ])
        let error = await failure { try await transport().messages(request(server)) { _ in true } }
        #expect(error == .malformed("not UTF-8"))
        try await server.stop()
    }

    @Test func cancellationEndsAWait() async throws {
        let server = try await ScriptedServer([[.pause(60_000)]])
        let task = Task { [self] in try await transport().send(request(server)) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await server.stop()
    }

    @Test(arguments: [
        "", "x", "ftp://127.0.0.1/", "http://", "127.0.0.1:8080/v1", "file:///etc/passwd",
    ])
    func refusesWhatIsNoAddress(address: String) async {
        let error = await failure {
            _ = try await transport().send(Transport.Request(address: address, body: []))
        }
        guard case .badAddress = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func neverSendsAKeyUnencryptedIntoTheWorld() async throws {
        let secret = try #require(Secret("sk-123"))
        let error = await failure {
            _ = try await transport().send(
                Transport.Request(
                    address: "http://example.com/v1",
                    key: ("Authorization", "Bearer ", secret),
                    body: []
                )
            )
        }
        #expect(error == .unencryptedKey(address: "http://example.com"))
    }
}
