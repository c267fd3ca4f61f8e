import Foundation
import Testing

@testable import VectorKernels

/// Every instruction set against the scalar reference, at sizes around each vector width.
@Suite struct TransformerKernelTests {
    static let tiers = KernelTier.available

    private func random(_ count: Int, seed: UInt64, scale: Float = 1) -> [Float] {
        var generator = SplitMix64(seed: seed)
        return (0..<count).map { _ in Float.random(in: -scale...scale, using: &generator) }
    }

    private func kernels(_ tier: KernelTier) throws -> (
        ours: TransformerKernels, reference: TransformerKernels
    ) {
        (
            try #require(TransformerKernels(tier: tier)),
            try #require(TransformerKernels(tier: .scalar))
        )
    }

    private func expectNear(_ a: [Float], _ b: [Float], _ tolerance: Float, _ what: String) {
        for (x, y) in zip(a, b) where (x - y).magnitude > tolerance * max(1, y.magnitude) {
            Issue.record("\(what): \(x), not \(y)")
            return
        }
        #expect(a.count == b.count)
    }

    /// The float product with its bias and GELU, at shapes around tiles and panels.
    @Test(arguments: tiers, [1, 3, 4, 6, 8, 12, 13, 29])
    func floatProduct(tier: KernelTier, rows: Int) throws {
        let (ours, reference) = try kernels(tier)
        for (columns, inner) in [(1, 1), (7, 5), (16, 64), (31, 9), (33, 65), (70, 384)] {
            let weights = random(columns * inner, seed: 20, scale: 0.2)
            let bias = random(columns, seed: 21)
            let matrix = FloatMatrix(weights.span, bias: bias.span, inner: inner)
            let x = random((rows + 1) * inner, seed: 22, scale: 3)
            for gelu in [false, true] {
                var a = [Float](repeating: 9, count: rows * columns + 1), b = a
                var spanA = a.mutableSpan
                var spanB = b.mutableSpan
                ours.multiply(x.span, first: 1, rows: rows, by: matrix, gelu: gelu, into: &spanA)
                reference.multiply(
                    x.span,
                    first: 1,
                    rows: rows,
                    by: matrix,
                    gelu: gelu,
                    into: &spanB
                )
                expectNear(a, b, 2e-5, "\(tier) \(rows) x \(columns) x \(inner)")
                #expect(a[rows * columns] == 9)
                guard !gelu else { continue }
                for row in 0..<rows {
                    for column in 0..<columns {
                        var exact = Double(bias[column])
                        for i in 0..<inner {
                            exact +=
                                Double(x[(row + 1) * inner + i])
                                * Double(weights[column * inner + i])
                        }
                        #expect((Double(a[row * columns + column]) - exact).magnitude < 1e-4)
                    }
                }
            }
        }
    }

    /// The exact GELU, through a product with the identity.
    @Test(arguments: tiers)
    func floatGELU(tier: KernelTier) throws {
        let ours = try kernels(tier).ours
        let one: [Float] = [1], zero: [Float] = [0]
        let matrix = FloatMatrix(one.span, bias: zero.span, inner: 1)
        for step in -400...400 {
            let x = [Float(step) / 20]
            var y: [Float] = [9]
            var span = y.mutableSpan
            ours.multiply(x.span, rows: 1, by: matrix, gelu: true, into: &span)
            let exact = Double(x[0]) * (1 + erf(Double(x[0]) * 0.5.squareRoot())) / 2
            #expect((Double(y[0]) - exact).magnitude < 1e-5, "gelu(\(x[0]))")
        }
    }

    @Test(arguments: tiers, [1, 8, 15, 16, 31, 384])
    func additionAndNorm(tier: KernelTier, columns: Int) throws {
        let (ours, reference) = try kernels(tier)
        let y = random(2 * columns, seed: 3)
        let gain = random(columns, seed: 5), shift = random(columns, seed: 6)
        var a = random(3 * columns, seed: 7), b = a
        var spanA = a.mutableSpan
        var spanB = b.mutableSpan
        ours.addThenNormalize(
            &spanA,
            first: 1,
            adding: y.span,
            gain: gain.span,
            shift: shift.span,
            epsilon: 1e-12,
            rows: 2
        )
        reference.addThenNormalize(
            &spanB,
            first: 1,
            adding: y.span,
            gain: gain.span,
            shift: shift.span,
            epsilon: 1e-12,
            rows: 2
        )
        // A single column is its own mean: what is left is rounding over nothing.
        expectNear(
            columns == 1 ? Array(a[..<1]) : a,
            columns == 1 ? Array(b[..<1]) : b,
            1e-4,
            "\(tier)"
        )
    }

    @Test(arguments: tiers, [1, 3, 4, 5, 31, 32, 33, 70])
    func attention(tier: KernelTier, tokens: Int) throws {
        let (ours, reference) = try kernels(tier)
        for (heads, width, isNear) in [
            (1, 8, false), (2, 32, false), (3, 24, false), (2, 64, false), (1, 7, false),
            (2, 32, true), (1, 64, true), (3, 24, true),
        ] {
            let hidden = heads * width
            // Scores of -4...4, so that 16 bits are off by a few thousandths of a weight at most.
            let scale: Float = isNear ? 1 : 3
            let qkv = random((tokens + 2) * 3 * hidden, seed: UInt64(width), scale: scale)
            var a = [Float](repeating: 0, count: (tokens + 2) * hidden), b = a
            var scratch = [Float](
                repeating: 0,
                count: TransformerKernels.attentionScratch(tokens: tokens, width: width)
            )
            var scratchSpan = scratch.mutableSpan
            var spanA = a.mutableSpan
            var spanB = b.mutableSpan
            ours.attend(
                qkv.span,
                first: 2,
                tokens: tokens,
                heads: heads,
                width: width,
                isNear: isNear,
                scratch: &scratchSpan,
                into: &spanA
            )
            reference.attend(
                qkv.span,
                first: 2,
                tokens: tokens,
                heads: heads,
                width: width,
                scratch: &scratchSpan,
                into: &spanB
            )
            expectNear(a, b, isNear ? 1e-2 : 1e-5, "\(tier), \(heads) heads of \(width)")
            #expect(a.prefix(2 * hidden).allSatisfy { $0 == 0 })
        }
    }

    /// The integer sums agree to the bit; a code may differ by one where rounding hits a half.
    @Test(arguments: tiers, [1, 2, 5, 6, 7, 13])
    func eightBitProduct(tier: KernelTier, rows: Int) throws {
        let (ours, reference) = try kernels(tier)
        for (columns, inner) in [
            (1, 1), (15, 63), (16, 64), (17, 65), (64, 40), (70, 384), (130, 200),
        ] {
            let weights = random(columns * inner, seed: 8), bias = random(columns, seed: 9)
            let factors = random(inner, seed: 10).map { $0.magnitude + 0.5 }
            let packed = PackedMatrix.pack(
                weights.span,
                bias: bias.span,
                inner: inner,
                factors: factors
            )
            let storage = MappedBytes(copying: packed)
            let matrix = try #require(
                PackedMatrix(columns: columns, inner: inner, in: storage, at: 0)
            )
            let x = random(rows * inner, seed: 11, scale: 4)
            for gelu in [false, true] {
                let a = product(ours, x, rows, matrix, gelu),
                    b = product(reference, x, rows, matrix, gelu)
                expectNear(a, b, 2e-2, "\(tier) \(rows) x \(columns) x \(inner)")
                guard !gelu else { continue }
                // Against floats: two roundings of 8 bits, adding up at random over the inner length.
                let error = 4 * 3 * Float(inner).squareRoot() / 64
                for row in 0..<rows {
                    for column in 0..<columns {
                        var exact = bias[column]
                        for i in 0..<inner {
                            exact += x[row * inner + i] * weights[column * inner + i]
                        }
                        let ours = a[row * columns + column]
                        guard (ours - exact).magnitude > error else { continue }
                        Issue.record(
                            "\(tier) \(rows) x \(columns) x \(inner): \(ours), not \(exact)"
                        )
                        return
                    }
                }
            }
        }
    }

    private func product(
        _ kernels: TransformerKernels,
        _ x: [Float],
        _ rows: Int,
        _ matrix: PackedMatrix,
        _ gelu: Bool
    ) -> [Float] {
        var codes = [UInt8](repeating: 0xAA, count: rows * PackedMatrix.padded(matrix.inner))
        var scales = [Float](repeating: 0, count: rows)
        var shifts = [Float](repeating: 0, count: rows)
        var y = [Float](repeating: 0, count: rows * matrix.columns)
        var codeSpan = codes.mutableSpan
        var scaleSpan = scales.mutableSpan
        var shiftSpan = shifts.mutableSpan
        var out = y.mutableSpan
        kernels.quantize(
            x.span,
            rows: rows,
            for: matrix,
            into: &codeSpan,
            scales: &scaleSpan,
            shifts: &shiftSpan
        )
        kernels.multiply(
            codeSpan.span,
            scales: scaleSpan.span,
            shifts: shiftSpan.span,
            rows: rows,
            by: matrix,
            gelu: gelu,
            into: &out
        )
        return y
    }

    @Test(arguments: tiers)
    func constantRowsQuantizeExactly(tier: KernelTier) throws {
        let (ours, _) = try kernels(tier)
        let weights = [Float](repeating: 1, count: 16), bias: [Float] = [0.5]
        let packed = PackedMatrix.pack(weights.span, bias: bias.span, inner: 16)
        let matrix = try #require(
            PackedMatrix(columns: 1, inner: 16, in: MappedBytes(copying: packed), at: 0)
        )
        for value: Float in [0, 1, -1, 1e-38] {
            let x = [Float](repeating: value, count: 16)
            let y = product(ours, x, 1, matrix, false)
            #expect((y[0] - (16 * value + 0.5)).magnitude < 1e-5)
        }
    }

    /// What one matrix multiplies its outputs by, the next need not multiply its inputs by.
    @Test(arguments: tiers)
    func factorsMayComeFromTheMatrixBefore(tier: KernelTier) throws {
        let (ours, _) = try kernels(tier)
        var random = SplitMix64(seed: 17)
        func numbers(_ count: Int, _ range: ClosedRange<Float> = -1...1) -> [Float] {
            (0..<count).map { _ in Float.random(in: range, using: &random) }
        }
        let (rows, inner, columns) = (3, 70, 40)
        let weights = numbers(columns * inner), bias = numbers(columns)
        let factors = numbers(columns, 0.25...4), x = numbers(rows * inner)
        func matrix(_ next: [Float]?) throws -> PackedMatrix {
            let packed = PackedMatrix.pack(
                weights.span,
                bias: bias.span,
                inner: inner,
                nextFactors: next
            )
            return try #require(
                PackedMatrix(
                    columns: columns,
                    inner: inner,
                    in: MappedBytes(copying: packed),
                    at: 0
                )
            )
        }
        let plain = product(ours, x, rows, try matrix(nil), true)
        let scaled = product(ours, x, rows, try matrix(factors), true)
        for index in plain.indices {
            let expected = plain[index] * factors[index % columns]
            #expect((scaled[index] - expected).magnitude <= 1e-5 * (1 + expected.magnitude))
        }
        // A matrix that is told so leaves its own factors out.
        let ones = [Float](repeating: 1, count: columns), none: [Float] = [0]
        let second = try #require(
            PackedMatrix(
                columns: 1,
                inner: columns,
                in: MappedBytes(
                    copying: PackedMatrix.pack(
                        ones.span,
                        bias: none.span,
                        inner: columns,
                        factors: factors
                    )
                ),
                at: 0
            )
        )
        func codes(_ input: [Float], isScaled: Bool) -> [UInt8] {
            var codes = [UInt8](repeating: 0, count: rows * PackedMatrix.padded(columns))
            var scales = [Float](repeating: 0, count: rows), shifts = scales
            var codeSpan = codes.mutableSpan
            var scaleSpan = scales.mutableSpan
            var shiftSpan = shifts.mutableSpan
            ours.quantize(
                input.span,
                rows: rows,
                for: second,
                isScaled: isScaled,
                into: &codeSpan,
                scales: &scaleSpan,
                shifts: &shiftSpan
            )
            return codes
        }
        let (a, b) = (codes(plain, isScaled: false), codes(scaled, isScaled: true))
        for (a, b) in zip(a, b) {
            // Rounded the other way at most.
            let distance = Int(a) - Int(b)
            #expect(abs(distance) <= 1 || abs(distance) == 255)
        }
    }

    @Test func storedElementsDecode() {
        func decode(_ kind: ElementKind, _ bytes: [UInt8], _ count: Int) -> [Float] {
            var out = [Float](repeating: .nan, count: count)
            var span = out.mutableSpan
            MappedBytes(copying: bytes).withBytes { kind.decode($0, count: count, into: &span) }
            return out
        }
        #expect(decode(.f32, [0, 0, 0x80, 0x3F], 1) == [1])
        #expect(decode(.bf16, [0x80, 0x3F, 0x80, 0xBF], 2) == [1, -1])
        for bits in UInt16.min...UInt16.max {
            let exact = Float(Float16(bitPattern: bits))
            let ours = decode(.f16, [UInt8(truncatingIfNeeded: bits), UInt8(bits >> 8)], 1)[0]
            #expect(ours == exact || ours.isNaN && exact.isNaN, "\(bits)")
        }
        let nibbles = (0..<16).map { UInt8($0 | (15 - $0) << 4) }
        let four = decode(.q4_0, [0x00, 0x40] + nibbles, 32)
        let expectedFour = (0..<32).map { (i: Int) -> Float in
            i < 16 ? 2 * Float(i - 8) : 2 * Float(23 - i)
        }
        #expect(four == expectedFour)
        let bytes = (0..<32).map { UInt8(bitPattern: Int8($0 - 16)) }
        let eight = decode(.q8_0, [0x00, 0x38] + bytes, 32)
        let expectedEight = (0..<32).map { (i: Int) -> Float in 0.5 * Float(i - 16) }
        #expect(eight == expectedEight)
        #expect(ElementKind.q4_0.bytes(33) == nil)
        #expect(ElementKind.q8_0.bytes(64) == 68)
    }
}
