internal import Operations

/// The revisions of the Model Context Protocol that are spoken here.
enum MCPRevision {
    /// The one without a handshake: each request says for itself what it is.
    static let stateless = "2026-07-28"
    /// Those that begin with `initialize`, newest first.
    static let withHandshake = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"]
    /// All of them, newest first.
    static let all = [stateless] + withHandshake

    /// The names of members of `_meta` that the protocol defines.
    enum Meta {
        static let version = "io.modelcontextprotocol/protocolVersion"
        static let capabilities = "io.modelcontextprotocol/clientCapabilities"
        static let serverInfo = "io.modelcontextprotocol/serverInfo"
    }

    /// The revision that a request names in its `_meta`; nil for one that relies on a handshake.
    static func named(in params: JSONValue) -> String? {
        params["_meta"]?[Meta.version]?.string
    }

    /// Checks what a request without a handshake has to have.
    ///
    /// - Returns: whether it is such a request.
    static func check(_ params: JSONValue) throws(RPCError) -> Bool {
        guard let named = named(in: params) else { return false }
        guard named == stateless else {
            throw RPCError(
                .unsupportedVersion,
                "Requests without a handshake are of revision \(stateless).",
                data: [
                    "supported": .array(all.map(JSONValue.string)),
                    "requested": .string(String(named.prefix(60))),
                ]
            )
        }
        guard params["_meta"]?[Meta.capabilities]?.members != nil else {
            throw RPCError(.invalidParams, "“\(Meta.capabilities)” of “_meta” is missing.")
        }
        return true
    }
}

/// Why a message has no result, in JSON-RPC's terms.
struct RPCError: Error {
    /// JSON-RPC's codes, and the protocol's own.
    enum Code: Int64 {
        case parse = -32_700
        case invalidRequest = -32_600
        case unknownMethod = -32_601
        case invalidParams = -32_602
        case `internal` = -32_603
        case headerMismatch = -32_020
        case unsupportedVersion = -32_022
        /// No such resource, before revision 2026-07-28.
        case unknownResource = -32_002
    }

    var code: Code
    var message: String
    var data: JSONValue?

    init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }
}
