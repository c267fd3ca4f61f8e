#if Postgres
import Corpus
import Foundation

@testable import PostgresStore

/// The server of the tests, which `scripts/test-postgres` starts and names in the environment.
enum TestServer {
    /// A connection string of a role that may do everything; nil where there is no server.
    static let text = ProcessInfo.processInfo.environment["VECINO_TEST_POSTGRES"]

    /// An address in a schema that no other test uses.
    static func address(user: String? = nil, database: String? = nil) throws -> PostgresAddress {
        let schema = "t_" + UUID().uuidString.prefix(12).lowercased()
        return try address(schema: schema, user: user, database: database)
    }

    static func address(
        schema: String,
        user: String? = nil,
        database: String? = nil
    ) throws -> PostgresAddress {
        var text = (text ?? "dbname=none") + " schema=" + schema
        if let user { text += " user=" + user }
        if let database { text += " dbname=" + database }
        return try PostgresAddress(text)
    }

    /// A library of its own.
    static func store() throws -> PostgresStore {
        try PostgresStore(at: try address(), access: .readWrite)
    }

    /// Runs statements as the role that may do everything.
    @discardableResult
    static func run(_ sql: String, database: String? = nil) throws -> [String?] {
        try Session(to: try address(database: database)).execute(sql)
    }
}
#endif
