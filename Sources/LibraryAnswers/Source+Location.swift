public import Answering
public import Corpus

extension Source {
    /// Where the passage stands.
    public var location: PassageLocation {
        var lines: ClosedRange<Int>?
        if let first = firstLine, let last = lastLine, first <= last { lines = first...last }
        return PassageLocation(
            path: path,
            title: title,
            headings: headingPath,
            lines: lines,
            pages: firstPage.map { $0...max($0, lastPage ?? $0) }
        )
    }
}
