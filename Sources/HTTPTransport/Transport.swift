/// Sends requests to the providers and reads their replies: time-outs, retries, limits, and no
/// redirect, so that a key reaches only the address that it was meant for.
package struct Transport: Sendable {
    /// How long to wait, and how often to try.
    package struct Policy: Hashable, Sendable {
        /// Milliseconds to wait for a connection.
        package var connectMilliseconds: Int64 = 10_000
        /// Milliseconds without a byte after which a reply is given up.
        ///
        /// A local model on a slow machine may read its prompt for minutes before it says a word.
        package var idleMilliseconds: Int64 = 300_000
        /// Requests sent in all before giving up on 429, 5xx and broken connections.
        package var attempts = 4
        /// Milliseconds to wait before the first retry; each further wait is twice as long.
        package var firstWaitMilliseconds: Int64 = 500
        /// Seconds of `Retry-After` that are waited for; a longer one is reported instead.
        package var longestWaitSeconds = 60
        /// Bytes of the longest reply that is read.
        package var replyLimit = 64 << 20

        /// The default policy.
        package init() {}
    }

    /// A request: a POST of JSON, or, without a body, a GET.
    package struct Request: Sendable {
        /// Where to.
        package var address: String
        /// Headers beside `Content-Type`.
        package var headers: [(name: String, value: String)]
        /// The header that carries the key: its name, what precedes the key, the key.
        package var key: (name: String, prefix: String, secret: Secret)?
        /// The body, or nil to get.
        package var body: [UInt8]?

        /// Describes a request.
        package init(
            address: String,
            headers: [(name: String, value: String)] = [],
            key: (name: String, prefix: String, secret: Secret)? = nil,
            body: [UInt8]?
        ) {
            self.address = address
            self.headers = headers
            self.key = key
            self.body = body
        }

        /// Adds the headers and the key.
        func addFields(to message: inout HTTPMessage) {
            for header in headers { message.fields.add(header.name, header.value) }
            if let key { message.fields.add(key.name, key.prefix + key.secret.value) }
        }
    }

    private(set) var policy: Policy
    private let isFinal: @Sendable (Int, String) -> Bool
    let wait: @Sendable (Duration) async throws -> Void

    /// Makes a transport.
    ///
    /// - Parameters:
    ///   - policy: How long to wait, and how often to try.
    ///   - isFinal: Whether a status and body that would be retried will not get better: a quota
    ///     that is used up, for example.
    ///   - wait: How to wait between attempts.
    package init(
        policy: Policy = Policy(),
        isFinal: @escaping @Sendable (_ status: Int, _ body: String) -> Bool = { _, _ in false },
        wait: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.policy = policy
        self.isFinal = isFinal
        self.wait = wait
    }

    /// The same transport that gives up after so many attempts.
    package func trying(_ attempts: Int) -> Transport {
        var copy = self
        copy.policy.attempts = attempts
        return copy
    }

    /// Sends `request` and returns the body of the reply.
    ///
    /// - Throws: `TransportError` or `CancellationError`.
    package func send(_ request: Request) async throws -> [UInt8] {
        let address = try Address(request)
        return try await retrying { () async throws -> [UInt8] in
            let response = try await open(request, address)
            return try await response.body.collect(upTo: policy.replyLimit, from: address)
        }
    }

    /// Sends `request` and hands each message of the reply to `body` as it comes: the data of
    /// server-sent events, or JSON objects, whichever the server sends.
    ///
    /// Ends with the reply, or when `body` returns false. Nothing is retried once `body` was
    /// called.
    ///
    /// - Throws: `TransportError`, `CancellationError`, or what `body` throws.
    package func messages(
        _ request: Request,
        _ body: (String) throws -> Bool
    ) async throws {
        let address = try Address(request)
        let response = try await retrying { () async throws -> HTTPReply in
            try await open(request, address)
        }
        var parser = MessageParser()
        var total = 0
        while let chunk = try await response.body.next() {
            total += chunk.count
            guard total <= policy.replyLimit else {
                throw TransportError.tooLarge(address: address.shown, limit: policy.replyLimit)
            }
            for event in try parser.append(chunk) where try !body(event) {
                return
            }
        }
        if let event = try parser.finish() { _ = try body(event) }
    }

    /// Sends `request` once and returns the reply once its head says success.
    private func open(_ request: Request, _ address: Address) async throws -> HTTPReply {
        var message = HTTPMessage(address: request.address, body: request.body)
        if request.body != nil { message.fields.add("Content-Type", "application/json") }
        request.addFields(to: &message)
        let response = try await Network.execute(message, policy, address)
        switch response.status {
        case 200..<300:
            return response
        case 300..<400:
            let target = response.fields.first("Location") ?? "another address"
            throw TransportError.redirected(address: address.shown, to: Self.withoutQuery(target))
        default:
            // The reason is at the beginning; a page without end must not hold us up.
            throw await Self.failure(response, address)
        }
    }

    /// What a reply other than success says.
    static func failure(_ response: HTTPReply, _ address: Address) async -> TransportError {
        let bytes = (try? await response.body.collect(upTo: 65_536, from: address)) ?? []
        return .status(
            response.status,
            body: excerpt(bytes),
            retryAfter: RetryAfter.seconds(response.fields.first("Retry-After"))
        )
    }

    private func retrying<T>(_ attempt: () async throws -> T) async throws -> T {
        var pause = policy.firstWaitMilliseconds
        for _ in 1..<max(policy.attempts, 1) {
            do { return try await attempt() } catch let error as TransportError {
                guard var milliseconds = retryDelay(after: error, pause) else { throw error }
                // Many clients that were turned away at once should not come back at once.
                milliseconds += Int64.random(in: 0...max(pause / 4, 1))
                try await wait(.milliseconds(milliseconds))
                pause *= 2
            }
        }
        return try await attempt()
    }

    /// The milliseconds to wait before another attempt, or nil if none would help.
    func retryDelay(after error: TransportError, _ pause: Int64) -> Int64? {
        switch error {
        case .interrupted:
            return pause
        case .status(let code, let body, let retryAfter):
            guard [408, 429, 500, 502, 503, 504, 529].contains(code), !isFinal(code, body) else {
                return nil
            }
            guard let retryAfter else { return pause }
            return retryAfter <= policy.longestWaitSeconds ? Int64(retryAfter) * 1000 : nil
        default:
            return nil
        }
    }

    /// The beginning of an error's body on one line.
    static func excerpt(_ bytes: [UInt8]) -> String {
        String(decoding: bytes.prefix(4096), as: UTF8.self)
    }

    static func withoutQuery(_ address: String) -> String {
        String(address.prefix { $0 != "?" && $0 != "#" })
    }
}
