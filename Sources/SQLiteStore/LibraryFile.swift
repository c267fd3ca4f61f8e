internal import Corpus
internal import Foundation

/// A library's file before SQLite opens it: where it is, what it is, and how it is made.
enum LibraryFile {
    /// The place that `path` means: absolute, and the end of the links that it leads through.
    ///
    /// A link to nothing leads to the file that is to be made, so that this program makes it, and not
    /// SQLite with the mode that the mask allows.
    ///
    /// - Throws: `StoreError.notPermitted` for links that lead in a circle.
    static func place(of path: String) throws(StoreError) -> String {
        let here = FileManager.default.currentDirectoryPath
        var place = PathName.absolute(path, in: here)
        for _ in 0..<40 {
            var status = stat()
            guard unsafe lstat(place, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else {
                return place
            }
            guard let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place)
            else { throw refusal(of: place) }
            place = PathName.absolute(target, in: PathName.folder(place))
        }
        throw .notPermitted(path: path, detail: "links that lead in a circle")
    }

    /// Whether anything is at `path`.
    ///
    /// - Throws: `StoreError` if that cannot be told.
    static func exists(at path: String) throws(StoreError) -> Bool {
        var status = stat()
        if unsafe stat(path, &status) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else { throw refusal(of: path) }
        return false
    }

    /// Whether nothing can be written beside the file, as on media that can only be read and in another
    /// user's folder.
    ///
    /// SQLite would need its log there, even to read.
    static func isOnReadOnlyGround(_ path: String) -> Bool {
        unsafe access(PathName.folder(path), W_OK) != 0
            && [EACCES, EPERM, EROFS].contains(errno)
            // Somebody who can write may be at work; then what is shared is there already.
            && !(unsafe access(path + "-shm", R_OK) == 0 && access(path + "-wal", R_OK) == 0)
    }

    /// Bytes of the log beside `path` that are not in the file yet.
    ///
    /// The file `-shm`, which connections share, has it in its header (SQLite's "WAL-mode file format"):
    /// frames in the log at 16, those brought in at 96, the size of a page at 14. Without it nobody has
    /// the library open, and a log that was left behind counts as a whole.
    static func pendingLogBytes(beside path: String) -> Int {
        var status = stat()
        guard unsafe stat(path + "-wal", &status) == 0, status.st_size > 32 else { return 0 }
        let shared = FileHandle(forReadingAtPath: path + "-shm")
        defer { try? shared?.close() }
        guard let head = try? shared?.read(upToCount: 100), head.count == 100, head[12] == 1 else {
            return Int(status.st_size)
        }
        func number(_ bytes: Range<Int>) -> Int {
            let ordered = isLittleEndian ? [UInt8](head[bytes].reversed()) : [UInt8](head[bytes])
            return ordered.reduce(0) { $0 << 8 | Int($1) }
        }
        let page = number(14..<16)
        let frames = number(16..<20) - number(96..<100)
        // 65,536 has no room there, and is 1.
        return max(0, frames) * (page == 1 ? 65_536 : page)
    }

    /// Whether this machine has a number's last byte first, as `-shm` then has too.
    private static var isLittleEndian: Bool { 1.littleEndian == 1 }

    /// The address by which SQLite reads a file that nobody changes.
    static func immutableAddress(of path: String) -> String {
        var address = "file:"
        for byte in path.utf8 {
            let isPlain =
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || "/._-".utf8.contains(byte)
            if isPlain {
                address.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                address += (byte < 16 ? "%0" : "%") + digits
            }
        }
        return address + "?immutable=1"
    }

    /// Refuses a file that SQLite would refuse, or would take for an empty database, before SQLite
    /// touches it.
    ///
    /// - Returns: whether there is a library; false for what a first run leaves that was cut off before it
    ///   had made its tables, which SQLite starts anew.
    static func checkHeader(of path: String) throws(StoreError) -> Bool {
        // Without O_NONBLOCK, opening a pipe would wait for a writer.
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw refusal(of: path) }
        let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw refusal(of: path) }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notALibrary(path: path) }
        let head: Data
        do { head = try file.read(upToCount: 100) ?? Data() } catch {
            throw .database(path: path, detail: (error as NSError).localizedDescription)
        }
        if head.isEmpty { return false }
        // Nothing but zeros with a journal beside it: the run ended between making room for the first
        // page and writing it. SQLite rolls that back to an empty file.
        if head.count == 100, head.allSatisfy({ $0 == 0 }), hasJournal(path) { return false }
        guard head.count == 100, head.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .notALibrary(path: path)
        }
        // Offset 68 is the application's mark, 40 counts changes of the schema: a file without either
        // is a library whose first run was cut off before it had made its tables.
        let mark = head[68..<72].reduce(0) { $0 << 8 | Int($1) }
        let isUntouched = mark == 0 && head[40..<44].allSatisfy { $0 == 0 }
        guard mark == Schema.applicationID || isUntouched else { throw .notALibrary(path: path) }
        // The tables of a first run may be in the log beside it.
        return mark == Schema.applicationID || hasLog(path)
    }

    /// Whether a rollback journal of SQLite's lies beside the file.
    static func hasJournal(_ path: String) -> Bool {
        let mark: [UInt8] = [0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7]
        let file = FileHandle(forReadingAtPath: path + "-journal")
        defer { try? file?.close() }
        return (try? file?.read(upToCount: mark.count)).map { [UInt8]($0) } == mark
    }

    /// Whether a log of SQLite's lies beside the file, with something in it.
    static func hasLog(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path + "-wal", &status) == 0 && status.st_size > 0
    }

    /// Makes an empty file that only its owner can read, and its folder likewise if it is missing.
    ///
    /// Both are the owner's from the first moment on: Foundation would make them for everyone whom the
    /// mask allows, and take that back.
    ///
    /// - Returns: whether there was none.
    static func createPrivately(_ path: String) throws(StoreError) -> Bool {
        let folder = PathName.folder(path)
        try createFolderPrivately(folder, for: path)
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return false }
            throw refusal(of: path)
        }
        try? FileHandle(fileDescriptor: descriptor).close()
        return true
    }

    static func createFolderPrivately(
        _ folder: String,
        for path: String
    ) throws(StoreError) {
        guard folder != "/", !FileManager.default.fileExists(atPath: folder) else { return }
        try createFolderPrivately(PathName.folder(folder), for: path)
        guard unsafe mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw refusal(of: path) }
    }

    /// What the system's last error means for a library that was to be made.
    static func refusal(of path: String) -> StoreError {
        if errno == ENOSPC { return .diskFull(path: path) }
        return .notPermitted(path: path, detail: unsafe String(cString: strerror(errno)))
    }
}
