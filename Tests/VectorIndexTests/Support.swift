import Foundation
@_exported import RandomNumbers
import Synchronization
import VectorIndex
import VectorKernels

extension SplitMix64 {
    /// A number that is normally distributed around 0.
    mutating func normal() -> Float {
        let radius = -2 * Double.random(in: 1e-300..<1, using: &self).log()
        return Float(radius.squareRoot() * Double.random(in: 0..<2 * .pi, using: &self).cosine())
    }
}

extension Double {
    fileprivate func log() -> Double { Foundation.log(self) }
    fileprivate func cosine() -> Double { Foundation.cos(self) }
}

/// Sets of vectors that find the weak places of an index.
enum Vectors {
    /// What the elements look like.
    enum Kind: String, CaseIterable, Sendable {
        case random, clustered, crowded, nearDuplicate, allEqual, oneHot, hugeNorms, denormal
        case mixedScales, zeros, integers
        /// Like sentence embeddings: of length 1, crowded, and with fewer degrees of freedom than
        /// dimensions.
        case embeddings
    }

    /// `count` vectors one after the other.
    static func make(_ kind: Kind, count: Int, dimensions: Int, seed: UInt64) -> [Float] {
        var random = SplitMix64(seed: seed)
        var vectors: [Float] = []
        vectors.reserveCapacity(count * dimensions)
        // What is common to all sets of this kind, so that queries come from the same place as rows.
        var common = SplitMix64(seed: 99)
        let centers = (0..<8).map { _ in (0..<dimensions).map { _ in common.normal() } }
        let axes = (0..<12).map { _ in (0..<dimensions).map { _ in common.normal() } }
        for row in 0..<count {
            var vector = (0..<dimensions).map { _ in random.normal() }
            let center = centers[Int.random(in: 0..<8, using: &random)]
            switch kind {
            case .random: break
            case .clustered: vector = zip(vector, center).map { 0.5 * $0 + $1 }
            case .crowded: vector = normalized(zip(vector, centers[0]).map { 0.4 * $0 + $1 })
            case .nearDuplicate: vector = zip(vector, centers[0]).map { 1e-7 * $0 + $1 }
            case .allEqual: vector = centers[0]
            case .oneHot:
                vector = Array(repeating: 0, count: dimensions)
                vector[Int.random(in: 0..<dimensions, using: &random)] = 1
            case .hugeNorms:
                let scale = Float(sign: .plus, exponent: Int(row % 100) - 50, significand: 1)
                vector = vector.map { $0 * scale }
            case .denormal: vector = vector.map { $0 * 7000 * .leastNonzeroMagnitude }
            case .mixedScales:
                for i in vector.indices where i % 7 == 0 { vector[i] *= 1000 }
            case .zeros: vector = Array(repeating: 0, count: dimensions)
            case .integers: vector = vector.map { $0.rounded() }
            case .embeddings:
                let latent = (0..<12).map { _ in random.normal() }
                for i in vector.indices {
                    vector[i] = 0.1 * vector[i] + 2 * centers[0][i]
                    for (axis, weight) in zip(axes, latent) { vector[i] += weight * axis[i] }
                }
                vector = normalized(vector)
            }
            vectors += vector
        }
        return vectors
    }

    /// `vector` with length 1.
    static func normalized(_ vector: [Float]) -> [Float] {
        let norm = vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return norm > 0 ? vector.map { $0 / norm } : vector
    }

    /// Vectors that lie one after the other, each on its own.
    static func rows(_ vectors: [Float], dimensions: Int) -> [[Float]] {
        stride(from: 0, to: vectors.count, by: dimensions).map {
            Array(vectors[$0..<$0 + dimensions])
        }
    }
}

/// What every exact search must return.
func bruteForce(
    _ query: [Float],
    _ rows: [[Float]?],
    metric: Metric,
    k: Int,
    firstOrdinal: Int = 0,
    isAllowed: (Ordinal) -> Bool = { _ in true }
) -> [Neighbor] {
    let kernels = DistanceKernels.current
    var all: [Neighbor] = []
    for (position, row) in rows.enumerated() {
        let ordinal = Ordinal(firstOrdinal + position)
        guard let row, isAllowed(ordinal) else { continue }
        let score =
            metric == .l2
            ? -kernels.l2Squared(query.span, row.span) : kernels.dot(query.span, row.span)
        all.append(Neighbor(ordinal: ordinal, score: score))
    }
    return Array(all.sorted { $0.precedes($1) }.prefix(k))
}

/// The sample of real sentence embeddings beside the repository, or `nil` where there is none.
enum SampleVectors {
    static let dimensions = 384
    static let base = read("base.fvecs")
    static let queries = read("query.fvecs")

    private static func read(_ name: String) -> [Float]? {
        var root = URL(filePath: #filePath)
        for _ in 0..<3 { root.deleteLastPathComponent() }
        let roots = [root, URL(filePath: FileManager.default.currentDirectoryPath)]
        for root in roots {
            let file = root.deletingLastPathComponent().appending(path: "shared/vectors/\(name)")
            guard let data = try? Data(contentsOf: file) else { continue }
            let row = 4 + 4 * dimensions
            guard data.count.isMultiple(of: row) else { continue }
            var vectors: [Float] = []
            vectors.reserveCapacity(data.count / 4)
            let bytes = [UInt8](data)
            for start in stride(from: 0, to: bytes.count, by: row) {
                for i in 0..<dimensions {
                    let at = start + 4 + 4 * i
                    let bits =
                        UInt32(bytes[at]) | UInt32(bytes[at + 1]) << 8
                        | UInt32(bytes[at + 2]) << 16 | UInt32(bytes[at + 3]) << 24
                    vectors.append(Float(bitPattern: bits))
                }
            }
            return vectors
        }
        return nil
    }
}

/// Rows that count how many are read.
final class CountingRows: VectorRows {
    private let rows: ArrayRows
    private let read = Mutex(0)

    init(_ rows: ArrayRows) {
        self.rows = rows
    }

    /// The number of rows read so far.
    var count: Int { read.withLock { $0 } }

    func withRows(_ ordinals: [Ordinal], _ body: (Int, Span<Float>) -> Void) {
        read.withLock { $0 += ordinals.count }
        rows.withRows(ordinals, body)
    }
}
