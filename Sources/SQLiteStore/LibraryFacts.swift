internal import Corpus
internal import FTS5Index
internal import GRDB
internal import Synchronization
internal import TextAnalysis

/// What searches ask of one state of the library again and again, found out once.
struct LibraryFacts: Sendable {
    /// Enough for the words of thousands of queries; a few hundred kilobytes.
    private static let capacity = 10_000

    /// The generation that all of it belongs to.
    let version: String
    var passages: Int?
    var languages: [Language]?
    /// How many terms each passage has, by ID.
    var keywordLengths: [UInt16]?
    /// Whether all of FTS5's pages are as they were written.
    var keywordsAreProved: Bool?
    /// How many passages match an FTS5 expression.
    private(set) var counts: [String: Int] = [:]

    init(version: String) { self.version = version }

    mutating func add(_ found: [String: Int]) {
        if counts.count > Self.capacity { counts = [:] }
        counts.merge(found) { $1 }
    }
}

extension SnapshotView {
    /// How many passages the library holds.
    func passageCount() throws -> Int {
        try fact(\.passages) { try Int.fetchOne(db, sql: "SELECT count(*) FROM passage") } ?? 0
    }

    /// The languages that a twentieth of the documents in known languages are written in, most
    /// frequent first: a document or two of which the language is mistaken are not among them.
    func languages() throws -> [Language] {
        try fact(\.languages) {
            let counts = try Row.fetchAll(
                db,
                sql: """
                    SELECT language, count(*) FROM document WHERE language != 'und'
                    GROUP BY language ORDER BY count(*) DESC, language
                    """
            ).map { (language: $0.text(0) ?? "", documents: Int($0.integer(1) ?? 0)) }
            let total = counts.reduce(0) { $0 + $1.documents }
            return counts.filter { $0.documents * 20 >= total }
                .map { Language(rawValue: $0.language) }
        } ?? []
    }

    /// How many passages match each FTS5 expression.
    ///
    /// - Complexity: O(passages that match), for each expression that is new.
    func matchCounts(of expressions: [String]) throws -> [Int] {
        let version = try generation()
        let known = store.facts.withLock { $0?.version == version ? $0?.counts : nil } ?? [:]
        var found: [String: Int] = [:]
        try proveKeywords(of: expressions.filter { known[$0] == nil })
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM keyword WHERE keyword MATCH ?"
        )
        let counts = try expressions.map { expression in
            if let count = known[expression] ?? found[expression] { return count }
            let count = try Int.fetchOne(statement, arguments: [expression]) ?? 0
            found[expression] = count
            return count
        }
        if !found.isEmpty { remember(version: version) { $0.add(found) } }
        return counts
    }

    /// What is known of this state of the library, or what `find` finds.
    func fact<Value: Sendable>(
        _ path: any WritableKeyPath<LibraryFacts, Value?> & Sendable,
        _ find: () throws -> Value?
    ) throws -> Value? {
        let version = try generation()
        let known = store.facts.withLock { $0?.version == version ? $0?[keyPath: path] : nil }
        if let known { return known }
        guard let value = try find() else { return nil }
        remember(version: version) { $0[keyPath: path] = value }
        return value
    }

    /// Notes a fact; those of another state of the library go.
    private func remember(version: String, _ note: (inout LibraryFacts) -> Void) {
        store.facts.withLock { facts in
            var current = facts ?? LibraryFacts(version: version)
            if current.version != version { current = LibraryFacts(version: version) }
            note(&current)
            facts = current
        }
    }
}
