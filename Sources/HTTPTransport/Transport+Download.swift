internal import FoundationEssentials

extension Transport {
    /// What a download hands to the one who keeps it.
    package enum DownloadEvent {
        /// Bytes follow that begin at `offset`; what was kept from there on is void.
        ///
        /// `header` gives a header of the reply, or of the first of the replies that led to it.
        case begins(offset: Int64, header: (String) -> String?)
        /// The next bytes.
        case bytes([UInt8])
    }

    /// Gets what is at an address, however large, and hands it on piece by piece.
    ///
    /// Redirects are followed, five at most, never from https to http, and the key goes to no other
    /// origin than the first. A connection that breaks off is taken up where it broke (`Range`), as
    /// often as it brings anything and `Policy.attempts` times when it does not.
    ///
    /// - Parameters:
    ///   - request: what to get; a body is not sent.
    ///   - offset: how many bytes are there from an earlier time.
    ///   - count: the bytes of the whole, if they are known: fewer are a broken connection, more an
    ///     error.
    ///   - limit: the most that is taken if `count` is not known.
    ///   - receive: gets `begins`, then `bytes`; `begins` again after each break.
    /// - Throws: `TransportError`, `CancellationError`, or what `receive` throws.
    package func download(
        _ request: Request,
        from offset: Int64 = 0,
        count: Int64?,
        limit: Int64,
        _ receive: (DownloadEvent) throws -> Void
    ) async throws {
        var received = offset
        var failures = 0
        var pause = policy.firstWaitMilliseconds
        while true {
            let before = received
            do {
                try await transfer(request, &received, count, limit, receive)
                return
            } catch let error as TransportError {
                // A connection that brought something was no failure of the server.
                if received > before {
                    failures = 0
                    pause = policy.firstWaitMilliseconds
                }
                failures += 1
                var delay = retryDelay(after: error, pause)
                if case .timedOut = error, received > offset { delay = pause }
                guard failures < max(policy.attempts, 1), let delay else { throw error }
                try await wait(.milliseconds(delay + Int64.random(in: 0...max(pause / 4, 1))))
                pause *= 2
            }
        }
    }

    /// Gets what is at an address into memory, following redirects as `download` does.
    package func fetch(_ request: Request, limit: Int64) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        try await download(request, count: nil, limit: limit) { event in
            switch event {
            case .begins(let offset, _): bytes.removeSubrange(Int(offset)...)
            case .bytes(let more): bytes += more
            }
        }
        return bytes
    }

    /// One attempt: `received` counts on as bytes come.
    private func transfer(
        _ request: Request,
        _ received: inout Int64,
        _ count: Int64?,
        _ limit: Int64,
        _ receive: (DownloadEvent) throws -> Void
    ) async throws {
        let (response, address, headers) = try await follow(request, from: received)
        if response.status == 206 {
            let range = response.fields.first("Content-Range") ?? ""
            guard range.hasPrefix("bytes \(received)-") else {
                throw TransportError.malformed("asked for bytes from \(received), got “\(range)”")
            }
        } else {
            received = 0
        }
        try receive(.begins(offset: received) { name in headers.first(name) })
        while let chunk = try await response.body.next() {
            try Task.checkCancellation()
            received += Int64(chunk.count)
            guard received <= count ?? limit else {
                throw TransportError.tooLarge(address: address.shown, limit: Int(count ?? limit))
            }
            try receive(.bytes(chunk))
        }
        if let count, received < count {
            throw TransportError.interrupted(address: address.shown)
        }
    }

    /// Sends a GET for the bytes from `offset` on and follows where it leads.
    private func follow(
        _ request: Request,
        from offset: Int64
    ) async throws -> (HTTPReply, Address, HTTPFields) {
        var request = request
        var headers = HTTPFields()
        var offset = offset
        var hops = 0
        while true {
            let address = try Address(request)
            var message = HTTPMessage(address: request.address)
            request.addFields(to: &message)
            // A sum is of the bytes themselves.
            message.fields.replace("Accept-Encoding", "identity")
            if offset > 0 { message.fields.add("Range", "bytes=\(offset)-") }
            let response = try await Network.execute(message, policy, address)
            for field in response.fields.all where headers.first(field.name) == nil {
                headers.add(field.name, field.value)
            }
            switch response.status {
            case 200..<300:
                return (response, address, headers)
            case 301, 302, 303, 307, 308:
                let target = response.fields.first("Location") ?? ""
                hops += 1
                guard hops <= 5, let next = Self.redirect(request, to: target) else {
                    throw TransportError.redirected(
                        address: address.shown,
                        to: Self.withoutQuery(target)
                    )
                }
                request = next
            case 416 where offset > 0:
                // What is there is not the beginning of what the server has.
                offset = 0
            default:
                throw await Self.failure(response, address)
            }
        }
    }

    /// `request` for another address, without its key if that is of another origin; nil for an
    /// address that must not be followed.
    static func redirect(_ request: Request, to target: String) -> Request? {
        guard let old = URL(string: request.address), !target.isEmpty,
            let new = URL(string: target, relativeTo: old)?.absoluteURL,
            let scheme = new.scheme?.lowercased(), scheme == "https" || scheme == "http",
            old.scheme?.lowercased() == "http" || scheme == "https"
        else { return nil }
        var next = request
        next.address = new.absoluteString
        let isSame =
            old.scheme?.lowercased() == scheme && old.port == new.port
            && old.host?.lowercased() == new.host?.lowercased()
        if !isSame { next.key = nil }
        return next
    }
}
