internal import FoundationEssentials

/// The address of a model's server, made out of what a person wrote: with or without a scheme, a
/// slash at the end, or the endpoint that the provider's page shows.
package struct ServerAddress: Hashable, Sendable {
    /// Scheme, host and port in lower case, such as `https://api.openai.com` or
    /// `http://[::1]:8080`; what a person wrote if it is no address.
    package let origin: String
    /// Host and port as they were written.
    package let host: String
    /// What follows the host, such as `/v1`, without the endpoint and without a slash at its end.
    package private(set) var path: String
    /// The query with its question mark, as Azure's addresses have one, or nothing.
    package let query: String
    /// Whether the text was a web address at all; requests to others are refused when they are
    /// made.
    package let isValid: Bool

    /// Reads an address.
    ///
    /// - Parameters:
    ///   - text: What a person wrote. Without a scheme, hosts of the local network are asked over
    ///     http and others over https.
    ///   - endpoints: Ends of paths that name an endpoint and are left out, the longest first.
    ///   - versionPath: The path of an address that has none.
    package init(_ text: String, endpoints: [String] = [], versionPath: String = "") {
        var rest = Secret.unwrapped(text)[...]
        var scheme: String?
        if let mark = rest.ranges(of: "://").first {
            scheme = rest[..<mark.lowerBound].lowercased()
            rest = rest[mark.upperBound...]
        }
        let authority = rest.prefix { !"/?#".contains($0) }
        let hostOnly = Self.hostOnly(String(authority)).lowercased()
        let shown = scheme ?? (Address.isPrivate(hostOnly) ? "http" : "https")
        let whole = shown + "://" + authority
        // A name before the host (user@host) can make one host look like another, as can what a
        // parser takes for the end of a host.
        guard !authority.isEmpty, authority.allSatisfy(Self.isOfHost),
            shown == "http" || shown == "https", let url = URL(string: whole),
            url.host?.isEmpty == false
        else {
            (origin, host, path, query) = (text, String(authority), "", "")
            isValid = false
            return
        }
        let usualPort = shown == "http" ? ":80" : ":443"
        let lowered = whole.lowercased()
        origin = lowered.hasSuffix(usualPort) ? String(lowered.dropLast(usualPort.count)) : lowered
        host = String(authority)
        rest = rest[authority.endIndex...]
        let mark = rest.firstIndex { "?#".contains($0) } ?? rest.endIndex
        let tail = rest[mark...].prefix { $0 != "#" }
        query = tail.count > 1 ? String(tail) : ""
        let parts = rest[..<mark].split(separator: "/").map { "/" + $0 }
        path = Self.without(endpoints, parts.joined())
        isValid = true
        if path.isEmpty { path = versionPath }
    }

    /// The address of an endpoint, such as `/chat/completions`.
    package func appending(_ endpoint: String) -> String {
        guard isValid else { return origin }
        guard !query.isEmpty, let mark = endpoint.firstIndex(of: "?") else {
            return origin + path + endpoint + query
        }
        return origin + path + endpoint[..<mark] + query + "&"
            + endpoint[endpoint.index(after: mark)...]
    }

    /// The port that was named, or nil.
    package var port: Int? {
        guard let colon = origin.lastIndex(of: ":") else { return nil }
        return Int(origin[origin.index(after: colon)...])
    }

    /// Whether the server runs on this machine.
    package var isThisMachine: Bool {
        let name = Self.hostOnly(host).lowercased()
        return name == "localhost" || name == "::1" || name.hasPrefix("127.")
    }

    /// Whether `pattern` names this host: a host of https, where `*` stands for one label.
    package func matches(_ pattern: String) -> Bool {
        guard isValid, origin.hasPrefix("https://") else { return false }
        let labels = origin.dropFirst("https://".count).split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        let wanted = pattern.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count == wanted.count
            && zip(labels, wanted).allSatisfy { $1 == "*" ? !$0.isEmpty : $0 == $1 }
    }

    private static func isOfHost(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || ".-_:[]%".contains(character)
    }

    /// `host` of `host:port`, without the brackets of an IPv6 address.
    private static func hostOnly(_ authority: String) -> String {
        if authority.hasPrefix("[") {
            return String(authority.dropFirst().prefix { $0 != "]" })
        }
        return String(authority.prefix { $0 != ":" })
    }

    private static func without(_ endpoints: [String], _ path: String) -> String {
        var path = path
        for endpoint in endpoints where path.lowercased().hasSuffix(endpoint) {
            path.removeLast(endpoint.count)
        }
        return path
    }
}

extension ServerAddress {
    /// The address of an OpenAI-compatible server: up to and including its version.
    package static func openAI(_ text: String) -> ServerAddress {
        let endpoints = [
            "/chat/completions", "/completions", "/responses", "/embeddings", "/models", "/chat",
        ]
        return ServerAddress(text, endpoints: endpoints, versionPath: "/v1")
    }

    /// The address of a resource of Azure's: its host, or all of a deployment's address with its
    /// query.
    package static func azure(_ text: String) -> ServerAddress {
        var address = openAI(text)
        if ["/v1", "/openai"].contains(address.path) { address.path = "/openai/v1" }
        return address
    }

    /// The address of a server that speaks Anthropic's language, without `/v1`.
    package static func anthropic(_ text: String) -> ServerAddress {
        ServerAddress(text, endpoints: ["/messages", "/models", "/v1"])
    }

    /// The address of a server that speaks Gemini's language, without `/v1beta`.
    package static func gemini(_ text: String) -> ServerAddress {
        var address = ServerAddress(text)
        let parts = address.path.split(separator: "/", omittingEmptySubsequences: false)
        let kept = parts.prefix { !["v1", "v1beta", "v1alpha"].contains($0.lowercased()) }
        address.path = kept.joined(separator: "/")
        return address
    }

    /// The address that a value of `OLLAMA_HOST` means: a host, a port or both, with or without a
    /// scheme, or a whole address; without `/api`.
    ///
    /// As Ollama itself reads it, a port that is not named is 11434, but for a named scheme that
    /// scheme's own. A server that listens on every interface is reached on the loopback one.
    package static func ollama(_ text: String) -> ServerAddress {
        var text = Secret.unwrapped(text)
        var scheme = ""
        if let mark = text.ranges(of: "://").first {
            scheme = String(text[..<mark.upperBound])
            text = String(text[mark.upperBound...])
        }
        let authority = text.prefix { !"/?#".contains($0) }
        let rest = text[authority.endIndex...]
        var (host, port) = (String(authority), "")
        if host.hasPrefix("["), let end = host.lastIndex(of: "]") {
            port = String(host[end...].dropFirst())
            host = String(host[...end])
        } else if host.count(where: { $0 == ":" }) > 1 {
            host = "[\(host)]"
        } else if let colon = host.firstIndex(of: ":") {
            (host, port) = (String(host[..<colon]), String(host[colon...]))
        } else if !host.isEmpty, host.allSatisfy(\.isNumber) {
            (host, port) = ("", ":\(host)")
        }
        if host.isEmpty || host == "0.0.0.0" { host = "127.0.0.1" }
        if host == "[::]" { host = "[::1]" }
        if port == ":" { port = "" }
        if port.isEmpty, scheme.isEmpty { port = ":11434" }
        if scheme.isEmpty { scheme = "http://" }
        return ServerAddress(
            scheme + host + port + rest,
            endpoints: [
                "/chat/completions", "/embeddings", "/models", "/v1", "/chat", "/generate",
                "/embed",
                "/tags", "/api",
            ]
        )
    }
}
