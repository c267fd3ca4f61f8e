/// Numbers, which people write in several ways: in groups of three digits, and with their unit as one
/// word or two.
extension WordScanner {
    /// Emits other forms of a number that has just been found: without what groups its digits, and
    /// together with the unit behind it.
    func emitNumberForms(of atoms: [Atom], _ emit: Emit) {
        guard let first = atoms.first, let last = atoms.last, first.isNumber,
            atoms.allSatisfy({ $0.isNumber }), atoms.count <= 8
        else { return }
        var end = last.range.upperBound
        let kind = Kind(isPart: true, isPlain: false)
        if let separator = Self.groupSeparator(of: atoms) {
            var grouped = kind
            grouped.form = .ungrouped(separator: separator)
            emit(first.range.lowerBound..<end, grouped)
        } else if atoms.count == 1, first.range.count <= 3, let next = endOfGroups(after: end) {
            var grouped = kind
            grouped.form = .ungrouped(separator: 0x20)
            end = next
            emit(first.range.lowerBound..<end, grouped)
        }
        guard atoms.count <= 2, let unit = unit(after: end) else { return }
        var measured = kind
        measured.form = .withoutSpaces
        emit(first.range.lowerBound..<unit.upperBound, measured)
    }

    /// What groups the digits of `1,234,567` and `1.234,5`, or nil.
    private static func groupSeparator(of atoms: [Atom]) -> UInt8? {
        guard atoms.count > 1, let first = atoms.first, first.range.count <= 3,
            ".,".utf8.contains(first.connector)
        else { return nil }
        let separator = first.connector
        for (index, atom) in atoms.enumerated() where index > 0 {
            let before = atoms[index - 1].connector
            if before == separator {
                guard atom.range.count == 3 else { return nil }
            } else if index < atoms.count - 1 || !".,".utf8.contains(before) {
                return nil
            }
        }
        return separator
    }

    /// Where the groups of three digits end that follow at `start`, each behind one space; nil without.
    private func endOfGroups(after start: Int) -> Int? {
        var end = start
        while end < bytes.count, bytes[end] == 0x20, isDigit(at: end + 1), isDigit(at: end + 2),
            isDigit(at: end + 3), !isPartOfWord(at: end + 4)
        {
            end += 4
        }
        return end > start ? end : nil
    }

    /// The unit that stands at `start` behind one space, or nil.
    private func unit(after start: Int) -> Range<Int>? {
        guard start + 1 < bytes.count, bytes[start] == 0x20 else { return nil }
        var end = start + 1
        while end < bytes.count, end - start <= Units.maximumLength + 1, isPartOfWord(at: end) {
            end += CharacterClass.of(bytes, at: end).length
        }
        let range = (start + 1)..<end
        return Units.contains(bytes[range]) ? range : nil
    }

    private func isPartOfWord(at i: Int) -> Bool {
        guard i < bytes.count else { return false }
        return CharacterClass.of(bytes, at: i).class == .word
    }
}

/// Symbols of units that stand behind numbers.
enum Units {
    /// In bytes.
    static let maximumLength = 5

    /// Whether UTF-8 text is such a symbol, in capitals or not.
    static func contains(_ text: ArraySlice<UInt8>) -> Bool {
        guard !text.isEmpty, text.count <= maximumLength else { return false }
        return symbols.contains(String(decoding: text, as: UTF8.self).lowercased())
    }

    /// Not among them: what is mostly another word, such as `a` and `in`.
    private static let symbols = Set(
        """
        km m dm cm mm μm nm mi ft yd kg g mg μg ng t lb lbs oz l ml cl dl hl gal h min s ms μs ns d
        v kv mv mw gw kw w kwh wh mwh va kva ah mah ma hz khz mhz ghz pa hpa kpa mpa bar mbar psi
        k c f b kb mb gb tb pb kib mib gib tib bit kbit mbit gbit kbps mbps gbps px pt dpi fps rpm
        db dba n kn nm j kj mj cal kcal mol mmol ppm ppb lm lx cd ω kω eur usd gbp kmh mph m2 m3
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
