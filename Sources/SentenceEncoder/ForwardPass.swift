internal import VectorKernels

/// The forward pass of a BERT encoder (Devlin et al., arXiv:1810.04805) over a batch of sequences.
///
/// Sequences lie end to end, without padding: the matrix products run over all tokens at once, attention
/// over each sequence by itself. A value is one thread's workspace and is used again from batch to batch.
struct ForwardPass {
    let model: EncoderModel
    private let kernels = TransformerKernels.current
    /// Tokens whose feed-forward part is computed together, so that it stays in the cache.
    private static let blockRows = 96

    private var x: [Float] = []
    private var y: [Float] = []
    private var queryKeyValue: [Float] = []
    private var inner: [Float] = []
    private var codes: [UInt8] = []
    private var scales: [Float] = []
    private var zeroPoints: [Int32] = []
    private var scratch: [Float] = []
    private let zeros: [Float]

    init(_ model: EncoderModel) {
        self.model = model
        zeros = [Float](repeating: 0, count: model.shape.hidden)
    }

    /// Embeds sequences of ids, each of 1 to `maximumTokens`: for each a vector of length 1.
    mutating func embed(_ sequences: [[Int32]]) -> [[Float]] {
        let shape = model.shape
        let hidden = shape.hidden, tokens = sequences.reduce(0) { $0 + $1.count }
        reserve(tokens: tokens, longest: sequences.map(\.count).max() ?? 0)
        Self.gather(sequences, model, words: &x, positions: &y)
        normalize(norm: 0, first: 0, rows: tokens, bias: zeros)
        for (index, layer) in model.layers.enumerated() {
            Self.apply(
                layer.queryKeyValue,
                to: x,
                first: 0,
                rows: tokens,
                kernels,
                &codes,
                &scales,
                &zeroPoints,
                into: &queryKeyValue
            )
            Self.finish(layer.queryKeyValue, &queryKeyValue, rows: tokens, gelu: false, kernels)
            Self.attend(sequences, model.shape, kernels, queryKeyValue, &scratch, into: &inner)
            for first in stride(from: 0, to: tokens, by: Self.blockRows) {
                let rows = min(Self.blockRows, tokens - first)
                // Attention left its output there.
                Self.apply(
                    layer.attention,
                    to: inner,
                    first: first,
                    rows: rows,
                    kernels,
                    &codes,
                    &scales,
                    &zeroPoints,
                    into: &y
                )
                normalize(
                    norm: 1 + 2 * index,
                    first: first,
                    rows: rows,
                    bias: bias(of: layer.attention)
                )
            }
            for first in stride(from: 0, to: tokens, by: Self.blockRows) {
                let rows = min(Self.blockRows, tokens - first)
                Self.apply(
                    layer.up,
                    to: x,
                    first: first,
                    rows: rows,
                    kernels,
                    &codes,
                    &scales,
                    &zeroPoints,
                    gelu: true,
                    into: &inner
                )
                Self.finish(layer.up, &inner, rows: rows, gelu: true, kernels)
                Self.apply(
                    layer.down,
                    to: inner,
                    first: 0,
                    rows: rows,
                    kernels,
                    &codes,
                    &scales,
                    &zeroPoints,
                    into: &y
                )
                normalize(norm: 2 + 2 * index, first: first, rows: rows, bias: bias(of: layer.down))
            }
        }
        var first = 0
        return sequences.map { sequence in
            defer { first += sequence.count }
            return pool(first: first, count: sequence.count, hidden: hidden)
        }
    }

    private mutating func reserve(tokens: Int, longest: Int) {
        func grow<Element>(_ array: inout [Element], to count: Int, _ zero: Element) {
            guard array.count < count else { return }
            array = [Element](repeating: zero, count: count)
        }
        let shape = model.shape
        let rows = min(tokens, Self.blockRows)
        grow(&x, to: tokens * shape.hidden, 0)
        grow(&y, to: tokens * shape.hidden, 0)
        grow(&queryKeyValue, to: tokens * 3 * shape.hidden, 0)
        // Also takes attention's output, all rows of it.
        grow(&inner, to: max(rows * shape.inner, tokens * shape.hidden), 0)
        grow(
            &codes,
            to: max(
                tokens * PackedMatrix.padded(shape.hidden),
                rows * PackedMatrix.padded(shape.inner)
            ),
            0
        )
        grow(&scales, to: tokens, 0)
        grow(&zeroPoints, to: tokens, 0)
        grow(
            &scratch,
            to: TransformerKernels.attentionScratch(
                tokens: longest,
                width: shape.hidden / shape.heads
            ),
            0
        )
    }

    /// Puts each token's row of the word table and of the position table into rows side by side.
    private static func gather(
        _ sequences: [[Int32]],
        _ model: EncoderModel,
        words x: inout [Float],
        positions y: inout [Float]
    ) {
        let hidden = model.shape.hidden, vocabulary = model.shape.vocabulary
        var x = x.mutableSpan
        var y = y.mutableSpan
        var row = 0
        model.positions.withSpan { positions in
            for sequence in sequences {
                for (position, id) in sequence.enumerated() {
                    let id = min(max(Int(id), 0), vocabulary - 1)
                    model.words.decode(row: id, into: &x, at: row * hidden)
                    for column in 0..<hidden {
                        y[row * hidden + column] = positions[position * hidden + column]
                    }
                    row += 1
                }
            }
        }
    }

    /// Runs attention over each sequence; `out` gets `hidden` floats a token.
    private static func attend(
        _ sequences: [[Int32]],
        _ shape: EncoderShape,
        _ kernels: TransformerKernels,
        _ queryKeyValue: [Float],
        _ scratch: inout [Float],
        into out: inout [Float]
    ) {
        var scratch = scratch.mutableSpan
        var out = out.mutableSpan
        var first = 0
        for sequence in sequences {
            kernels.attend(
                queryKeyValue.span,
                first: first,
                tokens: sequence.count,
                heads: shape.heads,
                width: shape.hidden / shape.heads,
                scratch: &scratch,
                into: &out
            )
            first += sequence.count
        }
    }

    /// x = norm(x + y + bias) for the rows from `first` on, with the first rows of `y`.
    private mutating func normalize(norm: Int, first: Int, rows: Int, bias: [Float]) {
        let model = model, kernels = kernels, y = y
        let hidden = model.shape.hidden
        var x = x.mutableSpan
        model.norms.withSpan { norms in
            let start = 2 * norm * hidden
            kernels.addThenNormalize(
                &x,
                first: first,
                adding: y.span,
                bias: bias.span,
                gain: norms.extracting(start..<start + hidden),
                shift: norms.extracting(start + hidden..<start + 2 * hidden),
                epsilon: model.shape.epsilon,
                rows: rows
            )
        }
    }

    /// The bias that is still to be added: the 8-bit product has added its own.
    private func bias(of linear: Linear) -> [Float] {
        switch linear {
        case .float(_, _, _, let bias): bias
        case .packed: zeros
        }
    }

    /// Multiplies the rows of `input` from `first` on into the first rows of `output`.
    ///
    /// In 8 bits, bias and activation are included; in floats, `finish` adds them.
    private static func apply(
        _ linear: Linear,
        to input: [Float],
        first: Int,
        rows: Int,
        _ kernels: TransformerKernels,
        _ codes: inout [UInt8],
        _ scales: inout [Float],
        _ zeros: inout [Int32],
        gelu: Bool = false,
        into output: inout [Float]
    ) {
        var out = output.mutableSpan
        switch linear {
        case .float(let parts, let columns, let inner, _):
            for (index, part) in parts.enumerated() {
                part.withSpan { weights in
                    multiply(
                        input.span,
                        first: first,
                        rows: rows,
                        inner: inner,
                        byTransposeOf: weights,
                        columns: columns,
                        into: &out,
                        at: index * columns,
                        stride: parts.count * columns
                    )
                }
            }
        case .packed(let matrix):
            var codes = codes.mutableSpan
            var scales = scales.mutableSpan
            var zeros = zeros.mutableSpan
            kernels.quantize(
                input.span,
                first: first,
                rows: rows,
                for: matrix,
                into: &codes,
                scales: &scales,
                zeros: &zeros
            )
            kernels.multiply(
                codes.span,
                scales: scales.span,
                zeros: zeros.span,
                rows: rows,
                by: matrix,
                gelu: gelu,
                into: &out
            )
        }
    }

    /// Adds the bias and applies the activation after a float product.
    private static func finish(
        _ linear: Linear,
        _ output: inout [Float],
        rows: Int,
        gelu: Bool,
        _ kernels: TransformerKernels
    ) {
        guard case .float(_, _, _, let bias) = linear else { return }
        var out = output.mutableSpan
        if gelu {
            kernels.addBiasThenGELU(bias.span, to: &out, rows: rows)
        } else {
            kernels.addBias(bias.span, to: &out, rows: rows)
        }
    }

    /// The mean (or the first) of a sequence's rows, scaled to length 1.
    private func pool(first: Int, count: Int, hidden: Int) -> [Float] {
        var sum = [Float](repeating: 0, count: hidden)
        let rows = model.shape.pooling == .first ? 1 : count
        for row in first..<first + rows {
            for column in 0..<hidden { sum[column] += x[row * hidden + column] }
        }
        var square: Float = 0
        for value in sum { square += value * value }
        guard square > 0, square.isFinite else { return sum }
        let scale = 1 / square.squareRoot()
        for column in 0..<hidden { sum[column] *= scale }
        return sum
    }
}
