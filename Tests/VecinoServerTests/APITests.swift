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

/// The interface below `/api/v1`.
@Suite struct APITests {
    struct Reply {
        var status: Int
        var headers: HTTPFields
        var body: String

        var value: JSONValue { (try? ServedJSON.decode(body)) ?? .null }
    }

    /// A request to a server of the sample library, and the reply.
    static func send(
        _ uri: String,
        method: HTTPRequest.Method = .get,
        headers: HTTPFields = [:],
        body: String? = nil,
        to served: ServedLibrary? = nil,
        access: WebServer.Access = .thisMachine
    ) async throws -> Reply {
        let sample = try await SampleLibrary.served()
        let application = Application(
            responder: WebServer.router(served ?? sample, access: access).buildResponder(),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        var fields = headers
        if body != nil, fields[.contentType] == nil { fields[.contentType] = "application/json" }
        return try await application.test(.router) { [fields] client in
            try await client.execute(
                uri: uri,
                method: method,
                headers: fields,
                body: body.map { ByteBuffer(string: $0) }
            ) {
                Reply(
                    status: Int($0.status.code),
                    headers: $0.headers,
                    body: String(buffer: $0.body)
                )
            }
        }
    }

    private static func ids(_ value: JSONValue) -> [JSONValue] {
        (value["hits"] ?? value["documents"] ?? value["passages"])?.elements?
            .compactMap { $0["id"] } ?? []
    }

    /// What the operations declare is what the document says, and every path of it answers.
    @Test func theDescriptionCoversEveryOperation() async throws {
        let document = try await Self.send("/api/v1/openapi.json").value
        #expect(document["openapi"] == "3.1.0")
        let paths = try #require(document["paths"]?.members)
        for operation in Operations.Operation.all + Operations.Operation.besides {
            let item = try #require(paths["/api/v1/" + operation.route])
            #expect((item["get"] == nil) == operation.isChange)
            let described = item["get"] ?? item["post"]
            #expect(described?["responses"]?["200"] != nil)
            let names = described?["parameters"]?.elements?.compactMap { $0["name"]?.string } ?? []
            let inAddress = operation.isChange ? operation.pathParameters : operation.parameters
            #expect(names.count == inAddress.count)
            var path = operation.route
            for parameter in operation.pathParameters {
                path = path.replacing("{\(parameter.name)}", with: "1")
            }
            let reply = try await Self.send("/api/v1/" + path)
            #expect(reply.status != 404 || reply.value["detail"]?.string?.contains("1") == true)
        }
    }

    @Test func pagesOfASearchFitTogether() async throws {
        let all = try await Self.send("/api/v1/search?query=placas&limit=50").value
        var ids: [JSONValue] = []
        var next: String? = ""
        var pages = 0
        while let cursor = next {
            let page = try await Self.send(
                "/api/v1/search?query=placas&limit=1&cursor=\(cursor)"
            )
            #expect(page.status == 200)
            ids += Self.ids(page.value)
            next = page.value["nextCursor"]?.string
            pages += 1
        }
        #expect(ids == Self.ids(all) && pages == ids.count && pages > 2)
    }

    @Test(arguments: ["x", "3", "-1-0", "1-another", "99999999999999999999-0"])
    func aCursorThatIsNone(_ cursor: String) async throws {
        for path in ["search?query=a&", "documents?", "documents/4?"] {
            let reply = try await Self.send("/api/v1/\(path)cursor=\(cursor)")
            #expect(reply.status == 400 && reply.value["code"] == "invalid")
        }
    }

    /// A cursor that somebody made up cannot make a search of any size.
    @Test func cursorsReachNoFurtherThanPages() async throws {
        let reply = try await Self.send("/api/v1/search?query=placas&limit=1").value
        let next = try #require(reply["nextCursor"]?.string)
        let generation = next.drop { $0 != "-" }
        for offset in [50, 1_000_000_000] {
            let beyond = try await Self.send(
                "/api/v1/search?query=placas&cursor=\(offset)\(generation)"
            )
            #expect(beyond.status == 400)
        }
    }

    @Test func facetsCountHits() async throws {
        let value = try await Self.send("/api/v1/search?query=placas&mode=keyword&facets=true")
            .value
        let facets = try #require(value["facets"])
        #expect(facets["languages"] == [["value": "es", "count": 3]])
        #expect(facets["authors"] == [["value": "Ana", "count": 2]])
        #expect(facets["folders"]?.elements?.first?["value"] == "/docs/manual")
        let years = facets["years"]?.elements ?? []
        #expect(years.contains(["value": "2021", "count": 2]))
    }

    @Test func aBodyAsksWhatAnAddressAsks() async throws {
        let get = try await Self.send("/api/v1/search?query=placas&limit=2&where=author%3DAna")
        let post = try await Self.send(
            "/api/v1/search",
            method: .post,
            body: #"{"query":"placas","limit":2,"where":["author=Ana"],"diversity":0}"#
        )
        #expect(post.status == 200 && Self.ids(get.value) == Self.ids(post.value))
        for body in ["", "[]", "{", #"{"query":"a","nonsense":1}"#, #"{"query":7}"#] {
            #expect(try await Self.send("/api/v1/search", method: .post, body: body).status == 400)
        }
        let form = try await Self.send(
            "/api/v1/search",
            method: .post,
            headers: [.contentType: "text/plain"],
            body: #"{"query":"placas"}"#
        )
        #expect(form.status == 415)
    }

    @Test func aDocumentIsReadPageByPage() async throws {
        let whole = try await Self.send("/api/v1/documents/4").value
        #expect(whole["passageCount"] == 2 && whole["path"] == "/docs/manual/tejado-solar.md")
        #expect(whole["outline"]?.elements?.count == 2)
        let first = try await Self.send("/api/v1/documents/4?limit=1").value
        let cursor = try #require(first["nextCursor"]?.string)
        let second = try await Self.send("/api/v1/documents/4?limit=1&cursor=\(cursor)").value
        #expect(second["nextCursor"] == nil && second["outline"] == nil)
        #expect(Self.ids(first) + Self.ids(second) == Self.ids(whole))
        let lines = try await Self.send("/api/v1/documents/4?lines=2-9").value
        #expect(Self.ids(lines) == Array(Self.ids(whole).dropFirst()))
        let later = try await Self.send("/api/v1/documents/4?position=1").value
        #expect(Self.ids(later) == Array(Self.ids(whole).dropFirst()))
        for (path, status) in [("99", 404), ("nothing.md", 404), ("4?lines=9-2", 400)] {
            #expect(try await Self.send("/api/v1/documents/" + path).status == status)
        }
    }

    /// A reply is not sent again to who has it, until the library changes.
    @Test func tagsChangeWithTheLibrary() async throws {
        let reply = try await Self.send("/api/v1/search?query=placas")
        let tag = try #require(reply.headers[.eTag])
        #expect(reply.headers[.cacheControl] == "private, no-cache")
        for given in [tag, "\"a\", \(tag)", "*", String(tag.dropFirst(2))] {
            let again = try await Self.send(
                "/api/v1/search?query=placas",
                headers: [.ifNoneMatch: given]
            )
            #expect(again.status == 304 && again.body.isEmpty)
        }
        let other = try await Self.send(
            "/api/v1/search?query=placas",
            headers: [.ifNoneMatch: "W/\"other\""]
        )
        #expect(other.status == 200)
        #expect(try await Self.send("/api/v1/status").headers[.eTag] == nil)
    }

    @Test(arguments: [
        ("search", 400, "invalid"), ("search?query=a&diversity=2", 400, "invalid"),
        ("search?query=a&limit=101", 400, "invalid"), ("passages/99", 404, "not_found"),
        ("nothing", 404, "not_found"), ("search?query=offline", 503, "unavailable"),
        ("search?query=broken", 500, "failed"), ("documents/x/file", 400, "invalid"),
        ("documents/4/file", 404, "not_found"), ("documents/4/pages/1", 404, "not_found"),
        ("documents/4/pages/0", 400, "invalid"), ("passages/5/marks/1", 404, "not_found"),
        ("answers/7", 404, "not_found"), ("answers/7/check", 404, "not_found"),
    ])
    func errorsAreProblemDetails(path: String, status: Int, code: String) async throws {
        let reply = try await Self.send("/api/v1/" + path)
        #expect(reply.status == status && reply.value["status"] == .integer(Int64(status)))
        #expect(reply.headers[.contentType] == "application/problem+json")
        #expect(reply.value["code"] == .string(code))
        #expect(reply.value["detail"]?.string?.isEmpty == false)
    }

    @Test func otherMethodsAreNamed() async throws {
        for (path, method) in [
            ("search", HTTPRequest.Method.delete), ("status", .post), ("passages/5", .put),
            ("answers/1/rating", .get), ("documents/4/file", .post),
        ] {
            let reply = try await Self.send("/api/v1/" + path, method: method)
            #expect(reply.status == 405 && reply.headers[.allow]?.isEmpty == false, "\(path)")
        }
        let head = try await Self.send("/api/v1/search?query=placas", method: .head)
        #expect(head.status == 200 && head.body.isEmpty)
    }

    @Test func anAnswerComesInEvents() async throws {
        let reply = try await Self.send(
            "/api/v1/ask",
            method: .post,
            headers: [.accept: "text/event-stream"],
            body: #"{"question":"Who won the cup?","history":["¿Y el tejado?","Se limpia."]}"#
        )
        #expect(reply.headers[.contentType] == "text/event-stream")
        let last = try #require(reply.body.components(separatedBy: "\n\n").dropLast().last)
        #expect(last.hasPrefix("event: answer\ndata: {"))
        let odd = try await Self.send(
            "/api/v1/ask",
            method: .post,
            body: #"{"question":"a","history":["b"]}"#
        )
        #expect(odd.status == 400)
        let failed = try await Self.send(
            "/api/v1/ask?question=broken",
            headers: [.accept: "text/event-stream"]
        )
        #expect(failed.status == 200 && failed.body.contains("event: error\n"))
    }

    @Test(
        arguments: [
            (nil, ByteRange.whole), ("bytes=0-3", .part(0...3)), ("bytes=4-", .part(4...9)),
            ("bytes=-3", .part(7...9)), ("bytes=-99", .part(0...9)), ("bytes=5-99", .part(5...9)),
            ("bytes=10-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=3-2", .whole),
            ("bytes=0-1,3-4", .whole), ("lines=0-3", .whole), ("bytes=a-b", .whole),
            ("bytes=", .whole),
        ] as [(String?, ByteRange)]
    )
    func rangesOfTenBytes(header: String?, range: ByteRange) {
        #expect(ByteRange(header, of: 10) == range)
        #expect(ByteRange(header, of: 0) != .part(0...0))
    }
}
#endif
