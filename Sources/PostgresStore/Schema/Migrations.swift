#if Postgres
internal import Corpus

/// The tables of a library's schema, and the steps from each version of them to the next.
///
/// The setting `format` counts the steps taken. A step is never edited once it has been released: a change
/// is a new step at the end.
enum Migrations {
    /// The version that this program writes.
    static var version: Int { steps.count }

    /// The library's version; nil where the schema holds none.
    static func version(_ session: Session, schema: String) throws -> Int? {
        let table = SQL.name(schema) + ".setting"
        let exists = try session.query(
            "SELECT to_regclass($1) IS NOT NULL",
            [.text(table)]
        ).first?.flag(0)
        guard exists == true else { return nil }
        let value = try session.query("SELECT value FROM \(table) WHERE key = 'format'").first
        return value?.text(0).flatMap { Int($0) }
    }

    /// Makes the library, or brings it up to date; programs that come at once wait for each other.
    ///
    /// - Throws: `StoreError`, `ServerError`; nothing is changed then.
    static func run(_ session: Session, address: PostgresAddress, opening: String) throws {
        let schema = address.schema
        try session.transaction(opening) {
            try session.query(
                "SELECT pg_advisory_xact_lock(hashtext('vecino.migration'), hashtext($1))",
                [.text(schema)]
            )
            let current = try version(session, schema: schema)
            if current == nil { try make(session, address) }
            let first = current ?? 0
            guard first < version else { return }
            for step in steps[first...] { try session.execute(step) }
            let transaction = PostgresTransaction(session: session, address: address)
            try transaction.set("format", to: String(version))
            if current == nil {
                try transaction.set("analysis", to: PassageWords.analysisVersion)
            }
        }
    }

    private static func make(_ session: Session, _ address: PostgresAddress) throws {
        let schema = address.schema
        let tables = try session.query(
            """
            SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'v', 'm', 'f', 'p')
            """,
            [.text(schema)]
        ).first?.integer(0)
        guard tables == 0 else {
            throw StoreError.server(
                address: address.text,
                detail:
                    "its schema \"\(schema)\" holds tables that are no library's: name another one "
                    + "with schema=…"
            )
        }
        try session.execute("CREATE SCHEMA IF NOT EXISTS \(SQL.name(schema))")
    }

    private static let steps = [library]

    /// Version 1.
    ///
    /// - Paths are compared byte by byte, and found by a digest, because an index takes no long ones.
    /// - `embedding` is keyed by what was embedded, so that nothing is embedded twice. The length of its
    ///   vectors is set with the library's model, their index made at the end of the first run.
    /// - `passage.words` has every term with its places: see `PassageWords`. `passage.terms` has the same
    ///   for pg_textsearch. `length` counts the terms.
    /// - `word` counts the passages that have a term. Each change adds rows, of negative numbers for what
    ///   goes; the sum counts. So writers do not wait for each other. `change` is the same for the whole
    ///   library; the sum of `mark`, of random numbers, names its state.
    private static let library = """
        CREATE TABLE setting(key text PRIMARY KEY, value text NOT NULL);

        CREATE TABLE model(
            id integer PRIMARY KEY CHECK (id = 1),
            identifier text NOT NULL,
            dimensions integer NOT NULL CHECK (dimensions > 0)
        );

        CREATE TABLE collection(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            root text COLLATE "C" NOT NULL,
            options text NOT NULL DEFAULT '{}',
            indexed_at text
        );
        CREATE UNIQUE INDEX collection_root ON collection(md5(root));

        CREATE TABLE document(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            collection_id bigint NOT NULL REFERENCES collection ON DELETE CASCADE,
            path text COLLATE "C" NOT NULL,
            content_hash bytea NOT NULL,
            size bigint NOT NULL,
            modified bigint NOT NULL,
            format text NOT NULL,
            language text NOT NULL,
            title text NOT NULL,
            date text,
            metadata text NOT NULL,
            repairs text NOT NULL,
            indexed_at text NOT NULL,
            reader integer NOT NULL,
            picture_pages integer NOT NULL,
            status_changed bigint,
            inode bigint
        );
        CREATE UNIQUE INDEX document_path ON document(collection_id, md5(path));

        CREATE TABLE embedding(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            key bytea NOT NULL UNIQUE,
            vec vector NOT NULL
        );

        CREATE TABLE passage(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            document_id bigint NOT NULL REFERENCES document ON DELETE CASCADE,
            position integer NOT NULL,
            headings text NOT NULL,
            text text NOT NULL,
            first_line bigint NOT NULL,
            last_line bigint NOT NULL,
            first_page bigint,
            last_page bigint,
            first_byte bigint NOT NULL,
            end_byte bigint NOT NULL,
            token_count integer NOT NULL,
            language text NOT NULL,
            sketch bytea,
            embedding_id bigint NOT NULL REFERENCES embedding,
            length integer NOT NULL,
            words tsvector NOT NULL,
            terms text NOT NULL,
            UNIQUE (document_id, position)
        );
        CREATE INDEX passage_embedding ON passage(embedding_id);

        CREATE TABLE skipped(
            collection_id bigint NOT NULL REFERENCES collection ON DELETE CASCADE,
            path text COLLATE "C" NOT NULL,
            reason text NOT NULL,
            code text NOT NULL,
            reader integer NOT NULL,
            size bigint NOT NULL,
            modified bigint NOT NULL,
            status_changed bigint,
            inode bigint
        );
        CREATE UNIQUE INDEX skipped_path ON skipped(collection_id, md5(path));

        CREATE TABLE language_group(
            language text PRIMARY KEY,
            mean vector NOT NULL,
            generation text NOT NULL
        );

        CREATE TABLE word(
            term text COLLATE "C" NOT NULL,
            surface integer NOT NULL,
            stem integer NOT NULL,
            either integer NOT NULL
        );
        CREATE INDEX word_term ON word(term) INCLUDE (surface, stem, either);

        CREATE TABLE change(
            documents bigint NOT NULL,
            passages bigint NOT NULL,
            terms bigint NOT NULL,
            mark numeric NOT NULL
        );

        CREATE TABLE answer(
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            asked_at text NOT NULL,
            question text NOT NULL,
            follows bigint REFERENCES answer ON DELETE SET NULL,
            outcome text NOT NULL,
            model text NOT NULL,
            prompt_tokens bigint,
            reply_tokens bigint,
            cost double precision,
            milliseconds double precision NOT NULL,
            feedback integer NOT NULL DEFAULT 0 CHECK (feedback IN (-1, 0, 1)),
            body text NOT NULL
        );
        """
}
#endif
