internal import VectorKernels

/// A stored matrix or vector: where its bytes are and what they mean.
struct Tensor: Sendable {
    let bytes: MappedBytes
    let range: Range<Int>
    let kind: ElementKind
    /// Rows first, as `[rows, columns]` or `[elements]`.
    let shape: [Int]

    var count: Int { shape.reduce(1, *) }

    /// All elements as floats.
    func floats() -> [Float] {
        var out = [Float](repeating: 0, count: count)
        var span = out.mutableSpan
        bytes.withBytes(range) { kind.decode($0, count: count, into: &span) }
        return out
    }

    /// Decodes row `row` of a matrix into the floats of `out` from `at` on.
    ///
    /// - Precondition: `row` is one of the rows.
    func decode(row: Int, into out: inout MutableSpan<Float>, at: Int) {
        let columns = shape[1], size = range.count / shape[0]
        precondition(row >= 0 && row < shape[0], "row \(row) of \(shape[0])")
        let start = range.lowerBound + row * size
        bytes.withBytes(start..<start + size) {
            kind.decode($0, count: columns, into: &out, at: at)
        }
    }
}

/// The tensors of a file by name.
typealias Tensors = [String: Tensor]

/// A file that has been mapped, with its name for messages.
struct ModelFile: Sendable {
    let path: String
    let bytes: MappedBytes

    init(_ path: String) throws(SentenceEncoderError) {
        let (bytes, error) = MappedBytes.map(path)
        guard let bytes else {
            throw .unreadable(path: path, reason: ModelFiles.message(of: error))
        }
        self.path = path
        self.bytes = bytes
    }

    func malformed(_ reason: String) -> SentenceEncoderError {
        .malformed(path: path, reason: reason)
    }

    /// The little-endian integer at `offset`.
    func load<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type,
        at offset: Int
    ) throws(SentenceEncoderError) -> Value {
        guard offset >= 0, MemoryLayout<Value>.size <= bytes.count - offset else {
            throw malformed("it ends in the middle of its header")
        }
        return bytes.withBytes(offset..<offset + MemoryLayout<Value>.size) { span in
            Value(littleEndian: unsafe span.unsafeLoadUnaligned(as: type))
        }
    }

    /// The bytes of `range` as an array.
    func array(_ range: Range<Int>) -> [UInt8] {
        bytes.withBytes(range) { span in unsafe span.withUnsafeBytes { unsafe Array($0) } }
    }

    /// Checks that a tensor of `shape` and `kind` lies at `offset`.
    func tensor(
        named name: String,
        kind: ElementKind,
        shape: [Int],
        at offset: Int
    ) throws(SentenceEncoderError) -> Tensor {
        var count = 1
        for extent in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: extent)
            guard extent > 0, !overflow else { throw malformed("tensor \(name) has no real shape") }
            count = product
        }
        guard let size = kind.bytes(count), (shape.last ?? 1) % kind.blockLength == 0 else {
            throw malformed("tensor \(name) has no real shape")
        }
        guard offset >= 0, offset <= bytes.count, size <= bytes.count - offset else {
            throw malformed("tensor \(name) lies beyond its end")
        }
        return Tensor(bytes: bytes, range: offset..<offset + size, kind: kind, shape: shape)
    }
}
