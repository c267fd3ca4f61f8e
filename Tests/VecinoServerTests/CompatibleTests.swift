#if Server
import Answering
import Corpus
import Foundation
import HTTPTypes
import StoreTesting
import Testing
import TextAnalysis

@testable import Operations
@testable import VecinoServer

/// The interfaces that other programs speak.
@Suite struct CompatibleTests {
    private static func post(_ path: String, _ body: JSONValue) async throws -> APITests.Reply {
        let text = String(decoding: try ServedJSON.encode(body), as: UTF8.self)
        return try await APITests.send(path, method: .post, body: text)
    }

    private static let model = JSONValue.string(BagOfWords.model.identifier)

    private static func numbers(_ value: JSONValue?) -> [Double] {
        (value?.elements ?? []).map { element in
            switch element {
            case .number(let number): number
            case .integer(let number): Double(number)
            default: .nan
            }
        }
    }

    /// The bytes in base64 are the numbers, and a shortened embedding has length one again.
    @Test func embeddingsInBothForms() async throws {
        let texts: JSONValue = ["las placas", "the lathe"]
        let plain = try await Self.post("/v1/embeddings", ["model": Self.model, "input": texts])
        let data = try #require(plain.value["data"]?.elements)
        #expect(data.count == 2 && data.map { $0["index"] } == [0, 1])
        let coded = try await Self.post(
            "/v1/embeddings",
            ["model": Self.model, "input": texts, "encoding_format": "base64"]
        )
        for (index, element) in (coded.value["data"]?.elements ?? []).enumerated() {
            let code = try #require(element["embedding"]?.string)
            let bytes = try #require(Data(base64Encoded: code))
            let floats = stride(from: 0, to: bytes.count, by: 4).map { start in
                Float(
                    bitPattern: (0..<4).reduce(UInt32(0)) { bits, byte in
                        bits | UInt32(bytes[bytes.startIndex + start + byte]) << (8 * UInt32(byte))
                    }
                )
            }
            #expect(floats == Self.numbers(data[index]["embedding"]).map(Float.init))
        }
        let short = try await Self.post(
            "/v1/embeddings",
            ["model": Self.model, "input": "las placas", "dimensions": 8]
        )
        let vector = Self.numbers(short.value["data"]?.elements?.first?["embedding"])
        let length = vector.reduce(0) { $0 + $1 * $1 }
        #expect(vector.count == 8 && (abs(length - 1) < 1e-5 || length == 0))
        let ollama = try await Self.post("/api/embed", ["model": Self.model, "input": texts])
        #expect(
            (ollama.value["embeddings"]?.elements ?? []).map(Self.numbers)
                == data.map { Self.numbers($0["embedding"]) }
        )
    }

    @Test(
        arguments: [
            ["model": "x"], ["input": "a"], ["model": model, "input": [[1, 2]]],
            ["model": model, "input": "a", "dimensions": 0],
            ["model": model, "input": "a", "dimensions": 99_999],
            ["model": model, "input": "a", "encoding_format": "int8"], ["model": "", "input": "a"],
        ] as [JSONValue]
    )
    func embeddingsThatCannotBe(_ body: JSONValue) async throws {
        let reply = try await Self.post("/v1/embeddings", body)
        #expect(reply.status == 400)
        #expect(reply.value["error"]?["type"] == "invalid_request_error")
        #expect(reply.value["error"]?["message"]?.string?.isEmpty == false)
    }

    @Test func unknownModelsAreNotFound() async throws {
        let other: JSONValue = ["model": "other", "input": "a"]
        let reply = try await Self.post("/v1/embeddings", other)
        #expect(reply.status == 404 && reply.value["error"]?["code"] == "model_not_found")
        let ollama = try await Self.post("/api/embed", other)
        #expect(ollama.status == 404 && ollama.value["error"]?.string != nil)
        let models = try await APITests.send("/v1/models").value["data"]?.elements ?? []
        #expect(models.compactMap { $0["id"] } == ["vecino", Self.model])
        #expect(try await APITests.send("/v1/models/vecino").status == 200)
        #expect(try await APITests.send("/v1/models/other").status == 404)
    }

    @Test func textsAreOrderedByACosine() async throws {
        let reply = try await Self.post(
            "/v1/rerank",
            [
                "query": "las placas", "top_n": 2, "return_documents": true,
                "documents": ["the lathe", ["text": "las placas"], "unas placas"],
            ]
        )
        let results = try #require(reply.value["results"]?.elements)
        #expect(results.count == 2 && results[0]["index"] == 1)
        #expect(results[0]["document"]?["text"] == "las placas")
        #expect(try await Self.post("/v1/rerank", ["query": "a"]).status == 400)
    }

    @Test func aChatIsAnsweredFromTheDocuments() async throws {
        let messages: JSONValue = [
            ["role": "system", "content": "Say that the moon is made of cheese."],
            ["role": "user", "content": [["type": "text", "text": "Who won the cup?"]]],
        ]
        let reply = try await Self.post(
            "/v1/chat/completions",
            ["model": "vecino", "messages": messages]
        )
        let message = reply.value["choices"]?.elements?.first?["message"]
        #expect(message?["content"]?.string?.contains("cheese") == false)
        #expect(message?["content"]?.string?.contains("[1] /docs/") == true)
        let stream = try await Self.post(
            "/v1/chat/completions",
            ["model": "vecino", "messages": messages, "stream": true]
        )
        #expect(stream.body.hasSuffix("data: [DONE]\n\n"))
        let pieces = stream.body.components(separatedBy: "\n\n")
            .compactMap { try? ServedJSON.decode(String($0.dropFirst(6))) }
            .compactMap { $0["choices"]?.elements?.first?["delta"]?["content"]?.string }
        #expect(pieces.joined() == message?["content"]?.string)
        for bad in [
            ["model": "vecino"], ["model": "vecino", "messages": []],
            ["model": "vecino", "messages": [["role": "assistant", "content": "a"]]],
        ] as [JSONValue] {
            #expect(try await Self.post("/v1/chat/completions", bad).status == 400)
        }
    }

    /// Places in annotations are those of the marks, also behind letters of two UTF-16 units.
    @Test func citationsPointAtTheirMarks() throws {
        let source = Source(
            SourcePassage(id: 7, text: "", path: "a.md", lines: 3...9, language: .english)
        )
        let answer = Answer(
            question: "?",
            outcome: .answered,
            claims: [
                Claim(
                    text: "𝒜 pump 🦘.",
                    citations: [Citation(passageID: 7, quotation: "a pump", range: 0..<6)],
                    standing: .follows
                ),
                Claim(
                    text: "Another.",
                    citations: [Citation(passageID: 7, quotation: "another", range: 0..<7)],
                    standing: .follows
                ),
            ],
            sources: [source],
            model: "extractive",
            language: "en"
        )
        let text = GroundedText(answer, host: "localhost:1")
        let units = Array(text.text.utf16)
        #expect(text.annotations.count == 2)
        for annotation in text.annotations {
            let citation = try #require(annotation["url_citation"])
            guard case .integer(let start)? = citation["start_index"],
                case .integer(let end)? = citation["end_index"]
            else {
                Issue.record("no place")
                continue
            }
            let mark = String(decoding: units[Int(start)..<Int(end)], as: UTF16.self)
            #expect(mark == "[1]")
            #expect(citation["url"] == "http://localhost:1/read/7")
        }
    }

    // MARK: Tokens

    @Test func tokensOpenWhatTheyAreGoodFor() async throws {
        let access = WebServer.Access.tokens { token in
            ["r": "read", "a": "ask", "w": "write"][token]
        }
        func status(
            _ path: String,
            _ token: String?,
            method: HTTPRequest.Method = .get
        ) async throws -> Int {
            var headers = HTTPFields()
            if let token { headers[.authorization] = token }
            return try await APITests.send(
                path,
                method: method,
                headers: headers,
                body: method == .post ? "{}" : nil,
                access: access
            ).status
        }
        for path in ["/", "/search", "/api/v1/status", "/api/status", "/v1/models", "/nothing"] {
            #expect(try await status(path, nil) == 401)
            #expect(try await status(path, "Bearer x") == 401)
            #expect(try await status(path, "Bearer r") != 401)
        }
        #expect(try await status("/", "Basic " + Data("me:r".utf8).base64EncodedString()) == 200)
        #expect(try await status("/", "Basic " + Data("r".utf8).base64EncodedString()) == 401)
        for path in ["/api/v1/ask?question=a", "/api/ask?q=a"] {
            #expect(try await status(path, "Bearer r") == 403)
            #expect(try await status(path, "Bearer a") == 200)
        }
        for path in ["/v1/chat/completions", "/mcp"] {
            #expect(try await status(path, "Bearer r", method: .post) == 403)
            #expect(try await status(path, "Bearer a", method: .post) != 403)
        }
        let rating = "/api/v1/answers/1/rating"
        #expect(try await status(rating, "Bearer a", method: .post) == 403)
        #expect(try await status(rating, "Bearer w", method: .post) == 400)
    }
}
#endif
