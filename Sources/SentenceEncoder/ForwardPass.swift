internal import VectorKernels

/// The forward pass of a BERT encoder (Devlin et al., arXiv:1810.04805) over a batch of sequences.
///
/// Sequences lie end to end, without padding: the matrix products run over all tokens at once, attention
/// over each sequence by itself. A value is one thread's workspace and is used again from batch to batch.
struct ForwardPass {
    let model: EncoderModel
    private let kernels = TransformerKernels.current
    /// Tokens whose feed-forward part is computed together, about as many as stay in the cache.
    private static let blockRows = 96

    private var x: [Float] = []
    private var y: [Float] = []
    private var queryKeyValue: [Float] = []
    private var inner: [Float] = []
    private var products = Products()
    private var scratch: [Float] = []
    /// What the products' inputs were like, if that is wanted.
    private var ranges: InputRanges?

    /// Matrix products, with room for their input in 8 bits.
    private struct Products {
        private let kernels = TransformerKernels.current
        private var codes: [UInt8] = []
        private var scales: [Float] = []
        private var shifts: [Float] = []

        mutating func reserve(rows: Int, codes count: Int) {
            guard scales.count < rows || codes.count < count else { return }
            codes = [UInt8](repeating: 0, count: count)
            scales = [Float](repeating: 0, count: rows)
            shifts = [Float](repeating: 0, count: rows)
        }

        /// Multiplies the rows of `input` from `first` on into the first rows of `output`.
        ///
        /// What comes from attention and GELU `isScaled` for 8 bits by the matrices before.
        mutating func multiply(
            _ input: [Float],
            first: Int,
            rows: Int,
            by linear: Linear,
            isScaled: Bool = false,
            gelu: Bool = false,
            into output: inout [Float]
        ) {
            switch linear {
            case .float(let matrix):
                var out = output.mutableSpan
                kernels.multiply(
                    input.span,
                    first: first,
                    rows: rows,
                    by: matrix,
                    gelu: gelu,
                    into: &out
                )
            case .packed(let matrix):
                Self.quantize(
                    input,
                    first,
                    rows,
                    matrix,
                    isScaled,
                    kernels,
                    &codes,
                    &scales,
                    &shifts
                )
                var out = output.mutableSpan
                kernels.multiply(
                    codes.span,
                    scales: scales.span,
                    shifts: shifts.span,
                    rows: rows,
                    by: matrix,
                    gelu: gelu,
                    into: &out
                )
            }
        }

        private static func quantize(
            _ input: [Float],
            _ first: Int,
            _ rows: Int,
            _ matrix: PackedMatrix,
            _ isScaled: Bool,
            _ kernels: TransformerKernels,
            _ codes: inout [UInt8],
            _ scales: inout [Float],
            _ shifts: inout [Float]
        ) {
            var codes = codes.mutableSpan
            var scales = scales.mutableSpan
            var shifts = shifts.mutableSpan
            kernels.quantize(
                input.span,
                first: first,
                rows: rows,
                for: matrix,
                isScaled: isScaled,
                into: &codes,
                scales: &scales,
                shifts: &shifts
            )
        }
    }

    init(_ model: EncoderModel) {
        self.model = model
    }

    /// Measures the inputs of all products on `sequences`.
    static func inputRanges(of model: EncoderModel, on sequences: [[Int32]]) -> InputRanges {
        var pass = ForwardPass(model)
        let none = InputRanges(model.shape)
        pass.ranges = none
        _ = pass.embed(sequences)
        return pass.ranges ?? none
    }

    /// Embeds sequences of ids, each of 1 to `maximumTokens`: for each a vector of length 1.
    mutating func embed(_ sequences: [[Int32]]) -> [[Float]] {
        run(sequences)
        return mapRows(of: sequences) { pool(first: $0, count: $1) }
    }

    /// The last layer's rows for sequences of ids: for each its tokens' vectors, of length 1 each, and what
    /// `embed` makes of them.
    mutating func states(_ sequences: [[Int32]]) -> [(rows: [Float], pooled: [Float])] {
        run(sequences)
        let hidden = model.shape.hidden
        return mapRows(of: sequences) { first, count in
            var rows = Array(x[first * hidden..<(first + count) * hidden])
            for row in 0..<count { Self.normalize(&rows, row * hidden..<(row + 1) * hidden) }
            return (rows, pool(first: first, count: count))
        }
    }

    /// The last layer's row of the first token of each pair of texts.
    mutating func firstRows(_ pairs: [PairSequence]) -> [[Float]] {
        let sequences = pairs.map(\.ids)
        run(sequences, pairs: pairs)
        let hidden = model.shape.hidden
        return mapRows(of: sequences) { first, _ in
            Array(x[first * hidden..<(first + 1) * hidden])
        }
    }

    /// What `body` makes of the rows of each sequence: its first row and their number.
    private func mapRows<Result>(
        of sequences: [[Int32]],
        _ body: (_ first: Int, _ count: Int) -> Result
    ) -> [Result] {
        var first = 0
        return sequences.map { sequence in
            defer { first += sequence.count }
            return body(first, sequence.count)
        }
    }

    /// Leaves the last layer's rows in `x`, those of all sequences one after the other.
    ///
    /// Texts by themselves are of the first type; of `pairs`, the second texts are of their own.
    private mutating func run(_ sequences: [[Int32]], pairs: [PairSequence] = []) {
        let tokens = sequences.reduce(0) { $0 + $1.count }
        reserve(tokens: tokens, longest: sequences.map(\.count).max() ?? 0)
        let step = Self.blockRows(of: tokens)
        Self.gather(sequences, model, words: &x, positions: &y)
        addTypes(of: pairs)
        normalize(norm: 0, first: 0, rows: tokens)
        for (index, layer) in model.layers.enumerated() {
            ranges?.observe(x, first: 0, rows: tokens, layer: index, .queryKeyValue)
            products.multiply(
                x,
                first: 0,
                rows: tokens,
                by: layer.queryKeyValue,
                into: &queryKeyValue
            )
            Self.attend(sequences, model, kernels, queryKeyValue, &scratch, into: &inner)
            for first in stride(from: 0, to: tokens, by: step) {
                let rows = min(step, tokens - first)
                // Attention left its output there.
                ranges?.observe(inner, first: first, rows: rows, layer: index, .attention)
                products.multiply(
                    inner,
                    first: first,
                    rows: rows,
                    by: layer.attention,
                    isScaled: true,
                    into: &y
                )
                normalize(norm: 1 + 2 * index, first: first, rows: rows)
            }
            for first in stride(from: 0, to: tokens, by: step) {
                let rows = min(step, tokens - first)
                ranges?.observe(x, first: first, rows: rows, layer: index, .up)
                products.multiply(
                    x,
                    first: first,
                    rows: rows,
                    by: layer.up,
                    gelu: true,
                    into: &inner
                )
                ranges?.observe(inner, first: 0, rows: rows, layer: index, .down)
                products.multiply(
                    inner,
                    first: 0,
                    rows: rows,
                    by: layer.down,
                    isScaled: true,
                    into: &y
                )
                normalize(norm: 2 + 2 * index, first: first, rows: rows)
            }
        }
    }

    /// The rows of each block but the last: blocks of much the same size, of whole tiles of 12.
    private static func blockRows(of tokens: Int) -> Int {
        let blocks = max(1, (tokens + blockRows / 2) / blockRows)
        return (tokens + 12 * blocks - 1) / (12 * blocks) * 12
    }

    private mutating func reserve(tokens: Int, longest: Int) {
        func grow<Element>(_ array: inout [Element], to count: Int, _ zero: Element) {
            guard array.count < count else { return }
            array = [Element](repeating: zero, count: count)
        }
        let shape = model.shape
        let block = Self.blockRows(of: tokens)
        grow(&x, to: tokens * shape.hidden, 0)
        grow(&y, to: tokens * shape.hidden, 0)
        grow(&queryKeyValue, to: tokens * 3 * shape.hidden, 0)
        // Also takes attention's output, all rows of it.
        grow(&inner, to: max(block * shape.inner, tokens * shape.hidden), 0)
        products.reserve(
            rows: tokens,
            codes: max(
                tokens * PackedMatrix.padded(shape.hidden),
                block * PackedMatrix.padded(shape.inner)
            )
        )
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

    /// Makes the tokens of second texts tokens of their type.
    private mutating func addTypes(of pairs: [PairSequence]) {
        let hidden = model.shape.hidden
        model.types.withSpan { types in
            guard types.count == hidden else { return }
            var first = 0
            for pair in pairs {
                if pair.secondType == 1 {
                    for row in first + pair.secondStart..<first + pair.ids.count {
                        for column in 0..<hidden { y[row * hidden + column] += types[column] }
                    }
                }
                first += pair.ids.count
            }
        }
    }

    /// Runs attention over each sequence; `out` gets `hidden` floats a token.
    private static func attend(
        _ sequences: [[Int32]],
        _ model: EncoderModel,
        _ kernels: TransformerKernels,
        _ queryKeyValue: [Float],
        _ scratch: inout [Float],
        into out: inout [Float]
    ) {
        let shape = model.shape
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
                isNear: model.precision == .int8,
                scratch: &scratch,
                into: &out
            )
            first += sequence.count
        }
    }

    /// x = norm(x + y) for the rows from `first` on, with the first rows of `y`.
    private mutating func normalize(norm: Int, first: Int, rows: Int) {
        let model = model, kernels = kernels, y = y
        let hidden = model.shape.hidden
        var x = x.mutableSpan
        model.norms.withSpan { norms in
            let start = 2 * norm * hidden
            kernels.addThenNormalize(
                &x,
                first: first,
                adding: y.span,
                gain: norms.extracting(start..<start + hidden),
                shift: norms.extracting(start + hidden..<start + 2 * hidden),
                epsilon: model.shape.epsilon,
                rows: rows
            )
        }
    }

    /// The mean (or the first) of a sequence's rows, scaled to length 1.
    private func pool(first: Int, count: Int) -> [Float] {
        let hidden = model.shape.hidden
        var sum = [Float](repeating: 0, count: hidden)
        let rows = model.shape.pooling == .first ? 1 : count
        for row in first..<first + rows {
            for column in 0..<hidden { sum[column] += x[row * hidden + column] }
        }
        Self.normalize(&sum, 0..<hidden)
        return sum
    }

    /// Scales the elements in `range` to length 1, unless they are all zero.
    private static func normalize(_ values: inout [Float], _ range: Range<Int>) {
        var square: Float = 0
        for index in range { square += values[index] * values[index] }
        guard square > 0, square.isFinite else { return }
        let scale = 1 / square.squareRoot()
        for index in range { values[index] *= scale }
    }
}
