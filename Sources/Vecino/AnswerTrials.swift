package import Answering
package import Evaluation

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

        /// The risk that was seen; 1 where there was nothing to look at.
        package var risk: Double { evidence?.risk ?? 1 }
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
    /// - Returns: What was answered, and whether that was right.
    /// - Throws: What `ask` throws.
    package func trial(
        of query: LabeledQuery,
        relevant: Set<String>,
        isRemoved: Bool,
        matching field: String?,
        options: AskOptions,
        identify: @escaping @Sendable (String) -> String
    ) async throws -> AnswerTrial {
        var options = options
        options.maximumRisk = 1
        if isRemoved { options.isLeftOut = { relevant.contains(identify($0)) } }
        if let field, let value = query.metadata[field] {
            options.filter.conditions = [FieldCondition(field, .equal, value)]
        }
        let answer = try await ask(query.text, options: options)
        let gold = (query.metadata["quotation"] ?? query.metadata["answer"]).map(Self.flat)
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
            hits: gold.map { gold in
                quoted.map { citation in
                    let text = Self.flat(citation.quotation)
                    return relevant.contains(sources[citation.passageID] ?? "")
                        && (text.contains(gold) || gold.contains(text))
                }
            },
            evidence: answer.evidence
        )
    }

    /// The words of `text` with single spaces between and around them.
    private static func flat(_ text: String) -> String {
        let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
        return " " + words.joined(separator: " ") + " "
    }
}
