/// How much work the syntax of a query may make.
enum QuerySize {
    /// Steps over characters; a query that would need more is read as text.
    private static let mostSteps = 10_000_000

    /// Whether the query's marks can be looked at in the time that a search has.
    ///
    /// The parser may look for the end of each mark's part to the end of the query, and reads what an
    /// exclusion that turns out to be none has in parentheses a second time: a mark costs the query's
    /// length, twice as much in every parenthesis around it.
    ///
    /// - Complexity: O(characters).
    static func isBounded(_ query: String) -> Bool {
        var steps = 0
        var depth = 0
        var length = 0
        var isBehindWord = false
        for character in query {
            length += 1
            if character == "(" { depth = min(depth + 1, 24) }
            let isDash = QueryParser.dashes.contains(character) && !isBehindWord
            if isDash || "()*:|".contains(character) || Quotation.opens(character) {
                steps += 1 << depth
            }
            if character == ")" { depth = max(depth - 1, 0) }
            isBehindWord = character.isLetter || character.isNumber
        }
        let (all, isTooMany) = steps.multipliedReportingOverflow(by: length)
        return !isTooMany && all <= mostSteps
    }
}
