import Corpus
import StoreTesting
import Testing

/// The store in memory keeps every promise of `LibraryStore`.
@Suite struct MemoryStoreConformanceTests {
    @Test(arguments: LibraryStoreConformance.checks)
    func keepsThePromise(_ promise: String) async throws {
        try await LibraryStoreConformance { MemoryStore() }.holds(promise)
    }
}
