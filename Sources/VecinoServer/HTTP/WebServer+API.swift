#if Server
internal import Corpus
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Operations

/// The interface below `/api/v1`: each operation is a route, and documents have their files and pages.
extension WebServer {
    typealias Routes = Router<BasicRequestContext>

    /// Bytes of a request's body.
    private static let maximumBody = 1 << 20

    /// The routes below `/api/`, as they were before they had a version.
    static func addOldRoutes(_ served: ServedLibrary, to router: Routes) {
        for operation in Operation.all {
            router.get(RouterPath("api/" + operation.route)) { request, context in
                let arguments = try Arguments(
                    QueryParameters(request.uri.query),
                    path: path(of: operation, context),
                    for: operation
                )
                return try response(.ok, await served.reply(to: operation, arguments).value)
            }
        }
    }

    /// The routes below `/api/v1/`.
    static func addAPI(_ served: ServedLibrary, to router: Routes) {
        for operation in Operation.all + Operation.besides {
            let route = RouterPath(OpenAPI.prefix + operation.route)
            let answer = { @Sendable (request: Request, context: BasicRequestContext) in
                try await reply(to: operation, request, context, served: served)
            }
            if !operation.isChange { router.get(route, use: answer) }
            if operation.takesBody { router.post(route, use: answer) }
        }
        let document = JSONValue.object(OpenAPI.document(version: served.version))
        router.get("api/v1/openapi.json") { _, _ in try response(.ok, document) }
        router.get("api/v1/documents/{document}/file") { request, context in
            try await file(request, context, served: served)
        }
        router.get("api/v1/documents/{document}/pages/{page}") { request, context in
            try await picture(request, context, served: served)
        }
        router.put(RouterPath(OpenAPI.inbox)) { request, _ in
            try response(.ok, await keep(request, served: served))
        }
        refuseOtherMethods(router)
    }

    /// Keeps the file that a request's body is, and begins to index the inbox.
    private static func keep(
        _ request: Request,
        served: ServedLibrary
    ) async throws -> JSONValue {
        guard let inbox = served.inbox else {
            throw ServiceError.unavailable(
                "This server takes no files: it was started without a folder for them."
            )
        }
        guard let name = try QueryParameters(request.uri.query).values("name").first else {
            throw ServiceError.invalid("“name” is missing: say what the file is called.")
        }
        let body = try await body(of: request, upTo: Inbox.maximumBytes)
        let kept = try inbox.keep(Array(body.readableBytesView), as: name)
        let jobs = try await served.indexing().start(inbox.folder)
        return [
            "name": .string(kept), "folder": .string(inbox.folder),
            "jobs": try JSONValue(encoding: jobs),
        ]
    }

    /// Says which methods a route has, to a request of another.
    private static func refuseOtherMethods(_ router: Routes) {
        for (path, methods) in OpenAPI.methods {
            let allowed = (methods.contains(.get) ? methods + [.head] : methods)
                .map(\.rawValue).joined(separator: ", ")
            for method in [HTTPRequest.Method.get, .post, .put, .delete, .patch, .options, .trace]
            where !methods.contains(method) {
                router.on(RouterPath(path), method: method) { _, _ -> Response in
                    throw Refusal(
                        status: .methodNotAllowed,
                        code: "method",
                        message: "Only \(allowed) is allowed here.",
                        headers: [.allow: allowed]
                    )
                }
            }
        }
    }

    private static func path(
        of operation: Operation,
        _ context: BasicRequestContext
    ) -> [String: String] {
        var path: [String: String] = [:]
        for parameter in operation.pathParameters {
            path[parameter.name] = context.parameters.get(parameter.name)
        }
        return path
    }

    private static func reply(
        to operation: Operation,
        _ request: Request,
        _ context: BasicRequestContext,
        served: ServedLibrary
    ) async throws -> Response {
        let path = path(of: operation, context)
        let arguments: Arguments
        if request.method == .post {
            let body = try await json(of: request, upTo: maximumBody)
            arguments = try Arguments(json: body, path: path, for: operation)
        } else {
            arguments = try Arguments(
                QueryParameters(request.uri.query),
                path: path,
                for: operation
            )
        }
        if operation.right == .ask, wantsEvents(request) {
            return events(of: operation, arguments, served: served)
        }
        guard operation.isStable, request.method != .post else {
            return try response(.ok, await served.reply(to: operation, arguments).value)
        }
        return try await cached(request, served: served) {
            try response(.ok, await served.reply(to: operation, arguments).value)
        }
    }

    /// The object that a request's body is.
    static func json(
        of request: Request,
        upTo limit: Int
    ) async throws -> [String: JSONValue] {
        let body = try await body(of: request, upTo: limit)
        guard case .object(let members)? = try? JSONParser.value(of: Array(body.readableBytesView))
        else { throw ServiceError.invalid("The body must be one JSON object.") }
        return members
    }

    /// The bytes of a request's body.
    private static func body(of request: Request, upTo limit: Int) async throws -> ByteBuffer {
        do {
            return try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw Refusal(
                status: .contentTooLarge,
                code: "body",
                message: "The body is larger than \(limit) bytes."
            )
        }
    }

    // MARK: Caching

    /// A reply that a caller need not have again before the library changes.
    private static func cached(
        _ request: Request,
        served: ServedLibrary,
        make: () async throws -> Response
    ) async throws -> Response {
        let generation = try await served.state()
        let tag = "W/\"\(generation)-\(served.version)\""
        if matches(request.headers[.ifNoneMatch], tag) {
            return Response(status: .notModified, headers: fresh(tag))
        }
        var response = try await make()
        for field in fresh(tag) { response.headers.append(field) }
        return response
    }

    private static func fresh(_ tag: String) -> HTTPFields {
        [.eTag: tag, .cacheControl: "private, no-cache"]
    }

    /// Whether `If-None-Match` names a tag, weakly compared.
    static func matches(_ header: String?, _ tag: String) -> Bool {
        guard let header else { return false }
        func plain(_ tag: some StringProtocol) -> String {
            let tag = tag.drop { $0 == " " }
            return String(tag.hasPrefix("W/") ? tag.dropFirst(2) : tag)
        }
        return header == "*" || header.split(separator: ",").contains { plain($0) == plain(tag) }
    }

    // MARK: Files and pages

    private static func original(
        _ context: BasicRequestContext,
        served: ServedLibrary
    ) async throws -> OriginalFile {
        guard let number = context.parameters.get("document").flatMap({ Int64($0) }) else {
            throw ServiceError.invalid("“document” must be a whole number.")
        }
        do {
            let passages = try await Operation.passages(of: String(number), served: served)
            return try OriginalFile(passages[0].document)
        } catch {
            throw ServiceError(error)
        }
    }

    /// A document's file, or the range of it that was asked for.
    private static func file(
        _ request: Request,
        _ context: BasicRequestContext,
        served: ServedLibrary
    ) async throws -> Response {
        let file = try await original(context, served: served)
        var headers = fresh(file.tag)
        headers[.contentType] = file.mediaType
        headers[.acceptRanges] = "bytes"
        headers[.contentDisposition] =
            "attachment; filename*=UTF-8''" + PlainPage.escapedAddress(file.name)
        if matches(request.headers[.ifNoneMatch], file.tag) {
            return Response(status: .notModified, headers: headers)
        }
        let wanted = ByteRange(request.headers[.range], of: file.size)
        if case .unsatisfiable = wanted {
            throw Refusal(
                status: .rangeNotSatisfiable,
                code: "range",
                message: "The file has \(file.size) bytes.",
                headers: [.contentRange: "bytes */\(file.size)"]
            )
        }
        guard case .part(let range) = wanted else {
            let body = try await FileIO().loadFile(path: file.path, context: context)
            return Response(status: .ok, headers: headers, body: body)
        }
        headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(file.size)"
        let body = try await FileIO().loadFile(path: file.path, range: range, context: context)
        return Response(status: .partialContent, headers: headers, body: body)
    }

    /// A page of a PDF as a picture.
    private static func picture(
        _ request: Request,
        _ context: BasicRequestContext,
        served: ServedLibrary
    ) async throws -> Response {
        let arguments = try Arguments(
            QueryParameters(request.uri.query),
            path: ["page": context.parameters.get("page") ?? ""],
            for: OpenAPI.picture
        )
        let file = try await original(context, served: served)
        let width = arguments.integer("width") ?? 1_000
        let tag = "\"\(width)-" + file.tag.dropFirst()
        if matches(request.headers[.ifNoneMatch], tag) {
            return Response(status: .notModified, headers: fresh(tag))
        }
        let picture = try await served.pages.picture(
            of: arguments.integer("page") ?? 1,
            in: file,
            width: width
        )
        var headers = fresh(tag)
        headers[.contentType] = "image/png"
        let body = ResponseBody(byteBuffer: ByteBuffer(bytes: picture))
        return Response(status: .ok, headers: headers, body: body)
    }
}

/// What a `Range` header asks for; several ranges at once are answered with the whole.
enum ByteRange: Hashable {
    case whole
    case part(ClosedRange<Int>)
    case unsatisfiable

    /// Reads the header against a file of `size` bytes.
    init(_ header: String?, of size: Int) {
        self = .whole
        guard let header, header.hasPrefix("bytes="), !header.contains(",") else { return }
        let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
        guard ends.count == 2 else { return }
        if ends[0].isEmpty {
            guard let count = Int(ends[1]), count >= 0 else { return }
            let first = max(0, size - count)
            self = count == 0 || size == 0 ? .unsatisfiable : .part(first...(size - 1))
            return
        }
        guard let first = Int(ends[0]), first >= 0 else { return }
        guard let last = ends[1].isEmpty ? size - 1 : Int(ends[1]) else { return }
        guard first < size else {
            self = .unsatisfiable
            return
        }
        if first <= last { self = .part(first...min(last, size - 1)) }
    }
}
#endif
