/// Telling the address of a library on a server from the path of one in a file.
package enum LibraryAddress {
    /// Words that a connection string of libpq begins with, where it is no URI.
    private static let keywords = ["host", "hostaddr", "dbname", "service", "user", "port"]

    /// Whether `text` is a connection string of PostgreSQL: `postgresql://host/database`, or
    /// `host=… dbname=…`.
    ///
    /// A file whose name looks like one is named with its folder: `./host=1.db`.
    package static func isServer(_ text: String) -> Bool {
        if text.hasPrefix("postgresql://") || text.hasPrefix("postgres://") { return true }
        guard let equals = text.firstIndex(of: "=") else { return false }
        let word = text[..<equals].drop { $0 == " " }.prefix { $0 != " " }
        return keywords.contains(String(word))
            && text[..<equals].allSatisfy { $0.isLetter || $0 == " " }
    }
}
