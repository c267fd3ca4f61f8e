internal import Corpus
internal import Documents
internal import Foundation

/// The keys of providers in a file of the user's own, for those who keep none in their environment.
///
/// `$XDG_CONFIG_HOME/vecino/keys` has a line `OPENAI_API_KEY=…` for each provider; empty lines and
/// lines that begin with `#` are skipped. Nobody but its owner may read it.
public enum KeyFile {
    /// Where the file is.
    public static func path(_ environment: [String: String] = Surroundings.environment) -> String {
        let settings = URL(filePath: Settings.userFile(environment))
        return settings.deletingLastPathComponent().appending(path: "keys")
            .path(percentEncoded: false)
    }

    /// `environment` with the keys of the file that it does not have itself.
    ///
    /// - Throws: `KeyFileError` for a file that others may read, or that has other lines.
    public static func adding(
        to environment: [String: String] = Surroundings.environment
    ) throws(KeyFileError) -> [String: String] {
        let path = path(environment)
        // A link to a file of the user's own is as good as the file.
        let file = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: file) else {
            return environment
        }
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else { throw KeyFileError(path: path, fault: .readableByOthers) }
        guard let bytes = try? FileSystem.contents(of: file, limit: Limits.settingsBytes) else {
            throw KeyFileError(path: path, fault: .unreadable)
        }
        return environment.merging(try keys(in: Data(bytes), path: path)) { mine, kept in
            mine.isEmpty ? kept : mine
        }
    }

    /// The keys in the file's text.
    static func keys(in data: Data, path: String) throws(KeyFileError) -> [String: String] {
        var keys: [String: String] = [:]
        let lines = String(decoding: data, as: UTF8.self)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") { continue }
            guard let match = line.wholeMatch(of: /([A-Z]+_API_KEY)\s*=\s*"?([!-~]+?)"?/) else {
                throw KeyFileError(path: path, fault: .line(number + 1))
            }
            let name = String(match.1)
            if keys[name] == nil { keys[name] = String(match.2) }
        }
        return keys
    }
}

/// Why the file with the keys was refused; what stands in it is never said.
public struct KeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// Its mode lets others read it.
        case readableByOthers
        /// This user cannot read it.
        case unreadable
        /// A line, counted from 1, is not `NAME_API_KEY=…`.
        case line(Int)
    }

    /// The file.
    public let path: String
    /// What is wrong with it.
    public let fault: Fault

    /// What is wrong, and what to do about it.
    public var description: String {
        switch fault {
        case .readableByOthers: "Others may read the keys in \(path): run chmod 600 on it."
        case .unreadable: "The keys in \(path) cannot be read: check whose file it is."
        case .line(let number):
            "Line \(number) of \(path) is not NAME_API_KEY=…, such as OPENAI_API_KEY=…: mend it."
        }
    }
}
