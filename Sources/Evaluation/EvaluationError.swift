/// Why a labeled set, a run or a metric could not be read.
package enum EvaluationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// A file that cannot be opened.
    case unreadable(path: String)
    /// A folder without one of the files of the BEIR layout.
    case missing(file: String, folder: String)
    /// A line that is not what its file should hold.
    case malformed(path: String, line: Int, reason: String)
    /// A metric's name that means nothing to us.
    case unknownMetric(String)
    /// A quality bar that is none.
    case malformedBar(String)
    /// A set in which no query has a relevant document.
    case nothingJudged(path: String)

    /// What was wrong, where, and what to do about it.
    package var description: String {
        switch self {
        case .unreadable(let path):
            "cannot read \(path): check that it exists and that you may read it."
        case .missing(let file, let folder):
            "no \(file) in \(folder): a labeled set has corpus.jsonl, queries.jsonl and "
                + "qrels.tsv (or qrels/test.tsv)."
        case .malformed(let path, let line, let reason):
            "\(path):\(line): \(reason)"
        case .unknownMetric(let name):
            "unknown metric “\(name)”: use ndcg@10, mrr@10, hit@5, recall@100, precision@5 or map."
        case .malformedBar(let text):
            "“\(text)” is no bar: write, for example, “ndcg@10 < 0.9” or “hybrid: mrr@10 < 0.85”."
        case .nothingJudged(let path):
            "no query in \(path) has a relevant document: nothing can be measured."
        }
    }
}
