import Corpus
import Foundation
import GRDB
import Testing

@testable import SQLiteStore

/// Libraries that are replaced while they are open, and files that are not as this program made them.
@Suite struct MisplacedFileTests {
    /// A library in a file of its own.
    private func library(at path: String, _ texts: [String: String]) throws {
        let store = try SQLiteStore(at: path, access: .readWrite)
        try store.add(texts)
        try store.close()
    }

    private func names(_ store: SQLiteStore) async throws -> [String] {
        try await store.read { try await $0.documents().map(\.path) }
    }

    @Test func whoStaysFollowsToTheLibraryThatTookThePlace() async throws {
        let fixture = try StoreFixture()
        try library(at: fixture.path, ["a.txt": "One."])
        let store = try fixture.open(.shared)
        #expect(try await names(store) == ["a.txt"])
        let other = fixture.newPath()
        try library(at: other, ["b.txt": "Two."])
        #expect(unsafe rename(other, fixture.path) == 0)
        #expect(try await names(store) == ["b.txt"])
        #expect(try await store.read { try await $0.passageCount() } == 1)

        try FileManager.default.removeItem(atPath: fixture.path)
        await #expect(throws: StoreError.missing(path: store.path)) { try await names(store) }
        try Data("no library".utf8).write(to: URL(filePath: fixture.path))
        await #expect(throws: StoreError.notALibrary(path: store.path)) { try await names(store) }
        try FileManager.default.removeItem(atPath: fixture.path)
        try library(at: fixture.path, ["c.txt": "Three."])
        #expect(try await names(store) == ["c.txt"])
        withExtendedLifetime(fixture) {}
    }

    enum Loss: CaseIterable { case replaced, deleted, folderMoved }

    @Test(arguments: Loss.allCases) func nothingIsWrittenIntoALostFile(_ loss: Loss) async throws {
        let fixture = try StoreFixture()
        let folder = fixture.folder + "/inner"
        let path = folder + "/library.db"
        #expect(unsafe mkdir(folder, 0o700) == 0)
        try library(at: path, ["a.txt": "One."])
        let store = try SQLiteStore(at: path, access: .readWrite)
        switch loss {
        case .replaced:
            let other = fixture.newPath()
            try library(at: other, ["b.txt": "Two."])
            #expect(unsafe rename(other, path) == 0)
        case .deleted: try FileManager.default.removeItem(atPath: path)
        case .folderMoved: #expect(unsafe rename(folder, fixture.folder + "/away") == 0)
        }
        let lost = StoreError.replaced(path: store.path)
        await #expect(throws: lost) { try await store.commit(.setPreference("a", to: "b")) }
        await #expect(throws: lost) { try await store.acquireWriterLease() }
    }

    /// The log of a library that was copied with it, and that cannot be brought in there.
    @Test func aCopyHasWhatTheLogHolds() throws {
        let fixture = try StoreFixture()
        let store = try fixture.filled(["a.txt": "One."])
        // A reader keeps the log from being brought in.
        try store.read { _ in
            try store.add(["b.txt": "Two."])
            let media = fixture.folder + "/media"
            #expect(unsafe mkdir(media, 0o700) == 0)
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: fixture.path + suffix,
                    toPath: media + "/library.db" + suffix
                )
                #expect(unsafe chmod(media + "/library.db" + suffix, 0o400) == 0)
            }
            #expect(LibraryFile.hasLog(media + "/library.db"))
            var copy: SettledCopy? = try SettledCopy(of: media + "/library.db")
            let path = try #require(copy?.path)
            #expect(!LibraryFile.hasLog(path))
            let settled = try SQLiteStore(at: path, access: .readOnly)
            #expect(try settled.read { try $0.documents().map(\.path) } == ["a.txt", "b.txt"])
            try settled.close()
            copy = nil
            #expect(!FileManager.default.fileExists(atPath: PathName.folder(path)))
        }
    }

    /// No statement gets at what is not rows of our own tables.
    @Test(arguments: [
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'x' WHERE name = 'passage'",
        "UPDATE keyword_data SET block = x'00'", "DELETE FROM keyword_docsize",
    ])
    func connectionsAreDefensive(_ sql: String) throws {
        let fixture = try StoreFixture()
        let store = try fixture.filled(["a.txt": "One."])
        #expect(throws: StoreError.self) { try store.write { try $0.db.execute(sql: sql) } }
        try store.checkInvariants()
    }
}
