#if Postgres
package import Corpus
internal import Foundation

/// Where a library on a server is: how to connect, and the schema that holds it.
///
/// What a person writes is any connection string of libpq – `postgresql://ana@db.example/notes`,
/// `host=db.example dbname=notes` – with one more parameter, `schema`, which is `vecino` by default.
/// Passwords come from `PGPASSWORD`, the file `~/.pgpass` or a service file, never from the string: it
/// would be seen in lists of processes and in the shell's history.
package struct PostgresAddress: Hashable, Sendable {
    /// The schema of a library whose address names none.
    package static let defaultSchema = "vecino"
    /// The bytes of a schema's name: PostgreSQL cuts a name at 63, and a rebuild adds to it.
    static let longestSchema = 50

    /// What libpq is given.
    let connection: String
    /// The schema that holds the library.
    package let schema: String
    /// The address as it is shown.
    package let text: String

    /// The address in a connection string.
    ///
    /// - Throws: `StoreError.server` for a string that libpq cannot read, one with a password, or the name
    ///   of a schema that PostgreSQL would not take.
    package init(_ text: String) throws(StoreError) {
        let isURI = text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
        let (connection, schema) =
            isURI ? Self.withoutSchema(uri: text) : Self.withoutSchema(keywords: text)
        try self.init(connection: connection, schema: schema ?? Self.defaultSchema, text: text)
    }

    private init(connection: String, schema: String, text: String) throws(StoreError) {
        let parsed = ConnectionString.parse(connection)
        let shown = ConnectionString.hidden(text)
        guard case .success(let options) = parsed else {
            throw .server(address: shown, detail: "its address cannot be read")
        }
        if options["password"] != nil || options["sslpassword"] != nil {
            throw .server(
                address: shown,
                detail: "its address has a password, which others could see: leave it out, and set "
                    + "PGPASSWORD or write it into ~/.pgpass"
            )
        }
        let isName = !schema.isEmpty && schema.utf8.count <= Self.longestSchema
        guard isName, !schema.hasPrefix("pg_"), !schema.contains("\0") else {
            throw .server(
                address: shown,
                detail:
                    "\"\(schema)\" is no name for a schema: it needs 1 to \(Self.longestSchema) "
                    + "bytes and must not begin with pg_"
            )
        }
        self.connection = connection
        self.schema = schema
        self.text = shown
    }

    private init(connection: String, schema: String, shown: String) {
        self.connection = connection
        self.schema = schema
        text = shown
    }

    /// Whether the server is on this machine: reached by a Unix socket or the loopback interface, as far as
    /// the address and the environment say.
    package var isLocal: Bool {
        guard case .success(let options) = ConnectionString.parse(connection) else { return false }
        let environment = ProcessInfo.processInfo.environment
        if options["service"] != nil || environment["PGSERVICE"] != nil { return false }
        let hosts =
            options["hostaddr"] ?? options["host"] ?? environment["PGHOSTADDR"]
            ?? environment["PGHOST"] ?? ""
        return hosts.split(separator: ",").allSatisfy { host in
            host.hasPrefix("/") || host.hasPrefix("@") || host.hasPrefix("127.")
                || ["localhost", "::1"].contains(host)
        }
    }

    /// The same place with another schema; messages go on naming the library itself.
    func with(schema: String) -> PostgresAddress {
        PostgresAddress(connection: connection, schema: schema, shown: text)
    }

    private static func withoutSchema(uri: String) -> (String, String?) {
        guard let mark = uri.firstIndex(of: "?") else { return (uri, nil) }
        var schema: String?
        let rest = uri[uri.index(after: mark)...].split(separator: "&").filter { part in
            guard part.hasPrefix("schema=") else { return true }
            let value = String(part.dropFirst("schema=".count))
            schema = value.removingPercentEncoding ?? value
            return false
        }
        let query = rest.joined(separator: "&")
        return (uri[..<mark] + (query.isEmpty ? "" : "?" + query), schema)
    }

    private static func withoutSchema(keywords: String) -> (String, String?) {
        var schema: String?
        let rest = ConnectionString.words(keywords).filter { word in
            guard word.hasPrefix("schema=") else { return true }
            schema = ConnectionString.value(String(word.dropFirst("schema=".count)))
            return false
        }
        return (rest.joined(separator: " "), schema)
    }
}
#endif
