internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// A server that misbehaves to order: it answers each request with the bytes, the pauses and the
/// broken connection that a test wrote down.
///
/// It stands for faults only. What a provider says when all is well is tested against real
/// servers, which `scripts/test-servers` starts.
public final class ScriptedServer: Sendable {
    /// A step of a reply.
    public enum Step: Sendable {
        /// Sends bytes.
        case send([UInt8])
        /// Waits so many milliseconds.
        case pause(Int64)
        /// Sends the same bytes again and again, until the client goes away.
        case sendForever([UInt8])

        /// Sends text.
        public static func text(_ text: String) -> Step { .send(Array(text.utf8)) }
    }

    /// Where the server listens: `http://127.0.0.1:PORT`.
    public let address: String

    private let channel: any Channel
    private let log: Log

    /// Starts a server that gives the n-th request the n-th of `replies`.
    ///
    /// Further requests get the last one. After a reply the connection is closed.
    public convenience init(_ replies: [[Step]]) async throws {
        try await self.init(answering: { number, _ in replies[min(number, replies.count - 1)] })
    }

    /// Starts a server that gives the n-th request, counted from 0, the reply that `answer` makes of it.
    public init(
        answering answer: @escaping @Sendable (_ number: Int, _ request: String) -> [Step]
    ) async throws {
        let log = Log(answer)
        channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        address = "http://127.0.0.1:\(channel.localAddress?.port ?? 0)"
    }

    /// The requests so far: head and body as they came.
    public var requests: [String] { log.requests }

    /// Stops listening.
    public func stop() async throws { try await channel.close() }

    /// A reply with a status and a body, and its length said.
    public static func reply(
        _ status: String,
        headers: String = "",
        _ body: String
    ) -> [Step] {
        [
            .text(
                "HTTP/1.1 \(status)\r\nContent-Length: \(body.utf8.count)\r\n\(headers)"
                    + "Connection: close\r\n\r\n\(body)"
            )
        ]
    }

    /// The head of an event stream that ends with the connection, or before its time if chunked.
    public static func streamHead(chunked: Bool = false) -> Step {
        .text(
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                + (chunked ? "Transfer-Encoding: chunked\r\n" : "") + "Connection: close\r\n\r\n"
        )
    }
}

/// The replies to give and the requests that came.
private final class Log: Sendable {
    private let answer: @Sendable (Int, String) -> [ScriptedServer.Step]
    private let received = Mutex<[String]>([])

    init(_ answer: @escaping @Sendable (Int, String) -> [ScriptedServer.Step]) {
        self.answer = answer
    }

    var requests: [String] { received.withLock { $0 } }

    func reply(to request: String) -> [ScriptedServer.Step] {
        let number = received.withLock { received in
            received.append(request)
            return received.count - 1
        }
        return answer(number, request)
    }
}

/// Reads one request and plays the reply.
private final class Handler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: Log
    private var request: [UInt8] = []
    private var isAnswered = false

    init(_ log: Log) { self.log = log }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        request += Array(unwrapInboundIn(data).readableBytesView)
        let text = String(decoding: request, as: UTF8.self)
        guard !isAnswered, let head = text.ranges(of: "\r\n\r\n").first else { return }
        let length = text[..<head.lowerBound].lowercased().split(separator: "\r\n")
            .first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) }
        guard text[head.upperBound...].utf8.count >= length ?? 0 else { return }
        isAnswered = true
        play(log.reply(to: text)[...], on: context.channel)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func play(_ steps: ArraySlice<ScriptedServer.Step>, on channel: any Channel) {
        guard let step = steps.first else {
            channel.close(promise: nil)
            return
        }
        let rest = steps.dropFirst()
        switch step {
        case .send(let bytes):
            write(bytes, to: channel) { self.play(rest, on: channel) }
        case .pause(let milliseconds):
            channel.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(milliseconds)) {
                self.play(rest, on: channel)
            }
        case .sendForever(let bytes):
            write(bytes, to: channel) { self.play(steps, on: channel) }
        }
    }

    private func write(
        _ bytes: [UInt8],
        to channel: any Channel,
        then next: @escaping () -> Void
    ) {
        channel.writeAndFlush(ByteBuffer(bytes: bytes)).assumeIsolated().whenComplete { result in
            // A client that went away has seen enough.
            if case .success = result { next() }
        }
    }
}
