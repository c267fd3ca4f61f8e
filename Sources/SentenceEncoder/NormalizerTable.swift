/// What a normalizer does, as a model file states it.
struct NormalizerDefinition {
    /// The mapping of scalars.
    enum Mapping {
        case none
        /// BERT's: drops control characters, spaces out Chinese ones, strips accents, lower-cases.
        case bert(cleans: Bool, isolatesChinese: Bool, stripsAccents: Bool, lowercases: Bool)
        /// Canonical composition, after compatibility mapping if `compatible`, after SentencePiece's
        /// `nmt` clean-up if `cleans`.
        case composed(compatible: Bool, cleans: Bool)
        /// A compiled SentencePiece rule.
        case compiled(CompiledCharacterMap)
    }

    var mapping = Mapping.none
    /// Runs of spaces become one.
    var collapsesSpaces = false
    var stripsLeft = false
    var stripsRight = false
}

/// The table that a normalizer consults for every scalar, and the text of its replacements.
struct NormalizerTable: Sendable {
    let pages: [UInt16]
    let cells: [UInt32]
    private(set) var text: [UInt8] = []

    /// The tables of BERT's lower-casing models and of SentencePiece's default, for most models.
    private static let uncased = NormalizerTable(
        building: .bert(cleans: true, isolatesChinese: true, stripsAccents: true, lowercases: true)
    )
    private static let cleanedCompatible = NormalizerTable(
        building: .composed(compatible: true, cleans: true)
    )

    /// The table of a mapping.
    init(_ mapping: NormalizerDefinition.Mapping) {
        switch mapping {
        case .bert(cleans: true, isolatesChinese: true, stripsAccents: true, lowercases: true):
            self = Self.uncased
        case .composed(compatible: true, cleans: true): self = Self.cleanedCompatible
        default: self.init(building: mapping)
        }
    }

    private init(building mapping: NormalizerDefinition.Mapping) {
        var text: [UInt8] = []
        func replacement(_ bytes: [UInt8], separates: Bool = false, isAlone: Bool = false)
            -> ScalarCell
        {
            guard bytes.count < 64, text.count + bytes.count < 1 << 18 else {
                return ScalarCell(.plain)
            }
            text.append(contentsOf: bytes)
            return ScalarCell(
                .replaced,
                offset: text.count - bytes.count,
                length: bytes.count,
                separates: separates,
                isAlone: isAlone
            )
        }
        let builder: ScalarTableBuilder
        switch mapping {
        case .none: builder = ScalarTableBuilder { _ in 0 }
        case .bert(let cleans, let isolates, let strips, let lowers):
            let data = UnicodeData()
            builder = ScalarTableBuilder { scalar in
                Self.bertCell(
                    scalar,
                    data,
                    cleans: cleans,
                    isolatesChinese: isolates,
                    stripsAccents: strips,
                    lowercases: lowers,
                    replacement: replacement
                ).bits
            }
        case .composed(let compatible, let cleans):
            let data = UnicodeData()
            let seconds = Set(data.composites.keys.map { UInt32(truncatingIfNeeded: $0) })
            builder = ScalarTableBuilder { scalar in
                Self.composedCell(
                    scalar,
                    data,
                    seconds,
                    compatible: compatible,
                    cleans: cleans,
                    replacement: replacement
                ).bits
            }
        case .compiled(let map):
            builder = ScalarTableBuilder { scalar in
                guard let value = Unicode.Scalar(scalar) else { return 0 }
                if scalar == 0x0A || Self.mayContinueCluster(value) {
                    return ScalarCell(.joining).bits
                }
                guard let mapped = map.transform(Array(String(Character(value)).utf8)) else {
                    return 0
                }
                return mapped.isEmpty ? ScalarCell(.dropped).bits : replacement(mapped).bits
            }
        }
        self.pages = builder.pages
        self.cells = builder.cells
        self.text = text
    }

    // MARK: BERT

    private static func bertCell(
        _ scalar: UInt32,
        _ data: UnicodeData,
        cleans: Bool,
        isolatesChinese: Bool,
        stripsAccents: Bool,
        lowercases: Bool,
        replacement: ([UInt8], Bool, Bool) -> ScalarCell
    ) -> ScalarCell {
        guard let value = Unicode.Scalar(scalar) else { return ScalarCell(.plain) }
        if value.properties.isWhitespace { return ScalarCell(.plain, separates: true) }
        if cleans, scalar == 0 || scalar == 0xFFFD || isControl(value) {
            return ScalarCell(.dropped)
        }
        var scalars = [scalar]
        if stripsAccents {
            scalars = data.decomposition(of: scalar, compatible: false)
            scalars.removeAll { isNonspacingMark($0) }
            if scalars.isEmpty { return ScalarCell(.dropped) }
        }
        if lowercases {
            scalars = scalars.flatMap { scalar in
                Unicode.Scalar(scalar)?.properties.lowercaseMapping.unicodeScalars.map(\.value)
                    ?? []
            }
        }
        let isAlone =
            isolatesChinese && isChinese(scalar)
            || scalars.first.map(isPunctuation) ?? false
        if scalars == [scalar] { return ScalarCell(.plain, isAlone: isAlone) }
        var bytes: [UInt8] = []
        for scalar in scalars { ValidUTF8.append(scalar, to: &bytes) }
        return replacement(bytes, false, isAlone)
    }

    // Categories are those of Unicode 8, which Hugging Face's tokenizers go by; a few scalars have
    // changed theirs since.

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        guard UnicodeData.isKnown(scalar.value, since: 8) else { return false }
        return switch scalar.properties.generalCategory {
        case .control, .format, .privateUse: true
        default: false
        }
    }

    private static func isNonspacingMark(_ scalar: UInt32) -> Bool {
        guard UnicodeData.isKnown(scalar, since: 8) else { return false }
        if [0x1885, 0x1886, 0xA9BD, 0x111C9].contains(scalar) { return false }
        return Unicode.Scalar(scalar)?.properties.generalCategory == .nonspacingMark
    }

    static func isPunctuation(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: return true
        case 0x166D, 0x111C9: return true
        default: break
        }
        guard UnicodeData.isKnown(scalar, since: 8) else { return false }
        switch Unicode.Scalar(scalar)?.properties.generalCategory {
        case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
            .initialPunctuation, .finalPunctuation, .otherPunctuation:
            return true
        default: return false
        }
    }

    /// The ranges that BERT's original tokenizer spaces out.
    private static func isChinese(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x4E00...0x9FFF, 0x3400...0x4DBF, 0x20000...0x2A6DF, 0x2A700...0x2B73F,
            0x2B740...0x2B81F, 0x2B920...0x2CEAF, 0xF900...0xFAFF, 0x2F800...0x2FA1F:
            true
        default: false
        }
    }

    // MARK: Composition

    private static func composedCell(
        _ scalar: UInt32,
        _ data: UnicodeData,
        _ seconds: Set<UInt32>,
        compatible: Bool,
        cleans: Bool,
        replacement: ([UInt8], Bool, Bool) -> ScalarCell
    ) -> ScalarCell {
        if cleans {
            switch SentencePieceCleaning.action(for: scalar) {
            case .keep: break
            case .drop: return ScalarCell(.dropped)
            case .space:
                return scalar == 0x20 ? ScalarCell(.plain) : replacement([0x20], false, false)
            }
        }
        var scalars = data.decomposition(of: scalar, compatible: compatible)
        var classes = scalars.map(UnicodeData.combiningClass)
        func mayJoin(_ scalar: UInt32) -> Bool { seconds.contains(scalar) || Hangul.joins(scalar) }
        if classes == [0] || classes.first == 0 && classes.last == 0 {
            guard let first = scalars.first, !mayJoin(first) else { return ScalarCell(.joining) }
        } else if scalars == [scalar], !mayJoin(scalar) {
            return ScalarCell(mark: classes[0])
        } else if classes.first != 0 || mayJoin(scalars[0]) {
            return ScalarCell(.joining)
        }
        UnicodeData.reorder(&scalars, classes: &classes)
        UnicodeData.compose(&scalars, classes: &classes) {
            data.composites[UnicodeData.pair($0, $1)]
        }
        if scalars == [scalar] { return ScalarCell(.plain) }
        // A replacement that ends in a mark could need reordering with marks after it.
        guard classes.last == 0 else { return ScalarCell(.joining) }
        var bytes: [UInt8] = []
        for scalar in scalars { ValidUTF8.append(scalar, to: &bytes) }
        return replacement(bytes, false, false)
    }

    // MARK: Clusters

    /// Whether the scalar may belong to a grapheme cluster with what stands before it.
    private static func mayContinueCluster(_ scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: return true
        default: break
        }
        return properties.isGraphemeExtend || scalar.value == 0x200D || Hangul.joins(scalar.value)
            || (0x1F1E6...0x1F1FF).contains(scalar.value) || scalar.value == 0x0E33
            || scalar.value == 0x0EB3
    }
}

extension ScalarCell {
    /// A mark with its combining class where others have a replacement.
    init(mark combiningClass: UInt8) {
        bits = Kind.mark.rawValue | UInt32(combiningClass) << 8
    }

    /// The class of a mark.
    var combiningClass: UInt8 { UInt8(truncatingIfNeeded: bits >> 8) }
}

/// The clean-up of SentencePiece's `nmt` rules: control characters vanish, unusual white space and
/// invisible characters become spaces.
enum SentencePieceCleaning {
    enum Action {
        case keep, drop, space
    }

    static func action(for scalar: UInt32) -> Action {
        switch scalar {
        case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: .drop
        case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF,
            0xFFFD:
            .space
        default: .keep
        }
    }
}

/// A compiled SentencePiece normalization rule: a darts-clone trie from strings to strings.
///
/// The blob is the trie's size in bytes, its 32-bit units, then the replacements, each ended by a zero.
struct CompiledCharacterMap {
    let units: [UInt32]
    let text: [UInt8]

    /// Parses a blob, or returns `nil` if it is none.
    init?(_ blob: [UInt8]) {
        guard blob.count >= 4 else { return nil }
        func word(_ at: Int) -> UInt32 {
            UInt32(blob[at]) | UInt32(blob[at + 1]) << 8 | UInt32(blob[at + 2]) << 16
                | UInt32(blob[at + 3]) << 24
        }
        let size = Int(word(0))
        guard size % 4 == 0, size >= 4, size <= blob.count - 4 else { return nil }
        units = stride(from: 4, to: 4 + size, by: 4).map(word)
        text = Array(blob[(4 + size)...])
    }

    /// The replacement of the shortest known prefix of `key`, or `nil` if none is known.
    ///
    /// The shortest, though it then stands for all of `key`: that is what Hugging Face's tokenizers do.
    func transform(_ key: [UInt8]) -> [UInt8]? {
        func offset(_ unit: UInt32) -> Int { Int((unit >> 10) << ((unit & 0x200) >> 6)) }
        var place = offset(units[0])
        for byte in key {
            place ^= Int(byte)
            guard byte != 0, place < units.count else { return nil }
            let unit = units[place]
            guard unit & 0x8000_00FF == UInt32(byte) else { return nil }
            place ^= offset(unit)
            guard unit >> 8 & 1 == 1 else { continue }
            guard place < units.count else { return nil }
            let start = Int(units[place] & 0x7FFF_FFFF)
            guard start <= text.count else { return nil }
            return Array(text[start...].prefix { $0 != 0 })
        }
        return nil
    }
}
