internal import TextAnalysis

/// Whether a claim follows from its quotation, as far as that can be told without understanding.
///
/// A true quotation must not lend its weight to something else. A claim follows only if it can be had from one
/// sentence of its quotation by leaving out what does not change the meaning, by moving a circumstance to the
/// other end, or by naming what a pronoun stands for: see `ClaimAlignment`. It gains no word, loses no condition,
/// and its numbers keep their units and their neighbors. The test errs to one side: a claim that fails is shown
/// as its quotation, which is true, only less smooth.
///
/// Across languages words cannot be compared: a claim that agrees in numbers, addresses and negation is said to
/// be unchecked, and its quotation is what stands.
struct ClaimSupport: Sendable {
    /// What can be said of a claim.
    enum Verdict: Hashable, Sendable {
        /// It says nothing but what its quotation says.
        case follows
        /// It is in another language, and nothing speaks against it.
        case unchecked
        /// It says something else, or that cannot be told.
        case fails
    }

    /// Characters of the longest claim: who says more says something of its own.
    static let longest = 400

    private let passage: SourcePassage
    private let language: Language
    private let asked: Language
    /// The forms of the question's words, and the names of its operators.
    private let question: Set<String>
    /// The forms of the words in the title and the headings.
    private let headings: Set<String>

    /// Prepares to judge claims about `passage` that answer `question`.
    init(question: String, passage: SourcePassage) {
        let detector = LanguageDetector()
        asked = detector.language(of: question)
        self.passage = passage
        let own = detector.language(of: passage.text)
        let known = passage.language == .undetermined ? own : passage.language
        let language = known == .undetermined ? asked : known
        self.language = language
        let read = ClaimSentence(question, language: language)
        self.question = read.tokens.reduce(into: []) { forms, token in
            if case .sign(let sign) = token.content { forms.insert(sign.name) }
            if token.content == .word || token.isNumber { forms.formUnion(token.forms) }
        }
        headings = ([passage.title] + passage.headingPath).reduce(into: []) { forms, heading in
            for token in ClaimSentence(heading, language: language).tokens
            where token.content == .word || token.isNumber {
                forms.formUnion(token.forms)
            }
        }
    }

    /// Judges whether `claim` follows from `citation`, which stands in the passage.
    ///
    /// The question is no evidence: what it takes for granted may be wrong. Its words may be left out, since
    /// whoever asked knows them.
    ///
    /// - Complexity: O(words of the claim × words of the quotation² × prepositions of the quotation).
    func judge(_ claim: String, by citation: Citation) -> Verdict {
        guard claim.count <= Self.longest, !claim.contains(where: Self.isMarkup) else {
            return .fails
        }
        let quotation = citation.quotation
        guard Self.exactWords(in: claim).isSubset(of: Self.exactWords(in: quotation)) else {
            return .fails
        }
        if isForeign(claim, to: quotation) {
            return agreesAbroad(claim, quotation) ? .unchecked : .fails
        }
        let sentences = answerUnits(in: Array(quotation.utf8)).map {
            String(decoding: Array(quotation.utf8)[$0], as: UTF8.self)
        }
        let before = lastUnit(before: citation.range.lowerBound)
        let said = answerUnits(in: Array(claim.utf8)).map {
            ClaimSentence(
                String(decoding: Array(claim.utf8)[$0], as: UTF8.self),
                language: language
            )
        }
        guard !said.isEmpty, !sentences.contains(where: Retraction.isOne) else { return .fails }
        let isCarried = said.allSatisfy { part in
            sentences.indices.contains { i in
                follows(part, from: sentences[i], after: i > 0 ? sentences[i - 1] : before)
            }
        }
        return isCarried ? .follows : .fails
    }

    /// Whether a sentence denies, limits or ascribes what it announces.
    func limits(_ announcement: String) -> Bool {
        ClaimSentence(announcement, language: language).tokens.contains { token in
            guard case .sign(let sign) = token.content else { return false }
            return [.negation, .condition, .attribution, .modal].contains(sign.kind)
        }
    }

    private func follows(_ claim: ClaimSentence, from text: String, after before: String?) -> Bool {
        guard !claim.tokens.isEmpty, !claim.startsWithAnswer else { return false }
        let sentence = ClaimSentence(text, language: language)
        let subject = before.map { Self.subject(of: ClaimSentence($0, language: language)) } ?? []
        let isAntecedent = { (words: [ClaimSentence.Token]) -> Bool in
            [headings, subject].contains { known in
                words.allSatisfy {
                    ($0.content == .word || $0.isNumber) && !known.isDisjoint(with: $0.forms)
                }
            }
        }
        let whole = (sentence: sentence, middle: 0)
        for variant in [whole] + sentence.rearranged {
            let alignment = ClaimAlignment(
                claim,
                in: variant.sentence,
                question: question,
                isSpanish: language == .spanish,
                isAntecedent: isAntecedent
            )
            guard let places = alignment.places(), let first = places.first, let last = places.last
            else { continue }
            // Where parts have changed places, both are there.
            guard variant.middle == 0 || first < variant.middle && last >= variant.middle else {
                continue
            }
            if saysSomething(places, of: variant.sentence) { return true }
        }
        return isPredicate(claim, of: sentence)
    }

    /// Whether a claim says something that the question does not, or all that the sentence says.
    private func saysSomething(_ places: [Int], of sentence: ClaimSentence) -> Bool {
        let used = Set(places.filter { $0 >= 0 }).map { sentence.tokens[$0] }
            .filter { $0.content == .word || $0.isNumber }
        let isNew = used.contains { question.isDisjoint(with: $0.forms) }
        let words = sentence.tokens.count { $0.content == .word || $0.isNumber }
        return isNew || used.count * 5 >= words * 3 && !used.isEmpty
    }

    /// `the red switch` says that the switch is red.
    private func isPredicate(_ claim: ClaimSentence, of sentence: ClaimSentence) -> Bool {
        guard claim.tokens.count == 2, claim.hasCopula,
            claim.tokens.allSatisfy({ $0.content == .word }),
            ["is", "es"].contains(claim.tokens[1].links.first ?? ""),
            !sentence.tokens.contains(where: \.isSign)
        else { return false }
        // English has the adjective first, Spanish last.
        let isSpanish = language == .spanish
        return zip(sentence.tokens, sentence.tokens.dropFirst()).contains { first, second in
            let (noun, adjective) = isSpanish ? (first, second) : (second, first)
            return second.isAdjacent && !second.isOwned && claim.tokens[0].matches(noun)
                && claim.tokens[1].matches(adjective)
        }
    }

    /// The words that a sentence begins with, up to its verb where that can be told: what `it` in the next
    /// sentence stands for.
    private static func subject(of sentence: ClaimSentence) -> Set<String> {
        var forms: Set<String> = []
        for (i, token) in sentence.tokens.prefix(4).enumerated() {
            let isLinked = token.links.isEmpty || token.links == ["of"] || token.links == ["de"]
            guard i == 0 || (!token.boundary.isAny && isLinked),
                token.content == .word || token.isNumber
            else { break }
            forms.formUnion(token.forms)
        }
        return forms
    }

    private func lastUnit(before offset: Int) -> String? {
        let bytes = Array(passage.text.utf8)
        guard offset <= bytes.count else { return nil }
        let units = answerUnits(in: bytes)
        return units.last { $0.upperBound <= offset }
            .map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    // MARK: Across languages

    /// Whether the claim answers in the question's language from a quotation in another.
    ///
    /// Short texts are in no language that can be told; a claim in a third language is nobody's answer.
    private func isForeign(_ claim: String, to quotation: String) -> Bool {
        // Short texts look like neighbors of their language: only what both lists know is believed.
        let known: Set<Language> = [.english, .spanish]
        let detector = LanguageDetector()
        let own = detector.language(of: quotation)
        let quoted = known.contains(own) ? own : language
        let said = detector.language(of: claim)
        let claimed = known.contains(said) ? said : asked
        return claimed != .undetermined && quoted != .undetermined && claimed != quoted
            && (asked == claimed || asked == .undetermined)
    }

    /// Whether two texts in different languages have the same numbers and both deny or both do not.
    private func agreesAbroad(_ claim: String, _ quotation: String) -> Bool {
        let said = ClaimSentence(claim, language: asked)
        let quoted = ClaimSentence(quotation, language: language)
        let given = Set(quoted.tokens.compactMap(\.number))
        guard said.tokens.compactMap(\.number).allSatisfy(given.contains) else { return false }
        return said.denies == quoted.denies
    }

    // MARK: Exact words

    /// Characters that make a claim something else than words: markup, and what nobody sees.
    private static func isMarkup(_ character: Character) -> Bool {
        character == "<" || character == ">"
            || character.unicodeScalars.contains { HiddenCharacters.contains($0) }
    }

    /// What is written together with signs: addresses, paths, options, versions, times.
    private static func exactWords(in text: String) -> Set<String> {
        Set(
            words(in: text).filter { !$0.isPart }.filter { word in
                let isJoined =
                    word.text.contains { "_/@:#+".contains($0) }
                    || word.text.dropFirst().dropLast().contains(".")
                // Plain numbers are compared by their value.
                let isNumber = word.text.allSatisfy { $0.isNumber || $0 == "." || $0 == "," }
                return isJoined && !isNumber
            }.map(\.folded)
        )
    }
}

extension ClaimSentence {
    /// The sentence with a circumstance moved from its beginning to its end, and from its end to its beginning.
    ///
    /// `In 1911, the parish dug the well` says what `The parish dug the well in 1911` says.
    /// With the place where the second part begins.
    fileprivate var rearranged: [(sentence: ClaimSentence, middle: Int)] {
        let places = tokens.indices.dropFirst().filter { place in
            let boundary = tokens[place].boundary
            if boundary.hasComplementizer || boundary.hasRelative || boundary.hasCoordinator {
                return false
            }
            return isMovable(tokens[place])
                || boundary.hasMark && isMovable(tokens[0])
                    && tokens[1..<place].allSatisfy { !$0.boundary.hasMark }
        }
        return places.map { place in
            var front = Array(tokens[place...])
            var back = Array(tokens[..<place])
            front[0].boundary = Boundary()
            back[0].boundary = Boundary(hasMark: true)
            return (ClaimSentence(self, tokens: front + back), front.count)
        }
    }

    private func isMovable(_ token: Token) -> Bool {
        if case .sign(let sign) = token.content { return sign.kind == .condition }
        return token.links.first.map(Self.movablePrepositions.contains) ?? false
    }

    /// Prepositions of circumstances; `of` belongs to its noun.
    private static let movablePrepositions: Set<String> = [
        "in", "at", "on", "for", "with", "during", "under", "from", "by", "within", "since", "near",
        "behind", "en", "a", "con", "durante", "desde", "por", "para", "bajo", "sobre", "entre",
    ]

    /// Whether something is denied.
    fileprivate var denies: Bool {
        tokens.contains { token in
            if case .sign(let sign) = token.content { return sign.kind == .negation }
            return false
        }
    }
}

extension ClaimSentence.Token {
    fileprivate var number: String? {
        if case .number(let value) = content { value } else { nil }
    }
}
