internal import Answering
internal import Corpus
internal import Retrieval
internal import TextAnalysis
internal import Vecino

extension Operation {
    /// All that is served, in the order in which it is listed.
    static let all = [search, ask, get, similar, list, status]

    /// Which documents are looked into.
    private static let filters = [
        Parameter("path", .texts, "Only documents whose path matches one of these globs."),
        Parameter(
            "where",
            .texts,
            "Only documents whose metadata fulfill each condition: author=Ana, year>=2024."
        ),
        Parameter("since", .text, "Only documents from this date on: 2024, 2024-06, 2024-06-30."),
        Parameter("until", .text, "Only documents up to this date."),
    ]

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
            Parameter("duplicates", .flag, "Whether copies are hits of their own (false)."),
            Parameter("explain", .flag, "Whether each hit says how it got its score (false)."),
        ]
    ) { served, given in
        let results = try await served.library.search(
            SearchRequest(
                given.text("query") ?? "",
                mode: given.text("mode").flatMap(SearchMode.init) ?? .hybrid,
                limit: given.integer("limit") ?? served.resultLimit,
                filter: try filter(given),
                perDocument: given.integer("per_document"),
                showsDuplicates: given.flag("duplicates") ?? false,
                explain: given.flag("explain") ?? false
            )
        )
        return try Reply(results, text: ReplyText.search(results))
    }

    static let ask = Operation(
        "ask",
        title: "Ask the documents",
        description: "Answers a question from the documents. Every quotation in the answer stands "
            + "word for word in a passage; if the documents do not answer, it says so.",
        parameters: [
            .required("question", short: "q", .text, "The question, in any language.")
        ] + filters
    ) { served, given in
        let start = ContinuousClock.now
        let answer = try await served.library.ask(
            given.text("question") ?? "",
            options: AskOptions(model: served.languageModel, filter: try filter(given))
        )
        let timed = TimedAnswer(
            answer: answer,
            milliseconds: ContinuousClock.now.milliseconds(since: start)
        )
        return try Reply(timed, text: ReplyText.answer(answer))
    }

    static let get = Operation(
        "get",
        title: "Read a passage",
        description: "Returns a passage's whole text, its location, and the ids of the passages "
            + "before and after it in the document.",
        parameters: [
            .required("passage", .integer(0...Int64.max), "The id, from `search` or `ask`.")
        ],
        route: "passages/{passage}"
    ) { served, given in
        let id = PassageID(rawValue: Int64(given.integer("passage") ?? 0))
        guard let found = try await served.library.passageInContext(id) else {
            throw ServiceError.notFound("There is no passage \(id).")
        }
        return try Reply(found, text: ReplyText.passage(found))
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
        route: "passages/{passage}/similar"
    ) { served, given in
        let results = try await served.library.similar(
            to: PassageID(rawValue: Int64(given.integer("passage") ?? 0)),
            limit: given.integer("limit") ?? served.resultLimit,
            otherDocumentsOnly: given.flag("others") ?? false
        )
        return try Reply(results, text: ReplyText.search(results))
    }

    static let list = Operation(
        "list",
        title: "List the documents",
        description: "Lists the documents of the library with title, format, language and date.",
        parameters: filters,
        route: "documents"
    ) { served, given in
        let documents = try await served.library.documents(try filter(given))
        return try Reply(["documents": documents], text: ReplyText.documents(documents))
    }

    static let status = Operation(
        "status",
        title: "Describe the library",
        description: "Returns how many documents and passages there are, the embedding model, and "
            + "what was skipped or repaired."
    ) { served, _ in
        let status = ServedStatus(
            status: try await served.library.status(),
            version: served.version
        )
        return try Reply(status, text: ReplyText.status(status))
    }

    private static func filter(_ given: Arguments) throws(FilterError) -> DocumentFilter {
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

    private enum CodingKeys: String, CodingKey { case milliseconds, explanation }

    func encode(to encoder: any Encoder) throws {
        try answer.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(milliseconds, forKey: .milliseconds)
        if case .abstained(let reason) = answer.outcome {
            try values.encode(reason.explanation(language: answer.language), forKey: .explanation)
        }
    }
}

/// A library's status with the version of the program that serves it.
struct ServedStatus: Encodable {
    let status: LibraryStatus
    let version: String

    private enum CodingKeys: String, CodingKey { case version }

    func encode(to encoder: any Encoder) throws {
        try status.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(version, forKey: .version)
    }
}
