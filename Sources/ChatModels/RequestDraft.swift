internal import HTTPTransport

/// The body of a request in the making, without the options that a server refuses.
struct RequestDraft {
    private let omitted: Set<RequestOption>
    private var fields: [(key: String, value: RequestJSON?)] = []
    private var options: [RequestOption] = []

    init(omitting omitted: Set<RequestOption>) { self.omitted = omitted }

    /// The body, and the options that can be left out of it.
    var body: ChatCall.Body { ChatCall.Body(json: .object(fields), options: options) }

    /// Sets a field that every request has.
    mutating func set(_ name: String, _ value: RequestJSON?) { fields.append((name, value)) }

    /// Sets an option under its own name or `name`, unless it is refused; then `otherwise` stands
    /// there.
    mutating func set(
        _ option: RequestOption,
        as name: String? = nil,
        _ value: RequestJSON?,
        otherwise: RequestJSON? = nil
    ) {
        guard let value else { return }
        let isRefused = omitted.contains(option)
        if !isRefused { options.append(option) }
        fields.append((name ?? option.name, isRefused ? otherwise : value))
    }

    /// The messages of a request: where a server has no place for instructions, they begin the
    /// first question.
    mutating func messages(of request: ChatRequest) -> [ChatMessage] {
        let rules = request.messages.filter { $0.role == .system }
        guard !rules.isEmpty else { return request.messages }
        guard omitted.contains(.systemRole) else {
            options.append(.systemRole)
            return request.messages
        }
        var rest = request.messages.filter { $0.role != .system }
        let text = rules.map(\.text).joined(separator: "\n\n")
        if let first = rest.firstIndex(where: { $0.role == .user }) {
            rest[first].text = text + "\n\n" + rest[first].text
        } else {
            rest.insert(ChatMessage(.user, text), at: 0)
        }
        return rest
    }

    /// The instructions of a request in one text, and its other messages.
    mutating func rulesAndMessages(of request: ChatRequest) -> (String?, [ChatMessage]) {
        let messages = messages(of: request)
        let rules = messages.filter { $0.role == .system }.map(\.text)
        return (
            rules.isEmpty ? nil : rules.joined(separator: "\n\n"),
            messages.filter { $0.role != .system }
        )
    }

    /// Sets how tokens are drawn, as far as it was asked for, under the names of a language.
    mutating func set(_ sampling: Sampling, topP: String? = nil, topK: String? = nil) {
        set(.temperature, sampling.temperature.map(RequestJSON.number))
        set(.topP, as: topP, sampling.topP.map(RequestJSON.number))
        set(.topK, as: topK, sampling.topK.map(RequestJSON.integer))
        set(.seed, sampling.seed.map(RequestJSON.integer))
    }
}

extension RequestJSON {
    /// Messages in the form that most servers take: each with its role and its content.
    init(_ messages: [ChatMessage]) {
        self = .array(
            messages.map { ["role": .string($0.role.rawValue), "content": .string($0.text)] }
        )
    }
}
