#if Postgres
import Corpus
import StoreTesting
import Testing

@testable import PostgresStore

/// A library on a server keeps every promise of `LibraryStore`.
@Suite(.enabled(if: TestServer.text != nil)) struct PostgresStoreConformanceTests {
    @Test(arguments: LibraryStoreConformance.checks)
    func keepsThePromise(_ promise: String) async throws {
        let conformance = LibraryStoreConformance { try TestServer.store() }
        try await conformance.holds(promise)
    }
}
#endif
