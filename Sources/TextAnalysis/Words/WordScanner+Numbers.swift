/// Numbers, which people write in several ways: in groups of three digits, and with their unit as one
/// word or two.
extension WordScanner {
    /// Emits other forms of a number that has just been found: without what groups its digits, and
    /// together with the unit behind it.
    func emitNumberForms(of atoms: [Atom], _ emit: Emit) {
        guard let first = atoms.first, let last = atoms.last, first.hasDigit, atoms.count <= 8
        else { return }
        let start = first.range.lowerBound
        var end = last.range.upperBound
        let kind = Kind(isPart: true, isPlain: false)
        if atoms.count == 1, first.range.count == 4, let next = endOfGroups(ofFourAfter: end) {
            // Numbers of accounts and cards.
            var grouped = kind
            grouped.form = .withoutSpaces
            emit(start..<next, grouped)
            return
        }
        guard atoms.allSatisfy(\.isNumber) else { return }
        if atoms.count == 1, let next = endOfMeasures(after: end) {
            emit(start..<next, Kind(isPart: true, isPlain: false, form: .measures))
        }
        var form = WordForm.withoutSpaces
        if let separator = Self.groupSeparator(of: atoms) {
            form = .ungrouped(separator: separator)
        } else if atoms.count == 1, first.range.count <= 3 {
            // "1 234 567" and "1'234'567".
            for separator in [UInt8(ascii: " "), UInt8(ascii: "'")] {
                guard let next = endOfGroups(after: end, partedBy: separator) else { continue }
                form = .ungrouped(separator: separator)
                end = next
                break
            }
        }
        if case .ungrouped = form {
            emit(start..<end, Kind(isPart: true, isPlain: false, form: form))
        }
        guard atoms.count <= 2, let unit = unit(after: end) else { return }
        var measured = kind
        measured.form = .withoutSpaces
        var ends = [unit.upperBound]
        // "90 km/h"
        if let whole = endOfQuotient(after: unit.upperBound) { ends.append(whole) }
        for end in ends {
            emit(start..<end, measured)
            if case .ungrouped(let separator) = form, separator != UInt8(ascii: " ") {
                emit(start..<end, Kind(isPart: true, isPlain: false, form: form))
            }
        }
        // A place of its own, so that "12%" in quotes is more than "12".
        if bytes[unit.lowerBound] == UInt8(ascii: "%") { emit(unit, measured) }
    }

    /// Where the numbers end that follow at `start`, each behind a sign of multiplication with spaces or
    /// without: `1920 × 1080`, `10 x 20 x 30`; nil without one.
    private func endOfMeasures(after start: Int) -> Int? {
        var end = start
        while true {
            var next = end
            if next < bytes.count, bytes[next] == 0x20 { next += 1 }
            guard next + 1 < bytes.count else { break }
            if bytes[next] | 0x20 == UInt8(ascii: "x") {
                next += 1
            } else if bytes[next] == 0xC3, bytes[next + 1] == 0x97 {
                next += 2
            } else {
                break
            }
            if next < bytes.count, bytes[next] == 0x20 { next += 1 }
            let digits = bytes[min(next, bytes.count)...].prefix(7).prefix {
                (0x30...0x39).contains($0)
            }
            guard (1...6).contains(digits.count), !isPartOfWord(at: digits.endIndex) else { break }
            end = digits.endIndex
            if end - start > 40 { break }
        }
        return end > start ? end : nil
    }

    /// Where the unit ends that stands behind a stroke at `start`; nil without one.
    private func endOfQuotient(after start: Int) -> Int? {
        guard start < bytes.count, bytes[start] == UInt8(ascii: "/") else { return nil }
        var end = start + 1
        while end < bytes.count, end - start <= 4, isPartOfWord(at: end) {
            end += CharacterClass.of(bytes, at: end).length
        }
        return Units.contains(bytes[(start + 1)..<end]) ? end : nil
    }

    /// Where at least two groups of four digits end, of which the last may be shorter; nil without.
    private func endOfGroups(ofFourAfter start: Int) -> Int? {
        var end = start
        var groups = 0
        while end < bytes.count, bytes[end] == 0x20, groups < 8 {
            let digits = bytes[(end + 1)...].prefix(5).prefix { (0x30...0x39).contains($0) }.count
            guard (1...4).contains(digits), digits == 4 || groups > 1,
                !isPartOfWord(at: end + 1 + digits)
            else { break }
            end += 1 + digits
            groups += 1
            if digits < 4 { break }
        }
        return groups >= 2 ? end : nil
    }

    /// What groups the digits of `1,234,567`, `1.234,5` and `12,34,567`, or nil.
    private static func groupSeparator(of atoms: [Atom]) -> UInt8? {
        guard atoms.count > 1, let first = atoms.first, first.range.count <= 3,
            ".,".utf8.contains(first.connector)
        else { return nil }
        let separator = first.connector
        let groups = atoms.indices.filter { $0 == 0 || atoms[$0 - 1].connector == separator }
        let isIndian =
            groups.count > 2
            && groups.dropFirst().dropLast().allSatisfy {
                atoms[$0].range.count == 2
            }
        for (index, atom) in atoms.enumerated() where index > 0 {
            let before = atoms[index - 1].connector
            if before == separator {
                let isInner = isIndian && index != groups.last
                guard atom.range.count == (isInner ? 2 : 3) else { return nil }
            } else if index < atoms.count - 1 || !".,".utf8.contains(before) {
                return nil
            }
        }
        return separator
    }

    /// Where the groups of three digits end that follow at `start`, each behind a separator; nil without.
    private func endOfGroups(after start: Int, partedBy separator: UInt8) -> Int? {
        var end = start
        while end < bytes.count, bytes[end] == separator, isDigit(at: end + 1),
            isDigit(at: end + 2),
            isDigit(at: end + 3), !isPartOfWord(at: end + 4)
        {
            end += 4
        }
        return end > start ? end : nil
    }

    /// The unit that stands at `start` behind one space, or a sign of parts that needs none; nil without.
    private func unit(after start: Int) -> Range<Int>? {
        let sign = start < bytes.count && bytes[start] == 0x20 ? start + 1 : start
        if sign < bytes.count, bytes[sign] == UInt8(ascii: "%") { return sign..<(sign + 1) }
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
    static let maximumLength = 8

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
        cm2 cm3 km2 ha hp cv ps btu mp mpx ppi bpm кг г мг км м см мм л мл ч мин сек руб грн в вт квт гц
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )
}
