/// Finds the words of normalized UTF-8 text without building any strings.
struct WordScanner {
    /// The ASCII characters besides letters and digits that a word can contain.
    static let punctuation = "-._+#/:@"

    /// The longest word, in bytes.
    ///
    /// A SHA-512 sum in hexadecimal fits. Compounds beyond it are known by their parts only, and
    /// simple words by their beginning.
    static let maximumLength = 128

    /// The most letters behind a number that are an ending or a unit whatever they are.
    private static let longestEnding = 3

    /// What the scanner knows about a word.
    struct Kind {
        /// Whether it is a part or another form of a longer stretch that was, or is yet to be, found.
        var isPart = false
        /// Whether it is a word of a language, to be stemmed: no digits, no connectors.
        var isPlain = true
        /// How the word is made of the text.
        var form = WordForm.asWritten
    }

    /// Called with the UTF-8 range and kind of each word.
    typealias Emit = (Range<Int>, Kind) -> Void

    let bytes: [UInt8]

    /// A scanner of the bytes of a `NormalizedText`.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Calls `emit` with each word.
    func scan(_ emit: Emit) {
        var atoms: [Atom] = []
        var i = 0
        while i < bytes.count {
            let (kind, length) = CharacterClass.of(bytes, at: i)
            switch kind {
            case .word:
                let start = atoms.last?.range
                let end = scanCompound(from: i, atoms: &atoms)
                emitCompound(atoms, emit)
                emitNumberForms(of: atoms, emit)
                if let start, let whole = word(of: start, acrossApostropheTo: atoms, from: i) {
                    emit(whole, Kind(isPart: true, isPlain: false, form: .withoutConnectors))
                }
                i = end
            case .dense: i = scanDense(from: i, emit)
            case .symbol: i = scanSymbol(from: i, emit)
            case .separator, .connector, .pathConnector: i += length
            }
        }
    }

    // MARK: Compounds

    /// A run of letters and digits, and what joins it to the next one.
    struct Atom {
        var range: Range<Int>
        var hasDigit = false
        var hasLetter = false
        var hasInnerCapital = false
        var isPathEnd = false
        /// The first byte of what joins it to the next one; 0 for the last.
        var connector: UInt8 = 0

        var isNumber: Bool { hasDigit && !hasLetter }
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
            // "c++17" is a name and its edition.
            let isEdition = end == i + 2 && isDigit(at: end)
            if end > i, end == bytes.count || !isWord(at: end) || isEdition { i = end }
            atom.range = atom.range.lowerBound..<i
            guard let join = connection(at: i, after: atom) else {
                atoms.append(atom)
                return i
            }
            atom.isPathEnd = join.isPath
            atom.connector = bytes[i]
            atoms.append(atom)
            i = join.next
        }
    }

    private func isWord(at i: Int) -> Bool { CharacterClass.of(bytes, at: i).class == .word }

    private func scanAtom(from start: Int, into atom: inout Atom) -> Int {
        var i = start
        while i < bytes.count {
            let byte = bytes[i]
            if byte < 0x80 {
                guard CharacterClass.ascii[Int(byte)] == .word else { break }
                if byte < 0x3A {
                    atom.hasDigit = true
                } else {
                    atom.hasLetter = true
                    if byte < 0x5B, i > start { atom.hasInnerCapital = true }
                }
                i += 1
            } else {
                let (kind, length) = CharacterClass.of(bytes, at: i)
                guard kind == .word else { break }
                atom.hasLetter = true
                if i > start, isCapital(i) { atom.hasInnerCapital = true }
                i += length
            }
        }
        return i
    }

    /// The connectors at `i`, if a word goes on after them.
    private func connection(at i: Int, after atom: Atom) -> (next: Int, isPath: Bool)? {
        // A comma between digits: "10,000" and "3,5".
        if i + 1 < bytes.count, bytes[i] == UInt8(ascii: ","), atom.isNumber, isDigit(at: i + 1) {
            return (i + 1, false)
        }
        // What keeps the letters of a Persian compound from joining; elsewhere there is none left.
        if i + 3 < bytes.count, bytes[i] == 0xE2, bytes[i + 1] == 0x80, bytes[i + 2] == 0x8C,
            isWord(at: i + 3)
        {
            return (i + 3, false)
        }
        var next = i
        var isPath = false
        while next < bytes.count, bytes[next] < 0x80 {
            let kind = CharacterClass.ascii[Int(bytes[next])]
            guard kind.connects else { break }
            isPath = isPath || kind == .pathConnector
            next += 1
        }
        guard next > i, next < bytes.count else { return nil }
        // "wait...what" and "one--two" are two words; "std::sort", "a://b" and "a__b" are one.
        if next - i > 1, !isPath, !bytes[i..<next].allSatisfy({ $0 == 0x5F }) { return nil }
        guard next - i <= 3, isWord(at: next) else { return nil }
        return (next, isPath)
    }

    /// The word that an apostrophe parts: `aujourd'hui`, `children's`, `O'Brien`.
    ///
    /// People leave it out as well. An article before a word (`l'eau`, `dell'arte`) is none of it.
    private func word(
        of before: Range<Int>,
        acrossApostropheTo atoms: [Atom],
        from start: Int
    ) -> Range<Int>? {
        guard let after = atoms.first?.range, atoms.count == 1, before.upperBound + 1 == start,
            bytes[before.upperBound] == UInt8(ascii: "'"), !atoms[0].hasDigit,
            before.count + after.count <= Self.maximumLength / 2
        else { return nil }
        let first = bytes[before.lowerBound]
        let isName = before.count == 1 && (first == UInt8(ascii: "O") || first == UInt8(ascii: "o"))
        let isArticle =
            bytes[before.upperBound - 1] | 0x20 == UInt8(ascii: "l") && after.count > 2
            || before.count < 3
        let isShort = after.count <= 2
        guard isName && after.count > 2 || isShort || !isArticle || first >= 0x80 else {
            return nil
        }
        return before.lowerBound..<after.upperBound
    }

    func isDigit(at i: Int) -> Bool { i < bytes.count && (0x30...0x39).contains(bytes[i]) }

    private func emitCompound(_ atoms: [Atom], _ emit: Emit) {
        guard let first = atoms.first, let last = atoms.last else { return }
        guard atoms.count > 1 else { return emitAtom(first, isPart: false, emit) }
        let whole = first.range.lowerBound..<last.range.upperBound
        if whole.count <= Self.maximumLength {
            emit(whole, Kind(isPart: false, isPlain: false))
        }
        let isPath = atoms.contains(where: \.isPathEnd)
        // The components of a path that are compounds themselves, such as its file name.
        var start = 0
        for (index, atom) in atoms.enumerated() where atom.isPathEnd || index == atoms.count - 1 {
            let component = atoms[start...index]
            let range = atoms[start].range.lowerBound..<atom.range.upperBound
            if isPath, index > start, range.count <= Self.maximumLength {
                emit(range, Kind(isPart: true, isPlain: false))
            }
            if Self.isName(component) || isProduct(component), range.count <= Self.maximumLength / 2
            {
                emit(range, Kind(isPart: true, isPlain: false, form: .withoutConnectors))
            }
            start = index + 1
        }
        // "1.7" in "v1.7".
        if !isPath, first.range.count > 1, bytes[first.range.lowerBound] | 0x20 == 0x76,
            isDigit(at: first.range.lowerBound + 1), whole.count <= Self.maximumLength
        {
            emit((whole.lowerBound + 1)..<whole.upperBound, Kind(isPart: true, isPlain: false))
        }
        for atom in atoms { emitAtom(atom, isPart: true, emit) }
    }

    /// Whether people also write these atoms without what joins them: `ERR_1293_SM`, `e-mail`,
    /// `DEC-0054`, and not `10.5` or `example.org`.
    private static func isName(_ atoms: ArraySlice<Atom>) -> Bool {
        guard (2...6).contains(atoms.count) else { return false }
        let connectors = atoms.dropLast().map(\.connector)
        if connectors.allSatisfy({ $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }) {
            return true
        }
        return atoms.contains(where: \.hasDigit) && !atoms.allSatisfy(\.isNumber)
            && connectors.allSatisfy { "-_.".utf8.contains($0) }
    }

    /// Whether these atoms name software as `node.js` does, which is also `nodejs`.
    private func isProduct(_ atoms: ArraySlice<Atom>) -> Bool {
        guard atoms.count == 2, let first = atoms.first, let last = atoms.last,
            first.connector == UInt8(ascii: "."), first.range.count > 1
        else { return false }
        let ending = String(decoding: bytes[last.range], as: UTF8.self).lowercased()
        return ["js", "net", "io"].contains(ending)
    }

    private func emitAtom(_ atom: Atom, isPart: Bool, _ emit: Emit) {
        var range = atom.range
        if range.count > Self.maximumLength {
            // Cut before a whole character.
            var end = range.lowerBound + Self.maximumLength
            while bytes[end] & 0xC0 == 0x80 { end -= 1 }
            range = range.lowerBound..<end
        }
        let isPlain = !atom.hasDigit && ![0x2B, 0x23].contains(bytes[range.upperBound - 1])
        emit(range, Kind(isPart: isPart, isPlain: isPlain))
        if atom.hasInnerCapital || atom.hasDigit, range.count < 64 { emitPieces(of: range, emit) }
    }

    /// Emits the words inside a name.
    ///
    /// `camelCase` is `camel` and `Case`; `HTTPServer` is `HTTP` and `Server`; `python3` is also
    /// `python`, `500mg` also `500` and `mg`, `1990s` also `1990`. Codes that mix letters and digits freely, such as
    /// `d66693b`, stay whole.
    private func emitPieces(of range: Range<Int>, _ emit: Emit) {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        if bytes[range].contains(where: isDigit) {
            let number =
                range.lowerBound..<(bytes[range].firstIndex { !isDigit($0) } ?? range.upperBound)
            let unit = number.upperBound..<range.upperBound
            if !number.isEmpty, !unit.isEmpty {
                let isEnding =
                    unit.count <= Self.longestEnding && !bytes[unit].contains(where: isDigit)
                guard isEnding || Units.contains(bytes[unit]) else { return }
                emit(number, Kind(isPart: true, isPlain: false))
                emit(unit, Kind(isPart: true, isPlain: !bytes[unit].contains(where: isDigit)))
                return
            }
            let runs = runs(of: range)
            guard runs.count > 1,
                runs.allSatisfy({ $0.count > 2 || isDigit(bytes[$0.lowerBound]) })
            else { return }
            for run in runs {
                if !isDigit(bytes[run.lowerBound]) {
                    emit(run, Kind(isPart: true, isPlain: true))
                    emitPieces(of: run, emit)
                } else if run.count > 1 || runs.count > 2 {
                    emit(run, Kind(isPart: true, isPlain: false))
                }
            }
            return
        }
        guard bytes[range].contains(where: { $0 > 0x5A }) else { return }  // ALL CAPITALS
        // Where characters begin, whatever their length.
        let places = range.filter { bytes[$0] & 0xC0 != 0x80 }
        var start = 0
        for i in places.indices.dropFirst() {
            let begins =
                isCapital(places[i])
                && (!isCapital(places[i - 1])
                    || (i + 1 < places.count && !isCapital(places[i + 1])))
            guard begins else { continue }
            if i - start > 1 {
                emit(places[start]..<places[i], Kind(isPart: true, isPlain: true))
            }
            start = i
        }
        if start > 0, places.count - start > 1 {
            emit(places[start]..<range.upperBound, Kind(isPart: true, isPlain: true))
        }
    }

    /// Whether the character at `i` is a capital of a Latin, Greek or Cyrillic alphabet.
    private func isCapital(_ i: Int) -> Bool {
        let byte = bytes[i]
        if byte < 0x80 { return (0x41...0x5A).contains(byte) }
        guard i + 1 < bytes.count else { return false }
        return switch byte {
        case 0xC3: (0x80...0x9E).contains(bytes[i + 1]) && bytes[i + 1] != 0x97
        case 0xCE: (0x86...0xAB).contains(bytes[i + 1])
        case 0xD0: (0x80...0xAF).contains(bytes[i + 1])
        default: false
        }
    }

    /// The runs of letters and of digits in a range.
    private func runs(of range: Range<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var start = range.lowerBound
        for i in range.dropFirst() where isDigit(at: i) != isDigit(at: i - 1) {
            runs.append(start..<i)
            start = i
        }
        return runs + [start..<range.upperBound]
    }

    // MARK: Scripts without spaces, and symbols

    /// Emits the overlapping pairs of a run of dense script (or its only character), and its last
    /// character, so that each character begins a word.
    private func scanDense(from start: Int, _ emit: Emit) -> Int {
        var previous = start
        var current = start + CharacterClass.of(bytes, at: start).length
        var isAlone = true
        while current < bytes.count {
            let (next, length) = CharacterClass.of(bytes, at: current)
            guard next == .dense else { break }
            emit(previous..<(current + length), Kind(isPart: false, isPlain: false))
            isAlone = false
            previous = current
            current += length
        }
        emit(previous..<current, Kind(isPart: !isAlone, isPlain: false))
        return current
    }

    /// Emits a symbol; two letters of a flag are one.
    private func scanSymbol(from start: Int, _ emit: Emit) -> Int {
        let (value, length) = decodeScalar(bytes, at: start)
        var end = start + length
        let letters: ClosedRange<UInt32> = 0x1F1E6...0x1F1FF
        if letters.contains(value), end < bytes.count {
            let next = decodeScalar(bytes, at: end)
            if letters.contains(next.value) { end += next.length }
        }
        emit(start..<end, Kind(isPart: false, isPlain: false))
        return end
    }
}
