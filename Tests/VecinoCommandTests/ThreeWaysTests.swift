import Foundation
import ScriptedServer
import Testing

/// One question asked in three ways, and within a budget.
@Suite(.serialized) struct ThreeWaysTests {
    private let program: Program

    init() throws { program = try SampleFolder.copy() }

    private let question = "When is the lease of the workshop renewed?"

    private func remove() { try? FileManager.default.removeItem(atPath: program.folder) }

    private func server(_ replies: [String]) async throws -> ScriptedServer {
        try await ScriptedServer(
            replies.map { reply in
                let text = String(
                    decoding: try JSONSerialization.data(
                        withJSONObject: [
                            "choices": [["message": ["content": reply], "finish_reason": "stop"]],
                            "usage": ["prompt_tokens": 300, "completion_tokens": 20],
                        ]
                    ),
                    as: UTF8.self
                )
                return ScriptedServer.reply(
                    "200 OK",
                    headers: "Content-Type: application/json\r\n",
                    text
                )
            }
        )
    }

    @Test func threeWaysSideBySide() async throws {
        defer { remove() }
        let server = try await server([
            "The lease is renewed in 1999.",
            #"{"claims":[{"passage":1,"quotation":"The lease of the workshop is renewed every year on the first of March.","claim":"On the first of March."}]}"#,
        ])
        var program = program
        program.environment["COLUMNS"] = "120"
        let arguments = [
            "ask", "--compare", "--base-url", server.address, "-m", "large-70b", question,
        ]
        let result = try program.run(Program.path, arguments)
        #expect(result.status == 0, "\(result.talk)")
        #expect(
            result.output.contains("The model alone") && result.output.contains("300 + 20 tokens")
        )
        #expect(result.output.contains("1999"))
        #expect(result.output.contains("only the model"))
        #expect(server.requests.count == 2)
        #expect(try program("ask", "--compare", "--no-llm", question).status == 2)
    }

    @Test func aBudgetIsObeyedAndSaid() async throws {
        defer { remove() }
        let server = try await server(["nothing"])
        let model = ["--base-url", server.address, "-m", "large-70b", question]
        let tight = try program.run(Program.path, ["ask", "--budget", "100tokens"] + model)
        #expect(tight.status == 0, "\(tight.talk)")
        #expect(server.requests.isEmpty)
        #expect(tight.output.contains("first of March"))
        #expect(tight.talk.contains("Budget: 0 of 100 tokens"))
        let unpriced = try program.run(Program.path, ["ask", "--budget", "0.01$"] + model)
        #expect(unpriced.status == 2 && unpriced.talk.contains("[prices]"))
        #expect(try program("ask", "--budget", "2000", question).status == 2)
        let json = try program("ask", "--budget", "5s", "--json", question)
        #expect(json.output.contains(#""milliseconds" : 5000"#))
    }
}
