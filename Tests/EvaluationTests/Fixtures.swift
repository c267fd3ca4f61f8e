import Foundation
import Testing

/// Files beside the tests, and files that a test writes.
enum Fixtures {
    /// The path of a file in `Fixtures/`.
    static func path(_ name: String) throws -> String {
        let folder = try #require(Bundle.module.resourceURL)
        return folder.appending(path: "Fixtures").appending(path: name).path
    }

    /// Calls `body` with a folder of these files, which is gone afterwards.
    static func withFolder(
        _ files: [String: String],
        _ body: (String) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vecino-evaluation-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            let file = folder.appending(path: name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: file)
        }
        try body(folder.path)
    }
}
