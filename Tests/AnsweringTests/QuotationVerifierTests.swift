import Answering
import Corpus
import Testing

@Suite struct QuotationVerifierTests {
    @Test func copiedQuotationsPassAndArePrintedAsStored() throws {
        var cases = try QuotationCases(seed: 1)
        let gate = QuotationVerifier(cases.passages)
        for _ in 0..<1000 {
            let copy = cases.copied()
            let citation = try #require(
                gate.check(copy.quotation, in: copy.passageID).citation,
                "\(copy)"
            )
            let text = try #require(cases.passages.first { $0.id == copy.passageID }).text
            #expect(citation.passageID == copy.passageID)
            #expect(Array(text.utf8)[citation.range].elementsEqual(citation.quotation.utf8))
        }
    }

    @Test func fabricatedQuotationsNeverPass() throws {
        try expect(nearlyAll: .absent, share: 0.9, seed: 2) { $0.fabricated() }
    }

    @Test func stitchedQuotationsNeverPass() throws {
        try expect(nearlyAll: .stitched, share: 0.9, seed: 3) { $0.stitched() }
    }

    @Test func misattributedQuotationsNeverPass() throws {
        try expect(nearlyAll: .misattributed, share: 1, seed: 4) { $0.misattributed() }
    }

    @Test func quotationsWithAlteredNumbersNeverPass() throws {
        try expect(nearlyAll: .altered, share: 0.7, seed: 5) { $0.alteredNumber() }
    }

    @Test func paraphrasedQuotationsNeverPass() throws {
        try expect(nearlyAll: .altered, share: 0.5, seed: 6) { $0.paraphrased() }
    }

    /// 1,000 cases, none of which may pass, and of which a share must be named rightly.
    private func expect(
        nearlyAll fault: QuotationFault,
        share: Double,
        seed: UInt64,
        _ make: (inout QuotationCases) -> QuotationCases.Case
    ) throws {
        var cases = try QuotationCases(seed: seed)
        let gate = QuotationVerifier(cases.passages)
        var faults: [QuotationFault: Int] = [:]
        for _ in 0..<1000 {
            let fake = make(&cases)
            switch gate.check(fake.quotation, in: fake.passageID) {
            case .verified(let citation): Issue.record("passed: \(fake) as \(citation)")
            case .refused(let fault): faults[fault, default: 0] += 1
            }
        }
        #expect(Double(faults[fault, default: 0]) >= 1000 * share, "\(faults)")
    }

    private let gate = QuotationVerifier([
        (
            id: 1,
            text: "Precio: 12,50 € desde el 3 de mayo. The heart is long; art is short — 10² km."
        ),
        (
            id: 2,
            text: "It was \"well-\nknown\" that the **bold claim** held at -5 degrees, i.e. v2.3.1."
        ),
        (id: 3, text: "東京都の人口は約千四百万人であり、日本の首都である。"),
        (id: 4, text: "Cafe\u{301} con leche, por favor… y un vaso de agua."),
    ])

    @Test(
        arguments: [
            ("12,50 € desde el 3", 1, "12,50 € desde el 3"),
            ("art is short", 1, "art is short"),
            ("“Art is short – 10² km”", 1, "art is short — 10² km"),
            ("the bold claim held", 2, "the **bold claim** held"),
            ("it was 'well-known' that", 2, "It was \"well-\nknown\" that"),
            ("it was “wellknown” that", 2, "It was \"well-\nknown\" that"),
            ("held at -5 degrees", 2, "held at -5 degrees"),
            ("held at −5 degrees", 2, "held at -5 degrees"),
            ("東京都の人口は約千四百万人であり", 3, "東京都の人口は約千四百万人であり"),
            ("Café con leche, por favor...", 4, "Cafe\u{301} con leche, por favor…"),
            ("\u{FEFF}un vaso\u{200B} de agua.", 4, "un vaso de agua."),
        ] as [(String, PassageID, String)]
    )
    func folding(quotation: String, passageID: PassageID, stored: String) throws {
        let citation = try #require(gate.check(quotation, in: passageID).citation)
        #expect(citation.quotation == stored)
    }

    @Test(
        arguments: [
            ("2,50 € desde el 3 de mayo", 1, .altered),  // cuts a number
            ("12,5 € desde el 3 de mayo", 1, .altered),
            ("eart is long", 1, .altered),  // cuts a word
            ("art is long; art is short", 1, .stitched),
            ("art is short — 102 km", 1, .altered),  // a power is not a numeral
            ("5 degrees, i.e. v2.3.1", 2, .altered),  // loses the sign
            ("degrees, i.e. v2.3", 2, .altered),  // cuts a version
            ("Cafe con leche, por favor", 4, .altered),  // accents count
            ("un vaso de agua", 1, .misattributed),
            ("un vaso de agua", 9, .unknownPassage),
            ("agua", 4, .tooShort),
            ("", 4, .tooShort),
            ("...!?...........", 4, .tooShort),
            ("Precio: 12,50 € … art is short", 1, .stitched),
            ("the moon is made of green cheese", 1, .absent),
        ] as [(String, PassageID, QuotationFault)]
    )
    func refusals(quotation: String, passageID: PassageID, fault: QuotationFault) {
        #expect(gate.check(quotation, in: passageID) == .refused(fault))
    }

    /// Repetitive text is what makes naive searches quadratic.
    @Test func hostileTextIsNoSlower() {
        let text = String(repeating: "a a a a a a a a ", count: 4_000)
        let gate = QuotationVerifier([(id: 1, text: text), (id: 2, text: text)])
        let quotation = String(repeating: "a a a a a a a a ", count: 2_000) + "b"
        #expect(gate.check(quotation, in: 1).citation == nil)
    }
}
