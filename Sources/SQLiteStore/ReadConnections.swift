internal import GRDB
internal import Synchronization

/// Connections that only read, each used by one reader at a time.
///
/// A connection is opened when all others are busy. A few of them are kept when they are free again.
final class ReadConnections: Sendable {
    /// How many snapshots may be open at once; more wait.
    private static let mostSnapshots = 32
    /// How many free connections are kept.
    private static let mostKept = 8

    private struct State {
        var free: [DatabaseQueue] = []
        var snapshots = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
        var isClosed = false
    }

    private let path: String
    private let configuration: Configuration
    private let state: Mutex<State>

    /// Opens the first connection to the file at `path`.
    ///
    /// - Throws: what SQLite reports.
    init(to path: String, configuration: Configuration) throws {
        self.path = path
        self.configuration = configuration
        let first = try DatabaseQueue(path: path, configuration: configuration)
        state = Mutex(State(free: [first]))
    }

    /// Runs `body` in a transaction of its own.
    func read<R>(_ body: (Database) throws -> R) throws -> R {
        let connection = try take()
        defer { giveBack(connection) }
        return try connection.read(body)
    }

    /// Begins a transaction that stays open until `endSnapshot`.
    ///
    /// - Throws: what SQLite reports.
    func beginSnapshot() async throws -> DatabaseQueue {
        await reserve()
        do {
            let connection = try take()
            do {
                try Self.access(connection) { db in
                    try db.execute(sql: "BEGIN DEFERRED TRANSACTION")
                    // SQLite takes the snapshot with the first read.
                    _ = try Int.fetchOne(
                        db.cachedStatement(sql: "SELECT 1 FROM sqlite_master LIMIT 1")
                    )
                }
            } catch {
                discard(connection)
                throw error
            }
            return connection
        } catch {
            release()
            throw error
        }
    }

    /// Ends the transaction that `beginSnapshot` began.
    func endSnapshot(_ connection: DatabaseQueue) {
        do {
            try Self.access(connection) { db in
                if db.isInsideTransaction { try db.execute(sql: "ROLLBACK TRANSACTION") }
            }
            giveBack(connection)
        } catch {
            discard(connection)
        }
        release()
    }

    /// Closes what is free; what is in use is closed when it is given back.
    func close() throws {
        let free = state.withLock { state in
            state.isClosed = true
            defer { state.free = [] }
            return state.free
        }
        for connection in free { try connection.close() }
    }

    /// Uses a connection without a transaction of its own, from any function.
    static func access<R>(
        _ connection: DatabaseQueue,
        _ body: (Database) throws -> R
    ) throws -> R {
        try connection.unsafeRead(body)
    }

    private func take() throws -> DatabaseQueue {
        let (free, isClosed) = state.withLock { ($0.free.popLast(), $0.isClosed) }
        if let free { return free }
        if isClosed {
            throw DatabaseError(resultCode: .SQLITE_MISUSE, message: "the library is closed")
        }
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private func giveBack(_ connection: DatabaseQueue) {
        let isKept = state.withLock { state in
            guard !state.isClosed, state.free.count < Self.mostKept else { return false }
            state.free.append(connection)
            return true
        }
        if !isKept { discard(connection) }
    }

    private func discard(_ connection: DatabaseQueue) { try? connection.close() }

    /// Waits until one more snapshot may be open.
    private func reserve() async {
        await withCheckedContinuation { continuation in
            let mayGoOn = state.withLock { state in
                guard state.snapshots >= Self.mostSnapshots else {
                    state.snapshots += 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }

    /// Lets the next waiting snapshot begin.
    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.snapshots -= 1
            return nil
        }
        next?.resume()
    }
}
