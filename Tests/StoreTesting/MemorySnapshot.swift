internal import Corpus
internal import Foundation
internal import TextAnalysis

/// One state of a library in memory.
struct MemorySnapshot: LibrarySnapshot {
    let state: MemoryState

    /// A passage with all that it is found by.
    private struct Entry {
        let passage: Passage
        let embedding: [Float]
        /// Title, headings and text: the folded words, and their stems.
        let surfaces: [[String]], stems: [[String]]

        func fields(_ form: KeywordQuery.Form) -> [[String]] {
            form == .surface ? surfaces : stems
        }

        /// Title, headings and text as they stand.
        var texts: [String] {
            [passage.document.title, MemorySnapshot.headings(of: passage), passage.text]
        }

        /// The passage as if it had one field only.
        func reduced(to field: KeywordField) -> Entry {
            let place = KeywordField.allCases.firstIndex(of: field) ?? 0
            func only(_ fields: [[String]]) -> [[String]] {
                fields.enumerated().map { $0.offset == place ? $0.element : [] }
            }
            return Entry(
                passage: passage,
                embedding: embedding,
                surfaces: only(surfaces),
                stems: only(stems),
                field: place
            )
        }

        /// The only field that counts, or nil.
        var field: Int?

        var countedTexts: [String] { field.map { [texts[$0]] } ?? texts }

        var length: Int { (surfaces + stems).reduce(0) { $0 + $1.count } }
    }

    private var sortedDocuments: [MemoryState.StoredDocument] {
        let order = Dictionary(
            state.collections.enumerated().map { ($0.element.id, $0.offset) },
            uniquingKeysWith: { first, _ in first }
        )
        return state.documents.values.sorted {
            (order[$0.collection] ?? 0, ExactPath($0.content.path))
                < (order[$1.collection] ?? 0, ExactPath($1.content.path))
        }
    }

    private func document(_ stored: MemoryState.StoredDocument) -> Document {
        Document(
            id: stored.id,
            root: state.collections.first { $0.id == stored.collection }?.root ?? "",
            path: stored.content.path,
            format: stored.content.format,
            language: stored.content.language,
            title: stored.content.title,
            date: stored.content.date,
            modified: stored.content.stamp.modified,
            metadata: stored.content.metadata,
            repairs: stored.content.repairs
        )
    }

    private func passages(_ stored: MemoryState.StoredDocument) -> [Passage] {
        let document = document(stored)
        return zip(stored.passages, stored.content.chunks).enumerated().map { position, pair in
            Passage(
                id: pair.0,
                position: position,
                headings: pair.1.headings,
                text: pair.1.text,
                lines: pair.1.lines,
                pages: pair.1.pages,
                bytes: pair.1.bytes,
                tokenCount: pair.1.tokenCount,
                document: document
            )
        }
    }

    static func headings(of passage: Passage) -> String {
        MetadataWords.headings(
            passage.headings,
            at: passage.position,
            metadata: passage.document.metadata
        ).joined(separator: "\n")
    }

    private var entries: [Entry] {
        let analyzer = KeywordAnalyzer()
        return state.documents.values.flatMap { stored in
            zip(passages(stored), stored.content.embeddingKeys).map { passage, key in
                let fields = [
                    passage.document.title, Self.headings(of: passage), passage.text,
                ].map { analyzer.indexTerms($0, language: passage.document.language) }
                return Entry(
                    passage: passage,
                    embedding: state.embeddings[key] ?? [],
                    surfaces: fields.map(\.surfaces),
                    stems: fields.map(\.stems)
                )
            }
        }.sorted { $0.passage.id < $1.passage.id }
    }

    // MARK: Retrieval

    func generation() -> String { String(state.generation) }
    func model() -> ModelRecord? { state.model }
    func preference(_ key: String) -> String? { state.preferences[key] }
    func preferences() -> [String: String] { state.preferences }
    func passageCount() -> Int { state.documents.values.reduce(0) { $0 + $1.passages.count } }

    func languages() -> [Language] {
        let groups = Dictionary(grouping: state.documents.values) { $0.content.language.rawValue }
        let known = groups.filter { $0.key != "und" }
        let total = known.values.reduce(0) { $0 + $1.count }
        return known.filter { $0.value.count * 20 >= total }
            .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
            .map { Language(rawValue: $0.key) }
    }

    func documents(passing filter: DocumentFilter) throws -> [DocumentID] {
        let passes = try filter.compiled()
        return documents().filter(passes).map(\.id)
    }

    func keywordCounts(of queries: [KeywordQuery], weights: FieldWeights) -> [Int] {
        let entries = entries
        return queries.map { query in entries.count { Self.matches(query, $0) } }
    }

    func matches(_ query: KeywordQuery, passage: PassageID) -> Bool {
        entries.contains { $0.passage.id == passage && Self.matches(query, $0) }
    }

    func beginnings(in scope: CandidateScope, limit: Int) -> [PassageID] {
        let inside = entries.filter { isInside($0, scope) }
        let first = Dictionary(grouping: inside) { $0.passage.document.id }.compactMapValues {
            $0.min { $0.passage.position < $1.passage.position }?.passage.id
        }
        return first.sorted { $0.key < $1.key }.prefix(limit).map(\.value)
    }

    func keywordCandidates(_ request: KeywordRequest) -> [ScoredPassage] {
        let entries = entries
        let average = Double(entries.reduce(0) { $0 + $1.length }) / Double(max(1, entries.count))
        func score(_ clauses: [KeywordQuery], _ entry: Entry) -> Double {
            clauses.reduce(0) { sum, clause in
                let frequency = Self.frequency(clause, entry, request.weights)
                guard frequency > 0 else { return sum }
                let matching = Double(entries.count { Self.matches(clause, $0) })
                let total = Double(entries.count)
                let information = max(1e-6, log((total - matching + 0.5) / (matching + 0.5)))
                // Robertson's parameters, those of FTS5.
                let norm = 1.2 * (0.25 + 0.75 * Double(entry.length) / average)
                return sum + information * frequency * 2.2 / (frequency + norm)
            }
        }
        let scored = entries.filter { isInside($0, request.scope) }.compactMap { entry in
            let own =
                score(request.clauses, entry)
                + request.neighborWeight * score(request.neighbors, entry)
            return own > 0 ? (entry, own + score(request.optional, entry) / 4) : nil
        }
        return scored.sorted { ($1.1, $0.0.passage.id) < ($0.1, $1.0.passage.id) }
            .prefix(request.limit).map { ScoredPassage(id: $0.0.passage.id, score: $0.1) }
    }

    func vocabulary(beginningWith prefix: String) -> [Spelling.Entry] {
        guard !prefix.isEmpty else { return [] }
        var counts: [String: Int] = [:]
        for entry in entries {
            for term in Set((entry.surfaces + entry.stems).joined()) where term.hasPrefix(prefix) {
                counts[term, default: 0] += 1
            }
        }
        return counts.sorted { Array($0.key.utf8).lexicographicallyPrecedes(Array($1.key.utf8)) }
            .map { Spelling.Entry(term: $0.key, passages: $0.value) }
    }

    func isWord(_ term: String) -> Bool {
        entries.contains { Self.matches(.term(term, .surface), $0) }
    }

    func prepareVectorSearch() {}

    func languageGroups() -> [LanguageGroup] {
        guard state.groupsGeneration == state.generation else { return [] }
        let entries = entries
        let groups = Dictionary(grouping: entries) { $0.passage.document.language.rawValue }
        let least = max(50, Int(Double(entries.count) * 0.05))
        let large = groups.filter { $0.key != "und" && $0.value.count >= least }
        guard large.count > 1 else { return [] }
        let rest = groups.filter { large[$0.key] == nil }.values.joined()
        let named = large.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value)) }
        return ((rest.isEmpty ? [] : [("", Array(rest))]) + named).map { language, entries in
            LanguageGroup(language: language, mean: Self.mean(entries.map(\.embedding)))
        }
    }

    func nearest(to embedding: [Float], in scope: CandidateScope, limit: Int) -> VectorMatches {
        let scored = entries.filter { isInside($0, scope) }.map { entry in
            ScoredPassage(
                id: entry.passage.id,
                score: Double(zip(entry.embedding, embedding).reduce(0) { $0 + $1.0 * $1.1 })
            )
        }
        let best = scored.sorted { ($1.score, $0.id) < ($0.score, $1.id) }.prefix(limit)
        return VectorMatches(passages: Array(best), isExact: true)
    }

    func embeddings(of passages: [PassageID]) -> [[Float]?] {
        let entries = entries
        return passages.map { id in entries.first { $0.passage.id == id }?.embedding }
    }

    func embeddingKeys(of passages: [PassageID]) -> [EmbeddingKey?] {
        let keys = Dictionary(
            state.documents.values.flatMap { zip($0.passages, $0.content.embeddingKeys) },
            uniquingKeysWith: { first, _ in first }
        )
        return passages.map { keys[$0] }
    }

    func languages(of passages: [PassageID]) -> [Language] {
        passages.map { id in self.passages([id]).first?.document.language ?? .undetermined }
    }

    func sketches(of passages: [PassageID]) -> [PassageID: TextSketch] {
        var sketches: [PassageID: TextSketch] = [:]
        for passage in self.passages(passages) {
            sketches[passage.id] = WordRuns(of: passage.text).map(TextSketch.init(of:))
        }
        return sketches
    }

    func documentPaths(of passages: [PassageID]) -> [String?] {
        passages.map { self.passages([$0]).first?.document.absolutePath }
    }

    func documentNames(of passages: [PassageID]) -> [DocumentName?] {
        passages.map { id in
            self.passages([id]).first.map {
                DocumentName(title: $0.document.title, path: $0.document.absolutePath)
            }
        }
    }

    // MARK: Reading

    func passages(_ ids: [PassageID]) -> [Passage] {
        let all = Dictionary(
            state.documents.values.flatMap(passages).map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return ids.compactMap { all[$0] }
    }

    func passages(of document: DocumentID, at positions: ClosedRange<Int>) -> [Passage] {
        (state.documents[document].map(passages) ?? []).filter { positions.contains($0.position) }
    }

    func sample(_ count: Int) -> [Passage] {
        let all = state.documents.values.flatMap(passages).sorted { $0.id < $1.id }
        guard all.count > count else { return all }
        return (0..<count).map { all[$0 * all.count / count] }
    }

    func documents() -> [Document] { sortedDocuments.map(document) }

    func document(at absolutePath: String) -> DocumentID? {
        documents().first { $0.absolutePath == absolutePath }?.id
    }

    // MARK: Synchronization

    func collections() -> [CollectionRecord] { state.collections }

    func knownDocuments(in collection: CollectionID) -> [ExactPath: KnownDocument] {
        var known: [ExactPath: KnownDocument] = [:]
        for stored in state.documents.values where stored.collection == collection {
            known[ExactPath(stored.content.path)] = KnownDocument(
                id: stored.id,
                stamp: stored.content.stamp,
                contentHash: stored.content.contentHash,
                format: stored.content.format,
                reader: stored.content.reader,
                picturePages: stored.content.picturePages
            )
        }
        return known
    }

    func skippedFiles(in collection: CollectionID) -> [ExactPath: SkipRecord] {
        state.skipped[collection] ?? [:]
    }

    func storedEmbeddings(among keys: [EmbeddingKey]) -> Set<EmbeddingKey> {
        Set(keys.filter { state.embeddings[$0] != nil })
    }

    func statistics() -> [CollectionStatistics] {
        state.collections.map { collection in
            let documents = sortedDocuments.filter { $0.collection == collection.id }
            func counts(_ value: (NewDocument) -> String) -> [(String, Int)] {
                Dictionary(grouping: documents) { value($0.content) }
                    .map { ($0.key, $0.value.count) }
                    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            }
            return CollectionStatistics(
                collection: collection,
                documents: documents.count,
                passages: documents.reduce(0) { $0 + $1.passages.count },
                bytes: documents.reduce(0) { $0 + $1.content.stamp.size },
                languages: counts(\.language.rawValue).map { (Language(rawValue: $0), $1) },
                formats: counts(\.format).map { ($0, $1) },
                repaired: documents.filter { !$0.content.repairs.isEmpty }
                    .map { ($0.content.path, $0.content.repairs) },
                skipped: skippedFiles(in: collection.id).values.sorted { $0.path < $1.path }
            )
        }
    }

    func answers(newest limit: Int?) -> [AnswerRecord] {
        Array(state.answers.suffix(limit ?? state.answers.count))
    }

    func answer(_ id: AnswerID) -> AnswerRecord? { state.answers.first { $0.id == id } }

    // MARK: Matching

    private func isInside(_ entry: Entry, _ scope: CandidateScope) -> Bool {
        if let documents = scope.documents, !documents.contains(entry.passage.document.id) {
            return false
        }
        if let required = scope.required, !Self.matches(required, entry) { return false }
        if let excluded = scope.excluded, Self.matches(excluded, entry) { return false }
        guard let name = scope.languageGroup else { return true }
        let language = entry.passage.document.language.rawValue
        let named = languageGroups().map(\.language)
        return name.isEmpty ? !named.contains(language) : language == name
    }

    private static func matches(_ query: KeywordQuery, _ entry: Entry) -> Bool {
        switch query {
        case .term(let term, let form): entry.fields(form).contains { $0.contains(term) }
        case .prefix(let beginning):
            entry.surfaces.contains { $0.contains { $0.hasPrefix(beginning) } }
        case .phrase(let terms, let form):
            entry.fields(form).contains { occurrences(of: terms, in: $0) > 0 }
        case .any(let parts): parts.contains { matches($0, entry) }
        case .all(let parts): parts.allSatisfy { matches($0, entry) }
        case .not(let part): !matches(part, entry)
        case .sequence(let words): entry.countedTexts.contains { words.stands(in: $0) }
        case .field(let field, let part): matches(part, entry.reduced(to: field))
        }
    }

    /// How often a clause occurs, each occurrence with the weight of its field.
    private static func frequency(
        _ clause: KeywordQuery,
        _ entry: Entry,
        _ weights: FieldWeights
    ) -> Double {
        func sum(_ fields: [[String]], _ weights: [Double], _ count: ([String]) -> Int) -> Double {
            zip(fields, weights).reduce(0) { $0 + Double(count($1.0)) * $1.1 }
        }
        switch clause {
        case .term(let term, let form):
            return frequency(.phrase([term], form), entry, weights)
        case .phrase(let terms, let form):
            let fieldWeights = form == .surface ? weights.surface : weights.stem
            return sum(entry.fields(form), fieldWeights) { occurrences(of: terms, in: $0) }
        case .prefix(let beginning):
            return sum(entry.surfaces, weights.surface) { field in
                field.count { $0.hasPrefix(beginning) }
            }
        case .any, .all, .not, .sequence, .field: return 0
        }
    }

    private static func occurrences(of terms: [String], in field: [String]) -> Int {
        guard !terms.isEmpty, field.count >= terms.count else { return 0 }
        return (0...(field.count - terms.count)).count {
            Array(field[$0..<($0 + terms.count)]) == terms
        }
    }

    private static func mean(_ vectors: [[Float]]) -> [Float] {
        guard let first = vectors.first else { return [] }
        return first.indices.map { index in
            vectors.reduce(0) { $0 + $1[index] } / Float(vectors.count)
        }
    }
}
