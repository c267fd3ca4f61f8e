#if Postgres
internal import Corpus
internal import Dispatch
internal import Synchronization

/// The lease of those who index into a library on a server: an advisory lock of a session of its own, which the
/// server drops when the session ends, however it ends.
final class LeaseQueue: Sendable {
    private let address: PostgresAddress
    /// Leases are taken and given back one behind the other, so that one that was given back is free.
    private let queue = DispatchQueue(label: "vecino.postgres.lease")

    init(_ address: PostgresAddress) { self.address = address }

    /// Takes the lease.
    ///
    /// - Parameters:
    ///   - waits: whether to wait if somebody else holds it.
    ///   - onWait: called once if there is something to wait for.
    /// - Returns: what gives it back.
    /// - Throws: `StoreError.locked`, `ServerError`, or `CancellationError`.
    func acquire(waits: Bool, onWait: () -> Void) async throws -> WriterLease {
        var hasSaid = false
        while true {
            if let lease = try await attempt() { return lease }
            guard waits else { throw StoreError.locked(path: address.text) }
            if !hasSaid { onWait() }
            hasSaid = true
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    private func attempt() async throws -> WriterLease? {
        let held = try await withCheckedThrowingContinuation { continuation in
            queue.async { [address] in
                continuation.resume(with: Result { try HeldLock(address) })
            }
        }
        guard let held else { return nil }
        return WriterLease { [queue] in
            guard let lock = held.lock.withLock({ $0.take() }) else { return }
            queue.async { withExtendedLifetime(lock) {} }
        }
    }
}

/// A session that holds the lock; ended when it is given back.
///
/// `@unchecked Sendable`: only the lease's queue uses the session, when it takes the lock and when it ends.
private final class HeldLock: Sendable {
    final class Holder: @unchecked Sendable {
        let session: Session

        init(_ session: Session) { self.session = session }

        deinit { _ = try? session.execute("SELECT pg_advisory_unlock_all()") }
    }

    let lock: Mutex<Holder?>

    /// Nil where somebody else holds the lock.
    init?(_ address: PostgresAddress) throws {
        let session = try Session(to: address)
        let row = try session.query(
            "SELECT pg_try_advisory_lock(hashtext('vecino.writer'), hashtext($1))",
            [.text(address.schema)]
        ).first
        guard row?.flag(0) == true else { return nil }
        lock = Mutex(Holder(session))
    }
}
#endif
