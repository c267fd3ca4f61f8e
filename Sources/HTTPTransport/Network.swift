internal import AsyncHTTPClient
internal import NIOCore
internal import Synchronization

/// The one way from this process to any address: every request of every provider goes through
/// `execute`.
package enum Network {
    private static let forbidden = Atomic(false)

    /// Whether the network was forbidden.
    package static var isForbidden: Bool { forbidden.load(ordering: .sequentiallyConsistent) }

    /// Forbids the network for the rest of this process; nothing allows it again.
    ///
    /// From then on every request ends with `TransportError.offline` before a name is looked up or
    /// a connection made, those to this machine included.
    package static func forbid() { forbidden.store(true, ordering: .sequentiallyConsistent) }

    /// Sends `message` and returns the reply once its head is there.
    ///
    /// - Throws: `TransportError` or `CancellationError`.
    static func execute(
        _ message: HTTPClientRequest,
        _ policy: Transport.Policy,
        _ address: Address
    ) async throws -> HTTPClientResponse {
        guard !isForbidden else { throw TransportError.offline(address: address.shown) }
        let patience = policy.connectMilliseconds + policy.idleMilliseconds
        do {
            return try await client(for: policy).execute(message, timeout: .milliseconds(patience))
        } catch { throw address.explain(error) }
    }

    /// The HTTP clients, one for each policy, kept for good: connections are reused.
    private static let clients = Mutex<[Transport.Policy: HTTPClient]>([:])

    private static func client(for policy: Transport.Policy) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[policy] { return client }
            var configuration = HTTPClient.Configuration()
            configuration.redirectConfiguration = .disallow
            configuration.timeout.connect = .milliseconds(policy.connectMilliseconds)
            configuration.timeout.read = .milliseconds(policy.idleMilliseconds)
            configuration.httpVersion = .http1Only
            // A server that is not there should be reported at once.
            configuration.connectionPool.retryConnectionEstablishment = false
            let client = HTTPClient(
                eventLoopGroupProvider: .singleton,
                configuration: configuration
            )
            clients[policy] = client
            return client
        }
    }
}
