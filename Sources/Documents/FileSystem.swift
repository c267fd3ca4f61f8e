#if canImport(Musl)
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
        /// The system's number of the error; 0 if the file itself is at fault.
        private let code: Int32

        /// A fault of the file.
        init(_ description: String) {
            self.description = description
            code = 0
        }

        /// An error that a system call reported.
        init(code: Int32) {
            description = FileSystem.reason(code)
            self.code = code
        }

        /// An error of reading a file that was opened: the drive's and not the file's.
        init(reading code: Int32) {
            description = FileSystem.reason(code)
            self.code = EIO
        }

        /// Whether this user may not look.
        package var isForbidden: Bool { code == EACCES || code == EPERM }

        /// Whether nothing is at the path.
        package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

        /// Whether the error says nothing about the file, so that another try may succeed although the
        /// file stays as it is: a fault of the disk or the network, too few descriptors, too little
        /// memory, permissions.
        package var isPassing: Bool {
            switch code {
            case 0, ENOENT, ENOTDIR, ELOOP, ENAMETOOLONG, EISDIR: false
            default: true
            }
        }
    }

    enum Kind {
        case file, folder, link, other
    }

    /// What `stat` says of a file.
    struct Status {
        let kind: Kind
        let size: Int
        let modified: Int64
        /// When anything about it was last changed.
        let changed: Int64
        let inode: UInt64
        let device: UInt64
    }

    /// A name in a folder.
    struct Entry {
        let name: [UInt8]
        /// What `stat` says of it, or why it says nothing.
        let status: Result<Status, Failure>
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
        let file = retrying { unsafe open(path, flags) }
        guard file >= 0 else { throw Failure(code: errno) }
        defer { _ = close(file) }
        var info = stat()
        guard unsafe fstat(file, &info) == 0 else { throw Failure(reading: errno) }
        guard info.st_mode & S_IFMT == S_IFREG else { throw Failure("not a regular file") }
        var bytes: [UInt8] = []
        var expected = max(0, Int(info.st_size))
        var interruptions = 0
        // The file may grow while it is read: read until its end, not until its size.
        while true {
            guard bytes.count <= limit else {
                throw Failure("larger than \(limit) bytes")
            }
            // A size may be a lie: memory is taken as bytes arrive.
            let missing = min(max(expected - bytes.count, 0), 64 << 20)
            let capacity = min(missing + 4096, limit < .max ? limit + 1 : limit)
            var error: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
                let result = unsafe read(file, buffer.baseAddress, capacity)
                error = result < 0 ? errno : 0
                count = max(result, 0)
            }
            interruptions += error == EINTR ? 1 : 0
            if error == EINTR, interruptions < mostInterruptions { continue }
            guard error == 0 else { throw Failure(reading: error) }
            if chunk.isEmpty { return bytes }
            if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
            expected = max(expected, bytes.count)
        }
    }

    /// The path without links and dots.
    ///
    /// - Throws: `Failure` if there is nothing there, or it cannot be reached.
    package static func realPath(_ path: String) throws(Failure) -> String {
        guard let resolved = unsafe realpath(path, nil) else { throw Failure(code: errno) }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// What is at `path`, links followed.
    ///
    /// - Throws: `Failure` if nothing is, or it cannot be reached.
    static func status(of path: String) throws(Failure) -> Status {
        var info = stat()
        guard unsafe stat(path, &info) == 0 else { throw Failure(code: errno) }
        return Status(info)
    }

    /// The names in a folder, sorted by their bytes, without `.` and `..`.
    ///
    /// - Throws: `Failure` if not all of them can be told.
    static func entries(of folder: String) throws(Failure) -> [Entry] {
        let descriptor = retrying {
            unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
        }
        guard descriptor >= 0 else { throw Failure(code: errno) }
        guard let directory = unsafe fdopendir(descriptor) else {
            let code = errno
            _ = close(descriptor)
            throw Failure(code: code)
        }
        defer { _ = unsafe closedir(directory) }
        var names: [[UInt8]] = []
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
        while true {
            // The end of the folder and an error both are no entry; only the error has a number.
            errno = 0
            guard let entry = unsafe readdir(directory) else {
                guard errno == 0 else { throw Failure(code: errno) }
                break
            }
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
                status: result == 0 ? .success(Status(info)) : .failure(Failure(code: errno))
            )
        }
    }

    /// Calls `body` again for as long as a signal interrupts it.
    private static func retrying(_ body: () -> Int32) -> Int32 {
        for _ in 1..<mostInterruptions {
            let result = body()
            if result >= 0 || errno != EINTR { return result }
        }
        return body()
    }

    /// How often a call is made again that a signal interrupts: a drive that is gone may say so for ever.
    private static let mostInterruptions = 1_000

    /// A time as nanoseconds since 1970; one before 1677 or after 2262 is the nearest that there is.
    static func nanoseconds(_ seconds: Int64, _ rest: Int64) -> Int64 {
        let (whole, isTooFar) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isJustTooFar) = whole.addingReportingOverflow(rest)
        return isTooFar || isJustTooFar ? (seconds < 0 ? .min : .max) : sum
    }

    /// The system's words for the last error.
    static func lastReason() -> String {
        reason(errno)
    }

    fileprivate static func reason(_ error: Int32) -> String {
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
        let time = info.st_mtim, change = info.st_ctim
        modified = FileSystem.nanoseconds(Int64(time.tv_sec), Int64(time.tv_nsec))
        changed = FileSystem.nanoseconds(Int64(change.tv_sec), Int64(change.tv_nsec))
        inode = UInt64(truncatingIfNeeded: info.st_ino)
        device = UInt64(truncatingIfNeeded: info.st_dev)
    }
}
