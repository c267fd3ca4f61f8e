internal import Foundation

/// Held by the one process that indexes into a library.
///
/// SQLite already keeps two writers apart; this keeps them from doing the same work twice. The lock
/// is advisory, on a file beside the library, and the system drops it when the process ends, however
/// it ends.
struct WriterLock {
    private let descriptor: Int32

    /// - Throws: `LibraryError.locked` when another process holds it.
    init(library: String) throws(LibraryError) {
        descriptor = unsafe open(library + "-lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        // A folder that refuses the file refuses the library too, and SQLite says so better.
        guard descriptor >= 0 else { return }
        if flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            close(descriptor)
            throw .locked(library)
        }
    }

    /// Waits until no other process holds it; calls `waiting` once if there is something to wait for.
    ///
    /// - Throws: `CancellationError`.
    init(waitingFor library: String, _ waiting: () -> Void) async throws {
        var hasSaid = false
        while true {
            do throws(LibraryError) {
                self = try WriterLock(library: library)
                return
            } catch {
                if !hasSaid { waiting() }
                hasSaid = true
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    func release() {
        if descriptor >= 0 { close(descriptor) }
    }
}
