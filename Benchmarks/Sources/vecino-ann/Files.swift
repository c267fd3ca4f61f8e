import Foundation

/// Rows of a `.fvecs` or `.ivecs` file: each is a 32-bit count and that many 32-bit numbers.
struct VectorFile {
    var columns = 0
    var words: [UInt32] = []

    var rows: Int { columns > 0 ? words.count / columns : 0 }

    init(_ path: String) throws {
        try self.init(Data(contentsOf: URL(filePath: path), options: .mappedIfSafe), path: path)
    }

    /// Reads the bytes of a file.
    init(_ data: Data, path: String) throws {
        func word(_ at: Int) -> UInt32 {
            data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: at, as: UInt32.self) }
        }
        guard data.count >= 4 else { throw FileError(path: path) }
        columns = Int(UInt32(littleEndian: word(0)))
        let stride = 4 + 4 * columns
        guard columns > 0, data.count.isMultiple(of: stride) else { throw FileError(path: path) }
        words.reserveCapacity(data.count / 4)
        data.withUnsafeBytes { bytes in
            for row in Swift.stride(from: 0, to: bytes.count, by: stride) {
                for column in 0..<columns {
                    let at = row + 4 + 4 * column
                    words.append(
                        UInt32(
                            littleEndian: bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
                        )
                    )
                }
            }
        }
    }

    /// The numbers as floats.
    var floats: [Float] { words.map { Float(bitPattern: $0) } }

    /// The numbers of one row.
    subscript(row: Int) -> ArraySlice<UInt32> { words[row * columns..<(row + 1) * columns] }
}

/// A file that is not what its name says.
struct FileError: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) is not a whole .fvecs or .ivecs file." }
}
