internal import Foundation

/// The language in which the program speaks, and how it writes numbers.
struct ReaderLocale: Hashable, Sendable {
    enum Language: String, CaseIterable, Sendable { case english = "en", spanish = "es" }

    let language: Language
    let numbers: NumberStyle

    static let english = ReaderLocale(language: .english, numbers: .english)

    /// What the environment of this process says.
    static let current = ReaderLocale(ProcessInfo.processInfo.environment)

    init(language: Language, numbers: NumberStyle) {
        self.language = language
        self.numbers = numbers
    }

    /// The first of `VECINO_LANG`, `LC_ALL`, `LC_MESSAGES` and `LANG` that says anything decides; English is
    /// spoken where it names neither language.
    init(_ environment: [String: String]) {
        let names = ["VECINO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        let name = names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        // es_MX.UTF-8@modifier, and es-MX as browsers and phones write it.
        let plain = name.prefix { $0 != "." && $0 != "@" }
        let parts = plain.split(separator: plain.contains("_") ? "_" : "-", maxSplits: 1)
        guard parts.first?.lowercased() == Language.spanish.rawValue else {
            self = .english
            return
        }
        let region = parts.count > 1 ? String(parts[1]) : ""
        self.init(language: .spanish, numbers: .spanish(in: region))
    }
}
