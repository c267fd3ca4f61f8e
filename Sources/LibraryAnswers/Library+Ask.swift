public import Answering
public import ChatModels
internal import Corpus
public import LibraryCore
internal import Retrieval
internal import TextAnalysis

extension Library {
    /// Answers a question from the documents, each claim with a quotation that stands in them, or
    /// abstains.
    ///
    /// The answer is in the question's language. `onEvent` is called in order while a language model
    /// works. Throws what searching throws, `AnsweringError`, or `CancellationError`.
    public func ask(
        _ question: String,
        options: AskOptions = AskOptions(),
        onEvent: @Sendable (Answerer.Event) -> Void = { _ in }
    ) async throws -> Answer {
        guard question.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw RetrievalError.emptyQuery
        }
        guard let budget = options.budget else {
            return try await askInConversation(question, options: options, onEvent: onEvent)
        }
        let start = ContinuousClock.now
        var bounded = options
        let model = options.model.map {
            BudgetedModel($0, budget: budget, rates: options.rates, start: start)
        }
        bounded.model = model
        bounded.cuts = BudgetCuts()
        bounded.end = budget.milliseconds.map { start.advanced(by: .milliseconds($0)) }
        var answer = try await askInConversation(question, options: bounded, onEvent: onEvent)
        let elapsed = start.duration(to: .now) / .milliseconds(1)
        var cuts = (model?.cuts ?? []) + (bounded.cuts?.all ?? [])
        if let most = budget.milliseconds, elapsed > most {
            cuts.append("It took longer: what is read from the documents cannot be done in less.")
        }
        answer.budget = AnswerBudget.Use(
            budget: budget,
            tokens: model?.tokens ?? 0,
            cost: model == nil ? 0 : model?.cost,
            milliseconds: elapsed,
            cuts: cuts
        )
        return answer
    }

    /// Answers a question that may lean on what was said before.
    private func askInConversation(
        _ question: String,
        options: AskOptions,
        onEvent: @Sendable (Answerer.Event) -> Void
    ) async throws -> Answer {
        guard !options.history.isEmpty else {
            return try await askAlone(question, options: options, onEvent: onEvent)
        }
        let standalone = try await standalone(question, options: options)
        var answer = try await askAlone(standalone.question, options: options, onEvent: onEvent)
        // Only a question that goes on wants more; who asks the same again is told the same.
        if options.model == nil, standalone.question != question {
            answer = QuestionRewriter.withoutRepetition(answer, after: options.history)
            if answer.outcome == .abstained(.nothingNew) {
                var more = options
                more.sentences = Self.sentencesOfMore
                let longer = try await askAlone(
                    standalone.question,
                    options: more,
                    onEvent: onEvent
                )
                answer = QuestionRewriter.withoutRepetition(longer, after: options.history)
                answer.claims = Array(answer.claims.prefix(options.sentences))
            }
        }
        answer.question = question
        if standalone.question != question { answer.standalone = standalone.question }
        if let usage = standalone.usage { answer.usage = answer.usage.map { $0 + usage } ?? usage }
        return answer
    }

    /// Sentences among which a question that goes on looks for one that was not quoted yet.
    private static let sentencesOfMore = 8

    /// A question as it can be understood alone: by the model, as far as the budget goes.
    private func standalone(
        _ question: String,
        options: AskOptions
    ) async throws -> QuestionRewriter.Standalone {
        do {
            return try await QuestionRewriter(model: options.model, sampling: options.sampling)
                .standalone(question, after: options.history)
        } catch AnsweringError.budget {
            return try await QuestionRewriter(model: nil)
                .standalone(question, after: options.history)
        }
    }

    /// Answers a question that needs nothing that was said before.
    private func askAlone(
        _ question: String,
        options: AskOptions,
        onEvent: @Sendable (Answerer.Event) -> Void
    ) async throws -> Answer {
        guard let model = options.model else {
            let context = try await self.context(for: question, options: options)
            var answerer = ExtractiveAnswerer(
                maximumSentences: options.sentences,
                maximumRisk: options.maximumRisk ?? ExtractiveAnswerer.defaultRisk
            )
            answerer.observe = options.observe
            return try await extract(
                question,
                from: context,
                by: answerer,
                comparison: try await comparison(
                    with: question,
                    embedding: context.embedding,
                    until: options.end
                ),
                options: options
            )
        }
        var builder = options.builder
        if let room = (model as? BudgetedModel)?.promptRoom(
            leaving: options.sampling.maximumTokens
        ),
            room < builder.maximumTokens
        {
            (model as? BudgetedModel)?.note("The prompt was bounded to about \(room) tokens.")
            builder.maximumTokens = room
        }
        let answerer = Answerer(
            model: model,
            builder: builder,
            sampling: options.sampling,
            steps: options.steps,
            search: { [self] query in try await self.context(for: query, options: options).passages
            }
        )
        guard options.usesContext else {
            return try await answerer.answerWithoutContext(question, onEvent: onEvent)
        }
        let context = try await self.context(for: question, options: options)
        let form = options.form.resolved(for: model.name)
        // Nothing more is sent to anybody where the passages have nothing to say. Who only chooses among
        // sentences does not judge the passages.
        let usual =
            form == .numbered
            ? ExtractiveAnswerer.defaultRisk : AskOptions.defaultRiskBeforeModel
        let comparison = try await comparison(
            with: question,
            embedding: context.embedding,
            until: options.end
        ).map(Self.remembering)
        var doubt = try await extract(
            question,
            from: context,
            by: ExtractiveAnswerer(maximumRisk: options.maximumRisk ?? usual),
            comparison: comparison,
            options: options
        )
        if form == .numbered {
            guard doubt.outcome.isAnswered else {
                doubt.model = model.name
                return doubt
            }
            return try await answerInNumbers(
                question,
                by: model,
                ranked: doubt,
                context: context,
                comparison: comparison,
                options: options,
                onEvent: onEvent
            )
        }
        doubt.model = model.name
        // Who may search again is stopped by a bound that somebody chose, not by our own.
        let mayGoOn = options.steps > 0 && options.maximumRisk == nil
        if !doubt.outcome.isAnswered, !mayGoOn { return doubt }
        var answer: Answer
        do {
            answer = try await answerer.answer(
                question,
                from: context.passages,
                onEvent: onEvent
            )
        } catch AnsweringError.budget(_, let reason) {
            (model as? BudgetedModel)?.note(
                Self.quotedInstead(reason)
            )
            answer = doubt
            answer.outcome = .abstained(.noQuotationPassed)
            answer.claims = []
        }
        answer.evidence = doubt.evidence
        // A model that cannot fill the form is no reason to say less than without it.
        let risk = doubt.evidence?.risk ?? 1
        let isFormFault =
            answer.outcome == .abstained(.unreadableReply)
            || answer.outcome == .abstained(.noQuotationPassed)
        let bound = min(options.maximumRisk ?? 1, ExtractiveAnswerer.defaultRisk)
        if isFormFault, doubt.outcome.isAnswered, risk <= bound {
            answer.outcome = .answered
            answer.claims = doubt.claims
            answer.sources = doubt.sources
            answer.model = "extractive"
        }
        return answer
    }

    /// Has a small model choose among the best sentences; what the ranking chose stands if it cannot.
    private func answerInNumbers(
        _ question: String,
        by model: any LanguageModel,
        ranked: Answer,
        context: AskContext,
        comparison: MeaningComparison?,
        options: AskOptions,
        onEvent: @Sendable (Answerer.Event) -> Void
    ) async throws -> Answer {
        let candidates = try await candidates(
            for: question,
            from: context,
            by: comparison,
            options: options
        )
        var answerer = NumberedAnswerer(model: model, sampling: options.sampling)
        answerer.maximumTokens = options.builder.maximumTokens
        let bounded = model as? BudgetedModel
        if let room = bounded?.promptRoom(leaving: 160), room < answerer.maximumTokens {
            bounded?.note("The prompt was bounded to about \(room) tokens.")
            answerer.maximumTokens = room
        }
        do {
            return try await answerer.answer(
                question,
                ranked: ranked,
                candidates: candidates,
                passages: context.candidates,
                onEvent: onEvent
            )
        } catch AnsweringError.budget(_, let reason) {
            bounded?.note(Self.quotedInstead(reason))
            return ranked
        }
    }

    /// The sentences that a small model chooses among, the best first.
    private func candidates(
        for question: String,
        from context: AskContext,
        by comparison: MeaningComparison?,
        options: AskOptions
    ) async throws -> [Claim] {
        try await extract(
            question,
            from: context,
            by: ExtractiveAnswerer(maximumSentences: NumberedAnswerer.sentences, maximumRisk: 1),
            comparison: comparison,
            options: options
        ).claims
    }

    private static func quotedInstead(_ reason: String) -> String {
        "The model was not asked further (\(reason)): the documents' own sentences are quoted."
    }

    /// The same comparison without computing it again for the same texts.
    private static func remembering(_ comparison: MeaningComparison) -> MeaningComparison {
        let known = ComparisonMemory()
        return MeaningComparison(tokens: comparison.tokens) { texts in
            if let result = known.result(for: texts) { return result }
            let result = try await comparison.compare(texts)
            known.remember(result, for: texts)
            return result
        }
    }

    /// Answers without a language model; by the words alone where the time is up.
    private func extract(
        _ question: String,
        from context: AskContext,
        by answerer: ExtractiveAnswerer,
        comparison: MeaningComparison?,
        options: AskOptions
    ) async throws -> Answer {
        do {
            return try await answerer.answer(
                question,
                from: context.candidates,
                comparison: comparison
            )
        } catch is OutOfTime {
            options.cuts?.add("Sentences were ranked by their words alone, for lack of time.")
            return try await answerer.answer(question, from: context.candidates)
        }
    }

    /// What a language model would be sent.
    ///
    /// A question that leans on the conversation is put as it would be without a model; a model is asked
    /// to rewrite it before anything else, with what was said.
    public func prompt(
        for question: String,
        options: AskOptions = AskOptions()
    ) async throws -> [ChatMessage] {
        let question = try await QuestionRewriter(model: nil)
            .standalone(question, after: options.history).question
        let language = LanguageDetector().language(of: question)
        guard options.usesContext else {
            return options.builder.promptWithoutContext(for: question, language: language)
        }
        let context = try await self.context(for: question, options: options)
        if options.form.resolved(for: options.model?.name ?? "") == .numbered {
            let candidates = try await candidates(
                for: question,
                from: context,
                by: try await comparison(
                    with: question,
                    embedding: context.embedding,
                    until: options.end
                ),
                options: options
            )
            return NumberedAnswerer.prompt(
                for: question,
                candidates: candidates,
                maximumTokens: options.builder.maximumTokens,
                language: language
            )
        }
        return options.builder.prompt(
            for: question,
            passages: context.passages,
            language: language,
            offersSearch: options.steps > 0
        ).messages
    }
}
