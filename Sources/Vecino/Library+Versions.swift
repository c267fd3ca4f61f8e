internal import SQLiteStore
internal import VectorKernels

/// What a report of a measurement or a fault has to name.
extension Library {
    /// The instruction set that the vector kernels run on.
    public static var kernels: String { KernelTier.current.description }

    /// The version of SQLite that reads and writes the files.
    public static var sqliteVersion: String { SQLiteStore.sqliteVersion }
}
