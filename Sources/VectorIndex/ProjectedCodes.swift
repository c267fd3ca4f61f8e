internal import VectorKernels

/// The low-dimensional codes of a graph's vectors: half-byte codes of their 128 leading principal components,
/// one cache line a vector.
///
/// A walk estimates a key from a node's projected codes and reads the node's full codes only if the estimate,
/// plus a `margin` for what projected codes leave out, reaches the worst of its beam. That vectors of fewer
/// dimensions can lead a walk and full ones decide is LeanVec's idea
/// ([arXiv:2312.16335](https://arxiv.org/abs/2312.16335)), whose primary vectors they are.
struct ProjectedCodes: Sendable {
    static let dimensions = GraphNodes.projectedDimensions
    /// Vectors of fewer dimensions are read about as fast as projected codes; from fewer vectors nothing is
    /// learned.
    static let leastDimensions = 256, leastVectors = 1024
    /// How many vectors it is learned from at most.
    private static let sampleSize = 2048

    /// The projection in bytes that stand for −127...127, rows of the codes' length, and the size of a step
    /// of each row.
    let matrix: [UInt8], rowSteps: [Float]
    /// One step of the half-byte codes, in steps of the full codes.
    let step: Float
    /// What is added to estimates, in lengths of what a query's projected codes leave out of the query.
    var margin: Float
    /// The projection of the center that codes are relative to, in their steps.
    private let center: [Float]

    private static let offset: Float = 7.5
    /// A margin that no node falls short by.
    private static let unlimited: Float = 1e6

    /// - Precondition: sizes match `quantizer`, and steps are positive.
    init(
        matrix: [UInt8],
        rowSteps: [Float],
        step: Float,
        margin: Float,
        for quantizer: GraphQuantizer
    ) {
        precondition(
            matrix.count == Self.dimensions * quantizer.stride && rowSteps.count == Self.dimensions,
            "a projection of \(matrix.count) codes"
        )
        self.matrix = matrix
        self.rowSteps = rowSteps
        self.step = step
        self.margin = margin
        center = rowSteps.enumerated().map { row, rowStep in
            var sum: Float = 0
            for i in quantizer.center.indices {
                sum += (Float(matrix[row * quantizer.stride + i]) - 128) * quantizer.center[i]
            }
            return sum * rowStep / quantizer.scale
        }
    }

    /// Learns the projected codes of vectors of shape `[count, dimensions]`; nil if there are few, or few
    /// dimensions.
    init?(learnedFrom vectors: Span<Float>, for quantizer: GraphQuantizer) {
        let dimensions = quantizer.center.count, count = vectors.count / dimensions
        guard dimensions >= Self.leastDimensions, count >= Self.leastVectors else { return nil }
        var sample: [[Int8]] = []
        for row in stride(from: 0, to: count, by: max(1, count / Self.sampleSize)) {
            let start = row * dimensions
            sample.append(
                quantizer.codes(of: vectors.extracting(start..<start + dimensions)).map {
                    Int8(truncatingIfNeeded: Int($0) - 128)
                }
            )
        }
        let stride = quantizer.stride
        guard
            let rows = Projection.principalRows(
                of: sample.flatMap { $0.map { Float($0) } },
                inputDimensions: stride,
                dimensions: Self.dimensions
            )
        else { return nil }
        let rowSteps = rows.map { max(($0.map(abs).max() ?? 0) / 127, 1e-30) }
        let matrix = zip(rows, rowSteps).flatMap { row, step in
            row.map { UInt8(nearestWhole(min(max($0 / step, -127), 127)) + 128) }
        }
        func codes(step: Float) -> ProjectedCodes {
            ProjectedCodes(
                matrix: matrix,
                rowSteps: rowSteps,
                step: step,
                margin: Self.unlimited,
                for: quantizer
            )
        }
        var squares: Float = 0
        let plain = codes(step: 1)
        for codes in sample { for x in plain.project(codes) { squares += x * x } }
        // The step with the least error for 16 steps, of a normal distribution.
        let deviation = (squares / Float(sample.count * Self.dimensions)).squareRoot()
        self = codes(step: max(0.335 * deviation, 1e-6))
    }

    /// The leading components of codes in their steps.
    private func project(_ codes: [Int8]) -> [Float] {
        let bias = 128 * codes.reduce(0) { $0 + Int32($1) }
        let dots = DistanceKernels.current.dots(of: codes.span, with: matrix.span)
        return Array(capacity: dots.count) {
            for row in dots.indices { $0.append(Float(dots[row] - bias) * rowSteps[row]) }
        }
    }

    /// The projected codes of a node with these full codes.
    func codes(of node: [Int8]) -> [UInt8] {
        let projected = project(node)
        func half(_ i: Int) -> UInt8 {
            UInt8(nearestWhole(min(max(projected[i] / step + Self.offset, 0), 15)))
        }
        return (0..<Self.dimensions / 2).map { half($0) | half($0 + Self.dimensions / 2) << 4 }
    }

    /// What a query estimates keys by: `scale`·(key + factor·offset) is about the product of `codes` and a
    /// node's projected codes, less `offset`.
    private struct Estimator {
        var codes: [Int8] = []
        var scale: Float, offset: Float = 0
        /// The length of what the projected codes leave out of the query.
        var left: Float
    }

    private func estimator(of codes: [Int8], centers: Float, square: Float) -> Estimator {
        let projected = project(codes)
        var greatest: Float = 0, inside: Float = 0
        for i in projected.indices {
            greatest = max(greatest, abs(projected[i]))
            let x = projected[i] - centers * center[i]
            inside += x * x
        }
        let queryStep = max(greatest / 127, 1e-20)
        var estimator = Estimator(
            scale: 1 / (queryStep * step),
            left: max(square - inside, 0).squareRoot()
        )
        var sum: Float = 0
        estimator.codes = Array(capacity: projected.count) { codes in
            for x in projected {
                let code = nearestWhole(min(max(x / queryStep, -127), 127))
                sum += code
                codes.append(Int8(code))
            }
        }
        estimator.offset = Self.offset * sum
        return estimator
    }

    /// Gives `query` the means to judge projected codes.
    ///
    /// - Parameters:
    ///   - query: a query with its codes.
    ///   - centers: how many times the center, in the codes' steps, is in the query's codes.
    ///   - square: the squared length of the query's codes without that.
    func complete(_ query: inout GraphQuery, centers: Float, square: Float) {
        let estimator = estimator(of: query.codes, centers: centers, square: square)
        query.projected = estimator.codes
        query.projectedScale = estimator.scale
        query.projectedShift = estimator.offset - margin * estimator.left * estimator.scale
    }
}

extension ProjectedCodes {
    /// How many nodes' links the margin is measured at.
    private static let measuredNodes = 256

    /// Sets the margin to what the keys of linked nodes exceed the estimates by, on average.
    ///
    /// What projected codes leave out of two vectors is like noise, unless they are near each other: then their
    /// remainders are alike too, and it is near nodes that a walk must not lose.
    mutating func measure(_ graph: HNSWGraph, _ quantizer: GraphQuantizer) {
        let kernels = DistanceKernels.current
        var sum: Float = 0, count: Float = 0
        let every = max(1, graph.levels.count / Self.measuredNodes)
        for number in stride(from: 0, to: graph.levels.count, by: every)
        where graph.isLive(UInt32(number)) {
            let node = UInt32(number)
            let query = graph.nodes.query(of: node)
            let square = query.codes.reduce(0) { $0 + Int($1) * Int($1) }
            let estimator = estimator(of: query.codes, centers: 0, square: Float(square))
            guard estimator.left > 0 else { continue }
            let links = graph.nodes.links(of: node, level: 0)
            for (link, key) in zip(links, kernels.keys(graph.nodes, of: links, for: query)) {
                let product = graph.nodes.withProjectedCodes(of: link) { projected in
                    var product: Int32 = 0
                    for i in projected.indices {
                        product += Int32(projected[i] & 15) * Int32(estimator.codes[i])
                        let high = estimator.codes[projected.count + i]
                        product += Int32(projected[i] >> 4) * Int32(high)
                    }
                    return product
                }
                let estimate = (Float(product) - estimator.offset) / estimator.scale
                sum += (key + graph.nodes.offset(of: link) - estimate) / estimator.left
                count += 1
            }
        }
        margin = count > 0 ? max(sum / count, 0) : Self.unlimited
    }

    /// Writes what `init(from:for:)` reads.
    func append(to writer: inout ByteWriter) {
        for code in matrix { writer.append(code) }
        for rowStep in rowSteps { writer.append(rowStep) }
        writer.append(step)
        writer.append(margin)
    }

    /// Reads the projected codes of a stored graph.
    ///
    /// - Throws: `corrupt` if they end too early or make no sense.
    init(
        from reader: inout ByteReader,
        for quantizer: GraphQuantizer
    ) throws(VectorIndexError) {
        let matrix = try reader.nextArray(of: UInt8.self, Self.dimensions * quantizer.stride)
        var floats: [Float] = []
        for _ in 0..<Self.dimensions + 2 { floats.append(try reader.nextFloat()) }
        let margin = floats.removeLast(), step = floats.removeLast()
        // Rows are about 1 long, so these bounds keep every number finite.
        guard floats.allSatisfy({ $0 > 0 && $0 <= 1 }), (1e-6...1e6).contains(step),
            (0...Self.unlimited).contains(margin)
        else { throw .corrupt("its projected codes make no sense") }
        self.init(
            matrix: matrix,
            rowSteps: floats,
            step: step,
            margin: margin,
            for: quantizer
        )
    }
}
