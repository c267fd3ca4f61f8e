import RandomNumbers
import Testing

@testable import VectorKernels

@Suite struct MatrixProductTests {
    /// Small integers have exact sums: OpenBLAS and every tier must agree to the bit.
    @Test(arguments: KernelTier.available, [(1, 1, 1), (3, 5, 7), (17, 33, 64), (64, 20, 129)])
    func productsAreExactOnIntegers(
        tier: KernelTier,
        shape: (rows: Int, columns: Int, inner: Int)
    ) throws {
        let kernels = try #require(DistanceKernels(tier: tier))
        var random = SplitMix64(seed: 7)
        let (rows, columns, inner) = shape
        let x = (0..<rows * inner).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        let w = (0..<columns * inner).map { _ in Float(Int.random(in: -8...8, using: &random)) }
        var expected: [Float] = []
        for row in 0..<rows {
            for column in 0..<columns {
                var sum: Float = 0
                for i in 0..<inner { sum += x[row * inner + i] * w[column * inner + i] }
                expected.append(sum)
            }
        }
        // The set-up of the tests installs it.
        #expect(OpenBLAS.isInstalled)
        for library in [true, false] {
            #expect(kernels.products(of: x, and: w, inner: inner, with: library) == expected)
        }
    }

    @Test func noRowsGiveNothing() {
        #expect(DistanceKernels.current.products(of: [], and: [1, 2], inner: 2) == [])
        #expect(DistanceKernels.current.products(of: [1, 2], and: [], inner: 2) == [])
    }
}
