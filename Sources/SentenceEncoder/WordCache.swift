/// What short words were cut into lately: most words of a text have been seen before.
///
/// A word's place follows from its bytes, and a later word takes the place of an earlier one.
struct WordCache {
    /// The bytes of a word of at most 22, its length, and whether a `▁` leads it.
    struct Key {
        fileprivate var low: UInt64 = 0, middle: UInt64 = 0, high: UInt64 = 0

        /// The key of the bytes in `range`, or nil if they are too many.
        @inline(__always)
        init?(_ bytes: Span<UInt8>, _ range: Range<Int>, isLed: Bool) {
            let count = range.count
            guard count <= 22, range.upperBound <= bytes.count else { return nil }
            var at = range.lowerBound
            for shift in stride(from: 0, to: UInt64(8 * min(count, 8)), by: 8) {
                low |= UInt64(bytes[at]) << shift
                at += 1
            }
            if count > 8 {
                for shift in stride(from: 0, to: UInt64(8 * min(count - 8, 8)), by: 8) {
                    middle |= UInt64(bytes[at]) << shift
                    at += 1
                }
            }
            if count > 16 {
                for shift in stride(from: 0, to: UInt64(8 * (count - 16)), by: 8) {
                    high |= UInt64(bytes[at]) << shift
                    at += 1
                }
            }
            // Never zero, which is an empty place's.
            high |= (isLed ? 1 << 48 : 0) | UInt64(count + 1) << 56
        }

        fileprivate var place: Int {
            let mixed =
                (low ^ (middle &* 0x9E37_79B9_7F4A_7C15) ^ (high &* 0xC2B2_AE3D_27D4_EB4F))
                &* 0x9E37_79B9_7F4A_7C15
            return Int(mixed >> 52)
        }
    }

    private static let places = 1 << 12
    /// The most ids of a word that is kept.
    private static let longest = 7
    /// Three words of each key.
    private var keys: [UInt64] = []
    /// The number of ids, then the ids.
    private var ids: [Int32] = []

    /// Appends the ids of a word that is known; returns whether it is.
    @inline(__always)
    func append(_ key: Key, to out: inout [Int32]) -> Bool {
        guard !keys.isEmpty else { return false }
        let place = key.place
        guard keys[3 * place + 2] == key.high, keys[3 * place] == key.low,
            keys[3 * place + 1] == key.middle
        else { return false }
        let first = (Self.longest + 1) * place
        for at in first + 1...first + Int(ids[first]) { out.append(ids[at]) }
        return true
    }

    /// Remembers that the word has the ids of `all` from `first` on.
    mutating func insert(_ key: Key, _ all: [Int32], from first: Int) {
        let count = all.count - first
        guard count > 0, count <= Self.longest else { return }
        if keys.isEmpty {
            keys = [UInt64](repeating: 0, count: 3 * Self.places)
            ids = [Int32](repeating: 0, count: (Self.longest + 1) * Self.places)
        }
        let place = key.place, start = (Self.longest + 1) * place
        keys[3 * place] = key.low
        keys[3 * place + 1] = key.middle
        keys[3 * place + 2] = key.high
        ids[start] = Int32(truncatingIfNeeded: count)
        for offset in 0..<count { ids[start + 1 + offset] = all[first + offset] }
    }
}
