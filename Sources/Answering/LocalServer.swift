internal import Foundation
package import HTTPTransport

/// A server of language models that already runs on this machine.
public struct LocalServer: Hashable, Sendable {
    /// The program that listens at that port unless it is told otherwise.
    public let name: String
    /// Where it listens, up to and including `/v1`.
    public let baseURL: String
    /// The models that it offers, in its own order.
    public let models: [String]

    /// Whether it is Ollama, which has an interface of its own.
    public var isOllama: Bool { name == Self.usual[0].name }

    /// Where servers listen unless they are told otherwise, those that keep many models first.
    public static let usual = [
        (name: "Ollama", port: 11434), (name: "LM Studio", port: 1234),
        (name: "llama.cpp", port: 8080), (name: "vLLM", port: 8000), (name: "Jan", port: 1337),
    ]

    /// Returns the first of the usual servers that answers on the loopback interface, or nil.
    ///
    /// Nothing leaves the machine, and no key is sent.
    public static func find() async -> LocalServer? {
        var policy = Transport.Policy()
        policy.connectMilliseconds = 500
        policy.idleMilliseconds = 3_000
        policy.attempts = 1
        policy.replyLimit = 1 << 20
        return await find(among: usual, transport: Transport(policy: policy))
    }

    /// Returns the first of `candidates` that lists a model.
    package static func find(
        among candidates: [(name: String, port: Int)],
        transport: Transport
    ) async -> LocalServer? {
        for (name, port) in candidates {
            let base = "http://127.0.0.1:\(port)/v1"
            let request = Transport.Request(address: base + "/models", body: nil)
            guard let bytes = try? await transport.send(request),
                let list = try? JSONDecoder().decode(ModelList.self, from: Data(bytes)),
                !list.data.isEmpty
            else { continue }
            return LocalServer(name: name, baseURL: base, models: list.data.map(\.id))
        }
        return nil
    }

    private struct ModelList: Decodable {
        struct Model: Decodable { let id: String }
        let data: [Model]
    }
}
