internal import Foundation

/// A document and the score a search gave it; larger is better.
package struct ScoredDocument: Sendable, Hashable {
    /// The document's id in the labeled set.
    package var id: String
    /// The score; only its order within one query matters.
    package var score: Double

    /// A document with its score.
    package init(id: String, score: Double) {
        self.id = id
        self.score = score
    }
}

/// What one way of searching found for every query of a labeled set.
///
/// Rankings are kept in trec_eval's order: by score, falling, and among equal scores by document
/// id, *falling* (byte by byte). trec_eval compares scores as 32-bit floats, and so do we: two
/// scores that differ in `Double` only are a tie in its tables and must be one in ours.
package struct Run: Sendable, Hashable {
    /// What searched: `hybrid`, `keyword`, `vector`, or a saved baseline's name.
    package var name: String
    /// The ranked documents by query id, best first, each document once.
    package private(set) var rankings: [String: [ScoredDocument]]

    /// A run without results.
    package init(name: String) {
        self.name = name
        rankings = [:]
    }

    /// A run with these results, in any order.
    package init(name: String, results: [String: [ScoredDocument]]) {
        self.init(name: name)
        for (query, documents) in results { self[query] = documents }
    }

    /// The documents found for a query, best first.
    ///
    /// Setting them sorts them, and keeps the best
    /// score of a document that comes twice. A query that found nothing has an empty ranking.
    package subscript(query: String) -> [ScoredDocument] {
        get { rankings[query] ?? [] }
        set {
            var seen = Set<String>()
            rankings[query] = newValue.sorted(by: Self.precedes).filter {
                seen.insert($0.id).inserted
            }
        }
    }

    /// Sets a query's documents from ids in rank order, for searches whose order is already total.
    package mutating func setRanking(_ documents: some Collection<String>, for query: String) {
        let count = documents.count
        self[query] = documents.enumerated().map {
            ScoredDocument(id: $0.element, score: Double(count - $0.offset))
        }
    }

    /// Returns whether trec_eval ranks `a` before `b`.
    static func precedes(_ a: ScoredDocument, _ b: ScoredDocument) -> Bool {
        let (left, right) = (Float(a.score), Float(b.score))
        guard left == right else { return left > right }
        return b.id.utf8.lexicographicallyPrecedes(a.id.utf8)
    }
}

// MARK: - Saving

extension Run {
    /// One line of a saved run.
    private struct Line: Codable {
        var query: String
        var documents: [String]
        var scores: [Double]
    }

    /// The first line of a saved run.
    private struct Header: Codable {
        var run: String
    }

    /// The run as JSON lines, to save it as a baseline.
    ///
    /// First comes `{"run":NAME}`, then `{"query":…,"documents":[…],"scores":[…]}` by query id. The
    /// same run always gives the same text.
    ///
    /// - Throws: `EncodingError` if a score is not a number.
    package func jsonLines() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var lines = [String(decoding: try encoder.encode(Header(run: name)), as: UTF8.self)]
        for (query, ranking) in rankings.sorted(by: { $0.key < $1.key }) {
            let line = Line(
                query: query,
                documents: ranking.map(\.id),
                scores: ranking.map(\.score)
            )
            lines.append(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// Reads a run that `jsonLines()` wrote, or one in trec_eval's format.
    ///
    /// Of the latter's six columns (query, anything, document, rank, score, run) the rank says nothing, as
    /// in trec_eval: the score orders.
    ///
    /// - Throws: `unreadable`, or `malformed` with the line.
    package init(contentsOf path: String) throws(EvaluationError) {
        let lines = try JSONLines(contentsOf: path)
        self.init(name: "")
        var found: [String: [ScoredDocument]] = [:]
        var isFirst = true
        var isJSON = true
        for line in lines {
            if isFirst { isJSON = line.bytes.first { $0 > 0x20 } == UInt8(ascii: "{") }
            if !isJSON {
                let (query, document, name) = try Self.trecLine(line, of: lines)
                found[query, default: []].append(document)
                if isFirst { self.name = name }
            } else if isFirst {
                name = try lines.decode(Header.self, from: line).run
            } else {
                let saved = try lines.decode(Line.self, from: line)
                guard saved.documents.count == saved.scores.count else {
                    throw lines.malformed(line, "as many scores as documents are needed.")
                }
                self[saved.query] = zip(saved.documents, saved.scores).map(ScoredDocument.init)
            }
            isFirst = false
        }
        guard !isFirst else {
            throw .malformed(path: path, line: 1, reason: "the file is empty: save the run again.")
        }
        for (query, documents) in found { self[query] = documents }
    }

    private static func trecLine(
        _ line: JSONLines.Line,
        of lines: JSONLines
    ) throws(EvaluationError) -> (query: String, document: ScoredDocument, name: String) {
        let columns = String(decoding: line.bytes, as: UTF8.self).split(
            whereSeparator: \.isWhitespace
        )
        .map(String.init)
        guard columns.count == 6, let score = Double(columns[4]), !score.isNaN else {
            throw lines.malformed(
                line,
                "six columns are needed (query, Q0, document, rank, score, run), the fifth a number."
            )
        }
        return (columns[0], ScoredDocument(id: columns[2], score: score), columns[5])
    }

    /// The run in trec_eval's own format, for other tools: `query Q0 document rank score run`.
    ///
    /// Spaces in ids become `_`, because the format has no way to quote them.
    package var trecLines: String {
        func word(_ text: String) -> String {
            String(text.map { $0.isWhitespace ? "_" : $0 })
        }
        var lines = ""
        for (query, ranking) in rankings.sorted(by: { $0.key < $1.key }) {
            for (place, document) in ranking.enumerated() {
                lines += "\(word(query)) Q0 \(word(document.id)) \(place + 1) \(document.score) "
                lines += "\(word(name))\n"
            }
        }
        return lines
    }
}
