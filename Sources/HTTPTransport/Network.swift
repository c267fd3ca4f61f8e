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
        _ message: HTTPMessage,
        _ policy: Transport.Policy,
        _ address: Address
    ) async throws -> HTTPReply {
        guard !isForbidden else { throw TransportError.offline(address: address.shown) }
        #if Network
        return try await HTTPClients.execute(message, policy, address)
        #else
        throw TransportError.notBuilt(address: address.shown)
        #endif
    }
}
