import Corpus
import Embedding
import SentenceEncoder
import StoreTesting
import Testing
import TextAnalysis

@testable import Retrieval

/// What a query names exactly comes first, however near other passages are in meaning.
@Suite struct ExactMatchesTests {
    /// Puts every query at the same place, to which documents are as near as they say.
    private struct Compass: Embedder {
        let model = EmbeddingModel(id: "test:compass", dimensions: 2, maximumTokens: 64)

        func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
            texts.map { _ in [1, 0] }
        }

        func tokenCount(of text: String) -> Int { 1 }
    }

    private func names(
        _ query: String,
        in documents: [SampleDocument]
    ) async throws -> [String] {
        let store = MemoryStore()
        let model = ModelRecord(identifier: "test:compass", dimensions: 2)
        try await store.add(documents, model: model)
        let searcher = Searcher(store: store) { _ in Compass() }
        let hits = try await searcher.search(SearchRequest(query)).hits
        for (hit, next) in zip(hits, hits.dropFirst()) { #expect(hit.score >= next.score) }
        return hits.map(\.passage.document.fileName)
    }

    /// Documents about the word that are nearer in meaning than the one that is named so.
    private func library(title: String, others: String, own: String) -> [SampleDocument] {
        (0..<30).map { index in
            SampleDocument(
                "other\(index).md",
                "\(others) Minutes of meeting \(index).",
                title: "Meeting \(index)",
                embed: { _ in [0.99 - Float(index) / 1000, 0.1] }
            )
        } + [SampleDocument("own.md", own, title: title, embed: { _ in [0.6, 0.8] })]
    }

    @Test(arguments: [
        ("Backup", "backup"), ("Plan de copias", "plan de copias"),
        ("Årsmøte 2024", "arsmøte 2024"),
        ("BACKUP-Plan", "backup-plan"), ("BACKUP-Plan", "backup plan"),
        ("backup_plan", "Backup plan"),
        ("2024-05-01 Budget review", "Budget review"),
        ("The keeper's handbook", "keeper's handbook"),
    ]) func aDocumentNamedLikeTheQueryComesFirst(title: String, query: String) async throws {
        let library = library(
            title: title,
            others: "We spoke of \(title) and of \(title).",
            own: "Copy the disks weekly."
        )
        #expect(try await names(query, in: library).first == "own.md")
    }

    /// However many passages say the word more often.
    @Test(
        arguments: ["Backup", "backup", "The backup", "[[Backup]]"],
        ["Meeting", "Backup of the backup"]
    ) func theDocumentIsFoundByItsTitle(query: String, others: String) async throws {
        let word = String(repeating: "Backup, backup and backup. ", count: 4)
        let library = (0..<90).map { index in
            SampleDocument(
                "other\(index).md",
                "\(word) Minutes \(index).",
                title: "\(others) \(index)",
                embed: { _ in [0.99 - Float(index) / 1000, 0.1] }
            )
        }
        let own = SampleDocument(
            "own.md",
            "Copy the disks weekly.",
            title: "Backup",
            embed: { _ in [0.6, 0.8] }
        )
        #expect(try await names(query, in: library + [own]).first == "own.md")
    }

    @Test func aFilesNameIsAName() async throws {
        let library = library(title: "Untitled", others: "The own house.", own: "Own words.")
        #expect(try await names("own", in: library).first == "own.md")
    }

    @Test(arguments: [
        ("What does ERR_1293_SM mean for the meeting?", "See ERR_1293_SM for the meeting."),
        ("¿qué es el código XK-0042?", "The code XK\u{2011}0042 is old."),
        ("minutes of edition 1.7", "Minutes of edition 1.7 are here."),
        ("maxBufferSize42", "Set maxBufferSize42 to two."),
    ]) func passagesWithTheCodesComeFirst(query: String, text: String) async throws {
        let library = library(title: "Own", others: "The edition 1.8 of ERR_1294_SM.", own: text)
        #expect(try await names(query, in: library).first == "own.md")
    }
}

@Suite struct NearnessTests {
    @Test func aFloorPartsWhatIsNear() {
        let floor = RelevanceFloor(model: "local:multilingual-e5-small:abc")
        var candidate = FusedCandidate(passage: 1)
        #expect(floor.isNear(candidate, fullScore: 10))
        candidate.vectorScore = 0.9
        #expect(floor.isNear(candidate, fullScore: 10))
        candidate.vectorScore = 0.7
        #expect(!floor.isNear(candidate, fullScore: 10))
        candidate.keywordScore = 6
        #expect(floor.isNear(candidate, fullScore: 10))
        #expect(RelevanceFloor(model: "of somebody").isNear(candidate, fullScore: 100))
    }

    @Test(arguments: [
        ("def f(a, b):\n    return [x_1 for x_1 in g(a)(b)]", true),
        ("int main(void) { for (int i = 0; i < 3; i++) { f(a[i]); } return 0; }", true),
        ("The committee (of five members) met on Tuesday; the minutes are long.", false),
        ("El taller está abierto los martes (de 17 a 20 horas).", false),
    ]) func codeIsToldByItsSigns(text: String, isCode: Bool) {
        #expect(SourceCode.isCode(text) == isCode)
        #expect(SourceCode.isMost(of: [text]) == isCode)
    }

    /// A candidate of the keywords alone has its similarity, and no rank among the vectors'.
    @Test func similaritiesCountWithoutARank() throws {
        let fused = Fusion.standard.fuse(
            keyword: [ScoredPassage(id: 1, score: 9), ScoredPassage(id: 2, score: 8)],
            vector: [
                ScoredPassage(id: 1, score: 0.9), ScoredPassage(id: 3, score: 0.85),
                ScoredPassage(id: 2, score: 0.84),
            ],
            ranked: 2
        )
        let second = try #require(fused.first { $0.passage == 2 })
        #expect(second.vectorRank == nil && second.vectorScore == 0.84)
        #expect(second.vectorShare > 0)
    }

    /// Similarities that hardly differ are not stretched to the whole scale.
    @Test func crowdedSimilaritiesStayCrowded() throws {
        let crowded = (0..<100).map {
            ScoredPassage(id: PassageID(rawValue: $0), score: 0.9 - Double($0) * 1e-5)
        }
        let shares = Fusion.standard.fuse(keyword: [], vector: crowded).map(\.vectorShare)
        let (first, last) = (try #require(shares.first), try #require(shares.last))
        #expect(first - last < 0.05)
    }
}
