internal import CVectorKernels

/// The distance kernels of one instruction set, behind a fence of checked lengths.
///
/// A value is a copy of an immutable table of C functions. Integer kernels give the same result on
/// every tier; each tier sums floats in its own order, so float results agree to rounding.
package struct DistanceKernels: Sendable {
    /// The kernels of `KernelTier.current`.
    package static let current: DistanceKernels = {
        guard let kernels = DistanceKernels(tier: KernelTier.current) else {
            preconditionFailure("\(KernelTier.current) is available but has no kernels")
        }
        return kernels
    }()

    /// The greatest number of dimensions whose integer sums fit 32 bits.
    package static let maximumDimensions = Int(VK_MAXIMUM_DIMENSIONS)

    /// The instruction set.
    package let tier: KernelTier

    let table: vk_distance_kernels

    /// The kernels of `tier`, or `nil` if this build or this CPU lacks them.
    package init?(tier: KernelTier) {
        guard let table = unsafe vk_distance_kernels_for(tier.c) else { return nil }
        self.tier = tier
        self.table = unsafe table.pointee
    }

    /// Returns Σᵢ a[i]·b[i].
    ///
    /// - Precondition: `a` and `b` have the same length.
    /// - Complexity: O(`a.count`); allocates nothing.
    @inline(__always)
    package func dot(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "dot product of \(a.count) and \(b.count) elements")
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let left = a.baseAddress, let right = b.baseAddress else { return 0 }
                return unsafe table.dot(left, right, a.count)
            }
        }
    }

    /// Returns Σᵢ a[i]·b[i] on the fastest tier; 0 for vectors of different lengths, such as one that
    /// is not there.
    ///
    /// - Complexity: O(`a.count`); allocates nothing.
    package static func dot(_ a: [Float], _ b: [Float]) -> Float {
        a.count == b.count ? current.dot(a.span, b.span) : 0
    }

    /// Returns Σᵢ (a[i] − b[i])².
    ///
    /// - Precondition: `a` and `b` have the same length.
    /// - Complexity: O(`a.count`); allocates nothing.
    @inline(__always)
    package func l2Squared(_ a: Span<Float>, _ b: Span<Float>) -> Float {
        precondition(a.count == b.count, "distance of \(a.count) and \(b.count) elements")
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let left = a.baseAddress, let right = b.baseAddress else { return 0 }
                return unsafe table.l2_squared(left, right, a.count)
            }
        }
    }

    /// Returns Σᵢ a[i]·b[i], exactly.
    ///
    /// - Precondition: `a` and `b` have the same length, at most `maximumDimensions`.
    package func dot(_ a: Span<Int8>, _ b: Span<Int8>) -> Int32 {
        check(a.count, b.count)
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let left = a.baseAddress, let right = b.baseAddress else { return 0 }
                return unsafe table.dot_i8(left, right, a.count)
            }
        }
    }

    /// Returns Σᵢ a[i]·b[i], exactly.
    ///
    /// - Precondition: `a` and `b` have the same length, at most `maximumDimensions`.
    package func dot(_ a: Span<UInt8>, _ b: Span<Int8>) -> Int32 {
        check(a.count, b.count)
        return unsafe a.withUnsafeBufferPointer { a in
            unsafe b.withUnsafeBufferPointer { b in
                guard let left = a.baseAddress, let right = b.baseAddress else { return 0 }
                return unsafe table.dot_u8i8(left, right, a.count)
            }
        }
    }

    /// Returns the product of `query` with each of `rows`, which lie one after the other, exactly.
    ///
    /// - Precondition: `rows` holds whole rows of the query's length, at most `maximumDimensions`.
    package func dots(of query: Span<Int8>, with rows: Span<UInt8>) -> [Int32] {
        let length = query.count
        precondition(
            length > 0 && length <= Self.maximumDimensions && rows.count.isMultiple(of: length),
            "\(rows.count) codes in rows of \(length)"
        )
        return unsafe query.withUnsafeBufferPointer { query in
            unsafe rows.withUnsafeBufferPointer { rows in
                guard let left = query.baseAddress, let right = rows.baseAddress else { return [] }
                let count = rows.count / length
                return unsafe [Int32](unsafeUninitializedCapacity: count) { dots, initialized in
                    for row in 0..<count {
                        unsafe dots.initializeElement(
                            at: row,
                            to: table.dot_u8i8(right + row * length, left, length)
                        )
                    }
                    initialized = count
                }
            }
        }
    }

    /// Asks for a vector that is about to be used.
    @inline(__always)
    package static func prefetch(_ vector: Span<Float>) {
        unsafe vector.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else { return }
            unsafe vk_prefetch(start, bytes.count)
        }
    }

    private func check(_ a: Int, _ b: Int) {
        precondition(a == b, "dot product of \(a) and \(b) elements")
        precondition(a <= Self.maximumDimensions, "\(a) elements do not fit a 32-bit sum")
    }
}
