package import Answering
package import Evaluation
internal import Synchronization
package import Vecino

/// Asking a labeled set's questions, with and without the documents that answer them.
extension Library {
    /// A question, what was known of it, and what was answered.
    package struct AnswerTrial: Codable, Sendable {
        /// The question's ID.
        package var query: String
        /// What was asked.
        package var question: String
        /// Whether a document that answers was there.
        package var isAnswerable: Bool
        /// Whether something was answered.
        package var isAnswered: Bool
        /// Whether the first quotation stands in a document that answers; false for an abstention.
        package var isRight: Bool
        /// Of the quotations, in the order of reading, those with the labeled answer in them; nil for a
        /// question without one.
        package var hits: [Bool]?
        /// What spoke for an answer.
        package var evidence: Evidence?
        /// What `scripts/fit-answers` fits to, where that was asked for.
        package var fit: AnswerFit?

        /// The risk that was seen; 1 where there was nothing to look at.
        package var risk: Double { evidence?.risk ?? 1 }
    }

    /// What the ranking of a question's sentences was computed from.
    package struct AnswerFit: Codable, Sendable {
        /// The sentences, each after its headings.
        package var sentences: [String]
        /// The features of each sentence.
        package var features: [[Double]]
        /// What the risk was computed from.
        package var signals: [Double]
        /// The sentences that have the labeled answer, or stand in a document that answers.
        package var hits: [Int]
    }

    /// Asks one question of a labeled set.
    ///
    /// - Parameters:
    ///   - query: The question; its `quotation` or `answer` is looked for in what is quoted.
    ///   - relevant: The documents that answer it, none for a question that nothing answers.
    ///   - isRemoved: Whether these documents are left out, so that nothing answers.
    ///   - field: A field in which query and document have to agree.
    ///   - options: How it is answered; the risk is no bound here, so that every bound can be tried.
    ///   - identify: Turns a document's path into the ID that judgements use.
    ///   - isFitted: Whether what the ranking was computed from is kept.
    /// - Returns: What was answered, and whether that was right.
    /// - Throws: What `ask` throws.
    package func trial(
        of query: LabeledQuery,
        relevant: Set<String>,
        isRemoved: Bool,
        matching field: String?,
        options: AskOptions,
        identify: @escaping @Sendable (String) -> String,
        isFitted: Bool = false
    ) async throws -> AnswerTrial {
        var options = options
        let seen = Mutex<ExtractiveAnswerer.Observation?>(nil)
        if isFitted { options.observe = { observation in seen.withLock { $0 = observation } } }
        options.maximumRisk = 1
        if isRemoved { options.isLeftOut = { relevant.contains(identify($0)) } }
        if let field, let value = query.metadata[field] {
            options.filter.conditions = [FieldCondition(field, .equal, value)]
        }
        let answer = try await ask(query.text, options: options)
        let golds = query.answers.map(Self.flat)
        let isGold = { @Sendable (text: String, document: String) in
            let text = Self.flat(text)
            return relevant.contains(document)
                && (golds.isEmpty || golds.contains { text.contains($0) || $0.contains(text) })
        }
        let sources = Dictionary(
            answer.sources.map { ($0.passageID, identify($0.path)) },
            uniquingKeysWith: { first, _ in first }
        )
        let quoted = answer.claims.flatMap(\.citations)
        return AnswerTrial(
            query: query.id,
            question: query.text,
            isAnswerable: !isRemoved && !relevant.isEmpty,
            isAnswered: answer.outcome.isAnswered,
            isRight: !isRemoved
                && quoted.first.flatMap { sources[$0.passageID] }.map(relevant.contains) == true,
            hits: golds.isEmpty
                ? nil : quoted.map { isGold($0.quotation, sources[$0.passageID] ?? "") },
            evidence: answer.evidence,
            fit: seen.withLock(\.self).map { seen in
                AnswerFit(
                    sentences: seen.sentences.map {
                        ($0.headings + [$0.text]).joined(separator: "\n")
                    },
                    features: seen.features.map { $0.map { ($0 * 1_000).rounded() / 1_000 } },
                    signals: seen.signals.map { ($0 * 1_000).rounded() / 1_000 },
                    hits: seen.sentences.indices.filter { i in
                        !isRemoved
                            && isGold(seen.sentences[i].text, identify(seen.sentences[i].path))
                    }
                )
            }
        )
    }

    /// The words of `text` with single spaces between and around them.
    private static func flat(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return " " + words.joined(separator: " ") + " "
    }
}
