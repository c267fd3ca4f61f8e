/// The text of a file as UTF-8, with the way back to the file's own bytes.
///
/// Lines end with a line feed, whatever the file uses; no NULs and no control characters but tab
/// and line feed are left. Of a format that is no text, it is the text that its reader took out of
/// it, in an order and with line ends of the reader's.
package struct SourceText: Sendable {
    /// The text.
    package let utf8: [UInt8]
    /// The name of the encoding that the file is in.
    package let encoding: String
    /// The maps of the steps from the file to `utf8`, in the order in which they were taken.
    let maps: [OffsetMap]
    /// Where each line begins in `utf8`.
    let lineStarts: [Int]
    /// Where each page begins in `utf8`; empty where there are no pages.
    let pageStarts: [Int]

    init(utf8: [UInt8], encoding: String, maps: [OffsetMap], pageStarts: [Int] = []) {
        self.utf8 = utf8
        self.encoding = encoding
        self.pageStarts = pageStarts
        self.maps = maps.filter { !$0.isIdentity }
        var starts = [0]
        starts.reserveCapacity(utf8.count / 40 + 1)
        for (i, byte) in utf8.enumerated() where byte == 0x0A { starts.append(i + 1) }
        lineStarts = starts
    }

    /// The bytes of the file that a range of `utf8` stands for.
    func originalBytes(of range: Range<Int>) -> Range<Int> {
        var lower = range.lowerBound
        var upper = range.upperBound
        for map in maps.reversed() {
            lower = map.original(of: lower)
            upper = map.original(of: upper)
        }
        return lower..<max(lower, upper)
    }

    /// How many lines there are; the last one may be empty.
    var lineCount: Int { lineStarts.count }

    /// The line of an offset into `utf8`, counting from 1.
    func line(of offset: Int) -> Int {
        max(lineStarts.partitioningIndex { $0 > offset }, 1)
    }

    /// The lines that a range of `utf8` touches, counting from 1.
    func lines(of range: Range<Int>) -> ClosedRange<Int> {
        let first = line(of: range.lowerBound)
        return first...max(first, line(of: max(range.lowerBound, range.upperBound - 1)))
    }

    /// The pages that a range of `utf8` touches, counting from 1; nil where there are none.
    func pages(of range: Range<Int>) -> ClosedRange<Int>? {
        guard !pageStarts.isEmpty else { return nil }
        func page(of offset: Int) -> Int {
            max(pageStarts.partitioningIndex { $0 > offset }, 1)
        }
        let first = page(of: range.lowerBound)
        return first...max(first, page(of: max(range.lowerBound, range.upperBound - 1)))
    }

    /// The offsets of a line without its line feed; lines count from 1.
    func range(ofLine line: Int) -> Range<Int> {
        let lower = lineStarts[line - 1]
        return lower..<(line < lineStarts.count ? lineStarts[line] - 1 : utf8.count)
    }

    /// A part of the text.
    func string(_ range: Range<Int>) -> String {
        String(decoding: utf8[range], as: UTF8.self)
    }
}

/// Maps offsets of a changed text to offsets of the text it was made from.
///
/// Kept as the places where the two stop running in parallel: nothing for plain UTF-8.
struct OffsetMap: Sendable {
    private(set) var changed: [UInt32] = []
    private(set) var original: [UInt32] = []

    /// No changes.
    init() {}

    /// The map that has these places.
    init(changed: [UInt32], original: [UInt32]) {
        self.changed = changed
        self.original = original
    }

    /// Whether every offset maps to itself.
    var isIdentity: Bool {
        changed.isEmpty || (changed.count == 1 && changed[0] == original[0])
    }

    /// Says that from here on the texts run in parallel, until the next call.
    mutating func add(changed newChanged: Int, original newOriginal: Int) {
        if let lastChanged = changed.last, let lastOriginal = original.last {
            if newChanged - Int(lastChanged) == newOriginal - Int(lastOriginal) { return }
            if newChanged == Int(lastChanged) {
                original[original.count - 1] = UInt32(clamping: newOriginal)
                return
            }
        } else if newChanged == newOriginal {
            return
        }
        changed.append(UInt32(clamping: newChanged))
        original.append(UInt32(clamping: newOriginal))
    }

    /// The offset in the original text.
    ///
    /// - Complexity: O(log changes).
    func original(of offset: Int) -> Int {
        var low = 0
        var high = changed.count
        while low < high {
            let middle = (low + high) / 2
            if Int(changed[middle]) <= offset { low = middle + 1 } else { high = middle }
        }
        let next = low < original.count ? Int(original[low]) : Int.max
        guard low > 0 else { return min(offset, next) }
        return min(Int(original[low - 1]) + offset - Int(changed[low - 1]), next)
    }
}
