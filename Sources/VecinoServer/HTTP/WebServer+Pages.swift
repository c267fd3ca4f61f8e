#if Server
internal import Corpus
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Operations
internal import Retrieval
internal import Vecino

/// The pages that people see.
extension WebServer {
    /// Pages that need no script: `/search` and `/read/PASSAGE`.
    static func addPlainPages(_ served: ServedLibrary, to router: Routes) {
        router.get("search") { request, _ in
            let query = try QueryParameters(request.uri.query).values("q").first ?? ""
            let page = PlainPage(acceptLanguage: request.headers[.acceptLanguage])
            guard query.contains(where: { !$0.isWhitespace }) else {
                return plain { page.search("", nil, nonce: $0) }
            }
            do {
                let results = try await served.library.search(
                    SearchRequest(query, limit: max(served.resultLimit, 20))
                )
                return plain { page.search(query, results, nonce: $0) }
            } catch {
                throw ServiceError(error)
            }
        }
        router.get("read/{passage}") { request, context in
            let page = PlainPage(acceptLanguage: request.headers[.acceptLanguage])
            guard let number = context.parameters.get("passage").flatMap({ Int64($0) }) else {
                throw ServiceError.notFound("A passage is named by its number.")
            }
            let id = PassageID(rawValue: number)
            do {
                guard let found = try await served.library.passageInContext(id)?.passage else {
                    throw ServiceError.notFound("There is no passage \(id).")
                }
                let passages = try await served.library.passages(of: found.document.id)
                return plain { page.reading(passages, marked: id, nonce: $0) }
            } catch {
                throw ServiceError(error)
            }
        }
    }

    /// A page of HTML without a script.
    private static func plain(_ html: (_ nonce: String) -> String) -> Response {
        let nonce = nonce()
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'nonce-\(nonce)'; img-src data:; base-uri 'none'; \
                form-action 'self'; frame-ancestors 'none'
                """,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: html(nonce)))
        )
    }

    /// The page, with a nonce that lets its own style and script run, and nothing else.
    static func page() -> Response {
        let nonce = nonce()
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: """
                default-src 'none'; style-src 'nonce-\(nonce)'; script-src 'nonce-\(nonce)'; \
                connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; \
                frame-ancestors 'none'
                """,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: WebPage.html(nonce: nonce)))
        )
    }

    /// A word that cannot be guessed.
    private static func nonce() -> String {
        var random = SystemRandomNumberGenerator()
        return String(random.next(), radix: 36) + String(random.next(), radix: 36)
    }
}
#endif
