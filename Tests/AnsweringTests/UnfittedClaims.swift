import Answering
import TextAnalysis

/// Claims of kinds that no rule was made for, out of sentences with places to fill: each sentence with what does
/// not follow from it, and what does.
///
/// `FalseClaims` changes sentences that somebody wrote; here the sentences are made for the kind, so that every
/// kind has as many cases as are wanted.
struct UnfittedClaims {
    /// A sentence with places in braces, and claims about it.
    struct Pattern: Sendable {
        let kind: String
        let quotation: String
        let lies: [String]
        let truths: [String]

        init(_ kind: String, _ quotation: String, lies: [String], truths: [String] = []) {
            self.kind = kind
            self.quotation = quotation
            self.lies = lies
            self.truths = truths
        }
    }

    /// A claim about a quotation.
    struct Case: Hashable, Sendable {
        let kind: String
        let question: String
        let quotation: String
        let claim: String
        let language: Language
    }

    private var random: SplitMix64
    private let language: Language
    private let patterns: [Pattern]

    init(_ language: Language, seed: UInt64) {
        self.language = language
        random = SplitMix64(seed: seed)
        patterns = language == .spanish ? Self.spanish : Self.english
    }

    /// The kinds, in order.
    var kinds: [String] {
        var seen: Set<String> = []
        return patterns.map(\.kind).filter { seen.insert($0).inserted }
    }

    /// Different false claims of a kind, as many as there can be up to `count`.
    mutating func lies(_ kind: String, count: Int) -> [Case] {
        make(count, of: patterns.filter { $0.kind == kind }, \.lies, asked: 4)
    }

    /// Different true claims of all kinds, up to `count`.
    ///
    /// The question names the subject, and no more: who asks with the words of the answer is told nothing by it.
    mutating func truths(count: Int) -> [Case] { make(count, of: patterns, \.truths, asked: 2) }

    private mutating func make(
        _ count: Int,
        of patterns: [Pattern],
        _ claims: KeyPath<Pattern, [String]>,
        asked: Int
    ) -> [Case] {
        let usable = patterns.filter { !$0[keyPath: claims].isEmpty }
        var cases: [Case] = []
        var seen: Set<Case> = []
        var attempts = 0
        while cases.count < count, attempts < count * 20, !usable.isEmpty {
            attempts += 1
            let pattern = usable[Int.random(in: usable.indices, using: &random)]
            let list = pattern[keyPath: claims]
            let claim = list[Int.random(in: list.indices, using: &random)]
            let words = fillers()
            func filled(_ text: String) -> String {
                words.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
            }
            let quotation = filled(pattern.quotation)
            let subject = quotation.split(separator: " ").prefix(asked).joined(separator: " ")
            let made = Case(
                kind: pattern.kind,
                question: language == .spanish
                    ? "¿Qué se sabe de \(subject)?" : "What is known of \(subject)?",
                quotation: quotation,
                claim: filled(claim),
                language: language
            )
            if seen.insert(made).inserted { cases.append(made) }
        }
        return cases
    }

    /// A word for each place; places of one kind get different ones.
    private mutating func fillers() -> [String: String] {
        let lists = language == .spanish ? Self.spanishWords : Self.englishWords
        var result: [String: String] = [:]
        for (places, words) in lists {
            let chosen = words.shuffled(using: &random)
            for (place, word) in zip(places, chosen) { result[place] = word }
        }
        let numbers = (2...97).shuffled(using: &random)
        for (place, number) in zip(["n", "m", "k"], numbers) { result[place] = String(number) }
        return result
    }

    private static let englishWords: [([String], [String])] = [
        (["A", "B"], ["Marta", "Iker", "Joan", "Nuria", "Oskar", "Ruth", "Tomas", "Vera"]),
        (
            ["t", "u"],
            ["boiler", "press", "lathe", "kiln", "loom", "winch", "crane", "pump", "mill", "oven"]
        ),
        (["p", "q"], ["cellar", "attic", "yard", "hall", "shed", "chapel", "garage", "kitchen"]),
        (["d", "e"], ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]),
        (["o", "r"], ["January", "March", "May", "July", "September", "November"]),
        (["c", "f"], ["red", "blue", "green", "yellow", "white", "black"]),
    ]
    private static let spanishWords: [([String], [String])] = [
        (["A", "B"], ["Marta", "Iker", "Joan", "Nuria", "Óscar", "Rut", "Tomás", "Vera"]),
        (
            ["t", "u"],
            ["horno", "torno", "telar", "molino", "motor", "tractor", "reloj", "ascensor", "piano"]
        ),
        (["p", "q"], ["sótano", "patio", "taller", "desván", "garaje", "jardín", "almacén"]),
        (["d", "e"], ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado"]),
        (["o", "r"], ["enero", "marzo", "mayo", "julio", "septiembre", "noviembre"]),
        (["c", "f"], ["rojo", "azul", "verde", "amarillo", "blanco", "negro"]),
    ]
}
