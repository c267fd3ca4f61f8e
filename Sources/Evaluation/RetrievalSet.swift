/// A document of a labeled set.
package struct CorpusDocument: Sendable, Hashable {
    /// The id that judgements use.
    package var id: String
    /// The title; empty if there is none.
    package var title: String
    /// The text.
    package var text: String
    /// Every other field of the line, as text.
    package var metadata: [String: String]

    /// A document of a labeled set.
    package init(id: String, title: String, text: String, metadata: [String: String] = [:]) {
        self.id = id
        self.title = title
        self.text = text
        self.metadata = metadata
    }
}

/// A query of a labeled set.
package struct LabeledQuery: Sendable, Hashable {
    /// The id that judgements use.
    package var id: String
    /// What a person would type.
    package var text: String
    /// Every other field of the line, as text: a question's course, say, or its language.
    package var metadata: [String: String]
    /// Texts that answer it, any of them, where they are labeled.
    package var answers: [String]

    /// A query of a labeled set.
    package init(
        id: String,
        text: String,
        metadata: [String: String] = [:],
        answers: [String] = []
    ) {
        self.id = id
        self.text = text
        self.answers = answers
        self.metadata = metadata
    }
}

/// Documents, queries and judgements, to measure a search engine with.
package struct RetrievalSet: Sendable, Hashable {
    /// The folder's name.
    package var name: String
    /// The documents, in the file's order.
    ///
    /// Empty if the documents are the user's own library.
    package var documents: [CorpusDocument]
    /// The queries, in the file's order; those without a judgement among them.
    package var queries: [LabeledQuery]
    /// Which documents are relevant to which queries.
    package var judgements: Judgements
    /// What looked odd but stops nothing, one sentence each: pairs judged twice, unknown ids.
    package var notes: [String]

    /// A set made of its parts.
    package init(
        name: String,
        documents: [CorpusDocument],
        queries: [LabeledQuery],
        judgements: Judgements,
        notes: [String] = []
    ) {
        self.name = name
        self.documents = documents
        self.queries = queries
        self.judgements = judgements
        self.notes = notes
    }

    /// The queries that can be measured: those with at least one relevant document.
    package var judgedQueries: [LabeledQuery] {
        queries.filter { judgements[$0.id].contains { $0.value > 0 } }
    }
}

// MARK: - Reading

extension RetrievalSet {
    /// Reads a folder in the layout of BEIR ([arXiv:2104.08663](https://arxiv.org/abs/2104.08663)).
    ///
    /// - `corpus.jsonl`: `{"_id", "title", "text", …}`; `queries.jsonl`: `{"_id", "text", …}`.
    ///   `id` will do for `_id`; other fields are kept as metadata.
    /// - `qrels.tsv` or `qrels/SPLIT.tsv`: query, document and gain with tabs between, with or
    ///   without a header; trec_eval's four columns (query, 0, document, gain) are read too.
    ///
    /// - Throws: `missing`, `unreadable`, or `malformed` with the line; `nothingJudged` if no query
    ///   has a relevant document.
    package init(
        contentsOf folder: String,
        split: String = "test"
    ) throws(EvaluationError) {
        let names = try FolderFiles(folder, split: split)
        let lines = try JSONLines(contentsOf: names.corpus)
        var documents: [CorpusDocument] = []
        var known: Set<String> = []
        for line in lines {
            let record = try lines.decode(Record.self, from: line)
            guard known.insert(record.id).inserted else {
                throw lines.malformed(line, "the id “\(record.id)” is taken already.")
            }
            documents.append(
                CorpusDocument(
                    id: record.id,
                    title: record.title,
                    text: record.text,
                    metadata: record.metadata
                )
            )
        }
        let queries = try Self.queries(in: names.queries)
        var notes: [String] = []
        let judgements = try Self.judgements(in: names.qrels, notes: &notes)
        self.init(
            name: names.name,
            documents: documents,
            queries: queries,
            judgements: judgements,
            notes: notes
        )
        addNotesOnUnknownIDs(documents: known)
        guard !judgedQueries.isEmpty else { throw .nothingJudged(path: names.qrels) }
    }

    /// Reads questions on the user's own library: one
    /// `{"id": "q1", "question": "…", "relevant": ["path/of/document.md", …], …}` a line.
    ///
    /// `relevant` names documents (or maps them to gains, `{"a.md": 2}`); it is empty or missing
    /// for a question that the documents do not answer. Without `id` the line's number is the id.
    /// Other fields are kept as metadata.
    ///
    /// - Throws: `unreadable`, or `malformed` with the line.
    package init(questions path: String) throws(EvaluationError) {
        let lines = try JSONLines(contentsOf: path)
        var queries: [LabeledQuery] = []
        var judgements = Judgements()
        var known: Set<String> = []
        for line in lines {
            let question = try lines.decode(QuestionLine.self, from: line)
            let id = question.id ?? "\(line.number)"
            guard known.insert(id).inserted else {
                throw lines.malformed(line, "the id “\(id)” is taken already.")
            }
            guard question.text.contains(where: { !$0.isWhitespace }) else {
                throw lines.malformed(line, "the question is empty.")
            }
            queries.append(
                LabeledQuery(
                    id: id,
                    text: question.text,
                    metadata: question.metadata,
                    answers: question.answers
                )
            )
            for (document, gain) in question.relevant {
                judgements.judge(query: id, document: document, gain: gain)
            }
        }
        self.init(
            name: FolderFiles.lastComponent(of: path),
            documents: [],
            queries: queries,
            judgements: judgements
        )
    }

    /// Reads the queries of a BEIR-layout folder.
    private static func queries(in path: String) throws(EvaluationError) -> [LabeledQuery] {
        let lines = try JSONLines(contentsOf: path)
        var queries: [LabeledQuery] = []
        var known: Set<String> = []
        for line in lines {
            let record = try lines.decode(Record.self, from: line)
            guard known.insert(record.id).inserted else {
                throw lines.malformed(line, "the id “\(record.id)” is taken already.")
            }
            var metadata = record.metadata
            if !record.title.isEmpty { metadata["title"] = record.title }
            queries.append(
                LabeledQuery(
                    id: record.id,
                    text: record.text,
                    metadata: metadata,
                    answers: record.answers
                )
            )
        }
        return queries
    }

    /// Notes judgements of documents and queries that the set does not have.
    ///
    /// They stay in force: trec_eval, too, counts a relevant document that nobody can find.
    private mutating func addNotesOnUnknownIDs(documents: Set<String>) {
        let queryIDs = Set(queries.map(\.id))
        let strangers = judgements.queries.filter { !queryIDs.contains($0) }
        if let first = strangers.first {
            notes.append("\(strangers.count) judged queries are not in queries.jsonl: \(first), …")
        }
        let lost = Set(judgements.gains.values.joined().map(\.key)).subtracting(documents)
        if let first = lost.min() {
            notes.append("\(lost.count) judged documents are not in corpus.jsonl: \(first), …")
        }
    }
}
