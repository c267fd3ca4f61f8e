#if Server
internal import Answering
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Operations
internal import Vecino

/// A conversation in the form of OpenAI's chat completions, answered from the library.
///
/// The last message of the user is the question, what was said before is its context. Messages of the
/// system are not obeyed: what the answer may say is what the documents say.
struct ChatCompletion {
    let model: String
    let question: String
    let history: [Turn]
    let isStream: Bool
    let wantsUsage: Bool
    /// Under which name the server was called, for links to passages.
    let host: String?

    /// Reads a body.
    ///
    /// - Throws: `ServiceError.invalid`.
    init(_ members: [String: JSONValue], host: String?) throws(ServiceError) {
        model = try EmbeddingRequest.name(of: members)
        guard let messages = members["messages"]?.elements, !messages.isEmpty else {
            throw .invalid("“messages” is missing.")
        }
        var turns: [Turn] = []
        var asked: String?
        for message in messages {
            guard let text = Self.text(of: message["content"]) else { continue }
            switch message["role"]?.string {
            case "user": asked = text
            case "assistant":
                guard let question = asked else { continue }
                turns.append(Turn(question: question, answer: Self.withoutSources(text)))
                asked = nil
            default: continue
            }
        }
        guard let asked, asked.contains(where: { !$0.isWhitespace }) else {
            throw .invalid("The last of “messages” must be the user's and have text.")
        }
        question = asked
        history = Array(turns.suffix(10))
        isStream = members["stream"] == true
        wantsUsage = members["stream_options"]?["include_usage"] == true
        self.host = host
    }

    /// The text of a message: a string, or the parts that are text.
    private static func text(of content: JSONValue?) -> String? {
        if let text = content?.string { return text }
        let parts = content?.elements?.compactMap { $0["text"]?.string } ?? []
        return parts.isEmpty ? nil : parts.joined(separator: "\n")
    }

    /// What an answer of ours said, without the list of sources below it.
    private static func withoutSources(_ text: String) -> String {
        let body = text.range(of: "\n\n[1] ").map { String(text[..<$0.lowerBound]) } ?? text
        return body.replacing(/\ ?\[[0-9]+\]/, with: "")
    }

    /// Answers.
    func reply(_ served: ServedLibrary) async throws -> Response {
        guard model == WebServer.chatModel else {
            throw Refusal(
                status: .notFound,
                code: "model_not_found",
                message: "There is no model “\(model.prefix(60))” that chats: name "
                    + "\(WebServer.chatModel)."
            )
        }
        let id = "chatcmpl-" + UUID().uuidString.lowercased()
        let created = Int64(Date().timeIntervalSince1970)
        guard isStream else {
            let text = GroundedText(try await answer(served), host: host)
            return try WebServer.response(
                .ok,
                [
                    "id": .string(id), "object": "chat.completion", "created": .integer(created),
                    "model": .string(model), "usage": text.usage,
                    "choices": [
                        [
                            "index": 0, "finish_reason": "stop", "logprobs": .null,
                            "message": [
                                "role": "assistant", "content": .string(text.text),
                                "refusal": .null, "annotations": .array(text.annotations),
                            ],
                        ]
                    ],
                ] as JSONValue
            )
        }
        return WebServer.eventStream { send in
            func chunk(_ delta: JSONValue, end: JSONValue = .null) {
                send(
                    ServerEvent(
                        nil,
                        [
                            "id": .string(id), "object": "chat.completion.chunk",
                            "created": .integer(created), "model": .string(model),
                            "choices": [["index": 0, "delta": delta, "finish_reason": end]],
                        ]
                    )
                )
            }
            chunk(["role": "assistant", "content": ""])
            do {
                let text = GroundedText(try await answer(served), host: host)
                for piece in text.pieces { chunk(["content": .string(piece)]) }
                chunk(["annotations": .array(text.annotations)], end: "stop")
                if wantsUsage {
                    send(
                        ServerEvent(
                            nil,
                            [
                                "id": .string(id), "object": "chat.completion.chunk",
                                "created": .integer(created), "model": .string(model),
                                "choices": [], "usage": text.usage,
                            ]
                        )
                    )
                }
            } catch {
                let message = String(describing: ServiceError(error))
                send(
                    ServerEvent(
                        nil,
                        ["error": ["message": .string(message), "type": "server_error"]]
                    )
                )
            }
            send(ServerEvent(words: "[DONE]"))
        }
    }

    private func answer(_ served: ServedLibrary) async throws -> Answer {
        var options = AskOptions(model: served.languageModel)
        options.history = history
        return try await served.library.ask(question, options: options)
    }
}

/// An answer as the text of a chat message, with its citations as links.
struct GroundedText {
    /// The pieces of the text, in order: a claim each, then the sources.
    let pieces: [String]
    /// `url_citation`s, whose places are UTF-16 offsets into the text.
    let annotations: [JSONValue]
    /// Tokens, as far as a language model counted them.
    let usage: JSONValue

    /// The whole text.
    var text: String { pieces.joined() }

    /// Writes an answer; links lead to the reader of the server called `host`.
    init(_ answer: Answer, host: String?) {
        var pieces: [String] = []
        var annotations: [JSONValue] = []
        var length = 0
        func add(_ piece: String) {
            pieces.append(piece)
            length += piece.utf16.count
        }
        let base = host.map { "http://\($0)/read/" } ?? "/read/"
        if case .abstained(let reason) = answer.outcome {
            add(reason.explanation(language: answer.language))
        }
        for (index, claim) in answer.claims.enumerated() {
            add((index > 0 ? "\n" : "") + claim.text)
            var marked: Set<Int> = []
            for citation in claim.citations {
                guard let mark = answer.mark(of: citation.passageID),
                    marked.insert(mark).inserted
                else { continue }
                let start = length + 1
                add(" [\(mark)]")
                annotations.append([
                    "type": "url_citation",
                    "url_citation": [
                        "start_index": .integer(Int64(start)), "end_index": .integer(Int64(length)),
                        "url": .string(base + citation.passageID.description),
                        "title": .string(answer.sources[mark - 1].location.reference),
                    ],
                ])
            }
            if let reading = claim.reading { add(" (not checked: \(reading))") }
        }
        for (index, source) in answer.sources.enumerated() {
            add(index == 0 ? "\n\n" : "\n")
            add("[\(index + 1)] \(source.location.reference)")
            let quotations = answer.claims.flatMap(\.citations)
                .filter { $0.passageID == source.passageID }.map(\.quotation)
            for quotation in quotations { add("\n    “\(quotation)”") }
        }
        self.pieces = pieces
        self.annotations = annotations
        let prompt = Int64(answer.usage?.prompt ?? 0)
        let reply = Int64(answer.usage?.reply ?? 0)
        usage = [
            "prompt_tokens": .integer(prompt), "completion_tokens": .integer(reply),
            "total_tokens": .integer(prompt + reply),
        ]
    }
}
#endif
