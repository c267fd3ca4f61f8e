import GRDB
import Testing

@testable import PassageStore

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
        for access in [PassageStore.Access.readOnly, .shared] {
            #expect(throws: outdated) { try fixture.open(access) }
        }
        let store = try fixture.filled(["a.txt": "One.\n\nTwo."])
        try store.checkInvariants()
        #expect(try fixture.open(.readOnly).read { try $0.passageCount() } == 2)
    }
}
