import Corpus
import Testing
import TextAnalysis

@testable import Answering

/// What two documents say in the same words is told once, with both as its sources.
@Suite struct ToldClaimsTests {
    private func passage(_ id: PassageID, _ text: String) -> SourcePassage {
        SourcePassage(id: id, text: text, path: "\(id).md", language: .english)
    }

    @Test(arguments: [
        "The workshop closes at 14:00 on Saturdays.",
        "The  workshop closes at 14:00\non Saturdays",
        "The workshop clos-\nes at 14:00 on Saturdays.",
        "- The **workshop** closes at `14:00` on Saturdays.",
        "• The workshop closes at 14:00 on Saturdays.",
    ])
    func anotherEditionIsAnotherSourceOfTheSame(copy: String) async throws {
        let answer = try await ExtractiveAnswerer(maximumRisk: 1).answer(
            "When does the workshop close on Saturdays?",
            from: [
                passage(1, "The workshop closes at 14:00 on Saturdays. It was built in 1987."),
                passage(2, "Other hours hold in August.\n\n\(copy)"),
            ]
        )
        #expect(answer.claims.count { $0.text.contains("14:00") } == 1, "\(answer.claims)")
        #expect(Set(answer.claims.first?.citations.map(\.passageID) ?? []) == [1, 2])
        #expect(Set(answer.sources.map(\.passageID)).isSuperset(of: [1, 2]))
    }

    @Test func copiesTakeNoPlaceOfOtherSentences() async throws {
        let copies = (1...6).map {
            passage(
                PassageID(rawValue: $0),
                "The kiln reaches 1200 degrees. Page \($0) of the guide to the kiln."
            )
        }
        let answer = try await ExtractiveAnswerer(maximumSentences: 2, maximumRisk: 1).answer(
            "How hot does the kiln get, and how long does the kiln take to cool?",
            from: copies + [passage(9, "The kiln takes long to cool: 14 hours.")]
        )
        #expect(answer.claims.count <= 2)
        #expect(answer.claims.contains { $0.text.contains("14 hours") }, "\(answer.claims)")
    }

    /// One sign makes another order, another number, another statement.
    @Test(arguments: [
        ("Type chmod +x guide.", "Type chmod -x guide."),
        ("It takes 1.5 hours.", "It takes 15 hours."),
        ("The kiln is hot.", "The kiln is not hot."),
    ])
    func whatDiffersInASignIsNotTheSame(first: String, second: String) {
        #expect(ToldClaims.key(of: first) != ToldClaims.key(of: second))
    }

    @Test func aModelsSentenceInsideAnotherIsTold() {
        var told = ToldClaims()
        func claim(_ text: String, _ id: PassageID, _ standing: Claim.Standing) -> Claim {
            let citation = Citation(passageID: id, quotation: text, range: 0..<text.utf8.count)
            return Claim(text: text, citations: [citation], standing: standing)
        }
        let areNew = [
            claim("It is not true that the kiln is hot", 1, .follows),
            claim("the kiln is hot", 2, .follows), claim("The kiln is hot.", 3, .follows),
            claim("The lathe is old, and the saw is new.", 4, .isQuoted),
            claim("the saw is new", 5, .isQuoted),
        ].map { told.add($0) }
        #expect(areNew == [true, true, false, true, false])
        #expect(told.claims.prefix(2).map { $0.citations.map(\.passageID) } == [[1], [2, 3]])
        #expect(told.claims.last?.citations.map(\.passageID) == [4, 5])
    }
}
