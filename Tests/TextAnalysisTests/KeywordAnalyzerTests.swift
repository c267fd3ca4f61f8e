import Testing

@testable import TextAnalysis

@Suite struct KeywordAnalyzerTests {
    private let analyzer = KeywordAnalyzer()

    @Test func surfacesAndStemsStandSideBySide() {
        let terms = analyzer.indexTerms("Las predicciones de libfoo2.so", language: .spanish)
        #expect(
            terms.surfaces == [
                "las", "predicciones", "de", "libfoo2.so", "libfoo2so", "libfoo2", "libfoo", "so",
            ]
        )
        #expect(
            terms.stems == [
                "las", "prediccion", "de", "libfoo2.so", "libfoo2so", "libfoo2", "libfo", "so",
            ]
        )
    }

    @Test(arguments: [
        ("es", "predicciones", "predicción"), ("es", "bibliotecas", "biblioteca"),
        ("es", "informaciones", "información"), ("en", "running", "runs"),
        ("en", "libraries", "library"), ("de", "Häusern", "Häuser"),
        ("fr", "continuellement", "continuelle"),
        ("ru", "книгами", "книга"),
    ])
    func formsOfAWordShareAStem(code: String, one: String, other: String) throws {
        let language = Language(rawValue: code)
        let indexed = analyzer.indexTerms(one, language: language).stems
        let asked = analyzer.queryTerms(other, language: language).flatMap(\.stems)
        #expect(asked.contains(try #require(indexed.first)))
    }

    /// What is written in another script is in another language than the text around it.
    @Test(arguments: [
        ("домами", "дом", "en"), ("книгами", "книга", "und"), ("книгами", "книга", "es"),
        ("δρόμοι", "δρόμος", "und"), ("книгами", "книга", "uk"),
    ]) func aWordOfAnotherScriptHasItsOwnStem(one: String, other: String, code: String) throws {
        let language = Language(rawValue: code)
        let indexed = analyzer.indexTerms(one, language: language)
        let asked = analyzer.queryTerms(other, languages: [.spanish, .english])
        let stems = Set(indexed.stems + indexed.surfaces)
        #expect(asked.flatMap(\.stems).contains(where: stems.contains))
        #expect(indexed.surfaces.count == 1)
    }

    /// Accents are left out by people in a hurry; the stem is found all the same.
    @Test func aQueryWithoutAccentsFindsTheStem() throws {
        let indexed = analyzer.indexTerms("predicción canción inglés", language: .spanish)
        let asked = analyzer.queryTerms("prediccion cancion ingles", language: .spanish)
        for (stem, term) in zip(indexed.stems, asked) { #expect(term.stems.contains(stem)) }
        #expect(indexed.surfaces == asked.map(\.surface))
    }

    @Test func stopWordsAreMarkedAndKept() {
        let terms = analyzer.queryTerms("¿Dónde está la biblioteca?", language: .spanish)
        #expect(terms.map(\.surface) == ["donde", "esta", "la", "biblioteca"])
        #expect(terms.map(\.isStopWord) == [true, true, true, false])
    }

    @Test func anUndeterminedQueryIsStemmedInBothLanguages() {
        let terms = analyzer.queryTerms("libraries bibliotecas", language: .undetermined)
        #expect(terms[0].stems.contains("librari"))
        #expect(terms[1].stems.contains("bibliotec"))
    }

    /// A title in no known language is found by other forms of its words, in either language.
    @Test func undeterminedTextHasTheStemsOfBothLanguages() {
        let stems = analyzer.indexTerms("libraries bibliotecas", language: .undetermined).stems
        #expect(stems.contains("librari") && stems.contains("bibliotec"))
    }

    @Test func hostileSyntaxIsHarmless() {
        let terms = analyzer.queryTerms(#"") OR NEAR("a* b^2 -c {x}: 'y"#, language: .english)
        #expect(terms.map(\.surface) == ["or", "near", "a", "b", "2", "c", "x", "y"])
    }

    @Test func everyLanguageOfSnowballLoads() {
        for code in Stemmer.languages {
            #expect(Stemmer(language: Language(rawValue: code)) != nil)
            _ = Stemmer(language: Language(rawValue: code))?.stem("wort")
        }
        #expect(Stemmer(language: Language(rawValue: "zh")) == nil)
    }

    @Test func manyTasksStemAtOnce() async {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { i in
                        let language = [Language.spanish, .english][i % 2]
                        return KeywordAnalyzer().indexTerms(
                            "running casas \(i)",
                            language: language
                        )
                        .stems.count == 3
                    }
                }
            }
            for await isRight in group { #expect(isRight) }
        }
    }
}

@Suite struct SentencesTests {
    @Test(arguments: [
        ("Hola. ¿Qué tal? ¡Bien!", ["Hola.", "¿Qué tal?", "¡Bien!"]),
        ("El Sr. Pérez llegó. Se fue.", ["El Sr. Pérez llegó.", "Se fue."]),
        ("Cuesta 10.5 euros. Vale.", ["Cuesta 10.5 euros.", "Vale."]),
        ("Véase p. ej. Madrid, etc. y más. Fin.", ["Véase p. ej. Madrid, etc. y más.", "Fin."]),
        ("En EE. UU. hay. Otra.", ["En EE. UU. hay.", "Otra."]),
        ("Dijo que no. Luego se fue.", ["Dijo que no.", "Luego se fue."]),
        ("Vive en el no. 5 de la calle.", ["Vive en el no. 5 de la calle."]),
        (
            "See https://example.org/a.b?c=d for more. Done.",
            ["See https://example.org/a.b?c=d for more.", "Done."]
        ),
        ("Open main.c. Then build.", ["Open main.c.", "Then build."]),
        ("He said \"Stop.\" She left.", ["He said \"Stop.\"", "She left."]),
        ("Dr. J. Smith, e.g. Bob. Yes!", ["Dr. J. Smith, e.g. Bob.", "Yes!"]),
        ("Wait... what? Fine.", ["Wait... what?", "Fine."]),
        ("Uno\n\nDos sin punto\n\nTres", ["Uno", "Dos sin punto", "Tres"]),
        ("Una línea\nsigue aquí. Otra.", ["Una línea\nsigue aquí.", "Otra."]),
        ("第一句。第二句！第三句", ["第一句。", "第二句！", "第三句"]),
        ("1. Primero. 2 es más.", ["1. Primero.", "2 es más."]),
        ("", []), ("  \n ", []), ("...", ["..."]), ("¿?", ["¿?"]),
    ])
    func sentencesAreCut(text: String, expected: [String]) {
        #expect(sentences(in: text).map { String(text[$0]) } == expected)
    }

    @Test func sentencesAndSpaceAreAllOfTheText() {
        let text = "Uno. Dos… Tres!!! ¿Cuatro?) cinco.\u{A0}Seis\r\n\r\nSiete. 8"
        let bytes = Array(text.utf8)
        var next = 0
        for range in sentenceRanges(in: bytes) {
            #expect(
                bytes[next..<range.lowerBound].allSatisfy { $0 <= 0x20 || $0 == 0xC2 || $0 == 0xA0 }
            )
            next = range.upperBound
        }
        #expect(next == bytes.count)
    }
}
