public import ChatModels
internal import HTTPTransport
public import UserConfiguration

/// The ways to name the language model that writes answers.
public enum AnswerModel: Hashable, Sendable {
    /// A model of the provider that is called so, at a route of its own; without a name, the
    /// provider's usual one, or the first that the server offers.
    case remote(provider: String, model: String?, route: ModelRoute)
    /// The first server of language models that is found on this machine; without a name, its first
    /// model.
    case local(model: String?)
    /// None: answers are quoted sentences.
    case none

    /// The language that a server is taken to speak of which only the address is known.
    private static let compatible = "openai"

    /// Reads `PROVIDER:NAME`, `PROVIDER`, `local`, `local:NAME`, `none`, or, with an address, any
    /// name.
    ///
    /// Without a name and an address, the first provider whose key is in the environment is meant,
    /// in the order of `Provider.all`, and without a key none.
    ///
    /// - Throws: `AnswerModelError` for a name that fits none of these.
    public init(
        name: String?,
        route: ModelRoute = ModelRoute(),
        environment: [String: String] = ProcessEnvironment.environment
    ) throws(AnswerModelError) {
        guard let name, !name.isEmpty else {
            if route.baseURL != nil {
                self = .remote(provider: Self.compatible, model: nil, route: route)
            } else if let ready = Provider.all.first(where: {
                $0.answers && !$0.runsHere && $0.isReady(environment)
            }) {
                self = .remote(provider: ready.name, model: nil, route: route)
            } else {
                self = .none
            }
            return
        }
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        if parts[0] == "none", parts.count == 1 {
            self = .none
        } else if parts[0] == "local", route.baseURL == nil {
            self = .local(model: parts.count > 1 ? parts[1] : nil)
        } else if let (provider, model) = Provider.split(name), provider.answers,
            route.baseURL == nil || !Self.isTag(model)
        {
            self = .remote(provider: provider.name, model: model, route: route)
        } else if route.baseURL != nil {
            self = .remote(provider: Self.compatible, model: name, route: route)
        } else {
            throw AnswerModelError(name: name)
        }
    }

    /// Whether `model` is what local servers write after a model's name (`mistral:7b`,
    /// `mistral:latest`), and the name before it not a provider's.
    private static func isTag(_ model: String?) -> Bool {
        model.map { $0.first?.isNumber == true || $0 == "latest" } ?? false
    }

    /// The client that speaks to the model, or nil for none.
    ///
    /// - Parameters:
    ///   - environment: Where keys and addresses are looked for.
    ///   - addresses: The addresses of the user's settings, by the providers' names.
    /// - Returns: The client; its server has not been asked for anything but its models.
    /// - Throws: `AnsweringError.missingKey` when the provider wants a key that is not set,
    ///   `noLocalServer` when no server is found on this machine.
    public func languageModel(
        environment: [String: String] = ProcessEnvironment.environment,
        addresses: [String: String] = [:]
    ) async throws(AnsweringError) -> (any LanguageModel)? {
        switch self {
        case .remote(let name, let model, let route):
            guard let provider = Provider.named(name) else {
                throw .unknownModel(model: name, reason: "no such provider")
            }
            return try await provider.languageModel(
                model,
                by: route,
                environment: environment,
                addresses: addresses
            )
        case .local(let name):
            return try await Self.localModel(name, environment: environment)
        case .none:
            return nil
        }
    }

    private static func localModel(
        _ name: String?,
        environment: [String: String]
    ) async throws(AnsweringError) -> any LanguageModel {
        if ProcessEnvironment.isOffline {
            let reason = TransportError.offline(address: "a server on this machine")
            throw .request(model: "local", reason: "\(reason)")
        }
        let candidates = Provider.all.filter(\.runsHere).compactMap { provider in
            // Where a variable names another machine, this one has its server at the usual place.
            let named = try? provider.access(to: "", environment: environment).server
            let here = named.flatMap { $0.isThisMachine ? $0 : nil }
            return (here ?? provider.address.map(provider.server)).map { (provider, $0) }
        }
        for (provider, server) in candidates {
            let route = ModelRoute(baseURL: server.appending(""))
            guard let access = try? provider.access(to: "", by: route, environment: [:]) else {
                continue
            }
            let models = await provider.models(by: access)
            guard !models.isEmpty else { continue }
            // A key that is meant for somebody else's server does not go to this one.
            return try await provider.languageModel(
                name ?? models[0],
                by: route,
                environment: [:],
                addresses: [:]
            )
        }
        throw .noLocalServer(ports: candidates.compactMap { $0.1.port })
    }
}

/// A name that stands for no language model.
public struct AnswerModelError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// What can be written instead.
    public var description: String {
        "“\(name)” names no language model: write \(Provider.forms(embedding: false)), local, none, "
            + "or give the address of its server."
    }
}
