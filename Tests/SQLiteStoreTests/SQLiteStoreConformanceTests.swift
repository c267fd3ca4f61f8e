import Corpus
import StoreTesting
import Testing

@testable import SQLiteStore

/// A library file keeps every promise of `LibraryStore`.
@Suite struct SQLiteStoreConformanceTests {
    private let fixture: StoreFixture
    private let conformance: LibraryStoreConformance

    init() throws {
        let fixture = try StoreFixture()
        self.fixture = fixture
        conformance = LibraryStoreConformance {
            try SQLiteStore(at: fixture.newPath(), access: .readWrite)
        }
    }

    @Test func whatIsPutInComesBack() async throws { try await conformance.whatIsPutInComesBack() }

    @Test func aReplacedDocumentLeavesNothingBehind() async throws {
        try await conformance.aReplacedDocumentLeavesNothingBehind()
    }

    @Test func aChangeIsMadeWholeOrNotAtAll() async throws {
        try await conformance.aChangeIsMadeWholeOrNotAtAll()
    }

    @Test func aSnapshotSeesOneState() async throws {
        try await conformance.aSnapshotSeesOneState()
    }

    @Test func manySnapshotsAtOnceAreServed() async throws {
        try await conformance.manySnapshotsAtOnceAreServed()
    }

    @Test(arguments: UInt64(1)...3) func retrievalEqualsTheOracle(_ seed: UInt64) async throws {
        try await conformance.retrievalEqualsTheOracle(seed: seed)
    }

    @Test func fieldsAndEmptyConditionsAreKeptApart() async throws {
        try await conformance.fieldsAndEmptyConditionsAreKeptApart()
    }

    @Test func hostileTermsAreOnlyLookedFor() async throws {
        try await conformance.hostileTermsAreOnlyLookedFor()
    }

    @Test func theVocabularyCountsPassages() async throws {
        try await conformance.theVocabularyCountsPassages()
    }

    @Test func languagesOfALibraryOfTwoAreGroups() async throws {
        try await conformance.languagesOfALibraryOfTwoAreGroups()
    }

    @Test func filtersLeaveTheirDocuments() async throws {
        try await conformance.filtersLeaveTheirDocuments()
    }

    @Test func collectionsRememberTheirFiles() async throws {
        try await conformance.collectionsRememberTheirFiles()
    }

    @Test func embeddingsAreKeptUntilNobodyUsesThem() async throws {
        try await conformance.embeddingsAreKeptUntilNobodyUsesThem()
    }

    @Test func preferencesAndAnswersAreKept() async throws {
        try await conformance.preferencesAndAnswersAreKept()
    }

    @Test func oneWriterHoldsTheLease() async throws {
        try await conformance.oneWriterHoldsTheLease()
    }

    @Test func aRebuildTakesTheLibrarysPlaceAtOnce() async throws {
        try await conformance.aRebuildTakesTheLibrarysPlaceAtOnce()
    }
}
