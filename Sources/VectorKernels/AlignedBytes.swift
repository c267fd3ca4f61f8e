internal import CVectorKernels

/// A block of bytes that starts on a cache line and asks for huge pages when it is large.
///
/// Whoever makes a block fills it before sharing it.
// Unchecked because of the pointer: it is set once, is freed with the last reference, and the bytes
// are only written through `withMutableBytes`, which the owner calls while it is the only one.
@safe package final class AlignedBytes: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    /// The number of bytes.
    package let count: Int

    /// Makes a block of `count` zeros.
    ///
    /// - Precondition: the memory is there.
    package init(count: Int) {
        precondition(count >= 0, "\(count) bytes")
        guard let start = unsafe vk_allocate(count) else {
            preconditionFailure("no memory for \(count) bytes")
        }
        unsafe self.start = start
        self.count = count
    }

    /// Makes a block of `count` zeros of which little may ever be touched: memory is taken page by page.
    ///
    /// - Precondition: the address space is there.
    package init(reserving count: Int) {
        precondition(count >= 0, "\(count) bytes")
        guard let start = unsafe vk_reserve(count) else {
            preconditionFailure("no memory for \(count) bytes")
        }
        unsafe self.start = start
        self.count = count
    }

    /// Makes a block with a copy of `bytes`.
    package convenience init(copying bytes: RawSpan) {
        self.init(count: bytes.byteCount)
        unsafe bytes.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            unsafe start.copyMemory(from: source, byteCount: bytes.count)
        }
    }

    deinit {
        unsafe vk_free(start, count)
    }

    /// Calls `body` with the bytes.
    @inline(__always)
    package func withBytes<R, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return try body(unsafe bytes.bytes)
    }

    /// Calls `body` with `count` elements of a type without padding that start at `offset`.
    ///
    /// - Precondition: they lie inside the block and `offset` is aligned for the type.
    @inline(__always)
    package func withElements<T: BitwiseCopyable, R, E: Error>(
        of type: T.Type,
        at offset: Int,
        count elements: Int,
        _ body: (Span<T>) throws(E) -> R
    ) throws(E) -> R {
        check(type, offset, elements)
        let typed = unsafe (start + offset).assumingMemoryBound(to: type)
        return try body(unsafe UnsafeBufferPointer(start: typed, count: elements).span)
    }

    /// Calls `body` with `count` elements that may be changed.
    ///
    /// Only for the one owner of a block that is not shared yet.
    ///
    /// - Precondition: they lie inside the block and `offset` is aligned for the type.
    @inline(__always)
    package func withMutableElements<T: BitwiseCopyable, R, E: Error>(
        of type: T.Type,
        at offset: Int,
        count elements: Int,
        _ body: (inout MutableSpan<T>) throws(E) -> R
    ) throws(E) -> R {
        check(type, offset, elements)
        let typed = unsafe (start + offset).assumingMemoryBound(to: type)
        var span = unsafe UnsafeMutableBufferPointer(start: typed, count: elements).mutableSpan
        return try body(&span)
    }

    /// Copies `bytes` to `offset`.
    ///
    /// Only for the one owner of a block that is not shared yet.
    ///
    /// - Precondition: they fit into the block.
    package func copy(_ bytes: RawSpan, to offset: Int) {
        precondition(offset >= 0 && offset + bytes.byteCount <= count, "\(bytes.byteCount) bytes")
        unsafe bytes.withUnsafeBytes { bytes in
            guard let source = bytes.baseAddress else { return }
            unsafe (start + offset).copyMemory(from: source, byteCount: bytes.count)
        }
    }

    /// The checksum of the bytes in `range`.
    package func checksum(of range: Range<Int>, seed: UInt64 = 0) -> UInt64 {
        precondition(range.lowerBound >= 0 && range.upperBound <= count, "bytes outside the block")
        return unsafe vk_checksum(start + range.lowerBound, range.count, seed)
    }

    /// The checksum of `bytes`.
    package static func checksum(of bytes: RawSpan, seed: UInt64 = 0) -> UInt64 {
        unsafe bytes.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return 0 }
            return unsafe vk_checksum(start, bytes.count, seed)
        }
    }

    @inline(__always)
    private func check<T>(_ type: T.Type, _ offset: Int, _ elements: Int) {
        precondition(
            offset >= 0 && elements >= 0 && offset <= count
                && elements <= (count - offset) / MemoryLayout<T>.stride
                && offset % MemoryLayout<T>.alignment == 0,
            "\(elements) elements at \(offset) of a block of \(count) bytes"
        )
    }
}
