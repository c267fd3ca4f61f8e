import Answering
import Foundation
import Testing
import Vecino

/// The sample library and its questions: quality that a change must not lose.
@Suite(.serialized) struct SampleLibraryTests {
    private struct Question: Decodable {
        let id: String
        let question: String
        let language: String
        let kind: String
        let relevant: [String]
        let quotation: String
    }

    private func questions() throws -> [Question] {
        let lines = try String(contentsOfFile: Checkout.data + "/questions.jsonl", encoding: .utf8)
        return try lines.split(separator: "\n").map {
            try JSONDecoder().decode(Question.self, from: Data($0.utf8))
        }
    }

    private func sample(in folder: TemporaryFolder) async throws -> Library {
        let library = try Library.open(at: folder.path + "/library.db", for: .indexing)
        let report = try await library.index(Checkout.data + "/library")
        #expect(report.skipped == 0)
        return library
    }

    @Test func everyQuestionKindIsFound() async throws {
        let folder = try TemporaryFolder()
        let library = try await sample(in: folder)
        var found: [String: (hits: Int, of: Int)] = [:]
        for question in try questions() where !question.relevant.isEmpty {
            let results = try await library.search(
                SearchRequest(question.question, limit: 5, perDocument: 1)
            )
            let hit = results.hits.contains { hit in
                question.relevant.contains { hit.path.hasSuffix("/" + $0) }
            }
            found[question.kind, default: (0, 0)].hits += hit ? 1 : 0
            found[question.kind, default: (0, 0)].of += 1
        }
        #expect(Set(found.keys) == ["same-language", "cross-language", "exact"])
        // A change that finds fewer is a loss: these are a little under what is found today.
        let bars = ["same-language": 0.85, "exact": 0.9, "cross-language": 0.45]
        for (kind, count) in found {
            let share = Double(count.hits) / Double(count.of)
            #expect(share >= bars[kind] ?? 1, "\(kind): \(count.hits) of \(count.of)")
        }
    }

    /// Every quotation of an extractive answer stands in the document it names.
    @Test func answersQuoteTheDocuments() async throws {
        let folder = try TemporaryFolder()
        let library = try await sample(in: folder)
        var answered = 0
        for question in try questions().prefix(24) {
            let answer = try await library.ask(question.question)
            for claim in answer.claims {
                #expect(!claim.citations.isEmpty)
                for citation in claim.citations {
                    let passage = try #require(
                        try await library.passages(named: "#\(citation.passageID)").first
                    )
                    #expect(passage.text.contains(citation.quotation))
                }
            }
            if answer.outcome.isAnswered { answered += 1 }
        }
        #expect(answered > 8)
    }

    @Test func theQuotationsOfTheQuestionsStandInTheDocuments() async throws {
        let folder = try TemporaryFolder()
        let library = try await sample(in: folder)
        let documents = try await library.documents()
        var missing: [String] = []
        for question in try questions() where !question.relevant.isEmpty {
            let document = try #require(
                documents.first { $0.path.hasSuffix("/" + question.relevant[0]) }
            )
            let text = try await library.passages(named: document.path).map(\.text)
                .joined(separator: "\n")
            let flat = text.split { $0.isWhitespace }.joined(separator: " ")
            let quotation = question.quotation.split { $0.isWhitespace }.joined(separator: " ")
            if !flat.contains(quotation) { missing.append(question.id) }
        }
        #expect(missing.isEmpty, "not found: \(missing)")
    }
}
