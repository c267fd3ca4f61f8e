/// What the servers need of a library: four questions and their answers.
///
/// HTTP and MCP only translate between their own forms and these values. Whoever conforms to this
/// protocol decides everything: limits, defaults, which model answers. Calls may come side by side
/// and may be cancelled.
package protocol LibraryService: Sendable {
    /// Searches the library. An empty result is a reply, not an error.
    func search(_ request: SearchRequest) async throws -> SearchReply

    /// Answers a question from the library, or abstains; abstaining is a reply, not an error.
    func answer(_ request: AskRequest) async throws -> AnswerReply

    /// Returns one passage with its neighbours' ids.
    ///
    /// - Throws: `ServiceError.notFound` if there is no such passage.
    func passage(_ request: PassageRequest) async throws -> PassageReply

    /// Describes the library.
    func status() async throws -> StatusReply
}

/// Why a request got no reply; anything else that a service throws is a failure of its own.
package enum ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The request cannot be understood: what was wrong, and what would be right.
    case invalid(String)
    /// There is no such thing.
    case notFound(String)
    /// Not now: a provider does not answer, a key is missing. What to do about it.
    case unavailable(String)

    /// The sentence that a person or a program is shown.
    package var description: String {
        switch self {
        case .invalid(let text), .notFound(let text), .unavailable(let text): text
        }
    }
}

/// How to search.
package enum SearchMode: String, Codable, Sendable, CaseIterable {
    /// By meaning and by words, ranked together.
    case hybrid
    /// By words.
    case keyword
    /// By meaning.
    case vector
}

/// A search.
package struct SearchRequest: Codable, Hashable, Sendable {
    /// What a person typed.
    package var query: String
    /// How many hits at most; nil is the service's default.
    package var limit: Int?
    /// How to search; nil is the service's default.
    package var mode: SearchMode?
    /// Only documents whose path matches this glob.
    package var path: String?

    /// A search.
    package init(query: String, limit: Int? = nil, mode: SearchMode? = nil, path: String? = nil) {
        self.query = query
        self.limit = limit
        self.mode = mode
        self.path = path
    }
}

/// A question.
package struct AskRequest: Codable, Hashable, Sendable {
    /// What a person wants to know.
    package var question: String
    /// Only documents whose path matches this glob.
    package var path: String?

    /// A question.
    package init(question: String, path: String? = nil) {
        self.question = question
        self.path = path
    }
}

/// A wish to read a passage.
package struct PassageRequest: Codable, Hashable, Sendable {
    /// The passage's id.
    package var id: Int64

    /// A wish to read a passage.
    package init(id: Int64) {
        self.id = id
    }
}
