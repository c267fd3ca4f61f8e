internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB
internal import TextAnalysis

/// Passages that have words in a row.
///
/// The keyword index holds compounds and their parts one behind the other, so that words which are
/// neighbors in the text need not be neighbors there. Where they are, FTS5 finds the passage; where
/// they only stand near each other, the passage's text decides.
extension SnapshotView {
    /// From so many passages on, those whose text would have to be read are left out.
    private static let enoughPassages = 500
    /// The most passages whose text is read.
    private static let mostReadings = 5_000
    /// Terms that may stand between two words of a sequence because of their parts.
    private static let slack = 8

    /// The passages in which words stand in a row, by identifier.
    ///
    /// - Complexity: O(length of the terms' lists), and a text read for each passage in which the
    ///   words are near each other without being neighbors in the index.
    func passages(with place: SequencePlace) throws -> [PassageID] {
        if let known = memo.sequences[place] { return known }
        let columns = KeywordQuery.columns(.surface, place.field)
        let ways = place.words.ways
        var found = Set(try passages(matching: ways.map { Self.row($0, columns) }))
        let near = ways.compactMap { Self.near($0, columns) }
        if found.count < Self.enoughPassages, !near.isEmpty {
            let others = try passages(matching: near).filter { !found.contains($0) }
            for passage in others.prefix(Self.mostReadings)
            where try stands(place, in: passage) {
                found.insert(passage)
            }
        }
        let sorted = found.sorted()
        memo.sequences[place] = sorted
        return sorted
    }

    private func passages(matching expressions: [String]) throws -> [PassageID] {
        let expression = expressions.joined(separator: " OR ")
        try proveKeywords(of: [expression])
        return try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT rowid FROM keyword WHERE keyword MATCH ?"),
            arguments: [expression]
        ).map(PassageID.init(rawValue:))
    }

    /// The expression for terms side by side; a lone character of a script without spaces begins
    /// pairs.
    private static func row(_ way: [[String]], _ columns: String) -> String {
        let text = KeywordQuery.quoted(way.joined().joined(separator: " "))
        let isCharacter =
            way.count == 1 && way[0].count == 1 && way[0][0].count == 1
            && way[0][0].utf8.count >= 3
        return "(\(columns) : \(text)\(isCharacter ? " *" : ""))"
    }

    /// The expression for terms near each other, or nil for a single one.
    private static func near(_ way: [[String]], _ columns: String) -> String? {
        guard way.count > 1 else { return nil }
        let groups = way.map { KeywordQuery.quoted($0.joined(separator: " ")) }
        let distance = way.count * slack + way.joined().count
        return "(\(columns) : NEAR(\(groups.joined(separator: " ")), \(distance)))"
    }

    private func stands(_ place: SequencePlace, in passage: PassageID) throws -> Bool {
        let row = try Row.fetchOne(
            db.cachedStatement(
                sql: """
                    SELECT d.title, p.headings, p.text, p.position, \(KeywordIndex.metadata)
                    FROM passage p JOIN document d ON d.id = p.document_id WHERE p.id = ?
                    """
            ),
            arguments: [passage]
        )
        guard let row else { return false }
        let headings = KeywordIndex.headings(row, at: 1, position: 3, metadata: 4)
        let fields: [(KeywordField, String)] = [
            (.title, row.text(0) ?? ""), (.headings, headings.joined(separator: "\n")),
            (.text, row.text(2) ?? ""),
        ]
        return fields.contains { field, text in
            (place.field == nil || place.field == field) && place.words.stands(in: text)
        }
    }
}
