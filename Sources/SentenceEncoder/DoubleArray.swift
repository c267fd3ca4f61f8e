/// A trie of byte strings in one array of 32-bit units, after Aoe's double array and the layout of
/// darts-clone: a child's place is its parent's base xor the byte.
///
/// A unit with the top bit set is a value. Else its low byte is the label that leads to it, bit 8
/// says that a value lies at its base, and the 22 bits above are the base. Label 0 marks values and
/// free units, so keys cannot contain a zero byte.
enum DoubleArray {
    static let valueBit: UInt32 = 1 << 31

    /// A place in a trie.
    struct Node {
        var unit: UInt32

        var hasValue: Bool { unit & 0x100 != 0 }
        var base: Int { Int(unit >> 9) }
    }

    /// The root of a trie; an empty one has no children.
    @inline(__always)
    static func root(_ units: Span<UInt32>) -> Node {
        Node(unit: units.count > 0 ? units[0] & ~valueBit : 0)
    }

    /// Follows `byte` from `node`; `nil` if no key goes on so.
    ///
    /// A damaged trie misleads but cannot leave the array.
    @inline(__always)
    static func child(of node: Node, by byte: UInt8, in units: Span<UInt32>) -> Node? {
        let place = node.base ^ Int(byte)
        guard place < units.count else { return nil }
        let unit = units[place]
        guard unit & (valueBit | 0xFF) == UInt32(byte), byte != 0 else { return nil }
        return Node(unit: unit)
    }

    /// The value at `node`, which has one.
    @inline(__always)
    static func value(of node: Node, in units: Span<UInt32>) -> Int {
        node.base < units.count ? Int(units[node.base] & ~valueBit) : 0
    }

    /// Builds the trie of `keys` with their values below 2^31.
    ///
    /// Returns `nil` if it would need more than 2^22 units. Of equal keys the last counts; empty keys and keys with a zero byte are left
    /// out.
    static func build(_ keys: [(key: [UInt8], value: Int)]) -> [UInt32]? {
        var sorted: [(key: [UInt8], value: Int)] = []
        for entry in keys.filter({ !$0.key.isEmpty && !$0.key.contains(0) })
            .sorted(by: { $0.key.lexicographicallyPrecedes($1.key) })
        {
            // Sorting is stable, so the last of equal keys comes last.
            if sorted.last?.key == entry.key { sorted.removeLast() }
            sorted.append(entry)
        }
        var builder = Builder(keys: sorted)
        guard !sorted.isEmpty else { return [0] }
        guard builder.place(0..<sorted.count, depth: 0, unit: 0) else { return nil }
        return builder.units
    }

    private struct Builder {
        let keys: [(key: [UInt8], value: Int)]
        var units: [UInt32] = []
        private var isTaken: [Bool] = []
        private var isBase: [Bool] = []
        /// Free units before this are given up: looking there again and again costs more than space.
        private var horizon = 1

        init(keys: [(key: [UInt8], value: Int)]) {
            self.keys = keys
            grow()
            isTaken[0] = true
        }

        private mutating func grow() {
            units.append(contentsOf: repeatElement(0, count: 1024))
            isTaken.append(contentsOf: repeatElement(false, count: 1024))
            isBase.append(contentsOf: repeatElement(false, count: 1024))
        }

        /// Places the children of `unit`, the node that the keys of `range` share to `depth`.
        mutating func place(_ range: Range<Int>, depth: Int, unit: Int) -> Bool {
            var groups: [(label: UInt8, range: Range<Int>)] = []
            var start = range.lowerBound
            var value: Int?
            if keys[start].key.count == depth {
                value = keys[start].value
                start += 1
            }
            while start < range.upperBound {
                let label = keys[start].key[depth]
                var end = start + 1
                while end < range.upperBound, keys[end].key[depth] == label { end += 1 }
                groups.append((label, start..<end))
                start = end
            }
            let labels = (value == nil ? [] : [0]) + groups.map { Int($0.label) }
            guard let base = findBase(labels) else { return false }
            isBase[base] = true
            for label in labels { isTaken[base ^ label] = true }
            units[unit] |= UInt32(base) << 9 | (value == nil ? 0 : 0x100)
            if let value { units[base] = DoubleArray.valueBit | UInt32(value) }
            for group in groups { units[base ^ Int(group.label)] = UInt32(group.label) }
            for group in groups {
                guard place(group.range, depth: depth + 1, unit: base ^ Int(group.label)) else {
                    return false
                }
            }
            return true
        }

        /// The first base where all `labels` fall on free units and that no other node has.
        private mutating func findBase(_ labels: [Int]) -> Int? {
            var candidate = horizon
            var misses = 0
            while true {
                while candidate >= isTaken.count - 256 { grow() }
                guard candidate < (1 << 22) - 512 else { return nil }
                if !isTaken[candidate] {
                    let base = candidate ^ labels[0]
                    if !isBase[base], labels.allSatisfy({ !isTaken[base ^ $0] }) { return base }
                    misses += 1
                    if misses == 64 { horizon = max(horizon, candidate - 2048) }
                } else if candidate == horizon {
                    horizon += 1
                }
                candidate += 1
            }
        }
    }
}
