/// Numbers spelled out in Spanish or English.
package enum NumberWords {
    /// A number and how many words spell it.
    package struct Reading: Hashable {
        package let value: Int
        package let count: Int
    }

    /// Reads the longest number that `words`, folded, begin with; nil if they begin with none.
    ///
    /// Knows numbers below a trillion: `ninety five`, `two hundred and forty`, `treinta y dos`,
    /// `mil doscientos`. Spanish `un` and `una` count only before `mil` and `millón`, since alone they are
    /// articles.
    ///
    /// - Complexity: O(words of the number).
    package static func read(_ words: ArraySlice<String>, isSpanish: Bool) -> Reading? {
        let units = isSpanish ? spanish : english
        let scales = isSpanish ? spanishScales : englishScales
        let joint = isSpanish ? "y" : "and"
        var total = 0
        var part = 0
        /// The size of the last word: what follows must be smaller (`twenty two`, not `two twenty`).
        var last = Int.max
        var count = 0
        var i = words.startIndex
        while i < words.endIndex {
            let word = words[i]
            let next = i + 1 < words.endIndex ? words[i + 1] : ""
            if let scale = scales[word], count > 0 || !isSpanish || scale == 1_000 {
                // `thousand` multiplies what stands before it; `mil` alone is 1,000.
                if scale == 100, !isSpanish {
                    guard part < 10 else { break }
                    part = max(part, 1) * 100
                    last = 100
                } else {
                    total += max(part, 1) * scale
                    part = 0
                    last = scale
                }
                i += 1
            } else if let unit = units[word], unit < last, fits(unit, after: part) {
                part += unit
                last = unit >= 100 ? 100 : unit >= 20 ? 10 : 1
                i += 1
            } else if isSpanish, ["un", "una"].contains(word), ["mil", "millon"].contains(next),
                count == 0
            {
                part = 1
                i += 1
            } else if word == joint, count > 0, let unit = units[next], unit < last,
                fits(unit, after: part)
            {
                i += 1
            } else {
                break
            }
            count = i - words.startIndex
        }
        return count == 0 ? nil : Reading(value: total + part, count: count)
    }

    /// Whether a word's number may follow: `twenty two`, `two hundred two`, never `two three`.
    private static func fits(_ unit: Int, after part: Int) -> Bool {
        if part == 0 { return true }
        if unit < 10, part % 10 == 0 { return part % 100 != 10 }
        return unit < 100 && part % 100 == 0
    }

    private static func table(_ groups: [(String, Int, Int)]) -> [String: Int] {
        var result: [String: Int] = [:]
        for (words, first, step) in groups {
            for (number, word) in words.split(separator: " ").enumerated() {
                result[String(word)] = first + number * step
            }
        }
        return result
    }

    private static let english = table([
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                + "sixteen seventeen eighteen nineteen", 1, 1
        ),
        ("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
    ]).merging(["zero": 0]) { first, _ in first }

    private static let englishScales = [
        "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    ]

    private static let spanish = table([
        (
            "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince "
                + "dieciseis diecisiete dieciocho diecinueve veinte veintiuno veintidos veintitres "
                + "veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve", 1, 1
        ),
        ("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
        (
            "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos "
                + "novecientos", 200, 100
        ),
        (
            "doscientas trescientas cuatrocientas quinientas seiscientas setecientas ochocientas "
                + "novecientas", 200, 100
        ),
    ]).merging(["cero": 0, "cien": 100, "ciento": 100, "veintiun": 21, "veintiuna": 21]) {
        first,
        _ in first
    }

    private static let spanishScales = [
        "mil": 1_000, "millon": 1_000_000, "millones": 1_000_000,
    ]
}

extension NumberWords {
    /// The number that digits spell, in one form.
    ///
    /// `1.450`, `1,450` and `1450` are the same, so are `0,10` and `0.1`. Times, dates and versions stay as
    /// they are.
    package static func canonical(_ digits: some StringProtocol) -> String {
        let parts = digits.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }) else {
            return String(digits)
        }
        let marks = digits.filter { $0 == "." || $0 == "," }
        let isGrouped =
            parts[0].count <= 3 && parts[0] != "0" && parts.dropFirst().allSatisfy { $0.count == 3 }
        if Set(marks).count == 1, isGrouped { return parts.joined() }
        if Set(marks).count == 1, marks.count > 1 { return String(digits) }
        var fraction = String(parts[parts.count - 1])
        while fraction.last == "0" { fraction.removeLast() }
        let whole = parts.dropLast().joined()
        return fraction.isEmpty ? whole : whole + "." + fraction
    }
}
