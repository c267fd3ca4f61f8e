/// Decomposition and composition of Unicode scalars, for building normalization tables.
///
/// Only table builders use this; running text goes through the tables. Scalars newer than Unicode 9 count
/// as unassigned, because they do to Hugging Face's tokenizers, whose ids are the ones to give.
struct UnicodeData {
    private let mappings: [UInt32: (isCompatible: Bool, scalars: [UInt32])]
    /// The composite of each pair of scalars that has one, keyed by `first << 32 | second`.
    let composites: [UInt64: UInt32]

    init() {
        var mappings: [UInt32: (isCompatible: Bool, scalars: [UInt32])] = [:]
        var composites: [UInt64: UInt32] = [:]
        var number: UInt32 = 0
        var source: UInt32 = 0
        var isCompatible = false
        var scalars: [UInt32] = []
        func finish() {
            scalars.append(number)
            number = 0
            mappings[source] = (isCompatible, scalars)
            guard !isCompatible, scalars.count == 2, let scalar = Unicode.Scalar(source),
                Self.isKnown(source, since: 9), !scalar.properties.isFullCompositionExclusion
            else { return }
            composites[Self.pair(scalars[0], scalars[1])] = source
        }
        for byte in "\(unicodeDecompositions)".utf8 {
            switch byte {
            case UInt8(ascii: "="), UInt8(ascii: "~"):
                source = number
                isCompatible = byte == UInt8(ascii: "~")
                scalars = []
                number = 0
            case UInt8(ascii: ","):
                scalars.append(number)
                number = 0
            case UInt8(ascii: " "), UInt8(ascii: "\n"): finish()
            case UInt8(ascii: "0")...UInt8(ascii: "9"): number = number << 4 | UInt32(byte - 48)
            default: number = number << 4 | UInt32(byte - 55)
            }
        }
        finish()
        self.mappings = mappings
        self.composites = composites
    }

    static func pair(_ first: UInt32, _ second: UInt32) -> UInt64 {
        UInt64(first) << 32 | UInt64(second)
    }

    /// The full decomposition of a scalar, canonical or (with `compatible`) also by compatibility,
    /// before reordering.
    func decomposition(of scalar: UInt32, compatible: Bool) -> [UInt32] {
        if (Hangul.firstSyllable..<Hangul.endSyllable).contains(scalar) {
            return Hangul.decomposition(of: scalar)
        }
        guard let mapping = mappings[scalar], compatible || !mapping.isCompatible,
            Self.isKnown(scalar, since: 9)
        else { return [scalar] }
        return mapping.scalars.flatMap { decomposition(of: $0, compatible: compatible) }
    }

    /// Whether the scalar was assigned by the given major version of Unicode.
    static func isKnown(_ scalar: UInt32, since version: Int) -> Bool {
        guard let age = Unicode.Scalar(scalar)?.properties.age else { return false }
        return (age.major, age.minor) <= (version, 0)
    }

    /// The canonical combining class.
    static func combiningClass(_ scalar: UInt32) -> UInt8 {
        guard isKnown(scalar, since: 9) else { return 0 }
        return Unicode.Scalar(scalar)?.properties.canonicalCombiningClass.rawValue ?? 0
    }

    /// Sorts runs of marks by combining class, keeping the order of equals.
    static func reorder(_ scalars: inout [UInt32], classes: inout [UInt8]) {
        guard scalars.count > 1 else { return }
        for i in 1..<scalars.count where classes[i] != 0 {
            var j = i
            while j > 0, classes[j - 1] > classes[j] {
                scalars.swapAt(j, j - 1)
                classes.swapAt(j, j - 1)
                j -= 1
            }
        }
    }

    /// Composes what a decomposed and reordered sequence allows, in place.
    static func compose(
        _ scalars: inout [UInt32],
        classes: inout [UInt8],
        composite: (UInt32, UInt32) -> UInt32?
    ) {
        var starter = -1
        var kept = 0
        for i in 0..<scalars.count {
            let scalar = scalars[i], cls = classes[i]
            // Blocked when a mark kept since the starter has the same or a higher class.
            let isBlocked = kept > starter + 1 && (cls == 0 || classes[kept - 1] >= cls)
            if starter >= 0, !isBlocked,
                let whole = Hangul.composite(scalars[starter], scalar)
                    ?? composite(scalars[starter], scalar)
            {
                scalars[starter] = whole
                continue
            }
            if cls == 0 { starter = kept }
            scalars[kept] = scalar
            classes[kept] = cls
            kept += 1
        }
        scalars.removeSubrange(kept...)
        classes.removeSubrange(kept...)
    }
}

/// The arithmetic of Hangul syllables (The Unicode Standard, section 3.12).
enum Hangul {
    static let firstSyllable: UInt32 = 0xAC00
    static let endSyllable: UInt32 = 0xAC00 + 11172

    static func decomposition(of syllable: UInt32) -> [UInt32] {
        let index = syllable - firstSyllable
        let parts = [0x1100 + index / 588, 0x1161 + index % 588 / 28]
        return index % 28 == 0 ? parts : parts + [0x11A7 + index % 28]
    }

    /// The syllable that two scalars make: lead and vowel, or open syllable and trail.
    static func composite(_ first: UInt32, _ second: UInt32) -> UInt32? {
        if (0x1100..<0x1113).contains(first), (0x1161..<0x1176).contains(second) {
            return firstSyllable + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
        }
        if (firstSyllable..<endSyllable).contains(first), (first - firstSyllable) % 28 == 0,
            (0x11A8..<0x11C3).contains(second)
        {
            return first + (second - 0x11A7)
        }
        return nil
    }

    /// Whether the scalar can join a syllable that stands before it.
    static func joins(_ scalar: UInt32) -> Bool {
        (0x1161..<0x1176).contains(scalar) || (0x11A8..<0x11C3).contains(scalar)
    }
}
