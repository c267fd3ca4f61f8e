import RandomNumbers
import Testing

@testable import TextAnalysis

@Suite struct WordsTests {
    @Test(arguments: [
        ("CVE-2024-3094", ["cve-2024-3094", "cve20243094", "cve", "2024", "3094"]),
        ("ERR_1293_SM", ["err_1293_sm", "err1293sm", "err", "1293", "sm"]),
        ("e-mail", ["e-mail", "email", "e", "mail"]),
        ("libfoo2.so", ["libfoo2.so", "libfoo2so", "libfoo2", "libfoo", "so"]),
        ("snake_case", ["snake_case", "snakecase", "snake", "case"]),
        ("camelCase", ["camelcase", "camel", "case"]),
        ("HTTPServer", ["httpserver", "http", "server"]),
        ("NASA", ["nasa"]),
        ("Casa", ["casa"]),
        ("10.5", ["10.5", "10", "5"]),
        ("v1.7", ["v1.7", "v17", "1.7", "v1", "7"]),
        ("__init__", ["init"]),
        ("src/main.c", ["src/main.c", "main.c", "src", "main", "c"]),
        ("std::sort", ["std::sort", "std", "sort"]),
        ("C++ and C#", ["c++", "and", "c#"]),
        ("a+b", ["a+b", "a", "b"]),
        ("wait...what", ["wait", "what"]),
        ("sí—no", ["si", "no"]),
        ("d66693b", ["d66693b"]),
        ("Debian12", ["debian12", "debian", "12"]),
        (
            "ana@example.org",
            ["ana@example.org", "example.org", "ana", "example", "org"]
        ),
        ("¡Ñandú, pingüino!", ["nandu", "pinguino"]),
        ("prediccio\u{301}n", ["prediccion"]),
        ("co\u{AD}ope\u{AD}rativa", ["cooperativa"]),
        ("ﬁchero Straße", ["fichero", "strasse"]),
        ("图书馆", ["图书", "书馆", "馆"]),
        ("图", ["图"]),
        ("日本語のテスト", ["日本", "本語", "語の", "のテ", "テス", "スト", "ト"]),
        ("--no-llm", ["no-llm", "nollm", "no", "llm"]),
        ("don't", ["don", "t", "dont"]), ("aujourd’hui", ["aujourd", "hui", "aujourdhui"]),
        ("O'Brien", ["o", "brien", "obrien"]), ("l’eau", ["l", "eau"]),
        ("children's", ["children", "s", "childrens"]),
        ("iPhone15Pro", ["iphone15pro", "iphone", "phone", "15", "pro"]),
        ("1990s", ["1990s", "1990", "s"]), ("a1b2", ["a1b2"]), ("60m3", ["60m3", "60", "m3"]),
        ("12%", ["12", "12％", "％"]), ("3 %", ["3", "3％", "％"]),
        ("100 % sure", ["100", "100％", "％", "sure"]),
        ("1.500 kg", ["1.500", "1", "500", "1500", "1.500kg", "1500kg", "kg"]),
        ("90 km/h", ["90", "90km", "90km/h", "km/h", "km", "h"]),
        ("5кг", ["5кг", "5", "кг"]), ("c++17", ["c++", "17"]), ("1920×1080", ["1920x1080"]),
        ("1920 × 1080", ["1920", "1920x1080", "1080"]), ("4 x", ["4", "x"]),
        ("4 x 4a", ["4", "x", "4a", "4", "a"]),
        ("10 x 20 X 30", ["10", "10x20x30", "x", "20", "20x30", "x", "30"]),
        ("ИмяПоля", ["имяполя", "имя", "поля"]), ("ÁrbolÉlite", ["arbolelite", "arbol", "elite"]),
        ("НАСОС", ["насос"]), ("node.js", ["node.js", "nodejs", "node", "js"]),
        ("example.org", ["example.org", "example", "org"]),
        ("Hawai\u{2BB}i", ["hawai", "i", "hawaii"]), ("हिन्दी", ["हिंदी"]),
        ("ES91 2100 0418", ["es91", "es9121000418", "2100", "0418"]),
        ("1'234'567", ["1", "1234567", "234", "234567", "567"]),
        ("12,34,567", ["12.34.567", "12", "34", "567", "1234567"]),
        ("佐々木", ["佐々", "々木", "木"]), ("№4711", ["no", "4711"]),
        ("בית־ספר", ["בית-ספר", "ביתספר", "בית", "ספר"]),
        ("DOC\u{2212}96", ["doc-96", "doc96", "doc", "96"]),
        ("end.", ["end"]),
        ("", []),
        ("★ … ¿?", []),
        ("🙂🍐 red", ["🙂", "🍐", "red"]),
        ("🇪🇸!", ["🇪🇸"]),
        ("500mg", ["500mg", "500", "mg"]),
        ("500 mg", ["500", "500mg", "mg"]),
        ("3,5 kg", ["3.5", "3", "5", "3.5kg", "kg"]),
        ("12 V", ["12", "12v", "v"]),
        ("5 vans", ["5", "vans"]),
        ("1,234", ["1.234", "1", "234", "1234"]),
        ("1.234.567", ["1.234.567", "1", "234", "567", "1234567"]),
        ("1.234,56", ["1.234.56", "1", "234", "56", "1234.56"]),
        ("10 000 m", ["10", "10000", "10000m", "000", "000m", "m"]),
        ("1,2", ["1.2", "1", "2"]),
        ("1, 2", ["1", "2"]),
        ("کتاب\u{200C}خانه", ["كتابخانه", "كتاب", "خانه"]), ("میروم", ["ميروم"]),
        ("می\u{200C}روم", ["ميروم", "مي", "روم"]), ("क\u{200C}ष", ["कष"]),
        ("col·legi, il·lusió", ["collegi", "illusio"]), ("a·b", ["a", "b"]),
    ])
    func wordsAreFoundWholeAndInParts(text: String, expected: [String]) {
        #expect(words(in: text).map(\.folded) == expected)
    }

    @Test func rangesAreOffsetsIntoTheText() {
        let text = "¿Dónde está libfoo2.so, señor?"
        let bytes = Array(text.utf8)
        for word in words(in: text) {
            #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text)
        }
    }

    @Test func wordsWithoutEndAreBounded() {
        let long = String(repeating: "ñ", count: 10_000)
        let found = words(in: long)
        #expect(found.count == 1)
        #expect(found.allSatisfy { $0.text.utf8.count <= 128 })
        let path = String(repeating: "a/", count: 10_000)
        #expect(words(in: path).allSatisfy { $0.text.utf8.count <= 128 })
    }

    @Test(arguments: [
        ("PREDICCIÓN", "prediccion"), ("ÅÄÖ", "aao"), ("Ελλάδα", "ελλαδα"), ("Ёлка", "елка"),
        ("İstanbul", "istanbul"), ("ﬃ", "ffi"), ("ＡＢＣ", "abc"), ("e\u{301}", "e"),
        ("Œuvre", "oeuvre"), ("नमस्ते", "नमस्ते"),
    ])
    func foldingDropsCaseAndDiacritics(text: String, expected: String) {
        #expect(folded(text) == expected)
        #expect(folded(expected) == expected)
    }

    /// Words never contain what an FTS5 query could read as syntax, whatever goes in.
    @Test func randomTextYieldsCleanTerms() {
        var random = SplitMix64(seed: 7)
        let alphabet = Array("aZ9 ñ́\"'*():^-+./_@#\u{0}\u{AD}\u{FEFF}图のก🙂ß\n".unicodeScalars)
        let allowed = Set(WordScanner.punctuation.unicodeScalars)
        for _ in 0..<2000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...40, using: &random) {
                scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            let text = String(scalars)
            let terms = KeywordAnalyzer().indexTerms(text, language: .spanish)
            #expect(terms.surfaces.count == terms.stems.count)
            for term in terms.surfaces + terms.stems {
                #expect(!term.isEmpty)
                for scalar in term.unicodeScalars {
                    let isLetter = scalar.value >= 0x80 || scalar.properties.isAlphabetic
                    #expect(isLetter || ("0"..."9").contains(scalar) || allowed.contains(scalar))
                }
            }
            _ = sentences(in: text)
            _ = LanguageDetector().language(of: text)
        }
    }
}
