internal import FoundationEssentials

/// What a provider says when it refuses, in any of the forms that are in use.
package struct ProviderRefusal: Sendable {
    /// The HTTP status.
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
        self.status = status
        let error = try? JSONDecoder().decode(Envelope.self, from: Data(body.utf8))
        var words = error?.message ?? body
        if let key { words = words.replacing(key.value, with: "…") }
        message = Self.oneLine(words)
        codes = Set((error?.codes ?? []).map { $0.lowercased() })
        parameter = error?.parameter
    }

    /// Whether the prompt was longer than the model reads.
    package var isContextOverflow: Bool {
        if !codes.isDisjoint(with: ["context_length_exceeded", "exceed_context_size_error"]) {
            return true
        }
        // llama.cpp's embedding server.
        if message.contains("too large to process") { return true }
        // Anthropic.
        if message.contains("prompt is too long") { return true }
        guard status == 400 || status == 413 || status == 422 else { return false }
        let text = message.lowercased()
        return text.contains("context length") || text.contains("context size")
            || text.contains("context window") || text.contains("too many tokens")
            || text.contains("token count") && text.contains("exceeds")
    }

    /// Whether the account has nothing left, so that waiting a little is no use.
    package var isExhausted: Bool {
        !codes.isDisjoint(with: ["insufficient_quota", "billing_hard_limit_reached"])
            || message.contains("credit balance is too low")
    }

    /// Whether the key was refused.
    package var isKeyRefused: Bool {
        status == 401 || status == 403
            || !codes.isDisjoint(with: ["api_key_invalid", "invalid_api_key"])
    }

    /// Whether the provider does not know the model.
    package var isUnknownModel: Bool {
        status == 404 || !codes.isDisjoint(with: ["model_not_found"])
    }

    /// `text` without line breaks and control characters, cut to 200 characters.
    package static func oneLine(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.unicodeScalars.contains { $0.value < 0x20 } }
        let line = words.joined(separator: " ")
        return line.count > 200 ? line.prefix(199) + "…" : line
    }

    /// `{"error": {…}}`, `{"error": "…"}`, `{"message": "…"}`, `{"detail": "…"}`, or such in a list.
    private struct Envelope: Decodable {
        var message: String?
        var codes: [String] = []
        var parameter: String?

        private enum Keys: String, CodingKey {
            case error, message, detail, code, type, status, param, details, reason
        }

        init(from decoder: any Decoder) throws {
            if var list = try? decoder.unkeyedContainer() {
                self = try list.decode(Envelope.self)
                return
            }
            let container = try decoder.container(keyedBy: Keys.self)
            if let inner = try? container.decode(Envelope.self, forKey: .error) {
                self = inner
                return
            }
            message =
                (try? container.decode(String.self, forKey: .error))
                ?? (try? container.decode(String.self, forKey: .message))
                ?? (try? container.decode(String.self, forKey: .detail))
            parameter = try? container.decode(String.self, forKey: .param)
            codes = [Keys.code, .type, .status, .reason].compactMap {
                try? container.decode(String.self, forKey: $0)
            }
            if let details = try? container.decode([Envelope].self, forKey: .details) {
                codes += details.flatMap(\.codes)
            }
        }
    }
}
