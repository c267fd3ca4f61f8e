public import Corpus
public import Retrieval

/// Why a passage or a document was not found, or not quoted, for a question: how far it came, and what would
/// bring it up.
public struct WhyNot: Codable, Sendable {
    /// Where a passage can be lost, in the order of the work.
    public enum Stage: String, Codable, Sendable, CaseIterable {
        /// The library does not hold it.
        case notIndexed
        /// The library knows the file and could not read it.
        case skipped
        /// Its document does not pass the filter.
        case filtered
        /// The query excludes it, or demands what it does not have.
        case demands
        /// Too many passages have more of the query's words.
        case words
        /// Too many passages are nearer in meaning.
        case vectors
        /// A candidate of one side or both, but not among the best of both together.
        case fusion
        /// The places went to passages in other languages.
        case language
        /// Another passage, which says nearly the same, stands for it.
        case duplicates
        /// Its document has as many hits as it may have.
        case perDocument
        /// Found, but not near the query.
        case belowTheLine
        /// Found, but no room was left for it among what is read for an answer.
        case context
        /// The question names a code, a year or a number that its document does not mention.
        case notMentioned
        /// The risk that the documents do not answer was seen as too large, so nothing was answered.
        case risk
        /// Read, but other sentences answered better.
        case weighing
    }

    /// What was found out at one stage.
    public struct Step: Codable, Hashable, Sendable {
        /// The stage.
        public var stage: Stage
        /// Whether the passage came past it.
        public var isPassed: Bool
        /// What was seen there, in a sentence.
        public var text: String
    }

    /// Something done differently.
    @nonexhaustive public enum Change: Codable, Hashable, Sendable {
        /// So many hits are asked for; passages that say nearly the same are hits of their own, or not.
        case hits(Int, showsDuplicates: Bool)
        /// Passages that say nearly the same are hits of their own.
        case duplicates
        /// So many hits of one document are taken.
        case perDocument(Int)
        /// The search is made in this mode.
        case mode(SearchMode)
        /// Only documents in this language are looked at.
        case language(String)
        /// An answer is given whatever the risk.
        case anyRisk
        /// So many passages are read for an answer.
        case passages(Int)
        /// Only this document is looked at, whatever the risk.
        case document(path: String)
        /// The file or folder is indexed.
        case index(path: String)
    }

    /// Something that was tried and brought the passage up, or that has to be done first.
    public struct Remedy: Codable, Hashable, Sendable {
        /// What to do, in a sentence.
        public var text: String
        /// What is done differently, if that is all.
        public var change: Change?
        /// The rank that the passage has then, if it was tried.
        public var rank: Int?
    }

    /// The question.
    public var question: String
    /// What was asked for, as it was written.
    public var target: String
    /// The passage that came furthest of those that were meant; nil if the library has none.
    public var passage: PassageID?
    /// Where that stands.
    public var place: String?
    /// How many passages were meant.
    public var passages: Int
    /// The stages, in order, up to the one at which it was lost.
    public var steps: [Step]
    /// Where it was lost; nil if it was found, or quoted.
    public var lostAt: Stage?
    /// What would bring it up, the least change first.
    public var remedies: [Remedy]
}

extension WhyNot.Change {
    /// Whether more hits are asked for, or more passages read: of several numbers the least is enough.
    var isMore: Bool {
        switch self {
        case .hits, .passages: true
        default: false
        }
    }
}

extension WhyNot.Remedy {
    var isMore: Bool { change?.isMore == true }
}

/// What somebody wanted to be found, and how they looked for it.
public struct WhyNotRequest: Sendable {
    /// A passage's number, a document's path with or without `:LINE`, or words that stand in a passage.
    public var target: String
    /// The lines of the document that are meant; nil for all.
    public var lines: ClosedRange<Int>?
    /// What was looked for, and how.
    public var search: SearchRequest
    /// How the question was answered; nil for a search.
    public var asked: AskOptions?

    /// Makes a request.
    public init(
        target: String,
        lines: ClosedRange<Int>? = nil,
        search: SearchRequest,
        asked: AskOptions? = nil
    ) {
        self.target = target
        self.lines = lines
        self.search = search
        self.asked = asked
    }
}
