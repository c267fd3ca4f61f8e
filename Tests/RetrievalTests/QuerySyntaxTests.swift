import Corpus
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

    @Test func whatIsRequiredAndWhatIsNotAreQueries() {
        let query = AnalyzedQuery(
            QuerySyntax("\"general meeting\" \"*\" minut* -drafts"),
            languages: [.english]
        )
        #expect(query.required == .all([.phrase(["general", "meeting"], .surface)]))
        #expect(query.excluded == .any([.any([.term("drafts", .surface), .term("draft", .stem)])]))
        #expect(query.clauses.contains(.prefix("minut")))
        #expect(query.terms.map(\.surface) == ["general", "meeting", "minut"])
    }

    @Test func neighborsAreLookedForSideBySide() {
        let query = AnalyzedQuery(
            QuerySyntax("general meetings of the python3-doc cooperative"),
            languages: [.english]
        )
        #expect(query.clauses.contains(.phrase(["general", "meet"], .stem)))
        #expect(query.clauses.contains(.phrase(["python3-doc", "cooper"], .stem)))
        // Between these stand words that nobody looks for.
        #expect(!query.clauses.contains(.phrase(["meet", "python3-doc"], .stem)))
        let stopWords = AnalyzedQuery(QuerySyntax("to be or not"), languages: [.english])
        #expect(stopWords.clauses.contains(.phrase(["be", "or"], .stem)))
    }

    @Test func aStopWordBeforeAnAsteriskIsLookedFor() {
        let query = AnalyzedQuery(QuerySyntax("the* cooperative"), languages: [.english])
        #expect(query.terms.map(\.surface) == ["the", "cooperative"])
    }
}
