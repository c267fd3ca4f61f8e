import Corpus
import GRDB
import Testing

@testable import SQLiteStore

@Suite struct MigrationTests {
    /// A file of each earlier format is refused to readers and brought up to date by a writer.
    @Test(arguments: 1..<Schema.version)
    func anOlderLibraryIsBroughtUpToDate(_ version: Int) throws {
        let fixture = try StoreFixture()
        try DatabaseQueue(path: fixture.path).write { try Schema.migrate($0, to: version) }
        let outdated = StoreError.outdated(
            path: fixture.path,
            version: version,
            current: Schema.version
        )
        for access in [SQLiteStore.Access.readOnly, .shared] {
            #expect(throws: outdated) { try fixture.open(access) }
        }
        let store = try fixture.filled(["a.txt": "One.\n\nTwo."])
        try store.checkInvariants()
        #expect(try fixture.open(.readOnly).read { try $0.passageCount() } == 2)
    }

    /// Any number of a format is refused with a sentence.
    @Test(arguments: [-1, Int(Int32.min), Schema.version + 1, Int(Int32.max)])
    func aFormatThatIsNoneIsRefused(_ version: Int) throws {
        let fixture = try StoreFixture()
        _ = try fixture.filled(["a.txt": "One."])
        try DatabaseQueue(path: fixture.path).write {
            try $0.execute(sql: "PRAGMA user_version = \(version)")
        }
        for access in [SQLiteStore.Access.readOnly, .shared, .readWrite] {
            #expect(throws: StoreError.self) { try fixture.open(access) }
        }
    }

    /// What an older program wrote has no sketches until they are made.
    @Test func sketchesAreMadeForOlderPassages() throws {
        let fixture = try StoreFixture()
        let long = "The lease of the workshop is renewed every year on the first of March."
        let store = try fixture.filled(["a.txt": long + "\n\nShort.", "b.txt": long])
        let ids = try store.read { snapshot in
            try snapshot.documents().flatMap { try snapshot.passages(of: $0.id) }.map(\.id)
        }
        let sketches = try store.read { try $0.sketches(of: ids) }
        #expect(sketches.count == 2 && Set(sketches.values).count == 1)
        try store.write { transaction in
            try transaction.db.execute(sql: "UPDATE passage SET sketch = NULL")
        }
        #expect(try store.read { try $0.sketches(of: ids) }.isEmpty)
        try store.write { try $0.refreshSketches() }
        #expect(try store.read { try $0.sketches(of: ids) } == sketches)
    }
}
