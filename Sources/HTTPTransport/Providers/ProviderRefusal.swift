/// What a provider says when it refuses, in any of the forms that are in use.
package struct ProviderRefusal: Sendable {
    /// The HTTP status, or the one that the error names if it came with a status of success.
    package let status: Int
    /// The provider's own words on one line, at most 200 characters, without the key.
    package let message: String
    /// Machine-readable names of the reason, lowercased: OpenAI's `code` and `type`, Gemini's
    /// `status` and `reason`.
    package let codes: Set<String>
    /// The parameter that the provider complains about, if it says so.
    package let parameter: String?

    /// Reads the body of an error reply.
    package init(status: Int, body: String, key: Secret?) {
        let error = JSONReply(body).map { Envelope($0) }
        var words = error?.message ?? body
        if let key { words = words.replacing(key.value, with: "…") }
        message = Self.oneLine(words)
        codes = Set((error?.codes ?? []).map { $0.lowercased() })
        parameter = error?.parameter
        self.status = status == 200 ? error?.status(codes) ?? status : status
    }

    /// The status of an error that a server reports in the middle of a reply, or as a reply of
    /// success.
    ///
    /// - Returns: The status that the error names or that its kind stands for, 200 if there is
    ///   none; nil if `value` is no error.
    package static func status(of value: JSONReply) -> Int? {
        guard case .object = value else { return nil }
        let isError: Bool
        if let error = value["error"] ?? value["fault"] ?? Self.errorOfChoice(in: value) {
            isError = !error.isEmpty
        } else if value["object"]?.text == "error" || value["type"]?.text == "error" {
            isError = true
        } else {
            isError = Self.isWordsAlone(value)
        }
        guard isError else { return nil }
        let envelope = Envelope(value)
        return envelope.status(Set(envelope.codes.map { $0.lowercased() })) ?? 200
    }

    /// Whether `value` has words and nothing that a reply has: an error that does not say that it is one, unless
    /// the reply comes after it, as after `{"message": "processing"}`.
    package static func isWordsAlone(_ value: JSONReply) -> Bool {
        guard case .object(let fields) = value, value["error"] == nil, value["fault"] == nil,
            value["object"]?.text != "error", value["type"]?.text != "error"
        else { return false }
        // Some put them below a name of their own, which a reply has too, with nothing to say.
        let status = value["base_resp"] ?? value
        let words = (wordNames + ["errors"]).contains { name in
            status[name].map { $0.text?.isEmpty == false || !$0.elements.isEmpty } ?? false
        }
        let content: Set = [
            "choices", "candidates", "delta", "content", "output", "response", "usage", "done",
            "data", "embeddings", "embedding",
        ]
        return words && content.isDisjoint(with: fields.keys)
    }

    /// The error that a gateway puts where the reply would be.
    private static func errorOfChoice(in value: JSONReply) -> JSONReply? {
        let error = value["choices"]?.elements.first?["error"]
        return error?.isEmpty == false ? error : nil
    }

    /// The names under which servers put the words of an error.
    private static let wordNames = [
        "message", "detail", "msg", "error_msg", "errmsg", "err_msg", "error_message",
        "errorMessage",
        "status_msg", "error_description", "faultstring", "Message", "title", "reason",
    ]

    /// Whether the prompt was longer than the model reads.
    package var isContextOverflow: Bool {
        let known = [
            "context_length_exceeded", "exceed_context_size_error", "string_above_max_length",
        ]
        if !codes.isDisjoint(with: known) { return true }
        // llama.cpp's embedding server.
        if message.contains("too large to process") { return true }
        // Anthropic.
        if message.contains("prompt is too long") { return true }
        guard [200, 400, 413, 422, 500].contains(status) else { return false }
        let text = message.lowercased()
        return Self.overflowWords.contains { words in words.allSatisfy { text.contains($0) } }
    }

    /// What servers say of a text that is too long: all of one group's words.
    private static let overflowWords = [
        ["context length"], ["context size"], ["context window"], ["context_length"],
        ["maximum context"], ["too many tokens"], ["token count", "exceed"],
        ["must have less than", "tokens"], ["less than", "tokens", "given"],
        ["reduce", "length"], ["maximum", "input", "length"], ["input", "too long"],
        ["prompt", "too long"], ["sequence", "too long"], ["exceed", "maximum", "tokens", "input"],
        ["longer than", "tokens"], ["max_seq_len"], ["max_position_embeddings"],
    ]

    /// Whether the account has nothing left, so that waiting a little is no use.
    package var isExhausted: Bool {
        status == 402
            || !codes.isDisjoint(with: ["insufficient_quota", "billing_hard_limit_reached"])
            || message.contains("credit balance is too low")
    }

    /// Whether the key was refused.
    package var isKeyRefused: Bool {
        status == 401 || status == 403
            || !codes.isDisjoint(with: [
                "api_key_invalid", "invalid_api_key", "authentication_error", "unauthorized",
            ])
    }

    /// Whether the provider does not know the model, so far as it says so.
    package var isUnknownModel: Bool {
        isModelNamed || status == 404 && message.lowercased().contains("model")
    }

    /// Whether the provider says by a code of its own that it does not know the model.
    var isModelNamed: Bool {
        !codes.isDisjoint(with: ["model_not_found", "model_not_exist", "unknown_model"])
            || message.lowercased().contains("model") && message.lowercased().contains("not found")
    }

    /// Whether a filter of the provider's stopped the request.
    package var isFiltered: Bool {
        !codes.isDisjoint(with: [
            "content_filter", "content_policy_violation", "responsibleaipolicyviolation",
            "safety", "moderation_blocked",
        ])
    }

    /// `text` without line breaks and control characters, cut to 200 characters.
    package static func oneLine(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 } }
        let line = words.joined(separator: " ")
        return line.count > 200 ? line.prefix(199) + "…" : line
    }

    /// An error in any of the forms in use: `{"error": {…}}`, `{"error": "…"}`, `{"message": "…"}`,
    /// `{"detail": …}`, `{"errors": […]}`, or such in a list.
    private struct Envelope {
        var message: String?
        var codes: [String] = []
        var parameter: String?
        var number: Int?

        init(_ value: JSONReply) { read(value, levels: 5) }

        /// Takes what is innermost first: there the provider itself speaks.
        private mutating func read(_ value: JSONReply, levels: Int) {
            guard levels > 0 else { return }
            message = message ?? value.text
            if let first = value.elements.first { read(first, levels: levels - 1) }
            if let inner = ProviderRefusal.errorOfChoice(in: value) {
                read(inner, levels: levels - 1)
            }
            for name in ["error", "fault", "errors", "detail", "message", "base_resp"] {
                if let inner = value[name], inner.text == nil, !inner.isEmpty {
                    read(inner, levels: levels - 1)
                }
            }
            message = message ?? value["error"]?.text ?? value["detail"]?.text
            message =
                message ?? ProviderRefusal.wordNames.lazy.compactMap { value[$0]?.text }.first
            // FastAPI's servers say the way to it, field by field.
            let way = value["loc"]?.elements.compactMap(\.text).joined(separator: ".")
            parameter = parameter ?? value["param"]?.text ?? way
            for name in ["code", "type", "status", "reason", "error_type"] {
                if let code = value[name]?.text { codes.append(code) }
                number = number ?? value[name]?.integer
            }
            number =
                number ?? value["status_code"]?.integer ?? value["error_code"]?.integer
            for detail in value["details"]?.elements ?? [] {
                codes += Envelope(detail).codes
            }
            // A gateway's error may keep its provider's own words in a field of its own.
            if let raw = value["metadata"]?["raw"]?.text {
                let words = JSONReply(raw).flatMap { Envelope($0).message } ?? raw
                message = [message, words].compactMap(\.self).joined(separator: ": ")
            }
        }

        /// The HTTP status that the error names, or that its kind stands for.
        func status(_ codes: Set<String>) -> Int? {
            if let number, (400...599).contains(number) { return number }
            let kinds = [
                "overloaded_error": 529, "rate_limit_error": 429, "rate_limit_exceeded": 429,
                "insufficient_quota": 429, "authentication_error": 401, "permission_error": 403,
                "not_found_error": 404, "invalid_request_error": 400, "server_error": 500,
                "api_error": 500,
            ]
            return codes.compactMap { kinds[$0] }.min()
        }
    }
}
