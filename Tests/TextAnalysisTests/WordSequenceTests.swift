import RandomNumbers
import Testing

@testable import TextAnalysis

@Suite struct WordSequenceTests {
    @Test(arguments: [
        ("javascript engine", "A JavaScript engine runs.", true),
        ("JavaScript engine", "a javascript engine", true),
        ("JavaScript engine", "a java script engine", true),
        ("postgresql server", "the PostgreSQL-Server", true),
        ("e-mail", "an email", true), ("email", "an e-mail", true), ("e mail", "an e-mail", true),
        ("json schema", "json, schema", true), ("json schema", "json and schema", false),
        ("schema json", "json schema", false), ("json schema", "json-schema.org", true),
        ("DEC-0054", "record DEC\u{2011}0054 here", true), ("DEC-0054", "DEC-0055", false),
        ("500 mg", "take 500mg", true), ("500mg", "take 500 mg", true),
        ("10,000 passages", "10 000 passages", true), ("10000 passages", "10.000 passages", true),
        ("苹果派", "我要苹果派。", true), ("苹果派", "苹果和派", false), ("苹果", "吃苹果派", true),
        ("我要 phone", "我要phone", true), ("python3 doc", "python3-doc", true),
        ("the end", "at the\nend.", true), ("🍐 tree", "a 🍐tree", true), ("l’eau", "l'eau", true),
        ("prediccion", "predicción", true), ("foo", "food", false),
        ("iphone 15 pro", "an iPhone15Pro", true), ("12 %", "12% of it", true),
        ("12%", "12 people", false), ("aujourdhui on", "aujourd’hui on mange", true),
        ("1500kg", "1.500 kg of it", true), ("childrens book", "the children's book", true),
    ])
    func wordsInARowStandHoweverTheyAreJoined(phrase: String, text: String, stands: Bool) throws {
        let sequence = try #require(WordSequence(phrase))
        #expect(sequence.stands(in: text) == stands)
    }

    @Test(arguments: ["", "…", "\"\"", "- -"]) func signsAreNoSequence(_ text: String) {
        #expect(WordSequence(text) == nil)
    }

    /// A text stands in itself, and in itself between others.
    @Test func everyTextStandsInItself() {
        var random = SplitMix64(seed: 3)
        let pieces = [
            "Java", "Script", "-", " ", "x1", "苹", "果", ".", "_", "mg", "500", ",", "🍐", "é",
        ]
        for _ in 0..<1000 {
            let text = (0..<Int.random(in: 1...8, using: &random)).map { _ in
                pieces[Int.random(in: 0..<pieces.count, using: &random)]
            }.joined()
            guard let sequence = WordSequence(text) else { continue }
            #expect(sequence.stands(in: text), "\(text)")
            #expect(sequence.stands(in: "before " + text + " after"), "\(text)")
            #expect((1...8).contains(sequence.ways.count))
        }
    }
}
