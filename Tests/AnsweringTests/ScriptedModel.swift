import Answering
import ChatModels
import Synchronization

/// A language model that says what a test wrote down, in small pieces.
final class ScriptedModel: LanguageModel {
    let name = "scripted"
    private let replies: [String]
    private let asked = Mutex<[ChatRequest]>([])

    init(_ replies: [String]) { self.replies = replies }

    var requests: [ChatRequest] { asked.withLock { $0 } }

    func reply(to request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
        let text = asked.withLock { asked in
            asked.append(request)
            return replies[min(asked.count, replies.count) - 1]
        }
        return AsyncThrowingStream { continuation in
            for character in text { continuation.yield(.text(String(character))) }
            continuation.yield(.finished(.complete, TokenUsage(prompt: 10, reply: 2)))
            continuation.finish()
        }
    }
}
