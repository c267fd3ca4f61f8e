import RandomNumbers
import Testing

@testable import ChatModels

/// Thoughts are told from answers whatever a model puts around them, at once and piece by piece.
@Suite struct ThoughtsTests {
    private static let draft = #"{"claims": [{"quotation": "the south gate", "claim": "South."}]}"#
    private static let answer = #"{"claims": [{"quotation": "the north gate", "claim": "North."}]}"#
    private static let quoting =
        #"{"claims":[{"quotation":"between the <think> and </think> tags","claim":"[/THINK] too"}]}"#

    /// The answer of a reply that comes in pieces of so many characters.
    private func streamed(_ reply: String, by size: Int, apart: Bool = false) -> String {
        var filter = ThoughtFilter(keepsThoughtsApart: apart)
        var rest = reply[...]
        var answer = ""
        while !rest.isEmpty {
            answer += filter.append(String(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        return answer + filter.finish()
    }

    private func expect(_ reply: String, _ answer: String) {
        func trimmed(_ text: some StringProtocol) -> String {
            String(text.drop(while: \.isWhitespace))
        }
        #expect(trimmed(Thoughts.removed(from: reply)) == answer, "\(reply)")
        for size in [1, 3, 7, 40, 10_000] {
            #expect(trimmed(streamed(reply, by: size)) == answer, "\(reply) by \(size)")
        }
    }

    @Test(arguments: [
        "<think>%</think>", "<think>\n%\n</think>\n\n", "%</think>\n", "[THINK]%[/THINK]",
        "%[/THINK]", "<thought>%</thought>", "<thinking>%</thinking>", "<THINK>%</THINK>",
        "<think duration=\"3\">%</think>", "<reasoning>\n%</reasoning>", "◁think▷%◁/think▷",
        "<|begin_of_thought|>%<|end_of_thought|>", "<|START_THINKING|>%<|END_THINKING|>",
        "<seed:think>%</seed:think>", "Sure.\n<think>%</think>", "<think>%</think><think>%</think>",
        "<think></think>", "<think>\n\n</think>\n\n", "  \n<think>%</think>",
        "<|channel|>analysis<|message|>%<|end|><|start|>assistant<|channel|>final<|message|>",
        "<|channel|>analysis<|message|>%<|end|><|start|>assistant<|channel|>final "
            + "<|constrain|>json<|message|>",
        "<|start|>assistant<|channel|>commentary<|message|>%<|end|><|channel|>final<|message|>",
        "analysis%assistantfinal", "<analysis>%</analysis>", "<scratchpad>\n%\n</scratchpad>\n",
        "<my_plan>%</my_plan>", "< think >%</ think >", "<unused94>thought\n%<unused95>",
    ])
    func thoughtsAreNoAnswer(form: String) {
        for thoughts in [
            "The south gate.", "A draft: \(Self.draft) but no.", "A draft: {\"claims\": [ hm no",
            "It's {not", "a\n\nb",
        ] {
            let reply = form.replacing("%", with: thoughts)
            expect(reply + Self.answer, Self.answer)
            expect(reply + "```json\n\(Self.answer)\n```", "```json\n\(Self.answer)\n```")
            expect(reply + Self.quoting, Self.quoting)
        }
    }

    @Test(arguments: [
        "<think>The document says <think> and </think>. So.</think>",
        "<think>The tag <think> opens.</think>", "It writes <think> and </think> tags.\n</think>",
        "<think>Not [/THINK] but this.</think>",
    ])
    func thoughtsAboutTagsAreThoughts(thoughts: String) {
        expect(thoughts + Self.answer, Self.answer)
        expect(thoughts + Self.quoting, Self.quoting)
    }

    @Test(arguments: [
        quoting, "```json\n\(quoting)\n```", "Here is the JSON: \(quoting)", "[\(quoting)]",
        #"{"claims":[{"quotation":"it ends with </think>","claim":"a \"</think>\" b"}]}"#,
        #"{"claims":[{"quotation":"[THINK]x[/THINK]","claim":"<thought>"}]}"#,
        #"{"claims":[{"quotation":"<|channel|>final<|message|>","claim":"x"}]}"#,
        answer, "{}", "[]", "The north gate opens at 07:15.", "", "a < b and c[0] > d",
        "The model writes between <think> and </think> tags.", "Use `<think>` and `</think>`.",
        "<answer>\(answer)</answer>", "<b>North</b> at 07:15.", "<summary>It opens.</summary>",
    ])
    func tagsInAQuotationStay(reply: String) { expect(reply, reply) }

    @Test func wordsAreAnAnswerToo() {
        expect("<think>Hm.</think>It opens at 07:15.", "It opens at 07:15.")
        expect("Okay, the user asks.\nHm.\n</think>\n\nIt opens at 07:15.", "It opens at 07:15.")
    }

    @Test(arguments: [
        "<think>The south gate", "<think>{\"claims\":[]}", "[THINK]",
        "<|channel|>analysis<|message|>x",
        "<thought>a</thought><thought>b",
    ])
    func aReplyOfThoughtsAloneIsNoAnswer(reply: String) { expect(reply, "") }

    @Test func aCutQuotationIsNoThought() {
        let cut = #"{"claims":[{"quotation":"between the <think> and </think> ta"#
        expect(cut, cut)
    }

    /// JSON is handed on from its first brace, words once thoughts have ended.
    @Test func whatIsCertainIsHandedOnAtOnce() {
        var filter = ThoughtFilter(keepsThoughtsApart: false)
        #expect(filter.append("{\"cl") == "{\"cl")
        filter = ThoughtFilter(keepsThoughtsApart: false)
        #expect(filter.append("<think>a</think>\n\nIt ").hasSuffix("It "))
        #expect(filter.append("opens") == "opens")
        filter = ThoughtFilter(keepsThoughtsApart: false)
        #expect(filter.append("It opens") == "")
        #expect(filter.finish() == "It opens")
        filter = ThoughtFilter(keepsThoughtsApart: true)
        #expect(filter.append("It opens") == "It opens")
    }

    /// Damaged replies are read without trapping, and in time that grows with their length only.
    @Test func damagedRepliesNeverTrap() {
        var random = SplitMix64(seed: 5)
        let parts = [
            "<think>", "</think>", "{", "}", "\"", "\\", "[THINK]", "[/THINK]", "<|channel|>",
            "final", "<|message|>", "a", "\n", "◁think▷", "é", "<", "[",
        ]
        for _ in 0..<500 {
            let reply = (0..<30).map { _ in parts[Int.random(in: parts.indices, using: &random)] }
                .joined()
            _ = Thoughts.removed(from: reply)
            _ = streamed(reply, by: 2)
            _ = streamed(reply, by: 5, apart: true)
        }
        let long = String(repeating: "{\"</think>", count: 20_000)
        _ = Thoughts.removed(from: long)
        _ = Thoughts.removed(from: String(repeating: "{<think>", count: 20_000))
    }
}
