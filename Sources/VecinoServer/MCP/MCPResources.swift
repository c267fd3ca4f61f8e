internal import Corpus
internal import Operations
internal import Vecino

/// The documents and passages of a library as resources of an MCP session.
struct MCPResources {
    let served: ServedLibrary

    /// Documents a page of `resources/list`.
    private static let pageSize = 100
    /// Passages of a document that one reading returns.
    private static let passages = 100

    /// How resources are addressed.
    static let templates: JSONValue = [
        "resourceTemplates": [
            [
                "uriTemplate": "vecino://document/{document}", "name": "document",
                "title": "A document", "mimeType": "text/plain",
                "description": "The text of a document, by its number.",
            ],
            [
                "uriTemplate": "vecino://document/{document}/lines/{lines}", "name": "lines",
                "title": "Lines of a document", "mimeType": "text/plain",
                "description": "The passages of a document that touch lines such as 12-40.",
            ],
            [
                "uriTemplate": "vecino://passage/{passage}", "name": "passage",
                "title": "A passage", "mimeType": "text/plain",
                "description": "One passage, by the number that `search` shows.",
            ],
        ]
    ]

    /// A page of the documents.
    func list(_ params: JSONValue) async throws(RPCError) -> JSONValue {
        var arguments: [String: JSONValue] = ["limit": .integer(Int64(Self.pageSize))]
        if let cursor = params["cursor"] { arguments["cursor"] = cursor }
        let reply: Reply
        do {
            reply = try await served.reply(
                to: .list,
                Arguments(json: arguments, for: .list)
            )
        } catch {
            throw RPCError(.invalidParams, String(describing: error))
        }
        let resources = (reply.value["documents"]?.elements ?? []).map { document -> JSONValue in
            guard case .integer(let id)? = document["id"] else { return [:] }
            let path = document["path"]?.string ?? ""
            let title = document["title"]?.string ?? ""
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return [
                "uri": .string("vecino://document/\(id)"), "name": .string(name),
                "title": .string(title.isEmpty ? name : title), "description": .string(path),
                "mimeType": "text/plain",
            ]
        }
        var result: [String: JSONValue] = ["resources": .array(resources)]
        if let next = reply.value["nextCursor"] { result["nextCursor"] = next }
        return .object(result)
    }

    /// What a resource says.
    ///
    /// - Parameters:
    ///   - params: with its `uri`.
    ///   - isStateless: whether the request is of the revision without a handshake, which has another code
    ///     for what is not there.
    /// - Returns: the contents.
    /// - Throws: `RPCError`.
    func read(_ params: JSONValue, isStateless: Bool) async throws(RPCError) -> JSONValue {
        guard let uri = params["uri"]?.string else {
            throw RPCError(.invalidParams, "“uri” of the resource is missing.")
        }
        let scheme = "vecino://"
        let parts =
            uri.hasPrefix(scheme)
            ? uri.dropFirst(scheme.count).split(separator: "/").map(String.init) : []
        let operation: Operation
        var arguments: [String: JSONValue]
        switch parts.first {
        case "passage" where parts.count == 2:
            operation = .get
            arguments = ["passage": .string(parts[1])]
        case "document" where parts.count == 2 || parts.count == 4 && parts[2] == "lines":
            operation = .read
            arguments = [
                "document": .string(parts[1]), "limit": .integer(Int64(Self.passages)),
            ]
            if parts.count == 4 { arguments["lines"] = .string(parts[3]) }
        default: throw unknown(uri, isStateless)
        }
        do {
            let reply = try await served.reply(
                to: operation,
                Arguments(json: arguments, for: operation)
            )
            return [
                "contents": [
                    ["uri": .string(uri), "mimeType": "text/plain", "text": .string(reply.text)]
                ]
            ]
        } catch ServiceError.notFound {
            throw unknown(uri, isStateless)
        } catch {
            throw RPCError(.invalidParams, String(describing: error))
        }
    }

    private func unknown(_ uri: String, _ isStateless: Bool) -> RPCError {
        RPCError(
            isStateless ? .invalidParams : .unknownResource,
            "There is no resource \(uri.prefix(200)).",
            data: ["uri": .string(String(uri.prefix(200)))]
        )
    }
}
