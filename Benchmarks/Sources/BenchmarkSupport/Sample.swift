import Foundation

/// The project's sample library, and what is made of it.
public enum Sample {
    /// The folder of documents.
    public static let folder = URL(filePath: #filePath)
        .appending(path: "../../../../Data/library").standardizedFileURL.path

    /// The bytes of every file below `folder` with this extension, by path.
    public static func files(_ ending: String) throws -> [(path: String, bytes: [UInt8])] {
        let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String }
        return try (paths ?? []).filter { $0.hasSuffix("." + ending) }.sorted().map {
            let path = folder + "/" + $0
            return (path, [UInt8](try Data(contentsOf: URL(filePath: path))))
        }
    }

    /// The Markdown documents one after the other, in both languages: about 60 kB of prose.
    public static func prose() throws -> String {
        try files("md").map { String(decoding: $0.bytes, as: UTF8.self) }.joined(separator: "\n\n")
    }

    /// The paragraphs of `prose` with at least 80 bytes.
    public static func paragraphs() throws -> [String] {
        try prose().components(separatedBy: "\n\n").filter { $0.utf8.count >= 80 }
    }

    /// A folder that is removed with the process's temporary files.
    public static func temporaryFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        return folder
    }
}
