import Testing

@testable import Evaluation

@Suite struct RetrievalSetTests {
    /// The file has a byte order mark, CRLF, a blank line, a number as an id, and no last line end.
    @Test func readsTheLayoutOfBEIR() throws {
        let set = try RetrievalSet(contentsOf: Fixtures.path("beir"))
        #expect(set.name == "beir")
        #expect(
            set.documents == [
                CorpusDocument(
                    id: "a",
                    title: "Tejado",
                    text: "Las placas del tejado.",
                    metadata: ["year": "2021", "tags": "sol, luz", "draft": "false"]
                ),
                CorpusDocument(
                    id: "7",
                    title: "",
                    text: "No title here.",
                    metadata: ["score": "1.5", "place": "floor: 2, town: Lugo"]
                ),
                CorpusDocument(id: "c", title: "", text: ""),
            ]
        )
        #expect(set.queries.map(\.id) == ["q1", "q2", "q3"])
        #expect(set.queries[0].metadata == ["course": "solar"])
        #expect(set.judgements["q1"] == ["a": 2, "7": 0])
        #expect(set.judgements["q2"] == ["7": 1])
        #expect(set.judgedQueries.map(\.id) == ["q1", "q2"])
        #expect(set.judgements.count == 4)
        #expect(set.notes.count == 3)
    }

    @Test(arguments: [
        "q\td\t1\n", "query-id\tcorpus-id\tscore\nq\td\t1", "q 0 d 1\n", "q\t0\td\t1\r\n",
        "q d 1\n",
    ])
    func everyFormOfQrels(text: String) throws {
        try Fixtures.withFolder(Self.files(qrels: text)) { folder in
            let set = try RetrievalSet(contentsOf: folder)
            #expect(set.judgements.gains == ["q": ["d": 1]])
            #expect(set.notes.isEmpty)
        }
    }

    @Test(arguments: [
        ("q\td\t1\nq\td\n", 2), ("q\td\t1\nq\td\tmuch\n", 2), ("a\tb\tc\nq\td\t0.5\n", 2),
        ("q\td\t1\n\n\nq\td\t1\t1\t1\n", 4),
    ])
    func damagedQrelsNameTheLine(text: String, line: Int) throws {
        try Fixtures.withFolder(Self.files(qrels: text)) { folder in
            Self.expectMalformed("\(folder)/qrels.tsv", line) {
                _ = try RetrievalSet(contentsOf: folder)
            }
        }
    }

    @Test(arguments: [
        ("{\"_id\":\"d\",\"text\":\"t\"}\n{\"_id\":\"d\",\"text\":\"u\"}", 2), ("[]", 1),
        ("{\"_id\":\"d\"}", 1), ("{\"text\":\"t\"}", 1), ("{\"_id\":\"d\",\"text\":1}", 1),
        ("\n{\"_id\":\"d\",\"text\":", 2),
    ])
    func damagedCorpusNamesTheLine(text: String, line: Int) throws {
        var files = Self.files(qrels: "q\td\t1\n")
        files["corpus.jsonl"] = text
        try Fixtures.withFolder(files) { folder in
            Self.expectMalformed("\(folder)/corpus.jsonl", line) {
                _ = try RetrievalSet(contentsOf: folder)
            }
        }
    }

    @Test func whatIsMissingIsNamed() throws {
        for name in ["corpus.jsonl", "queries.jsonl", "qrels.tsv"] {
            var files = Self.files(qrels: "q\td\t1\n")
            files[name] = nil
            try Fixtures.withFolder(files) { folder in
                _ = #expect(throws: EvaluationError.missing(file: name, folder: folder)) {
                    try RetrievalSet(contentsOf: folder)
                }
            }
        }
    }

    @Test func aSetWithoutARelevantDocumentIsAnError() throws {
        try Fixtures.withFolder(Self.files(qrels: "q\td\t0\n")) { folder in
            #expect(throws: EvaluationError.nothingJudged(path: "\(folder)/qrels.tsv")) {
                try RetrievalSet(contentsOf: folder)
            }
        }
    }

    @Test func readsQuestions() throws {
        let set = try RetrievalSet(questions: Fixtures.path("questions.jsonl"))
        #expect(set.queries.map(\.id) == ["p1", "2", "p3"])
        #expect(set.queries[0].metadata == ["kind": "answerable", "language": "es"])
        #expect(set.judgements["p1"] == ["llaves.md": 1, "socios.md": 1])
        #expect(set.judgements.relevant(to: "p3") == ["solar.md", "annex.md"])
        #expect(set.judgedQueries.map(\.id) == ["p1", "p3"])
    }

    @Test(arguments: [
        ("{\"question\":\" \"}", 1), ("{\"question\":\"a\",\"relevant\":\"x.md\"}", 1),
        ("{\"id\":\"1\",\"question\":\"a\"}\n{\"id\":\"1\",\"question\":\"b\"}", 2), ("{}", 1),
    ])
    func damagedQuestionsNameTheLine(text: String, line: Int) throws {
        try Fixtures.withFolder(["questions.jsonl": text]) { folder in
            Self.expectMalformed("\(folder)/questions.jsonl", line) {
                _ = try RetrievalSet(questions: "\(folder)/questions.jsonl")
            }
        }
    }

    /// A smallest whole set.
    private static func files(qrels: String) -> [String: String] {
        [
            "corpus.jsonl": "{\"_id\":\"d\",\"text\":\"t\"}\n",
            "queries.jsonl": "{\"_id\":\"q\",\"text\":\"t\"}\n", "qrels.tsv": qrels,
        ]
    }

    /// Expects `malformed` at this line of this file, with a reason that ends as a sentence.
    private static func expectMalformed(
        _ path: String,
        _ line: Int,
        _ body: () throws -> Void
    ) {
        let error = #expect(throws: EvaluationError.self) { try body() }
        guard case .malformed(path, line, let reason)? = error else {
            Issue.record("\(String(describing: error)), not line \(line) of \(path)")
            return
        }
        #expect(reason.hasSuffix("."))
    }
}
