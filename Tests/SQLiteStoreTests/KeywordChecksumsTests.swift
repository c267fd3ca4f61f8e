import Corpus
import Foundation
import GRDB
import StoreTesting
import Testing
import TextAnalysis
import VectorIndex

@testable import FTS5Index
@testable import SQLiteStore

/// Checksums of FTS5's pages: damage gives an error or the same answer.
@Suite struct KeywordChecksumsTests {
    private static let weights = [1.2, 0.9, 0.6, 2.0, 1.5, 1.0]

    /// A closed library whose lists go over many pages, in several segments that were partly merged.
    private static func library(_ fixture: StoreFixture) throws {
        var random = SeededRandom(state: 7)
        for round in 0..<6 {
            let store = try fixture.open()
            var texts: [String: String] = [:]
            for number in 0..<60 {
                texts["\(round)-\(number).txt"] = (0..<8).map { _ in
                    (0..<Int.random(in: 20...60, using: &random)).map { _ in
                        let rank = Int.random(in: 0...2, using: &random) == 0 ? 3_000 : 12
                        return "word\(Int.random(in: 0..<rank, using: &random))"
                    }.joined(separator: " ")
                }.joined(separator: "\n\n")
            }
            try store.add(texts)
            let documents = try store.documentIDs()
            try store.write { transaction in
                let gone = documents.filter { $0.key.hasSuffix("\(round)7.txt") }.map(\.value)
                try transaction.removeDocuments(gone.sorted())
            }
            try store.close()
        }
        let queue = try DatabaseQueue(path: fixture.path)
        try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try queue.close()
    }

    /// What searches of all kinds answer.
    private static func answers(_ store: SQLiteStore) throws -> [String] {
        try store.read { snapshot in
            var answers: [String] = []
            for word in ["word1", "word7", "word2999", "word1500", "nothing", "a", "zzz"] {
                let clauses: [KeywordQuery] = [
                    .term(word, .surface), .phrase([word, "word3"], .stem),
                ]
                answers.append(
                    "\(try snapshot.keywordCounts(of: clauses, weights: .standard))"
                )
                let scopes = [
                    CandidateScope(),
                    CandidateScope(required: .phrase(["word1", "word2"], .surface)),
                    CandidateScope(excluded: .term("word5", .surface)),
                ]
                for scope in scopes {
                    let request = KeywordRequest(clauses: clauses, scope: scope, limit: 20)
                    answers.append("\(try snapshot.keywordCandidates(request))")
                }
                answers.append(
                    "\(try snapshot.matchCounts(of: ["\"\(word)\"", "\"\(word)\" *"]))"
                )
                let both = KeywordQuery.all([.term(word, .surface), .term("word2", .surface)])
                answers.append("\(try snapshot.matches(both, passage: 9))")
                answers.append("\(try snapshot.vocabulary(beginningWith: word))")
            }
            let prefix = "(\"word1\" *) OR \"word299\" *"
            answers.append("\(try snapshot.keywordMatches(prefix, weights: weights, limit: 20))")
            let scope = CandidateScope(
                required: .phrase(["word1", "word1"], .surface),
                excluded: .term("word4", .surface)
            )
            let nearest = try snapshot.nearest(
                to: BagOfWords.vector("word1 word2"),
                in: scope,
                limit: 50
            )
            answers.append("\(nearest.passages)")
            return answers
        }
    }

    /// Damages one row of FTS5's tables, or of those that keep watch over them.
    private static func damage(_ db: Database, _ random: inout SeededRandom) throws -> String {
        let tables = [
            ("keyword_data", "block"), ("keyword_data", "block"), ("keyword_idx", "term"),
            ("keyword_idx", "pgno"), ("keyword_sum", "sums"), ("keyword_sum", "number"),
            ("keyword_docsize", "sz"), ("keyword_config", "v"), ("keyword_data", "id"),
            ("records", "block"),
        ]
        let (table, column) = tables.randomElement(using: &random) ?? tables[0]
        // The records of segments and averages are two among hundreds of pages.
        let source = table == "records" ? "(SELECT * FROM keyword_data WHERE id <= 10)" : table
        let name = table == "records" ? "keyword_data" : table
        let keys = [
            "keyword_data": "id", "keyword_idx": "segid, term", "keyword_sum": "number",
            "keyword_docsize": "id", "keyword_config": "k",
        ]
        let key = keys[name] ?? ""
        let rows = try Row.fetchAll(db, sql: "SELECT \(key), \(column) AS value FROM \(source)")
        let row = try #require(rows.randomElement(using: &random))
        let other = try #require(rows.randomElement(using: &random))
        let condition = key.split(separator: ", ").map { "\($0) = ?" }.joined(separator: " AND ")
        let place = Array(row.databaseValues.dropLast())
        let value = row["value"] as DatabaseValue
        var new = value
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
            try db.execute(
                sql: "DELETE FROM \(name) WHERE \(condition)",
                arguments: StatementArguments(place)
            )
            return "\(name) \(place) deleted"
        case 1: new = other["value"]
        default:
            if var bytes = Data.fromDatabaseValue(value), !bytes.isEmpty {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let at = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                }
                new = bytes.databaseValue
            } else if let number = Int64.fromDatabaseValue(value) {
                new = (number ^ 1 << Int64.random(in: 0..<40, using: &random)).databaseValue
            } else {
                new = Data([1]).databaseValue
            }
        }
        try db.execute(
            sql: "UPDATE OR REPLACE \(name) SET \(column) = ? WHERE \(condition)",
            arguments: StatementArguments([new] + place)
        )
        return "\(name).\(column) \(place): \(value == new ? "as it was" : "another value")"
    }

    /// Any row of the words' tables may be wrong: an answer is an error or what it was, `checkIntegrity` finds what
    /// makes errors, and mending brings everything back.
    @Test(arguments: 1...4) func damageIsNoticedOrDoesNotMatter(_ seed: UInt64) throws {
        let fixture = try StoreFixture()
        try Self.library(fixture)
        let whole = try Data(contentsOf: URL(filePath: fixture.path))
        let expected = try Self.answers(fixture.open(.readOnly))
        #expect(expected.count > 30)
        var random = SeededRandom(state: seed)
        var refused = 0
        for round in 0..<40 {
            try whole.write(to: URL(filePath: fixture.path))
            for suffix in ["-wal", "-shm"] {
                try? FileManager.default.removeItem(atPath: fixture.path + suffix)
            }
            let queue = try DatabaseQueue(path: fixture.path)
            let what = try queue.write { try Self.damage($0, &random) }
            try queue.close()
            let note: Comment = "seed \(seed), round \(round): \(what)"
            var isRefused = false
            do {
                #expect(try Self.answers(fixture.open(.readOnly)) == expected, note)
            } catch is StoreError {
                isRefused = true
                refused += 1
            }
            guard round % 4 == 0 else { continue }
            let store = try fixture.open()
            let problems = try store.checkIntegrity()
            #expect(!isRefused || !problems.isEmpty, note)
            if round % 8 == 0 {
                // Merging reads everything: nothing wrong may come out of it as right.
                do {
                    try store.write { transaction in
                        try transaction.db.execute(
                            sql: "INSERT INTO keyword(keyword) VALUES ('optimize')"
                        )
                    }
                    #expect(try Self.answers(store) == expected, note)
                } catch is StoreError {}
            }
            var left = try store.checkIntegrity()
            for _ in 0..<3 where !left.isEmpty {
                #expect(try store.repair(left).isEmpty, note)
                left = try store.checkIntegrity()
            }
            #expect(left.isEmpty, note)
            #expect(try Self.answers(store) == expected, note)
            try store.close()
        }
        #expect(refused > 10)
    }

    /// What a search asks FTS5 for, and nothing else.
    @Test(
        arguments: [
            ("\"lease\"", ["lease"]),
            ("({title heading body} : \"Lease Y1\") OR (\"a\"\"b\")", ["lease", "y1", "a", "b"]),
            ("\"new yo\" *", ["new", "yo*"]),
            ("one AND NOT (two NEAR three*)", ["one", "two", "three*"]),
            ("{title_stem} : (\"ñandú's\")", ["ñandú", "s"]), ("", []), ("\"", []), ("{", []),
        ] as [(String, Set<String>)]
    )
    func theTermsOfAnExpression(_ expression: String, _ expected: Set<String>) {
        let terms = KeywordTerm.terms(of: expression)
        #expect(Set(terms.map { $0.text + ($0.isPrefix ? "*" : "") }) == expected)
    }

    /// Every state that writing leaves has its checksums, from an empty library on.
    @Test func everyStateHasItsChecksums() throws {
        let fixture = try StoreFixture()
        let store = try fixture.open()
        func check() throws {
            try store.read { snapshot in
                try KeywordChecksums(db: snapshot.db).checkEverything()
                try #require(try KeywordSegments(snapshot.db)).checkIndex()
            }
        }
        try check()
        try store.add(["a.txt": "One.\n\nTwo.", "b.txt": "Three."])
        try check()
        struct Given: Error {}
        #expect(throws: Given.self) {
            try store.write { transaction in
                try transaction.removeDocuments([1])
                throw Given()
            }
        }
        try check()
        try store.write { try $0.removeDocuments([1]) }
        try check()
        try store.write { try KeywordIndex(db: $0.db).rebuild() }
        try check()
        try store.vacuum()
        try check()
        try store.write { transaction in
            try transaction.reset()
            try transaction.removeDocuments([2])
        }
        try check()
        try store.add(["c.txt": "Four."])
        try check()
        #expect(try store.checkIntegrity().isEmpty)
    }
}
