#if Postgres
internal import Corpus

/// What a server offers to a library: its version and its extensions.
struct ServerProbe: Sendable {
    /// The oldest server that works, as libpq counts versions.
    static let oldestServer = 160_000
    /// The oldest pgvector: iterative scans came with it.
    static let oldestVector = [0, 8]

    /// The schemas that the extensions are in, which statements have to look into.
    let extensionSchemas: [String]
    /// Whether pg_textsearch is there, which ranks keywords by an index.
    let hasBM25: Bool

    /// Asks the server; installs the extensions where they are at hand and `installs` says so.
    ///
    /// - Throws: `StoreError` for a server that a library cannot be on, with what to do about it.
    init(_ session: Session, address: PostgresAddress, installs: Bool) throws {
        func refusal(_ detail: String) -> StoreError {
            .server(address: address.text, detail: detail)
        }
        let version = session.serverVersion
        guard version >= Self.oldestServer else {
            throw refusal(
                "it is PostgreSQL \(version / 10_000), and \(Self.oldestServer / 10_000) is the oldest "
                    + "that works: upgrade it"
            )
        }
        let encoding = session.reported("server_encoding") ?? "UTF8"
        guard encoding == "UTF8" else {
            throw refusal(
                "its database holds text as \(encoding): make one with `createdb -E UTF8 -T template0`"
            )
        }
        var vector = try Extension("vector", session)
        var textSearch = try Extension("pg_textsearch", session)
        if installs {
            vector = try vector.installed(session)
            // Without it keywords are ranked in another way, so that a refusal is none here.
            textSearch = (try? textSearch.installed(session)) ?? textSearch
        }
        let major = version / 10_000
        guard let schema = vector.schema else {
            throw refusal(
                vector.isAvailable
                    ? "its database has no pgvector: run `CREATE EXTENSION vector` in it as an "
                        + "administrator"
                    : "it has no pgvector: install it (on Debian `apt-get install "
                        + "postgresql-\(major)-pgvector`), then run `CREATE EXTENSION vector`"
            )
        }
        let numbers = (vector.version ?? "").split(separator: ".").compactMap { Int($0) }
        guard !numbers.lexicographicallyPrecedes(Self.oldestVector) else {
            throw refusal(
                "its pgvector is \(vector.version ?? "old"), and 0.8 is the oldest that works: install "
                    + "it and run `ALTER EXTENSION vector UPDATE`"
            )
        }
        var schemas = [schema]
        if let other = textSearch.schema, other != schema { schemas.append(other) }
        extensionSchemas = schemas
        hasBM25 = textSearch.schema != nil
    }

    /// What is said where keywords cannot be ranked by an index; nil where they can.
    var advice: String? {
        hasBM25
            ? nil
            : "The server has no pg_textsearch: keywords are ranked by reading every passage that has "
                + "one, which takes long for common words in a large library."
    }
}

/// An extension of PostgreSQL, as a database has it.
private struct Extension {
    let name: String
    /// The schema that its functions are in; nil where it is not installed in the database.
    let schema: String?
    let version: String?
    /// Whether the server has its files.
    let isAvailable: Bool

    init(_ name: String, _ session: Session) throws {
        let row = try session.query(
            """
            SELECT n.nspname::text, e.extversion,
                EXISTS (SELECT 1 FROM pg_available_extensions a WHERE a.name = $1)
            FROM (SELECT 1) one LEFT JOIN pg_extension e ON e.extname = $1
            LEFT JOIN pg_namespace n ON n.oid = e.extnamespace
            """,
            [.text(name)]
        ).first
        self.name = name
        schema = row?.text(0)
        version = row?.text(1)
        isAvailable = row?.flag(2) ?? false
    }

    /// The same, installed if that is possible.
    func installed(_ session: Session) throws -> Extension {
        guard schema == nil, isAvailable else { return self }
        do {
            try session.execute("CREATE EXTENSION IF NOT EXISTS \(SQL.name(name))")
        } catch {
            // Not permitted; or another program, which began at once, was faster.
            guard ["42501", "23505"].contains(error.state) else { throw error }
        }
        return try Extension(name, session)
    }
}
#endif
