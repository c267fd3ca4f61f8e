internal import Corpus
internal import Documents
internal import Foundation
internal import HTTPTransport
public import UserConfiguration

extension KeyFile {
    /// `environment` with the keys of the file that it does not have itself.
    ///
    /// - Throws: `KeyFileError` for a file that others may read, or that has other lines.
    public static func adding(
        to environment: [String: String] = ProcessEnvironment.environment
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
        return environment.merging(try keys(in: Data(bytes), names: Provider.variables, path: path))
        {
            mine,
            kept in
            Secret.unwrapped(mine).isEmpty ? kept : mine
        }
    }
}
