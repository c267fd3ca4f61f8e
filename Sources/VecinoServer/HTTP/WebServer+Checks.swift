#if Server
internal import HTTPTypes
internal import Hummingbird

/// Refuses requests that do not come from this machine's own user.
///
/// A page on any site can make a browser send requests to 127.0.0.1, and can point a name of its
/// own at it. Such a name shows in `Host`; a page shows in `Sec-Fetch-Site`, `Origin` and `Referer`,
/// which no page can forge. A page in an old browser may show in none of them: a browser has to say
/// `X-Vecino` then, as our own page does, which another site's cannot. What a person types into a
/// newer browser, and programs, get through.
struct LocalRequestsOnly: RouterMiddleware {
    typealias Context = BasicRequestContext

    /// Whether the server also answers under names that are not this machine's own, to tokens.
    var isPublic = false

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        guard Self.isLocal(authority: request.head.authority) || isPublic else {
            throw Refusal(
                status: .misdirectedRequest,
                code: "wrong_host",
                message: "This server answers to 127.0.0.1 and localhost only."
            )
        }
        let own = isPublic ? request.head.authority : nil
        guard !Self.isFromElsewhere(request.headers, path: request.uri.path, own: own) else {
            throw Refusal(
                status: .forbidden,
                code: "cross_site",
                message: "This server does not answer to other sites' pages."
            )
        }
        try Self.checkBody(of: request)
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
    /// A link to the page itself is fine. `own` is the name under which the request came, where that may
    /// be another one than this machine's own names.
    static func isFromElsewhere(
        _ headers: HTTPFields,
        path: String,
        own: String? = nil
    ) -> Bool {
        if let origin = headers[.origin], !isOwn(origin, own) { return true }
        if path != "/", let referer = headers[.referer], !isOwn(referer, own) { return true }
        switch headers[.secFetchSite] {
        case "same-origin", "none": return false
        case nil: return path != "/" && isUnmarkedBrowser(headers)
        default: return !(path == "/" && headers[.secFetchMode] == "navigate")
        }
    }

    /// Returns whether an address is one of this server's.
    private static func isOwn(_ address: String, _ own: String?) -> Bool {
        for scheme in ["http://", "https://"] where address.lowercased().hasPrefix(scheme) {
            let authority = String(address.dropFirst(scheme.count).prefix { $0 != "/" })
            if let own, authority.lowercased() == own.lowercased() { return true }
            return scheme == "http://" && isLocal(authority: authority)
        }
        return false
    }

    /// Refuses bodies where none is expected, and bodies that a page of another site could send without
    /// asking the browser for leave: those that are not declared as JSON.
    private static func checkBody(of request: Request) throws {
        let path = request.uri.path
        if request.method == .put, path == "/" + OpenAPI.inbox {
            // No page of another site may send this without the browser asking us for leave.
            guard mediaType(of: request) == "application/octet-stream" else {
                throw Refusal(
                    status: .unsupportedMediaType,
                    code: "media_type",
                    message: "Send the file's bytes with Content-Type: application/octet-stream."
                )
            }
            return
        }
        guard request.method == .post, bodyPrefixes.contains(where: path.hasPrefix) else {
            guard !hasBody(request.headers) else {
                throw Refusal(
                    status: .contentTooLarge,
                    code: "body",
                    message: "Requests like this have no body: put parameters into the address."
                )
            }
            return
        }
        // Without a body there is nothing that a page could have sent.
        guard hasBody(request.headers) else { return }
        guard mediaType(of: request) == "application/json" else {
            throw Refusal(
                status: .unsupportedMediaType,
                code: "media_type",
                message: "The body of this request is JSON: send Content-Type: application/json."
            )
        }
    }

    private static func mediaType(of request: Request) -> String {
        let type = request.headers[.contentType]?.split(separator: ";").first ?? ""
        return type.lowercased().filter { $0 != " " }
    }

    /// Where bodies are taken.
    private static let bodyPrefixes = ["/api/v1/", "/v1/", "/mcp", "/api/embed"]

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
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
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

extension HTTPField.Name {
    fileprivate static let ours = constant("X-Vecino")
    fileprivate static let secFetchSite = constant("Sec-Fetch-Site")
    fileprivate static let secFetchMode = constant("Sec-Fetch-Mode")
    fileprivate static let referrerPolicy = constant("Referrer-Policy")
    fileprivate static let xFrameOptions = constant("X-Frame-Options")
    fileprivate static let crossOriginOpenerPolicy = constant("Cross-Origin-Opener-Policy")

    /// A name that is known to be well-formed.
    static func constant(_ name: String) -> Self {
        guard let name = Self(name) else { preconditionFailure("“\(name)” is no header's name") }
        return name
    }
}
#endif
