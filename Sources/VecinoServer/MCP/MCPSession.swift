internal import Answering
internal import Foundation
package import Operations
internal import Synchronization

/// One client's conversation in the Model Context Protocol.
///
/// A session turns a message into a message and touches no stream, so that a transcript tests it. It
/// offers the operations as tools, documents and passages as resources, and a few prompts. Requests of
/// revision 2026-07-28 say for themselves what they are, others rely on `initialize`. Lines may be handled side
/// by side: a long `ask` does not hold up a `ping`, and `notifications/cancelled` stops it.
package final class MCPSession: Sendable {
    /// Is handed notifications, each a line.
    package typealias Notify = @Sendable (String) -> Void

    private let served: ServedLibrary
    /// How to stop the requests that are being worked on, by id.
    private let running = Mutex<[JSONValue: @Sendable () -> Void]>([:])

    /// A session about one library.
    package init(_ served: ServedLibrary) { self.served = served }

    /// Returns the reply to one line: a JSON-RPC 2.0 message without line breaks.
    ///
    /// Notifications, replies from the client, blank lines and requests that the client has
    /// cancelled have none.
    package func handle(
        _ line: String,
        notify: @escaping Notify = { _ in }
    ) async -> String? {
        guard line.contains(where: { !$0.isWhitespace }) else { return nil }
        guard let message = try? ServedJSON.decode(line) else {
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
        return await reply(to: method, members["params"] ?? [:], id: id, notify)
    }

    /// Works on a request; it can be stopped until it has its reply.
    private func reply(
        to method: String,
        _ params: JSONValue,
        id: JSONValue,
        _ notify: @escaping Notify
    ) async -> String? {
        let work = Task { () -> String? in
            do throws(RPCError) {
                let result = try await self.result(of: method, params, notify)
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

    private func result(
        of method: String,
        _ params: JSONValue,
        _ notify: @escaping Notify
    ) async throws(RPCError) -> JSONValue {
        let isStateless = try MCPRevision.check(params)
        let result: JSONValue
        switch method {
        case "initialize" where !isStateless: return initialized(params)
        case "ping" where !isStateless: return [:]
        case "server/discover": result = discovered
        case "tools/list": result = ["tools": .array(MCPTools.descriptions)]
        case "tools/call":
            guard let name = params["name"]?.string else {
                throw RPCError(.invalidParams, "“name” of the tool is missing.")
            }
            result = try await MCPTools(served: served).call(
                name,
                params["arguments"] ?? [:],
                report: Self.report(to: params["_meta"]?["progressToken"], notify)
            )
        case "resources/list": result = try await MCPResources(served: served).list(params)
        case "resources/templates/list": result = MCPResources.templates
        case "resources/read":
            result = try await MCPResources(served: served)
                .read(params, isStateless: isStateless)
        case "prompts/list": result = MCPPrompts.list
        case "prompts/get": result = try MCPPrompts.get(params)
        default: throw RPCError(.unknownMethod, "There is no method “\(method.prefix(60))”.")
        }
        guard isStateless || method == "server/discover" else { return result }
        var more: [String: JSONValue] = [
            "resultType": "complete", "_meta": [MCPRevision.Meta.serverInfo: information],
        ]
        if method != "tools/call", method != "prompts/get" {
            // Another library may be served at any time: a client asks again.
            more["ttlMs"] = 0
            more["cacheScope"] = "private"
        }
        return result.adding(more)
    }

    /// Tells a client that asked for it what happens while a question is answered.
    private static func report(
        to token: JSONValue?,
        _ notify: @escaping Notify
    ) -> Operations.Operation.Report {
        guard let token else { return { _ in } }
        let count = Mutex(0)
        @Sendable func tell(_ message: String) {
            let progress = count.withLock { count in
                count += 1
                return count
            }
            notify(
                line([
                    "jsonrpc": "2.0", "method": "notifications/progress",
                    "params": [
                        "progressToken": token, "progress": .integer(Int64(progress)),
                        "message": .string(message),
                    ],
                ])
            )
        }
        tell("Looking into the documents")
        return { event in
            switch event {
            case .asked(let model, _): tell("Asking \(model)")
            case .passed(let claim): tell("Checked: \(claim.text)")
            case .rejected: tell("A quotation did not pass")
            case .retrying: tell("Asking once more")
            case .searching(let query): tell("Searching for \(query)")
            case .received, .shortened, .text: break
            }
        }
    }

    private var information: JSONValue {
        ["name": "vecino", "title": "Vecino", "version": .string(served.version)]
    }

    private static let capabilities: JSONValue = [
        "tools": ["listChanged": false], "resources": ["listChanged": false],
        "prompts": ["listChanged": false],
    ]

    /// What the server is, for clients that begin without a handshake.
    private var discovered: JSONValue {
        [
            "supportedVersions": .array(MCPRevision.all.map(JSONValue.string)),
            "capabilities": Self.capabilities, "serverInfo": information,
            "instructions": .string(MCPTools.instructions),
        ]
    }

    /// Agrees on a revision: the client's if we speak it, otherwise our newest with a handshake.
    private func initialized(_ params: JSONValue) -> JSONValue {
        let wanted = params["protocolVersion"]?.string ?? ""
        let known = MCPRevision.withHandshake
        return [
            "protocolVersion": .string(known.contains(wanted) ? wanted : known[0]),
            "capabilities": Self.capabilities, "serverInfo": information,
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
    static func id(in members: [String: JSONValue]) -> JSONValue? {
        switch members["id"] {
        case .string(let text): .string(text)
        case .integer(let number): .integer(number)
        default: nil
        }
    }

    private static func success(_ id: JSONValue, _ result: JSONValue) -> String {
        line(["jsonrpc": "2.0", "id": id, "result": result])
    }

    static func failure(_ id: JSONValue, _ error: RPCError) -> String {
        var members: [String: JSONValue] = [
            "code": .integer(error.code.rawValue), "message": .string(error.message),
        ]
        if let data = error.data { members["data"] = data }
        return line(["jsonrpc": "2.0", "id": id, "error": .object(members)])
    }

    private static func line(_ message: JSONValue) -> String {
        // Only numbers that JSON lacks could fail here, and replies are checked for them before.
        guard let data = try? ServedJSON.encode(message) else {
            return #"{"error":{"code":-32603,"message":"The reply is no JSON."},"id":null,"#
                + #""jsonrpc":"2.0"}"#
        }
        return String(decoding: data, as: UTF8.self)
    }
}
