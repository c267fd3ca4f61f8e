package import Corpus
internal import FTS5Lists
internal import Foundation
package import GRDB

/// A word, or two words side by side, that is looked for in the title, heading path and body of passages,
/// or in their stems.
package struct KeywordPhrase: Hashable, Sendable {
    /// One term, or two that have to be neighbors.
    package let terms: [String]
    /// Whether the terms are stems.
    package let isStems: Bool

    package init(_ terms: [String], isStems: Bool) {
        precondition((1...2).contains(terms.count), "a word or a pair of words")
        self.terms = terms
        self.isStems = isStems
    }

    var columns: Range<Int> { isStems ? 3..<6 : 0..<3 }
}

/// BM25 over lists that are read as they stand: the scores of FTS5's `bm25`, to the last bit.
///
/// Every list is gone through once, phrase by phrase, into one number for each passage of the library.
///
/// - Complexity: O(length of the phrases' lists + passages).
package final class KeywordScan {
    private let db: Database
    private let segments: KeywordSegments
    private let weights: [Double]
    /// How many terms a passage has on average.
    private let average: Double
    /// Where long lists are kept from one search to the next, or nil.
    private let kept: (cache: KeywordHitsCache, key: KeywordHitsCache.Key)?
    private var postings: [String: FTS5Postings] = [:]
    private var hits: [KeywordPhrase: FTS5Hits] = [:]

    /// Robertson's parameters, those of FTS5.
    private static let (k1, b) = (1.2, 0.75)

    package init(
        db: Database,
        segments: KeywordSegments,
        weights: [Double],
        kept: (cache: KeywordHitsCache, key: KeywordHitsCache.Key)? = nil
    ) {
        self.kept = kept
        self.db = db
        self.segments = segments
        self.weights = weights
        average = Double(segments.terms) / Double(max(1, segments.passages))
    }

    /// In how many passages any of the phrases stands.
    package func count(ofAny phrases: [KeywordPhrase]) throws -> Int {
        let lists = try phrases.map { try hits(of: $0).rows }.filter { !$0.isEmpty }
        guard lists.count > 1, let last = lists.compactMap(\.last).max() else {
            return lists.first?.count ?? 0
        }
        var marks = [UInt64](repeating: 0, count: Int(last >> 6) + 1)
        for rows in lists { for row in rows { marks[Int(row >> 6)] |= 1 << UInt64(row & 63) } }
        return marks.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// The passages that any of the phrases stands in, best first, ties by identifier.
    ///
    /// - Parameters:
    ///   - phrases: repeated ones count repeatedly.
    ///   - neighbors: more of them, which count by their weight.
    ///   - neighborWeight: a factor of what neighbors add.
    ///   - optional: words that say little: they bring up no passage, and add a quarter of their score to
    ///     those that the phrases brought up.
    ///   - lengths: of all passages, by ID.
    ///   - limit: the most passages to return.
    ///   - allowed: the passages that may be among them, or nil for all.
    /// - Returns: scores that grow with relevance.
    /// - Throws: what SQLite reports, or `FTS5ListError`.
    package func best(
        _ phrases: [KeywordPhrase],
        neighbors: [KeywordPhrase] = [],
        neighborWeight: Double = 1,
        optional: [KeywordPhrase] = [],
        lengths: [UInt16],
        limit: Int,
        allowed: Set<UInt32>?
    ) throws -> [ScoredPassage] {
        var scores = [Double](repeating: 0, count: lengths.count)
        let norms = norms(ofLengthsUpTo: lengths.max() ?? 0)
        for (index, phrase) in (phrases + neighbors).enumerated() {
            let hits = try hits(of: phrase)
            let information =
                Self.information(matching: hits.rows.count, of: segments.passages)
                * (index < phrases.count ? 1 : neighborWeight)
            Self.add(hits, worth: information, to: &scores, norms: norms, lengths: lengths)
        }
        let hasOptional =
            !optional.isEmpty && segments.passages <= Self.mostPassagesForOptionalWords
        var best = BestPassages(limit: hasOptional ? max(limit, Self.reach) : limit)
        for row in scores.indices where scores[row] > best.bar {
            if allowed?.contains(UInt32(row)) == false { continue }
            best.insert(PassageID(rawValue: Int64(row)), scores[row])
        }
        guard hasOptional else { return best.sorted }
        return Array(try strengthened(best.sorted, by: optional, lengths: lengths).prefix(limit))
    }

    /// The part of their score that optional words add.
    private static let optionalShare = 0.25
    /// The candidates that they are looked for in.
    private static let reach = 400
    /// Their lists are the longest of all: beyond this size reading them costs more than they tell.
    private static let mostPassagesForOptionalWords = 250_000

    private func strengthened(
        _ found: [ScoredPassage],
        by optional: [KeywordPhrase],
        lengths: [UInt16]
    ) throws -> [ScoredPassage] {
        var found = found
        for phrase in optional {
            // To read a list whole is worth it only where it is kept.
            let whole = kept == nil ? nil : try hits(of: phrase)
            let postings = whole == nil ? try postings(of: phrase.terms[0]) : FTS5Postings()
            let information =
                Self.optionalShare
                * Self.information(
                    matching: whole?.listed ?? postings.rows.count,
                    of: segments.passages
                )
            for index in found.indices {
                let row = UInt32(found[index].id.rawValue)
                let frequency =
                    whole?.frequency(of: row)
                    ?? postings.frequency(of: row, in: phrase.columns, weights: weights)
                found[index] = ScoredPassage(
                    id: found[index].id,
                    score: found[index].score
                        + information * weight(of: frequency, among: lengths[Int(row)])
                )
            }
        }
        return found.sorted {
            $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id
        }
    }

    /// Adds what a phrase is worth in each passage that has it.
    ///
    /// - Complexity: O(passages that have it).
    private static func add(
        _ hits: FTS5Hits,
        worth information: Double,
        to scores: inout [Double],
        norms: [Double],
        lengths: [UInt16]
    ) {
        let (rows, frequencies) = (hits.rows.span, hits.frequencies.span)
        let (norms, lengths) = (norms.span, lengths.span)
        var sums = scores.mutableSpan
        for index in rows.indices {
            let row = Int(rows[index])
            guard row < sums.count else { continue }
            let frequency = frequencies[index]
            sums[row] +=
                information
                * ((frequency * (k1 + 1)) / (frequency + norms[Int(lengths[row])]))
        }
    }

    /// What lengthens the way to a full score in a passage of each number of terms.
    private func norms(ofLengthsUpTo longest: UInt16) -> [Double] {
        (0...Int(longest)).map { norm(among: UInt16($0)) }
    }

    private func norm(among terms: UInt16) -> Double {
        Self.k1 * (1 - Self.b + Self.b * Double(terms) / average)
    }

    /// What so many occurrences in a passage of so many terms are worth.
    private func weight(of frequency: Double, among terms: UInt16) -> Double {
        (frequency * (Self.k1 + 1)) / (frequency + norm(among: terms))
    }

    /// ln((N − n + ½) / (n + ½)), and at least 10⁻⁶.
    private static func information(matching: Int, of passages: Int) -> Double {
        let (total, matching) = (Double(passages), Double(matching))
        let value = log((total - matching + 0.5) / (matching + 0.5))
        return value > 0 ? value : 1e-6
    }

    private func hits(of phrase: KeywordPhrase) throws -> FTS5Hits {
        if let known = hits[phrase] { return known }
        if let kept, let known = kept.cache.hits(of: phrase, for: kept.key) {
            hits[phrase] = known
            return known
        }
        let first = try postings(of: phrase.terms[0])
        var found =
            phrase.terms.count == 1
            ? first.frequencies(in: phrase.columns, weights: weights)
            : first.frequencies(
                before: try postings(of: phrase.terms[1]),
                in: phrase.columns,
                weights: weights
            )
        found.listed = first.rows.count
        hits[phrase] = found
        if let kept, first.rows.count >= KeywordHitsCache.leastPassages {
            kept.cache.keep(found, of: phrase, for: kept.key)
        }
        return found
    }

    private func postings(of term: String) throws -> FTS5Postings {
        if let known = postings[term] { return known }
        let lists = try segments.segments.compactMap { try segments.doclist(of: term, in: $0) }
        let found = try FTS5Postings(lists)
        postings[term] = found
        return found
    }
}

/// The best few of many scores.
private struct BestPassages {
    private let limit: Int
    /// In no order until there are twice as many as are wanted.
    private var kept: [ScoredPassage] = []
    /// A score that is no greater is not among the best, if passages come by ascending ID.
    private(set) var bar = 0.0

    init(limit: Int) {
        self.limit = limit
        kept.reserveCapacity(2 * limit)
    }

    mutating func insert(_ passage: PassageID, _ score: Double) {
        kept.append(ScoredPassage(id: passage, score: score))
        guard kept.count >= 2 * limit, limit > 0 else { return }
        kept = sorted
        bar = kept.last?.score ?? 0
    }

    var sorted: [ScoredPassage] {
        Array(
            kept.sorted { $0.score != $1.score ? $0.score > $1.score : $0.id < $1.id }
                .prefix(limit)
        )
    }
}
