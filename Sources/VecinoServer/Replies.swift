/// Where a passage stands.
package struct Place: Codable, Hashable, Sendable {
    /// The passage's id, for `get`.
    package var passage: Int64
    /// The document's path.
    package var path: String
    /// The document's title; empty if it has none.
    package var title: String
    /// The headings above the passage, outermost first.
    package var headings: [String]
    /// The first of its lines in the document's file, from 1, if the format has lines.
    package var firstLine: Int?
    /// The last of its lines.
    package var lastLine: Int?
    /// The first of its pages, from 1, if the format has pages.
    package var firstPage: Int?
    /// The last of its pages.
    package var lastPage: Int?

    /// Where a passage stands.
    package init(
        passage: Int64,
        path: String,
        title: String = "",
        headings: [String] = [],
        lines: ClosedRange<Int>? = nil,
        firstPage: Int? = nil,
        lastPage: Int? = nil
    ) {
        self.passage = passage
        self.path = path
        self.title = title
        self.headings = headings
        firstLine = lines?.lowerBound
        lastLine = lines?.upperBound
        self.firstPage = firstPage
        self.lastPage = lastPage
    }

    /// The path with the lines behind it, `guide/roof.md:12-20`, or the pages, `roof.pdf, p. 3`.
    ///
    /// The lines of a format with pages are those of the text that was taken out of it, which a
    /// reader of the file does not see.
    package var reference: String {
        if let firstPage {
            let lastPage = lastPage ?? firstPage
            return lastPage > firstPage
                ? "\(path), pp. \(firstPage)-\(lastPage)" : "\(path), p. \(firstPage)"
        }
        guard let firstLine else { return path }
        guard let lastLine, lastLine != firstLine else { return "\(path):\(firstLine)" }
        return "\(path):\(firstLine)-\(lastLine)"
    }
}

/// A piece of a snippet.
package struct SnippetPiece: Codable, Hashable, Sendable {
    /// The text; never markup.
    package var text: String
    /// Whether it is a word that was looked for.
    package var match: Bool

    /// A piece of a snippet.
    package init(_ text: String, match: Bool = false) {
        self.text = text
        self.match = match
    }
}

/// A passage that a search found.
package struct SearchHit: Codable, Hashable, Sendable {
    /// Where it stands.
    package var place: Place
    /// The score; larger is better.
    ///
    /// Only its order within one reply means anything.
    package var score: Double
    /// The part of the passage that shows why it was found.
    package var snippet: [SnippetPiece]
    /// Passages that say nearly the same and are no hits of their own, best first; nil for none.
    package var duplicates: [Int64]?

    /// A passage that a search found.
    package init(
        place: Place,
        score: Double,
        snippet: [SnippetPiece],
        duplicates: [Int64] = []
    ) {
        self.place = place
        self.score = score
        self.snippet = snippet
        self.duplicates = duplicates.isEmpty ? nil : duplicates
    }
}

/// What a search found.
package struct SearchReply: Codable, Hashable, Sendable {
    /// The hits, best first.
    package var hits: [SearchHit]
    /// How it was searched.
    package var mode: SearchMode
    /// How long it took.
    package var milliseconds: Double
    /// What a person should know: a misspelt word that was corrected, a filter that matched nothing.
    package var notes: [String]

    /// What a search found.
    package init(hits: [SearchHit], mode: SearchMode, milliseconds: Double, notes: [String] = []) {
        self.hits = hits
        self.mode = mode
        self.milliseconds = milliseconds
        self.notes = notes
    }
}

/// A quotation that stands word for word in a passage.
package struct Quotation: Codable, Hashable, Sendable {
    /// The number of its source in the reply, from 1.
    package var source: Int
    /// The passage's own words.
    package var text: String

    /// A quotation that stands word for word in a passage.
    package init(source: Int, text: String) {
        self.source = source
        self.text = text
    }
}

/// A statement and the quotations that it rests on.
package struct AnswerClaim: Codable, Hashable, Sendable {
    /// The statement.
    package var text: String
    /// What it rests on.
    package var quotations: [Quotation]

    /// A statement and the quotations that it rests on.
    package init(text: String, quotations: [Quotation]) {
        self.text = text
        self.quotations = quotations
    }
}

/// An answer whose quotations have been checked, or an honest refusal.
package struct AnswerReply: Codable, Hashable, Sendable {
    /// Whether the documents answer the question.
    package var answered: Bool
    /// Why not, in a sentence.
    package var reason: String?
    /// The answer's statements in reading order.
    package var claims: [AnswerClaim]
    /// The sources, numbered from 1 by their place here; after a refusal, the nearest passages.
    package var sources: [Place]
    /// What wrote it: a language model's name, or `extractive`.
    package var model: String
    /// How long it took.
    package var milliseconds: Double
    /// What a person should know: quotations that were thrown out, for one.
    package var notes: [String]

    /// An answer whose quotations have been checked, or an honest refusal.
    package init(
        answered: Bool,
        reason: String? = nil,
        claims: [AnswerClaim],
        sources: [Place],
        model: String,
        milliseconds: Double,
        notes: [String] = []
    ) {
        self.answered = answered
        self.reason = reason
        self.claims = claims
        self.sources = sources
        self.model = model
        self.milliseconds = milliseconds
        self.notes = notes
    }
}

/// A passage to read.
package struct PassageReply: Codable, Hashable, Sendable {
    /// Where it stands.
    package var place: Place
    /// Its text, as it is stored.
    package var text: String
    /// The passage before it in the document.
    package var previous: Int64?
    /// The passage after it.
    package var next: Int64?

    /// A passage to read.
    package init(place: Place, text: String, previous: Int64? = nil, next: Int64? = nil) {
        self.place = place
        self.text = text
        self.previous = previous
        self.next = next
    }
}

/// A library's facts.
package struct StatusReply: Codable, Hashable, Sendable {
    /// The library's file or folder, as a person would name it.
    package var library: String
    /// How many documents it has.
    package var documents: Int
    /// How many passages.
    package var passages: Int
    /// The embedding model.
    package var model: String
    /// When documents were last indexed, in ISO 8601.
    package var updated: String?
    /// The version of the program.
    package var version: String
    /// What a person should know: files that were skipped, text that was repaired.
    package var notes: [String]

    /// A library's facts.
    package init(
        library: String,
        documents: Int,
        passages: Int,
        model: String,
        updated: String? = nil,
        version: String,
        notes: [String] = []
    ) {
        self.library = library
        self.documents = documents
        self.passages = passages
        self.model = model
        self.updated = updated
        self.version = version
        self.notes = notes
    }
}
