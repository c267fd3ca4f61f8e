import Corpus
import Foundation
import StoreTesting
import Testing
import VectorIndex

@testable import SQLiteStore

@Suite struct DamagedFileTests {
    @Test func aMissingLibraryIsSaidToBeMissing() throws {
        let fixture = try StoreFixture()
        #expect(throws: StoreError.missing(path: fixture.path)) { try fixture.open(.readOnly) }
        #expect(!FileManager.default.fileExists(atPath: fixture.path))
    }

    @Test(arguments: ["plain text, not a database", "SQLite format 3", "\0\0\0\0"])
    func aFileThatIsNoDatabaseIsLeftAsItIs(_ content: String) throws {
        let fixture = try StoreFixture()
        try Data(content.utf8).write(to: URL(filePath: fixture.path))
        for access in [SQLiteStore.Access.readOnly, .readWrite] {
            #expect(throws: StoreError.notALibrary(path: fixture.path)) {
                try fixture.open(access)
            }
        }
        #expect(try Data(contentsOf: URL(filePath: fixture.path)) == Data(content.utf8))
    }

    @Test func aFolderIsNoLibrary() throws {
        let fixture = try StoreFixture()
        #expect(throws: StoreError.notALibrary(path: fixture.folder)) {
            try SQLiteStore(at: fixture.folder, access: .readWrite)
        }
    }

    @Test func anEmptyFileIsAFreshLibrary() throws {
        let fixture = try StoreFixture()
        try Data().write(to: URL(filePath: fixture.path))
        let store = try fixture.open()
        #expect(try store.read { try $0.passageCount() } == 0)
    }

    /// What kill -9 leaves between making room for the first page and writing it.
    @Test func aFirstPageThatWasNotWrittenIsNoLoss() throws {
        let fixture = try StoreFixture()
        try Data(count: 8_192).write(to: URL(filePath: fixture.path))
        #expect(throws: StoreError.notALibrary(path: fixture.path)) { try fixture.open() }
        // The journal of an empty database: its mark, no pages, pages before it, sizes.
        var journal = Data([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
        journal += Data([0, 0, 0, 0, 1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0x20, 0])
        journal += Data(count: 512 - journal.count)
        try journal.write(to: URL(filePath: fixture.path + "-journal"))
        #expect(throws: StoreError.missing(path: fixture.path)) { try fixture.open(.readOnly) }
        try fixture.filled(["a.txt": "One.\n\nTwo."]).checkInvariants()
    }

    @Test func theFileIsItsOwnersAlone() throws {
        let fixture = try StoreFixture()
        let path = fixture.folder + "/deep/er/library.db"
        _ = try SQLiteStore(at: path, access: .readWrite)
        let manager = FileManager.default
        let file = try manager.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
        let folder = try manager.attributesOfItem(atPath: fixture.folder + "/deep/er")
        #expect(file?.intValue == 0o600)
        #expect((folder[.posixPermissions] as? NSNumber)?.intValue == 0o700)
    }

    /// Cut anywhere, the file is refused or read, never a trap.
    @Test(arguments: [1, 50, 99, 100, 512, 4_096, 8_192, 20_000, 40_000])
    func aTruncatedFileIsRefusedOrRead(_ length: Int) throws {
        let fixture = try StoreFixture()
        try closedLibrary(fixture)
        let whole = try Data(contentsOf: URL(filePath: fixture.path))
        try #require(whole.count > 40_000)
        try whole.prefix(length).write(to: URL(filePath: fixture.path))
        try useEverything(fixture)
    }

    /// A flipped bit anywhere gives an error or an answer, never a trap.
    @Test(arguments: 0..<40) func aFlippedBitIsRefusedOrRead(_ seed: Int) throws {
        let fixture = try StoreFixture()
        try closedLibrary(fixture)
        var bytes = [UInt8](try Data(contentsOf: URL(filePath: fixture.path)))
        var random = SeededRandom(state: UInt64(seed) + 1)
        for _ in 0..<8 {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] ^=
                1 << UInt8.random(in: 0..<8, using: &random)
        }
        try Data(bytes).write(to: URL(filePath: fixture.path))
        try useEverything(fixture)
    }

    private func closedLibrary(_ fixture: StoreFixture) throws {
        let texts = Dictionary(
            uniqueKeysWithValues: (0..<30).map { ("\($0).txt", "text \($0)\n\nmore of \($0)") }
        )
        // Closing the last connection folds the write-ahead log into the file.
        try autoreleased { _ = try fixture.filled(texts) }
    }

    private func autoreleased(_ body: () throws -> Void) rethrows { try body() }

    /// Opens and reads all that can be read; a `StoreError` is a good answer.
    private func useEverything(_ fixture: StoreFixture) throws {
        do {
            let store = try fixture.open(.readOnly)
            try store.read { snapshot in
                _ = try snapshot.statistics()
                let documents = try snapshot.documents()
                for document in documents { _ = try snapshot.passages(of: document.id) }
                _ = try snapshot.keywordMatches(
                    "\"text\"",
                    weights: [1, 1, 1, 1, 1, 1],
                    limit: 10
                )
                if let index = try snapshot.vectorSearch() {
                    let nearest = try index.neighbors(of: BagOfWords.vector("more"), k: 5, in: nil)
                    _ = try snapshot.passages(snapshot.passageIDs(at: nearest.map(\.ordinal)))
                }
            }
        } catch {
            #expect(!"\(error)".isEmpty)
        }
    }
}
