internal import Foundation

/// A folder where files are kept that callers hand in.
package struct Inbox: Sendable {
    /// The largest file that is taken.
    package static let maximumBytes = 64 << 20

    /// Its absolute path.
    package let folder: String

    /// An inbox in `folder`, which exists.
    package init(_ folder: String) { self.folder = folder }

    /// Keeps a file, readable by its owner only.
    ///
    /// A file of the same name and content is kept once; one of other content gets a number in its name.
    ///
    /// - Parameters:
    ///   - content: its bytes.
    ///   - name: what the caller calls it; only what is no part of a path is used of it.
    /// - Returns: the name under which it is kept.
    /// - Throws: `ServiceError.invalid` for a name that is none, or `CocoaError`.
    package func keep(_ content: [UInt8], as name: String) throws -> String {
        let name = try Self.fileName(name)
        let content = Data(content)
        for number in 1...10_000 {
            let candidate = number == 1 ? name : Self.numbered(name, number)
            let path = folder + "/" + candidate
            do {
                try Self.write(content, to: path)
                return candidate
            } catch let error as CocoaError where error.code == .fileWriteFileExists {
                if (try? Data(contentsOf: URL(filePath: path))) == content { return candidate }
            }
        }
        throw ServiceError.unavailable("The inbox has too many files named \(name).")
    }

    /// Writes a hidden file and links it to its name, so that no half a file is ever indexed and no other
    /// file is replaced.
    private static func write(_ content: Data, to path: String) throws {
        let folder = (path as NSString).deletingLastPathComponent
        let hidden = "\(folder)/.\(UUID().uuidString).part"
        defer { try? FileManager.default.removeItem(atPath: hidden) }
        guard
            FileManager.default.createFile(
                atPath: hidden,
                contents: content,
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CocoaError(.fileWriteUnknown) }
        try FileManager.default.linkItem(atPath: hidden, toPath: path)
    }

    /// The last part of what a caller named, without what is hidden, or leads elsewhere, or is no text.
    static func fileName(_ name: String) throws(ServiceError) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        let harmless = last.unicodeScalars.filter { scalar in
            !CharacterSet.controlCharacters.contains(scalar)
        }
        var kept = String(String.UnicodeScalarView(harmless)).drop { $0 == "." || $0 == " " }
        while kept.utf8.count > 200 { kept = kept.dropFirst() }
        guard !kept.isEmpty else { throw .invalid("“\(name.prefix(60))” is no file's name.") }
        return String(kept)
    }

    /// `notes.md` as `notes (2).md`.
    private static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return "\(name) (\(number))"
        }
        return "\(name[..<dot]) (\(number))\(name[dot...])"
    }
}
