internal import ChatModels
package import Embedding
internal import HTTPTransport
public import UserConfiguration

extension Provider {
    /// The client of a language model; without a name, of the provider's usual one, or of the first
    /// that its server offers.
    ///
    /// - Throws: `AnsweringError.missingKey`, or `request` where there is no way to the model.
    func languageModel(
        _ model: String?,
        by route: ModelRoute,
        environment: [String: String],
        addresses: [String: String]
    ) async throws(AnsweringError) -> any LanguageModel {
        guard let chat else {
            throw .unknownModel(model: "\(name):\(model ?? "")", reason: "it writes no answers")
        }
        var access: ModelAccess
        do {
            access = try self.access(
                to: model ?? chatModel ?? "default",
                by: route,
                environment: environment,
                addresses: addresses
            )
        } catch {
            throw .request(model: "\(name):\(model ?? chatModel ?? "")", reason: "\(error)")
        }
        if needsKey, access.isUsualServer, access.key == nil {
            throw .missingKey(variable: access.variable, model: access.name)
        }
        if model == nil, chatModel == nil || !access.isUsualServer {
            access.model = await models(by: access).first ?? access.model
        }
        return try chat(access)
    }

    /// The client of an embedding model.
    ///
    /// - Throws: `EmbeddingError.missingKey`, or `request` where there is no way to the model.
    package func embedder(
        _ model: String,
        by route: ModelRoute,
        environment: [String: String],
        addresses: [String: String]
    ) throws(EmbeddingError) -> any Embedder {
        let id = "\(name):\(model)"
        guard let embedder else { throw .request(model: id, reason: "\(title) does not embed.") }
        let access: ModelAccess
        do {
            access = try self.access(
                to: model,
                by: route,
                environment: environment,
                addresses: addresses
            )
        } catch {
            throw .request(model: id, reason: "\(error)")
        }
        if needsKey, access.isUsualServer, access.key == nil {
            throw .missingKey(variable: access.variable, model: id)
        }
        return try embedder(access)
    }

    /// The models that the server offers, in its own order; none if it does not say.
    func models(by access: ModelAccess) async -> [String] {
        let names = await ModelList.names(
            at: access.server.appending(modelList),
            key: access.key.map { (keyHeader.name, keyHeader.prefix, $0) }
        )
        return names.map { $0.hasPrefix("models/") ? String($0.dropFirst(7)) : $0 }
    }

    /// What a person who has begun to write the name of a model may mean: providers, and after a
    /// provider's name the models that its server offers.
    ///
    /// The server is asked only once a provider's name and a colon are there, and only at its usual
    /// address.
    public static func completions(
        of start: String,
        embedding: Bool = false,
        environment: [String: String] = ProcessEnvironment.environment
    ) async -> [String] {
        guard let (provider, _) = split(start), start.contains(":") else {
            let names = all.filter { embedding ? $0.embeds : $0.answers }.map { $0.name + ":" }
            return (names + (embedding ? [] : ["local", "none"])).filter { $0.hasPrefix(start) }
        }
        guard
            let access = try? provider.access(
                to: "",
                environment: (try? KeyFile.adding(to: environment)) ?? environment,
                addresses: (try? Settings(library: nil, environment: environment))?.addresses ?? [:]
            ), !provider.needsKey || access.key != nil
        else { return [] }
        return await provider.models(by: access).map { "\(provider.name):\($0)" }
            .filter { $0.hasPrefix(start) }
    }
}
