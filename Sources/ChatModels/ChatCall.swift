internal import HTTPTransport

/// What the chat clients share: a stream whose task ends with it, thoughts held back, refused
/// options left out, errors in our own words with the server's beside them.
package struct ChatCall: Sendable {
    /// The model and the way to it.
    let access: ModelAccess
    /// Whether the server sends thoughts in a field of their own.
    let keepsThoughtsApart: Bool
    let transport: Transport
    let refused: RefusedOptions

    /// A call; `transport` is how requests are made, the usual way if nil.
    init(
        access: ModelAccess,
        keepsThoughtsApart: Bool = false,
        transport: Transport?,
        refused: RefusedOptions
    ) {
        self.access = access
        self.keepsThoughtsApart = keepsThoughtsApart
        self.transport =
            transport ?? .forModels(options: [.schema, .systemRole, .streamOptions])
        self.refused = refused
    }

    /// The model's full name.
    var name: String { access.name }

    /// What one request was made of.
    package struct Body {
        var json: RequestJSON
        /// The options in it that a request can do without.
        var options: [RequestOption]
    }

    /// Asks: `send` makes a request without the options that are to be left out, and hands on what
    /// comes to the reply.
    ///
    /// Where the server refuses an option, or something that it does not name, the question is
    /// asked again without; what worked is remembered. If nothing works, the server's first words
    /// count.
    func stream(
        _ send:
            @escaping @Sendable (_ omitted: Set<RequestOption>, _ reply: ChatReply) async throws
            -> Void,
        options: @escaping @Sendable (_ omitted: Set<RequestOption>) -> [RequestOption]
    ) -> AsyncThrowingStream<ChatEvent, any Error> {
        AsyncThrowingStream { continuation in
            let task = Task {
                do {
                    let known = refused.options(for: access)
                    var omitted = known
                    var first: TransportError?
                    while true {
                        let reply = ChatReply(
                            name: name,
                            keepsThoughtsApart: keepsThoughtsApart,
                            continuation
                        )
                        do {
                            try await send(omitted, reply)
                            try reply.end()
                            refused.remember(omitted.subtracting(known), for: access)
                            break
                        } catch let error as TransportError where !reply.hasSpoken {
                            let left = options(omitted)
                            guard let more = refusedOptions(error, among: left),
                                !more.isEmpty
                            else { throw first ?? error }
                            first = first ?? error
                            omitted.formUnion(more)
                        }
                    }
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

    /// What to leave out of the next request after `error`: the option that it names, or, if it is
    /// about something in the request without a name, all that can be left out; nil if it is not.
    private func refusedOptions(
        _ error: TransportError,
        among options: [RequestOption]
    ) -> Set<RequestOption>? {
        guard case .status(let status, let body, _) = error else { return nil }
        let refusal = ProviderRefusal(status: status, body: body, key: nil)
        if let option = refusal.refusedOption(among: options) { return [option] }
        guard refusal.isVague else { return nil }
        // Instructions and a limit are worth more than the rest and rarely what is refused.
        return Set(options).subtracting([
            .systemRole, .stream, .maxTokens, .maxCompletionTokens, .maxOutputTokens,
        ])
    }

    /// Sends a request and hands each JSON object of the reply to `body` until that returns false.
    ///
    /// - Returns: Whether the stream said `[DONE]`.
    /// - Throws: `TransportError.status` for an error that comes with a status of success, also for words alone
    ///   that nothing comes after;
    ///   `AnsweringError.malformedReply` for what is not JSON, or where nothing else came; what
    ///   `body` throws.
    func messages(
        _ request: Transport.Request,
        _ body: (JSONReply) throws -> Bool
    ) async throws -> Bool {
        var isDone = false
        var hasObjects = false
        var stray: String?
        var words: TransportError?
        try await transport.messages(request) { message in
            let text = message.drop(while: \.isWhitespace)
            isDone = isDone || text.hasPrefix("[DONE]") || text.hasSuffix("\n[DONE]")
            // Gateways keep a connection alive with comments and words of their own.
            guard text.first == "{" else {
                if !isDone, !text.isEmpty, text.first != ":" { stray = stray ?? String(text) }
                return !isDone
            }
            hasObjects = true
            for value in try objects(in: String(text)) {
                if let status = ProviderRefusal.status(of: value) {
                    let error = TransportError.status(status, body: message, retryAfter: nil)
                    guard ProviderRefusal.isWordsAlone(value) else { throw error }
                    words = error
                    continue
                }
                words = nil
                if try !body(value) { return false }
            }
            return !isDone
        }
        if let words { throw words }
        if !hasObjects, let stray { throw unexpected(stray) }
        return isDone
    }

    private func unexpected(_ text: String) -> AnsweringError {
        let start = ProviderRefusal.oneLine(text).prefix(80)
        return .malformedReply(model: name, reason: "not the JSON that was expected: \(start)")
    }

    /// The objects of a message: one, or one a line where a server forgets the empty line between
    /// two events.
    private func objects(in text: String) throws -> [JSONReply] {
        if let value = JSONReply(text) { return [value] }
        var parser = JSONObjectParser()
        let parts = try parser.append(text.utf8)
        let values = parts.compactMap { JSONReply($0) }
        guard try parser.finish() == nil, !values.isEmpty, values.count == parts.count
        else {
            throw unexpected(text)
        }
        return values
    }

    /// Puts an error of the transport into the words of this module.
    func answeringError(_ error: TransportError) -> AnsweringError {
        switch error {
        case .status(let status, let body, let retryAfter):
            let refusal = ProviderRefusal(status: status, body: body, key: access.key)
            let words = refusal.message.isEmpty ? "status \(refusal.status)" : refusal.message
            if refusal.isContextOverflow { return .contextOverflow(model: name, reason: words) }
            if refusal.isFiltered { return .blocked(model: name, reason: words) }
            if refusal.isKeyRefused {
                guard access.key == nil else {
                    return .keyRefused(model: name, variable: access.variable, reason: words)
                }
                return .keyWanted(model: name, reason: "(\(words)): \(access.keyAdvice)")
            }
            if refusal.isUnknownModel { return .unknownModel(model: name, reason: words) }
            if refusal.status == 404 {
                let reason = """
                    nothing is found at \(access.server.appending("")) (\(words)): check the address \
                    and the model's name.
                    """
                return .request(model: name, reason: reason)
            }
            if refusal.status == 429 || refusal.isExhausted {
                let wait = retryAfter.map { ", free again in \($0) s" } ?? ""
                return .quota(model: name, reason: words + wait)
            }
            let error = TransportError.status(
                refusal.status,
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
}
