import Corpus
import FTS5Lists
import Foundation
import GRDB
import RandomNumbers
import Testing
import TextAnalysis

@testable import FTS5Index
@testable import SQLiteStore

/// The scan of the keyword index against FTS5 itself.
@Suite struct KeywordScanTests {
    private static let weights = [1.2, 0.9, 0.6, 2.0, 1.5, 1.0]

    /// Frequent words and rare ones, so that lists go over many pages and there are lists of one.
    private static func text<R: RandomNumberGenerator>(_ random: inout R) -> String {
        (0..<Int.random(in: 5...120, using: &random)).map { _ in
            let rank = Int.random(in: 0...2, using: &random) == 0 ? 4_000 : 12
            return "word\(Int.random(in: 0..<rank, using: &random))"
        }.joined(separator: " ")
    }

    private static let queries: [[KeywordPhrase]] = [
        [KeywordPhrase(["word1"], isStems: false), KeywordPhrase(["word1"], isStems: true)],
        [
            KeywordPhrase(["word1", "word2"], isStems: true),
            KeywordPhrase(["word3"], isStems: true),
        ],
        [KeywordPhrase(["word7", "word7"], isStems: true)],
        [KeywordPhrase(["word3000"], isStems: false), KeywordPhrase(["word5"], isStems: true)],
        [KeywordPhrase(["word4"], isStems: true), KeywordPhrase(["word4"], isStems: true)],
        [KeywordPhrase(["nothing"], isStems: true)],
    ]

    /// What FTS5 is asked for the same.
    private static func expression(_ phrases: [KeywordPhrase]) -> String {
        phrases.map { phrase in
            let columns =
                phrase.isStems ? "title_stem heading_stem body_stem" : "title heading body"
            return "({\(columns)} : \"\(phrase.terms.joined(separator: " "))\")"
        }.joined(separator: " OR ")
    }

    private func check(_ db: Database, deleting deleted: Set<Int64>, _ note: Comment) throws {
        let segments = try #require(try KeywordSegments(db), note)
        try KeywordChecksums(db: db).checkEverything()
        try segments.checkIndex()
        let lengths = try KeywordLengths(db: db).all()
        for phrases in Self.queries {
            let scan = KeywordScan(db: db, segments: segments, weights: Self.weights)
            let found = try scan.best(phrases, lengths: lengths, limit: 50, allowed: nil)
            let list = Self.weights.map { String($0) }.joined(separator: ", ")
            let expected = try Row.fetchAll(
                db,
                sql: """
                    SELECT rowid, -bm25(keyword, \(list)) AS score FROM keyword
                    WHERE keyword MATCH ? ORDER BY score DESC, rowid LIMIT 50
                    """,
                arguments: [Self.expression(phrases)]
            ).map { ScoredPassage(id: $0[0], score: $0[1]) }
            #expect(found.map(\.id) == expected.map(\.id), note)
            #expect(
                zip(found, expected).allSatisfy { abs($0.score - $1.score) < 1e-9 },
                "\(note): \(phrases)"
            )
            #expect(deleted.isDisjoint(with: found.map(\.id.rawValue)), note)
            try checkKeptLists(of: phrases, db, segments, lengths, note)
            let any = Self.expression(Array(phrases.prefix(1)))
            let count = try Int.fetchOne(
                db,
                sql: "SELECT count(*) FROM keyword WHERE keyword MATCH ?",
                arguments: [any]
            )
            #expect(try scan.count(ofAny: Array(phrases.prefix(1))) == count, note)
        }
    }

    /// Lists that are kept from one search to the next change nothing, to the last bit.
    private func checkKeptLists(
        of phrases: [KeywordPhrase],
        _ db: Database,
        _ segments: KeywordSegments,
        _ lengths: [UInt16],
        _ note: Comment
    ) throws {
        let cache = KeywordHitsCache()
        let key = KeywordHitsCache.Key(generation: "\(note)", weights: Self.weights)
        let optional = [
            KeywordPhrase(["word2"], isStems: false), KeywordPhrase(["a"], isStems: true),
        ]
        func best(
            _ kept: (KeywordHitsCache, KeywordHitsCache.Key)?
        ) throws -> [ScoredPassage] {
            let scan = KeywordScan(
                db: db,
                segments: segments,
                weights: Self.weights,
                kept: kept.map { (cache: $0.0, key: $0.1) }
            )
            return try scan.best(
                phrases,
                neighbors: [KeywordPhrase(["word1", "word2"], isStems: true)],
                neighborWeight: 0.5,
                optional: optional,
                lengths: lengths,
                limit: 50,
                allowed: nil
            )
        }
        let plain = try best(nil)
        for _ in 0..<2 { #expect(try best((cache, key)) == plain, note) }
        let other = KeywordHitsCache.Key(generation: "another", weights: Self.weights)
        #expect(cache.hits(of: KeywordPhrase(["word1"], isStems: true), for: other) == nil)
        if segments.passages >= 1_000 {
            #expect(cache.hits(of: KeywordPhrase(["word2"], isStems: false), for: key) != nil)
        }
    }

    /// Many segments, lists over page borders, passages that were taken out and put in again: whatever
    /// state FTS5's merging leaves, the scan finds what FTS5 finds, with its scores.
    @Test(arguments: [1, 2, 3])
    func theScanFindsWhatFTS5Finds(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let queue = try DatabaseQueue()
        try queue.write { try Schema.migrate($0) }
        var texts: [Int64: String] = [:]
        var deleted: Set<Int64> = []
        for round in 0..<12 {
            try queue.write { db in
                let changes = KeywordChanges(watching: db)
                defer { changes.stop() }
                let index = KeywordIndex(db: db)
                var lengths: [Int64: Int] = [:]
                for _ in 0..<400 {
                    let known = texts.keys.sorted()
                    if let id = known.randomElement(using: &random),
                        Int.random(in: 0..<5, using: &random) == 0
                    {
                        try index.remove(
                            id: id,
                            title: "word1 word2",
                            headings: [],
                            text: texts[id] ?? "",
                            language: .undetermined
                        )
                        texts[id] = nil
                        lengths[id] = 0
                        deleted.insert(id)
                    } else {
                        let isReturn = Int.random(in: 0..<9, using: &random) == 0
                        let id =
                            isReturn
                            ? deleted.sorted().randomElement(using: &random) ?? 1
                            : Int64(Int.random(in: 1..<20_000, using: &random))
                        guard texts[id] == nil else { continue }
                        let text = Self.text(&random)
                        lengths[id] = try index.insert(
                            id: id,
                            title: "word1 word2",
                            headings: [],
                            text: text,
                            language: .undetermined
                        )
                        texts[id] = text
                        deleted.remove(id)
                    }
                }
                try KeywordLengths(db: db).store(lengths)
                // Some rounds merge all segments, some a part of them, as happens by itself in time.
                if round % 5 == 4 {
                    try db.execute(sql: "INSERT INTO keyword(keyword) VALUES ('optimize')")
                } else if round % 3 == 2 {
                    try db.execute(
                        sql: "INSERT INTO keyword(keyword, rank) VALUES ('merge', -4)"
                    )
                }
                try changes.settle(comparingWith: nil)
            }
            try queue.read { try check($0, deleting: deleted, "seed \(seed), round \(round)") }
        }
        try queue.write { db in
            let kept = try KeywordLengths(db: db).all()
            try KeywordLengths(db: db).rebuild()
            #expect(try KeywordLengths(db: db).all() == kept)
        }
    }

    /// A file of another format is left to FTS5, which knows it or says that it does not.
    @Test func anotherFormatIsLeftToFTS5() throws {
        let queue = try DatabaseQueue()
        try queue.write { db in
            try Schema.migrate(db)
            try db.execute(sql: "UPDATE keyword_config SET v = 5 WHERE k = 'version'")
            #expect(throws: RowDamage.self) { try KeywordSegments(db) }
            try KeywordChecksums.rebuild(db)
            #expect(try KeywordSegments(db) == nil)
        }
    }

    /// Bytes that are no index give an error or wrong figures, never a crash.
    @Test(arguments: 1...20) func damagedPagesDoNotTrap(_ seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let queue = try DatabaseQueue()
        try queue.write { db in
            try Schema.migrate(db)
            let index = KeywordIndex(db: db)
            var lengths: [Int64: Int] = [:]
            for id in Int64(1)...300 {
                lengths[id] = try index.insert(
                    id: id,
                    title: "",
                    headings: [],
                    text: Self.text(&random),
                    language: .undetermined
                )
            }
            try KeywordLengths(db: db).store(lengths)
        }
        try queue.write { db in
            let pages = try Row.fetchAll(
                db,
                sql: "SELECT id, block FROM keyword_data WHERE id > 10"
            )
            for page in pages {
                var bytes = [UInt8](page[1] as Data)
                for _ in 0..<3 {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    bytes[place] = UInt8.random(in: 0...255, using: &random)
                }
                try db.execute(
                    sql: "UPDATE keyword_data SET block = ? WHERE id = ?",
                    arguments: [Data(bytes), page[0] as Int64]
                )
            }
            #expect(throws: RowDamage.self) {
                guard let segments = try KeywordSegments(db) else { return }
                for segment in segments.segments {
                    _ = try segments.doclist(of: "word1", in: segment)
                }
            }
            // With checksums that agree they are taken as they are.
            try KeywordChecksums.rebuild(db)
            guard let segments = try KeywordSegments(db) else { return }
            let lengths = try KeywordLengths(db: db).all()
            let scan = KeywordScan(db: db, segments: segments, weights: Self.weights)
            for phrases in Self.queries {
                do {
                    _ = try scan.best(phrases, lengths: lengths, limit: 5, allowed: nil)
                } catch is FTS5ListError {
                } catch is RowDamage {}
            }
        }
    }
}
