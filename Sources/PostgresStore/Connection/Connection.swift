#if Postgres
internal import Dispatch

/// A connection that tasks use: one piece of work after another, on a thread of its own.
///
/// libpq blocks while the server works. The thread is none of the cooperative pool's, so that a slow server
/// keeps no other task from running.
actor Connection {
    private let session: Session
    private nonisolated let canceler: Canceler
    /// The requests to stop that are on their way.
    private nonisolated let pending = DispatchGroup()
    private nonisolated let executor: QueueExecutor

    nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe executor.asUnownedSerialExecutor()
    }

    /// Takes over a session.
    init(_ session: sending Session) {
        canceler = session.makeCanceler()
        executor = QueueExecutor()
        self.session = session
    }

    /// Runs `body`, which may use the session but not keep it.
    ///
    /// A task that is canceled meanwhile has its statement stopped by the server.
    ///
    /// - Throws: `CancellationError`, or what `body` throws.
    func run<R: Sendable>(_ body: @Sendable (Session) throws -> R) async throws -> R {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            // A request to stop that is still on its way must not meet the next statement.
            defer { pending.wait() }
            do {
                return try body(session)
            } catch let error as ServerError where error.state == "57014" {
                try Task.checkCancellation()
                throw error
            }
        } onCancel: { [canceler, pending] in
            DispatchQueue.global().async(group: pending) { canceler.cancel() }
        }
    }

    /// Whether the server can still be reached, as far as is known.
    var isAlive: Bool { session.isAlive }
}

/// Runs an actor's work on a queue of its own.
final class QueueExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "vecino.postgres")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
#endif
