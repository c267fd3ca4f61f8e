internal import VectorKernels

/// How a graph turns vectors into 8-bit codes: one center and one scale for all.
///
/// With one scale, integer sums alone order the neighbors of a query, and a node's row is its codes
/// and nothing else. The center is the mean of a sample: embeddings crowd around theirs.
struct GraphQuantizer: Sendable {
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

    /// A query's codes, and how a score is estimated from a key: `offset` + `slope`·key.
    func query(_ vector: Span<Float>) -> (query: GraphQuery, offset: Float, slope: Float) {
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
        return (query, Float(offset), step * scale * metric.slope)
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
        let codes = codes(of: vector)
        let signed = codes.map { Int8(truncatingIfNeeded: Int($0) - 128) }
        let projected = projected?.codes(of: signed) ?? []
        nodes.setCodes(
            of: node,
            codes.span,
            offset: offset(of: codes.span),
            projected: projected.span
        )
    }
}
