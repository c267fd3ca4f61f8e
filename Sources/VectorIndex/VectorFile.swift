internal import VectorKernels

/// Rows of numbers in a file, as benchmarks of vector search exchange them.
///
/// `.fvecs`, `.ivecs` and `.bvecs` rows are a 32-bit count and that many floats, integers or bytes, the
/// form of the TEXMEX corpora. `.npy` is NumPy's form, versions 1 to 3: one or two dimensions in C order, of
/// `<f2`, `<f4`, `<f8`, `|u1`, `<i4`, `<u4` or `<i8`. All little-endian.
public struct VectorFile<Element: Sendable>: Sendable {
    /// The number of elements of each row.
    public let dimensions: Int
    /// The rows one after the other: shape `[count, dimensions]`.
    public let elements: [Element]

    /// The number of rows.
    public var count: Int { dimensions > 0 ? elements.count / dimensions : 0 }

    /// One row.
    public subscript(row: Int) -> ArraySlice<Element> {
        elements[row * dimensions..<(row + 1) * dimensions]
    }
}

/// Why a file of vectors cannot be read.
public struct VectorFileError: Error, Hashable, CustomStringConvertible {
    /// Where it is.
    public let path: String
    /// What is wrong with it.
    public let reason: String
    /// The file and the reason.
    public var description: String { "\(path): \(reason)" }
}

extension VectorFile<Float> {
    /// Reads vectors.
    ///
    /// - Parameters:
    ///   - path: where the file is; its name says its form.
    ///   - limit: how many rows to read at most.
    /// - Throws: `VectorFileError` if there is no such file, or it is not what its name says.
    /// - Complexity: O(file); the file is mapped, and no more is allocated than its elements take.
    public init(path: String, limit: Int = .max) throws(VectorFileError) {
        try self.init(table: Table(path: path), limit: limit) { $0.float(at: $1) }
    }
}

extension VectorFile<Int> {
    /// Reads row numbers, the nearest first in each row.
    ///
    /// - Parameters:
    ///   - path: where the file is; its name says its form.
    ///   - limit: how many rows to read at most.
    /// - Throws: `VectorFileError` if there is no such file, or it is not what its name says.
    public init(path: String, limit: Int = .max) throws(VectorFileError) {
        let table = try Table(path: path)
        guard table.type.isInteger else {
            throw VectorFileError(path: path, reason: "its elements are no integers")
        }
        self.init(table: table, limit: limit) { $0.integer(at: $1) }
    }
}

extension VectorFile {
    fileprivate init(table: Table, limit: Int, _ element: (Table, Int) -> Element) {
        let rows = min(table.rows, max(0, limit))
        dimensions = table.columns
        elements = Array(capacity: rows * table.columns) { elements in
            for row in 0..<rows {
                let start = table.start + row * table.stride
                for column in 0..<table.columns {
                    elements.append(element(table, start + column * table.type.size))
                }
            }
        }
    }
}

/// Where the rows of a mapped file are.
private struct Table {
    enum ElementType {
        case half, float, double, byte, int32, uint32, int64

        var size: Int {
            switch self {
            case .byte: 1
            case .half: 2
            case .float, .int32, .uint32: 4
            case .double, .int64: 8
            }
        }

        var isInteger: Bool {
            switch self {
            case .half, .float, .double: false
            case .byte, .int32, .uint32, .int64: true
            }
        }
    }

    let bytes: MappedBytes
    var type = ElementType.float
    var start = 0, stride = 0, rows = 0, columns = 0

    init(path: String) throws(VectorFileError) {
        let (mapped, error) = MappedBytes.map(path)
        guard let mapped else {
            throw VectorFileError(path: path, reason: "it cannot be read (error \(error))")
        }
        bytes = mapped
        do throws(Fault) {
            switch path.split(separator: ".").last.map({ $0.lowercased() }) {
            case "fvecs": try readTexmex(.float)
            case "ivecs": try readTexmex(.int32)
            case "bvecs": try readTexmex(.byte)
            case "npy": try readNumPy()
            default: throw Fault("the name must end in .fvecs, .bvecs, .ivecs or .npy")
            }
        } catch {
            throw VectorFileError(path: path, reason: error.reason)
        }
    }

    private struct Fault: Error {
        let reason: String
        init(_ reason: String) { self.reason = reason }
    }

    // MARK: Forms

    private mutating func readTexmex(_ type: ElementType) throws(Fault) {
        self.type = type
        guard bytes.count >= 4 else { throw Fault("it is empty") }
        columns = Int(word(at: 0))
        guard (1...maximumDimensions).contains(columns) else {
            throw Fault("its first row has \(columns) elements")
        }
        start = 4
        stride = 4 + columns * type.size
        guard bytes.count.isMultiple(of: stride) else {
            throw Fault("it ends within a row of \(columns) elements")
        }
        rows = bytes.count / stride
        for row in 0..<rows where Int(word(at: row * stride)) != columns {
            throw Fault("row \(row) has \(word(at: row * stride)) elements, the first \(columns)")
        }
    }

    private mutating func readNumPy() throws(Fault) {
        let magic: [UInt8] = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]
        guard bytes.count >= 12, magic.indices.allSatisfy({ byte(at: $0) == magic[$0] }) else {
            throw Fault("it is not of NumPy's form")
        }
        let isShort = byte(at: 6) == 1
        let length = isShort ? Int(byte(at: 8)) | Int(byte(at: 9)) << 8 : Int(word(at: 8))
        start = (isShort ? 10 : 12) + length
        guard start <= bytes.count, length < 1 << 16 else { throw Fault("its header is cut off") }
        let header = String(
            decoding: (start - length..<start).map(byte(at:)),
            as: UTF8.self
        )
        guard let name = Self.value(of: "descr", in: header)?.filter({ $0 != "'" && $0 != "\"" }),
            let shape = Self.value(of: "shape", in: header),
            Self.value(of: "fortran_order", in: header) == "False"
        else { throw Fault("its header is none of an array in C order") }
        let types: [String: ElementType] = [
            "<f2": .half, "<f4": .float, "<f8": .double, "|u1": .byte, "<i4": .int32,
            "<u4": .uint32, "<i8": .int64,
        ]
        guard let type = types[name] else { throw Fault("elements of type \(name) are not read") }
        self.type = type
        let sizes = shape.split { !$0.isNumber }.compactMap { Int($0) }
        guard (1...2).contains(sizes.count), let first = sizes.first, let last = sizes.last else {
            throw Fault("its shape is \(shape), not two sizes")
        }
        (rows, columns) = sizes.count == 1 ? (1, first) : (first, last)
        guard (1...maximumDimensions).contains(columns) else {
            throw Fault("its rows have \(columns) elements")
        }
        stride = columns * type.size
        let (size, overflows) = rows.multipliedReportingOverflow(by: stride)
        guard !overflows, bytes.count - start == size else {
            throw Fault("it holds \(bytes.count - start) bytes, not \(rows) rows of \(stride)")
        }
    }

    /// What stands for `key` in the text of a Python dictionary.
    private static func value(of key: String, in header: String) -> String? {
        for quote in ["'", "\""] {
            guard let range = header.firstRange(of: "\(quote)\(key)\(quote):") else { continue }
            let rest = header[range.upperBound...].drop { $0 == " " }
            if rest.first == "(" { return rest.firstIndex(of: ")").map { String(rest[...$0]) } }
            return String(rest.prefix { $0 != "," && $0 != "}" })
        }
        return nil
    }

    // MARK: Elements

    private func byte(at place: Int) -> UInt8 {
        load(UInt8.self, at: place)
    }

    private func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, at place: Int) -> T {
        bytes.withBytes(place..<place + MemoryLayout<T>.size) {
            T(littleEndian: unsafe $0.unsafeLoadUnaligned(as: T.self))
        }
    }

    private func word(at place: Int) -> UInt32 { load(UInt32.self, at: place) }

    func float(at place: Int) -> Float {
        switch type {
        case .half: Float(Float16(bitPattern: load(UInt16.self, at: place)))
        case .float: Float(bitPattern: word(at: place))
        case .double: Float(Double(bitPattern: load(UInt64.self, at: place)))
        case .byte, .int32, .uint32, .int64: Float(integer(at: place))
        }
    }

    func integer(at place: Int) -> Int {
        switch type {
        case .byte: Int(byte(at: place))
        case .int32: Int(Int32(bitPattern: word(at: place)))
        case .uint32: Int(word(at: place))
        case .int64: Int(Int64(bitPattern: load(UInt64.self, at: place)))
        case .half, .float, .double: 0
        }
    }
}
