/// The records of a workbook as Excel wrote them before 2007 ([MS-XLS], and Excel 4 and 5 before that).
///
/// A record is a type and a length of two bytes each, and content. Everything that it says of itself may
/// be wrong: numbers that lead outside their record read as zero.
struct ExcelRecords {
    /// One record; long ones go on in those of the type `continuation`.
    struct Record {
        let type: Int
        let content: ArraySlice<UInt8>

        /// A number of one to eight bytes at an offset of the content, the least byte first.
        func number(_ offset: Int, _ size: Int) -> UInt64 {
            let start = content.startIndex + offset
            guard offset >= 0, start + size <= content.endIndex else { return 0 }
            return content[start..<(start + size)].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }

        func int(_ offset: Int, _ size: Int = 2) -> Int {
            Int(truncatingIfNeeded: number(offset, size))
        }

        func double(_ offset: Int) -> Double { Double(bitPattern: number(offset, 8)) }
    }

    static let continuation = 0x3C

    private let bytes: [UInt8]
    private var i: Int

    /// The records of a stream from an offset on.
    init(_ bytes: [UInt8], from start: Int = 0) {
        self.bytes = bytes
        i = min(max(start, 0), bytes.count)
    }

    /// The next record; nil at the end, or where what is left is none.
    mutating func next() -> Record? {
        guard i + 4 <= bytes.count else { return nil }
        let type = Int(bytes[i]) | Int(bytes[i + 1]) << 8
        let length = Int(bytes[i + 2]) | Int(bytes[i + 3]) << 8
        let start = i + 4
        let end = min(start + length, bytes.count)
        i = end
        return Record(type: type, content: bytes[start..<end])
    }

    /// The contents of the records of type `continuation` that come next.
    mutating func continuations() -> [ArraySlice<UInt8>] {
        var found: [ArraySlice<UInt8>] = []
        var ahead = self
        while let record = ahead.next(), record.type == Self.continuation {
            found.append(record.content)
            self = ahead
        }
        return found
    }
}

/// Reads strings that may go on in the next record, as a workbook's table of strings does.
struct ExcelStrings {
    private let pieces: [ArraySlice<UInt8>]
    private var piece = 0
    private var i: Int

    /// Strings that begin at an offset of the first piece.
    init(_ pieces: [ArraySlice<UInt8>], from offset: Int) {
        self.pieces = pieces
        let first = pieces.first ?? []
        i = min(first.startIndex + max(offset, 0), first.endIndex)
    }

    var isAtEnd: Bool {
        piece >= pieces.count || piece == pieces.count - 1 && i >= pieces[piece].endIndex
    }

    private mutating func byte() -> UInt8? {
        while piece < pieces.count {
            if i < pieces[piece].endIndex {
                defer { i += 1 }
                return pieces[piece][i]
            }
            piece += 1
            if piece < pieces.count { i = pieces[piece].startIndex }
        }
        return nil
    }

    private mutating func number(_ size: Int) -> Int {
        (0..<size).reduce(0) { sum, index in sum | Int(byte() ?? 0) << (8 * index) }
    }

    /// The next string: a length of one or two bytes, flags, the characters, then what is left out here:
    /// fonts, and how it is pronounced.
    mutating func next(lengthSize: Int = 2) -> String {
        let count = number(lengthSize)
        let flags = byte() ?? 0
        let runs = flags & 8 != 0 ? number(2) : 0
        let extra = flags & 4 != 0 ? number(4) : 0
        let text = characters(count, isWide: flags & 1 != 0)
        skip(runs * 4 + extra)
        return text
    }

    /// A number of characters; where they go on in the next piece, that says anew how wide they are.
    mutating func characters(_ count: Int, isWide: Bool) -> String {
        var units: [UInt16] = []
        var isWide = isWide
        while units.count < count, piece < pieces.count {
            if i >= pieces[piece].endIndex {
                piece += 1
                guard piece < pieces.count, let flags = pieces[piece].first else { break }
                isWide = flags & 1 != 0
                i = pieces[piece].startIndex + 1
                continue
            }
            guard let low = byte() else { break }
            units.append(isWide ? UInt16(low) | UInt16(byte() ?? 0) << 8 : UInt16(low))
        }
        return String(decoding: units, as: UTF16.self)
    }

    private mutating func skip(_ count: Int) {
        var left = count
        while left > 0, piece < pieces.count {
            let step = min(left, pieces[piece].endIndex - i)
            i += step
            left -= step
            guard left > 0 else { return }
            piece += 1
            if piece < pieces.count { i = pieces[piece].startIndex }
        }
    }
}
