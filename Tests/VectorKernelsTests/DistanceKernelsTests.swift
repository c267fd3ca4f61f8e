import RandomNumbers
import Testing

@testable import VectorKernels

@Suite struct DistanceKernelsTests {
    static let lengths = [0, 1, 3, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 384, 768]

    /// Small integers have exact sums in `Float`, so every order of summation must give this one.
    @Test(arguments: KernelTier.available, lengths)
    func floatSumsAreExactOnIntegers(tier: KernelTier, length: Int) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        var random = SplitMix64(seed: UInt64(length))
        let a = (0..<length).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        let b = (0..<length).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        #expect(kernels.dot(a.span, b.span) == zip(a, b).map(*).reduce(0, +))
        let squares = zip(a, b).map { ($0 - $1) * ($0 - $1) }
        #expect(kernels.l2Squared(a.span, b.span) == squares.reduce(0, +))
    }

    /// On reals the error is at most n·ε·Σ|aᵢbᵢ|.
    @Test(arguments: KernelTier.available, lengths)
    func floatSumsAreAccurateOnReals(tier: KernelTier, length: Int) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        var random = SplitMix64(seed: UInt64(length) + 100)
        let a = (0..<length).map { _ in Float.random(in: -1...1, using: &random) }
        let b = (0..<length).map { _ in Float.random(in: -1...1, using: &random) }
        var dot = 0.0, square = 0.0, size = 0.0
        for (x, y) in zip(a, b) {
            dot += Double(x) * Double(y)
            square += (Double(x) - Double(y)) * (Double(x) - Double(y))
            size += abs(Double(x) * Double(y))
        }
        let bound = Double(length + 4) * Double(Float.ulpOfOne)
        #expect(abs(Double(kernels.dot(a.span, b.span)) - dot) <= bound * size)
        #expect(abs(Double(kernels.l2Squared(a.span, b.span)) - square) <= bound * square)
    }

    @Test(arguments: KernelTier.available, lengths + [65_536])
    func integerSumsAreExact(tier: KernelTier, length: Int) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        var random = SplitMix64(seed: UInt64(length) + 200)
        let signed = (0..<length).map { _ in Int8.random(in: -128...127, using: &random) }
        let other = (0..<length).map { _ in Int8.random(in: -128...127, using: &random) }
        let unsigned = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
        let expected = zip(signed, other).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        #expect(Int(kernels.dot(signed.span, other.span)) == expected)
        let mixed = zip(unsigned, other).reduce(0) { $0 + Int($1.0) * Int($1.1) }
        #expect(Int(kernels.dot(unsigned.span, other.span)) == mixed)
        // The extremes, where a narrower sum would overflow.
        let least = [Int8](repeating: -128, count: length)
        let most = [UInt8](repeating: 255, count: length)
        #expect(Int(kernels.dot(least.span, least.span)) == length * 128 * 128)
        #expect(Int(kernels.dot(most.span, least.span)) == -length * 255 * 128)
    }

    @Test func tiersThatAreNotAvailableHaveNoKernels() {
        for tier in KernelTier.allCases {
            let isThere = DistanceKernels(tier: tier) != nil
            #expect(isThere == KernelTier.available.contains(tier))
        }
        #expect(DistanceKernels.current.tier == KernelTier.current)
    }

    @Test func lengthsMustMatch() async {
        await #expect(processExitsWith: .failure) {
            let a: [Float] = [1, 2, 3], b: [Float] = [1, 2]
            _ = DistanceKernels.current.dot(a.span, b.span)
        }
        await #expect(processExitsWith: .failure) {
            let a: [Float] = [1, 2, 3], b: [Float] = [1, 2]
            _ = DistanceKernels.current.l2Squared(a.span, b.span)
        }
        await #expect(processExitsWith: .failure) {
            let a = [Int8](repeating: 0, count: 65_537)
            _ = DistanceKernels.current.dot(a.span, a.span)
        }
    }
}
