package import Foundation

/// Which documents a search looks into.
public struct DocumentFilter: Sendable {
    /// Patterns of which a document's path has to match one; empty for all.
    ///
    /// A pattern is a glob or a path as it stands. It is tried on the absolute path, on the path below
    /// the collection's root, from `folder`, and, when it has no slash, on the file's name. An empty
    /// one is none.
    public var paths: [String]
    /// Patterns of which a document's path must match none.
    public var excludedPaths: [String]
    /// Conditions on metadata that all have to hold.
    public var conditions: [FieldCondition]
    /// The earliest date; a document's own date counts, else its file's.
    ///
    /// In any form that people write, in Spanish or English: `2024-06-01`, `2024-6`, `junio 2024`,
    /// `last week`. A range begins on its first day and ends on its last. Empty for none.
    public var since: String?
    /// The latest date, likewise.
    public var until: String?
    /// The folder that relative paths begin at besides the collection's root; nil for nowhere.
    public var folder: String?

    /// Makes a filter; without arguments it lets everything pass.
    public init(
        paths: [String] = [],
        excludedPaths: [String] = [],
        conditions: [FieldCondition] = [],
        since: String? = nil,
        until: String? = nil,
        folder: String? = nil
    ) {
        self.paths = paths
        self.excludedPaths = excludedPaths
        self.conditions = conditions
        self.since = since
        self.until = until
        self.folder = folder
    }

    /// Whether every document passes.
    public var isEmpty: Bool { self.parts.isEmpty }

    /// What the filter demands, one demand each; paths are one.
    package var parts: [DocumentFilter] {
        var parts: [DocumentFilter] = []
        let named = paths.filter(Self.hasText)
        if !named.isEmpty { parts.append(DocumentFilter(paths: named, folder: folder)) }
        parts += excludedPaths.filter(Self.hasText)
            .map { DocumentFilter(excludedPaths: [$0], folder: folder) }
        parts += conditions.map { DocumentFilter(conditions: [$0]) }
        if let since, Self.hasText(since) { parts.append(DocumentFilter(since: since)) }
        if let until, Self.hasText(until) { parts.append(DocumentFilter(until: until)) }
        return parts
    }

    private static func hasText(_ text: String) -> Bool { text.contains { !$0.isWhitespace } }

    /// This filter and another one's demands; one of either's paths is enough.
    package func joined(with other: DocumentFilter) -> DocumentFilter {
        DocumentFilter(
            paths: paths + other.paths,
            excludedPaths: excludedPaths + other.excludedPaths,
            conditions: conditions + other.conditions,
            since: other.since ?? since,
            until: other.until ?? until,
            folder: folder ?? other.folder
        )
    }

    /// Returns the test that the filter stands for, its globs compiled once.
    ///
    /// - Parameters:
    ///   - now: what relative dates are reckoned from.
    ///   - timeZone: the reader's: a file belongs to the day on which it was changed there.
    /// - Returns: the test.
    /// - Throws: `FilterError` for a date that cannot be read or does not exist.
    package func compiled(
        now: Date = Date(),
        timeZone: TimeZone = .current
    ) throws(FilterError) -> @Sendable (Document) -> Bool {
        let patterns = paths.filter(Self.hasText).map { PathPattern($0, from: folder) }
        let unwanted = excludedPaths.filter(Self.hasText).map { PathPattern($0, from: folder) }
        func day(_ text: String?) throws(FilterError) -> DayRange? {
            guard let text, Self.hasText(text) else { return nil }
            return try DayRange(text, now: now, timeZone: timeZone)
        }
        let since = try day(since)?.first
        let until = try day(until)?.last
        if let since, let until, since > until {
            throw FilterError(
                filter: "\(since) to \(until)",
                reason: "the first day comes after the last"
            )
        }
        for condition in conditions { try condition.check(now: now, timeZone: timeZone) }
        let conditions = conditions
        return { document in
            guard patterns.isEmpty || patterns.contains(where: { $0.matches(document) }),
                !unwanted.contains(where: { $0.matches(document) }),
                conditions.allSatisfy({ $0.holds(for: document, timeZone: timeZone) })
            else { return false }
            if since == nil, until == nil { return true }
            let date = document.day(in: timeZone)
            if let since, date < since { return false }
            if let until, date > until { return false }
            return true
        }
    }
}

extension Document {
    /// The day of the document: its own date as it is written there, else the day on which its file was
    /// changed where the reader is; `2024-06-01`.
    package func day(in timeZone: TimeZone) -> String {
        if let date { return String(date.prefix(10)) }
        return DayRange.day(
            of: Date(timeIntervalSince1970: Double(modified) / 1e9),
            in: timeZone
        )
    }

    /// The document's own date, or its file's, ISO 8601.
    package var effectiveDate: String {
        if let date { return date }
        let seconds = Double(modified) / 1e9
        return Date(timeIntervalSince1970: seconds).ISO8601Format()
    }
}
