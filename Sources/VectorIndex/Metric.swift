internal import VectorKernels

/// How near two vectors are.
public enum Metric: String, Hashable, Sendable, CaseIterable, Codable {
    /// The score is the inner product; for vectors of length 1, the cosine.
    case innerProduct
    /// The score is minus the squared Euclidean distance.
    case l2
}

/// All that the indexes need to know of a metric: a new one is a case above and a case in each of
/// these.
extension Metric {
    /// The number that stands for the metric in stored forms.
    var storageCode: UInt8 {
        switch self {
        case .innerProduct: 0
        case .l2: 1
        }
    }

    /// The metric with a number, or nil if there is none.
    init?(storageCode: UInt32) {
        switch storageCode {
        case 0: self = .innerProduct
        case 1: self = .l2
        default: return nil
        }
    }

    /// The similarity of two vectors; larger is nearer.
    ///
    /// - Precondition: both have the same length.
    func score(_ a: Span<Float>, _ b: Span<Float>, _ kernels: DistanceKernels) -> Float {
        switch self {
        case .innerProduct: kernels.dot(a, b)
        case .l2: -kernels.l2Squared(a, b)
        }
    }

    // MARK: Exact search by codes

    // An index estimates a *key*, which orders rows as the score does for one query q, from the inner
    // product q·x alone: under L2, −|q − x|² = 2·(q·x − |x|²/2) − |q|².

    /// Whether a row's key is its inner product less half its squared norm.
    var subtractsHalfSquare: Bool {
        switch self {
        case .innerProduct: false
        case .l2: true
        }
    }

    /// The greatest magnitude that a score of these norms is reckoned from, for bounds of rounding.
    func magnitude(queryNorm: Double, rowNorm: Double) -> Double {
        switch self {
        case .innerProduct: queryNorm * rowNorm
        case .l2: (queryNorm + rowNorm) * (queryNorm + rowNorm)
        }
    }

    /// The score that a key stands for.
    func score(ofKey key: Float, queryNorm: Double) -> Float {
        switch self {
        case .innerProduct: key
        case .l2: Float(2 * Double(key) - queryNorm * queryNorm)
        }
    }

    /// The greatest key that every row with a score of at least `score` exceeds.
    func key(forScore score: Float, queryNorm: Double) -> Float {
        switch self {
        case .innerProduct: return score
        case .l2:
            let key = (Double(score) + queryNorm * queryNorm) / 2
            return Float(key - abs(key) * 1e-7).nextDown
        }
    }

    // MARK: Graph codes

    // The codes of a graph's nodes are relative to a center c. Under L2 queries are too; under the
    // inner product a·b = (a − c)·(b − c) + c·(b − c) + a·c, where the second term is the node's and
    // the last is the same for all that a asks for, so queries stay as they are.

    /// What one component of a node's codes adds to the offset of the node.
    ///
    /// - Parameters:
    ///   - code: the component, −127…127.
    ///   - center: that of the center, in units of the codes.
    /// - Returns: a summand of the offset.
    func nodeOffset(code: Double, center: Double) -> Double {
        switch self {
        case .innerProduct: -code * center
        case .l2: code * code / 2
        }
    }

    /// The component of a query that is encoded.
    func queryComponent(_ component: Float, center: Float) -> Float {
        switch self {
        case .innerProduct: component
        case .l2: component - center
        }
    }

    /// What one component of a query adds to the offset of its estimated scores.
    ///
    /// - Parameters:
    ///   - component: as `queryComponent` gives it.
    ///   - center: that of the center.
    /// - Returns: a summand of the offset.
    func queryOffset(_ component: Float, center: Float) -> Double {
        switch self {
        case .innerProduct: Double(component) * Double(center)
        case .l2: -Double(component) * Double(component)
        }
    }

    /// How much of the node's offset a query subtracts, in units of its codes.
    func nodeOffsetFactor(_ unit: Float) -> Float {
        switch self {
        case .innerProduct: 0
        case .l2: unit
        }
    }

    /// How much of the center a query's projected codes add, in units of its codes.
    func centerFactor(_ unit: Float) -> Float {
        switch self {
        case .innerProduct: unit
        case .l2: 0
        }
    }

    /// By how much a score grows with a key.
    var slope: Float {
        switch self {
        case .innerProduct: 1
        case .l2: 2
        }
    }
}
