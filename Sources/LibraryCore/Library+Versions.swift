internal import SQLiteStore
internal import VectorKernels

/// What a report of a measurement or a fault has to name.
extension Library {
    /// The instruction set that the vector kernels run on.
    public static var kernels: String { KernelTier.current.description }

    /// Why `VECINO_KERNELS` was not obeyed, in a sentence; nil if it was or is not set.
    public static var kernelsNote: String? { KernelTier.note }

    /// The version of SQLite that reads and writes the files.
    public static var sqliteVersion: String { SQLiteStore.sqliteVersion }
}
