import Corpus
import Foundation
@_exported import RandomNumbers
import Testing

@testable import Documents

/// The content of a file in `Fixtures`.
func fixture(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    return try FileSystem.contents(of: folder.appending(path: name).path(), limit: 1 << 20)
}

/// Counts four bytes as a token: additive enough, and the same everywhere.
@Sendable func quarters(_ text: String) -> Int { (text.utf8.count + 3) / 4 }

/// A block as a golden test shows it.
func outline(_ document: ParsedDocument) -> [String] {
    document.blocks.map { block in
        let name =
            switch block.kind {
            case .heading(let level): "h\(level)"
            case .paragraph: "p"
            case .listItem: "li"
            case .term: "dt"
            case .code(let language): language.map { "code(\($0))" } ?? "code"
            case .record: "record"
            case .table: "table"
            }
        return "\(name): \(block.text)"
    }
}

/// A folder that is gone after the test.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file, with the folders on the way to it.
    func write(_ name: String, _ content: String = "x") throws {
        let file = path + "/" + name
        let folder = String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(content.utf8).write(to: URL(filePath: file))
    }
}
