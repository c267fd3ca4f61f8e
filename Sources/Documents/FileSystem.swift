#if canImport(Darwin)
internal import Darwin
#elseif canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The few system calls that reading a folder takes.
package enum FileSystem {
    /// Why a file could not be read: the system's words.
    package struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The reason.
        package let description: String
    }

    enum Kind {
        case file, folder, link, other
    }

    /// What `stat` says of a file.
    struct Status {
        let kind: Kind
        let size: Int
        let modified: Int64
        let device: UInt64
    }

    /// A name in a folder.
    struct Entry {
        let name: [UInt8]
        /// Nil if the file was gone or closed to us.
        let status: Status?
        let reason: String
    }

    /// The bytes of a file.
    ///
    /// - Parameters:
    ///   - path: Where the file is.
    ///   - limit: The most bytes to accept.
    ///   - followsLink: Whether the file may be a link to another one.
    /// - Returns: All bytes.
    /// - Throws: `Failure` if it cannot be read, or is no regular file, or exceeds the limit.
    package static func contents(
        of path: String,
        limit: Int,
        followsLink: Bool = true
    ) throws(Failure) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLink ? 0 : O_NOFOLLOW)
        let file = unsafe open(path, flags)
        guard file >= 0 else { throw Failure(description: lastReason()) }
        defer { _ = close(file) }
        var info = stat()
        guard unsafe fstat(file, &info) == 0 else { throw Failure(description: lastReason()) }
        guard info.st_mode & S_IFMT == S_IFREG else {
            throw Failure(description: "not a regular file")
        }
        var bytes: [UInt8] = []
        var expected = Int(info.st_size)
        // The file may grow while it is read: read until its end, not until its size.
        while true {
            guard bytes.count <= limit else {
                throw Failure(description: "larger than \(limit) bytes")
            }
            let capacity = min(max(expected - bytes.count, 0) + 4096, limit + 1)
            var error: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let result = unsafe read(file, buffer.baseAddress, capacity)
                error = result < 0 ? errno : 0
                count = max(result, 0)
            }
            if error == EINTR { continue }
            guard error == 0 else { throw Failure(description: reason(error)) }
            if chunk.isEmpty { return bytes }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            expected = max(expected, bytes.count)
        }
    }

    /// The path without links and dots, or nil if there is nothing there.
    static func realPath(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// What is at `path`, links followed; nil if nothing is, or it cannot be reached.
    static func status(of path: String) -> Status? {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { return nil }
        return Status(info)
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`; nil if it is unreadable.
    static func entries(of folder: String) -> [Entry]? {
        let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        guard let directory = unsafe fdopendir(descriptor) else {
            _ = close(descriptor)
            return nil
        }
        defer { _ = unsafe closedir(directory) }
        var names: [[UInt8]] = []
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        while let entry = unsafe readdir(directory) {
            // The name may be longer than the array that the header declares.
            let start = unsafe UnsafeRawPointer(entry) + offset
            let text = unsafe start.assumingMemoryBound(to: CChar.self)
            let name = unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: strlen(text)))
            if name != [0x2E], name != [0x2E, 0x2E] { names.append(name) }
        }
        names.sort { $0.lexicographicallyPrecedes($1) }
        return names.map { name in
            var info = stat()
            let result = unsafe (name.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
                guard let name = $0.baseAddress else { return Int32(-1) }
                return unsafe fstatat(descriptor, name, &info, AT_SYMLINK_NOFOLLOW)
            }
            return Entry(
                name: name,
                status: result == 0 ? Status(info) : nil,
                reason: result == 0 ? "" : lastReason()
            )
        }
    }

    /// The system's words for the last error.
    static func lastReason() -> String {
        reason(errno)
    }

    private static func reason(_ error: Int32) -> String {
        switch error {
        case EACCES, EPERM: "no permission to read it"
        case ENOENT: "no such file or folder"
        case ELOOP: "links that lead in a circle"
        default: unsafe String(cString: strerror(error))
        }
    }
}

extension FileSystem.Status {
    fileprivate init(_ info: stat) {
        kind =
            switch info.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .folder
            case S_IFLNK: .link
            default: .other
            }
        size = Int(info.st_size)
        #if canImport(Darwin)
        let time = info.st_mtimespec
        #else
        let time = info.st_mtim
        #endif
        modified = Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
        device = UInt64(truncatingIfNeeded: info.st_dev)
    }
}
