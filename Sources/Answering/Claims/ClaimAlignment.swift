internal import TextAnalysis

/// Whether a claim can be had from a sentence by leaving out what does not change its meaning.
///
/// The words of the claim are found in the sentence one after the other. Between two of them the sentence may
/// have more only where that is an insertion (`the well, dug in 1911, is safe`), the first part of two joined by
/// a conjunction (`Ana met Luis and left`), or words that the question supplies. Nothing that limits the
/// statement is left out: no operator of a part that is used, no condition and no attribution of any.
struct ClaimAlignment {
    private typealias Token = ClaimSentence.Token

    private let whole: ClaimSentence
    private let claim: [Token]
    /// What stands after the claim's last word.
    private let trail: [String]
    private let sentence: ClaimSentence
    private let question: Set<String>
    /// Tells whether words of the claim may stand for a pronoun.
    private let isAntecedent: ([ClaimSentence.Token]) -> Bool
    private let isSpanish: Bool

    /// Compares `claim` with `sentence`.
    ///
    /// - Parameters:
    ///   - claim: The claim, or a part of it.
    ///   - sentence: What they should follow from.
    ///   - question: The forms of the question's words.
    ///   - isSpanish: Whether both are Spanish, where verbs need no subject.
    ///   - isAntecedent: Tells whether words may stand for a pronoun of the sentence.
    init(
        _ claim: ClaimSentence,
        in sentence: ClaimSentence,
        question: Set<String>,
        isSpanish: Bool,
        isAntecedent: @escaping ([ClaimSentence.Token]) -> Bool
    ) {
        whole = claim
        self.claim = claim.tokens
        trail = claim.trail
        self.sentence = sentence
        self.question = question
        self.isSpanish = isSpanish
        self.isAntecedent = isAntecedent
    }

    /// The places of the claim's words in the sentence, for a claim that follows; nil for another.
    ///
    /// Words that stand for a pronoun, or for a subject that is left out, share a place.
    ///
    /// - Complexity: O(claim × sentence²), both of at most some sixty words.
    func places() -> [Int]? {
        guard !claim.isEmpty, !sentence.tokens.isEmpty, claim.count <= 80,
            sentence.tokens.count <= 160
        else { return nil }
        return piece() ?? inOrder() ?? withAnotherSubject()
    }

    /// The places of a claim whose words stand in the sentence in the same order.
    private func inOrder() -> [Int]? {
        let count = sentence.tokens.count
        // before[i][j], where claim[..<i] can be laid with its last word at j: how that was come to.
        var before: [[(i: Int, j: Int)?]] = Array(
            repeating: Array(repeating: nil, count: count),
            count: claim.count + 1
        )
        let start = (i: 0, j: -1)
        for i in claim.indices {
            for j in 0..<count {
                for length in lengths(at: i, on: j) where before[i + length][j] == nil {
                    if i == 0 {
                        if starts(at: j) { before[length][j] = start }
                    } else {
                        let k = (0..<j).last { before[i][$0] != nil && follows($0, j, word: i) }
                        before[i + length][j] = k.map { (i, $0) }
                    }
                }
            }
        }
        guard let end = (0..<count).first(where: { before[claim.count][$0] != nil && ends(at: $0) })
        else { return nil }
        var places = [Int](repeating: end, count: claim.count)
        var (i, j) = (claim.count, end)
        while i > 0, let step = before[i][j] {
            for word in step.i..<i { places[word] = j }
            (i, j) = step
        }
        return places
    }

    /// How many words of the claim, from `i` on, may stand at `j`: one that matches, several for a pronoun.
    private func lengths(at i: Int, on j: Int) -> [Int] {
        let target = sentence.tokens[j]
        if claim[i].matches(target) { return [1] }
        guard case .pronoun = target.content else { return [] }
        return (1...4).filter { i + $0 <= claim.count && isAntecedent(Array(claim[i..<i + $0])) }
    }

    // MARK: The beginning

    /// The places of a claim that begins with a pronoun for what the question names, or, in Spanish, with the
    /// subject that the sentence leaves out.
    private func withAnotherSubject() -> [Int]? {
        guard claim.count > 1 else { return nil }
        if case .pronoun = claim[0].content {
            return rest(from: 1).afterSubject().map { [$0[0]] + $0 }
        }
        guard isSpanish, let first = sentence.tokens.first, !first.hasDeterminer,
            first.links.isEmpty, !first.isSign,
            let count = (1...min(4, claim.count - 1)).last(where: {
                isAntecedent(Array(claim[..<$0]))
            }),
            let places = rest(from: count).inOrder(), places[0] == 0
        else { return nil }
        return Array(repeating: 0, count: count) + places
    }

    private func rest(from start: Int) -> ClaimAlignment {
        ClaimAlignment(
            ClaimSentence(whole, tokens: Array(claim[start...])),
            in: sentence,
            question: question,
            isSpanish: isSpanish,
            isAntecedent: isAntecedent
        )
    }

    /// The places of words before which the sentence has nothing but its subject, which the question names.
    private func afterSubject() -> [Int]? {
        for j in sentence.tokens.indices.dropFirst() where claim[0].matches(sentence.tokens[j]) {
            let skipped = sentence.tokens[..<j]
            guard skipped.allSatisfy({ !$0.isSign && isInQuestion($0) }),
                sentence.tokens[1...j].allSatisfy({ !$0.boundary.isAny }),
                agrees(claim[0].links, after: 0, upTo: j)
            else { continue }
            var places = [j]
            for word in claim.indices.dropFirst() {
                let next = sentence.tokens.indices.first { k in
                    k > places[word - 1] && claim[word].matches(sentence.tokens[k])
                        && follows(places[word - 1], k, word: word)
                }
                guard let next else { break }
                places.append(next)
            }
            if places.count == claim.count, ends(at: places[places.count - 1]) { return places }
        }
        return nil
    }

    private func starts(at j: Int) -> Bool {
        let tokens = sentence.tokens
        let target = tokens[j]
        if j > 0, !mayLeaveOut(tokens[..<j], beside: j) { return false }
        guard linksAgree(0, target), j == 0 || claim[0].trail.isEmpty else { return false }
        if j == 0 { return true }
        if target.boundary.isAny {
            // What somebody says, or what is told of a word that is left out, stands on nothing.
            return !target.boundary.hasComplementizer && !target.boundary.hasRelative
        }
        return tokens[..<j].allSatisfy(isInQuestion)
    }

    // MARK: Pieces

    /// Where a claim stands that is no sentence but a piece of one, which says nothing false by itself: words in
    /// a row, after a preposition, a form of `be` or an article; a name; a number with what it counts.
    ///
    /// Nothing in the sentence may deny, limit or ascribe what the piece is taken from.
    private func piece() -> [Int]? {
        let tokens = sentence.tokens
        let isLimited = tokens.contains { token in
            guard case .sign(let sign) = token.content else { return false }
            return [.negation, .attribution, .condition, .choice].contains(sign.kind)
        }
        // A conjunction or a form of `be` makes a sentence of it.
        let isPlain = claim.dropFirst().allSatisfy { token in
            !token.boundary.hasRelative && !token.boundary.hasComplementizer
                && Self.auxiliaries.isDisjoint(with: token.links)
        }
        guard !isLimited, isPlain, claim.count <= 6, claim.count <= tokens.count,
            !claim.contains(where: \.isSign), claim.first?.content != .pronoun
        else { return nil }
        return (0...tokens.count - claim.count).first { j in
            let target = tokens[j]
            let next = j + claim.count
            let isRow = claim.indices.allSatisfy { i in
                claim[i].matches(tokens[j + i])
                    && (i == 0
                        || claim[i].links == tokens[j + i].links
                            && claim[i].isOwned == tokens[j + i].isOwned)
            }
            let isName = tokens[j..<next].allSatisfy {
                $0.isNumber || $0.text.first?.isUppercase == true
            }
            // One plain word may describe the next: `red` in `the red switch`.
            let isWord = claim.count == 1 && !isName
            guard isRow, !target.isAdjacent, !target.isOwned,
                isWord || next == tokens.count
                    || !tokens[next].isAdjacent && !tokens[next].isOwned
            else { return false }
            if isWord || isName { return true }
            let isAfterWord = target.isNumber || !target.links.isEmpty
            return isAfterWord
                && (claim[0].links == target.links
                    || !Self.auxiliaries.isDisjoint(with: target.links) && claim[0].links.isEmpty)
        }.map { j in Array(j..<j + claim.count) }
    }

    private static let auxiliaries: Set<String> = [
        "is", "was", "be", "has", "had", "did", "es", "fue", "ser", "sera", "ha", "habia", "hay",
        "hubo",
    ]

    // MARK: Between two words

    /// Whether the claim's word `i` may stand at `j` after one at `k`.
    private func follows(_ k: Int, _ j: Int, word i: Int) -> Bool {
        let tokens = sentence.tokens
        let target = tokens[j]
        if j == k + 1 {
            if target.isOwned != claim[i].isOwned { return false }
            return linksAgree(i, target)
        }
        let skipped = tokens[k + 1..<j]
        guard mayLeaveOut(skipped, between: k, and: j) else { return false }
        if skipped.last?.isNumber == true, target.isAdjacent { return false }
        let inner = tokens[k + 1...j].dropFirst().map(\.boundary).filter(\.isAny)
        let opening = tokens[k + 1].boundary
        if target.boundary.isAny {
            // An insertion after a word, left out to its end.
            let isInsertion =
                opening.hasMark && target.boundary.hasMark
                && target.boundary.hasCoordinator == claim[i].boundary.hasCoordinator
            // The first of two joined parts: the second has to begin here, with no subject of its own.
            let isJoined =
                target.boundary.hasCoordinator && !opening.isAny && inner.count == 1
                && !claim[i].boundary.hasCoordinator && !target.isNumber
            guard isInsertion || isJoined else {
                return skipped.allSatisfy(isInQuestion)
                    && linksAgree(i, target)
            }
            let own = claim[i].links
            if isInsertion, own == target.links { return true }
            let links = target.links.filter { $0 != "and" && $0 != "y" && $0 != "e" }
            return isJoined && (own == links || links.isEmpty && own == tokens[k + 1].links)
        }
        guard skipped.allSatisfy(isInQuestion) else { return false }
        return linksAgree(i, target) || agrees(claim[i].links, after: k, upTo: j)
    }

    /// Whether `links` are what joins the words after `k` up to `j` without those words: `is kept in` without
    /// `kept`.
    private func agrees(_ links: [String], after k: Int, upTo j: Int) -> Bool {
        let tokens = sentence.tokens[k + 1...j]
        return links == sentence.tokens[j].links || links == tokens.flatMap(\.links)
    }

    private func linksAgree(_ word: Int, _ target: Token) -> Bool {
        let links = claim[word].links
        if claim[word].trail != target.trail, word > 0 || !claim[word].trail.isEmpty {
            return false
        }
        if links == target.links { return true }
        // Where the claim begins another way, only the conjunction before the piece may be missing.
        let bare = target.links.filter {
            !["and", "but", "y", "e", "pero", "sino", "so"].contains($0)
        }
        return target.boundary.hasCoordinator && links == bare
    }

    // MARK: The end

    private func ends(at j: Int) -> Bool {
        let rest = sentence.tokens[(j + 1)...]
        guard let next = rest.first else { return trail == sentence.trail }
        guard trail.isEmpty else { return false }
        guard mayLeaveOut(rest, between: j, and: sentence.tokens.count) else { return false }
        if next.boundary.isAny { return !next.boundary.hasRelative || next.boundary.hasMark }
        if rest.allSatisfy(isInQuestion) { return true }
        // The unit of a number, the noun of an adjective, the object of a verb.
        guard let link = next.links.first, !next.isOwned else { return false }
        // What happened once stays true without its circumstances; a rule does not.
        return ["in", "at", "on", "en", "by", "por"].contains(link) && (isPast || isYear(next))
    }

    private func isYear(_ token: Token) -> Bool {
        guard case .number(let value) = token.content, let year = Int(value) else { return false }
        return (1_000..<2_030).contains(year)
    }

    /// Whether the sentence tells of something past.
    private var isPast: Bool {
        sentence.tokens.contains {
            $0.inflection == .past
                || $0.links.contains { ["was", "had", "fue", "habia"].contains($0) }
        }
    }

    // MARK: What is left out

    private func isInQuestion(_ token: Token) -> Bool {
        if case .pronoun = token.content { return true }
        return token.content == .word && !question.isDisjoint(with: token.forms)
    }

    private func mayLeaveOut(_ tokens: ArraySlice<Token>, beside j: Int) -> Bool {
        mayLeaveOut(tokens, between: -1, and: j)
    }

    /// Whether the operators among `tokens`, which stand between the words at `k` and `j`, say nothing about
    /// what the claim uses.
    private func mayLeaveOut(_ tokens: ArraySlice<Token>, between k: Int, and j: Int) -> Bool {
        let all = sentence.tokens
        for place in tokens.indices {
            guard case .sign(let sign) = all[place].content else { continue }
            switch sign.kind {
            case .condition, .attribution, .choice: return false
            case .modal where question.contains(sign.name): continue
            case .negation, .modal, .quantity, .hedge:
                // In a part of its own, on both sides.
                let isPartedLeft =
                    k < 0 || (k + 1...place).contains { all[$0].boundary.isPart }
                let isPartedRight =
                    j >= all.count || (place + 1...j).contains { all[$0].boundary.isPart }
                if !isPartedLeft || !isPartedRight { return false }
                // An opening part with a conjunction that takes the whole back.
                if k < 0, sign.kind == .negation, !all[j].boundary.hasCoordinator { return false }
            }
        }
        return true
    }
}
