/// Where a passage stands: its document, the headings above it, its lines and pages.
public struct PassageLocation: Hashable, Sendable {
    /// The document's absolute path.
    public var path: String
    /// The document's title, or an empty string.
    public var title: String
    /// The headings above the passage, outermost first.
    public var headings: [String]
    /// The lines in the file, counted from 1; nil where they are not known.
    public var lines: ClosedRange<Int>?
    /// The pages in the file, counted from 1; nil for formats without pages.
    public var pages: ClosedRange<Int>?

    /// A location from its parts.
    public init(
        path: String,
        title: String = "",
        headings: [String] = [],
        lines: ClosedRange<Int>? = nil,
        pages: ClosedRange<Int>? = nil
    ) {
        self.path = path
        self.title = title
        self.headings = headings
        self.lines = lines
        self.pages = pages
    }

    /// What follows the path in a reference: `:12`, `:12-40`, and for formats with pages
    /// `:12-40 (p. 3)` or `:12-40 (pp. 3-4)`; an empty string if neither is known.
    public var suffix: String {
        var suffix = ""
        if let lines { suffix += ":" + Self.range(lines) }
        if let pages { suffix += pages.count == 1 ? " (p. " : " (pp. " }
        if let pages { suffix += Self.range(pages) + ")" }
        return suffix
    }

    private static func range(_ range: ClosedRange<Int>) -> String {
        range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    }

    /// Path, lines and pages in one line: `notes/lease.md:12-40`.
    public var reference: String { path + suffix }

    /// The title and the headings, outermost first, each once where neighbors repeat each other.
    public var trail: [String] {
        var trail: [String] = []
        for part in [title] + headings where !part.isEmpty && part != trail.last {
            trail.append(part)
        }
        return trail
    }
}
