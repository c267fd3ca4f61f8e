import Answering
import Foundation
import TextAnalysis

/// Makes claims that do not follow from a sentence, of many kinds, by a seeded generator.
///
/// Each kind changes the sentence in one way that changes what it says. A kind finds nothing to change in many
/// sentences; those give no claim.
struct FalseClaims {
    /// A sentence with what stands around it.
    struct Material: Sendable {
        let passage: SourcePassage
        let range: Range<Int>
        let text: String

        var isSpanish: Bool { passage.language == .spanish }
    }

    /// A claim that does not follow from its quotation.
    struct Case: Sendable {
        let question: String
        let claim: String
        let citation: Citation
        let passage: SourcePassage
    }

    /// The kinds of changes.
    enum Kind: String, CaseIterable, Sendable {
        case numberChanged, numberInWordsChanged, numbersExchanged, numberDropped, unitChanged
        case nameFromElsewhere, nameInvented, wordFromElsewhere, rolesExchanged
        case negationAdded, negationRemoved, negationCutOff, modalChanged, modalAdded, modalRemoved
        case quantityChanged, quantityAdded, conditionRemoved, conditionAdded, attributionRemoved
        case oppositeWord, comparisonTurned, questionSaidBack, bareAnswer, addressAdded, stitched
        case choiceTurned, hedgeRemoved, tenseChanged, limitDropped, clauseAdded, inventedAbroad

        /// Kinds that no rule was changed for while the rules were made.
        static let heldOut: Set<Kind> = [
            .wordFromElsewhere, .choiceTurned, .hedgeRemoved, .clauseAdded,
        ]
    }

    private var random: SplitMix64
    let material: [Material]

    /// Makes claims about the sentences of `passages`.
    init(_ passages: [SourcePassage], seed: UInt64) {
        random = SplitMix64(seed: seed)
        material = passages.flatMap { passage in
            let bytes = Array(passage.text.utf8)
            return sentenceRanges(in: bytes).compactMap { range -> Material? in
                let text = String(decoding: bytes[range], as: UTF8.self)
                let count = text.split(separator: " ").count
                guard (5...45).contains(count), text.last == "." else { return nil }
                return Material(passage: passage, range: range, text: text)
            }
        }
    }

    /// Up to `count` claims of a kind, all of them different.
    mutating func make(_ kind: Kind, count: Int) -> [Case] {
        var cases: [Case] = []
        var seen: Set<String> = []
        var attempts = 0
        while cases.count < count, attempts < count * 60 + 2_000, !material.isEmpty {
            attempts += 1
            let source = pick(material)
            guard let (changed, cut) = change(source, kind), changed != source.text else {
                continue
            }
            let claim = changed.replacingOccurrences(of: "  ", with: " ")
                .trimmingCharacters(in: .whitespaces)
            guard seen.insert(claim + source.text).inserted else { continue }
            cases.append(
                Case(
                    question: kind == .questionSaidBack || kind == .bareAnswer
                        ? yesNoQuestion(source) : question(source),
                    claim: claim,
                    citation: Citation(
                        passageID: source.passage.id,
                        quotation: cut ?? source.text,
                        range: source.range
                    ),
                    passage: source.passage
                )
            )
        }
        return cases
    }

    private func question(_ source: Material) -> String {
        let words = source.text.split(separator: " ").prefix(6).joined(separator: " ")
        return source.isSpanish ? "¿Qué se sabe de \(words)?" : "What is known of \(words)?"
    }

    private func yesNoQuestion(_ source: Material) -> String {
        let words = source.text.split(separator: " ").prefix(3).joined(separator: " ")
        return source.isSpanish
            ? "¿Es seguro y gratuito \(words) para los niños pequeños?"
            : "Is \(words) safe and free of charge for small children?"
    }

    private mutating func pick<T>(_ list: [T]) -> T {
        list[Int.random(in: list.indices, using: &random)]
    }

    /// The changed sentence, and a quotation if it is not the whole one.
    private mutating func change(_ source: Material, _ kind: Kind) -> (String, String?)? {
        let text = source.text
        let es = source.isSpanish
        func swap(_ pairs: [(String, String)], both: Bool = true) -> (String, String?)? {
            let directions = both ? pairs + pairs.map { ($1, $0) } : pairs
            for (from, to) in directions {
                if let range = text.range(of: "\\b\(from)\\b", options: .regularExpression) {
                    return (text.replacingCharacters(in: range, with: to), nil)
                }
            }
            return nil
        }
        func remove(_ words: [String]) -> (String, String?)? {
            for word in words {
                if let range = text.range(
                    of: "(?i)\\b\(word)\\b ?",
                    options: .regularExpression
                ) {
                    return (text.replacingCharacters(in: range, with: "").capitalizedFirst, nil)
                }
            }
            return nil
        }
        let numbers = text.ranges(ofPattern: "(?<![\\w.,:-])[0-9]+(?![\\w.,:-]*[0-9])")
        let words = text.split(separator: " ").map(String.init)
        switch kind {
        case .numberChanged:
            guard let range = numbers.randomElement(using: &random),
                let value = Int(text[range]), value < 1_000_000
            else { return nil }
            let other = value + Int.random(in: 1...9, using: &random)
            return (text.replacingCharacters(in: range, with: String(other)), nil)
        case .numberInWordsChanged:
            guard let range = numbers.randomElement(using: &random) else { return nil }
            let spelled =
                es
                ? ["trece", "noventa", "cuarenta y siete", "doscientos", "diecinueve"]
                : ["thirteen", "ninety", "forty-seven", "two hundred", "nineteen"]
            let values = es ? [13, 90, 47, 200, 19] : [13, 90, 47, 200, 19]
            let i = Int.random(in: 0..<5, using: &random)
            guard Int(text[range]) != values[i] else { return nil }
            return (text.replacingCharacters(in: range, with: spelled[i]), nil)
        case .numbersExchanged:
            guard numbers.count > 1, text[numbers[0]] != text[numbers[1]] else { return nil }
            var result = text
            result.replaceSubrange(numbers[1], with: text[numbers[0]])
            result.replaceSubrange(numbers[0], with: text[numbers[1]])
            return (result, nil)
        case .numberDropped:
            let counts = text.ranges(ofPattern: "(?<![\\w.,:-])[0-9]+ (?=[a-záéíóúñ]{4,})")
            guard let range = counts.randomElement(using: &random) else { return nil }
            return (text.replacingCharacters(in: range, with: ""), nil)
        case .unitChanged:
            return swap(
                es
                    ? [
                        ("minutos", "horas"), ("días", "semanas"), ("metros", "kilómetros"),
                        ("años", "meses"), ("millones", "miles"), ("euros", "dólares"),
                        ("siglo", "año"), ("kg", "g"), ("litros", "metros"),
                    ]
                    : [
                        ("minutes", "hours"), ("days", "weeks"), ("meters", "miles"),
                        ("years", "months"), ("million", "thousand"), ("euros", "dollars"),
                        ("century", "year"), ("kg", "g"), ("percent", "degrees"), ("feet", "miles"),
                    ]
            )
        case .nameFromElsewhere, .nameInvented:
            let names = text.ranges(ofPattern: "(?<=[a-z,] )[A-ZÁÉÍÓÚ][a-záéíóúñ]{3,}")
            guard let range = names.randomElement(using: &random) else { return nil }
            let others = source.passage.text.matches(
                ofPattern: "(?<=[a-z,] )[A-ZÁÉÍÓÚ][a-záéíóúñ]{3,}"
            )
            .filter { !text.contains($0) }
            let invented = ["Theodosius", "Villarroya", "Ostrander", "Calatrava", "Winnipeg"]
            guard
                let other = kind == .nameInvented
                    ? pick(invented) : others.randomElement(using: &random)
            else { return nil }
            return (text.replacingCharacters(in: range, with: other), nil)
        case .wordFromElsewhere:
            let inner = text.ranges(ofPattern: "(?<= )[a-záéíóúñ]{5,}(?= )")
            let others = source.passage.text.matches(ofPattern: "(?<= )[a-záéíóúñ]{6,}(?= )")
                .filter { !text.contains($0.prefix(5)) }
            guard let range = inner.randomElement(using: &random),
                let other = others.randomElement(using: &random),
                !stopWords(for: es ? .spanish : .english).contains(folded(String(text[range])))
            else { return nil }
            return (text.replacingCharacters(in: range, with: other), nil)
        case .rolesExchanged:
            let inner = text.ranges(ofPattern: "(?<= )[a-záéíóúñ]{6,}(?=[ ,])").filter {
                !stopWords(for: es ? .spanish : .english).contains(folded(String(text[$0])))
            }
            guard inner.count > 2 else { return nil }
            let a = Int.random(in: 0..<inner.count - 1, using: &random)
            let b = Int.random(in: a + 1..<inner.count, using: &random)
            guard
                folded(String(text[inner[a]])).prefix(5) != folded(String(text[inner[b]])).prefix(5)
            else { return nil }
            var result = text
            result.replaceSubrange(inner[b], with: text[inner[a]])
            result.replaceSubrange(inner[a], with: text[inner[b]])
            return (result, nil)
        case .negationAdded:
            return swap(
                es
                    ? [
                        ("es", "no es"), ("fue", "no fue"), ("son", "no son"),
                        ("puede", "no puede"),
                        ("tiene", "no tiene"), ("se", "no se"), ("ha", "nunca ha"),
                    ]
                    : [
                        ("is", "is not"), ("was", "was not"), ("are", "aren't"),
                        ("were", "were never"),
                        ("can", "cannot"), ("has", "has never"), ("may", "may not"),
                    ],
                both: false
            )
        case .negationRemoved:
            return remove(
                es
                    ? ["no", "nunca", "sin", "tampoco", "ya no"]
                    : ["not", "never", "no longer", "no", "cannot", "without"]
            )
        case .negationCutOff:
            let pattern = es ? "\\b[Nn]o |\\b[Nn]unca " : "\\bnot |\\bnever |\\bno "
            guard let cut = text.range(of: pattern, options: .regularExpression) else { return nil }
            let rest = String(text[cut.upperBound...])
            guard rest.split(separator: " ").count >= 4 else { return nil }
            return (rest.capitalizedFirst, nil)
        case .modalChanged:
            return swap(
                es
                    ? [
                        ("puede", "debe"), ("pueden", "deben"), ("podría", "debería"),
                        ("podrían", "deberían"), ("podía", "debía"),
                    ]
                    : [
                        ("may", "must"), ("can", "must"), ("could", "should"), ("might", "will"),
                        ("should", "must"), ("would", "may"),
                    ]
            )
        case .modalAdded:
            return swap(
                es
                    ? [
                        ("es", "debe ser"), ("son", "pueden ser"), ("fue", "pudo ser"),
                        ("se", "puede que se"),
                    ]
                    : [
                        ("is", "must be"), ("are", "may be"), ("was", "might be"),
                        ("were", "could be"),
                    ],
                both: false
            )
        case .modalRemoved:
            return remove(
                es
                    ? ["puede", "pueden", "debe", "deben", "podría", "podrían", "debería"]
                    : ["may", "might", "could", "should", "must", "can", "would"]
            )
        case .quantityChanged:
            return swap(
                es
                    ? [
                        ("todos", "algunos"), ("todas", "algunas"), ("muchos", "pocos"),
                        ("muchas", "pocas"), ("algunos", "todos"), ("cada", "algún"),
                        ("siempre", "a veces"), ("ambos", "varios"), ("mayoría", "mitad"),
                    ]
                    : [
                        ("all", "some"), ("many", "few"), ("most", "all"), ("some", "all"),
                        ("every", "some"), ("always", "sometimes"), ("several", "many"),
                        ("both", "most"), ("often", "always"), ("usually", "always"),
                    ],
                both: false
            )
        case .quantityAdded:
            let first = words[0]
            let rest = words.dropFirst().joined(separator: " ")
            let the = es ? ["El", "La", "Los", "Las"] : ["The", "A", "An"]
            guard the.contains(first) else { return nil }
            return (
                (es ? "Solo \(first.lowercased()) " : "Only \(first.lowercased()) ") + rest, nil
            )
        case .conditionRemoved:
            let openers =
                es
                ? "si|cuando|salvo|excepto|hasta|mientras|a menos que|antes de|después de"
                : "if|unless|except|until|when|while|provided|before|after"
            guard
                let cut = text.range(of: ",? \\b(\(openers))\\b .*$", options: .regularExpression),
                text[..<cut.lowerBound].split(separator: " ").count >= 4
            else {
                guard
                    let lead = text.range(
                        of: "^(?i)(\(openers))\\b [^,]*, ",
                        options: .regularExpression
                    )
                else { return nil }
                return (String(text[lead.upperBound...]).capitalizedFirst, nil)
            }
            return (String(text[..<cut.lowerBound]) + ".", nil)
        case .conditionAdded:
            let ends =
                es
                ? [
                    " si hace buen tiempo.", " salvo los domingos.", " cuando llueve.",
                    " sin permiso.",
                ]
                : [
                    " if the weather is good.", " except on Sundays.", " when it rains.",
                    " without permission.",
                ]
            return (String(text.dropLast()) + pick(ends), nil)
        case .attributionRemoved:
            let pattern =
                es
                ? "^.{3,60}\\b(afirm[aóa]n?|dij[oe]r?o?n?|cre[eí]an?|sostuv[oi]e?r?o?n?|sostienen?|sugier[eo]n?|asegur[aóa]n?|argument[aóa]n?) que "
                : "^.{3,60}\\b(claim(s|ed)?|said|says|believe[sd]?|argue[sd]?|suggest(s|ed)?|stated|reported|thought) that "
            guard let cut = text.range(of: pattern, options: .regularExpression) else {
                let lead = es ? "^Según [^,]{3,50}, " : "^According to [^,]{3,50}, "
                guard let cut = text.range(of: lead, options: .regularExpression) else {
                    return nil
                }
                return (String(text[cut.upperBound...]).capitalizedFirst, nil)
            }
            return (String(text[cut.upperBound...]).capitalizedFirst, nil)
        case .oppositeWord:
            return swap(
                es
                    ? [
                        ("alto", "bajo"), ("grande", "pequeño"), ("primero", "último"),
                        ("primera", "última"), ("norte", "sur"), ("este", "oeste"),
                        ("mayor", "menor"),
                        ("nuevo", "viejo"), ("abierto", "cerrado"), ("rápido", "lento"),
                        ("público", "privado"), ("antiguo", "moderno"), ("abre", "cierra"),
                        ("sube", "baja"), ("largo", "corto"),
                    ]
                    : [
                        ("high", "low"), ("higher", "lower"), ("large", "small"), ("first", "last"),
                        ("north", "south"), ("northern", "southern"), ("east", "west"),
                        ("early", "late"), ("open", "closed"), ("opens", "closes"), ("old", "new"),
                        ("public", "private"), ("best", "worst"), ("long", "short"),
                        ("major", "minor"),
                        ("increased", "decreased"), ("left", "right"),
                    ]
            )
        case .comparisonTurned:
            return swap(
                es
                    ? [
                        ("más", "menos"), ("antes", "después"), ("mayor", "menor"),
                        ("desde", "hasta"),
                        ("sobre", "bajo"), ("dentro", "fuera"), ("con", "sin"),
                    ]
                    : [
                        ("more", "less"), ("before", "after"), ("above", "below"),
                        ("over", "under"),
                        ("greater", "smaller"), ("from", "to"), ("with", "without"),
                        ("inside", "outside"), ("until", "since"),
                    ]
            )
        case .questionSaidBack:
            let start = words.prefix(3).joined(separator: " ")
            return (
                es
                    ? "\(start) es seguro y gratuito para los niños pequeños."
                    : "\(start) is safe and free of charge for small children.", nil
            )
        case .bareAnswer:
            let answers =
                es
                ? [
                    "Sí.", "No.", "Sí, pueden.", "Claro que sí.", "Sí, es seguro.", "Pueden.",
                    "Así es.",
                ]
                : [
                    "Yes.", "No.", "They may.", "Yes, it is.", "It is.", "Of course.", "They can.",
                    "That is right.",
                ]
            return (pick(answers), nil)
        case .addressAdded:
            let links = [
                "[Sign in](https://login.example.net/session)", "https://evil.example.org/a",
                "![](https://x.example.com/p.png)", "www.example.org/path", "admin@example.com",
                "Run `rm_all --now/x`.", "<a href=\"https://example.net\">x</a>",
            ]
            return (text + " " + pick(links), nil)
        case .stitched:
            let others = material.filter { $0.passage.id == source.passage.id && $0.text != text }
            guard let other = others.randomElement(using: &random) else { return nil }
            let verbs =
                es ? " (es|fue|son|tiene|se|ha|era) " : " (is|was|are|were|has|had|may|can) "
            guard let a = text.range(of: verbs, options: .regularExpression),
                let b = other.text.range(of: verbs, options: .regularExpression)
            else { return nil }
            return (String(text[..<a.lowerBound]) + String(other.text[b.lowerBound...]), nil)
        case .choiceTurned:
            return swap(
                es ? [("o", "y"), ("y", "o")] : [("or", "and"), ("and", "or")],
                both: false
            )
        case .hedgeRemoved:
            return remove(
                es
                    ? [
                        "casi", "aproximadamente", "probablemente", "cerca de", "alrededor de",
                        "quizás",
                    ]
                    : [
                        "about", "almost", "nearly", "approximately", "probably", "perhaps",
                        "likely",
                        "roughly",
                    ]
            )
        case .tenseChanged:
            return swap(
                es
                    ? [
                        ("fue", "es"), ("era", "será"), ("fueron", "son"), ("es", "era"),
                        ("son", "eran"),
                        ("abre", "abrió"), ("tiene", "tenía"), ("había", "hay"),
                    ]
                    : [
                        ("was", "is"), ("were", "are"), ("is", "was"), ("are", "will be"),
                        ("has", "had"),
                        ("opens", "opened"),
                    ],
                both: false
            )
        case .limitDropped:
            let limits = es ? "con|para|de los|de las" : "with|for|who|that"
            let verbs = es ? "puede|pueden|debe|deben|no" : "may|can|must|should|is|are"
            guard
                let cut = text.range(
                    of: " (\(limits)) [^,.]{4,40}(?= (\(verbs)) )",
                    options: .regularExpression
                )
            else { return nil }
            return (text.replacingCharacters(in: cut, with: ""), nil)
        case .clauseAdded:
            let ends =
                es
                ? [
                    " y cuesta más.", " porque es obligatorio.", ", lo cual es peligroso.",
                    " y lo paga el ayuntamiento.",
                ]
                : [
                    " and costs more.", " because it is required.", ", which is dangerous.",
                    " and the town pays for it.",
                ]
            return (String(text.dropLast()) + pick(ends), nil)
        case .inventedAbroad:
            let claims =
                es
                ? [
                    "The house is broken and everybody must leave at once.",
                    "The visitors have to pay the whole fee in advance.",
                    "The old machine was sold to a company in the capital.",
                ]
                : [
                    "El generador está estropeado y todos tienen que salir de la casa.",
                    "Los visitantes han de pagar toda la cuota por adelantado.",
                    "La máquina vieja se vendió a una empresa de la capital.",
                ]
            return (pick(claims), nil)
        }
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }

    fileprivate func ranges(ofPattern pattern: String) -> [Range<String.Index>] {
        var result: [Range<String.Index>] = []
        var from = startIndex
        while let range = range(of: pattern, options: .regularExpression, range: from..<endIndex) {
            result.append(range)
            from = range.upperBound > from ? range.upperBound : index(after: from)
            if from >= endIndex { break }
        }
        return result
    }

    fileprivate func matches(ofPattern pattern: String) -> [String] {
        ranges(ofPattern: pattern).map { String(self[$0]) }
    }
}
