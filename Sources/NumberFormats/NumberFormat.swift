#if canImport(Musl)
internal import Musl
#else
internal import Glibc
#endif

/// A number format of a spreadsheet, `0.0%` or `[h]:mm`: what a person sees of a number.
///
/// Digits are not grouped, and dates are written year first, so that both are found however the
/// machine of the person writes them; everything else is as the format says.
package struct NumberFormat: Sendable {
    private let sections: [Section]

    /// The format of a code, as in styles of workbooks.
    package init(_ code: String) {
        sections = Self.split(code).prefix(4).map(Section.init)
    }

    /// The format that a number of Excel's own stands for; nil for the general one.
    package init?(builtIn id: Int) {
        guard let code = Self.builtIn[id] else { return nil }
        self.init(code)
    }

    /// What is shown of a number.
    ///
    /// - Parameters:
    ///   - number: The number; of a date, days since the beginning of 1900 or 1904.
    ///   - written: How the file writes it.
    ///   - startsIn1904: Whether days count from 1904.
    /// - Returns: The text of the cell, or `written` where the number is no date that a format asks for.
    package func shown(_ number: Double, written: String, startsIn1904: Bool) -> String {
        guard number.isFinite, let first = sections.first else { return written }
        var section = first
        var value = number
        if sections.count > 1, number < 0 {
            section = sections[1]
            value = -number
        } else if sections.count > 2, number == 0 {
            section = sections[2]
        }
        switch section.kind {
        case .general: return section.framed(Self.general(value, written: written))
        case .date: return DateFormat(section).shown(number, startsIn1904: startsIn1904) ?? written
        case .number where section.isFraction:
            return (value < 0 ? "-" : "") + section.fraction(of: abs(value))
        case .number:
            let sign = value < 0 ? "-" : ""
            return sign + section.digits(of: abs(value))
        case .text: return section.framed("")
        }
    }

    /// A number without a format: fifteen digits, as more are how a computer keeps 0.1.
    package static func general(_ number: Double, written: String) -> String {
        guard number.isFinite else { return written }
        if number == number.rounded(), abs(number) < 9e15 { return "\(Int(number))" }
        let digits = written.utf8.prefix { $0 | 0x20 != 0x65 }
            .filter { (0x30...0x39).contains($0) }.drop { $0 == 0x30 }
        if digits.count <= 15, Double(written) == number {
            return written.hasPrefix(".") ? "0" + written : written
        }
        let magnitude = Int(log10(abs(number)).rounded(.up))
        guard (-250...250).contains(magnitude) else { return "\(number)" }
        let scale = pow(10, Double(15 - magnitude))
        let rounded = (number * scale).rounded() / scale
        return rounded.isFinite ? "\(rounded)" : "\(number)"
    }

    /// The parts between semicolons that stand outside quotation marks and brackets.
    private static func split(_ code: String) -> [Substring] {
        var parts: [Substring] = []
        var start = code.startIndex
        var isQuoted = false
        var i = code.startIndex
        while i < code.endIndex {
            switch code[i] {
            case "\"": isQuoted.toggle()
            case "\\" where !isQuoted:
                i = code.index(after: i)
                if i == code.endIndex { continue }
            case ";" where !isQuoted:
                parts.append(code[start..<i])
                start = code.index(after: i)
            default: break
            }
            i = code.index(after: i)
        }
        parts.append(code[start...])
        return parts
    }

    private static let builtIn: [Int: String] = [
        1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
        12: "# ?/?", 13: "# ??/??",
        14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
        19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 27: "yyyy-mm-dd",
        28: "yyyy-mm-dd", 29: "yyyy-mm-dd", 30: "yyyy-mm-dd", 31: "yyyy-mm-dd", 32: "h:mm",
        33: "h:mm:ss", 34: "h:mm", 35: "h:mm:ss", 36: "yyyy-mm-dd", 37: "#,##0;(#,##0)",
        38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)", 45: "mm:ss",
        46: "[h]:mm:ss", 47: "mm:ss", 48: "##0.0E+0", 49: "@",
    ]

    // MARK: Sections

    /// What a format says for numbers of one sign.
    struct Section: Sendable {
        enum Kind: Sendable { case general, number, date, text }

        enum Token: Sendable {
            case literal(String)
            /// A digit that is shown even where it is zero, or not.
            case digit(isForced: Bool)
            case point
            case percent
            case exponent
            /// A part of a date, `yyyy`; `[h]` counts on past a day.
            case part(Character, count: Int, isElapsed: Bool)
        }

        private(set) var tokens: [Token] = []
        private(set) var kind = Kind.text
        /// How many times the number is divided by a thousand.
        private var thousands = 0

        init(_ code: Substring) {
            var rest = code
            var isGeneral = false
            while let character = rest.popFirst() {
                switch character {
                case "\"":
                    tokens.append(.literal(String(rest.prefix { $0 != "\"" })))
                    rest = rest.drop { $0 != "\"" }.dropFirst()
                case "\\": if let next = rest.popFirst() { tokens.append(.literal(String(next))) }
                case "_", "*": rest = rest.dropFirst()
                case "[":
                    let inner = rest.prefix { $0 != "]" }
                    rest = rest.drop { $0 != "]" }.dropFirst()
                    addBracket(inner)
                case "0": tokens.append(.digit(isForced: true))
                case "#", "?": tokens.append(.digit(isForced: false))
                case ".": tokens.append(.point)
                case "%": tokens.append(.percent)
                case ",":
                    // After the last digit it divides, between digits it groups.
                    if !rest.contains(where: { "0#?".contains($0) }) { thousands += 1 }
                case "E" where rest.first == "+" || rest.first == "-", "e" where rest.first == "+":
                    rest = rest.dropFirst()
                    tokens.append(.exponent)
                case "G" where rest.hasPrefix("eneral"):
                    rest = rest.dropFirst(6)
                    isGeneral = true
                case "y", "Y", "m", "M", "d", "D", "h", "H", "s", "S":
                    let letter = Character(character.lowercased())
                    let more = rest.prefix { $0.lowercased() == String(letter) }.count
                    rest = rest.dropFirst(more)
                    tokens.append(.part(letter, count: more + 1, isElapsed: false))
                case "A", "a":
                    if rest.lowercased().hasPrefix("m/pm") {
                        rest = rest.dropFirst(4)
                    } else if rest.lowercased().hasPrefix("/p") {
                        rest = rest.dropFirst(2)
                    }
                case "@": break
                default: tokens.append(.literal(String(character)))
                }
            }
            kind = isGeneral ? .general : kindOfTokens
        }

        private mutating func addBracket(_ inner: Substring) {
            if let letter = inner.first?.lowercased().first, "hms".contains(letter),
                inner.allSatisfy({ $0.lowercased().first == letter })
            {
                tokens.append(.part(letter, count: inner.count, isElapsed: true))
            } else if inner.hasPrefix("$") {
                // "[$€-407]" is a currency, "[$-409]" a language.
                tokens.append(.literal(String(inner.dropFirst().prefix { $0 != "-" })))
            }
        }

        private var kindOfTokens: Kind {
            var hasDigits = false
            for token in tokens {
                switch token {
                case .part: return .date
                case .digit: hasDigits = true
                default: break
                }
            }
            return hasDigits ? .number : .text
        }

        /// Whether digits stand on both sides of a slash: `# ?/?`.
        var isFraction: Bool {
            let slash = tokens.firstIndex { if case .literal("/") = $0 { true } else { false } }
            guard let slash else { return false }
            func isDigit(_ token: Token) -> Bool {
                switch token {
                case .digit: true
                case .literal(let text): text.allSatisfy(\.isNumber)
                default: false
                }
            }
            return tokens[..<slash].contains(where: isDigit)
                && tokens[(slash + 1)...].contains(where: isDigit)
        }

        /// A number that is not negative, as a whole number and the nearest fraction with a denominator
        /// of so many digits as the format has, or with the denominator that it names.
        func fraction(of number: Double) -> String {
            guard number < 1e15 else { return "\(number)" }
            var named = ""
            var places = 0
            var isBehind = false
            for token in tokens {
                switch token {
                case .literal("/"): isBehind = true
                case .literal(let text) where isBehind && text.allSatisfy(\.isNumber): named += text
                case .digit where isBehind: places += 1
                default: break
                }
            }
            let whole = number.rounded(.down)
            let rest = number - whole
            var best = (numerator: rest.rounded(), denominator: 1.0)
            if let denominator = Double(named), denominator > 0, denominator < 1e6 {
                best = ((rest * denominator).rounded(), denominator)
            } else {
                for candidate in 1..<(places > 1 ? 100 : 10) {
                    let denominator = Double(candidate)
                    let numerator = (rest * denominator).rounded()
                    let isNearer =
                        abs(numerator / denominator - rest) + 1e-9
                        < abs(best.numerator / best.denominator - rest)
                    if isNearer { best = (numerator, denominator) }
                }
            }
            if best.numerator == 0 { return "\(Int(whole))" }
            if best.numerator == best.denominator { return "\(Int(whole) + 1)" }
            let part = "\(Int(best.numerator))/\(Int(best.denominator))"
            return whole > 0 ? "\(Int(whole)) " + part : part
        }

        /// A text with the literals around it.
        func framed(_ text: String) -> String {
            let literals = tokens.map { if case .literal(let text) = $0 { text } else { "" } }
            return (text + literals.joined()).trimmingSpaces
        }

        /// A number that is not negative, in the digits of the section.
        func digits(of number: Double) -> String {
            var value = number
            var decimals = 0
            var whole = 0
            var isAfterPoint = false
            var isScientific = false
            for token in tokens {
                switch token {
                case .percent: value *= 100
                case .point: isAfterPoint = true
                case .exponent: isScientific = true
                case .digit where !isScientific:
                    if isAfterPoint { decimals += 1 } else { whole += 1 }
                default: break
                }
            }
            for _ in 0..<min(thousands, 6) { value /= 1000 }
            var exponent = 0
            if isScientific, value > 0 {
                exponent = Int(log10(value).rounded(.down))
                value /= pow(10, Double(exponent))
                if value >= 9.9999999999 { (value, exponent) = (value / 10, exponent + 1) }
            }
            guard value < 1e18 else { return "\(number)" }
            let parts = Self.decimal(value, min(decimals, 15))
            return fill(parts.whole, parts.fraction, whole, exponent).trimmingSpaces
        }

        /// The digits before and after the point of a number rounded to so many decimals.
        private static func decimal(_ value: Double, _ decimals: Int) -> (
            whole: [Character], fraction: [Character]
        ) {
            let scale = pow(10, Double(decimals))
            // 1.005 is kept as a little less: rounded as it is shown.
            let scaled = (value * scale * (1 + 4e-16)).rounded()
            guard scaled < 9e18 else { return (Array("\(Int(value))"), []) }
            var digits = Array("\(Int(scaled))")
            while digits.count <= decimals { digits.insert("0", at: 0) }
            return (Array(digits.dropLast(decimals)), Array(digits.suffix(decimals)))
        }

        /// Puts digits into the section's places: the first place takes what has none.
        private func fill(
            _ whole: [Character],
            _ fraction: [Character],
            _ places: Int,
            _ exponent: Int
        ) -> String {
            var text = ""
            var place = 0
            var decimal = 0
            var isAfterPoint = false
            var digits = whole == ["0"] ? [] : whole
            var isScientific = false
            for token in tokens {
                switch token {
                case .literal(let literal): text += literal
                case .percent: text += "%"
                case .point:
                    isAfterPoint = true
                    // Places that show nothing are no decimals.
                    if places == 0 { text += String(digits) }
                    let shown = fraction.lastIndex { $0 != "0" } != nil || hasForcedDecimals
                    if shown { text += "." }
                case .exponent:
                    isScientific = true
                    text += "E" + (exponent < 0 ? "-" : "+")
                    let size = "\(abs(exponent))"
                    text += size.count < 2 ? "0" + size : size
                case .digit where isScientific: break
                case .digit(let isForced) where isAfterPoint:
                    guard decimal < fraction.count else { continue }
                    let isNeeded = fraction[decimal...].contains { $0 != "0" }
                    if isForced || isNeeded { text.append(fraction[decimal]) }
                    decimal += 1
                case .digit(let isForced):
                    let left = places - place
                    if place == 0, digits.count > left {
                        text += String(digits.prefix(digits.count - left))
                        digits.removeFirst(digits.count - left)
                    }
                    if digits.count == left {
                        text.append(digits.removeFirst())
                    } else if isForced {
                        text.append("0")
                    }
                    place += 1
                case .part: break
                }
            }
            return text
        }

        private var hasForcedDecimals: Bool {
            var isAfterPoint = false
            for token in tokens {
                if case .point = token { isAfterPoint = true }
                if case .digit(isForced: true) = token, isAfterPoint { return true }
                if case .exponent = token { return false }
            }
            return false
        }
    }
}

/// A format of dates, times and durations.
private struct DateFormat {
    private let section: NumberFormat.Section

    init(_ section: NumberFormat.Section) { self.section = section }

    /// The date, the time or the duration; nil if the number is none.
    func shown(_ serial: Double, startsIn1904: Bool) -> String? {
        var hasDay = false
        var hasHour = false
        var hasSecond = false
        var elapsed: Character?
        for token in section.tokens {
            guard case .part(let letter, _, let isElapsed) = token else { continue }
            if isElapsed { elapsed = letter }
            if letter == "y" || letter == "d" { hasDay = true }
            if letter == "h" { hasHour = true }
            if letter == "s" { hasSecond = true }
        }
        if !hasHour, !hasSecond, elapsed == nil { hasDay = true }
        if let elapsed { return duration(serial, from: elapsed, hasSecond: hasSecond) }
        guard serial >= 0, serial < 2_958_466 else { return nil }
        var seconds = Int(((serial - serial.rounded(.down)) * 86_400).rounded())
        var day = Int(serial)
        if seconds >= 86_400 { (seconds, day) = (0, day + 1) }
        let time =
            two(seconds / 3600) + ":" + two(seconds / 60 % 60)
            + (hasSecond ? ":" + two(seconds % 60) : "")
        if !hasDay, !hasHour { return two(seconds / 60 % 60) + ":" + two(seconds % 60) }
        if !hasDay { return time }
        // The first of January 1970 in either way of counting; 1900 had no 29th of February.
        let first = startsIn1904 ? 24_107 : day < 60 ? 25_568 : 25_569
        let date = Self.day(day - first)
        let showsTime = hasHour || (seconds > 0 && hasSecond)
        return showsTime && (seconds > 0 || hasHour) && !(seconds == 0 && hasDay)
            ? date + " " + time : date
    }

    private func duration(_ serial: Double, from unit: Character, hasSecond: Bool) -> String? {
        guard abs(serial) < 1e9 else { return nil }
        let seconds = Int((abs(serial) * 86_400).rounded())
        let sign = serial < 0 ? "-" : ""
        switch unit {
        case "h":
            let tail = hasSecond ? ":" + two(seconds % 60) : ""
            return sign + "\(seconds / 3600):" + two(seconds / 60 % 60) + tail
        case "m": return sign + "\(seconds / 60)" + (hasSecond ? ":" + two(seconds % 60) : "")
        default: return sign + "\(seconds)"
        }
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    /// The day that lies `days` after the first of January 1970, as `2024-03-01`.
    private static func day(_ days: Int) -> String {
        // Years that begin in March, in eras of 400 of them.
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let year = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * year + year / 4 - year / 100)
        let m = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * m + 2) / 5 + 1
        let month = m < 10 ? m + 3 : m - 9
        func padded(_ number: Int, _ digits: Int) -> String {
            let text = "\(number)"
            return String(repeating: "0", count: max(digits - text.count, 0)) + text
        }
        let civil = year + era * 400 + (month <= 2 ? 1 : 0)
        return "\(padded(civil, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        var rest = drop { $0.isWhitespace }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return String(rest)
    }
}
