/// A seeded source of embeddings: of length 1 and around a common mean.
public struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    /// The same seed gives the same numbers.
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits (splitmix64).
    public mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
        return mixed ^ mixed >> 31
    }

    /// `count` vectors one after the other.
    public mutating func embeddings(count: Int, dimensions: Int) -> [Float] {
        // Twelve degrees of freedom, much in common, and a little noise.
        var axes = SeededRandom(seed: 99)
        let latent = (0..<13).map { _ in
            (0..<dimensions).map { _ in Float.random(in: -1...1, using: &axes) }
        }
        var vectors: [Float] = []
        for _ in 0..<count {
            var vector = latent[12].map { $0 * 2 + Float.random(in: -0.1...0.1, using: &self) }
            for axis in latent.prefix(12) {
                let weight = Float.random(in: -1...1, using: &self)
                for i in 0..<dimensions { vector[i] += weight * axis[i] }
            }
            let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
            vectors += vector.map { $0 / norm }
        }
        return vectors
    }
}
