internal import VectorKernels

/// The 8-bit codes of up to `capacity` consecutive slots: what an exact search scans.
///
/// A row x is stored as x = s·c + r, where c are whole numbers in −128...127 and r the residual,
/// whose norm is stored, so that Cauchy and Schwarz bound the error of every estimate:
/// |q·x − s·q·c| ≤ ‖q‖·‖r‖. Embeddings often crowd around their common mean; so the component along
/// the mean's direction is kept apart in full precision, and the bound holds for what is left of
/// query and row, which is much shorter. The high halves of the codes come with a bound of their
/// own and lie together, so that a scan reads half a byte a dimension and little else.
///
/// A value is immutable and shares its bytes, which are the stored form.
public struct CodeSegment: Sendable {
    /// The most slots of one segment.
    public static let capacity = 4096

    let layout: CodeSegmentLayout
    let bytes: AlignedBytes
    let rows: NibbleRows

    let quantizer: RowQuantizer
    /// A bit for each slot: whether it holds a vector.
    let live: [UInt64]
    /// The greatest norm of a row, and of a row's codes times their scale.
    let maximumNorm: Float, radius: Float

    /// The number of slots that hold a vector.
    public let count: Int

    /// The first slot.
    public var firstOrdinal: Ordinal { layout.firstOrdinal }
    /// The number of slots, free ones included.
    public var slotCount: Int { layout.slotCount }
    /// The number of dimensions.
    public var dimensions: Int { layout.dimensions }
    /// The metric.
    public var metric: Metric { layout.metric }
    /// The number of bytes in memory and in the stored form.
    public var byteCount: Int { layout.byteCount }

    /// Whether `ordinal` is one of the segment's slots and holds a vector.
    public func contains(_ ordinal: Ordinal) -> Bool {
        guard ordinal >= firstOrdinal else { return false }
        let slot = ordinal.position - firstOrdinal.position
        return slot < slotCount && isLive(slot)
    }

    func isLive(_ slot: Int) -> Bool {
        live[slot >> 6] >> UInt64(slot & 63) & 1 == 1
    }

    /// Takes over bytes that have been checked.
    init(layout: CodeSegmentLayout, bytes: AlignedBytes) {
        self.layout = layout
        self.bytes = bytes
        rows = NibbleRows(
            bytes,
            count: layout.slotCount,
            dimensions: layout.paddedDimensions,
            layout: NibbleRows.Layout(
                high: layout.high,
                low: layout.low,
                a: layout.along,
                s: layout.scale,
                e: layout.coarseError,
                h: layout.metric.subtractsHalfSquare ? layout.halfSquare : nil
            )
        )
        let direction = bytes.withElements(
            of: Float.self,
            at: layout.direction,
            count: layout.dimensions
        ) { span in Array(capacity: span.count) { for i in span.indices { $0.append(span[i]) } } }
        quantizer = RowQuantizer(metric: layout.metric, direction: direction)
        live = bytes.withElements(
            of: UInt64.self,
            at: layout.live,
            count: layout.liveWords
        ) { span in Array(capacity: span.count) { for i in span.indices { $0.append(span[i]) } } }
        count = live.reduce(0) { $0 + $1.nonzeroBitCount }
        (maximumNorm, radius) = bytes.withElements(
            of: Float.self,
            at: CodeSegmentLayout.extremesOffset,
            count: 2
        ) { ($0[0], $0[1]) }
    }
}

/// Where the parts of a segment lie, in memory as in the stored form.
struct CodeSegmentLayout: Sendable {
    let firstOrdinal: Ordinal
    let slotCount: Int
    let dimensions: Int
    let metric: Metric

    static let headerSize = 64
    static let extremesOffset = 40

    /// The dimensions rounded up to whole groups of the scan.
    let paddedDimensions: Int
    let liveWords: Int
    // Offsets: the direction, the live bitmap, then one `Float` a slot: the component along the
    // direction, the scale, the error bounds of high halves and of whole codes, half the squared
    // norm; then the planes.
    let direction: Int, live: Int
    let along: Int, scale: Int, coarseError: Int, fineError: Int, halfSquare: Int
    let high: Int, low: Int
    let byteCount: Int

    init(firstOrdinal: Ordinal, slotCount: Int, dimensions: Int, metric: Metric) {
        self.firstOrdinal = firstOrdinal
        self.slotCount = slotCount
        self.dimensions = dimensions
        self.metric = metric
        paddedDimensions = (dimensions + 127) / 128 * 128
        liveWords = (slotCount + 63) / 64
        var offset = Self.headerSize
        func part(_ bytes: Int) -> Int {
            defer { offset += (bytes + 63) / 64 * 64 }
            return offset
        }
        direction = part(dimensions * 4)
        live = part(liveWords * 8)
        along = part(slotCount * 4)
        scale = part(slotCount * 4)
        coarseError = part(slotCount * 4)
        fineError = part(slotCount * 4)
        halfSquare = part(slotCount * 4)
        high = part(slotCount * paddedDimensions / 2)
        low = part(slotCount * paddedDimensions / 2)
        byteCount = offset
    }
}
