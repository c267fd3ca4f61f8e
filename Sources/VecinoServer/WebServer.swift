#if Server
internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import NIOCore

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// A web page and an HTTP API on this machine, and on this machine only.
///
/// | route | reply |
/// | --- | --- |
/// | `GET /` | the page: one document without outside resources |
/// | `GET /api/search?q=&n=&mode=&path=` | `SearchReply` |
/// | `GET /api/ask?q=&path=` | `AnswerReply` |
/// | `GET /api/passages/ID` | `PassageReply` |
/// | `GET /api/status` | `StatusReply` |
///
/// Errors are `{"error":{"code":…,"message":…}}` with a fitting status. The server listens on
/// 127.0.0.1, refuses host names that are not the machine's own (DNS rebinding), refuses requests
/// that other sites' pages send, and takes no bodies.
package struct WebServer: Sendable {
    private let service: any LibraryService
    private let logger: Logger

    /// A server for one library.
    package init(service: any LibraryService, logger: Logger) {
        self.service = service
        self.logger = logger
    }

    /// Serves until SIGINT, SIGTERM or the task's cancellation.
    ///
    /// Port 0 takes any free port; `onRunning` is told the page's address, when it can be opened.
    ///
    /// - Throws: `WebServerError` if the port is taken or needs rights that we lack.
    package func run(
        port: Int,
        onRunning: @escaping @Sendable (_ address: String) -> Void
    ) async throws {
        let application = Application(
            responder: Self.router(service: service).buildResponder(),
            server: .http1(configuration: .init(idleTimeout: .seconds(120))),
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            onServerRunning: { channel in
                onRunning("http://127.0.0.1:\(channel.localAddress?.port ?? port)/")
            },
            logger: logger
        )
        do {
            try await application.runService()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw WebServerError.portTaken(port)
        } catch let error as IOError where error.errnoCode == EACCES {
            throw WebServerError.portForbidden(port)
        }
    }

    /// The routes, behind the checks that every request passes.
    static func router(service: any LibraryService) -> Router<BasicRequestContext> {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.add(middleware: JSONErrors())
        router.add(middleware: LocalRequestsOnly())
        router.get("/") { _, _ in Self.page() }
        let api = router.group("api")
        api.get("search") { request, _ in
            let query = try QueryParameters(request.uri.query)
            return try Self.json(
                await service.search(
                    SearchRequest(
                        query: try query.text("q"),
                        limit: try query.number("n", in: 1...100),
                        mode: try query.choice("mode"),
                        path: try query.optionalText("path")
                    )
                )
            )
        }
        api.get("ask") { request, _ in
            let query = try QueryParameters(request.uri.query)
            return try Self.json(
                await service.answer(
                    AskRequest(
                        question: try query.text("q"),
                        path: try query.optionalText("path")
                    )
                )
            )
        }
        api.get("passages/:id") { _, context in
            let word = context.parameters.get("id") ?? ""
            guard let id = Int64(word) else {
                throw ServiceError.invalid("“\(word)” is no passage's id: ids are whole numbers.")
            }
            return try Self.json(await service.passage(PassageRequest(id: id)))
        }
        api.get("status") { _, _ in try Self.json(await service.status()) }
        return router
    }

    /// The page, with a nonce that lets its own style and script run, and nothing else.
    private static func page() -> Response {
        var random = SystemRandomNumberGenerator()
        let nonce = String(random.next(), radix: 36) + String(random.next(), radix: 36)
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; \
                connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; \
                frame-ancestors 'none'
                """,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: WebPage.html(nonce: nonce)))
        )
    }

    /// A reply of 200 with this value.
    private static func json(_ value: some Encodable) throws -> Response {
        try response(.ok, value)
    }

    /// A reply with this value.
    static func response(_ status: HTTPResponse.Status, _ value: some Encodable) throws -> Response
    {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSON.encode(value)))
        )
    }
}

/// Why the server cannot start.
package enum WebServerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Another program listens on the port.
    case portTaken(Int)
    /// The port is reserved for the system.
    case portForbidden(Int)

    /// What is in the way, and what to do about it.
    package var description: String {
        switch self {
        case .portTaken(let port):
            "port \(port) is taken: stop the other program, or choose another port (0 is any)."
        case .portForbidden(let port):
            "port \(port) needs root: choose a port above 1023, or 0 for any."
        }
    }
}
#endif
