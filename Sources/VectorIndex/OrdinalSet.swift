/// A set of ordinals as a bitmap: the filter of a search.
///
/// It takes one bit for each slot up to the greatest member.
public struct OrdinalSet: Hashable, Sendable {
    private var words: [UInt64] = []

    /// The number of members.
    public private(set) var count = 0

    /// The empty set.
    public init() {}

    /// The set of `ordinals`.
    public init(_ ordinals: some Sequence<Ordinal>) {
        for ordinal in ordinals { insert(ordinal) }
    }

    /// The set whose members are the numbers of the bits set in `words`, counted from the lowest bit
    /// of the first.
    public init(bitmap words: [UInt64]) {
        self.words = words
        while self.words.last == 0 { self.words.removeLast() }
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// One bit for each slot up to the greatest member, the lowest bit of the first word for slot 0.
    public var bitmap: [UInt64] { words }

    /// Whether there is no member.
    public var isEmpty: Bool { count == 0 }

    /// Whether `ordinal` is a member.
    public func contains(_ ordinal: Ordinal) -> Bool {
        let word = Int(ordinal.rawValue >> 6)
        return word < words.count && words[word] >> UInt64(ordinal.rawValue & 63) & 1 == 1
    }

    /// Adds `ordinal`.
    ///
    /// - Returns: whether it was new.
    @discardableResult
    public mutating func insert(_ ordinal: Ordinal) -> Bool {
        let word = Int(ordinal.rawValue >> 6)
        let bit = UInt64(1) << UInt64(ordinal.rawValue & 63)
        if word >= words.count {
            words.append(contentsOf: repeatElement(0, count: word + 1 - words.count))
        }
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        count += 1
        return true
    }

    /// Removes `ordinal`.
    ///
    /// - Returns: whether it was a member.
    @discardableResult
    public mutating func remove(_ ordinal: Ordinal) -> Bool {
        guard contains(ordinal) else { return false }
        words[Int(ordinal.rawValue >> 6)] &= ~(UInt64(1) << UInt64(ordinal.rawValue & 63))
        count -= 1
        // Equal sets are equal arrays: no zero words at the end.
        while words.last == 0 { words.removeLast() }
        return true
    }

    /// Keeps only what is also in `other`.
    ///
    /// - Complexity: O(highest ordinal / 64).
    public mutating func formIntersection(_ other: OrdinalSet) {
        words = zip(words, other.words).map { $0 & $1 }
        while words.last == 0 { words.removeLast() }
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// Takes out what is in `other`.
    ///
    /// - Complexity: O(highest ordinal / 64).
    public mutating func subtract(_ other: OrdinalSet) {
        guard !other.isEmpty else { return }
        for (word, bits) in zip(words.indices, other.words) { words[word] &= ~bits }
        while words.last == 0 { words.removeLast() }
        count = words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The members whose positions are in `range`, in order.
    public func members(in range: Range<Int>) -> [Ordinal] {
        var members: [Ordinal] = []
        forEachWord(in: range) { word, bits in
            var bits = bits
            while bits != 0 {
                members.append(Ordinal(word << 6 + bits.trailingZeroBitCount))
                bits &= bits - 1
            }
        }
        return members
    }

    /// The number of members whose positions are in `range`.
    ///
    /// - Complexity: O(`range.count` / 64).
    public func count(in range: Range<Int>) -> Int {
        var count = 0
        forEachWord(in: range) { count += $1.nonzeroBitCount }
        return count
    }

    /// Calls `body` with the number of each word that overlaps `range` and its bits that are inside.
    private func forEachWord(in range: Range<Int>, _ body: (Int, UInt64) -> Void) {
        let range = range.clamped(to: 0..<words.count << 6)
        guard !range.isEmpty else { return }
        let first = range.lowerBound >> 6, last = (range.upperBound - 1) >> 6
        for word in first...last {
            var bits = words[word]
            if word == first { bits &= ~0 << UInt64(range.lowerBound & 63) }
            if word == last { bits &= ~0 >> UInt64(63 - (range.upperBound - 1) & 63) }
            body(word, bits)
        }
    }
}
