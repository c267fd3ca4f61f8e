internal import ArgumentParser
internal import Foundation
internal import Localization
internal import TerminalIO
package import Vecino
internal import Experiments

/// A file of queries, one a line.
package enum QueryFile {
    /// The lines of `file`, or, without one, `count` queries made from the library's passages.
    ///
    /// - Throws: `ValidationError` if there are none, or the file cannot be read.
    package static func queries(
        in file: String?,
        or count: Int,
        from library: Library
    ) async throws -> [String] {
        var texts = try file.map(lines) ?? []
        if file == nil { texts = try await library.sampleQueries(count) }
        guard !texts.isEmpty else {
            throw misuse("There is nothing to ask: the library or the file is empty.")
        }
        return texts
    }

    /// The lines of `file` that are not empty.
    ///
    /// - Throws: `ValidationError` if it cannot be read.
    private static func lines(of file: String) throws -> [String] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw misuse("\(file) cannot be read: check the path and its permissions.")
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
            .filter { $0.contains { !$0.isWhitespace } }
    }
}
