#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// The few things that loading a model asks of the file system.
enum ModelFiles {
    /// What tells a file's contents from earlier ones without reading them.
    struct Stamp: Equatable {
        var size: Int
        var modified: Int
        var file: UInt64

        /// The stamp as one word of a manifest.
        var text: String { "\(size).\(modified).\(file)" }
    }

    /// The system's word for an `errno`.
    static func message(of error: Int32) -> String {
        guard let text = unsafe strerror(error) else { return "error \(error)" }
        return unsafe String(cString: text)
    }

    /// The stamp of the regular file at `path`, or `nil`.
    static func stamp(_ path: String) -> Stamp? {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            return nil
        }
        let time = status.st_mtim
        return Stamp(
            size: Int(status.st_size),
            modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec),
            file: UInt64(status.st_ino)
        )
    }

    /// Whether there is a folder at `path`.
    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// The names in a folder, sorted; empty if it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let handle = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(handle) }
        var names: [String] = []
        while let entry = unsafe readdir(handle) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { name in
                unsafe name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    unsafe String(cString: name)
                }
            }
            names.append(name)
        }
        return names.sorted()
    }

    /// Writes a file under a temporary name and renames it.
    ///
    /// Readers see the old file or the whole new one. Returns whether it worked; a folder that cannot be written is no error here.
    static func replace(_ path: String, with bytes: [UInt8]) -> Bool {
        let temporary = "\(path).\(getpid()).tmp"
        let file = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { return false }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe write(
                    file,
                    buffer.baseAddress.map { unsafe $0 + written },
                    buffer.count - written
                )
            }
            guard count > 0 else { break }
            written += count
        }
        // Without the sync, a power cut could leave a file of the right length full of zeros.
        let isWhole = written == bytes.count && fsync(file) == 0
        close(file)
        guard isWhole, unsafe rename(temporary, path) == 0 else {
            unsafe unlink(temporary)
            return false
        }
        return true
    }

    /// Makes a folder and those it lies in.
    static func makeFolder(_ path: String) {
        var made = ""
        for part in path.split(separator: "/") {
            made += "/" + part
            unsafe mkdir(made, 0o755)
        }
    }

    /// The value of an environment variable, `nil` if unset or empty.
    static func environment(_ name: String) -> String? {
        guard let value = unsafe getenv(name) else { return nil }
        let text = unsafe String(cString: value)
        return text.isEmpty ? nil : text
    }
}
