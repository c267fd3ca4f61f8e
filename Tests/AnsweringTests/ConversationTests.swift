import Corpus
import Testing
import TextAnalysis

@testable import Answering
@testable import ChatModels

@Suite struct ConversationTests {
    private let turns = [
        Turn(question: "When does the workshop open?", answer: "At 9:30."),
        Turn(question: "And on Saturdays?", answer: "At 10."),
    ]

    @Test(arguments: [
        ("And who has the key?", true), ("¿Y los sábados?", true), ("What does it cost?", true),
        ("Who works there?", true), ("Why?", true), ("Is there a fee for the lathe?", false),
        ("¿Cuánto cuesta la cuota anual?", false), ("When does the library open?", false),
    ])
    func knowsWhatLeansOnTheQuestionBefore(question: String, leans: Bool) {
        #expect(QuestionRewriter.refersBack(question) == leans)
    }

    @Test func withoutAModelTheTopicIsPutInFront() async throws {
        let alone = QuestionRewriter(model: nil)
        let text = try await alone.standalone("What does it cost?", after: turns).question
        #expect(text == "When does the workshop open? What does it cost?")
        let other = try await alone.standalone("Who feeds the cat?", after: turns).question
        #expect(other == "Who feeds the cat?")
        #expect(try await alone.standalone("And then?", after: []).question == "And then?")
    }

    @Test func aModelRewritesAndSeesTheConversation() async throws {
        let model = ScriptedModel(["  What does the workshop cost on Saturdays?\n"])
        let alone = try await QuestionRewriter(model: model).standalone(
            "What does it cost?",
            after: turns
        )
        #expect(alone.question == "What does the workshop cost on Saturdays?")
        #expect(alone.usage == TokenUsage(prompt: 10, reply: 2))
        let sent = try #require(model.requests.first).messages.map(\.text).joined()
        #expect(sent.contains("And on Saturdays?") && sent.contains("At 9:30."))
    }

    @Test(arguments: [
        "", "<think>The person", "I cannot help.\nBut let me explain.\nFirst of all, …",
    ])
    func aModelThatRewritesNothingIsNotFollowed(reply: String) async throws {
        let text = try await QuestionRewriter(model: ScriptedModel([reply]))
            .standalone("What does it cost?", after: turns).question
        #expect(text == "When does the workshop open? What does it cost?")
    }
}

@Suite struct SearchStepsTests {
    private func passage(_ id: PassageID, _ text: String) -> SourcePassage {
        SourcePassage(id: id, text: text, path: "\(id).md", language: .english)
    }

    private func claim(_ passage: Int, _ quotation: String) -> String {
        #"{"claims":[{"passage":\#(passage),"quotation":"\#(quotation)","claim":""}],"search":null}"#
    }

    @Test func theModelMaySearchAgain() async throws {
        let model = ScriptedModel([
            #"{"claims":[],"search":"key of the shed"}"#,
            claim(1, "The key of the shed hangs in the kitchen."),
        ])
        let found = [passage(7, "The key of the shed hangs in the kitchen.")]
        let answerer = Answerer(model: model, steps: 2) { query in
            #expect(query == "key of the shed")
            return found
        }
        let answer = try await answerer.answer(
            "Where is the key?",
            from: [passage(1, "The shed is locked at night.")]
        )
        #expect(answer.claims.map(\.text) == ["The key of the shed hangs in the kitchen."])
        #expect(answer.searches == ["key of the shed"])
        #expect(answer.sources.map(\.passageID) == [7])
        #expect(model.requests.count == 2)
        #expect(model.requests[0].schema?.contains("search") == true)
    }

    @Test func searchingIsBounded() async throws {
        let model = ScriptedModel((0..<9).map { #"{"claims":[],"search":"words \#($0)"}"# })
        let answerer = Answerer(model: model, steps: 2) { _ in [] }
        let answer = try await answerer.answer("What?", from: [passage(1, "Nothing much.")])
        #expect(answer.outcome == .abstained(.modelDeclined))
        #expect(answer.searches.count == 2)
        #expect(model.requests.count == 3)
        // The last time it is not offered any more.
        #expect(model.requests[2].schema?.contains("search") == false)
    }

    @Test func theSameSearchIsNotMadeTwice() async throws {
        let model = ScriptedModel([#"{"claims":[],"search":"again"}"#])
        let answerer = Answerer(model: model, steps: 5) { _ in [] }
        let answer = try await answerer.answer("What?", from: [passage(1, "Nothing much.")])
        #expect(answer.searches == ["again"])
        #expect(model.requests.count == 2)
    }

    @Test func withoutStepsNothingIsOffered() async throws {
        let model = ScriptedModel([#"{"claims":[],"search":"more"}"#])
        let answerer = Answerer(model: model, steps: 0) { _ in [] }
        let answer = try await answerer.answer("What?", from: [passage(1, "Nothing much.")])
        #expect(answer.searches.isEmpty)
        #expect(model.requests.count == 1)
    }

    @Test(arguments: [
        (#"{"claims":[],"search":"red  card\nrules"}"#, "red card rules"),
        (#"```json {"search" : "a \"b\"", "claims": []}"#, #"a "b""#),
        (#"{"claims":[],"search":null}"#, nil), (#"{"claims":[],"search":"null"}"#, nil),
        (#"{"claims":[]}"#, nil), (#"{"claims":[],"search":"…"}"#, nil),
        (#"<think>"search":"x"</think>{"claims":[]}"#, nil),
    ])
    func readsTheSearch(reply: String, query: String?) {
        #expect(ReplyParser.search(in: reply) == query)
    }
}
