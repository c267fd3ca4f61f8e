import Corpus
import StoreTesting
import Testing

@testable import SQLiteStore

/// A library file keeps every promise of `LibraryStore`.
@Suite struct SQLiteStoreConformanceTests {
    @Test(arguments: LibraryStoreConformance.checks)
    func keepsThePromise(_ promise: String) async throws {
        let fixture = try StoreFixture()
        let conformance = LibraryStoreConformance {
            try SQLiteStore(at: fixture.newPath(), access: .readWrite)
        }
        try await conformance.holds(promise)
    }
}
