internal import HTTPTransport

/// What a person says of the way to a model, beside its name.
public struct ModelRoute: Hashable, Sendable {
    /// The server's address, if it is not the provider's own.
    public var baseURL: String?
    /// The environment variable whose key goes to that server; nil for the provider's own key,
    /// which goes to the provider's own server or to one that was named for it.
    public var keyVariable: String?

    /// Describes a route.
    public init(baseURL: String? = nil, keyVariable: String? = nil) {
        self.baseURL = baseURL
        self.keyVariable = keyVariable
    }
}

/// Why a provider's model cannot be asked.
struct ProviderError: Error, CustomStringConvertible {
    let description: String
}

extension Provider {
    /// The way to `model`.
    ///
    /// The address is the route's, else that of the provider's variables, of the user's settings,
    /// or its own. A key goes to the provider's own hosts, to an address that a variable or the
    /// settings name beside it, or to where its variable is named for; never to any other.
    ///
    /// - Throws: `ProviderError` where no address is known, or the route's key is not set.
    /// - Complexity: O(1).
    func access(
        to model: String,
        by route: ModelRoute = ModelRoute(),
        environment: [String: String],
        addresses: [String: String] = [:]
    ) throws(ProviderError) -> ModelAccess {
        let own = address.map { server(Self.filled($0, from: environment)) }
        let variables = addressVariables.compactMap { Self.value($0, in: environment) }
        let named = (variables + [addresses[name]].compactMap(\.self)).map(server)
        guard let chosen = route.baseURL.map(server) ?? named.first ?? own else {
            throw ProviderError(
                description: "the address of \(title) is not known: "
                    + (addressVariables.first.map { "set \($0), or " } ?? "")
                    + "give the address of the server."
            )
        }
        let isUsual =
            chosen.origin == own?.origin || hosts.contains(where: chosen.matches)
            || runsHere && chosen.isThisMachine
        var access = ModelAccess(
            provider: name,
            model: model,
            server: chosen,
            isUsualServer: isUsual,
            key: nil,
            variable: keyVariables.first ?? ""
        )
        if let variable = route.keyVariable {
            access.variable = variable
            access.key = Secret(environment[variable])
            if access.key == nil {
                throw ProviderError(description: "\(variable) holds no key: set it.")
            }
            return access
        }
        let key = keyVariables.lazy.compactMap { Secret(environment[$0]) }.first
        // Whoever names the address where the key is, names it for the key.
        if isUsual || named.contains(where: { $0.origin == chosen.origin }) {
            access.key = key
        } else {
            access.withheld = withholding(key != nil, from: chosen, own)
        }
        return access
    }

    /// Whether a key is set that the provider answers to, and its address is known.
    func isReady(_ environment: [String: String]) -> Bool {
        let hasKey = keyVariables.contains { Secret(environment[$0]) != nil }
        let hasAddress =
            address != nil || addressVariables.contains { Self.value($0, in: environment) != nil }
        return hasKey && hasAddress
    }

    private func withholding(
        _ isSet: Bool,
        from server: ServerAddress,
        _ own: ServerAddress?
    ) -> String {
        let variable = keyVariables.first ?? "its key"
        let reason =
            isSet ? "\(variable) is \(title)'s and was not sent to \(server.host)" : "none is known"
        let other = addressVariables.first.map { ", or set \($0) to its address" } ?? ""
        return "\(reason); name a key for that server\(other)."
    }

    private static func value(_ variable: String, in environment: [String: String]) -> String? {
        let text = Secret.unwrapped(environment[variable] ?? "")
        return text.isEmpty ? nil : text
    }

    /// `address` with the values of the variables that stand in it; one that no host can be named
    /// with counts as not set.
    private static func filled(_ address: String, from environment: [String: String]) -> String {
        guard let match = address.firstMatch(of: /\{([A-Z_]+):([a-z0-9-]+)\}/) else {
            return address
        }
        let set = value(String(match.1), in: environment) ?? ""
        let isLabel =
            !set.isEmpty
            && set.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) || byte == 0x2D
            }
        return address.replacingCharacters(match.range, isLabel ? set : String(match.2))
    }
}

extension String {
    fileprivate func replacingCharacters(_ range: Range<Index>, _ text: String) -> String {
        self[..<range.lowerBound] + text + self[range.upperBound...]
    }
}
