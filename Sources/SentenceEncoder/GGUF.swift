internal import VectorKernels

/// A GGUF file, versions 2 and 3: keys and values, then the tensors.
struct GGUF {
    /// The value of a key.
    ///
    /// Strings and arrays stay in the file.
    enum Value {
        case integer(Int)
        case float(Double)
        case bool(Bool)
        case string(Range<Int>)
        case array(Array)

        /// An array: its elements' type, their number, and where they start.
        struct Array {
            let type: UInt32
            let count: Int
            let start: Int
        }
    }

    let file: ModelFile
    let values: [String: Value]
    let tensors: Tensors

    /// Reads keys and the table of tensors; the data stay where they are.
    init(_ path: String) throws(SentenceEncoderError) {
        let file = try ModelFile(path)
        var cursor = Cursor(file: file)
        guard try cursor.next(UInt32.self) == 0x4655_4747 else {
            throw file.malformed("it does not begin as a GGUF file")
        }
        let version = try cursor.next(UInt32.self)
        guard version == 2 || version == 3 else {
            throw .unsupported(path: path, reason: "it is GGUF version \(version), not 2 or 3")
        }
        let tensorCount = try cursor.count(least: 24), keyCount = try cursor.count(least: 12)
        var values: [String: Value] = [:]
        for _ in 0..<keyCount {
            let key = try cursor.text()
            let type = try cursor.next(UInt32.self)
            values[key] = try cursor.value(of: type)
        }
        var alignment = 32
        if case .integer(let stated)? = values["general.alignment"] {
            guard stated > 0, stated <= 1 << 20, stated & (stated - 1) == 0 else {
                throw file.malformed("its alignment is \(stated)")
            }
            alignment = stated
        }
        self.tensors = try cursor.tensors(tensorCount, alignment: alignment)
        self.file = file
        self.values = values
    }

    /// The integer of `key`.
    func integer(_ key: String) -> Int? {
        guard case .integer(let value)? = values[key] else { return nil }
        return value
    }

    /// The number of `key`.
    func float(_ key: String) -> Double? {
        guard case .float(let value)? = values[key] else { return nil }
        return value
    }

    /// The truth value of `key`.
    func bool(_ key: String) -> Bool? {
        guard case .bool(let value)? = values[key] else { return nil }
        return value
    }

    /// The text of `key`.
    func text(_ key: String) -> String? {
        guard case .string(let range)? = values[key] else { return nil }
        return String(decoding: file.array(range), as: UTF8.self)
    }

    /// The strings of the array at `key`, as bytes.
    func strings(_ key: String) throws(SentenceEncoderError) -> [[UInt8]]? {
        guard case .array(let array)? = values[key], array.type == 8 else { return nil }
        var cursor = Cursor(file: file, at: array.start)
        var out: [[UInt8]] = []
        out.reserveCapacity(array.count)
        for _ in 0..<array.count { out.append(file.array(try cursor.string())) }
        return out
    }

    /// The numbers of the array at `key`.
    func numbers(_ key: String) throws(SentenceEncoderError) -> [Double]? {
        guard case .array(let array)? = values[key], array.type != 8 else { return nil }
        var cursor = Cursor(file: file, at: array.start)
        var out: [Double] = []
        out.reserveCapacity(array.count)
        for _ in 0..<array.count {
            switch try cursor.value(of: array.type) {
            case .integer(let value): out.append(Double(value))
            case .float(let value): out.append(value)
            default: return nil
            }
        }
        return out
    }

    /// A place in the file that moves on with each read.
    private struct Cursor {
        let file: ModelFile
        var at = 0

        mutating func next<Value: FixedWidthInteger & BitwiseCopyable>(
            _ type: Value.Type
        ) throws(SentenceEncoderError) -> Value {
            let value = try file.load(type, at: at)
            at += MemoryLayout<Value>.size
            return value
        }

        /// A number of things of `least` bytes or more each: more than fit the file is a lie.
        mutating func count(least: Int) throws(SentenceEncoderError) -> Int {
            let value = try next(UInt64.self)
            guard value <= UInt64((file.bytes.count - at) / least) else {
                throw file.malformed("it announces more than it holds")
            }
            return Int(value)
        }

        mutating func string() throws(SentenceEncoderError) -> Range<Int> {
            let length = try count(least: 1)
            defer { at += length }
            return at..<at + length
        }

        mutating func text() throws(SentenceEncoderError) -> String {
            String(decoding: file.array(try string()), as: UTF8.self)
        }

        mutating func value(of type: UInt32) throws(SentenceEncoderError) -> Value {
            switch type {
            case 0: return .integer(Int(try next(UInt8.self)))
            case 1: return .integer(Int(try next(Int8.self)))
            case 2: return .integer(Int(try next(UInt16.self)))
            case 3: return .integer(Int(try next(Int16.self)))
            case 4: return .integer(Int(try next(UInt32.self)))
            case 5: return .integer(Int(try next(Int32.self)))
            case 6: return .float(Double(Float(bitPattern: try next(UInt32.self))))
            case 7: return .bool(try next(UInt8.self) != 0)
            case 8: return .string(try string())
            case 9: return .array(try array())
            case 10: return .integer(Int(truncatingIfNeeded: try next(UInt64.self)))
            case 11: return .integer(Int(truncatingIfNeeded: try next(Int64.self)))
            case 12: return .float(Double(bitPattern: try next(UInt64.self)))
            default: throw file.malformed("a value has the unknown type \(type)")
            }
        }

        mutating func array() throws(SentenceEncoderError) -> Value.Array {
            let type = try next(UInt32.self)
            let sizes: [UInt32: Int] = [
                0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 8: 8, 10: 8, 11: 8, 12: 8,
            ]
            guard let size = sizes[type] else {
                throw file.malformed("an array has elements of the unknown type \(type)")
            }
            let count = try count(least: size)
            let array = Value.Array(type: type, count: count, start: at)
            if type == 8 {
                for _ in 0..<count { _ = try string() }
            } else {
                at += count * size
            }
            return array
        }

        mutating func tensors(
            _ count: Int,
            alignment: Int
        ) throws(SentenceEncoderError) -> Tensors {
            var entries: [(name: String, shape: [Int], type: UInt32, offset: UInt64)] = []
            for _ in 0..<count {
                let name = try text()
                let dimensions = try next(UInt32.self)
                guard dimensions <= 4 else {
                    throw file.malformed("tensor \(name) has \(dimensions) dimensions")
                }
                var shape: [Int] = []
                // GGUF lists the extent of a row first.
                for _ in 0..<dimensions {
                    shape.insert(Int(truncatingIfNeeded: try next(UInt64.self)), at: 0)
                }
                entries.append((name, shape, try next(UInt32.self), try next(UInt64.self)))
            }
            let start = (at + alignment - 1) / alignment * alignment
            var tensors = Tensors()
            for entry in entries {
                let kinds: [UInt32: ElementKind] = [
                    0: .f32, 1: .f16, 2: .q4_0, 8: .q8_0, 30: .bf16,
                ]
                guard let kind = kinds[entry.type] else {
                    throw .unsupported(
                        path: file.path,
                        reason:
                            "tensor \(entry.name) has GGML type \(entry.type), and only F32, F16,"
                            + " BF16, Q8_0 and Q4_0 are read"
                    )
                }
                guard entry.offset <= UInt64(file.bytes.count) else {
                    throw file.malformed("tensor \(entry.name) lies beyond its end")
                }
                tensors[entry.name] = try file.tensor(
                    named: entry.name,
                    kind: kind,
                    shape: entry.shape,
                    at: start + Int(entry.offset)
                )
            }
            return tensors
        }
    }
}
