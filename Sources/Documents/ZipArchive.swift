internal import CZip

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A zip archive in memory, read through libzip.
///
/// What comes out of it is counted against one limit, since a small archive can stand for a huge
/// amount of data.
@safe final class ZipArchive {
    /// The names of its files, in the archive's order.
    let names: [String]

    private let archive: OpaquePointer
    private let format: String
    private let limit: Int
    private var unpacked = 0

    /// More files than any document has.
    private static let maximumFiles = 65_535

    /// Whether a file begins as archives with something in them do.
    static func isZip(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) }

    /// Opens an archive.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - format: What it is, for error messages.
    ///   - limit: The most bytes that may come out of it, all files together.
    /// - Throws: `.malformed` if it cannot be opened.
    init(_ bytes: [UInt8], format: String = "zip archive", limit: Int) throws(DocumentError) {
        // The archive owns a copy, which it frees.
        guard let copy = unsafe malloc(max(bytes.count, 1)) else {
            throw .malformed(format: format, reason: "no memory for it")
        }
        _ = unsafe bytes.withUnsafeBytes { bytes in
            unsafe bytes.baseAddress.map { unsafe memcpy(copy, $0, bytes.count) }
        }
        var error = unsafe zip_error_t()
        guard
            let source = unsafe zip_source_buffer_create(copy, UInt64(bytes.count), 1, &error)
        else {
            unsafe free(copy)
            throw .malformed(format: format, reason: "no memory for it")
        }
        guard let archive = unsafe zip_open_from_source(source, Int32(ZIP_RDONLY), &error) else {
            let reason = unsafe String(cString: zip_error_strerror(&error))
            unsafe zip_source_free(source)
            throw .malformed(format: format, reason: reason)
        }
        unsafe self.archive = archive
        self.format = format
        self.limit = limit
        let count = unsafe Int(zip_get_num_entries(archive, 0))
        names = (0..<min(count, Self.maximumFiles)).map { index in
            unsafe zip_get_name(archive, UInt64(index), 0).map { unsafe String(cString: $0) } ?? ""
        }
    }

    deinit {
        unsafe zip_discard(archive)
    }

    /// Whether there is a file of that name.
    func contains(_ name: String) -> Bool { index(of: name) != nil }

    /// The place of a file.
    ///
    /// Some programs write other letters in a name than in what refers to it, or backslashes.
    private func index(of name: String) -> UInt64? {
        var index = unsafe zip_name_locate(archive, name, 0)
        if index < 0 { index = unsafe zip_name_locate(archive, name, UInt32(ZIP_FL_NOCASE)) }
        if index < 0, names.contains(where: { $0.utf8.contains(0x5C) }) {
            index = Int64(names.firstIndex { $0.replacing("\\", with: "/") == name } ?? -1)
        }
        return index < 0 ? nil : UInt64(index)
    }

    /// The content of a file; nil if there is none of that name.
    ///
    /// - Throws: `.malformed` if it is damaged, `.encrypted`, or `.tooLarge` beyond the limit.
    func contents(of name: String) throws(DocumentError) -> [UInt8]? {
        guard let index = index(of: name) else { return nil }
        guard let file = unsafe zip_fopen_index(archive, index, 0) else {
            let error = unsafe zip_error_code_zip(zip_get_error(archive))
            if error == ZIP_ER_NOPASSWD { throw .encrypted(format: format) }
            throw .malformed(format: format, reason: "\(name) cannot be unpacked")
        }
        defer { unsafe zip_fclose(file) }
        var bytes: [UInt8] = []
        while true {
            var isDamaged = false
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: 128 << 10) { buffer, count in
                let result = unsafe zip_fread(file, buffer.baseAddress, UInt64(buffer.count))
                isDamaged = result < 0
                count = max(0, Int(result))
            }
            if isDamaged { throw .malformed(format: format, reason: "\(name) is damaged") }
            if piece.isEmpty { return bytes }
            unpacked += piece.count
            guard unpacked <= limit else { throw .tooLarge(bytes: unpacked, limit: limit) }
            bytes += piece
        }
    }
}
