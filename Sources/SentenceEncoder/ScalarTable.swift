internal import VectorKernels

/// What a normalizer does with one Unicode scalar, packed in 32 bits.
///
/// The low three bits are the kind, then two flags; 6 bits from bit 8 on are the length and the 18
/// bits above them the offset of the replacement in the table's text.
struct ScalarCell {
    enum Kind: UInt32 {
        /// The scalar stays, and starts something new.
        case plain = 0
        /// It becomes the replacement, which starts something new.
        case replaced = 1
        /// A mark that stays where it is unless its class asks for reordering.
        case mark = 2
        /// It may join what stands before it: the slow way decides.
        case joining = 3
        /// It vanishes.
        case dropped = 4
    }

    let bits: UInt32

    init(bits: UInt32) {
        self.bits = bits
    }

    init(
        _ kind: Kind,
        offset: Int = 0,
        length: Int = 0,
        separates: Bool = false,
        isAlone: Bool = false
    ) {
        bits =
            kind.rawValue | (separates ? 8 : 0) | (isAlone ? 16 : 0) | UInt32(length) << 8
            | UInt32(offset) << 14
    }

    var kind: Kind { Kind(rawValue: bits & 7) ?? .plain }
    /// Ends a word and belongs to none (white space).
    var separates: Bool { bits & 8 != 0 }
    /// Is a word of its own (punctuation, Chinese characters).
    var isAlone: Bool { bits & 16 != 0 }
    var length: Int { Int(bits >> 8 & 63) }
    var offset: Int { Int(bits >> 14) }
}

/// A table with a value for every Unicode scalar, in pages of 256 of which equal ones are shared.
struct ScalarTableBuilder {
    /// For each page of scalars the index of its cells.
    private(set) var pages: [UInt16] = []
    /// The cells of the distinct pages.
    private(set) var cells: [UInt32] = []

    /// Fills the table with `value` of each scalar; surrogates get 0.
    init(_ value: (UInt32) -> UInt32) {
        var known: [[UInt32]: UInt16] = [:]
        for page in 0..<UInt32(0x1100) {
            // Planes 4 to 13 are unassigned and 15 and 16 are for private use, all but their ends:
            // one scalar stands for a page of them.
            let isUniform = (0x400..<0xE00).contains(page) || page >= 0xF00 && page & 0xFF != 0xFF
            let row =
                isUniform
                ? [UInt32](repeating: value(page << 8), count: 256)
                : (0..<UInt32(256)).map { low in
                    let scalar = page << 8 | low
                    return (0xD800..<0xE000).contains(scalar) ? 0 : value(scalar)
                }
            if let index = known[row] {
                pages.append(index)
                continue
            }
            let index = UInt16(known.count)
            known[row] = index
            pages.append(index)
            cells.append(contentsOf: row)
        }
    }

    /// The value of `scalar`, which is at most 0x10FFFF, in tables that this builder made.
    ///
    /// Pages that lead nowhere, in a damaged file, give 0.
    @inline(__always)
    static func lookUp(_ scalar: UInt32, pages: Span<UInt16>, cells: Span<UInt32>) -> UInt32 {
        let index = Int(pages[Int(scalar >> 8)]) << 8 | Int(scalar & 255)
        return index < cells.count ? cells[index] : 0
    }
}

/// Decoding of UTF-8 that is known to be valid, as a `String`'s is.
enum ValidUTF8 {
    /// The scalar at `at` and its length in bytes.
    @inline(__always)
    static func scalar(_ text: Span<UInt8>, at: Int) -> (value: UInt32, length: Int) {
        let first = UInt32(text[at])
        if first < 0x80 { return (first, 1) }
        if first < 0xE0 { return ((first & 0x1F) << 6 | UInt32(text[at + 1]) & 0x3F, 2) }
        if first < 0xF0 {
            return (
                (first & 0x0F) << 12 | (UInt32(text[at + 1]) & 0x3F) << 6
                    | UInt32(text[at + 2]) & 0x3F, 3
            )
        }
        return (
            ((first & 0x07) << 18 | (UInt32(text[at + 1]) & 0x3F) << 12
                | (UInt32(text[at + 2]) & 0x3F) << 6 | UInt32(text[at + 3]) & 0x3F), 4
        )
    }

    /// Appends a scalar.
    static func append(_ scalar: UInt32, to out: inout [UInt8]) {
        switch scalar {
        case 0..<0x80: out.append(UInt8(scalar))
        case 0x80..<0x800:
            out.append(UInt8(0xC0 | scalar >> 6))
            out.append(UInt8(0x80 | scalar & 0x3F))
        case 0x800..<0x10000:
            out.append(UInt8(0xE0 | scalar >> 12))
            out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            out.append(UInt8(0x80 | scalar & 0x3F))
        default:
            out.append(UInt8(0xF0 | scalar >> 18 & 7))
            out.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            out.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            out.append(UInt8(0x80 | scalar & 0x3F))
        }
    }
}
