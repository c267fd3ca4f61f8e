internal import Foundation
internal import Synchronization

/// One client's conversation in the Model Context Protocol, revision 2025-06-18.
///
/// A session turns a line into a line and touches no stream, so that a transcript tests it. It
/// offers the operations as tools and nothing else. Lines may be handled side
/// by side: a long `ask` does not hold up a `ping`, and `notifications/cancelled` stops it.
package final class MCPSession: Sendable {
    /// The revisions that this session speaks; they do not differ in what it uses.
    private static let revisions = ["2025-06-18", "2025-03-26", "2024-11-05"]

    private let served: ServedLibrary
    /// How to stop the requests that are being worked on, by id.
    private let running = Mutex<[JSONValue: @Sendable () -> Void]>([:])

    /// A session about one library.
    package init(_ served: ServedLibrary) { self.served = served }

    /// Returns the reply to one line: a JSON-RPC 2.0 message without line breaks.
    ///
    /// Notifications, replies from the client, blank lines and requests that the client has
    /// cancelled have none.
    package func handle(_ line: String) async -> String? {
        guard line.contains(where: { !$0.isWhitespace }) else { return nil }
        guard let message = try? JSON.decode(line) else {
            return Self.failure(.null, RPCError(.parse, "The line is not valid JSON."))
        }
        guard case .object(let members) = message else {
            return Self.failure(.null, RPCError(.invalidRequest, "A message is one JSON object."))
        }
        guard let method = members["method"]?.string else {
            // A reply to a request of ours: we send none, so there is nothing to match it with.
            if members["result"] != nil || members["error"] != nil { return nil }
            return Self.failure(
                Self.id(in: members) ?? .null,
                RPCError(.invalidRequest, "“method” is missing.")
            )
        }
        guard members["id"] != nil else {
            notified(method, members["params"])
            return nil
        }
        guard let id = Self.id(in: members) else {
            return Self.failure(
                .null,
                RPCError(.invalidRequest, "“id” must be a string or a whole number.")
            )
        }
        guard members["jsonrpc"] == "2.0" else {
            return Self.failure(id, RPCError(.invalidRequest, "“jsonrpc” must be \"2.0\"."))
        }
        return await reply(to: method, members["params"] ?? [:], id: id)
    }

    /// Works on a request; it can be stopped until it has its reply.
    private func reply(to method: String, _ params: JSONValue, id: JSONValue) async -> String? {
        let work = Task { () -> String? in
            do throws(RPCError) {
                let result = try await self.result(of: method, params)
                return Task.isCancelled ? nil : Self.success(id, result)
            } catch {
                return Task.isCancelled ? nil : Self.failure(id, error)
            }
        }
        running.withLock { $0[id] = { work.cancel() } }
        defer { running.withLock { _ = $0.removeValue(forKey: id) } }
        return await withTaskCancellationHandler {
            await work.value
        } onCancel: {
            work.cancel()
        }
    }

    private func result(of method: String, _ params: JSONValue) async throws(RPCError) -> JSONValue
    {
        switch method {
        case "initialize": return initialized(params)
        case "ping": return [:]
        case "tools/list": return ["tools": .array(MCPTools.descriptions)]
        case "tools/call":
            guard let name = params["name"]?.string else {
                throw RPCError(.invalidParams, "“name” of the tool is missing.")
            }
            return try await MCPTools(served: served).call(name, params["arguments"] ?? [:])
        default:
            throw RPCError(.unknownMethod, "There is no method “\(method)”.")
        }
    }

    /// Agrees on a revision: the client's if we speak it, otherwise our newest.
    private func initialized(_ params: JSONValue) -> JSONValue {
        let wanted = params["protocolVersion"]?.string ?? ""
        let agreed = Self.revisions.contains(wanted) ? wanted : Self.revisions[0]
        return [
            "protocolVersion": .string(agreed),
            "capabilities": ["tools": ["listChanged": false]],
            "serverInfo": [
                "name": "vecino", "title": "Vecino", "version": .string(served.version),
            ],
            "instructions": .string(MCPTools.instructions),
        ]
    }

    /// Notifications never have a reply, not even an error.
    private func notified(_ method: String, _ params: JSONValue?) {
        guard method == "notifications/cancelled", let id = params?["requestId"] else { return }
        running.withLock { $0[id] }?()
    }

    // MARK: - Messages

    /// The message's id, if it is of a kind that JSON-RPC under MCP allows.
    private static func id(in members: [String: JSONValue]) -> JSONValue? {
        switch members["id"] {
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        default: nil
        }
    }

    private static func success(_ id: JSONValue, _ result: JSONValue) -> String {
        line(["jsonrpc": "2.0", "id": id, "result": result])
    }

    private static func failure(_ id: JSONValue, _ error: RPCError) -> String {
        line([
            "jsonrpc": "2.0", "id": id,
            "error": [
                "code": .integer(error.code.rawValue), "message": .string(error.message),
            ],
        ])
    }

    private static func line(_ message: JSONValue) -> String {
        // Only numbers that JSON lacks could fail here, and replies are checked for them before.
        guard let data = try? JSON.encode(message) else {
            return #"{"error":{"code":-32603,"message":"The reply is no JSON."},"id":null,"#
                + #""jsonrpc":"2.0"}"#
        }
        return String(decoding: data, as: UTF8.self)
    }
}

/// Why a message has no result, in JSON-RPC's terms.
struct RPCError: Error {
    /// JSON-RPC's codes.
    enum Code: Int64 {
        case parse = -32_700
        case invalidRequest = -32_600
        case unknownMethod = -32_601
        case invalidParams = -32_602
        case `internal` = -32_603
    }

    var code: Code
    var message: String

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
