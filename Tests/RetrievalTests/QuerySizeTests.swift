import Testing

@testable import Retrieval

/// Syntax that would take long to read is text.
@Suite struct QuerySizeTests {
    private static func times(_ text: String, _ count: Int) -> String {
        String(repeating: text, count: count)
    }

    @Test(arguments: [
        "a OR b " + times("-(", 60) + "since:2024" + times(")", 60),
        "a OR b " + times("(", 20_000) + "c" + times(")", 20_000),
        "a OR b " + times("(", 20_000), "wombat " + times("«", 20_000),
        "wombat " + times("«", 20_000) + "»", "wombat " + times("„", 20_000),
        "wombat " + times("-\"", 20_000), "wombat " + times("*", 20_000),
        times("a", 20_000) + times("*x", 10_000), "wombat " + times("title:", 9_000),
        "wombat " + times("–", 20_000), times("'a ", 15_000), times("NOT ", 10_000),
        times("a OR ", 10_000), times("-", 60_000) + "wombat",
    ])
    func itIsReadAsText(_ query: String) {
        let syntax = QuerySyntax(query)
        #expect(syntax == QuerySyntax(verbatim: query))
    }

    @Test(arguments: [
        "wombat", "\"annual general meeting\" minut* -draft", "(solar OR wind) AND (roof OR yard)",
        "-(a OR (b AND (c OR d)))", "author:Ana since:2024 path:notes/** \"x y\"",
        times("“a b” word ", 500), times("it's a well-known don't ", 400),
    ])
    func whatPeopleWriteIsSyntax(_ query: String) {
        #expect(QuerySize.isBounded(query))
    }
}
