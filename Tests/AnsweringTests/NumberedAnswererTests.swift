import TextAnalysis
import Testing

@testable import Answering

/// What a small model may say of numbered sentences, and what becomes of it.
@Suite struct NumberedAnswererTests {
    private let passage = SourcePassage(
        id: 7,
        text: "The lamp is red. The lease ends in March. The lease is renewed by Ana.",
        path: "lease.md",
        language: .english
    )

    private func claim(_ text: String) -> Claim {
        let start = passage.text.firstRange(of: text).map {
            passage.text[..<$0.lowerBound].utf8.count
        }
        return Claim(
            text: text,
            citations: [
                Citation(
                    passageID: 7,
                    quotation: text,
                    range: (start ?? 0)..<(start ?? 0) + text.utf8.count
                )
            ],
            standing: .isQuoted
        )
    }

    private func ranked(risk: Double) -> Answer {
        Answer(
            question: "When does the lease end?",
            outcome: .answered,
            claims: [claim("The lease ends in March.")],
            sources: [Source(passage)],
            model: "extractive",
            language: "en",
            evidence: Evidence(likeness: nil, coverage: 1, isForeign: false, risk: risk)
        )
    }

    private func answer(_ replies: [String], risk: Double = 0.1) async throws -> (Answer, Int) {
        let model = ScriptedModel(replies)
        let answer = try await NumberedAnswerer(model: model, sampling: Sampling()).answer(
            "When does the lease end?",
            ranked: ranked(risk: risk),
            candidates: [
                claim("The lease ends in March."), claim("The lease is renewed by Ana."),
                claim("The lamp is red."),
            ],
            passages: [passage]
        )
        return (answer, model.requests.count)
    }

    @Test func aClaimThatFollowsIsShownInTheModelsWords() async throws {
        let (answer, asked) = try await answer([#"{"sentences":[1],"claim":"It ends in March."}"#])
        #expect(answer.claims.map(\.text) == ["It ends in March."])
        #expect(answer.claims[0].citations[0].quotation == "The lease ends in March.")
        #expect(answer.model == "scripted" && asked == 1)
    }

    @Test(arguments: [
        #"{"sentences":[1],"claim":"It ends in May."}"#, "[1]", "1", #"{"sentence":"1"}"#,
        "The lease ends in May [1].", #"```json\#n[{"sentences": [1], "claim": ""}]\#n```"#,
        "<think>maybe [3]</think>{\"sentences\":[1],\"claim\":\"\"}",
    ])
    func whatDoesNotFollowIsTheSentence(reply: String) async throws {
        let (answer, _) = try await answer([reply])
        #expect(answer.claims.map(\.text) == ["The lease ends in March."])
        #expect(answer.outcome == .answered)
    }

    @Test(arguments: [
        #"{"sentences":[],"claim":""}"#, "I do not know.", "", #"{"sentences":[99],"claim":"x"}"#,
        #"{"sentences":[3],"claim":"The lamp is red."}"#, "{", #"{"claim":"In March."}"#,
    ])
    func theRankingStandsUnlessTheModelIsSurer(reply: String) async throws {
        let (answer, asked) = try await answer([reply])
        #expect(answer.claims == ranked(risk: 0.1).claims)
        #expect(answer.outcome == .answered && asked == 1)
    }

    @Test func anotherSentenceHasToBeChosenFromBothOrders() async throws {
        let second = #"{"sentences":[2],"claim":""}"#
        // 2 is the middle one from both ends.
        let (sure, asked) = try await answer([second, second], risk: 0.7)
        #expect(sure.claims[0].text == "The lease is renewed by Ana." && asked == 2)
        #expect(sure.claims.count == 2)
        let third = #"{"sentences":[3],"claim":""}"#
        let (unsure, _) = try await answer([third, third], risk: 0.7)
        #expect(unsure.claims[0].text == "The lease ends in March.")
    }

    @Test func marksAreUnderstoodInProse() {
        let reply = NumberedReply("The lease ends in March [2]. Ana renews it [1, 3].", count: 3)
        #expect(
            reply.choices == [
                NumberedReply.Choice(numbers: [2], claim: "The lease ends in March"),
                NumberedReply.Choice(numbers: [1, 3], claim: "Ana renews it"),
            ]
        )
    }

    @Test func theSizeIsReadFromTheName() {
        let small = [
            "openai:qwen2.5-coder-0.5b-instruct-q4_k_m.gguf@127.0.0.1:8080", "ollama:llama3.2:1b",
            "local:SmolLM2-135M-Instruct", "openai:/models/Qwen2.5-1.5B.gguf@localhost:8080",
            "ollama:gemma3:270m",
        ]
        let large = [
            "openai:gpt-4.1-mini", "ollama:llama3.1:70b", "groq:mixtral-8x7b",
            "mistral:codestral-22B",
            "gemini:gemini-3.8-flash", "ollama:qwen3:8b",
        ]
        for name in small {
            #expect(AnswerForm.automatic.resolved(for: name) == .numbered, "\(name)")
        }
        for name in large {
            #expect(AnswerForm.automatic.resolved(for: name) == .quotations, "\(name)")
        }
        #expect(AnswerForm.quotations.resolved(for: small[0]) == .quotations)
    }
}
