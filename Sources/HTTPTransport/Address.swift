internal import FoundationEssentials

/// Where a request goes: checked, and shown in errors without anything secret.
struct Address {
    /// Scheme, host and port.
    let shown: String

    /// Checks a request's address.
    ///
    /// - Throws: `TransportError.badAddress`; `.unencryptedKey` for a key over plain HTTP to a
    ///   host that is neither this machine nor on a private network.
    init(_ request: Transport.Request) throws(TransportError) {
        guard let url = URL(string: request.address), let scheme = url.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = url.host, !host.isEmpty,
            url.user == nil
        else { throw .badAddress(String(request.address.prefix(200))) }
        let literal = host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host
        shown = "\(scheme)://\(literal)" + (url.port.map { ":\($0)" } ?? "")
        if request.key != nil, scheme == "http", !Self.isPrivate(host.lowercased()) {
            throw .unencryptedKey(address: shown)
        }
    }

    /// Whether `host` is this machine, or named or numbered like one of the local network.
    static func isPrivate(_ host: String) -> Bool {
        let host = host.trimmingCharacters(["[", "]"])
        if host == "localhost" || host == "::1" || host.hasSuffix(".local") { return true }
        if host.hasPrefix("fe80:") || host.hasPrefix("fd") && host.contains(":") { return true }
        if !host.contains("."), !host.contains(":") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
            .compactMap { UInt8($0) }
        guard parts.count == 4, host.split(separator: ".").count == 4 else { return false }
        return parts[0] == 127 || parts[0] == 10 || (parts[0] == 192 && parts[1] == 168)
            || (parts[0] == 172 && (16...31).contains(parts[1]))
            || (parts[0] == 169 && parts[1] == 254)
    }
}

extension String {
    fileprivate func trimmingCharacters(_ set: Set<Character>) -> String {
        var text = self[...]
        while let first = text.first, set.contains(first) { text.removeFirst() }
        while let last = text.last, set.contains(last) { text.removeLast() }
        return String(text)
    }
}

/// An address without the slashes at its end.
package func trimmedBase(_ address: String) -> String {
    var base = address[...]
    while base.last == "/" { base.removeLast() }
    return String(base)
}
