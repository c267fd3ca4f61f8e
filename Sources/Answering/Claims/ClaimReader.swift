internal import TextAnalysis

/// Reads a sentence word by word for `ClaimSentence`.
struct ClaimReader {
    private(set) var tokens: [ClaimSentence.Token] = []
    private(set) var startsWithAnswer = false
    private(set) var hasCopula = false

    private let terms: [QueryTerm]
    private let bytes: [UInt8]
    private let lexicon: FunctionWords
    private let isSpanish: Bool

    /// What has been seen since the last token.
    private var boundary = ClaimSentence.Boundary()
    private(set) var links: [String] = []
    private var trail: [String] = []
    private var isAdjacent = true
    private var isOwned = false
    private var hasDeterminer = false

    init(_ sentence: String, language: Language) {
        isSpanish = language == .spanish
        lexicon = .of(language)
        let plain = Self.withoutContractions(sentence)
        bytes = Array(plain.utf8)
        let languages: [Language] =
            language == .undetermined ? [.english, .spanish] : [isSpanish ? .spanish : language]
        var whole = 0..<0
        var end = 0
        // Compounds of number words and of plain words are read part by part, others whole.
        terms = KeywordAnalyzer().queryTerms(plain, languages: languages).filter { term in
            // Signs of currencies are units of numbers, and emoji say nothing that is claimed.
            guard term.surface.contains(where: { $0.isLetter || $0.isNumber }) else { return false }
            if !term.isPart {
                let isPlain = term.surface.allSatisfy { $0.isLetter || $0 == "-" || $0 == "/" }
                let isSplit = isPlain && term.surface.contains { $0 == "-" || $0 == "/" }
                if isSplit { whole = term.range } else { end = term.range.upperBound }
                return !isSplit
            }
            guard whole.contains(term.range.lowerBound), term.range.lowerBound >= end else {
                return false
            }
            end = term.range.upperBound
            return true
        }
    }

    /// `don't` and `can’t` in full.
    private static func withoutContractions(_ text: String) -> String {
        var text = text.replacing("’", with: "'")
        for (short, long) in [
            ("can't", "can not"), ("Can't", "Can not"), ("won't", "will not"),
            ("Won't", "Will not"),
            ("shan't", "shall not"), ("n't", " not"), ("'re", " are"), ("'ve", " have"),
            ("'ll", " will"), ("cannot", "can not"), ("Cannot", "Can not"),
        ] {
            text = text.replacing(short, with: long)
        }
        return text
    }

    mutating func read() {
        let words = terms.map(\.surface)
        var i = 0
        var end = 0
        while i < terms.count {
            let term = terms[i]
            // Words of scripts without spaces overlap.
            note(gap: end..<max(end, term.range.lowerBound))
            let isFirst = i == 0
            let count = take(at: i, words)
            if isFirst, lexicon.bareAnswers.contains(term.surface),
                terms.count == 1
                    || follows(
                        term,
                        by: [
                            UInt8(ascii: ","), UInt8(ascii: "."),
                            UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "!"),
                        ]
                    )
            {
                startsWithAnswer = true
            }
            i += count
            end = terms[i - 1].range.upperBound
        }
    }

    /// Reads the word at `i`, or several that belong together, and returns how many.
    private mutating func take(at i: Int, _ words: [String]) -> Int {
        if let (value, count) = number(at: i, words) {
            let unit = unit(around: i..<i + count, words)
            append(i, .number(value), unit: unit.name)
            return count + unit.words
        }
        for count in [3, 2, 1] where i + count <= words.count {
            let phrase = Array(words[i..<i + count])
            if lexicon.fillers.contains(phrase) { return count }
            if let sign = lexicon.phrases[phrase] {
                take(sign, at: i)
                return count
            }
        }
        let word = words[i]
        if let sign = lexicon.operators[word] {
            take(sign, at: i)
        } else if lexicon.coordinators.contains(word) {
            boundary.hasCoordinator = true
            startPart(word)
        } else if lexicon.relatives.contains(word) {
            boundary.hasRelative = true
            startPart(word)
        } else if lexicon.complementizers.contains(word) {
            boundary.hasComplementizer = true
            startPart(word)
        } else if lexicon.clauseOpeners.contains(word) {
            boundary.hasOpener = true
            startPart(word)
        } else if isSpanish, terms[i].range.count == 3, spelled(i) == "él" {
            append(i, .pronoun)
        } else if lexicon.pronouns.contains(word) {
            append(i, .pronoun)
        } else if let link = lexicon.links[word] {
            if lexicon.copulas.contains(word) { hasCopula = true }
            links.append(link)
            isAdjacent = false
        } else if word == "s", isAfterApostrophe(i) {
            isOwned = true
        } else if lexicon.determiners.contains(word) {
            hasDeterminer = true
            isAdjacent = false
        } else {
            append(i, .word)
        }
        return 1
    }

    private mutating func take(_ sign: FunctionWords.Operator, at i: Int) {
        if sign.kind == .condition {
            boundary.hasOpener = true
        }
        append(i, .sign(sign))
    }

    /// Begins another part of the sentence: what stood before the conjunction joins nothing to it.
    private mutating func startPart(_ word: String) {
        trail += links
        links = [word]
        isAdjacent = false
        hasDeterminer = false
    }

    private mutating func append(_ i: Int, _ content: ClaimSentence.Content, unit: String = "") {
        let term = terms[i]
        let text = spelled(i)
        var token = ClaimSentence.Token(
            text: text,
            forms: Set(term.stems).union([term.surface]),
            content: content,
            inflection: ClaimSentence.Inflection(text, isSpanish: isSpanish),
            range: term.range
        )
        token.unit = unit
        token.boundary = boundary
        token.links = links
        token.trail = trail
        token.isAdjacent = isAdjacent && !tokens.isEmpty
        token.isOwned = isOwned
        token.hasDeterminer = hasDeterminer
        tokens.append(token)
        boundary = ClaimSentence.Boundary()
        links = []
        trail = []
        isAdjacent = true
        isOwned = false
        hasDeterminer = false
    }

    /// Reads the marks between two words.
    private mutating func note(gap: Range<Int>) {
        var i = gap.lowerBound
        while i < gap.upperBound {
            switch bytes[i] {
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "("),
                UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "|"),
                UInt8(ascii: "."):
                mark()
            case 0xE2
            where i + 2 < gap.upperBound && bytes[i + 1] == 0x80
                && (bytes[i + 2] == 0x93 || bytes[i + 2] == 0x94):
                mark()  // – —
            default: break
            }
            i += 1
        }
    }

    private mutating func mark() {
        boundary.hasMark = true
        trail += links
        links = []
        isAdjacent = false
        hasDeterminer = false
    }

    private func spelled(_ i: Int) -> String {
        String(decoding: bytes[terms[i].range], as: UTF8.self)
    }

    private func isAfterApostrophe(_ i: Int) -> Bool {
        let start = terms[i].range.lowerBound
        return start > 0 && bytes[start - 1] == UInt8(ascii: "'")
    }

    private func follows(_ term: QueryTerm, by marks: [UInt8]) -> Bool {
        let end = term.range.upperBound
        return end < bytes.count && marks.contains(bytes[end])
    }

    // MARK: Numbers

    /// The number that begins at `i`, in one form, and how many words it has.
    private func number(at i: Int, _ words: [String]) -> (String, Int)? {
        if words[i].utf8.allSatisfy({ isDigit($0) || $0 == 0x2E || $0 == 0x2C }) {
            // 0,10 and 1,222 are two words each.
            var last = i
            while last + 1 < terms.count, joinsDigits(last), !words[last].contains(".") {
                last += 1
            }
            let text = bytes[terms[i].range.lowerBound..<terms[last].range.upperBound]
            var value = NumberWords.canonical(String(decoding: text, as: UTF8.self))
            let end = terms[last].range.upperBound
            // 10² is not 10, -5 is not 5.
            if end + 1 < bytes.count, bytes[end] == 0xC2, [0xB2, 0xB3].contains(bytes[end + 1]) {
                value += "^"
            }
            let start = terms[i].range.lowerBound
            if start > 0, bytes[start - 1] == UInt8(ascii: "-"),
                start == 1 || bytes[start - 2] == 0x20
            {
                value = "-" + value
            }
            // Five million, and 5 million.
            if last + 1 < words.count,
                let scale = NumberWords.read(words[(last + 1)...], isSpanish: isSpanish),
                scale.value >= 100, scale.count == 1, let factor = Double(value)
            {
                let product = factor * Double(scale.value)
                return (NumberWords.canonical(product.digits), last + 2 - i)
            }
            return (value, last + 1 - i)
        }
        guard let reading = NumberWords.read(words[i...], isSpanish: isSpanish) else { return nil }
        // “one” that stands for something, or for a person.
        if !isSpanish, reading.value == 1, reading.count == 1, i > 0,
            ["no", "this", "that", "the", "which", "any", "some", "every", "each"]
                .contains(words[i - 1])
        {
            return nil
        }
        return (String(reading.value), reading.count)
    }

    private func joinsDigits(_ i: Int) -> Bool {
        let next = terms[i + 1]
        return next.range.lowerBound == terms[i].range.upperBound + 1
            && bytes[terms[i].range.upperBound] == UInt8(ascii: ",")
            && next.surface.utf8.allSatisfy { isDigit($0) || $0 == 0x2E }
    }

    private static let units: [String: String] = [
        "percent": "%", "euro": "€", "euros": "€", "dollar": "$", "dollars": "$", "dolar": "$",
        "dolares": "$", "pound": "£", "pounds": "£", "libras": "£", "eur": "€", "usd": "$",
    ]

    /// The currency or the per cent beside a number, and the words that it takes after it.
    private func unit(around range: Range<Int>, _ words: [String]) -> (name: String, words: Int) {
        let start = terms[range.lowerBound].range.lowerBound
        let end = terms[range.upperBound - 1].range.upperBound
        let before = String(decoding: bytes[max(0, start - 4)..<start], as: UTF8.self)
        let after = String(decoding: bytes[end..<min(bytes.count, end + 5)], as: UTF8.self)
        for sign in ["€", "$", "£", "%", "°"] {
            if after.hasPrefix(sign) || after.hasPrefix(" " + sign)
                || after.hasPrefix("\u{A0}" + sign)
                || before.hasSuffix(sign)
            {
                return (sign, 0)
            }
        }
        let next = range.upperBound < words.count ? words[range.upperBound] : ""
        if let unit = Self.units[next] { return (unit, 1) }
        if isSpanish, next == "por", range.upperBound + 1 < words.count,
            words[range.upperBound + 1] == "ciento"
        {
            return ("%", 2)
        }
        return ("", 0)
    }
}

extension Double {
    /// The number without a fraction that is zero, and without an exponent.
    fileprivate var digits: String {
        self == rounded() && abs(self) < 1e15 ? String(Int(self)) : String(self)
    }
}
