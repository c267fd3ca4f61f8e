internal import CVectorKernels

/// Weights `[columns, inner]` in floats, laid out for the float product, with the bias that goes with
/// them.
package struct FloatMatrix: Sendable {
    /// Output columns.
    package let columns: Int
    /// The length of a row of the input.
    package let inner: Int
    private let storage: AlignedBytes
    /// Columns, rounded up to whole panels.
    private let padded: Int

    /// Lays out weights whose rows are the output columns.
    ///
    /// - Complexity: one pass over the weights, and a copy of them.
    package init(_ weights: Span<Float>, bias: Span<Float>, inner: Int) {
        precondition(inner > 0 && bias.count > 0, "\(bias.count) x \(inner) weights")
        precondition(weights.count == bias.count * inner, "\(weights.count) weights")
        columns = bias.count
        self.inner = inner
        let padded = (bias.count + 31) / 32 * 32
        self.padded = padded
        storage = AlignedBytes(count: 4 * padded * (inner + 1))
        storage.withMutableElements(of: Float.self, at: 0, count: padded * inner) { packed in
            unsafe weights.withUnsafeBufferPointer { weights in
                unsafe packed.withUnsafeMutableBufferPointer { packed in
                    guard let from = weights.baseAddress, let to = packed.baseAddress else {
                        return
                    }
                    unsafe vk_pack_f32(from, bias.count, inner, to)
                }
            }
        }
        storage.withMutableElements(
            of: Float.self,
            at: 4 * padded * inner,
            count: bias.count
        ) { biases in
            for column in bias.indices { biases[column] = bias[column] }
        }
    }

    func withTable(_ body: (UnsafePointer<vk_matrix_f32>) -> Void) {
        let count = padded * (inner + 1)
        storage.withElements(of: Float.self, at: 0, count: count) { floats in
            unsafe floats.withUnsafeBufferPointer { floats in
                guard let start = floats.baseAddress else { return }
                var table = unsafe vk_matrix_f32(
                    weights: start,
                    bias: start + padded * inner,
                    n: columns,
                    n_padded: padded,
                    k: inner
                )
                unsafe body(&table)
            }
        }
    }
}
