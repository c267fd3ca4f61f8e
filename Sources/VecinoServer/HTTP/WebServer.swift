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
/// `GET /` is the page: one document without outside resources. Each `Operation` is a route below
/// `/api/`, and replies with what the command line prints with `--json`.
///
/// Errors are `{"error":{"code":…,"message":…}}` with a fitting status. The server listens on
/// 127.0.0.1, refuses host names that are not the machine's own (DNS rebinding), refuses requests
/// that other sites' pages send, and takes no bodies.
package struct WebServer: Sendable {
    private let served: ServedLibrary
    private let logger: Logger

    /// A server for one library.
    package init(_ served: ServedLibrary, logger: Logger) {
        self.served = served
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
            responder: Self.router(served).buildResponder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [SameUserOnly()],
                    idleTimeout: .seconds(120)
                )
            ),
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
    static func router(_ served: ServedLibrary) -> Router<BasicRequestContext> {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.add(middleware: SecurityHeaders())
        router.add(middleware: JSONErrors())
        router.add(middleware: LocalRequestsOnly())
        router.get("/") { _, _ in Self.page() }
        let api = router.group("api")
        for operation in Operation.all {
            api.get(RouterPath(operation.route)) { request, context in
                var path: [String: String] = [:]
                for parameter in operation.parameters {
                    path[parameter.name] = context.parameters.get(parameter.name)
                }
                let arguments = try Arguments(
                    QueryParameters(request.uri.query),
                    path: path,
                    for: operation
                )
                return try Self.response(.ok, await served.reply(to: operation, arguments).value)
            }
        }
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
