internal import VectorKernels

/// How a graph turns vectors into 8-bit codes: one center and one scale for all.
///
/// With one scale, integer sums alone order the neighbors of a query, and a node's row is its codes
/// and nothing else. The center is the mean of a sample: embeddings crowd around theirs.
struct GraphQuantizer: Quantizer {
    let metric: Metric
    let center: [Float]
    /// The size of one step of a code; positive.
    let scale: Float
    /// How nodes get codes of fewer dimensions, if they do.
    var projected: ProjectedCodes?

    /// The number of codes in a node's row.
    var stride: Int { (center.count + 63) / 64 * 64 }

    init(metric: Metric, center: [Float], scale: Float) {
        self.metric = metric
        self.center = center
        self.scale = scale
    }

    /// Learns center, scale and projected codes from vectors of shape `[count, dimensions]`.
    init(metric: Metric, dimensions: Int, learningFrom vectors: Span<Float>) {
        let rows = vectors.count / dimensions
        var mean = [Double](repeating: 0, count: dimensions)
        for row in 0..<rows {
            for i in 0..<dimensions { mean[i] += Double(vectors[row * dimensions + i]) }
        }
        let center = mean.map { Float($0 / Double(max(rows, 1))) }

        // A few far outliers are clipped rather than making every step coarse.
        let every = max(1, rows * dimensions / 200_000) | 1
        var sample: [Float] = []
        for at in Swift.stride(from: 0, to: vectors.count, by: every) {
            sample.append(abs(vectors[at] - center[at % dimensions]))
        }
        sample.sort()
        let greatest = sample.last ?? 0
        let usual = sample.isEmpty ? 0 : sample[(sample.count - 1) * 9995 / 10_000]
        self.init(
            metric: metric,
            center: center,
            scale: max(max(usual * 1.1, greatest / 8) / 127, 1e-30)
        )
        projected = ProjectedCodes(learnedFrom: vectors, for: self)
    }

    /// The codes of a node: bytes that stand for −127...127, then padding that stands for 0.
    func codes(of vector: Span<Float>) -> [UInt8] {
        let inverse = 1 / scale
        return Array(capacity: stride) { codes in
            for i in vector.indices {
                let code = min(max((vector[i] - center[i]) * inverse, -127), 127)
                codes.append(UInt8(nearestWhole(code) + 128))
            }
            for _ in vector.count..<stride { codes.append(128) }
        }
    }

    /// What is taken from the keys of a node with these codes.
    ///
    /// See `Metric.nodeOffset`. Queries take `Metric.nodeOffsetFactor` of it, nodes that ask for each
    /// other all of it.
    func offset(of codes: Span<UInt8>) -> Float {
        var sum = 0.0
        for i in center.indices {
            let code = Double(codes[i]) - 128
            sum += metric.nodeOffset(code: code, center: Double(center[i] / scale))
        }
        return Float(sum)
    }

    func encode(_ vector: Span<Float>) -> NodeCode {
        let codes = codes(of: vector)
        let signed = codes.map { Int8(truncatingIfNeeded: Int($0) - 128) }
        return NodeCode(
            codes: codes,
            offset: offset(of: codes.span),
            projected: projected?.codes(of: signed) ?? []
        )
    }

    func prepare(_ vector: Span<Float>) -> PreparedGraphQuery {
        var greatest: Float = 0, square: Float = 0
        var offset: Double = 0
        for i in vector.indices {
            let relative = vector[i] - center[i]
            let x = metric.queryComponent(vector[i], center: center[i])
            greatest = max(greatest, abs(x))
            square += relative * relative
            offset += metric.queryOffset(x, center: center[i])
        }
        let step = greatest > 1e-28 ? greatest / 127 : scale
        let inverse = 1 / step
        let codes = [Int8](capacity: stride) { codes in
            for i in vector.indices {
                let x = metric.queryComponent(vector[i], center: center[i])
                codes.append(Int8(nearestWhole(min(max(x * inverse, -127), 127))))
            }
            for _ in vector.count..<stride { codes.append(0) }
        }
        var query = GraphQuery(codes: codes, factor: metric.nodeOffsetFactor(scale / step))
        projected?.complete(
            &query,
            centers: metric.centerFactor(scale / step),
            square: square * inverse * inverse
        )
        return PreparedGraphQuery(
            codes: query,
            offset: Float(offset),
            slope: step * scale * metric.slope
        )
    }

    func score(of code: NodeCode, for query: PreparedGraphQuery) -> Float {
        let product = DistanceKernels.current.dot(code.codes.span, query.codes.codes.span)
        let bias = 128 * query.codes.codes.reduce(0) { $0 + Int32($1) }
        return query.score(ofKey: Float(product - bias) - query.codes.factor * code.offset)
    }

    func bound(of code: NodeCode, for query: PreparedGraphQuery) -> Float {
        query.slope * Self.deviations * keyDeviation(of: code.codes.span, for: query.codes)
    }

    /// How many standard deviations the keys of two nodes may have been rounded apart: only with luck more.
    static let deviations: Float = 6

    /// The standard deviation of a key by the rounding of the codes, for nodes with codes like these: each
    /// code is off by an error that is uniform on ±1/2.
    func keyDeviation(of codes: Span<UInt8>, for query: GraphQuery) -> Float {
        let asked = DistanceKernels.current.dot(query.codes.span, query.codes.span)
        var other: Int32 = 0
        for i in codes.indices {
            let code = Int32(codes[i]) - 128
            other += code * code
        }
        let square = Float(asked) + Float(other) * (1 + query.factor * query.factor)
        return (square / 12).squareRoot()
    }

    /// The codes of a node as a query.
    func query(of node: UInt32, in nodes: GraphNodes) -> GraphQuery {
        var query = nodes.query(of: node)
        guard let projected else { return query }
        let square = query.codes.reduce(0) { $0 + Int($1) * Int($1) }
        projected.complete(&query, centers: 0, square: Float(square))
        return query
    }

    /// Puts a vector into the place of a node.
    func place(_ vector: Span<Float>, of node: UInt32, in nodes: GraphNodes) {
        let code = encode(vector)
        nodes.setCodes(
            of: node,
            code.codes.span,
            offset: code.offset,
            projected: code.projected.span
        )
    }
}

/// What a graph keeps of a vector.
struct NodeCode: Sendable {
    /// Bytes that stand for −127...127, then padding that stands for 0.
    let codes: [UInt8]
    /// What is taken from the keys of the node.
    let offset: Float
    /// The codes of fewer dimensions; empty if the graph has none.
    let projected: [UInt8]
}

/// A query as a graph sees it, and how a score is estimated from a key.
struct PreparedGraphQuery: Sendable {
    let codes: GraphQuery
    let offset: Float, slope: Float

    /// The score that a key stands for.
    func score(ofKey key: Float) -> Float { offset + slope * key }
}
