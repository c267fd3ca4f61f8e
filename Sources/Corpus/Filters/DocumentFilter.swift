internal import Foundation

/// Which documents a search looks into.
public struct DocumentFilter: Sendable {
    /// Globs of which a document's path has to match one; empty for all.
    ///
    /// A glob is tried on the absolute path, on the path below the collection's root, and, when it
    /// has no slash, on the file's name.
    public var paths: [String]
    /// Conditions on metadata that all have to hold.
    public var conditions: [FieldCondition]
    /// The earliest date, ISO 8601; a document's own date counts, else its file's.
    public var since: String?
    /// The latest date, ISO 8601.
    public var until: String?

    /// Makes a filter; without arguments it lets everything pass.
    public init(
        paths: [String] = [],
        conditions: [FieldCondition] = [],
        since: String? = nil,
        until: String? = nil
    ) {
        self.paths = paths
        self.conditions = conditions
        self.since = since
        self.until = until
    }

    /// Whether every document passes.
    public var isEmpty: Bool {
        paths.isEmpty && conditions.isEmpty && since == nil && until == nil
    }

    /// Returns the test that the filter stands for, its globs compiled once.
    ///
    /// - Throws: `FilterError` for a date that cannot be read.
    package func compiled() throws(FilterError) -> @Sendable (Document) -> Bool {
        let globs = paths.map { (Glob($0), $0.contains("/")) }
        for date in [since, until].compactMap(\.self)
        where date.prefixMatch(of: /\d{4}(-\d{2}(-\d{2})?)?/) == nil {
            throw FilterError(filter: date, reason: "a date is written 2026-01-31")
        }
        let filter = self
        return { document in
            guard
                globs.isEmpty
                    || globs.contains(where: { glob, hasSlash in
                        glob.matches(document.path) || glob.matches(document.absolutePath)
                            || (!hasSlash && glob.matches(document.fileName))
                    })
            else { return false }
            guard filter.conditions.allSatisfy({ $0.holds(for: document) }) else { return false }
            if filter.since != nil || filter.until != nil {
                let date = document.effectiveDate
                // A shorter bound compares by its own length: "2026" means the whole year.
                if let since = filter.since, date.prefix(since.count) < since { return false }
                if let until = filter.until, date.prefix(until.count) > until { return false }
            }
            return true
        }
    }
}

extension Document {
    /// The document's own date, or its file's, ISO 8601.
    package var effectiveDate: String {
        if let date { return date }
        let seconds = Double(modified) / 1e9
        return Date(timeIntervalSince1970: seconds).ISO8601Format()
    }
}
