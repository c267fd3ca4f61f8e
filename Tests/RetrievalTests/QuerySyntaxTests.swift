import Testing
import TextAnalysis

@testable import Retrieval

@Suite struct QuerySyntaxTests {
    @Test func operatorsAreTakenOutOfTheText() {
        let query = QuerySyntax("annual “general meeting” minut* -draft -old_version «acta»")
        #expect(query.text == "annual “general meeting” minut   «acta»")
        #expect(query.phrases == ["general meeting", "acta"])
        #expect(query.prefixes == ["minut"])
        #expect(query.excluded == ["draft", "old_version"])
    }

    @Test(arguments: [
        "How do I renew the lease?", "docker run -it --rm python:3.9", "git commit -m fix",
        "SELECT * FROM t WHERE a*b = c", "python3-doc", "-5 degrees", "**kwargs", "foo.*",
        "say \"hello", "state-of-the-art - or so", "-alone", "--verbose",
    ])
    func whatIsNoOperatorStaysText(_ query: String) {
        #expect(QuerySyntax(query) == QuerySyntax(verbatim: query))
    }

    @Test func whatIsRequiredAndWhatIsNotAreExpressions() {
        let query = KeywordQuery(
            QuerySyntax("\"general meeting\" \"*\" minut* -drafts"),
            languages: [.english]
        )
        #expect(query.required == #"({title heading body} : "general meeting")"#)
        #expect(query.excluded?.contains(#""draft""#) == true)
        #expect(query.expression.contains(#"{title heading body} : "minut" *"#))
        #expect(query.terms.map(\.surface) == ["general", "meeting", "minut"])
    }

    @Test func neighboursAreLookedForSideBySide() {
        let query = KeywordQuery(
            QuerySyntax("general meetings of the python3-doc cooperative"),
            languages: [.english]
        )
        #expect(query.expression.contains(#"("general meet"))"#))
        #expect(query.expression.contains(#"("python3-doc cooper"))"#))
        // Between these stand words that nobody looks for.
        #expect(!query.expression.contains(#""meet python3-doc""#))
        let stopWords = KeywordQuery(QuerySyntax("to be or not"), languages: [.english])
        #expect(stopWords.expression.contains(#""be or""#))
    }

    @Test func aStopWordBeforeAnAsteriskIsLookedFor() {
        let query = KeywordQuery(QuerySyntax("the* cooperative"), languages: [.english])
        #expect(query.terms.map(\.surface) == ["the", "cooperative"])
    }
}
