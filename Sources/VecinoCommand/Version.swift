internal import Vecino

/// What `--version` prints.
enum Version {
    static let number = "0.1.0"
    static var kernels: String { Library.kernels }
    static var text: String {
        ["vecino \(number)", "kernels: \(kernels)", "SQLite: \(Library.sqliteVersion)"]
            .joined(separator: "\n") + (Library.kernelsNote.map { "\n\($0)" } ?? "")
    }
}
