internal import Corpus
public import LibraryCore
internal import SQLiteStore

/// The library as a file that can be copied.
extension Library {
    /// Copies the library as it is now into a new file, and checks the copy.
    ///
    /// The file of a library that is in use may lack what is in its log; this copy lacks nothing.
    ///
    /// - Throws: `StoreError`; there is no file at `destination` then that was not there before.
    public func backUp(to destination: String) async throws {
        guard let store = store as? SQLiteStore else {
            throw StoreError.unsupported(
                "be backed up so: use `vecino copy`, or `pg_dump -n SCHEMA`"
            )
        }
        try store.backUp(to: destination)
    }

    /// What to know before the library's file is copied; nil if it holds everything.
    public func pendingLog() -> String? {
        guard let store = store as? SQLiteStore else { return nil }
        let bytes = store.pendingLogBytes
        guard bytes > 0 else { return nil }
        return "\(bytes) bytes of the library are in \(path)-wal and not in the file "
            + "itself, because others have it open: copy it with `vecino backup FILE`."
    }
}
