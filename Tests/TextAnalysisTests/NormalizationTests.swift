import RandomNumbers
import Testing

@testable import TextAnalysis

/// Characters that look or mean the same are one, for documents and for queries alike.
@Suite struct NormalizationTests {
    @Test(arguments: [
        // Half and full width, hyphens, ligatures, super- and subscripts, circled letters.
        ("ﾌﾟﾘﾝﾀｰ", "プリンター"), ("ＡＢＣ－１２３", "abc-123"), ("DEC\u{2011}0054", "dec-0054"),
        ("2010\u{2013}2012", "2010-2012"), ("H₂O", "h2o"), ("m²", "m2"), ("ⓐⓑⓒ", "abc"),
        ("①", "1"), ("Ⅳ", "iv"), ("㎎", "mg"), ("ﬃ", "ffi"), ("𝐛𝐨𝐥𝐝", "bold"),
        // Composition.
        ("\u{110E}\u{1161}\u{11BC}\u{1100}\u{1169}", "창고"), ("か\u{3099}", "が"),
        ("ハ\u{309A}", "パ"), ("n\u{303}", "n"), ("\u{9C7}\u{9BE}", "\u{9CB}"),
        // Points, letter forms, nuktas.
        ("סֵפֶר", "ספר"), ("שָׁלוֹם", "שלום"), ("\u{FB2A}", "ש"), ("كِتَابٌ", "كتاب"), ("أحمد", "احمد"),
        ("مدرسة", "مدرسه"), ("کتاب", "كتاب"), ("قدیمی", "قديمي"), ("ﻛﺘﺎﺏ", "كتاب"),
        ("س\u{640}لام", "سلام"), ("क़लम", "कलम"), ("क\u{93C}लम", "कलम"),
        // What nobody sees.
        ("database\u{200B}name", "databasename"), ("co\u{AD}operativa", "cooperativa"),
        ("می\u{200C}خواهم", "ميخواهم"), ("\u{FEFF}zoo", "zoo"), ("wa\u{2060}ter", "water"),
        // Digits of other scripts, letters with case of their own.
        ("١٢٣", "123"), ("۴۵۶", "456"), ("१२३", "123"), ("Straße", "strasse"), ("ığdır", "igdir"),
        ("İZMİR", "izmir"), ("ΟΔΟΣ", "οδοσ"),
        // Emoji in any color and presentation.
        ("👍🏽", "👍"), ("❤\u{FE0F}", "❤"),
    ])
    func whatMeansTheSameFoldsAlike(text: String, expected: String) {
        #expect(folded(text).unicodeScalars.elementsEqual(expected.unicodeScalars))
        #expect(folded(expected) == expected)
    }

    @Test(arguments: [
        ("x DEC\u{2011}0054 y", "dec-0054", "DEC\u{2011}0054"),
        ("ein ﬁnales Wort", "finales", "ﬁnales"), ("das ㎎ hier", "mg", "㎎"),
        ("a ﾌﾟﾘﾝﾀ b", "プリ", "ﾌﾟﾘ"), ("la predicio\u{301}n es", "predicion", "predicio\u{301}n"),
        ("סֵפֶר טוֹב", "טוב", "טוֹב"),
        ("the database\u{200B}name is", "databasename", "database\u{200B}name"),
        ("x 10\u{202F}000 y", "10000", "10\u{202F}000"),
    ])
    func offsetsLeadBackToTheOriginal(text: String, term: String, original: String) throws {
        let word = try #require(words(in: text).first { $0.folded == term })
        let bytes = Array(text.utf8)
        let found = String(decoding: bytes[word.range], as: UTF8.self)
        #expect(found.unicodeScalars.elementsEqual(original.unicodeScalars))
        #expect(word.text.unicodeScalars.elementsEqual(original.unicodeScalars))
    }

    /// Ranges are whole characters in order, whatever mixture goes in.
    @Test func offsetsOfRandomTextAreWholeCharacters() {
        var random = SplitMix64(seed: 11)
        let alphabet = Array("aZ9 ñ́ﬁ㎎²ﾊﾟが゙한\u{1112}\u{1161}\u{11AB}סֵ\u{200B}-‑,.①🙂🏽ﷺ½".unicodeScalars)
        for _ in 0..<2000 {
            var scalars = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                scalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
            }
            let text = String(scalars)
            let bytes = Array(text.utf8)
            for word in words(in: text) {
                #expect(!word.range.isEmpty)
                #expect(String(decoding: bytes[word.range], as: UTF8.self) == word.text)
                #expect(!word.text.unicodeScalars.contains("\u{FFFD}"))
            }
            #expect(folded(folded(text)) == folded(text))
        }
    }
}
