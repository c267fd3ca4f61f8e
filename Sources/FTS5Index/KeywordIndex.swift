internal import CSQLite
internal import Corpus
package import GRDB
package import TextAnalysis

/// The full-text side of a library: the FTS5 table `keyword`, whose row numbers are passage IDs.
///
/// Analysis happens here and not in SQLite, so that the file needs no extension to be read: each
/// column holds terms separated by spaces, the surface forms in one half and their stems in the
/// other. The table keeps no text; to delete an entry its terms are made again from the passage.
package struct KeywordIndex {
    /// Changes whenever the same passage would give other terms; an older index is then rebuilt.
    package static let analysisVersion = "1.\(KeywordAnalyzer.version)"

    let db: Database
    private let analyzer = KeywordAnalyzer()

    package init(db: Database) { self.db = db }

    /// Adds a passage.
    ///
    /// - Returns: how many terms it has.
    @discardableResult
    package func insert(
        id: Int64,
        title: String,
        headings: [String],
        text: String,
        language: Language
    ) throws -> Int {
        let (columns, length) = columns(
            title: title,
            headings: headings,
            text: text,
            language: language
        )
        try db.cachedStatement(
            sql: """
                INSERT INTO keyword(
                    rowid, title, heading, body, title_stem, heading_stem, body_stem)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [id] + StatementArguments(columns))
        return length
    }

    package func remove(
        id: Int64,
        title: String,
        headings: [String],
        text: String,
        language: Language
    )
        throws
    {
        let columns = columns(title: title, headings: headings, text: text, language: language)
            .terms
        try db.cachedStatement(
            sql: """
                INSERT INTO keyword(
                    keyword, rowid, title, heading, body, title_stem, heading_stem, body_stem)
                VALUES ('delete', ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [id] + StatementArguments(columns))
    }

    /// Makes FTS5's settings again if they are not as they were; none were ever chosen.
    package func mendSettings() throws {
        do { try KeywordChecksums(db: db).checkSettings() } catch is RowDamage {
            // The one table of FTS5's that it does not make again itself.
            setDefensive(false)
            defer { setDefensive(true) }
            try db.execute(
                sql: "DELETE FROM keyword_config; INSERT INTO keyword_config VALUES ('version', 4)"
            )
        }
    }

    private func setDefensive(_ isOn: Bool) {
        if let connection = unsafe db.sqliteConnection {
            _ = unsafe vs_defend(connection, isOn ? 1 : 0)
        }
    }

    /// Empties the table.
    package func clear() throws {
        // The checksums go along, because SQLite does not report single rows of this.
        try db.execute(
            sql: "INSERT INTO keyword(keyword) VALUES ('delete-all'); DELETE FROM keyword_sum"
        )
    }

    /// Makes the whole table again from the passages.
    package func rebuild() throws {
        try clear()
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT p.id, d.title, p.headings, p.text, d.language, p.position, \(Self.metadata)
                FROM passage p JOIN document d ON d.id = p.document_id
                """
        )
        while let row = try rows.next() {
            try insert(
                id: row[0],
                title: row.text(1) ?? "",
                headings: Self.headings(row, at: 2, position: 5, metadata: 6),
                text: row.text(3) ?? "",
                language: Language(rawValue: row.text(4) ?? "")
            )
        }
    }

    /// The metadata of a document as a column, of its first passage only.
    package static let metadata =
        "CASE WHEN p.position = 0 AND json_valid(d.metadata) THEN d.metadata END"

    /// The headings by which a passage is found, out of the columns of a row.
    package static func headings(_ row: Row, at column: Int, position: Int, metadata: Int)
        -> [String]
    {
        MetadataWords.headings(
            ColumnJSON.decode(row.text(column) ?? "", or: []),
            at: Int(row.integer(position) ?? 1),
            metadata: ColumnJSON.decode(row.text(metadata) ?? "", or: [:])
        )
    }

    private func columns(
        title: String,
        headings: [String],
        text: String,
        language: Language
    ) -> (terms: [String], count: Int) {
        analyzer.columns(title: title, headings: headings, text: text, language: language)
    }
}

extension KeywordAnalyzer {
    /// What FTS5 is given for a passage: the terms of each column, separated by spaces, and how many.
    func columns(
        title: String,
        headings: [String],
        text: String,
        language: Language
    ) -> (terms: [String], count: Int) {
        let parts = [title, headings.joined(separator: "\n"), text].map {
            indexTerms($0, language: language)
        }
        let terms =
            parts.map { $0.surfaces.joined(separator: " ") }
            + parts.map { $0.stems.joined(separator: " ") }
        return (terms, parts.reduce(0) { $0 + $1.surfaces.count + $1.stems.count })
    }
}
