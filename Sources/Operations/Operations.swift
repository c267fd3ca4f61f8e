internal import Answering
internal import Corpus
internal import Retrieval
internal import TextAnalysis
internal import Vecino

extension Operation {
    /// All that is served, in the order in which it is listed.
    package static let all = [search, ask, get, read, similar, list, status]

    /// What HTTP offers besides.
    package static let besides = [marks, answers, answer, check, rate, keep] + indexing

    /// Which documents are looked into.
    static let filters = [
        Parameter("path", .texts, "Only documents whose path matches one of these globs."),
        Parameter(
            "where",
            .texts,
            "Only documents whose metadata fulfill each condition: author=Ana, year>=2024."
        ),
        Parameter("since", .text, "Only documents from this date on: 2024, 2024-06, 2024-06-30."),
        Parameter("until", .text, "Only documents up to this date."),
    ]

    static let rerank = Parameter(
        "rerank",
        .text,
        "What looks at the first 20 passages again, for better order and more time: late, or the "
            + "name of a cross-encoder (none)."
    )

    static let search = Operation(
        "search",
        title: "Search the documents",
        description:
            "Finds passages by meaning and by words (hybrid). Words in quotes are phrases, "
            + "-word excludes, word* stands for any ending. Returns path, lines, headings, a snippet "
            + "and the passage's id for `get`.",
        parameters: [
            .required("query", short: "q", .text, "What to look for, in any language."),
            Parameter(
                "limit",
                short: "n",
                .integer(RequestLimits.results),
                "How many passages at most."
            ),
            Parameter(
                "mode",
                .choice(SearchMode.allCases.map(\.rawValue)),
                "hybrid (default), keyword for exact words, vector for meaning."
            ),
        ] + filters + [
            Parameter(
                "per_document",
                .integer(1...100),
                "How many passages of one document at most (no bound)."
            ),
            Parameter(
                "diversity",
                .number(0...1),
                "How much hits should differ from each other: 0 (not at all) to 1."
            ),
            rerank,
            Parameter("duplicates", .flag, "Whether copies are hits of their own (false)."),
            Parameter("explain", .flag, "Whether each hit says how it got its score (false)."),
            Parameter(
                "facets",
                .flag,
                "Whether the best hits are counted by folder, format, language and year (false)."
            ),
            Cursor.parameter,
        ],
        isStable: true,
        result: ResultSchema.search
    ) { served, given, _ in
        try await SearchPage(given, served: served).reply()
    }

    static let ask = Operation(
        "ask",
        title: "Ask the documents",
        description: "Answers a question from the documents. Every quotation in the answer stands "
            + "word for word in a passage; if the documents do not answer, it says so.",
        parameters: [
            .required("question", short: "q", .text, "The question, in any language."),
            Parameter(
                "history",
                .texts,
                "What was said before, oldest first: a question, its answer, a question, …"
            ),
        ] + filters,
        right: .ask,
        result: ResultSchema.answer
    ) { served, given, report in
        let start = ContinuousClock.now
        var options = AskOptions(model: served.languageModel, filter: try filter(given))
        options.history = try turns(given.texts("history"))
        let answer = try await served.library.ask(
            given.text("question") ?? "",
            options: options,
            onEvent: report
        )
        let milliseconds = ContinuousClock.now.milliseconds(since: start)
        // It is remembered where `keep` can save it: by a server that changes the library.
        let number = served.jobs.map { _ in
            served.recentAnswers.add(answer, milliseconds: milliseconds)
        }
        let timed = TimedAnswer(answer: answer, milliseconds: milliseconds, recent: number)
        return try Reply(timed, text: ReplyText.answer(answer))
    }

    /// What was said before, from questions and answers in turn.
    private static func turns(_ texts: [String]) throws(ServiceError) -> [Turn] {
        guard texts.count.isMultiple(of: 2) else {
            throw .invalid("“history” is a question and its answer, in turn: one is missing.")
        }
        return stride(from: 0, to: texts.count, by: 2).map {
            Turn(question: texts[$0], answer: texts[$0 + 1])
        }
    }

    package static let get = Operation(
        "get",
        title: "Read a passage",
        description: "Returns a passage's whole text, its location, and the ids of the passages "
            + "before and after it in the document.",
        parameters: [
            .required("passage", .integer(0...Int64.max), "The id, from `search` or `ask`.")
        ],
        route: "passages/{passage}",
        isStable: true,
        result: ResultSchema.passage
    ) { served, given, _ in
        let id = PassageID(rawValue: Int64(given.integer("passage") ?? 0))
        guard let found = try await served.library.passageInContext(id) else {
            throw ServiceError.notFound("There is no passage \(id).")
        }
        return Reply(
            value: try JSONValue(encoding: found).adding(SearchPage.facts(of: found.passage)),
            text: ReplyText.passage(found)
        )
    }

    static let similar = Operation(
        "similar",
        title: "Find similar passages",
        description: "Finds the passages nearest in meaning to one of the library's.",
        parameters: [
            .required("passage", .integer(0...Int64.max), "The id, from `search` or `ask`."),
            Parameter(
                "limit",
                short: "n",
                .integer(RequestLimits.results),
                "How many passages at most."
            ),
            Parameter("others", .flag, "Only passages of other documents (false)."),
        ],
        route: "passages/{passage}/similar",
        isStable: true,
        result: ResultSchema.search
    ) { served, given, _ in
        let results = try await served.library.similar(
            to: PassageID(rawValue: Int64(given.integer("passage") ?? 0)),
            limit: given.integer("limit") ?? served.resultLimit,
            otherDocumentsOnly: given.flag("others") ?? false
        )
        return Reply(
            value: try SearchPage.value(of: results),
            text: ReplyText.search(results)
        )
    }

    static let status = Operation(
        "status",
        title: "Describe the library",
        description: "Returns how many documents and passages there are, the embedding model, and "
            + "what was skipped or repaired.",
        result: ResultSchema.status
    ) { served, _, _ in
        let status = ServedStatus(
            status: try await served.library.status(),
            version: served.version,
            answerModel: served.languageModel?.name,
            indexes: served.jobs?.scope.rawValue,
            inbox: served.inbox?.folder
        )
        return try Reply(status, text: ReplyText.status(status))
    }

    /// What is to look at the first passages again; nil for what the library was tuned to.
    ///
    /// - Throws: `ServiceError.invalid` for a path: callers choose among the server's models only.
    static func reranking(_ given: Arguments) throws(ServiceError) -> Reranking? {
        guard let name = given.text("rerank") else { return nil }
        guard !name.contains("/"), !name.hasSuffix(".gguf") else {
            throw .invalid("“rerank” must be late, none or the name of an installed model.")
        }
        return Reranking(name)
    }

    static func filter(_ given: Arguments) throws(FilterError) -> DocumentFilter {
        var conditions: [FieldCondition] = []
        for expression in given.texts("where") {
            conditions.append(try FieldCondition(expression))
        }
        return DocumentFilter(
            // An empty glob is no filter.
            paths: given.texts("path").filter { !$0.isEmpty },
            conditions: conditions,
            since: given.text("since").flatMap { $0.isEmpty ? nil : $0 },
            until: given.text("until").flatMap { $0.isEmpty ? nil : $0 }
        )
    }
}

/// An answer with how long it took and, after an abstention, why in a sentence.
struct TimedAnswer: Encodable {
    let answer: Answer
    let milliseconds: Double
    /// The number by which the server remembers the answer.
    let recent: Int?

    private enum CodingKeys: String, CodingKey { case milliseconds, explanation, recent }

    func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(milliseconds, forKey: .milliseconds)
        try values.encodeIfPresent(recent, forKey: .recent)
        if case .abstained(let reason) = answer.outcome {
            try values.encode(reason.explanation(language: answer.language), forKey: .explanation)
        }
    }
}

/// A library's status with the version of the program that serves it.
struct ServedStatus: Encodable {
    let status: LibraryStatus
    let version: String
    /// What writes answers; nil where sentences are quoted.
    let answerModel: String?
    /// Which folders the server indexes; nil if it does not.
    let indexes: String?
    /// Where files are kept that callers hand in.
    let inbox: String?

    private enum CodingKeys: String, CodingKey { case version, answerModel, indexes, inbox }

    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(version, forKey: .version)
        try values.encodeIfPresent(answerModel, forKey: .answerModel)
        try values.encodeIfPresent(indexes, forKey: .indexes)
        try values.encodeIfPresent(inbox, forKey: .inbox)
    }
}
