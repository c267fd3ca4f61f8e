import Answering
import Foundation
import TextAnalysis

/// Makes claims that follow from a sentence: shortenings, movings, pronouns put in and resolved, numbers
/// respelled, the piece that answers, and translations.
struct TrueClaims {
    /// The kinds of claims.
    enum Kind: String, CaseIterable, Sendable {
        case whole, endDropped, insertionDropped, circumstanceMoved, secondHalf, connectorDropped
        case piece, name, numberRespelled, pronounForSubject, subjectForPronoun,
            pastCircumstanceDropped
        case translated
    }

    private var random: SplitMix64
    private let material: [FalseClaims.Material]
    /// Sentences and their translations.
    private let pairs: [(SourcePassage, String)]

    /// Makes claims about the sentences of `passages`; `pairs` have a translation each.
    init(_ passages: [SourcePassage], pairs: [(SourcePassage, String)] = [], seed: UInt64) {
        material = FalseClaims(passages, seed: seed).material
        self.pairs = pairs
        random = SplitMix64(seed: seed)
    }

    /// Up to `count` different claims of a kind.
    mutating func make(_ kind: Kind, count: Int) -> [FalseClaims.Case] {
        if kind == .translated { return translations }
        var cases: [FalseClaims.Case] = []
        var seen: Set<String> = []
        for _ in 0..<(count * 60 + 2_000) where cases.count < count && !material.isEmpty {
            let source = material[Int.random(in: material.indices, using: &random)]
            guard let (claim, question) = change(source, kind), seen.insert(claim).inserted else {
                continue
            }
            cases.append(
                FalseClaims.Case(
                    question: question,
                    claim: claim.prefix(1).uppercased() + claim.dropFirst(),
                    citation: Citation(
                        passageID: source.passage.id,
                        quotation: source.text,
                        range: source.range
                    ),
                    passage: source.passage
                )
            )
        }
        return cases
    }

    private var translations: [FalseClaims.Case] {
        pairs.map { passage, translation in
            FalseClaims.Case(
                question: passage.language == .spanish
                    ? "What do the documents say of this?" : "¿Qué dicen de esto los documentos?",
                claim: translation,
                citation: Citation(
                    passageID: passage.id,
                    quotation: passage.text,
                    range: 0..<passage.text.utf8.count
                ),
                passage: passage
            )
        }
    }

    /// A claim and a question that it answers.
    private func change(_ source: FalseClaims.Material, _ kind: Kind) -> (String, String)? {
        let text = source.text
        let es = source.isSpanish
        let asked = es ? "¿Qué dice el documento?" : "What does the document say?"
        func without(_ pattern: String, _ end: String = ".") -> (String, String)? {
            guard let cut = text.range(of: pattern, options: .regularExpression) else { return nil }
            let rest = text.replacingCharacters(in: cut, with: end)
            return rest.split(separator: " ").count >= 3 ? (rest, asked) : nil
        }
        /// Words whose loss would change the meaning are none of this generator's business.
        let risky =
            es
            ? "\\b(si|cuando|salvo|excepto|hasta|según|dice|dijo|que|o)\\b"
            : "\\b(if|unless|except|until|when|while|before|after|according|said|claimed|that|or|whether)\\b"
        let isRisky = text.range(of: risky, options: .regularExpression) != nil
        switch kind {
        case .whole: return (text, asked)
        case .endDropped:
            guard !isRisky else { return nil }
            return without(
                es
                    ? ", (lo que|y|pero|porque|aunque|donde) [^,]*\\.$"
                    : ", (which|who|and|but|because|although|where) [^,]*\\.$"
            )
        case .insertionDropped:
            guard let cut = text.range(of: " \\([^)]*\\)", options: .regularExpression),
                !isRisky || text[cut].range(of: risky, options: .regularExpression) == nil,
                text[cut].range(
                    of: "\\b(not|no|may|puede|only|solo|about|or|o|all|some|el más|also)\\b",
                    options: .regularExpression
                ) == nil
            else { return nil }
            return (text.replacingCharacters(in: cut, with: ""), asked)
        case .circumstanceMoved:
            let lead =
                es
                ? "^(En|Durante|Desde|Por|Con) [^,]{3,30}, (?=(el|la|los|las|un|una) )"
                : "^(In|During|At|On|By|With) [^,]{3,30}, (?=(the|a|an) )"
            guard let cut = text.range(of: lead, options: .regularExpression) else { return nil }
            let moved = text[cut].dropLast(2)
            return (
                "\(text[cut.upperBound...].dropLast()) \(moved.prefix(1).lowercased() + moved.dropFirst()).",
                asked
            )
        case .secondHalf:
            guard !isRisky else { return nil }
            let joint =
                es ? "^[^,]*, (y|pero) (?=(el|la|los|las|su) )" : "^[^,]*, (and|but) (?=(the|a) )"
            return without(joint, "")
        case .connectorDropped:
            let lead =
                es
                ? "^(Sin embargo|Además|Por lo tanto|Por ello|Así), "
                : "^(However|Therefore|Thus|Moreover|Furthermore|In addition), "
            return without(lead, "")
        case .piece:
            guard !isRisky else { return nil }
            let pattern =
                es
                ? "(?<= )(en|por|para|con|desde) (el|la|los|las|un|una) [^,]{4,40}(?=\\.$)"
                : "(?<= )(in|at|by|on|for|from) (the|a|an) [^,]{4,40}(?=\\.$)"
            guard let range = text.range(of: pattern, options: .regularExpression),
                text.range(
                    of: "\\b(not|no|never|nunca|sin|without)\\b",
                    options: .regularExpression
                ) == nil
            else { return nil }
            return (String(text[range]) + ".", asked)
        case .name:
            guard !isRisky,
                text.range(
                    of: "\\b(not|no|never|nunca|sin|without)\\b",
                    options: .regularExpression
                ) == nil,
                let range = text.range(
                    of:
                        "(?<=[a-z]{2} )(?<!(of|de|day) )[A-ZÁÉÍÓÚ][a-záéíóúñ]+( [A-ZÁÉÍÓÚ][a-záéíóúñ]+)*(?=[.]|, (y|and) |$| (in|on|for|en|para) )",
                    options: .regularExpression
                )
            else { return nil }
            return (String(text[range]) + ".", es ? "¿Quién o qué?" : "Who or what?")
        case .numberRespelled:
            guard
                let range = text.range(
                    of: "(?<= )[0-9]{1,2}(?= [a-z])",
                    options: .regularExpression
                ),
                let value = Int(text[range]), value > 1
            else { return nil }
            return (
                text.replacingCharacters(in: range, with: Self.spelled(value, isSpanish: es)), asked
            )
        case .pronounForSubject:
            let pattern =
                es
                ? "^(El|La) [a-záéíóúñ]+ (?=(es|fue|era|está|tiene|tenía) )"
                : "^(The|A) [a-z]+ (?=(is|was|has|had|opens|opened) )"
            guard let cut = text.range(of: pattern, options: .regularExpression) else { return nil }
            let subject = text[cut].trimmingCharacters(in: .whitespaces).lowercased()
            let rest = text[cut.upperBound...]
            return es
                ? (String(rest), "¿Qué se sabe de \(subject)?")
                : ("It \(rest)", "What is \(subject)?")
        case .subjectForPronoun:
            let bytes = Array(source.passage.text.utf8)
            guard
                let before = sentenceRanges(in: bytes).last(where: {
                    $0.upperBound <= source.range.lowerBound
                })
            else { return nil }
            let previous = String(decoding: bytes[before], as: UTF8.self)
            guard
                let pronoun = text.range(
                    of: "^It (?=(is|was|has|had|can|may) )",
                    options: .regularExpression
                ),
                let subject = previous.range(
                    of: "^The [a-z]+( [a-z]+)? (?=(is|was|has|had|can|may) )",
                    options: .regularExpression
                )
            else { return nil }
            let name = String(previous[subject])
            return (
                text.replacingCharacters(in: pronoun, with: name), "What of \(name.lowercased())?"
            )
        case .pastCircumstanceDropped:
            let pattern = es ? " en (18|19|20)[0-9]{2}\\.$" : " in (18|19|20)[0-9]{2}\\.$"
            guard !isRisky,
                text.range(
                    of: es ? "ó |fue |fueron " : "was |were |ed ",
                    options: .regularExpression
                ) != nil,
                text.range(
                    of: "\\b(not|no|only|first|solo|primer|never|nunca)\\b",
                    options: .regularExpression
                ) == nil
            else { return nil }
            return without(pattern)
        case .translated: return nil
        }
    }

    private static func spelled(_ value: Int, isSpanish: Bool) -> String {
        let units =
            (isSpanish
            ? "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
            : "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
            .split(separator: " ").map(String.init)
        if value < units.count { return units[value] }
        let tens =
            (isSpanish
            ? "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
            : "twenty thirty forty fifty sixty seventy eighty ninety").split(separator: " ").map(
                String.init
            )
        let ten = tens[value / 10 - (isSpanish ? 3 : 2)]
        if value % 10 == 0 { return ten }
        return isSpanish ? "\(ten) y \(units[value % 10])" : "\(ten)-\(units[value % 10])"
    }
}
