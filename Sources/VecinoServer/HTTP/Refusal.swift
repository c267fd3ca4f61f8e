#if Server
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import Operations

/// Turns every error into a reply in the form of the interface that was called.
struct ErrorReplies: RouterMiddleware {
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
            return try refusal.reply(to: request.uri.path)
        }
    }
}

/// A reply that is an error.
struct Refusal: Error {
    var status: HTTPResponse.Status
    var code: String
    var message: String
    var headers: HTTPFields = [:]

    init(
        status: HTTPResponse.Status,
        code: String,
        message: String,
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers
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

    /// The reply in the form that callers of `path` expect.
    ///
    /// `/api/v1` has problem details (RFC 9457), `/v1` the form of OpenAI's interface, `/api/embed` that of
    /// Ollama's.
    func reply(to path: String) throws -> Response {
        var response: Response
        if path.hasPrefix("/api/v1") {
            response = try WebServer.response(
                status,
                [
                    "type": "about:blank", "title": .string(status.reasonPhrase),
                    "status": .integer(Int64(status.code)), "detail": .string(message),
                    "code": .string(code),
                ] as JSONValue
            )
            response.headers[.contentType] = "application/problem+json"
        } else if path.hasPrefix("/v1/") {
            let kind = status.code < 500 ? "invalid_request_error" : "server_error"
            response = try WebServer.response(
                status,
                [
                    "error": [
                        "message": .string(message), "type": .string(kind),
                        "code": .string(code), "param": .null,
                    ]
                ] as JSONValue
            )
        } else if path == "/api/embed" {
            response = try WebServer.response(status, ["error": .string(message)] as JSONValue)
        } else {
            response = try WebServer.response(
                status,
                ["error": ["code": .string(code), "message": .string(message)]] as JSONValue
            )
        }
        for field in headers { response.headers.append(field) }
        return response
    }
}
#endif
