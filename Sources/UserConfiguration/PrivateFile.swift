internal import Corpus
internal import Foundation

/// Files that nobody but the user may read, from their first moment on.
package enum PrivateFile {
    /// Puts `bytes` in the place of the file, as a whole or not at all; its folder is made if need be.
    ///
    /// - Throws: `CocoaError` or `POSIXError`.
    package static func write(_ bytes: [UInt8], to file: String) throws {
        try FileManager.default.createDirectory(
            atPath: PathName.folder(file),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        // A link stays one: what it leads to is replaced.
        let target = URL(filePath: file).resolvingSymlinksInPath().path(percentEncoded: false)
        let draft = target + ".new-\(getpid())"
        unsafe unlink(draft)
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.lastError }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        do {
            try handle.write(contentsOf: Data(bytes))
            try handle.synchronize()
            guard unsafe rename(draft, target) == 0 else { throw Self.lastError }
        } catch {
            unsafe unlink(draft)
            throw error
        }
    }

    private static var lastError: POSIXError { POSIXError(.init(rawValue: errno) ?? .EIO) }
}
