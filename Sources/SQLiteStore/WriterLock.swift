internal import Corpus
internal import Foundation

/// A lock on a library file, held by the one process that indexes into it.
///
/// SQLite already keeps two writers apart; this keeps them from doing the same work twice. The lock
/// is advisory, on a file beside the library, and the system drops it when the process ends, however
/// it ends.
enum WriterLock {
    /// Takes the lock.
    ///
    /// - Parameters:
    ///   - library: the file.
    ///   - waits: whether to wait if another process holds it.
    ///   - onWait: called once if there is something to wait for.
    /// - Returns: what gives the lock back.
    /// - Throws: `StoreError.locked`, or `CancellationError`.
    static func acquire(
        library: String,
        waits: Bool,
        onWait: () -> Void
    ) async throws -> WriterLease {
        var hasSaid = false
        while true {
            if let lease = try attempt(library) { return lease }
            guard waits else { throw StoreError.locked(path: library) }
            if !hasSaid { onWait() }
            hasSaid = true
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Takes the lock, or returns nil when another process holds it.
    ///
    /// Where there are no such locks (some network file systems) there is nothing to take: SQLite keeps
    /// the writers apart, and the worst that can happen is that two do the same work.
    private static func attempt(_ library: String) throws -> WriterLease? {
        // Through no link, and without waiting for a pipe: others may be able to put things here.
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK
        let descriptor = unsafe open(library + "-lock", flags, 0o600)
        // A folder that refuses the file refuses the library too, and SQLite says so better.
        guard descriptor >= 0 else { return WriterLease {} }
        // A file system that is interrupted for ever has no locks either.
        var interruptions = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            interruptions += 1
            if errno == EINTR, interruptions < 1_000 { continue }
            let isHeld = errno == EWOULDBLOCK
            close(descriptor)
            return isHeld ? nil : WriterLease {}
        }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        return WriterLease { try? file.close() }
    }
}
