import Foundation
import Testing

@testable import Evaluation

@Suite struct ReviewTests {
    @Test func questionsThatNobodyReadAreToldApart() throws {
        let file = FileManager.default.temporaryDirectory
            .appending(path: "review-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        let lines = [
            #"{"id": "a", "question": "One?", "relevant": ["a.md"], "reviewed": false}"#,
            #"{"id": "b", "question": "Two?", "relevant": ["b.md"], "reviewed": true}"#,
            #"{"id": "c", "question": "Three?", "relevant": ["c.md"]}"#,
        ]
        try Data(lines.joined(separator: "\n").utf8).write(to: file)
        let set = try RetrievalSet(questions: file.path)
        #expect(set.unreviewed.map(\.id) == ["a"])
        #expect(set.reviewed.judgedQueries.map(\.id) == ["b", "c"])
        #expect(set.reviewed.judgements.queries == ["b", "c"])
        #expect(set.reviewed.reviewed == set.reviewed)
    }
}
