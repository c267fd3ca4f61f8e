#if Server
internal import HTTPTypes
internal import Hummingbird
package import Logging
internal import NIOCore
package import Operations

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A web page, an HTTP API and other interfaces to one library.
///
/// `GET /` is the page: one document without outside resources. Each `Operation` is a route below
/// `/api/v1/`, and replies with what the command line prints with `--json`. `/v1/` and `/api/embed` are
/// interfaces that other programs speak already, `/mcp` is the Model Context Protocol.
///
/// The server listens on 127.0.0.1, refuses host names that are not the machine's own (DNS rebinding),
/// and refuses requests that other sites' pages send. On another address it answers to tokens only.
package struct WebServer: Sendable {
    private let served: ServedLibrary
    private let access: Access
    private let accessLog: AccessLog?
    private let logger: Logger

    /// A server for one library.
    package init(
        _ served: ServedLibrary,
        access: Access = .thisMachine,
        accessLog: AccessLog? = nil,
        logger: Logger
    ) {
        self.served = served
        self.access = access
        self.accessLog = accessLog
        self.logger = logger
    }

    /// Serves until SIGINT, SIGTERM or the task's cancellation.
    ///
    /// Port 0 takes any free port; `onRunning` is told the page's address, when it can be opened.
    ///
    /// - Throws: `WebServerError` if the port is taken or needs rights that we lack.
    package func run(
        host: String = "127.0.0.1",
        port: Int,
        onRunning: @escaping @Sendable (_ address: String) -> Void
    ) async throws {
        let application = Application(
            responder: Self.router(served, access: access, accessLog: accessLog)
                .buildResponder(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: access.isPublic ? [] : [SameUserOnly()],
                    idleTimeout: .seconds(120)
                )
            ),
            configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in
                onRunning("http://\(host):\(channel.localAddress?.port ?? port)/")
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
    static func router(
        _ served: ServedLibrary,
        access: Access = .thisMachine,
        accessLog: AccessLog? = nil
    ) -> Router<BasicRequestContext> {
        let router = Router(options: [.autoGenerateHeadEndpoints])
        router.add(middleware: RequestObservation(metrics: served.metrics, log: accessLog))
        router.add(middleware: SecurityHeaders())
        router.add(middleware: ErrorReplies())
        router.add(middleware: LocalRequestsOnly(isPublic: access.isPublic))
        if case .tokens(let check) = access { router.add(middleware: TokensOnly(check: check)) }
        router.get("/") { _, _ in Self.page() }
        addPlainPages(served, to: router)
        addOldRoutes(served, to: router)
        addAPI(served, to: router)
        addCompatibleRoutes(served, to: router)
        addMCP(served, to: router)
        addHealth(served, to: router)
        return router
    }

    /// Who is answered.
    package enum Access: Sendable {
        /// This machine's own user, who needs no token.
        case thisMachine
        /// Whoever has a token that is good for what is asked.
        case tokens(TokenCheck)

        var isPublic: Bool { if case .tokens = self { true } else { false } }
    }

    /// Tells what a token is good for: `read`, `ask` or `write`; nil for one that is none.
    package typealias TokenCheck = @Sendable (_ token: String) async throws -> String?

    /// A reply with this value.
    static func response(_ status: HTTPResponse.Status, _ value: some Encodable) throws -> Response
    {
        Response(
            status: status,
            headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try ServedJSON.encode(value)))
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
