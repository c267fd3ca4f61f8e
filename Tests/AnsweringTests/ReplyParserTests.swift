@testable import Answering
import Testing

@Suite struct ReplyParserTests {
    private typealias Draft = ReplyParser.Draft

    private static let one = ReplyParser.Reading.claims([
        ReplyParser.Draft(passage: 2, quotation: "the red switch", claim: "It is red.")
    ])

    @Test(arguments: [
        #"{"claims":[{"passage":2,"quotation":"the red switch","claim":"It is red."}]}"#,
        """
        Sure! Here is the "JSON":
        ```json
        { "claims": [ { "passage": 2,
            "quotation": "the red switch", "claim": "It is red." } ] }
        ```
        Anything else?
        """,
        #"[{"passage":"P2","quote":"the red switch","answer":"It is red."}]"#,
        #"{"Claim":"It is red.","Source":"[2]","Quotation":"the red switch"}"#,
        #"<think>{"passage":1,"quotation":"no","claim":"no"}</think>{"claims":[{"passage":2,"quotation":"the red switch","claim":"It is red."}]}"#,
        // Cut in the middle of the second claim.
        #"{"claims":[{"passage":2,"quotation":"the red switch","claim":"It is red."},{"passage":1,"quo"#,
        // A line break inside a string.
        "{\"claims\":[{\"passage\":2,\"quotation\":\"the red\nswitch\",\"claim\":\"It is red.\"}]}",
        // The same claim twice.
        #"{"claims":[{"passage":2,"quotation":"the red switch","claim":"It is red."},{"passage":2,"quotation":"the red switch","claim":"It is red."}]}"#,
    ])
    func readsWhatModelsWrite(reply: String) {
        #expect(ReplyParser.read(reply) == Self.one)
    }

    @Test func readsBracesAndQuotationMarksInsideStrings() {
        let reply = #"{"claims":[{"passage":1,"quotation":"a \"{b}\" c}","claim":"{"}]}"#
        #expect(
            ReplyParser.read(reply)
                == .claims([Draft(passage: 1, quotation: "a \"{b}\" c}", claim: "{")])
        )
    }

    @Test(arguments: [#"{"claims": []}"#, "```json\n{ \"claims\" : [ ] }\n```", "[]", "{}"])
    func anEmptyListIsARefusal(reply: String) {
        #expect(ReplyParser.read(reply) == .claims([]))
    }

    @Test(arguments: [
        "", "I do not know.", "{", "}}}}", "{\"claims\":", "\u{0}\"{\"",
        "{\"claims\":[{\"passage\":1}]}",
    ])
    func anythingElseIsUnreadable(reply: String) {
        #expect(ReplyParser.read(reply) == .unreadable)
    }

    @Test func aClaimWithoutAPassageIsKeptForTheGateToRefuse() {
        #expect(
            ReplyParser.read(#"{"quotation":"the red switch"}"#)
                == .claims([Draft(passage: nil, quotation: "the red switch", claim: "")])
        )
    }

    /// Every prefix and many damaged copies of a reply are read without trapping.
    @Test func damagedRepliesNeverTrap() {
        let reply = Array(
            #"```{"claims":[{"passage":2,"quotation":"ñ \"x\" \u00e9","claim":"{}"},{}]}```"#.utf8
        )
        for end in 0...reply.count {
            _ = ReplyParser.read(String(decoding: reply[..<end], as: UTF8.self))
        }
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            var damaged = reply
            for _ in 0..<3 {
                damaged[Int.random(in: damaged.indices, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
            }
            _ = ReplyParser.read(String(decoding: damaged, as: UTF8.self))
        }
    }
}
