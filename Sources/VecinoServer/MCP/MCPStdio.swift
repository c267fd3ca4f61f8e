internal import Foundation
internal import Synchronization

/// The Model Context Protocol over standard input and output: one message a line.
///
/// Nothing else may write to standard output meanwhile; notices belong on standard error.
package enum MCPStdio {
    /// Serves until the input ends, and until everything that was asked has its reply.
    ///
    /// Requests run side by side; replies come as they are ready.
    ///
    /// - Throws: `MCPStdioError` if a reply cannot be written; nothing more is done then.
    package static func run(_ session: MCPSession) async throws {
        // A client that has gone is an error to report, and not the silent end.
        signal(SIGPIPE, SIG_IGN)
        try await run(session, lines: standardInput(), write: StandardOutput().write)
    }

    /// Serves these lines.
    ///
    /// - Throws: what `write` throws, at once: open requests are cancelled.
    static func run(
        _ session: MCPSession,
        lines: AsyncStream<String>,
        write: @escaping @Sendable (String) throws -> Void
    ) async throws {
        let (taken, feed) = AsyncStream<String>.makeStream()
        let output = WatchedOutput(write: write) { feed.finish() }
        let feeding = Task {
            for await line in lines { feed.yield(line) }
            feed.finish()
        }
        defer { feeding.cancel() }
        await withDiscardingTaskGroup { group in
            for await line in taken {
                group.addTask {
                    let reply = await session.handle(line) { output.put($0) }
                    if let reply { output.put(reply) }
                }
            }
            if output.failure != nil { group.cancelAll() }
        }
        if let failure = output.failure { throw failure }
    }

    /// What there is on standard input by now, at least a byte; nothing at its end.
    private static func readSome() -> [UInt8] {
        while true {
            var result = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, count in
                result = unsafe read(STDIN_FILENO, buffer.baseAddress, buffer.count)
                count = max(0, result)
            }
            if result >= 0 || errno != EINTR { return piece }
        }
    }

    /// Bytes of the longest line that is taken; what is cut there is no message any more.
    private static let maximumLine = 8 << 20

    /// The lines of standard input.
    ///
    /// A thread of its own waits for them, because a read that blocks
    /// would take one of the few threads that all tasks share.
    private static func standardInput() -> AsyncStream<String> {
        AsyncStream { continuation in
            let thread = Thread {
                var line: [UInt8] = []
                while true {
                    let piece = Self.readSome()
                    if piece.isEmpty { break }
                    var rest = piece[...]
                    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                        line += rest[..<end].prefix(maximumLine - line.count)
                        continuation.yield(String(decoding: line, as: UTF8.self))
                        line.removeAll(keepingCapacity: line.count < 1 << 20)
                        rest = rest[rest.index(after: end)...]
                    }
                    line += rest.prefix(maximumLine - line.count)
                }
                if !line.isEmpty { continuation.yield(String(decoding: line, as: UTF8.self)) }
                continuation.finish()
            }
            thread.start()
        }
    }
}

/// An output that remembers when it failed.
private final class WatchedOutput: Sendable {
    private let write: @Sendable (String) throws -> Void
    private let onFailure: @Sendable () -> Void
    private let failed = Mutex<(any Error)?>(nil)

    init(
        write: @escaping @Sendable (String) throws -> Void,
        onFailure: @escaping @Sendable () -> Void
    ) {
        self.write = write
        self.onFailure = onFailure
    }

    /// Why a line could not be written, if one could not.
    var failure: (any Error)? { failed.withLock { $0 } }

    func put(_ line: String) {
        do {
            try write(line)
        } catch {
            failed.withLock { $0 = $0 ?? error }
            onFailure()
        }
    }
}

/// Standard output, whole lines at a time.
private final class StandardOutput: Sendable {
    private let lock = Mutex<Void>(())

    /// Writes a line.
    ///
    /// - Throws: `MCPStdioError`.
    @Sendable func write(_ line: String) throws {
        try lock.withLock { _ in
            do {
                try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
            } catch {
                throw MCPStdioError.outputGone(reason: unsafe String(cString: strerror(errno)))
            }
        }
    }
}

/// Why serving over standard input and output ended early.
package enum MCPStdioError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A reply could not be written: the client has gone, or what its output goes to is full.
    case outputGone(reason: String)

    /// What went wrong.
    package var description: String {
        switch self {
        case .outputGone(let reason):
            "Standard output takes nothing more (\(reason)): the client has gone, or a disk is full."
        }
    }
}
