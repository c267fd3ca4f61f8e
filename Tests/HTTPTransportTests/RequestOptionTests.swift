import HTTPTransport
import Testing

/// The many words in which servers refuse a part of a request.
@Suite struct RequestOptionTests {
    private static let options: [RequestOption] = [
        .stream, .streamOptions, .maxTokens, .temperature, .topP, .topK, .seed, .schema,
        .systemRole,
    ]

    private func refusal(_ status: Int, _ body: String) -> ProviderRefusal {
        ProviderRefusal(status: status, body: body, key: nil)
    }

    @Test(arguments: [
        (400, #"{"error":{"message":"This response_format type is unavailable now"}}"#, .schema),
        (
            400,
            #"{"error":{"message":"This model does not support response format `json_schema`."}}"#,
            .schema
        ),
        (400, #"{"error":"'response_format.type' must be 'text'"}"#, .schema),
        (422, #"{"detail":[{"loc":["body","response_format","type"],"msg":"bad"}]}"#, .schema),
        (400, #"{"message":"JSON mode is not enabled for this model"}"#, .schema),
        (500, #"{"error":{"message":"failed to parse grammar"}}"#, .schema),
        (
            404, #"{"error":{"message":"No endpoints found that support structured outputs"}}"#,
            .schema
        ),
        (
            400,
            #"{"error":{"message":"Unknown name \"responseJsonSchema\" at 'generation_config'"}}"#,
            .schema
        ),
        (
            400,
            #"{"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","param":"max_tokens"}}"#,
            .maxTokens
        ),
        (
            422,
            #"{"detail":[{"type":"extra_forbidden","loc":["body","seed"],"msg":"Extra inputs are not permitted"}]}"#,
            .seed
        ),
        (400, #"{"error":{"message":"`temperature` is deprecated for this model"}}"#, .temperature),
        (400, #"{"message":"Top-k must be disabled"}"#, .topK),
        (
            400, #"{"error":{"message":"Unrecognized argument: stream_options.include_usage"}}"#,
            .streamOptions
        ),
        (
            400,
            #"{"error":{"message":"Your organization must be verified to stream this model.","param":"stream"}}"#,
            .stream
        ),
        (500, "System role not supported", .systemRole),
        (
            400,
            #"{"error":{"message":"Developer instruction is not enabled for models/gemma-3"}}"#,
            .systemRole
        ),
        (
            400,
            "Conversation roles must alternate user/assistant/user/assistant/...",
            RequestOption.systemRole
        ),
    ])
    func knowsWhatIsRefused(status: Int, body: String, option: RequestOption) {
        #expect(refusal(status, body).refusedOption(among: Self.options) == option)
    }

    @Test(arguments: [
        (
            400,
            #"{"error":{"message":"This model's maximum context length is 4096 tokens, max_tokens 800"}}"#
        ),
        (401, #"{"error":{"message":"Bad key; temperature 0"}}"#),
        (429, #"{"error":{"message":"Too many requests to stream"}}"#),
        (402, #"{"error":{"message":"No credit for json_schema"}}"#),
        (503, "temperature of the rack is too high"),
        (404, #"{"error":{"message":"The model `seed` was not found","code":"model_not_found"}}"#),
        (400, #"{"error":{"message":"no","code":"content_filter"}}"#),
    ])
    func otherErrorsAreNotAboutOptions(status: Int, body: String) {
        #expect(refusal(status, body).refusedOption(among: Self.options) == nil)
        #expect(!refusal(status, body).isVague)
    }

    @Test(arguments: [
        (400, "{}", true), (400, #"{"error":"Bad Request"}"#, true),
        (
            404,
            #"{"error":{"message":"No endpoints found that can handle the requested parameters."}}"#,
            true
        ),
        (500, "out of memory", false), (404, "Not Found", false),
    ])
    func aRefusalWithoutANameIsVague(status: Int, body: String, isVague: Bool) {
        #expect(refusal(status, body).isVague == isVague)
    }

    @Test func onlyWhatWasSentIsLeftOut() {
        let refusal = refusal(400, #"{"error":"use max_completion_tokens and a temperature"}"#)
        #expect(refusal.refusedOption(among: [.maxTokens]) == nil)
        #expect(
            refusal.refusedOption(among: [.maxTokens, .maxCompletionTokens]) == .maxCompletionTokens
        )
    }

    @Test func whatIsKnownIsKnownOfOneModelOnly() {
        let known = RefusedOptions()
        let access = ModelAccess(
            provider: "openai",
            model: "m",
            server: .openAI("http://127.0.0.1:1"),
            isUsualServer: false,
            key: nil,
            variable: "K"
        )
        known.remember([.seed], for: access)
        #expect(known.options(for: access) == [.seed])
        var other = access
        other.model = "n"
        #expect(known.options(for: other).isEmpty)
        other = access
        other.server = .openAI("http://127.0.0.1:2")
        #expect(known.options(for: other).isEmpty)
    }
}
