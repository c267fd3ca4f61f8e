#if Postgres
internal import Corpus
internal import Foundation

/// BM25 over the terms of passages that a retriever brought up, with the weights of fields and the statistics
/// of the whole library: the formula of the store in a file.
struct KeywordScoring {
    /// A clause with what its occurrences count.
    private struct Clause {
        /// The lexemes that stand side by side, by their numbers in `needed`.
        var lexemes: [Int]
        var isPrefix = false
        var weights: [Double]
        var information: Double
        /// Whether it brings up candidates rather than adding to them.
        var isOwn: Bool
    }

    /// Robertson's parameters.
    private static let (k1, b) = (1.2, 0.75)
    /// The part of their score that function words add.
    private static let faintness = 0.25

    private var clauses: [Clause] = []
    private var needed: LexemeSet
    private let averageLength: Double

    /// Prepares to score.
    ///
    /// - Parameters:
    ///   - request: the clauses and their weights.
    ///   - counts: in how many passages each clause, neighbor and optional clause matches.
    ///   - passages: how many the library has.
    ///   - averageLength: how many terms they have on average.
    init(
        _ request: KeywordRequest,
        counts: [KeywordQuery: Int],
        passages: Int,
        averageLength: Double
    ) {
        needed = LexemeSet()
        self.averageLength = max(averageLength, 1)
        let groups = [
            (request.clauses, 1, true), (request.neighbors, request.neighborWeight, true),
            (request.optional, Self.faintness, false),
        ]
        for (queries, factor, isOwn) in groups {
            for query in queries {
                let matching = Double(counts[query] ?? 0)
                let value = log((Double(passages) - matching + 0.5) / (matching + 0.5))
                guard var clause = clause(for: query, request.weights) else { continue }
                clause.information = max(1e-6, value) * factor
                clause.isOwn = isOwn
                clauses.append(clause)
            }
        }
    }

    private mutating func clause(for query: KeywordQuery, _ weights: FieldWeights) -> Clause? {
        func clause(_ lexemes: [Int], _ form: KeywordQuery.Form, isPrefix: Bool = false) -> Clause {
            Clause(
                lexemes: lexemes,
                isPrefix: isPrefix,
                weights: form == .surface ? weights.surface : weights.stem,
                information: 0,
                isOwn: true
            )
        }
        switch query {
        case .term(let term, let form):
            return clause([needed.number(of: PassageWords.lexeme(term, form))], form)
        case .phrase(let terms, let form):
            guard !terms.isEmpty else { return nil }
            let numbers = terms.map { needed.number(of: PassageWords.lexeme($0, form)) }
            return clause(numbers, form)
        case .prefix(let beginning):
            let number = needed.number(ofPrefix: PassageWords.lexeme(beginning, .surface))
            return clause([number], .surface, isPrefix: true)
        case .any, .all, .not, .sequence, .field: return nil
        }
    }

    /// The score of a passage.
    ///
    /// - Parameters:
    ///   - words: the passage's `words` in the server's binary format.
    ///   - length: how many terms it has.
    /// - Returns: 0 if no clause that brings up candidates matches.
    /// - Complexity: O(length of `words`).
    func score(words: RawSpan, length: Int) -> Double {
        let places = needed.places(in: words)
        let norm = Self.k1 * (1 - Self.b + Self.b * Double(length) / averageLength)
        var (own, added) = (0.0, 0.0)
        for clause in clauses {
            let frequency = Self.frequency(of: clause, places)
            guard frequency > 0 else { continue }
            let score = clause.information * (frequency * (Self.k1 + 1)) / (frequency + norm)
            if clause.isOwn { own += score } else { added += score }
        }
        return own > 0 ? own + added : 0
    }

    /// How often a clause occurs, each occurrence with the weight of its field.
    private static func frequency(of clause: Clause, _ places: [[LexemePlace]]) -> Double {
        let first = places[clause.lexemes[0]]
        var frequency = 0.0
        for place in first {
            let isWhole = clause.lexemes.indices.dropFirst().allSatisfy { index in
                places[clause.lexemes[index]].contains { $0.position == place.position + index }
            }
            if isWhole { frequency += clause.weights[place.field] }
        }
        return frequency
    }
}

/// Where a lexeme stands in a passage.
struct LexemePlace {
    let position: Int
    /// 0 for the title, 1 for headings, 2 for the text.
    let field: Int
}

/// The lexemes that are looked for in a `tsvector`.
struct LexemeSet {
    private var numbers: [[UInt8]: Int] = [:]
    private var byHash: [UInt64: Int] = [:]
    private var names: [[UInt8]] = []
    /// Beginnings that lexemes may have.
    private var prefixes: [(bytes: [UInt8], number: Int)] = []

    /// The number of a lexeme.
    mutating func number(of lexeme: String) -> Int {
        let bytes = Array(lexeme.utf8)
        if let number = numbers[bytes] { return number }
        numbers[bytes] = names.count
        byHash[unsafe Self.hash(bytes.span.bytes)] = names.count
        names.append(bytes)
        return names.count - 1
    }

    /// A number under which all lexemes are found that begin so.
    mutating func number(ofPrefix beginning: String) -> Int {
        let bytes = Array(beginning.utf8)
        if let known = prefixes.first(where: { $0.bytes == bytes }) { return known.number }
        prefixes.append((bytes, names.count))
        names.append([])
        return names.count - 1
    }

    /// Where each lexeme stands.
    ///
    /// - Parameter words: a `tsvector` in the binary format: how many lexemes, then each with a byte 0 behind
    ///   it, how many places it has, and the places: two bits of weight, 14 of position.
    /// - Returns: the places of each number.
    func places(in words: RawSpan) -> [[LexemePlace]] {
        var places = [[LexemePlace]](repeating: [], count: names.count)
        var offset = 4
        while offset < words.byteCount {
            let start = offset
            while offset < words.byteCount, words.byte(at: offset) != 0 { offset += 1 }
            let lexeme = words.extracting(start..<offset)
            guard offset + 3 <= words.byteCount else { break }
            let count = Int(words.byte(at: offset + 1)) << 8 | Int(words.byte(at: offset + 2))
            offset += 3
            let numbers = numbers(of: lexeme)
            if !numbers.isEmpty {
                for index in 0..<count where offset + 2 * index + 1 < words.byteCount {
                    let high = Int(words.byte(at: offset + 2 * index))
                    let low = Int(words.byte(at: offset + 2 * index + 1))
                    // A, B, C are 3, 2, 1.
                    let place = LexemePlace(
                        position: (high & 0x3F) << 8 | low,
                        field: min(2, 3 - (high >> 6))
                    )
                    for number in numbers { places[number].append(place) }
                }
            }
            offset += 2 * count
        }
        return places
    }

    private func numbers(of lexeme: RawSpan) -> [Int] {
        var found: [Int] = []
        if let number = byHash[Self.hash(lexeme)], isEqual(lexeme, names[number]) {
            found.append(number)
        }
        for prefix in prefixes where lexeme.byteCount >= prefix.bytes.count {
            if isEqual(lexeme.extracting(0..<prefix.bytes.count), prefix.bytes) {
                found.append(prefix.number)
            }
        }
        return found
    }

    private func isEqual(_ span: RawSpan, _ bytes: [UInt8]) -> Bool {
        guard span.byteCount == bytes.count else { return false }
        for offset in bytes.indices where span.byte(at: offset) != bytes[offset] { return false }
        return true
    }

    /// FNV-1a.
    private static func hash(_ span: RawSpan) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for offset in 0..<span.byteCount {
            hash = (hash ^ UInt64(span.byte(at: offset))) &* 0x100_0000_01B3
        }
        return hash
    }
}
#endif
