internal import FTS5Index
internal import Foundation
internal import GRDB

/// Embeddings as the file holds them: 32-bit floats, little-endian.
enum VectorBlob {
    static func encode(_ vector: [Float]) -> Data {
        var data = Data(capacity: vector.count * 4)
        for value in vector {
            var bits = value.bitPattern.littleEndian
            unsafe withUnsafeBytes(of: &bits) { unsafe data.append(contentsOf: $0) }
        }
        return data
    }

    /// The vector in a column, whose checksum is in the next one.
    ///
    /// - Throws: `RowDamage` if it is not as it was written.
    static func vector(in row: Row, at index: Int) throws -> [Float] {
        let stored = row.integer(index + 1)
        return try row.withUnsafeData(atIndex: index) { data in
            let data = data ?? Data()
            guard RowChecksum.agrees(stored, RowChecksum.of(data)) else {
                throw RowDamage(what: "a passage's vector")
            }
            return decode(data)
        }
    }

    /// The floats of `data`; a trailing partial one is left out.
    static func decode(_ data: Data) -> [Float] {
        unsafe data.withUnsafeBytes { bytes in
            (0..<bytes.count / 4).map { index in
                Float(
                    bitPattern: UInt32(
                        littleEndian: unsafe bytes.loadUnaligned(
                            fromByteOffset: index * 4,
                            as: UInt32.self
                        )
                    )
                )
            }
        }
    }
}
