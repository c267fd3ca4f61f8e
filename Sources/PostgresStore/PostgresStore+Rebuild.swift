#if Postgres
package import Corpus

/// Building a library anew in a second schema while it answers.
extension PostgresStore {
    private var shadow: PostgresAddress { address.with(schema: address.schema + "_rebuild") }
    private var former: PostgresAddress { address.with(schema: address.schema + "_former") }

    package func hasUnfinishedRebuild() async -> Bool {
        let schema = SQL.name(shadow.schema)
        let found = try? await read { snapshot in
            guard let snapshot = snapshot as? PostgresSnapshot else { return false }
            return try await snapshot.query(
                "SELECT to_regclass($1) IS NOT NULL",
                [.text(schema + ".setting")]
            ) { $0.flag(0) }.first ?? false
        }
        return found ?? false
    }

    package func beginRebuild(model: String) async throws -> any LibraryStore {
        let schema = SQL.name(shadow.schema)
        if await hasUnfinishedRebuild() {
            let begun = try await write {
                try $0.session.query("SELECT value FROM \(schema).setting WHERE key = 'rebuild'")
                    .first?.text(0)
            }
            if begun != model { try await drop(shadow) }
        }
        let store = try PostgresStore(at: shadow, access: .readWrite)
        let own = SQL.name(address.schema)
        try await store.write { transaction in
            guard try transaction.setting("rebuild") == nil else { return }
            try transaction.session.execute(
                """
                INSERT INTO collection(root, options) SELECT root, options FROM \(own).collection
                ORDER BY id;
                \(Self.inheritance(from: own))
                """
            )
            try transaction.set("rebuild", to: model)
        }
        return store
    }

    /// Copies choices and answers.
    private static func inheritance(from schema: String) -> String {
        """
        DELETE FROM setting WHERE key LIKE 'preference.%';
        INSERT INTO setting SELECT key, value FROM \(schema).setting WHERE key LIKE 'preference.%';
        DELETE FROM answer;
        INSERT INTO answer OVERRIDING SYSTEM VALUE SELECT * FROM \(schema).answer ORDER BY id;
        SELECT setval(pg_get_serial_sequence('answer', 'id'),
            (SELECT coalesce(max(id), 0) + 1 FROM answer), false);
        """
    }

    package func finishRebuild(from shadow: any LibraryStore) async throws {
        guard let store = shadow as? PostgresStore, store.address == self.shadow else {
            throw StoreError.unsupported("take the place of one of another kind")
        }
        let (own, new) = (address.schema, store.address.schema)
        let old = former.schema
        _ = try await store.write { transaction in
            // Waits for the snapshots of the old library, and holds new ones up until this is done; not for
            // long, so that a long one does not stop all searches: then it is tried again.
            try transaction.session.execute(
                """
                SET LOCAL lock_timeout = '5s';
                LOCK TABLE \(SQL.name(own)).change IN ACCESS EXCLUSIVE MODE;
                \(Self.inheritance(from: SQL.name(own)))
                DELETE FROM setting WHERE key = 'rebuild';
                DROP SCHEMA IF EXISTS \(SQL.name(old)) CASCADE;
                ALTER SCHEMA \(SQL.name(own)) RENAME TO \(SQL.name(old));
                ALTER SCHEMA \(SQL.name(new)) RENAME TO \(SQL.name(own));
                DROP SCHEMA \(SQL.name(old)) CASCADE
                """
            )
        }
        facts.clear()
    }

    /// Takes a schema with all that is in it away.
    private func drop(_ address: PostgresAddress) async throws {
        _ = try await write {
            try $0.session.execute("DROP SCHEMA IF EXISTS \(SQL.name(address.schema)) CASCADE")
        }
    }
}
#endif
