public import Answering
internal import ChatModels
public import LibraryCore
public import UserConfiguration

/// One question answered in three ways: by the language model alone, by the model with the documents, and by
/// the documents alone.
public struct ThreeWayAnswer: Codable, Sendable {
    /// Who answers.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The model, without documents.
        case modelAlone
        /// The model, from the documents.
        case modelWithDocuments
        /// The documents' own sentences.
        case documentsAlone
    }

    /// One of the ways.
    public struct Way: Codable, Sendable {
        /// Who answers.
        public var kind: Kind
        /// The answer; nil if there is none.
        public var answer: Answer?
        /// Why there is none.
        public var failure: String?
        /// How long it took.
        public var milliseconds: Double
        /// What it cost, if the model's price is known.
        public var cost: Double?
    }

    /// The question.
    public var question: String
    /// The three ways, in the order of `Kind`.
    public var ways: [Way]
    /// What of the model's own words the documents say; nil if either did not answer.
    public var model: AnswerComparison?
    /// Whether both answers from documents rest on the same passages; nil if either did not answer.
    public var agreesOnSources: Bool?

    /// The answer of one way.
    public func answer(_ kind: Kind) -> Answer? { ways.first { $0.kind == kind }?.answer }
}

extension Library {
    /// Asks the same question in three ways.
    ///
    /// What fails in one way does not keep the others from answering.
    ///
    /// - Parameters:
    ///   - question: what is asked.
    ///   - options: with a language model; a budget holds for each way.
    ///   - price: what the model's tokens cost, if that is known.
    /// - Returns: the answers, and where they differ.
    /// - Throws: `RetrievalError` or `CancellationError`; `AnsweringError` if no way has an answer.
    public func compare(
        _ question: String,
        options: AskOptions,
        price: Price? = nil
    ) async throws -> ThreeWayAnswer {
        var result = ThreeWayAnswer(question: question, ways: [])
        var first: (any Error)?
        for kind in ThreeWayAnswer.Kind.allCases {
            var chosen = options
            chosen.usesContext = kind != .modelAlone
            if kind == .documentsAlone { chosen.model = nil }
            let start = ContinuousClock.now
            var way = ThreeWayAnswer.Way(kind: kind, milliseconds: 0)
            do {
                let answer = try await ask(question, options: chosen)
                way.answer = answer
                way.cost =
                    kind == .documentsAlone ? 0 : answer.usage.flatMap { price?.cost(of: $0) }
            } catch let error as AnsweringError {
                first = first ?? error
                way.failure = "\(error)"
            }
            way.milliseconds = start.duration(to: .now) / .milliseconds(1)
            result.ways.append(way)
        }
        if let first, !result.ways.contains(where: { $0.answer?.outcome.isAnswered == true }) {
            throw first
        }
        result.compare()
        return result
    }
}

extension ThreeWayAnswer {
    fileprivate mutating func compare() {
        let documents = [answer(.modelWithDocuments), answer(.documentsAlone)].compactMap(\.self)
            .filter(\.outcome.isAnswered)
        let citations = documents.flatMap(\.claims).flatMap(\.citations)
        if let alone = answer(.modelAlone), !citations.isEmpty {
            model = AnswerComparison(
                of: alone.claims.map(\.text).joined(separator: "\n"),
                to: question,
                with: citations
            )
        }
        guard documents.count == 2 else { return }
        let passages = documents.map { Set($0.claims.flatMap(\.citations).map(\.passageID)) }
        agreesOnSources = !passages[0].isDisjoint(with: passages[1])
    }
}
