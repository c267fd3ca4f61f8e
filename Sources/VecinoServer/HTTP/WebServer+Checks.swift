#if Server
internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// Refuses requests that do not come from this machine's own user.
///
/// A page on any site can make a browser send requests to 127.0.0.1, and can point a name of its
/// own at it. Such a name shows in `Host`; a page shows in `Sec-Fetch-Site`, `Origin` and `Referer`,
/// which no page can forge. A page in an old browser may show in none of them: a browser has to say
/// `X-Vecino` then, as our own page does, which another site's cannot. What a person types into a
/// newer browser, and programs, get through.
struct LocalRequestsOnly: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard Self.isLocal(authority: request.head.authority) else {
            throw Refusal(
                status: .misdirectedRequest,
                code: "wrong_host",
                message: "This server answers to 127.0.0.1 and localhost only."
            )
        }
        guard !Self.isFromElsewhere(request.headers, path: request.uri.path) else {
            throw Refusal(
                status: .forbidden,
                code: "cross_site",
                message: "This server does not answer to other sites' pages."
            )
        }
        guard !Self.hasBody(request.headers) else {
            throw Refusal(
                status: .contentTooLarge,
                code: "body",
                message: "Requests to this server have no body: put parameters into the address."
            )
        }
        return try await next(request, context)
    }

    /// Returns whether `Host` names this machine: 127.0.0.1, localhost or [::1], with or without a
    /// port.
    ///
    /// Any port will do, because a tunnel may change it, and an attacker has no name without one.
    static func isLocal(authority: String?) -> Bool {
        guard let authority = authority?.lowercased() else { return false }
        for name in ["127.0.0.1", "localhost", "[::1]"] where authority.hasPrefix(name) {
            let rest = authority.dropFirst(name.count)
            if rest.isEmpty { return true }
            let port = rest.dropFirst()
            return rest.first == ":" && (1...5).contains(port.utf8.count)
                && port.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        }
        return false
    }

    /// Returns whether another site's page sent the request.
    ///
    /// A link to the page itself is fine.
    static func isFromElsewhere(_ headers: HTTPFields, path: String) -> Bool {
        if let origin = headers[.origin] {
            guard origin.hasPrefix("http://") else { return true }
            guard isLocal(authority: String(origin.dropFirst(7))) else { return true }
        }
        if path != "/", let referer = headers[.referer], !isOwnPage(referer) { return true }
        switch headers[.secFetchSite] {
        case "same-origin", "none": return false
        case nil: return path != "/" && isUnmarkedBrowser(headers)
        default: return !(path == "/" && headers[.secFetchMode] == "navigate")
        }
    }

    /// Returns whether `Referer` names a page of this server's.
    private static func isOwnPage(_ referer: String) -> Bool {
        let scheme = "http://"
        guard referer.lowercased().hasPrefix(scheme) else { return false }
        return isLocal(authority: String(referer.dropFirst(scheme.count).prefix { $0 != "/" }))
    }

    /// Returns whether a browser sent the request that does not say for whose page.
    private static func isUnmarkedBrowser(_ headers: HTTPFields) -> Bool {
        if headers[.origin] != nil || headers[.ours] != nil { return false }
        let accepts = headers[.accept]?.lowercased() ?? ""
        return headers[.userAgent]?.hasPrefix("Mozilla/") == true
            || accepts.contains("image/") || accepts.contains("text/html")
            || accepts.contains("text/css")
    }

    /// Returns whether the request announces a body.
    static func hasBody(_ headers: HTTPFields) -> Bool {
        headers[.transferEncoding] != nil || (headers[.contentLength].map { $0 != "0" } ?? false)
    }
}

/// Tells browsers to be strict with every reply, whatever is in it.
struct SecurityHeaders: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.cacheControl] = "no-store"
        response.headers[.referrerPolicy] = "no-referrer"
        response.headers[.xFrameOptions] = "DENY"
        response.headers[.crossOriginResourcePolicy] = "same-origin"
        response.headers[.crossOriginOpenerPolicy] = "same-origin"
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; frame-ancestors 'none'; sandbox"
        }
        return response
    }
}

/// Turns every error into `{"error":{"code":…,"message":…}}`.
struct JSONErrors: RouterMiddleware {
    typealias Context = BasicRequestContext

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let refusal = Refusal(error, path: request.uri.path)
            if refusal.status == .internalServerError {
                context.logger.error("\(request.uri.path): \(refusal.message)")
            }
            return try WebServer.response(refusal.status, refusal)
        }
    }
}

/// A reply that is an error.
struct Refusal: Error, Encodable {
    var status: HTTPResponse.Status
    var code: String
    var message: String

    init(status: HTTPResponse.Status, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }

    /// What a caller is told about an error.
    init(_ error: any Error, path: String) {
        switch error {
        case let refusal as Refusal:
            self = refusal
        case ServiceError.invalid(let text):
            self.init(status: .badRequest, code: "invalid", message: text)
        case ServiceError.notFound(let text):
            self.init(status: .notFound, code: "not_found", message: text)
        case ServiceError.unavailable(let text):
            self.init(status: .serviceUnavailable, code: "unavailable", message: text)
        case ServiceError.failed(let text):
            self.init(status: .internalServerError, code: "failed", message: text)
        case let error as HTTPError where error.status == .notFound:
            self.init(status: .notFound, code: "not_found", message: "There is nothing at \(path).")
        case let error as HTTPError where error.status == .methodNotAllowed:
            self.init(
                status: error.status,
                code: "method",
                message: "Only GET and HEAD are allowed."
            )
        case let error as HTTPError:
            self.init(
                status: error.status,
                code: "http",
                message: error.body ?? error.status.reasonPhrase
            )
        default:
            self.init(
                status: .internalServerError,
                code: "failed",
                message: String(describing: error)
            )
        }
    }

    private enum Keys: String, CodingKey {
        case error, code, message
    }

    func encode(to encoder: any Encoder) throws {
        var outer = encoder.container(keyedBy: Keys.self)
        var inner = outer.nestedContainer(keyedBy: Keys.self, forKey: .error)
        try inner.encode(code, forKey: .code)
        try inner.encode(message, forKey: .message)
    }
}

extension HTTPField.Name {
    fileprivate static let ours = constant("X-Vecino")
    fileprivate static let secFetchSite = constant("Sec-Fetch-Site")
    fileprivate static let secFetchMode = constant("Sec-Fetch-Mode")
    fileprivate static let referrerPolicy = constant("Referrer-Policy")
    fileprivate static let xFrameOptions = constant("X-Frame-Options")
    fileprivate static let crossOriginOpenerPolicy = constant("Cross-Origin-Opener-Policy")

    /// A name that is known to be well-formed.
    private static func constant(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("“\(name)” is no header's name") }
        return name
    }
}
#endif
