internal import FoundationEssentials
internal import HTTPTransport

/// What the chat clients share: a stream whose task ends with it, and errors in our own words.
struct Provider: Sendable {
    /// The model's name, for errors.
    let name: String
    /// The environment variable that the key comes from, for errors.
    let variable: String
    let key: Secret?

    /// Runs `body` in a task of its own and hands on what it yields.
    func stream(
        _ body:
            @escaping @Sendable (AsyncThrowingStream<ChatEvent, any Error>.Continuation)
            async throws -> Void
    ) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    try await body(continuation)
                    continuation.finish()
                } catch let error as TransportError {
                    continuation.finish(throwing: answeringError(error))
                } catch {
                    continuation.finish(throwing: error)
                }
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }

    /// Sends a request, again and again with one option fewer while the server names one of `options`
    /// that it refuses.
    func withoutRefusedOptions(
        _ options: [String],
        _ send: (_ omitted: Set<String>) async throws -> Void
    ) async throws {
        var omitted: Set<String> = []
        while true {
            do {
                return try await send(omitted)
            } catch let error as TransportError {
                guard let option = refused(error, among: options),
                    omitted.insert(option).inserted
                else { throw error }
            }
        }
    }

    /// The option that a server refused, if it can be left out.
    private func refused(_ error: TransportError, among options: [String]) -> String? {
        guard case .status(let status, let body, _) = error, status == 400 || status == 422 else {
            return nil
        }
        let refusal = ProviderRefusal(status: status, body: body, key: nil)
        guard !refusal.isContextOverflow else { return nil }
        return options.first { option in
            refusal.parameter == option
                || ["'", "`", "\""].contains { refusal.message.contains("\($0)\(option)\($0)") }
                || refusal.message.hasPrefix("\(option):")
                || refusal.message.hasPrefix("\(option) ")
        }
    }

    /// Decodes one event of a reply.
    func decode<T: Decodable>(_ type: T.Type, from event: String) throws -> T {
        do {
            return try JSONDecoder().decode(type, from: Data(event.utf8))
        } catch {
            throw AnsweringError.malformedReply(
                model: name,
                reason: "not the JSON that was expected: \(excerpt(event))"
            )
        }
    }

    /// Puts an error of the transport into the words of this module.
    func answeringError(_ error: TransportError) -> AnsweringError {
        switch error {
        case .status(let status, let body, let retryAfter):
            let refusal = ProviderRefusal(status: status, body: body, key: key)
            if refusal.isContextOverflow {
                return .contextOverflow(model: name, reason: refusal.message)
            }
            if refusal.isKeyRefused {
                return key == nil
                    ? .missingKey(variable: variable, model: name)
                    : .keyRefused(model: name, variable: variable)
            }
            if refusal.isUnknownModel {
                return .unknownModel(model: name, reason: refusal.message)
            }
            if status == 429 || refusal.isExhausted {
                let wait = retryAfter.map { ", free again in \($0) s" } ?? ""
                return .quota(model: name, reason: refusal.message + wait)
            }
            let error = TransportError.status(
                status,
                body: refusal.message,
                retryAfter: retryAfter
            )
            return .request(model: name, reason: "\(error)")
        case .malformed(let reason):
            return .malformedReply(model: name, reason: reason)
        case .interrupted:
            return .malformedReply(model: name, reason: "the connection broke off")
        default:
            return .request(model: name, reason: "\(error)")
        }
    }

    private func excerpt(_ text: String) -> String {
        String(ProviderRefusal.oneLine(text).prefix(80))
    }
}

extension Transport {
    /// A transport that asks again only where that can help.
    static func forProviders(policy: Policy = Policy()) -> Transport {
        Transport(policy: policy) { status, body in
            let refusal = ProviderRefusal(status: status, body: body, key: nil)
            return refusal.isExhausted || refusal.isContextOverflow
        }
    }
}
