internal import Synchronization

/// A part of a request that some models or servers refuse and that a request can do without, or say
/// in another way.
package struct RequestOption: Hashable, Sendable {
    /// The field's name on the wire.
    package let name: String
    /// What servers call it when they refuse it: in lower case, with spaces for underscores.
    private let words: [String]

    private init(_ name: String, _ words: String...) {
        self.name = name
        self.words = words + [Self.plain(name)]
    }

    /// How likely words are drawn.
    package static let temperature = RequestOption("temperature")
    /// From which share of the likeliest words one is drawn.
    package static let topP = RequestOption("top_p", "topp")
    /// From how many of the likeliest words one is drawn.
    package static let topK = RequestOption("top_k", "topk")
    /// What makes replies repeatable.
    package static let seed = RequestOption("seed")
    /// A JSON schema for the reply.
    package static let schema = RequestOption(
        "response_format",
        "response type",
        "responseformat",
        "json schema",
        "jsonschema",
        "json mode",
        "json object",
        "structured output",
        "structured outputs",
        "output config",
        "output format",
        "text format",
        "guided json",
        "guided decoding",
        "grammar",
        "responsemimetype",
        "response mime type",
        "response schema"
    )
    /// The longest reply, by its older name.
    package static let maxTokens = RequestOption("max_tokens", "maxtokens")
    /// The longest reply, by OpenAI's newer name.
    package static let maxCompletionTokens = RequestOption("max_completion_tokens")
    /// The longest reply, by the name of OpenAI's Responses.
    package static let maxOutputTokens = RequestOption("max_output_tokens", "maxoutputtokens")
    /// That the tokens are counted at the end of a stream.
    package static let streamOptions = RequestOption("stream_options", "include usage")
    /// That the reply comes piece by piece.
    package static let stream = RequestOption("stream", "streaming", "streamed")
    /// That instructions are a message of their own.
    package static let systemRole = RequestOption(
        "system",
        "developer instruction",
        "developer role",
        "roles must alternate",
        "role must alternate",
        "systeminstruction"
    )
    /// That the server keeps nothing.
    package static let store = RequestOption("store")
    /// In which form embeddings come.
    package static let encodingFormat = RequestOption("encoding_format", "encodingformat")
    /// How long embeddings are to be.
    package static let dimensions = RequestOption(
        "dimensions",
        "matryoshka",
        "outputdimensionality"
    )
    /// That texts that are too long are cut.
    package static let truncate = RequestOption("truncate")

    /// The length of the longest word for this option in `message`, which was made plain; 0 if there is
    /// none.
    fileprivate func mention(in message: String) -> Int {
        words.filter { word in
            message.ranges(of: word).contains { range in
                let before =
                    range.lowerBound > message.startIndex
                    ? message[message.index(before: range.lowerBound)] : " "
                let after = range.upperBound < message.endIndex ? message[range.upperBound] : " "
                // `responseJsonSchema` is one word; `seeded` and `streaming` are not `seed` and
                // `stream`.
                return !after.isLetter && (word.count > 8 || !before.isLetter)
            }
        }.map(\.count).max() ?? 0
    }

    fileprivate static func plain(_ text: String) -> String {
        String(text.lowercased().map { "_-".contains($0) ? " " : $0 })
    }
}

extension ProviderRefusal {
    /// Which of `options` the server refuses, if it names one: by its own name, or in the many
    /// words that servers have for it.
    ///
    /// - Complexity: O(options · message).
    package func refusedOption(among options: [RequestOption]) -> RequestOption? {
        guard mayBeAboutOptions else { return nil }
        for text in [parameter, message].compactMap(\.self) {
            let plain = RequestOption.plain(text)
            // `stream_options` speaks of `stream` too: the longest name is meant.
            let mentions = options.map { (option: $0, length: $0.mention(in: plain)) }
            if let best = mentions.max(by: { $0.length < $1.length }), best.length > 0 {
                return best.option
            }
        }
        return nil
    }

    /// Whether the server refuses something in the request without a name for it that is known:
    /// what can be left out is then left out.
    package var isVague: Bool {
        guard mayBeAboutOptions else { return false }
        if status == 400 || status == 422 || status == 501 { return true }
        let text = message.lowercased()
        return [
            "parameter", "argument", "unsupported", "not support", "extra input", "unknown field",
        ]
        .contains { text.contains($0) }
    }

    private var mayBeAboutOptions: Bool {
        [200, 400, 404, 405, 415, 422, 500, 501, 502].contains(status) && !isContextOverflow
            && !isExhausted && !isKeyRefused && !isFiltered && !isModelNamed
    }
}

/// What the servers that this process has asked refuse, so that no request is refused twice for the
/// same reason.
package final class RefusedOptions: Sendable {
    /// What the whole process has learned.
    package static let shared = RefusedOptions()

    private let known = Mutex<[String: Set<RequestOption>]>([:])

    /// Knows nothing yet.
    package init() {}

    /// The options that the model there is known to refuse.
    package func options(for access: ModelAccess) -> Set<RequestOption> {
        known.withLock { $0[Self.key(access)] ?? [] }
    }

    /// Remembers what a model did without; `options` were refused and the rest was answered.
    package func remember(_ options: Set<RequestOption>, for access: ModelAccess) {
        guard !options.isEmpty else { return }
        known.withLock { $0[Self.key(access), default: []].formUnion(options) }
    }

    private static func key(_ access: ModelAccess) -> String {
        "\(access.provider)\n\(access.server.appending(""))\n\(access.model)"
    }
}
