internal import HTTPTransport

extension ProcessEnvironment {
    /// Whether this process was told to leave the network alone.
    public static var isOffline: Bool { Network.isForbidden }

    /// Leaves the network alone for the rest of this process.
    ///
    /// What would connect to any address, this machine's included, throws instead. It cannot be taken back.
    public static func stayOffline() { Network.forbid() }
}
