import Corpus
import StoreTesting
import Testing
import TextAnalysis
import VectorIndex

@testable import FTS5Index
@testable import SQLiteStore

extension SQLiteStore {
    /// Checks what holds in every committed state: each passage has its embedding, its own slot, its
    /// place in a segment and its keyword entry, and nothing else has.
    func checkInvariants(sourceLocation: SourceLocation = #_sourceLocation) throws {
        try read { snapshot in
            let documents = try snapshot.documents()
            let passages = try documents.flatMap { try snapshot.passages(of: $0.id) }
            let slots = try snapshot.ordinals(ofDocuments: documents.map(\.id))
            #expect(slots.count == passages.count, sourceLocation: sourceLocation)
            let segments = try VectorSegments(db: snapshot.db).all()
            #expect(
                segments.reduce(0) { $0 + $1.count } == passages.count,
                sourceLocation: sourceLocation
            )
            for ordinal in slots.members(in: 0..<100_000) {
                let holder = segments.contains { $0.contains(ordinal) }
                #expect(holder, sourceLocation: sourceLocation)
            }
            for passage in passages {
                let embedding = try snapshot.embedding(of: passage.id)
                #expect(
                    embedding == BagOfWords.vector(passage.text),
                    sourceLocation: sourceLocation
                )
                let word = try #require(words(in: passage.text).last)
                let matches = try snapshot.keywordMatches(
                    "{body} : \"\(word.folded)\"",
                    weights: [1, 1, 1, 1, 1, 1],
                    limit: 10_000
                )
                #expect(
                    matches.contains { $0.id == passage.id },
                    sourceLocation: sourceLocation
                )
            }
            let all = try snapshot.keywordMatches(
                "{body} : (\"common\" OR \"text1\" OR \"lease\" OR \"taller\")",
                weights: [1, 1, 1, 1, 1, 1],
                limit: 10_000
            )
            let known = Set(passages.map(\.id))
            let lengths = try KeywordLengths(db: snapshot.db).all()
            let measured = lengths.indices.filter { lengths[$0] > 0 }.map {
                PassageID(rawValue: Int64($0))
            }
            #expect(Set(measured) == known, sourceLocation: sourceLocation)
            #expect(all.allSatisfy { known.contains($0.id) }, sourceLocation: sourceLocation)
        }
    }
}
