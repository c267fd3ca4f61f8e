import Corpus
import Foundation
import GRDB
import StoreTesting
import Testing

import VectorIndex

@testable import SQLiteStore

/// Each kind of damage is found, told apart, and mended from what is intact.
@Suite struct IntegrityTests {
    private func library(_ fixture: StoreFixture) throws -> SQLiteStore {
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
        #expect(try store.checkIntegrity().isEmpty)
        #expect(try store.repair([]).isEmpty)
        try store.checkInvariants()
        #expect(try SQLiteStore(at: fixture.path, access: .readOnly).checkIntegrity().isEmpty)
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
            ("UPDATE keyword_length SET lengths = zeroblob(length(lengths))", .keywords),
            ("UPDATE keyword_docsize SET sz = x'010101010101' WHERE id = 1", .keywords),
            (
                """
                INSERT INTO keyword(keyword, rowid, body) VALUES ('delete', 1, 'common');
                """, .keywords
            ),
            (
                """
                INSERT INTO setting VALUES ('sketches', '1');
                UPDATE passage SET sketch = zeroblob(64) WHERE id = 1;
                """, .sketches
            ),
            (
                """
                INSERT INTO language_group(language, slots, mean, generation, checksum)
                VALUES ('en', x'00', x'00', '1', 1)
                """, .languages
            ),
        ] as [(String, IntegrityProblem.Part)]
    )
    func whatIsDerivedIsMadeAgain(_ sql: String, _ part: IntegrityProblem.Part) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, sql)
        let store = try fixture.open()
        let problems = try store.checkIntegrity()
        #expect(Set(problems.map(\.part)) == [part], "\(problems)")
        #expect(try store.repair(problems).isEmpty)
        #expect(try store.checkIntegrity().isEmpty)
        try store.checkInvariants()
        #expect(try store.read { try $0.passageCount() } == 3)
    }

    @Test(arguments: [
        "UPDATE embedding SET vector = zeroblob(length(vector)) WHERE id = 1",
        "UPDATE embedding SET vector = x'0000803F' WHERE id = 1",
        "DELETE FROM embedding WHERE id = 1",
        // A change too small for its length to show.
        "UPDATE embedding SET vector = x'0000803F' || zeroblob(length(vector) - 4) WHERE id = 1",
    ])
    func aDocumentWithDamagedVectorsIsIndexedAgain(_ sql: String) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, sql)
        let store = try fixture.open()
        let problems = try store.checkIntegrity()
        #expect(problems.contains { $0.part == .embedding }, "\(problems)")
        let lost = try store.repair(problems)
        #expect(lost.count == 1)
        #expect(try store.checkIntegrity().isEmpty)
        try store.checkInvariants()
    }

    @Test(arguments: [
        "UPDATE passage SET text = replace(text, 'One', 'Own') WHERE id = 1",
        "UPDATE passage SET first_line = 7 WHERE id = 1",
        "UPDATE passage SET headings = x'FF' WHERE id = 1",
        "UPDATE document SET title = x'FF00' WHERE id = 1",
        "UPDATE document SET path = 'elsewhere.txt' WHERE id = 1",
        "DELETE FROM passage WHERE id = 1",
        "UPDATE passage SET document_id = 2, position = 9 WHERE id = 1",
        "UPDATE passage SET document_id = 77 WHERE id = 1",
    ])
    func aDocumentThatIsNotAsItWasWrittenIsIndexedAgain(_ sql: String) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, "PRAGMA ignore_check_constraints = 1; " + sql)
        let store = try fixture.open()
        let problems = try store.checkIntegrity()
        #expect(problems.contains { $0.part == .passage || $0.part == .reference }, "\(problems)")
        _ = try store.repair(problems)
        for _ in 0..<2 { _ = try store.repair(store.checkIntegrity()) }
        #expect(try store.checkIntegrity().isEmpty)
        try store.checkInvariants()
    }

    /// What is shown is compared with its checksum, whoever changed it.
    @Test(arguments: [
        "UPDATE passage SET text = replace(text, 'One', 'Own')",
        "UPDATE passage SET text = NULL", "UPDATE document SET title = 'Other'",
        "UPDATE passage SET last_line = last_line + 1",
    ])
    func nothingIsShownThatWasNotWritten(_ sql: String) throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(
            fixture,
            """
            PRAGMA writable_schema = 1;
            UPDATE sqlite_master SET sql = replace(sql, 'text TEXT NOT NULL', 'text TEXT');
            """
        )
        try damage(fixture, sql)
        let store = try fixture.open(.readOnly)
        #expect {
            _ = try store.read { try $0.passages([1]) }
        } throws: { error in
            if case .damaged? = error as? StoreError { true } else { false }
        }
    }

    /// A vector that changed in one bit is no basis for a score.
    @Test func noScoreIsMadeOfADamagedVector() throws {
        let fixture = try StoreFixture()
        _ = try library(fixture)
        try damage(fixture, "UPDATE embedding SET vector = x'01' || substr(vector, 2)")
        let store = try fixture.open(.readOnly)
        #expect {
            _ = try store.read { snapshot in
                try snapshot.vectorSearch()?.neighbors(
                    of: BagOfWords.vector("common"),
                    k: 3,
                    in: nil
                )
            }
        } throws: { error in
            if case .damaged? = error as? StoreError { true } else { false }
        }
    }

    @Test func aDamagedAnswerIsNotShown() throws {
        let fixture = try StoreFixture()
        let store = try library(fixture)
        let ids = try store.write { transaction in
            try ["Who?", "When?"].map { question in
                try transaction.keep(
                    AnswerRecord(
                        askedAt: "2026-01-01T00:00:00Z",
                        question: question,
                        follows: nil,
                        outcome: "answered",
                        model: "extractive",
                        promptTokens: nil,
                        replyTokens: nil,
                        cost: nil,
                        milliseconds: 1,
                        body: "{}"
                    )
                )
            }
        }
        #expect(try store.read { try $0.answers() }.map(\.question) == ["Who?", "When?"])
        #expect(try store.write { try $0.rate(ids[0], 1) })
        #expect(try store.checkIntegrity().isEmpty)
        try damage(fixture, "UPDATE answer SET body = '{ }' WHERE id = \(ids[0])")
        #expect(throws: StoreError.self) { try store.read { try $0.answer(ids[0]) } }
        let problems = try store.checkIntegrity()
        #expect(problems.map(\.part) == [.answer])
        _ = try store.repair(problems)
        #expect(try store.checkIntegrity().isEmpty)
        #expect(try store.read { try $0.answers() }.map(\.id) == [ids[1]])
    }

    /// Words of every kind are where the check expects them.
    @Test func strangeWordsAreNoDamage() throws {
        let store = try StoreFixture().filled([
            "a.txt":
                "C++ и naïve \u{7F}del\u{7F} it's \"quoted\" x_y `z` 100% 日本語 café\u{301} \u{1}one\u{1}",
            "b.txt": String(repeating: "a'b\"c ", count: 3_000) + "common \u{AD}soft\u{200B}zero",
        ])
        let problems = try store.checkIntegrity()
        #expect(problems.isEmpty, "\(problems)")
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
        let problems = try store.checkIntegrity()
        #expect(Set(problems.map(\.part)).isSuperset(of: [.segment, .keywords, .embedding]))
        _ = try store.repair(problems)
        #expect(try store.checkIntegrity().isEmpty)
        try store.checkInvariants()
    }
}
