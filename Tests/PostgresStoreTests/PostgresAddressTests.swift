#if Postgres
import Corpus
import Testing

@testable import PostgresStore

/// What a person may write for a library on a server, and what is shown of it.
@Suite struct PostgresAddressTests {
    @Test(arguments: [
        ("postgresql://ana@db.example/notes", "vecino"),
        ("postgres://ana@db.example:5433/notes?schema=letters&sslmode=require", "letters"),
        ("postgresql:///notes?schema=Two%20words", "Two words"),
        ("host=db.example dbname=notes schema=letters", "letters"),
        ("dbname=notes schema='Two words' user=ana", "Two words"),
        ("service=office", "vecino"),
    ])
    func addressesAreRead(_ text: String, _ schema: String) throws {
        #expect(LibraryAddress.isServer(text))
        let address = try PostgresAddress(text)
        #expect(address.schema == schema)
        #expect(address.text == text)
        #expect(!address.connection.contains("schema"))
    }

    @Test(arguments: ["notes.db", "/a/b=c/notes.db", "./host", "postgresql.db", "=", "a host=b.db"])
    func pathsOfFilesAreNone(_ text: String) { #expect(!LibraryAddress.isServer(text)) }

    @Test(arguments: [
        "postgresql://ana:geheim@db.example/notes", "postgresql://ana:ge@heim@db.example/notes",
        "postgresql://db.example/notes?user=ana&password=geheim",
        "host=db.example password=geheim dbname=notes", "host=a password = 'ge heim' dbname=b",
        "host=a sslpassword=geheim", "postgresql://ana:geheim@[broken/notes",
        "host=a password='geheim", "postgresql://db.example/notes?PassWord=geheim",
    ])
    func passwordsAreRefusedAndNeverShown(_ text: String) {
        let error = #expect(throws: StoreError.self) { try PostgresAddress(text) }
        let message = error?.description ?? ""
        #expect(!message.contains("heim"), "\(message)")
        #expect(message.contains("PGPASSWORD") || message.contains("cannot be read"))
    }

    @Test(arguments: ["", "pg_notes", String(repeating: "x", count: 51)])
    func namesThatPostgresWouldNotTakeAreRefused(_ schema: String) {
        let error = #expect(throws: StoreError.self) {
            try PostgresAddress("postgresql:///notes?schema=\(schema)")
        }
        #expect(error?.description.contains("no name for a schema") == true)
    }
}
#endif
