#if Postgres
internal import Corpus
internal import Dispatch
internal import Synchronization

/// Connections that reads share: at most so many, opened when they are needed, each used by one read at a
/// time.
final class ConnectionPool: Sendable {
    private struct State {
        var idle: [Connection] = []
        /// Connections that are in use or being opened.
        var busy = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var last = 0
    }

    private let address: PostgresAddress
    private let limit: Int
    private let state = Mutex(State())

    /// A pool of at most `limit` connections.
    init(to address: PostgresAddress, limit: Int) {
        self.address = address
        self.limit = limit
    }

    /// Opens a connection without blocking a task of others.
    ///
    /// - Throws: `ServerError`.
    static func open(_ address: PostgresAddress) async throws -> Connection {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result { Connection(try Session(to: address)) }
                )
            }
        }
    }

    /// Runs `body` on a connection that nobody else uses meanwhile.
    ///
    /// - Throws: `ServerError`, `CancellationError` while it waits for one, and what `body` throws.
    func withConnection<R>(_ body: (Connection) async throws -> R) async throws -> R {
        try await takePlace()
        let idle = state.withLock { $0.idle.popLast() }
        do {
            let connection: Connection
            if let idle { connection = idle } else { connection = try await Self.open(address) }
            let result = try await body(connection)
            await give(back: connection)
            return result
        } catch {
            // Whatever went wrong on it, the next one gets a fresh connection.
            leavePlace()
            throw error
        }
    }

    private func give(back connection: Connection) async {
        if await connection.isAlive { state.withLock { $0.idle.append(connection) } }
        leavePlace()
    }

    /// Forgets the connections that nobody uses: the server they led to is gone.
    func forgetIdle() { state.withLock { $0.idle.removeAll() } }

    private func takePlace() async throws {
        let number = state.withLock { state -> Int? in
            if state.busy < limit {
                state.busy += 1
                return nil
            }
            state.last += 1
            return state.last
        }
        guard let number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isFree = state.withLock { state in
                    // One may have become free meanwhile.
                    if state.busy < limit {
                        state.busy += 1
                        return true
                    }
                    state.waiting.append((number, continuation))
                    return false
                }
                if isFree { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                let index = state.waiting.firstIndex { $0.number == number }
                return index.map { state.waiting.remove(at: $0).continuation }
            }
            continuation?.resume(throwing: CancellationError())
        }
    }

    private func leavePlace() {
        let next = state.withLock { state in
            if state.waiting.isEmpty {
                state.busy -= 1
                return nil as CheckedContinuation<Void, any Error>?
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume()
    }
}
#endif
