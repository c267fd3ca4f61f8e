#if Server
internal import HTTPTypes
internal import Operations

/// The description of the interface below `/api/v1` in OpenAPI 3.1, made from the operations.
enum OpenAPI {
    /// Before each route.
    static let prefix = "api/v1/"

    /// Where files are handed in.
    static let inbox = prefix + "inbox"

    /// What a picture of a page takes; it is no operation, because its reply is no JSON.
    static let picture = Operation(
        "picture",
        title: "Look at a page",
        description: "Returns a page of a PDF as a picture.",
        parameters: [
            .required("page", .integer(1...100_000), "The page, from 1."),
            Parameter("width", .integer(PagePrinter.widths), "Pixels across (1000)."),
        ],
        route: "documents/{document}/pages/{page}",
        result: ResultSchema.anything
    ) { _, _, _ in
        throw ServiceError.invalid("A picture is no value.")
    }

    private static let operations = Operation.all + Operation.besides

    /// The methods of each route.
    static let methods: [(path: String, methods: [HTTPRequest.Method])] =
        operations.map { operation in
            let get: [HTTPRequest.Method] = operation.isChange ? [] : [.get]
            return (prefix + operation.route, get + (operation.takesBody ? [.post] : []))
        } + [
            (prefix + "documents/{document}/file", [.get]),
            (prefix + picture.route, [.get]), (inbox, [.put]),
            (prefix + "openapi.json", [.get]),
        ]

    /// The document.
    static func document(version: String) -> [String: JSONValue] {
        var paths: [String: JSONValue] = [:]
        for operation in operations {
            var item: [String: JSONValue] = [:]
            if !operation.isChange { item["get"] = description(of: operation, isPost: false) }
            if operation.takesBody { item["post"] = description(of: operation, isPost: true) }
            paths["/" + prefix + operation.route] = .object(item)
        }
        paths["/" + prefix + "documents/{document}/file"] = ["get": file]
        paths["/" + prefix + picture.route] = ["get": pictureDescription]
        paths["/" + inbox] = ["put": handingIn]
        paths["/" + prefix + "openapi.json"] = [
            "get": [
                "operationId": "openapi", "summary": "This document",
                "responses": responses(
                    ok: ["application/json": ["schema": ["type": "object"]]],
                    others: []
                ),
            ]
        ]
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Vecino", "version": .string(version),
                "description": "Search, reading and checked answers from one library of documents.",
                "license": ["name": "Apache-2.0", "identifier": "Apache-2.0"],
            ],
            "paths": .object(paths),
            "components": [
                "schemas": ["Problem": problem],
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer"],
                    "password": ["type": "http", "scheme": "basic"],
                ],
            ],
            "security": [[:], ["token": []], ["password": []]],
        ]
    }

    private static let problem = ResultSchema.object([
        "type": ResultSchema.text, "title": ResultSchema.text, "status": ResultSchema.whole,
        "detail": ResultSchema.text, "code": ResultSchema.text,
    ])

    private static func description(of operation: Operation, isPost: Bool) -> JSONValue {
        var responseOK: [String: JSONValue] = [
            "application/json": ["schema": operation.result]
        ]
        if operation.right == .ask {
            responseOK["text/event-stream"] = ["schema": ["type": "string"]]
        }
        let others = operation.isStable && !isPost ? [304] : isPost ? [415] : []
        var members: [String: JSONValue] = [
            "operationId": .string(operation.name + (isPost && !operation.isChange ? "Post" : "")),
            "summary": .string(operation.title),
            "description": .string(operation.description),
            "parameters": .array(
                operation.pathParameters.map { parameter(of: $0, in: "path") }
                    + (isPost
                        ? [] : operation.otherParameters.map { parameter(of: $0, in: "query") })
            ),
            "responses": responses(ok: responseOK, others: others),
        ]
        if isPost {
            let rest = operation.otherParameters
            members["requestBody"] = [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": [
                            "type": "object",
                            "properties": .object(
                                Dictionary(uniqueKeysWithValues: rest.map { ($0.name, $0.schema) })
                            ),
                            "required": .array(
                                rest.filter(\.isRequired).map { .string($0.name) }
                            ),
                            "additionalProperties": false,
                        ]
                    ]
                ],
            ]
        }
        return .object(members)
    }

    private static func parameter(of parameter: Parameter, in place: String) -> JSONValue {
        var schema = parameter.schema
        if case .texts = parameter.kind {
            schema = ["type": "array", "items": ["type": "string"]]
        }
        return [
            "name": .string(parameter.name), "in": .string(place),
            "required": .bool(parameter.isRequired || place == "path"),
            "description": .string(parameter.description), "schema": schema,
        ]
    }

    private static let documentParameter = parameter(
        of: .required("document", .integer(0...Int64.max), "The document's number."),
        in: "path"
    )

    private static let file: JSONValue = [
        "operationId": "file", "summary": "The original file",
        "description": "Returns the file that a document was read from, or a range of it.",
        "parameters": [
            documentParameter,
            [
                "name": "Range", "in": "header", "required": false,
                "schema": ["type": "string"], "description": "bytes=0-1023",
            ],
        ],
        "responses": responses(ok: ["*/*": [:]], others: [206, 304, 416]),
    ]

    private static let handingIn: JSONValue = [
        "operationId": "handIn", "summary": "Hand in a file",
        "description": "Keeps a file in the inbox of the server and begins to index it.",
        "parameters": [
            parameter(of: .required("name", .text, "What the file is called."), in: "query")
        ],
        "requestBody": [
            "required": true,
            "content": ["application/octet-stream": [:]],
        ],
        "responses": responses(
            ok: [
                "application/json": [
                    "schema": ResultSchema.object([
                        "name": ResultSchema.text, "folder": ResultSchema.text,
                        "jobs": ResultSchema.list(of: ResultSchema.anything),
                    ])
                ]
            ],
            others: [415]
        ),
    ]

    private static let pictureDescription: JSONValue = [
        "operationId": "picture", "summary": .string(picture.title),
        "description": .string(picture.description),
        "parameters": [
            documentParameter, parameter(of: picture.parameters[0], in: "path"),
            parameter(of: picture.parameters[1], in: "query"),
        ],
        "responses": responses(ok: ["image/png": [:]], others: [304]),
    ]

    private static func responses(
        ok content: [String: JSONValue],
        others: [Int]
    ) -> JSONValue {
        var responses: [String: JSONValue] = [
            "200": ["description": "The reply.", "content": .object(content)]
        ]
        for status in others {
            switch status {
            case 206:
                responses["206"] = ["description": "A part.", "content": ["*/*": [:]]]
            case 304: responses["304"] = ["description": "Not changed since."]
            default: responses[String(status)] = refusal
            }
        }
        for status in [400, 401, 403, 404, 413, 421, 500, 503] {
            responses[String(status)] = refusal
        }
        return .object(responses)
    }

    private static let refusal: JSONValue = [
        "description": "Why there is no reply.",
        "content": [
            "application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]
        ],
    ]
}

extension Operation {
    /// Whether the arguments may come in a body: questions can be long, and changes are no GET.
    var takesBody: Bool { right != .read || name == "search" }
}
#endif
