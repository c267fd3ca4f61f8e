internal import Corpus
internal import Vecino

/// What the library keeps of answers: HTTP offers it, tools do not.
extension Operation {
    private static let number = Parameter.required(
        "answer",
        .integer(0...Int64.max),
        "The answer's number."
    )

    static let answers = Operation(
        "answers",
        title: "List saved answers",
        description: "Lists the answers that the library keeps, newest first.",
        parameters: [
            Parameter("limit", short: "n", .integer(RequestLimits.results), "Answers (20).")
        ],
        result: ResultSchema.answers
    ) { served, given, _ in
        let newest = try await served.library.savedAnswers(newest: given.integer("limit") ?? 20)
        return try Reply(
            ["answers": Array(newest.reversed())],
            text: newest.reversed().map { "\($0.id): \($0.answer.question)" }
                .joined(separator: "\n")
        )
    }

    static let answer = Operation(
        "answer",
        title: "Read a saved answer",
        description: "Returns an answer that the library keeps.",
        parameters: [number],
        route: "answers/{answer}",
        result: ResultSchema.savedAnswer
    ) { served, given, _ in
        let saved = try await served.library.savedAnswer(id(given))
        return try Reply(saved, text: ReplyText.answer(saved.answer))
    }

    static let check = Operation(
        "check",
        title: "Check a saved answer",
        description: "Says whether the quotations of a saved answer still stand in the documents.",
        parameters: [number],
        route: "answers/{answer}/check",
        result: ResultSchema.check
    ) { served, given, _ in
        let saved = try await served.library.savedAnswer(id(given))
        guard let check = try await served.library.check([saved]).first else {
            return Reply(
                value: [
                    "id": .integer(saved.id.rawValue), "question": .string(saved.answer.question),
                    "finding": "nothingToCheck", "quotations": [],
                ],
                text: "The answer has no quotations."
            )
        }
        return try Reply(check, text: check.finding.rawValue)
    }

    static let keep = Operation(
        "keep",
        title: "Save an answer",
        description: "Keeps an answer in the library that the server gave lately.",
        parameters: [
            .required(
                "recent",
                .integer(1...Int64.max),
                "The number of the answer, from the reply of `ask`."
            ),
            Parameter(
                "follows",
                .integer(0...Int64.max),
                "The saved answer that its question went on from."
            ),
        ],
        route: "answers/keep",
        right: .write,
        result: ResultSchema.savedAnswer
    ) { served, given, _ in
        let entry = try served.recentAnswers.entry(given.integer("recent") ?? 0)
        let follows = given.integer("follows").map { AnswerID(rawValue: Int64($0)) }
        if let follows { _ = try await served.library.savedAnswer(follows) }
        let id = try await served.library.save(
            entry.answer,
            following: follows,
            milliseconds: entry.milliseconds
        )
        let saved = try await served.library.savedAnswer(id)
        return try Reply(saved, text: ReplyText.answer(saved.answer))
    }

    static let rate = Operation(
        "rate",
        title: "Rate a saved answer",
        description: "Notes what a person thinks of a saved answer.",
        parameters: [
            number,
            .required("rating", .integer(-1...1), "-1 for bad, 1 for good, 0 for neither."),
        ],
        route: "answers/{answer}/rating",
        right: .write,
        result: ResultSchema.savedAnswer
    ) { served, given, _ in
        try await served.library.setFeedback(
            given.integer("rating") ?? 0,
            ofAnswer: id(given)
        )
        let saved = try await served.library.savedAnswer(id(given))
        return try Reply(saved, text: "Noted.")
    }

    private static func id(_ given: Arguments) -> AnswerID {
        AnswerID(rawValue: Int64(given.integer("answer") ?? 0))
    }
}
