internal import Foundation

extension RetrievalSet {
    /// The same queries and documents with the judgements of another file, in any form that `init` reads.
    ///
    /// - Throws: `unreadable`, or `malformed` with the line; `nothingJudged` if no query of the set has a
    ///   relevant document in it.
    package func judged(by path: String) throws(EvaluationError) -> RetrievalSet {
        var notes: [String] = []
        let judgements = try Self.judgements(in: path, notes: &notes)
        let set = RetrievalSet(
            name: name,
            documents: documents,
            queries: queries,
            judgements: judgements,
            notes: notes
        )
        guard !set.judgedQueries.isEmpty else { throw .nothingJudged(path: path) }
        return set
    }

    /// Reads the judgements of a BEIR-layout folder.
    ///
    /// A first line whose gain is no number is the header. A pair that is judged twice keeps its
    /// last gain, as in trec_eval's readers, and is noted.
    ///
    /// - Throws: `unreadable`, or `malformed` with the line.
    static func judgements(
        in path: String,
        notes: inout [String]
    ) throws(EvaluationError) -> Judgements {
        var judgements = Judgements()
        var repeated = 0
        let lines = try JSONLines(contentsOf: path)
        for line in lines {
            let text = String(decoding: line.bytes, as: UTF8.self)
            // Tabs part the columns where there are any, so that ids may hold spaces.
            let columns =
                text.contains("\t")
                ? text.split(separator: "\t", omittingEmptySubsequences: false)
                : text.split(separator: " ")
            guard (3...4).contains(columns.count) else {
                throw lines.malformed(
                    line,
                    "three columns are needed (query, document, gain), not \(columns.count)."
                )
            }
            let words = columns.map { $0.trimmingCharacters(in: .whitespaces) }
            guard let gain = gain(words[words.count - 1]) else {
                if line.number == 1 { continue }
                throw lines.malformed(
                    line,
                    "the gain “\(words[words.count - 1])” must be a whole number."
                )
            }
            let replaced = judgements.judge(
                query: words[0],
                document: words[words.count - 2],
                gain: gain
            )
            if replaced != nil { repeated += 1 }
        }
        if repeated > 0 {
            notes.append("\(repeated) pairs are judged twice: the last gain counts.")
        }
        return judgements
    }

    /// Reads a gain: a whole number, which some sets write as `1.0`.
    private static func gain(_ text: String) -> Int? {
        Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }
}

/// Where the parts of a BEIR-layout folder are.
struct FolderFiles {
    var name: String
    var corpus: String
    var queries: String
    var qrels: String

    /// Finds the parts.
    ///
    /// - Throws: `missing` for the first one that is not there.
    init(_ folder: String, split: String) throws(EvaluationError) {
        func find(_ candidates: String...) throws(EvaluationError) -> String {
            for candidate in candidates {
                let path = URL(filePath: folder).appending(path: candidate).path
                if FileManager.default.fileExists(atPath: path) { return path }
            }
            throw .missing(file: candidates[0], folder: folder)
        }
        name = Self.lastComponent(of: folder)
        corpus = try find("corpus.jsonl")
        queries = try find("queries.jsonl")
        qrels = try find("qrels.tsv", "qrels/\(split).tsv", "qrels.\(split).tsv")
    }

    /// Returns the last part of a path, whatever it ends with.
    static func lastComponent(of path: String) -> String {
        URL(filePath: path).standardizedFileURL.lastPathComponent
    }
}
