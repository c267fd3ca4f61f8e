#if Server
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Operations

/// Answers nobody who has no token that is good for what is asked.
///
/// A token comes as `Authorization: Bearer`, or as the password of `Basic`, which every browser can
/// ask a person for. A load balancer needs none to ask whether the server is alive and ready.
struct TokensOnly: RouterMiddleware {
    typealias Context = BasicRequestContext

    let check: WebServer.TokenCheck

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        if WebServer.openPaths.contains(request.uri.path) {
            return try await next(request, context)
        }
        guard let token = Self.token(in: request.headers[.authorization]) else {
            throw Self.refusal("This server answers to tokens only: send one as a bearer token.")
        }
        guard let granted = try await check(token).flatMap(Operations.Operation.Right.init) else {
            throw Self.refusal("The token is unknown, has expired or was revoked.")
        }
        let needed = Self.right(for: request.uri.path)
        guard granted >= needed else {
            throw Refusal(
                status: .forbidden,
                code: "right",
                message: "The token may \(granted.rawValue), and this needs one that may "
                    + "\(needed.rawValue)."
            )
        }
        return try await next(request, context)
    }

    private static func refusal(_ message: String) -> Refusal {
        var headers = HTTPFields()
        headers.append(.init(name: .wwwAuthenticate, value: "Bearer realm=\"Vecino\""))
        headers.append(
            .init(name: .wwwAuthenticate, value: "Basic realm=\"Vecino\", charset=\"UTF-8\"")
        )
        return Refusal(
            status: .unauthorized,
            code: "token",
            message: message,
            headers: headers
        )
    }

    /// The token in a header; nil if there is none.
    static func token(in header: String?) -> String? {
        guard let header, let space = header.firstIndex(of: " ") else { return nil }
        let rest = String(header[header.index(after: space)...])
        switch header[..<space].lowercased() {
        case "bearer": return rest
        case "basic":
            guard let data = Data(base64Encoded: rest),
                let text = String(data: data, encoding: .utf8),
                let colon = text.firstIndex(of: ":")
            else { return nil }
            return String(text[text.index(after: colon)...])
        default: return nil
        }
    }

    /// What a caller of `path` has to be allowed to do.
    ///
    /// Everything that may reach a language model needs the right to ask, MCP as a whole too.
    static func right(for path: String) -> Operations.Operation.Right {
        let parts = path.split(separator: "/")
        if path.hasPrefix("/" + OpenAPI.inbox) { return .write }
        if path.hasPrefix("/v1/chat") || parts.first == "mcp" { return .ask }
        for operation in Operations.Operation.all + Operations.Operation.besides
        where operation.right != .read {
            let route = operation.route.split(separator: "/")
            for prefix in [["api", "v1"], ["api"]] as [[Substring]]
            where parts.starts(with: prefix) && parts.count == prefix.count + route.count {
                let rest = parts.dropFirst(prefix.count)
                if zip(rest, route).allSatisfy({ $0 == $1 || $1.hasPrefix("{") }) {
                    return operation.right
                }
            }
        }
        return .read
    }
}
#endif
