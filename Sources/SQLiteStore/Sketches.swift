internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis

/// The sketches of passages, by which a search knows those that say nearly the same.
///
/// A library that an older program wrote has none until the next run of indexing makes them.
enum Sketches {
    /// Names the rules by which sketches are made.
    static let version = "1"

    /// What is stored for a passage; nil for one too short to be called a duplicate.
    static func blob(of text: String) -> Data? {
        WordRuns(of: text).map { Data(TextSketch(of: $0).bytes) }
    }

    /// Makes every passage's sketch.
    ///
    /// - Complexity: reads every passage once.
    static func rebuild(_ db: Database) throws {
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM passage ORDER BY id")
        for id in ids {
            let text = try String.fetchOne(
                db.cachedStatement(sql: "SELECT text FROM passage WHERE id = ?"),
                arguments: [id]
            )
            try db.cachedStatement(sql: "UPDATE passage SET sketch = ? WHERE id = ?")
                .execute(arguments: [text.flatMap(blob), id])
        }
    }
}

extension SnapshotView {
    /// The sketches of those of these passages that have one.
    func sketches(of passages: [PassageID]) throws -> [PassageID: TextSketch] {
        let rows = try Row.fetchCursor(
            db.cachedStatement(
                sql: """
                    SELECT id, sketch FROM passage
                    WHERE id IN (SELECT value FROM json_each(?)) AND sketch IS NOT NULL
                    """
            ),
            arguments: [Self.list(passages)]
        )
        var sketches: [PassageID: TextSketch] = [:]
        while let row = try rows.next() {
            sketches[row[0]] = TextSketch(bytes: [UInt8](row.bytes(1)))
        }
        return sketches
    }
}
