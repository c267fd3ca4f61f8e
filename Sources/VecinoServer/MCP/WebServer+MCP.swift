#if Server
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Operations
internal import Synchronization

/// The Model Context Protocol over streamable HTTP, at `/mcp`.
extension WebServer {
    /// Bytes of a message.
    private static let maximumMessage = 8 << 20

    static func addMCP(_ served: ServedLibrary, to router: Routes) {
        let sessions = MCPSessions(served)
        router.post("mcp") { request, _ in
            let body = try await request.body.collect(upTo: maximumMessage)
            return try await reply(
                to: String(buffer: body),
                headers: request.headers,
                sessions: sessions
            )
        }
        router.delete("mcp") { request, _ in
            let isKnown = sessions.end(request.headers[.session] ?? "")
            return Response(status: isKnown ? .noContent : .notFound)
        }
        router.get("mcp") { _, _ -> Response in
            throw Refusal(
                status: .methodNotAllowed,
                code: "method",
                message: "Messages are posted; there is no stream of the server's own.",
                headers: [.allow: "POST, DELETE"]
            )
        }
    }

    private static func reply(
        to text: String,
        headers: HTTPFields,
        sessions: MCPSessions
    ) async throws -> Response {
        let message = (try? ServedJSON.decode(text)) ?? .null
        let params = message["params"] ?? [:]
        let isStateless = MCPRevision.named(in: params) != nil
        if let error = headerFault(headers, message, isStateless: isStateless) {
            let id = message.members.flatMap(MCPSession.id) ?? .null
            return json(.badRequest, MCPSession.failure(id, error))
        }
        var fields = HTTPFields()
        let session: MCPSession
        if isStateless {
            session = sessions.once()
        } else if message["method"] == "initialize" {
            let (id, new) = sessions.begin()
            fields[.session] = id
            session = new
        } else if let id = headers[.session] {
            guard let known = sessions.known(id) else {
                throw Refusal(
                    status: .notFound,
                    code: "session",
                    message: "There is no such session any more: begin with “initialize”."
                )
            }
            session = known
        } else {
            session = sessions.once()
        }
        if params["_meta"]?["progressToken"] != nil {
            var response = eventStream { send in
                if let reply = await session.handle(text, notify: { send(ServerEvent(words: $0)) })
                {
                    send(ServerEvent(words: reply))
                }
            }
            response.headers[.accelBuffering] = "no"
            return response
        }
        guard let reply = await session.handle(text) else {
            return Response(status: .accepted, headers: fields)
        }
        var response = json(isStateless ? status(of: reply) : .ok, reply)
        for field in fields { response.headers.append(field) }
        return response
    }

    private static func json(_ status: HTTPResponse.Status, _ text: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text))
        )
    }

    /// With which status a reply of the revision without a handshake goes.
    private static func status(of reply: String) -> HTTPResponse.Status {
        guard case .integer(let code)? = (try? ServedJSON.decode(reply))?["error"]?["code"] else {
            return .ok
        }
        return switch RPCError.Code(rawValue: code) {
        case .unknownMethod: .notFound
        case .unsupportedVersion, .headerMismatch, .invalidParams, .invalidRequest, .parse:
            .badRequest
        default: .ok
        }
    }

    /// What is wrong with the headers that repeat parts of a message.
    private static func headerFault(
        _ headers: HTTPFields,
        _ message: JSONValue,
        isStateless: Bool
    ) -> RPCError? {
        let version = headers[.protocolVersion]
        guard isStateless else {
            guard let version, !MCPRevision.all.contains(version) else { return nil }
            return RPCError(
                .unsupportedVersion,
                "There is no revision “\(version.prefix(60))” here.",
                data: [
                    "supported": .array(MCPRevision.all.map(JSONValue.string)),
                    "requested": .string(String(version.prefix(60))),
                ]
            )
        }
        let params = message["params"] ?? [:]
        var pairs = [
            ("MCP-Protocol-Version", version, MCPRevision.named(in: params)),
            ("Mcp-Method", headers[.method], message["method"]?.string),
        ]
        if let method = message["method"]?.string,
            ["tools/call", "resources/read", "prompts/get"].contains(method)
        {
            let name = (params["name"] ?? params["uri"])?.string
            pairs.append(("Mcp-Name", headers[.name].map(decoded), name))
        }
        for (name, header, value) in pairs where header != value {
            return RPCError(
                .headerMismatch,
                "The header \(name) is “\(header?.prefix(60) ?? "")”, and the message says "
                    + "“\(value?.prefix(60) ?? "")”."
            )
        }
        return nil
    }

    /// A header's value that may be in base64.
    static func decoded(_ value: String) -> String {
        let prefix = "=?base64?"
        guard value.hasPrefix(prefix), value.hasSuffix("?="),
            let data = Data(base64Encoded: String(value.dropFirst(prefix.count).dropLast(2))),
            let text = String(data: data, encoding: .utf8)
        else { return value }
        return text
    }
}

/// The conversations of clients that begin with a handshake.
private final class MCPSessions: Sendable {
    /// Conversations that are kept; the oldest is forgotten.
    private static let most = 1_000

    private let served: ServedLibrary
    private let sessions = Mutex<(byID: [String: MCPSession], order: [String])>(([:], []))

    init(_ served: ServedLibrary) { self.served = served }

    /// A session for one message.
    func once() -> MCPSession { MCPSession(served) }

    /// A new session and the name that its client hands back.
    func begin() -> (String, MCPSession) {
        var random = SystemRandomNumberGenerator()
        let id = String(random.next(), radix: 36) + String(random.next(), radix: 36)
        let session = once()
        sessions.withLock { sessions in
            sessions.byID[id] = session
            sessions.order.append(id)
            if sessions.order.count > Self.most {
                sessions.byID[sessions.order.removeFirst()] = nil
            }
        }
        return (id, session)
    }

    func known(_ id: String) -> MCPSession? { sessions.withLock { $0.byID[id] } }

    /// Forgets a session; returns whether there was one.
    func end(_ id: String) -> Bool {
        sessions.withLock { sessions in
            sessions.order.removeAll { $0 == id }
            return sessions.byID.removeValue(forKey: id) != nil
        }
    }
}

extension HTTPField.Name {
    fileprivate static let session = constant("Mcp-Session-Id")
    fileprivate static let protocolVersion = constant("MCP-Protocol-Version")
    fileprivate static let method = constant("Mcp-Method")
    fileprivate static let name = constant("Mcp-Name")
    fileprivate static let accelBuffering = constant("X-Accel-Buffering")
}
#endif
