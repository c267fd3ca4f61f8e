internal import Answering
internal import Foundation
internal import Vecino
internal import VecinoServer

/// A library as the servers see it.
struct ServingLibrary: LibraryService {
    let library: Library
    let languageModel: (any LanguageModel)?
    let resultLimit: Int

    func search(_ request: VecinoServer::SearchRequest) async throws -> SearchReply {
        let mode = request.mode.flatMap { Retrieval::SearchMode(rawValue: $0.rawValue) } ?? .hybrid
        return try await translatingErrors {
            let results = try await library.search(
                Retrieval::SearchRequest(
                    request.query,
                    mode: mode,
                    limit: request.limit ?? resultLimit,
                    filter: Self.filter(request.path)
                )
            )
            return SearchReply(
                hits: results.hits.map { hit in
                    VecinoServer::SearchHit(
                        place: Place(hit.id, hit.location),
                        score: hit.score,
                        snippet: hit.snippet.segments.map {
                            SnippetPiece($0.text, match: $0.isMatch)
                        },
                        duplicates: hit.duplicates.map(\.rawValue)
                    )
                },
                mode: VecinoServer::SearchMode(rawValue: mode.rawValue) ?? .hybrid,
                milliseconds: results.timings.total
            )
        }
    }

    func answer(_ request: AskRequest) async throws -> AnswerReply {
        try await translatingErrors {
            let clock = ContinuousClock()
            let start = clock.now
            let answer = try await library.ask(
                request.question,
                options: AskOptions(model: languageModel, filter: Self.filter(request.path))
            )
            var reason: String?
            if case .abstained(let abstention) = answer.outcome {
                reason = abstention.explanation(language: answer.language)
            }
            return AnswerReply(
                answered: answer.outcome.isAnswered,
                reason: reason,
                claims: answer.claims.map { claim in
                    AnswerClaim(
                        text: claim.text,
                        quotations: claim.citations.map { citation in
                            Quotation(
                                source: answer.mark(of: citation.passageID) ?? 0,
                                text: citation.quotation
                            )
                        }
                    )
                },
                sources: answer.sources.map(Place.init),
                model: answer.model,
                milliseconds: clock.now.milliseconds(since: start)
            )
        }
    }

    func passage(_ request: PassageRequest) async throws -> PassageReply {
        try await translatingErrors {
            guard let passage = try await library.passages(named: String(request.id)).first else {
                throw ServiceError.notFound("There is no passage \(request.id).")
            }
            let all = try await library.passages(named: passage.document.absolutePath)
            let index = all.firstIndex { $0.id == passage.id } ?? 0
            return PassageReply(
                place: Place(passage.id, passage.location),
                text: passage.text,
                previous: index > 0 ? all[index - 1].id.rawValue : nil,
                next: index + 1 < all.count ? all[index + 1].id.rawValue : nil
            )
        }
    }

    func status() async throws -> StatusReply {
        try await translatingErrors {
            let status = try await library.status()
            let skipped = status.collections.reduce(0) { $0 + $1.skipped.count }
            return StatusReply(
                library: status.path,
                documents: status.documents,
                passages: status.passages,
                model: status.model ?? "none",
                updated: status.collections.compactMap(\.indexedAt).max(),
                version: Version.number,
                notes: skipped > 0 ? ["\(skipped) files could not be read: see vecino status"] : []
            )
        }
    }

    private static func filter(_ path: String?) -> DocumentFilter {
        DocumentFilter(paths: path.map { [$0] } ?? [])
    }

    /// Errors in the three kinds that the servers tell apart.
    private func translatingErrors<R>(_ body: () async throws -> R) async throws -> R {
        do { return try await body() } catch let error as RetrievalError {
            switch error {
            case .emptyQuery: throw ServiceError.invalid(error.description)
            default: throw ServiceError.unavailable(error.description)
            }
        } catch let error as FilterError {
            throw ServiceError.invalid(error.description)
        } catch let error as LibraryError {
            throw ServiceError.notFound(error.description)
        } catch let error as AnsweringError {
            throw ServiceError.unavailable(error.description)
        }
    }
}

extension Place {
    init(_ source: Source) {
        self.init(PassageID(rawValue: source.passageID), source.location)
    }

    init(_ passage: PassageID, _ location: PassageLocation) {
        self.init(
            passage: passage.rawValue,
            path: location.path,
            title: location.title,
            headings: location.headings,
            lines: location.lines,
            firstPage: location.pages?.lowerBound,
            lastPage: location.pages?.upperBound
        )
    }
}
