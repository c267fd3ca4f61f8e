internal import CVectorKernels

#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// Bytes that never change: a file mapped into memory, or a copy on the heap.
///
/// Mapping costs no reading; pages come as they are touched and are shared with other processes. Who
/// replaces the file must do so by renaming another over it, as every writer of ours does: truncating
/// a mapped file in place kills its readers.
@safe package final class MappedBytes: @unchecked Sendable {
    // Sendable: the memory is written only before `init` returns, and freed after the last reference.
    private let start: UnsafeRawPointer
    private let isMapping: Bool

    /// The number of bytes.
    package let count: Int

    /// Maps the file at `path`, or returns `nil` with the system's `errno` if it cannot be mapped.
    package static func map(_ path: String) -> (bytes: MappedBytes?, error: Int32) {
        let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return (nil, errno) }
        defer { close(file) }
        var status = stat()
        guard unsafe fstat(file, &status) == 0 else { return (nil, errno) }
        guard status.st_mode & S_IFMT == S_IFREG else { return (nil, EISDIR) }
        let size = Int(status.st_size)
        guard size > 0 else { return (MappedBytes(copying: []), 0) }
        guard
            let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, file, 0),
            unsafe start != MAP_FAILED
        else { return (nil, errno) }
        return (unsafe MappedBytes(start: start, count: size, isMapping: true), 0)
    }

    /// Copies `bytes`.
    package convenience init(copying bytes: [UInt8]) {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: max(bytes.count, 1),
            alignment: 64
        )
        unsafe bytes.withUnsafeBytes { source in
            if let from = source.baseAddress {
                unsafe memory.copyMemory(from: from, byteCount: source.count)
            }
        }
        unsafe self.init(start: memory, count: bytes.count, isMapping: false)
    }

    private init(start: UnsafeRawPointer, count: Int, isMapping: Bool) {
        unsafe self.start = unsafe start
        self.count = count
        self.isMapping = isMapping
    }

    deinit {
        if isMapping {
            unsafe munmap(UnsafeMutableRawPointer(mutating: start), count)
        } else {
            unsafe UnsafeMutableRawPointer(mutating: start).deallocate()
        }
    }

    /// Says that all of the bytes are about to be read, so that a mapped file's pages come in one call
    /// instead of one interruption each.
    package func willRead() {
        if isMapping { unsafe vk_will_read(start, count) }
    }

    /// Calls `body` with the bytes of `range`.
    ///
    /// - Precondition: `range` is within the bytes.
    package func withBytes<Result, Failure: Error>(
        _ range: Range<Int>,
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count,
            "\(range) of \(count) bytes"
        )
        let part = unsafe UnsafeRawBufferPointer(
            start: start + range.lowerBound,
            count: range.count
        )
        return try body(unsafe part.bytes)
    }

    /// Calls `body` with all bytes.
    package func withBytes<Result, Failure: Error>(
        _ body: (RawSpan) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withBytes(0..<count, body)
    }

    /// Calls `body` with the bytes of `range` as `Element`s.
    ///
    /// - Precondition: `range` is within the bytes, its start is aligned and its length whole for
    ///   `Element`; see `isAligned`.
    package func withElements<Element: BitwiseCopyable, Result, Failure: Error>(
        of type: Element.Type,
        in range: Range<Int>,
        _ body: (Span<Element>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count,
            "\(range) of \(count) bytes"
        )
        precondition(isAligned(range, for: type), "\(range) is not aligned for \(type)")
        let first = unsafe (start + range.lowerBound).assumingMemoryBound(to: type)
        let part = unsafe UnsafeBufferPointer(
            start: first,
            count: range.count / MemoryLayout<Element>.stride
        )
        return try body(unsafe part.span)
    }

    /// Whether `range` starts and ends at whole elements of `type` in memory.
    package func isAligned<Element: BitwiseCopyable>(
        _ range: Range<Int>,
        for type: Element.Type
    ) -> Bool {
        let address = unsafe Int(bitPattern: start + range.lowerBound)
        return address % MemoryLayout<Element>.alignment == 0
            && range.count % MemoryLayout<Element>.stride == 0
    }
}
