package import HTTPTransport

/// The models that a server offers.
package enum ModelList {
    /// Their names, in the server's own order; none if it does not say.
    package static func names(
        at address: String,
        key: (name: String, prefix: String, secret: Secret)? = nil,
        transport: Transport = .forLooking
    ) async -> [String] {
        let request = Transport.Request(address: address, key: key, body: nil)
        guard let bytes = try? await transport.send(request), let reply = JSONReply(bytes) else {
            return []
        }
        let list = reply["data"] ?? reply["models"] ?? reply
        return list.elements.compactMap { model in
            (model["id"] ?? model["name"] ?? model["model"])?.text ?? model.text
        }
    }
}
