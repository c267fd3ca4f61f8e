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

    /// The lines of standard input.
    ///
    /// A thread of its own waits for them, because a read that blocks
    /// would take one of the few threads that all tasks share.
    private static func standardInput() -> AsyncStream<String> {
        AsyncStream { continuation in
            let thread = Thread {
                while let line = readLine() { continuation.yield(line) }
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
