/// Why a request over HTTP did not succeed.
///
/// Providers turn these into their own errors.
package enum TransportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not an address of the form `http://HOST:PORT/PATH` or `https://…`.
    case badAddress(String)
    /// The key would travel unencrypted to a host beyond the local network.
    case unencryptedKey(address: String)
    /// This process is not to use the network.
    case offline(address: String)
    /// This program was built without an HTTP client.
    case notBuilt(address: String)
    /// Nothing listens at the address.
    case refused(address: String)
    /// The host is unknown or out of reach.
    case unreachable(address: String, reason: String)
    /// No connection, or no byte for so long.
    case timedOut(address: String)
    /// The server answered with another address. Keys are not sent on.
    case redirected(address: String, to: String)
    /// An HTTP status other than success, with the beginning of the body; also an error that a
    /// server reports in a reply of success, with the status that it names, or 200.
    case status(Int, body: String, retryAfter: Int?)
    /// The connection broke before the reply was whole.
    case interrupted(address: String)
    /// The reply has more bytes than any honest one.
    case tooLarge(address: String, limit: Int)
    /// The reply is not what HTTP or the event stream allows.
    case malformed(String)

    /// What happened, and what to do about it.
    package var description: String {
        switch self {
        case .badAddress(let text):
            "“\(text)” is not a web address: write it as http://127.0.0.1:8080/v1."
        case .unencryptedKey(let address):
            "the key would be sent unencrypted to \(address): use an https:// address."
        case .offline(let address):
            """
            nothing was sent to \(address), because the network is forbidden: allow it, or do without \
            (an installed model, or none).
            """
        case .notBuilt(let address):
            """
            nothing was sent to \(address), because this program was built without the network: build \
            it with `swift build -c release --product vecino`.
            """
        case .refused(let address):
            "nothing answers at \(address): start the server, or correct the address."
        case .unreachable(let address, let reason):
            "\(address) cannot be reached (\(reason)): check the address and the network."
        case .timedOut(let address):
            "\(address) took too long: try again, or use a faster model."
        case .redirected(let address, let target):
            """
            \(address) redirects to \(target), which is not followed with a key: give the final \
            address.
            """
        case .status(200..<300, let body, _):
            "the server reported an error\(Self.parenthesis(body)): try again, or use another model."
        case .status(let code, let body, let retryAfter):
            "the server answered \(code)\(Self.parenthesis(body))\(Self.advice(code, retryAfter))"
        case .interrupted(let address):
            "the connection to \(address) broke off: try again."
        case .tooLarge(let address, let limit):
            "\(address) sent more than \(limit) bytes: check that it is the right server."
        case .malformed(let reason):
            "the reply is not readable (\(reason)): check that it is the right server."
        }
    }

    private static func parenthesis(_ body: String) -> String {
        body.isEmpty ? "" : " (\(body))"
    }

    private static func advice(_ code: Int, _ retryAfter: Int?) -> String {
        if let retryAfter { return ": try again in \(retryAfter) s." }
        return switch code {
        case 401, 403: ": check the key."
        case 402: ": check the account."
        case 404: ": check the address and the model's name."
        case 429, 500...: ": try again later."
        default: "."
        }
    }
}
