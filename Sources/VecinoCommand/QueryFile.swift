internal import ArgumentParser
internal import Foundation

/// A file of queries, one a line.
enum QueryFile {
    /// The lines of `file` that are not empty.
    ///
    /// - Throws: `ValidationError` if it cannot be read.
    static func lines(of file: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw ValidationError("\(file) cannot be read: check the path and its permissions.")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains { !$0.isWhitespace } }
    }
}
