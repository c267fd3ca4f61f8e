internal import Foundation
internal import Synchronization

/// The Model Context Protocol over standard input and output: one message a line.
///
/// Nothing else may write to standard output meanwhile; notices belong on standard error.
package enum MCPStdio {
    /// Serves until the input ends, and until everything that was asked has its reply.
    ///
    /// Requests run side by side; replies come as they are ready.
    package static func run(_ session: MCPSession) async {
        await run(session, lines: standardInput(), write: StandardOutput().write)
    }

    /// Serves these lines.
    static func run(
        _ session: MCPSession,
        lines: AsyncStream<String>,
        write: @escaping @Sendable (String) -> Void
    ) async {
        await withDiscardingTaskGroup { group in
            for await line in lines {
                group.addTask {
                    if let reply = await session.handle(line) { write(reply) }
                }
            }
        }
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

/// Standard output, whole lines at a time.
private final class StandardOutput: Sendable {
    private let lock = Mutex<Void>(())

    /// Writes a line.
    ///
    /// If the client has gone there is nobody left to tell.
    @Sendable func write(_ line: String) {
        lock.withLock { _ in
            try? FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
        }
    }
}
