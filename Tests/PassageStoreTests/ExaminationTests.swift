import Foundation
import GRDB
import Testing

@testable import PassageStore

/// Each kind of damage is found, told apart, and mended from what is intact.
@Suite struct ExaminationTests {
    private func library(_ fixture: StoreFixture) throws -> PassageStore {
        try fixture.filled([
            "a.txt": "One common thing.\n\nTwo common things.",
            "b.txt": "Three common lease things.",
        ])
    }

    private func damage(_ fixture: StoreFixture, _ sql: String) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        try DatabaseQueue(path: fixture.path, configuration: configuration).write {
            try $0.execute(sql: sql)
        }
    }

    @Test func aWholeLibraryHasNoProblems() throws {
        let fixture = try StoreFixture()
        let store = try library(fixture)
        #expect(try store.examine().isEmpty)
        #expect(try store.repair([]).isEmpty)
        try store.checkInvariants()
        #expect(try PassageStore(at: fixture.path, access: .readOnly).examine().isEmpty)
    }

    @Test(
        arguments: [
            ("UPDATE vector_segment SET codes = zeroblob(length(codes))", .segment),
            ("UPDATE vector_segment SET codes = x'00'", .segment),
            ("DELETE FROM vector_segment", .segment),
            ("INSERT INTO keyword(keyword) VALUES ('delete-all')", .keywords),
            ("INSERT INTO keyword(rowid, body) VALUES (999, 'ghost')", .keywords),
            ("INSERT INTO free_slot SELECT min(slot) FROM passage", .slots),
            ("UPDATE setting SET value = '1' WHERE key = 'slot_count'", .slots),
            ("INSERT INTO graph_segment(number, bytes) VALUES (0, x'0102')", .graph),
        ] as [(String, StoreProblem.Part)]
    )
    func whatIsDerivedIsMadeAgain(_ sql: String, _ part: StoreProblem.Part) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, sql)
        let store = try fixture.open()
        let problems = try store.examine()
        #expect(Set(problems.map(\.part)) == [part], "\(problems)")
        #expect(try store.repair(problems).isEmpty)
        #expect(try store.examine().isEmpty)
        try store.checkInvariants()
        #expect(try store.read { try $0.passageCount() } == 3)
    }

    @Test(arguments: [
        "UPDATE embedding SET vector = zeroblob(length(vector)) WHERE id = 1",
        "UPDATE embedding SET vector = x'0000803F' WHERE id = 1",
        "DELETE FROM embedding WHERE id = 1",
    ])
    func aDocumentWithDamagedVectorsIsIndexedAgain(_ sql: String) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, sql)
        let store = try fixture.open()
        let problems = try store.examine()
        #expect(problems.contains { $0.part == .embedding }, "\(problems)")
        let lost = try store.repair(problems)
        #expect(lost.count == 1)
        #expect(try store.examine().isEmpty)
        try store.checkInvariants()
    }

    /// Several at once, in one go.
    @Test func manyFaultsAreMendedTogether() throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(
            fixture,
            """
            UPDATE vector_segment SET codes = x'00';
            INSERT INTO keyword(keyword) VALUES ('delete-all');
            UPDATE embedding SET vector = zeroblob(12) WHERE id = 2;
            """
        )
        let store = try fixture.open()
        let problems = try store.examine()
        #expect(Set(problems.map(\.part)).isSuperset(of: [.segment, .keywords, .embedding]))
        _ = try store.repair(problems)
        #expect(try store.examine().isEmpty)
        try store.checkInvariants()
    }
}
