/// A word of a text.
package struct Word: Hashable, Sendable {
    /// The word as it stands in the text.
    package let text: String
    /// The word as it is matched: see `folded(_:)`.
    package let folded: String
    /// Where it stands: UTF-8 offsets into the text.
    package let range: Range<Int>
    /// Whether it lies inside a longer word that precedes it: `doc` in `python3-doc`.
    package let isPart: Bool
}

/// The words of `text`, in order; a compound comes before its parts.
///
/// `CVE-2024-3094` is a word and so are `CVE`, `2024` and `3094`; likewise with `libfoo2.so`,
/// `snake_case`, `camelCase`, `10.5` and `src/main.c` (which yields `main.c` as well). Scripts
/// written without spaces, and Korean, are cut into overlapping pairs of characters. Folded words
/// consist of letters, digits and the characters of `WordScanner.punctuation`.
///
/// - Complexity: O(length of `text`).
package func words(in text: String) -> [Word] {
    let bytes = Array(text.utf8)
    var words: [Word] = []
    words.reserveCapacity(bytes.count / 6)
    WordScanner(bytes).scan { range, kind in
        let text = String(decoding: bytes[range], as: UTF8.self)
        words.append(
            Word(text: text, folded: folded(text), range: range, isPart: kind.isPart)
        )
    }
    return words
}

/// Finds the words of UTF-8 text without building any strings.
struct WordScanner {
    /// The ASCII characters besides letters and digits that a word can contain.
    static let punctuation = "-._+#/:@"

    /// The longest word, in bytes.
    ///
    /// A SHA-512 sum in hexadecimal fits. Compounds beyond it are known by their parts only, and
    /// simple words by their beginning.
    static let maximumLength = 128

    /// What the scanner knows about a word.
    struct Kind {
        /// Whether a longer word contains this one.
        var isPart = false
        /// Whether it is a word of a language, to be stemmed: no digits, no connectors.
        var isPlain = true
    }

    private enum Class: UInt8 {
        case separator, word, dense, connector, pathConnector
    }

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Calls `emit` with the UTF-8 range and kind of each word.
    func scan(_ emit: (Range<Int>, Kind) -> Void) {
        var atoms: [Atom] = []
        var i = 0
        while i < bytes.count {
            let (kind, length) = classify(at: i)
            switch kind {
            case .word:
                i = scanCompound(from: i, atoms: &atoms)
                emitCompound(atoms, emit)
            case .dense: i = scanDense(from: i, emit)
            case .separator, .connector, .pathConnector: i += length
            }
        }
    }

    // MARK: Compounds

    /// A run of letters and digits, and what joins it to the next one.
    private struct Atom {
        var range: Range<Int>
        var hasDigit = false
        var hasInnerCapital = false
        var isPathEnd = false
    }

    /// Collects the atoms of the compound that begins at `start`; returns where it ends.
    private func scanCompound(from start: Int, atoms: inout [Atom]) -> Int {
        atoms.removeAll(keepingCapacity: true)
        var i = start
        while true {
            var atom = Atom(range: i..<i)
            i = scanAtom(from: i, into: &atom)
            // "c++" and "c#" are names too.
            let isLetter = !atom.hasDigit && i - atom.range.lowerBound <= 2
            var end = i
            if isLetter, i + 1 < bytes.count, bytes[i] == 0x2B, bytes[i + 1] == 0x2B {
                end = i + 2
            } else if isLetter, i < bytes.count, bytes[i] == 0x23 {
                end = i + 1
            }
            if end > i, end == bytes.count || classify(at: end).0 != .word {
                atom.range = atom.range.lowerBound..<end
                i = end
            } else {
                atom.range = atom.range.lowerBound..<i
            }
            guard let join = connection(at: i) else {
                atoms.append(atom)
                return i
            }
            atom.isPathEnd = join.isPath
            atoms.append(atom)
            i = join.next
        }
    }

    private func scanAtom(from start: Int, into atom: inout Atom) -> Int {
        var i = start
        while i < bytes.count {
            let byte = bytes[i]
            if byte < 0x80 {
                guard Self.asciiClasses[Int(byte)] == Class.word.rawValue else { break }
                if byte < 0x3A {
                    atom.hasDigit = true
                } else if byte < 0x5B, i > start {
                    atom.hasInnerCapital = true
                }
                i += 1
            } else {
                let (kind, length) = classify(at: i)
                guard kind == .word else { break }
                i += length
            }
        }
        return i
    }

    /// The connectors at `i`, if a word goes on after them.
    private func connection(at i: Int) -> (next: Int, isPath: Bool)? {
        var next = i
        var isPath = false
        while next < bytes.count, bytes[next] < 0x80 {
            let kind = Self.asciiClasses[Int(bytes[next])]
            guard kind >= Class.connector.rawValue else { break }
            isPath = isPath || kind == Class.pathConnector.rawValue
            next += 1
        }
        guard next > i, next < bytes.count else { return nil }
        // "wait...what" and "one--two" are two words; "std::sort", "a://b" and "a__b" are one.
        if next - i > 1, !isPath, !bytes[i..<next].allSatisfy({ $0 == 0x5F }) { return nil }
        guard next - i <= 3, classify(at: next).0 == .word else { return nil }
        return (next, isPath)
    }

    private func emitCompound(_ atoms: [Atom], _ emit: (Range<Int>, Kind) -> Void) {
        guard let first = atoms.first, let last = atoms.last else { return }
        guard atoms.count > 1 else { return emitAtom(first, isPart: false, emit) }
        let whole = first.range.lowerBound..<last.range.upperBound
        if whole.count <= Self.maximumLength {
            emit(whole, Kind(isPart: false, isPlain: false))
        }
        // The components of a path that are compounds themselves, such as its file name.
        if atoms.contains(where: \.isPathEnd) {
            var start = 0
            for (index, atom) in atoms.enumerated() where atom.isPathEnd || index == atoms.count - 1
            {
                let range = atoms[start].range.lowerBound..<atom.range.upperBound
                if index > start, range.count <= Self.maximumLength {
                    emit(range, Kind(isPart: true, isPlain: false))
                }
                start = index + 1
            }
        }
        for atom in atoms { emitAtom(atom, isPart: true, emit) }
    }

    private func emitAtom(_ atom: Atom, isPart: Bool, _ emit: (Range<Int>, Kind) -> Void) {
        var range = atom.range
        if range.count > Self.maximumLength {
            // Cut before a whole character.
            var end = range.lowerBound + Self.maximumLength
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            range = range.lowerBound..<end
        }
        let isPlain = !atom.hasDigit && bytes[range.upperBound - 1] != 0x2B
        emit(range, Kind(isPart: isPart, isPlain: isPlain))
        if atom.hasInnerCapital || atom.hasDigit, range.count < 64 { emitPieces(of: range, emit) }
    }

    /// Emits the words inside a name.
    ///
    /// `camelCase` is `camel` and `Case`; `HTTPServer` is `HTTP` and `Server`; `python3` is also
    /// `python`. Codes that mix letters and digits freely, such as `d66693b`, stay whole.
    private func emitPieces(of range: Range<Int>, _ emit: (Range<Int>, Kind) -> Void) {
        let digits = bytes[range].count { (0x30...0x39).contains($0) }
        if digits > 0 {
            let letters = range.lowerBound..<(range.upperBound - digits)
            guard letters.count >= 3,
                !bytes[letters].contains(where: { (0x30...0x39).contains($0) })
            else { return }
            emit(letters, Kind(isPart: true, isPlain: true))
            if digits > 1 {
                emit(letters.upperBound..<range.upperBound, Kind(isPart: true, isPlain: false))
            }
            return
        }
        func isCapital(_ i: Int) -> Bool { (0x41...0x5A).contains(bytes[i]) }
        guard bytes[range].contains(where: { $0 > 0x5A }) else { return }  // ALL CAPITALS
        var start = range.lowerBound
        for i in range.dropFirst() {
            let begins =
                isCapital(i)
                && (!isCapital(i - 1) || (i + 1 < range.upperBound && !isCapital(i + 1)))
            guard begins else { continue }
            if i - start > 1 { emit(start..<i, Kind(isPart: true, isPlain: true)) }
            start = i
        }
        if start > range.lowerBound, range.upperBound - start > 1 {
            emit(start..<range.upperBound, Kind(isPart: true, isPlain: true))
        }
    }

    // MARK: Scripts without spaces

    /// Emits the overlapping pairs of a run of dense script (or its only character).
    private func scanDense(from start: Int, _ emit: (Range<Int>, Kind) -> Void) -> Int {
        let kind = Kind(isPart: false, isPlain: false)
        var previous = start
        var current = start + classify(at: start).length
        var isAlone = true
        while current < bytes.count {
            let (next, length) = classify(at: current)
            guard next == .dense else { break }
            emit(previous..<(current + length), kind)
            isAlone = false
            previous = current
            current += length
        }
        if isAlone { emit(previous..<current, kind) }
        return current
    }

    // MARK: Characters

    private static let asciiClasses: [UInt8] = (0..<128).map { byte in
        switch UInt8(byte) {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: Class.word.rawValue
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "+"),
            UInt8(ascii: "#"):
            Class.connector.rawValue
        case UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "@"): Class.pathConnector.rawValue
        default: Class.separator.rawValue
        }
    }

    /// The class and UTF-8 length of the character at `i`.
    private func classify(at i: Int) -> (kind: Class, length: Int) {
        let byte = bytes[i]
        if byte < 0x80 {
            return (Class(rawValue: Self.asciiClasses[Int(byte)]) ?? .separator, 1)
        }
        let (value, length) = decodeScalar(bytes, at: i)
        return (Self.classify(value), length)
    }

    private static func classify(_ value: UInt32) -> Class {
        switch value {
        case 0xAA, 0xB5, 0xBA, 0xAD: .word  // The soft hyphen joins what it stands in.
        case 0x80..<0xC0, 0xD7, 0xF7: .separator
        case 0xC0...0x24F, 0x300...0x373, 0x386...0x481, 0x483...0x52F, 0x1E00...0x1FBC: .word
        case 0x200C, 0x200D, 0x2060: .word
        case 0x2000...0x2BFF: value == 0x2071 || value == 0x207F ? .word : .separator
        case 0x3040...0x30FF where value != 0x30FB: .dense
        case 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: .dense
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17D3: .dense  // Thai, Lao, Burmese, Khmer
        case 0xAC00...0xD7A3, 0x1100...0x11FF: .dense
        case 0x3000...0x303F, 0x1F000...0x1FAFF, 0xFE00...0xFE0F, 0xE000...0xF8FF: .separator
        default: classifyByCategory(value)
        }
    }

    private static func classifyByCategory(_ value: UInt32) -> Class {
        guard let scalar = Unicode.Scalar(value) else { return .separator }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber, .letterNumber:
            return .word
        default: return .separator
        }
    }
}

/// The scalar value and length of the UTF-8 sequence at `i`; any broken byte stands for itself.
package func decodeScalar(_ bytes: [UInt8], at i: Int) -> (value: UInt32, length: Int) {
    let lead = UInt32(bytes[i])
    func trail(_ offset: Int) -> UInt32 { UInt32(bytes[i + offset] & 0x3F) }
    switch lead {
    case 0xC2..<0xE0 where i + 1 < bytes.count: return ((lead & 0x1F) << 6 | trail(1), 2)
    case 0xE0..<0xF0 where i + 2 < bytes.count:
        return ((lead & 0x0F) << 12 | trail(1) << 6 | trail(2), 3)
    case 0xF0..<0xF5 where i + 3 < bytes.count:
        return ((lead & 0x07) << 18 | trail(1) << 12 | trail(2) << 6 | trail(3), 4)
    default: return (lead, 1)
    }
}
