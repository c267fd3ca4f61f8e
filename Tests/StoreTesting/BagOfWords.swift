package import Corpus
internal import TextAnalysis

/// A small honest embedding: words hashed into a few dimensions, normalized.
package enum BagOfWords {
    package static let dimensions = 48

    /// The model that a library of such embeddings has.
    package static let model = ModelRecord(identifier: "test:bag", dimensions: dimensions)

    package static func vector(_ text: String) -> [Float] {
        var vector = [Float](repeating: 0, count: dimensions)
        for word in words(in: text) {
            var hash: UInt64 = 0xCBF2_9CE4_8422_2325
            for byte in word.folded.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            vector[Int(hash >> 33) % dimensions] += hash & 1 == 0 ? 1 : -1
        }
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? vector.map { $0 / norm } : vector
    }

    package static func key(_ text: String) -> EmbeddingKey {
        var a: UInt64 = 0xCBF2_9CE4_8422_2325
        var b: UInt64 = 0x9E37_79B9_7F4A_7C15
        for byte in text.utf8 {
            a = (a ^ UInt64(byte)) &* 0x100_0000_01B3
            b = (b &+ UInt64(byte)) &* 0xBF58_476D_1CE4_E5B9
        }
        return [a, b].flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
        }
    }
}
