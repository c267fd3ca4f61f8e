internal import Corpus
internal import FTS5Index
internal import GRDB

/// The tables of a library file, and the steps from each version of them to the next.
///
/// `PRAGMA user_version` counts the steps taken. A step is never edited once it has been released:
/// a change is a new step at the end.
enum Schema {
    /// Marks a file as a Vecino library: "VECI" in ASCII, stored as `PRAGMA application_id`.
    static let applicationID: Int = 0x5645_4349

    /// The version that this program writes.
    static var version: Int { steps.count }

    /// Brings an empty or older database to `version`, or an earlier one; in a transaction of the
    /// caller's.
    static func migrate(_ db: Database, to version: Int = version) throws {
        let current = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        // A damaged file can have any number there; what opens it says so.
        guard (0..<version).contains(current) else { return }
        for (number, step) in steps.enumerated() where (current..<version).contains(number) {
            try db.execute(sql: step)
            if number == keywordSumsStep { try KeywordChecksums.rebuild(db) }
        }
        try db.execute(sql: "PRAGMA user_version = \(version)")
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
    }

    /// Refuses a file whose schema would do something: libraries have tables and indexes only, and a
    /// trigger or a view in one was put there by somebody else.
    static func checkForeignParts(of db: Database, path: String) throws {
        let sql = "SELECT type FROM sqlite_schema WHERE type IN ('trigger', 'view') LIMIT 1"
        guard let kind = try String.fetchOne(db, sql: sql) else { return }
        throw StoreError.database(
            path: path,
            detail: "it holds a \(kind), which no library does: somebody has put it there"
        )
    }

    private static let steps = [
        library, pages, bitmaps, answers, lengths, sketches, checksums, keywordSums, readers,
        fileStatus,
    ]
    /// The step after which the checksums of the words' index are made.
    private static let keywordSumsStep = 7

    /// Version 1.
    ///
    /// - `slot` is a passage's ordinal in the vector segments; a freed one waits in `free_slot`.
    /// - `embedding` is keyed by what was embedded and by whom, so that nothing is embedded twice.
    /// - `keyword` is contentless: it holds analyzed terms, made again from the passage on deletion.
    ///   Terms arrive separated by spaces, so every printable ASCII character is a token character.
    /// - `language_group` has each frequent language's slots and mean embedding; void once
    ///   `generation` is no longer the library's.
    /// - `graph_pending` lists the slots that changed since the graph was last brought up to date.
    private static let library = """
        CREATE TABLE setting(
            key TEXT PRIMARY KEY NOT NULL,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE model(
            id INTEGER PRIMARY KEY,
            identifier TEXT NOT NULL UNIQUE,
            dimensions INTEGER NOT NULL CHECK (dimensions > 0)
        );

        CREATE TABLE collection(
            id INTEGER PRIMARY KEY,
            root TEXT NOT NULL UNIQUE,
            options TEXT NOT NULL DEFAULT '{}',
            indexed_at TEXT
        );

        CREATE TABLE document(
            id INTEGER PRIMARY KEY,
            collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            content_hash BLOB NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            format TEXT NOT NULL,
            language TEXT NOT NULL,
            title TEXT NOT NULL,
            date TEXT,
            metadata TEXT NOT NULL DEFAULT '{}',
            repairs TEXT NOT NULL DEFAULT '[]',
            indexed_at TEXT NOT NULL,
            UNIQUE (collection_id, path)
        );

        CREATE TABLE embedding(
            id INTEGER PRIMARY KEY,
            model_id INTEGER NOT NULL REFERENCES model(id) ON DELETE CASCADE,
            text_hash BLOB NOT NULL,
            vector BLOB NOT NULL,
            UNIQUE (model_id, text_hash)
        );

        CREATE TABLE passage(
            id INTEGER PRIMARY KEY,
            document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            headings TEXT NOT NULL DEFAULT '[]',
            text TEXT NOT NULL,
            first_line INTEGER NOT NULL,
            last_line INTEGER NOT NULL,
            first_byte INTEGER NOT NULL,
            end_byte INTEGER NOT NULL,
            token_count INTEGER NOT NULL,
            embedding_id INTEGER NOT NULL REFERENCES embedding(id),
            slot INTEGER NOT NULL UNIQUE,
            UNIQUE (document_id, position)
        );
        CREATE INDEX passage_embedding ON passage(embedding_id);

        CREATE TABLE free_slot(slot INTEGER PRIMARY KEY);

        CREATE TABLE skipped(
            collection_id INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
            path TEXT NOT NULL,
            reason TEXT NOT NULL,
            size INTEGER NOT NULL,
            modified INTEGER NOT NULL,
            PRIMARY KEY (collection_id, path)
        ) WITHOUT ROWID;

        CREATE TABLE vector_segment(
            first_slot INTEGER PRIMARY KEY,
            codes BLOB NOT NULL
        );

        CREATE TABLE language_group(
            language TEXT PRIMARY KEY NOT NULL,
            slots BLOB NOT NULL,
            mean BLOB NOT NULL,
            generation TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE graph_segment(
            number INTEGER PRIMARY KEY,
            bytes BLOB NOT NULL
        );
        CREATE TABLE graph_pending(slot INTEGER PRIMARY KEY);

        CREATE VIRTUAL TABLE keyword USING fts5(
            title, heading, body, title_stem, heading_stem, body_stem,
            content = '', detail = full,
            tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\\]^_`{|}~'"
        );
        """

    /// Version 2: the pages that a passage stands on; NULL for formats without pages.
    private static let pages = """
        ALTER TABLE passage ADD COLUMN first_page INTEGER;
        ALTER TABLE passage ADD COLUMN last_page INTEGER;
        """

    /// Version 3: the slots of a language group are a bitmap; until the next run of indexing finds the
    /// groups again, there are none.
    private static let bitmaps = """
        DELETE FROM language_group;
        DELETE FROM setting WHERE key = 'language_groups';
        """

    /// Version 4: what was asked and answered.
    ///
    /// `body` is the answer as JSON; the columns are what is listed and counted.
    private static let answers = """
        CREATE TABLE answer(
            id INTEGER PRIMARY KEY,
            asked_at TEXT NOT NULL,
            question TEXT NOT NULL,
            follows INTEGER REFERENCES answer(id) ON DELETE SET NULL,
            outcome TEXT NOT NULL,
            model TEXT NOT NULL,
            prompt_tokens INTEGER,
            reply_tokens INTEGER,
            cost REAL,
            milliseconds REAL NOT NULL,
            feedback INTEGER NOT NULL DEFAULT 0 CHECK (feedback IN (-1, 0, 1)),
            body TEXT NOT NULL
        );
        """

    /// Version 5: how many terms each passage has, in blocks; the next run of indexing fills them.
    private static let lengths = """
        CREATE TABLE keyword_length(
            block INTEGER PRIMARY KEY,
            lengths BLOB NOT NULL
        );
        """

    /// Version 6: what tells whether passages say nearly the same; see `Sketches`.
    private static let sketches = "ALTER TABLE passage ADD COLUMN sketch BLOB"

    /// Version 7: what tells whether a row is as it was written.
    ///
    /// See `Checksums`. The next run of indexing makes those of the rows that are there.
    private static let checksums = """
        ALTER TABLE document ADD COLUMN checksum INTEGER;
        ALTER TABLE passage ADD COLUMN checksum INTEGER;
        ALTER TABLE embedding ADD COLUMN checksum INTEGER;
        ALTER TABLE answer ADD COLUMN checksum INTEGER;
        ALTER TABLE keyword_length ADD COLUMN checksum INTEGER;
        ALTER TABLE language_group ADD COLUMN checksum INTEGER;
        """

    /// Version 8: checksums of the rows of `keyword_data`, 1,024 in a blob; see `KeywordChecksums`.
    ///
    /// They are made in the same transaction, of the lists as they are.
    private static let keywordSums = """
        CREATE TABLE keyword_sum(
            number INTEGER PRIMARY KEY,
            sums BLOB NOT NULL,
            checksum INTEGER NOT NULL
        );
        """

    /// Version 9: which reader read a document, or passed a file over.
    ///
    /// 0 is the reader of an earlier program: the next run reads such files again. `code` says why a
    /// file was passed over, for the program; `reason` says it for people. `picture_pages` counts the
    /// pages of pictures that a document's reader left out.
    private static let readers = """
        ALTER TABLE document ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE document ADD COLUMN picture_pages INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE skipped ADD COLUMN code TEXT NOT NULL DEFAULT '';
        ALTER TABLE skipped ADD COLUMN reader INTEGER NOT NULL DEFAULT 0;
        """

    /// Version 10: what `stat` says of a file beside its size and time; NULL until it is next looked at.
    ///
    /// A file that takes another's place may have its size and its time, but not its time of the last
    /// change of anything (`status_changed`, nanoseconds since 1970) and rarely its number (`inode`).
    private static let fileStatus = """
        ALTER TABLE document ADD COLUMN status_changed INTEGER;
        ALTER TABLE document ADD COLUMN inode INTEGER;
        ALTER TABLE skipped ADD COLUMN status_changed INTEGER;
        ALTER TABLE skipped ADD COLUMN inode INTEGER;
        """
}
