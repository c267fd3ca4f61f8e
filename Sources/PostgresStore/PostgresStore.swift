#if Postgres
package import Corpus
internal import Synchronization

/// A library on a PostgreSQL server: one schema with the tables of `Migrations`.
///
/// Readers have a snapshot in a transaction of its own, on one of a few connections; a change is one
/// transaction on another. Nothing of the library is held in this process but what was counted of its last
/// state, so that any number of programs can read and write the same library.
package final class PostgresStore: Sendable {
    /// How a library is opened.
    package enum Access: Sendable {
        /// For searching; the library must exist.
        case readOnly
        /// For indexing; the library is made if it is missing.
        case readWrite
    }

    /// Where it is.
    package let address: PostgresAddress
    let facts = FactCache()
    private let access: Access
    private let probe: ServerProbe
    private let readers: ConnectionPool
    private let writer: ConnectionPool
    let lease: LeaseQueue

    /// Reads that go on at once, each on a connection of its own.
    private static let mostReaders = 8
    /// What a statement of a search may take.
    private static let searchTimeout = "60s"

    /// Opens the library at `address`, bringing an older one up to date when it may write.
    ///
    /// - Throws: `StoreError`; a server or schema that cannot be used is left untouched.
    package init(at address: PostgresAddress, access: Access) throws(StoreError) {
        self.address = address
        self.access = access
        readers = ConnectionPool(to: address, limit: Self.mostReaders)
        writer = ConnectionPool(to: address, limit: 1)
        lease = LeaseQueue(address)
        do {
            let session = try Session(to: address)
            probe = try ServerProbe(session, address: address, installs: access == .readWrite)
            if access == .readWrite {
                try Migrations.run(session, address: address, opening: Self.opening(address, probe))
            }
            try Self.check(try Migrations.version(session, schema: address.schema), address)
        } catch {
            throw Self.explain(error, address)
        }
    }

    /// Whether there is a library at `address`.
    ///
    /// - Throws: `StoreError` for a server that cannot be reached.
    package static func exists(at address: PostgresAddress) throws(StoreError) -> Bool {
        do {
            let session = try Session(to: address)
            return try Migrations.version(session, schema: address.schema) != nil
        } catch {
            throw explain(error, address)
        }
    }

    /// What is said of the server where searches are slower on it than they could be; nil where they are not.
    package var advice: String? { probe.advice }

    private static func check(_ version: Int?, _ address: PostgresAddress) throws(StoreError) {
        guard let version else { throw .missing(path: address.text) }
        let current = Migrations.version
        if version > current {
            throw .fromTheFuture(path: address.text, version: version, supported: current)
        }
        if version < current {
            throw .outdated(path: address.text, version: version, current: current)
        }
    }

    // MARK: Reading

    package func withSnapshot<R: Sendable>(
        _ body: (any LibrarySnapshot) async throws -> R
    ) async throws -> R {
        try await explaining {
            try await readers.withConnection { connection in
                let (connection, state) = try await begin(connection)
                let snapshot = PostgresSnapshot(store: self, connection: connection, state: state)
                let result = try await body(snapshot)
                try await connection.run { session in _ = try session.execute("ROLLBACK") }
                return result
            }
        }
    }

    /// Begins a snapshot; on a new connection where the one that was kept leads nowhere any more.
    private func begin(_ connection: Connection) async throws -> (Connection, SnapshotState) {
        do {
            return (connection, try await snapshotState(connection))
        } catch let error as ServerError where error.isLost {
            readers.forgetIdle()
            let fresh = try await ConnectionPool.open(address)
            return (fresh, try await snapshotState(fresh))
        }
    }

    private func snapshotState(_ connection: Connection) async throws -> SnapshotState {
        let schema = SQL.name(address.schema)
        // The table is locked before the first statement that needs a snapshot of the data: who takes the
        // library's place waits for that, and who comes later sees the new one.
        let sql = """
            \(Self.opening(address, probe, "ISOLATION LEVEL REPEATABLE READ READ ONLY"));
            SET LOCAL statement_timeout = \(SQL.literal(Self.searchTimeout));
            SET LOCAL hnsw.ef_search = 200; SET LOCAL hnsw.iterative_scan = strict_order;
            SET LOCAL hnsw.max_scan_tuples = 100000;
            LOCK TABLE \(schema).change IN ACCESS SHARE MODE;
            SELECT coalesce(sum(documents), 0), coalesce(sum(passages), 0), coalesce(sum(terms), 0),
                coalesce(sum(mark), 0), to_regclass(\(SQL.literal(schema + ".passage_terms"))) IS NOT NULL,
                to_regclass(\(SQL.literal(schema + ".embedding_vec"))) IS NOT NULL,
                (SELECT value FROM \(schema).setting WHERE key = 'format')
            FROM \(schema).change
            """
        let row = try await connection.run { try $0.execute(sql) }
        func number(_ column: Int) -> Int { row[column].flatMap { Int($0) } ?? 0 }
        try Self.check(row[6].flatMap { Int($0) }, address)
        return SnapshotState(
            documents: number(0),
            passages: number(1),
            terms: number(2),
            generation: row[3] ?? "0",
            hasTermIndex: row[4] == "t" && probe.hasBM25,
            hasVectorIndex: row[5] == "t"
        )
    }

    // MARK: Writing

    /// Changes that do not fail twice for the same passing reason are tried so often.
    private static let mostTries = 4

    package func commit(_ change: LibraryChange) async throws -> CommitResult {
        try checkPermission(for: change)
        let isRepeatable = !change.steps.contains {
            if case .keepAnswer = $0 { true } else { false }
        }
        return try await write(isRepeatable: isRepeatable) { try $0.perform(change) }
    }

    /// Runs `body` in one transaction: all of it is committed, or nothing.
    ///
    /// - Parameters:
    ///   - isRepeatable: whether it may be done twice where the connection is lost so late that nobody knows
    ///     whether it was done.
    ///   - body: what is done; again from the beginning if others were in the way.
    /// - Returns: what `body` returns.
    /// - Throws: `StoreError`, and what `body` throws.
    func write<R: Sendable>(
        isRepeatable: Bool = true,
        _ body: @escaping @Sendable (PostgresTransaction) throws -> R
    ) async throws -> R {
        let opening = Self.opening(address, probe) + "; SET LOCAL statement_timeout = 0"
        return try await explaining {
            for attempt in 1... {
                let isCommitting = Mutex(false)
                do {
                    return try await writer.withConnection { [address] connection in
                        try await connection.run { session in
                            try session.transaction(
                                opening,
                                willCommit: { isCommitting.withLock { $0 = true } },
                                {
                                    try body(
                                        PostgresTransaction(session: session, address: address)
                                    )
                                }
                            )
                        }
                    }
                } catch let error as ServerError where error.isPassing {
                    let isUnknown = error.isLost && isCommitting.withLock { $0 }
                    guard attempt < Self.mostTries, isRepeatable || !isUnknown else { throw error }
                    // A server that is started again needs a moment.
                    try await Task.sleep(for: .milliseconds(100 << attempt))
                }
            }
            throw StoreError.busy(path: address.text)
        }
    }

    /// Runs statements outside of a transaction.
    func maintain(_ statements: [String]) async throws {
        let path = Self.path(address, probe)
        try await explaining {
            try await writer.withConnection { connection in
                try await connection.run { session in
                    try session.execute("SET search_path = \(path); SET statement_timeout = 0")
                    for statement in statements { try session.execute(statement) }
                }
            }
        }
    }

    private func checkPermission(for change: LibraryChange) throws(StoreError) {
        guard access != .readWrite else { return }
        for step in change.steps {
            switch step {
            case .keepAnswer, .rateAnswer, .removeAnswers, .setPreference: continue
            default: throw .notPermitted(path: address.text, detail: "opened for reading only")
            }
        }
    }

    // MARK: Transactions and errors

    /// What begins a transaction: names are looked up in the library's schema and in the extensions'.
    private static func opening(
        _ address: PostgresAddress,
        _ probe: ServerProbe,
        _ mode: String = "ISOLATION LEVEL READ COMMITTED"
    ) -> String {
        "BEGIN \(mode); SET LOCAL search_path = \(path(address, probe))"
    }

    private static func path(_ address: PostgresAddress, _ probe: ServerProbe) -> String {
        ([address.schema] + probe.extensionSchemas).map(SQL.name).joined(separator: ", ")
    }

    /// Runs `body`, and turns what the server reports into the sentence a person can act on.
    func explaining<R>(_ body: () async throws -> R) async throws -> R {
        do {
            return try await body()
        } catch let error as ServerError {
            throw Self.explain(error, address)
        }
    }

    private static func explain(_ error: any Error, _ address: PostgresAddress) -> StoreError {
        if let error = error as? StoreError { return error }
        guard let error = error as? ServerError else {
            return .server(address: address.text, detail: "\(error)")
        }
        // A schema that is not there, or not a library's.
        if error.state == "42P01" || error.state == "3F000" { return .missing(path: address.text) }
        return error.explained(for: address)
    }
}
#endif
