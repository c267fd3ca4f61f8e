package import Corpus
internal import Foundation
internal import SQLiteStore
internal import UserConfiguration

#if Postgres
internal import PostgresStore
#endif

/// Opens the store that keeps a library, in a file or on a server.
package enum LibraryStores {
    /// Opens the library at `location` for a purpose.
    ///
    /// - Throws: `StoreError`.
    package static func open(
        at location: String,
        for purpose: Library.Purpose
    ) throws(StoreError) -> any LibraryStore {
        guard LibraryAddress.isServer(location) else {
            return try SQLiteStore(at: location, access: purpose.access)
        }
        #if Postgres
        let address = try PostgresAddress(location)
        if ProcessEnvironment.isOffline, !address.isLocal {
            throw .server(
                address: address.text,
                detail: "it is on another machine, and no network may be used"
            )
        }
        let isWritten = purpose == .indexing
        return try PostgresStore(at: address, access: isWritten ? .readWrite : .readOnly)
        #else
        throw needsTrait
        #endif
    }

    #if !Postgres
    private static let needsTrait = StoreError.unsupported(
        "be used by this build: libraries on a PostgreSQL server need one with the trait Postgres, "
            + "`swift build --traits default,Postgres`, and libpq"
    )
    #endif

    /// The SQL that lets a role use a library on a server.
    static func grants(
        at location: String,
        to role: String,
        mayWrite: Bool
    ) throws(StoreError) -> String {
        guard LibraryAddress.isServer(location) else {
            throw .unsupported(
                "have roles: it is a file, and who may read or write it is a matter of its permissions"
            )
        }
        #if Postgres
        return PostgresStore.grants(
            at: try PostgresAddress(location),
            to: role,
            mayWrite: mayWrite
        )
        #else
        throw needsTrait
        #endif
    }

    /// Whether there is something at `location` that may be a library.
    ///
    /// - Throws: `StoreError` for a server that cannot be used.
    static func exists(at location: String) throws(StoreError) -> Bool {
        guard LibraryAddress.isServer(location) else {
            return FileManager.default.fileExists(atPath: location)
        }
        #if Postgres
        return try PostgresStore.exists(at: try PostgresAddress(location))
        #else
        _ = try open(at: location, for: .searching)
        return false
        #endif
    }
}

extension Library.Purpose {
    fileprivate var access: SQLiteStore.Access {
        switch self {
        case .searching: .readOnly
        case .serving: .shared
        case .indexing: .readWrite
        }
    }
}
