/// A model behind HTTP: who provides it, where it is asked, and with what key.
package struct ModelAccess: Sendable {
    /// The provider's short name, which a model's full name begins with: `openai`.
    package var provider: String
    /// The model, by the name that the server knows it by.
    package var model: String
    /// The server.
    package var server: ServerAddress
    /// Whether `server` is where the provider's models are to be expected, so that the address need
    /// not be said.
    package var isUsualServer: Bool
    /// The key that goes to `server`, if there is one.
    package var key: Secret?
    /// The environment variable that the key comes from, for errors.
    package var variable: String
    /// Why a key that is there does not go to `server`, and how to have it go.
    package var withheld: String?

    /// Describes a model and the way to it.
    package init(
        provider: String,
        model: String,
        server: ServerAddress,
        isUsualServer: Bool,
        key: Secret?,
        variable: String,
        withheld: String? = nil
    ) {
        self.provider = provider
        self.model = model
        self.server = server
        self.isUsualServer = isUsualServer
        self.key = key
        self.variable = variable
        self.withheld = withheld
    }

    /// Provider and model, with `@HOST` for another server than the usual one.
    package var name: String {
        if isUsualServer { return "\(provider):\(model)" }
        // llama.cpp names a model by the path of its file.
        let shown = model.first == "/" ? model.split(separator: "/").last.map(String.init) : nil
        return "\(provider):\(shown ?? model)@\(server.host)"
    }

    /// What is said when the server asks for a key and none was sent.
    package var keyAdvice: String {
        withheld ?? "set \(variable) in the environment."
    }
}

extension ModelAccess {
    /// A request to the model's server, with its key.
    ///
    /// - Parameters:
    ///   - path: What follows the server's address.
    ///   - headers: Headers beside the key's.
    ///   - keyHeader: The header that carries the key, and what precedes the key in it.
    ///   - body: The body.
    /// - Returns: The request.
    package func request(
        _ path: String,
        headers: [(name: String, value: String)] = [],
        keyHeader: (name: String, prefix: String) = ("Authorization", "Bearer "),
        body: RequestJSON
    ) -> Transport.Request {
        Transport.Request(
            address: server.appending(path),
            headers: headers,
            key: key.map { (keyHeader.name, keyHeader.prefix, $0) },
            body: body.encoded
        )
    }

    /// The same with the model's name as Google has it in a path; nil for what is no name there.
    package var withGoogleName: ModelAccess? {
        var access = self
        if model.hasPrefix("models/") { access.model.removeFirst(7) }
        // A name with other characters could change the path.
        let allowed = Set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._".utf8)
        let isName = !access.model.isEmpty && access.model.utf8.allSatisfy(allowed.contains)
        return isName ? access : nil
    }

    /// The header that carries Google's keys.
    package static let googleKeyHeader = (name: "x-goog-api-key", prefix: "")
}
