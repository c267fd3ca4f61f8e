internal import Corpus
internal import FTS5Index
internal import Foundation
internal import GRDB

/// Which folders of a library are elsewhere now, because it was moved together with them.
///
/// A library knows its folders by absolute paths. A project that is renamed, copied or looked at on
/// another machine has them at other places, as far from the library as before. A folder counts as moved
/// if the one that would be it holds its files.
struct MovedRoots {
    /// Where the folders are now, by collection.
    private(set) var places: [Int64: String] = [:]

    /// The key of the setting that says where the library was when it was last written.
    static let homeSetting = "home"
    /// How many files of a folder are looked for.
    private static let sampleSize = 32

    /// Compares what the library at `path` says with what there is.
    ///
    /// - Complexity: a `stat` for each folder; for one that may have moved, for 32 files more.
    init(_ db: Database, library path: String) throws {
        let home = Self.home(of: path)
        let former = try String.fetchOne(
            db,
            sql: "SELECT value FROM setting WHERE key = ?",
            arguments: [Self.homeSetting]
        )
        let rows = try Row.fetchAll(db, sql: "SELECT id, root FROM collection ORDER BY id")
        var taken = Set(rows.map { ExactPath($0.text(1) ?? "") })
        for row in rows {
            guard let id = row.integer(0), let root = row.text(1), root.hasPrefix("/") else {
                continue
            }
            for place in Self.candidates(for: root, home: home, former: former)
            where !taken.contains(ExactPath(place)) {
                guard try Self.holds(place, collection: id, db) else { continue }
                places[id] = place
                taken.insert(ExactPath(place))
                break
            }
        }
    }

    /// Writes the new places down, and where the library is.
    static func settle(_ db: Database, library path: String) throws {
        for (id, place) in try MovedRoots(db, library: path).places {
            try db.execute(
                sql: "UPDATE collection SET root = ? WHERE id = ?",
                arguments: [place, id]
            )
        }
        try db.execute(
            sql: """
                INSERT INTO setting(key, value) VALUES (?1, ?2)
                ON CONFLICT(key) DO UPDATE SET value = ?2 WHERE value != ?2
                """,
            arguments: [homeSetting, home(of: path)]
        )
    }

    /// Shows a connection that only reads the new places in the place of the old ones.
    func show(to db: Database) throws {
        let cases = places.sorted { $0.key < $1.key }.map { id, place in
            "WHEN \(id) THEN '\(place.replacing("'", with: "''"))'"
        }
        // What is temporary hides what has the same name in the file.
        try db.execute(
            sql: """
                CREATE TEMP VIEW collection AS
                SELECT id, CASE id \(cases.joined(separator: " ")) ELSE root END AS root, options,
                    indexed_at
                FROM main.collection
                """
        )
    }

    /// The folder that the library at `path` belongs to, links followed.
    private static func home(of path: String) -> String {
        let folder = PathName.folder(path)
        let home = PathName.last(folder) == ".vecino" ? PathName.folder(folder) : folder
        guard let resolved = unsafe realpath(home, nil) else { return home }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Where a folder may be now, the likeliest place first.
    private static func candidates(for root: String, home: String, former: String?) -> [String] {
        if let former, former != home, let inside = PathName.relative(root, to: former) {
            return [PathName.joined(home, inside)]
        }
        var status = stat()
        guard unsafe stat(root, &status) != 0, errno == ENOENT || errno == ENOTDIR else {
            return []
        }
        // Nobody noted where the library was: what is called so below its folder.
        let names = root.split(separator: "/")
        return (1...max(1, names.count)).map {
            PathName.joined(home, names.dropFirst($0).joined(separator: "/"))
        }
    }

    /// Whether most of a sample of a collection's files are below `place`, with their sizes.
    private static func holds(_ place: String, collection: Int64, _ db: Database) throws -> Bool {
        let files = try Row.fetchAll(
            db,
            sql: "SELECT path, size FROM document WHERE collection_id = ? ORDER BY id LIMIT ?",
            arguments: [collection, sampleSize]
        )
        let found = files.filter { file in
            var status = stat()
            let location = PathName.joined(place, file.text(0) ?? "")
            return unsafe lstat(location, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
                && Int64(status.st_size) == file.integer(1)
        }
        return !found.isEmpty && found.count * 2 >= files.count
    }
}
