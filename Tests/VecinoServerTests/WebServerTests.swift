#if Server
import Corpus
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Testing
import Vecino

@testable import Operations
@testable import VecinoServer

@Suite struct WebServerTests {
    /// The server's application, as `run` makes it but for signals and the port.
    private static func application() async throws -> some ApplicationProtocol {
        Application(
            responder: WebServer.router(try await SampleLibrary.served()).buildResponder(),
            logger: silent
        )
    }

    /// A request, and what the reply to it is made of.
    private static func get(
        _ uri: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:]
    ) async throws -> (status: Int, headers: HTTPFields, body: String) {
        try await application().test(.router) { client in
            try await client.execute(uri: uri, method: method, headers: headers) {
                ($0.status.code, $0.headers, String(buffer: $0.body))
            }
        }
    }

    private static func value(_ uri: String) async throws -> JSONValue {
        let reply = try await get(uri)
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "application/json; charset=utf-8")
        return try ServedJSON.decode(reply.body)
    }

    private static func paths(_ value: JSONValue) -> [String] {
        guard case .array(let hits)? = value["hits"] ?? value["documents"] else { return [] }
        return hits.compactMap { $0["path"]?.string }
    }

    @Test func searching() async throws {
        let found = try await Self.value("/api/search?q=las+placas&n=2&mode=keyword&path=*.md")
        #expect(Self.paths(found) == Array(repeating: "/docs/manual/tejado-solar.md", count: 2))
        #expect(found["mode"] == "keyword" && found["exact"] == true)
        let nothing = try await Self.value("/api/search?q=zeppelin&mode=keyword")
        #expect(nothing["hits"] == [] && nothing["messages"] == [])
    }

    /// What the command line says of a search is said by the servers too.
    @Test func notesReachWhoAsked() async throws {
        let found = try await Self.value("/api/search?q=excedentez&mode=keyword")
        #expect(Self.paths(found).count == 1)
        guard case .array(let messages)? = found["messages"] else {
            Issue.record("no messages")
            return
        }
        #expect(messages.count == 1 && messages[0].string?.contains("excedentez") == true)
        let phrase = try await Self.value("/api/search?q=%22placas+dos%22&mode=keyword")
        #expect(phrase["notes"] != [])
    }

    @Test(arguments: [
        ("where=author%3Dana", 2), ("where=author%3Dana&where=language%3Den", 0),
        // The minutes have no date but their file's, which is of 1970.
        ("since=2021", 2), ("until=2020", 1), ("path=*.txt", 1), ("path=", 3),
        ("per_document=1", 2), ("n=1", 1), ("limit=2", 2),
    ])
    func everyFilterOfTheProgramIsThere(_ parameters: String, _ count: Int) async throws {
        let found = try await Self.value("/api/search?q=placas&mode=keyword&" + parameters)
        #expect(Self.paths(found).count == count)
    }

    @Test func asking() async throws {
        let answer = try await Self.value("/api/ask?q=%C2%BFCu%C3%A1ndo+se+limpian+las+placas%3F")
        #expect(answer["question"] == "¿Cuándo se limpian las placas?")
        #expect(answer["sources"] != [] && answer["sources"] != nil)
        let refused = try await Self.value("/api/ask?q=Who+won+the+cup%3F")
        #expect(refused["outcome"]?["status"] == "abstained")
        #expect(refused["explanation"]?.string?.isEmpty == false)
    }

    @Test func readingAndStatus() async throws {
        let found = try await Self.value("/api/search?q=excedentes&mode=keyword")
        guard case .array(let hits)? = found["hits"], case .integer(let id)? = hits.first?["id"]
        else {
            Issue.record("nothing found")
            return
        }
        let passage = try await Self.value("/api/passages/\(id)")
        #expect(passage["text"]?.string?.hasPrefix("Los excedentes") == true)
        #expect(passage["next"] == nil && passage["previous"] != nil)
        let similar = try await Self.value("/api/passages/\(id)/similar?others=true")
        #expect(!Self.paths(similar).contains("/docs/manual/tejado-solar.md"))
        let documents = try await Self.value("/api/documents?where=language%3Des")
        #expect(Self.paths(documents).count == 2)
        let status = try await Self.value("/api/status")
        #expect(status["documents"] == 3 && status["version"] == "1.2.3")
    }

    /// Each operation is a route and a tool with the same parameters.
    @Test func operationsAreRoutesAndTools() async throws {
        #expect(
            MCPTools.descriptions.compactMap { $0["name"]?.string }
                == Operations.Operation.all.map(\.name)
        )
        for operation in Operations.Operation.all {
            let path = operation.route.replacing("{passage}", with: "1")
                .replacing("{document}", with: "4")
            let reply = try await Self.get("/api/" + path)
            #expect(reply.status != 404 || reply.body.contains("no passage"), "\(path)")
            for parameter in operation.parameters where parameter.isRequired {
                guard !operation.route.contains(parameter.name) else { continue }
                #expect(reply.status == 400 && reply.body.contains(parameter.name))
            }
        }
    }

    @Test func errorsOfTheLibraryAreToldApart() {
        func kind(_ error: any Error) -> String {
            switch ServiceError(error) {
            case .invalid: "invalid"
            case .notFound: "not found"
            case .unavailable: "unavailable"
            case .failed: "failed"
            }
        }
        #expect(kind(StoreError.locked(path: "a")) == "unavailable")
        #expect(kind(StoreError.damaged(path: "a", detail: "b")) == "failed")
        #expect(kind(FilterError(filter: "a", reason: "b")) == "invalid")
        #expect(kind(LibraryError.noSuchReference("a")) == "not found")
        #expect(kind(LibraryError.ambiguousReference("a", matches: [])) == "invalid")
        let model = ModelCatalogError.modelNotInstalled("a", folder: "b", installed: [])
        #expect(kind(model) == "unavailable")
        #expect(kind(SampleLibrary.Broken()) == "failed")
    }

    @Test(arguments: [
        ("/api/search", 400, "invalid"), ("/api/search?q=", 400, "invalid"),
        ("/api/search?q=%20", 400, "invalid"), ("/api/search?q=a&n=0", 400, "invalid"),
        ("/api/search?q=a&n=many", 400, "invalid"), ("/api/search?q=a&mode=magic", 400, "invalid"),
        ("/api/search?q=%FF", 400, "invalid"), ("/api/search?q=%4", 400, "invalid"),
        ("/api/search?q=a&n=101", 400, "invalid"),
        ("/api/search?q=a&explain=perhaps", 400, "invalid"),
        ("/api/search?q=a&where=nothing", 400, "invalid"),
        ("/api/search?q=a&since=never", 400, "invalid"),
        ("/api/ask", 400, "invalid"), ("/api/passages/x", 400, "invalid"),
        ("/api/passages/99", 404, "not_found"), ("/api/nothing", 404, "not_found"),
        ("/../etc/passwd", 404, "not_found"), ("/api/search?q=offline", 503, "unavailable"),
        ("/api/search?q=broken", 500, "failed"),
    ])
    func errorsAreJSON(uri: String, status: Int, code: String) async throws {
        let reply = try await Self.get(uri)
        #expect(reply.status == status)
        let body = try JSONDecoder().decode(
            [String: [String: String]].self,
            from: Data(reply.body.utf8)
        )
        #expect(body["error"]?["code"] == code)
        #expect(body["error"]?["message"]?.isEmpty == false)
        #expect(reply.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test func onlyReadingIsAllowedAndNothingIsSent() async throws {
        for method in [HTTPRequest.Method.post, .put, .delete, .options] {
            #expect((400..<500).contains(try await Self.get("/api/status", method: method).status))
        }
        let head = try await Self.get("/api/status", method: .head)
        #expect(head.status == 200 && head.body.isEmpty)
        let sent = try await Self.get("/api/status", headers: [.contentLength: "3"])
        #expect(sent.status == 413)
        let long = String(repeating: "a", count: 65_537)
        #expect(try await Self.get("/api/search?q=\(long)").status == 400)
    }

    /// The policy names a nonce that the page uses and that is never the same.
    @Test func thePageIsSelfContained() async throws {
        let reply = try await Self.get("/")
        #expect(reply.status == 200)
        #expect(reply.headers[.contentType] == "text/html; charset=utf-8")
        #expect(reply.headers[.accessControlAllowOrigin] == nil)
        let policy = try #require(reply.headers[.contentSecurityPolicy])
        let nonce = try #require(policy.split(separator: "'").first { $0.hasPrefix("nonce-") })
        let attribute = "nonce=\"\(nonce.dropFirst(6))\""
        #expect(reply.body.components(separatedBy: attribute).count == 3)
        #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        #expect(!reply.body.contains("src=") && !reply.body.contains("https:"))
        #expect(!reply.body.contains("innerHTML") && !reply.body.contains(" style=\""))
        #expect(try await Self.get("/").headers[.contentSecurityPolicy] != policy)
    }

    @Test func bothLanguagesHaveEveryText() throws {
        let script = WebPage.script
        let start = try #require(script.range(of: "en: {"))
        let middle = try #require(script.range(of: "es: {"))
        let end = try #require(script.range(of: "};"))
        func names(_ text: Substring) -> Set<String> {
            Set(text.matches(of: /(\w+): (?:"|\()/).map { String($0.1) })
        }
        let english = names(script[start.upperBound..<middle.lowerBound])
        #expect(english.count > 20)
        #expect(english == names(script[middle.upperBound..<end.lowerBound]))
    }

    /// `run` listens on 127.0.0.1 until its task is cancelled; the same port twice is an error that
    /// names it.
    @Test(.timeLimit(.minutes(10))) func aTakenPortIsNamed() async throws {
        let (addresses, running) = AsyncStream<String>.makeStream()
        let server = WebServer(try await SampleLibrary.served(), logger: Self.silent)
        let first = Task { try await server.run(port: 0) { running.yield($0) } }
        let address = try #require(await addresses.first { _ in true })
        #expect(address.hasPrefix("http://127.0.0.1:") && address.hasSuffix("/"))
        let port = try #require(Int(address.dropFirst(17).dropLast()))
        await #expect(throws: WebServerError.portTaken(port)) {
            try await server.run(port: port) { _ in }
        }
        first.cancel()
        _ = await first.result
    }

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    // MARK: - Who may ask

    @Test(arguments: [
        ("127.0.0.1", true), ("127.0.0.1:8080", true), ("localhost", true), ("LOCALHOST:1", true),
        ("[::1]:8080", true), ("evil.example", false), ("localhost.evil.example", false),
        ("127.0.0.1.evil.example:80", false), ("localhost:", false), ("localhost:80a", false),
        ("user@localhost", false), ("", false), ("127.0.0.2", false), ("localhost:123456", false),
    ])
    func hostNames(authority: String, isLocal: Bool) {
        #expect(LocalRequestsOnly.isLocal(authority: authority) == isLocal)
        #expect(!LocalRequestsOnly.isLocal(authority: nil))
    }

    /// Over a real connection: `Host` decides, whatever the address that was dialed.
    @Test func rebindingIsRefused() async throws {
        try await Self.application().test(.live) { client in
            let port = try #require(client.port)
            let raw = TestClient(host: "localhost", port: port)
            raw.connect()
            for (host, status) in [("evil.example:\(port)", 421), ("127.0.0.1:\(port)", 200)] {
                let reply = try await raw.execute(
                    TestClient.Request("/api/status", method: .get, authority: host)
                )
                #expect(reply.status.code == status)
            }
            try await raw.shutdown()
        }
    }

    @Test func otherSitesPagesAreRefused() async throws {
        let site = try #require(HTTPField.Name("Sec-Fetch-Site"))
        let mode = try #require(HTTPField.Name("Sec-Fetch-Mode"))
        func status(_ uri: String, _ headers: HTTPFields) async throws -> Int {
            try await Self.get(uri, headers: headers).status
        }
        #expect(try await status("/api/status", [site: "cross-site"]) == 403)
        #expect(try await status("/api/ask?q=a", [site: "same-site", mode: "no-cors"]) == 403)
        #expect(try await status("/api/ask?q=a", [site: "cross-site", mode: "navigate"]) == 403)
        #expect(try await status("/api/status", [.origin: "https://evil.example"]) == 403)
        #expect(try await status("/api/status", [.origin: "null"]) == 403)
        #expect(try await status("/api/status", [.origin: "http://localhost:8080"]) == 200)
        #expect(try await status("/api/status", [site: "same-origin"]) == 200)
        #expect(try await status("/", [site: "none", mode: "navigate"]) == 200)
        #expect(try await status("/", [site: "cross-site", mode: "navigate"]) == 200)
    }
}
#endif
