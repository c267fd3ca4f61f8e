#if Server
internal import Answering
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Operations

/// Answers that come piece by piece, as server-sent events.
extension WebServer {
    /// Whether a caller wants events rather than one value.
    static func wantsEvents(_ request: Request) -> Bool {
        request.headers[.accept]?.lowercased().contains("text/event-stream") ?? false
    }

    /// Runs an operation and tells what happens: `claim` as each passes, then `answer` with the whole reply;
    /// `error` where it fails.
    static func events(
        of operation: Operation,
        _ arguments: Arguments,
        served: ServedLibrary
    ) -> Response {
        eventStream { send in
            do {
                let reply = try await served.reply(to: operation, arguments) { event in
                    guard let (name, value) = message(of: event) else { return }
                    send(ServerEvent(name, value))
                }
                send(ServerEvent("answer", reply.value))
            } catch {
                let refusal = Refusal(error, path: "")
                send(
                    ServerEvent(
                        "error",
                        [
                            "status": .integer(Int64(refusal.status.code)),
                            "code": .string(refusal.code), "detail": .string(refusal.message),
                        ]
                    )
                )
            }
        }
    }

    /// What is told of an event; nothing of most of those that only count.
    private static func message(of event: Answerer.Event) -> (String, JSONValue)? {
        switch event {
        case .asked(let model, let tokens):
            ("asked", ["model": .string(model), "estimatedTokens": .integer(Int64(tokens))])
        case .received(let characters): ("received", ["characters": .integer(Int64(characters))])
        case .passed(let claim): (try? JSONValue(encoding: claim)).map { ("claim", $0) }
        case .rejected(let quotation):
            (try? JSONValue(encoding: quotation)).map { ("rejected", $0) }
        case .retrying: ("retrying", [:])
        case .shortened: ("shortened", [:])
        case .searching(let query): ("searching", ["query": .string(query)])
        case .text: nil
        }
    }

    /// A reply that `work` sends event by event; it is cancelled when nobody listens any more.
    static func eventStream(
        _ work: @escaping @Sendable (@escaping @Sendable (ServerEvent) -> Void) async -> Void
    ) -> Response {
        let body = ResponseBody { writer in
            let (events, sending) = AsyncStream<ServerEvent>.makeStream()
            let task = Task {
                await work { sending.yield($0) }
                sending.finish()
            }
            // Writing now and then is how it is noticed that nobody listens any more.
            let beat = Task {
                while !Task.isCancelled {
                    try await Task.sleep(for: .seconds(2))
                    sending.yield(.nothing)
                }
            }
            defer {
                beat.cancel()
                task.cancel()
            }
            for await event in events {
                try await writer.write(ByteBuffer(string: event.text))
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"],
            body: body
        )
    }
}

/// One event of a stream.
struct ServerEvent: Sendable {
    /// The event as it goes over the wire.
    let text: String

    /// A comment, which every reader passes over.
    static let nothing = ServerEvent(wire: ":\n\n")

    private init(wire text: String) { self.text = text }

    /// An event with a name and a value.
    init(_ name: String? = nil, _ value: JSONValue) {
        let data =
            (try? ServedJSON.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
        text = (name.map { "event: \($0)\n" } ?? "") + "data: \(data)\n\n"
    }

    /// An event whose data is these words.
    init(words: String) { text = "data: \(words)\n\n" }
}
#endif
