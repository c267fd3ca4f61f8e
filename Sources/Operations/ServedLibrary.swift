internal import Embedding
package import Retrieval
package import Vecino

/// A library that is served, with what its operations need besides.
package struct ServedLibrary: Sendable {
    package let library: Library
    /// What writes answers; nil quotes sentences.
    package let languageModel: (any LanguageModel)?
    /// What looks at the first passages of a search again that does not say; nil for what the library
    /// was tuned to.
    package let reranking: Reranking?
    /// How many hits a search has that does not say.
    package let resultLimit: Int
    /// The program's version.
    package let version: String
    /// What indexes for callers; nil where nothing does.
    package let jobs: IndexingJobs?
    /// Where files are kept that callers hand in; nil where none are taken.
    package let inbox: Inbox?
    /// What shows pages of PDFs.
    package let pages = PagePrinter()
    /// What was done since the server started.
    package let metrics = ServerMetrics()
    /// What was answered lately.
    let recentAnswers = RecentAnswers()
    /// The library's file, which may be replaced while it is served.
    private let file: ServedFile

    /// Serves `library`.
    package init(
        _ library: Library,
        languageModel: (any LanguageModel)? = nil,
        reranking: Reranking? = nil,
        resultLimit: Int = 10,
        jobs: IndexingJobs? = nil,
        inbox: Inbox? = nil,
        version: String
    ) {
        self.library = library
        self.languageModel = languageModel
        self.reranking = reranking
        self.resultLimit = min(max(resultLimit, 1), Int(RequestLimits.results.upperBound))
        self.jobs = jobs
        self.inbox = inbox
        self.version = version
        file = ServedFile(library.path)
    }

    /// By what name the cross-encoder is known to other programs, if there is one: its folder's.
    package var rerankerName: String? {
        guard case .model(let path) = reranking else { return nil }
        return path.split(separator: "/").last.map(String.init)
    }

    /// Names the state that replies are of: another one after every change to the library's passages.
    ///
    /// - Throws: `ServiceError`.
    package func state() async throws -> String {
        do {
            return try await library.generation()
        } catch {
            throw ServiceError(error)
        }
    }

    /// Checks that the library can be read now.
    ///
    /// - Throws: Whatever is in the way.
    package func checkReadiness() async throws {
        try file.check()
        _ = try await library.generation()
    }

    /// Answers a request.
    ///
    /// - Throws: `ServiceError`, or `CancellationError`.
    package func reply(
        to operation: Operation,
        _ arguments: Arguments,
        report: Operation.Report = { _ in }
    ) async throws -> Reply {
        do {
            try file.check()
            return try await operation.run(self, arguments, report)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ServiceError(error)
        }
    }
}

/// Why a request got no reply.
package enum ServiceError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The request cannot be understood: what was wrong, and what would be right.
    case invalid(String)
    /// There is no such thing.
    case notFound(String)
    /// Not now: a provider does not answer, a key is missing, somebody else is writing.
    case unavailable(String)
    /// The library is damaged or cannot be read.
    case failed(String)

    /// The sentence that a person or a program is shown.
    package var description: String {
        switch self {
        case .invalid(let text), .notFound(let text), .unavailable(let text), .failed(let text):
            text
        }
    }

    /// What an error of the library means to who asked.
    package init(_ error: any Error) {
        let text = String(describing: error)
        switch error {
        case let error as ServiceError: self = error
        case is FilterError, RetrievalError.emptyQuery: self = .invalid(text)
        case RetrievalError.noSuchPassage: self = .notFound(text)
        case LibraryError.ambiguousReference, LibraryError.unreadable: self = .invalid(text)
        case LibraryError.noSuchReference, LibraryError.noSuchAnswer, LibraryError.noSuchPath:
            self = .notFound(text)
        case StoreError.locked, StoreError.busy: self = .unavailable(text)
        case is RetrievalError, is AnsweringError, is EmbeddingError, is ModelCatalogError:
            self = .unavailable(text)
        default: self = .failed(text)
        }
    }
}
