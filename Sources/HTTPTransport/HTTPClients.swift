#if Network
internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
internal import Synchronization

/// The HTTP clients of this process, one for each policy, kept for good: connections are reused.
enum HTTPClients {
    private static let clients = Mutex<[Transport.Policy: HTTPClient]>([:])

    /// Sends `message` and returns the reply once its head is there.
    ///
    /// - Throws: `TransportError` or `CancellationError`.
    static func execute(
        _ message: HTTPMessage,
        _ policy: Transport.Policy,
        _ address: Address
    ) async throws -> HTTPReply {
        var request = HTTPClientRequest(url: message.address)
        if let body = message.body {
            request.method = .POST
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        for field in message.fields.all {
            request.headers.add(name: field.name, value: field.value)
        }
        let timeout = policy.connectMilliseconds + policy.idleMilliseconds
        do {
            let response = try await client(for: policy, address)
                .execute(request, timeout: .milliseconds(timeout))
            var fields = HTTPFields()
            for (name, value) in response.headers { fields.add(name, value) }
            var iterator = response.body.makeAsyncIterator()
            let body = HTTPBody {
                do {
                    return try await iterator.next().map { Array($0.readableBytesView) }
                } catch { throw address.explain(error) }
            }
            return HTTPReply(status: Int(response.status.code), fields: fields, body: body)
        } catch { throw address.explain(error) }
    }

    private static func client(
        for policy: Transport.Policy,
        _ address: Address
    ) throws(TransportError) -> HTTPClient {
        try clients.withLock { clients throws(TransportError) in
            if let client = clients[policy] { return client }
            guard !clients.isEmpty || hasDescriptors else {
                throw .unreachable(address: address.shown, reason: "too many open files")
            }
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

    /// Whether there are descriptors for the threads that wait for the network, which end the program
    /// if there are none, and for a connection.
    private static var hasDescriptors: Bool {
        var taken: [Int32] = []
        defer { for descriptor in taken { close(descriptor) } }
        // Each thread has three, each connection one or two beside what looks up the name.
        for _ in 0..<(3 * NIOSingletons.groupLoopCountSuggestion + 8) {
            let descriptor = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
            guard descriptor >= 0 else { return false }
            taken.append(descriptor)
        }
        return true
    }
}

extension Address {
    /// Puts an error of the HTTP client into our own words.
    func explain(_ error: any Error) -> any Error {
        switch error {
        case is CancellationError:
            return error
        case let error as TransportError:
            return error
        case let error as HTTPClientError:
            return explain(error)
        case let error as NIOConnectionError:
            if error.dnsAError != nil, error.dnsAAAAError != nil {
                return TransportError.unreachable(address: shown, reason: "unknown host")
            }
            let codes = error.connectionErrors.compactMap { ($0.error as? IOError)?.errnoCode }
            if codes.contains(connectionRefused) { return TransportError.refused(address: shown) }
            return TransportError.unreachable(address: shown, reason: "no connection")
        case let error as IOError where error.errnoCode == connectionRefused:
            return TransportError.refused(address: shown)
        case is IOError:
            return TransportError.interrupted(address: shown)
        case is HTTPParserError:
            return TransportError.interrupted(address: shown)
        case is ChannelError:
            // A connection kept for reuse that the server closed while nobody looked.
            return TransportError.interrupted(address: shown)
        default:
            // TLS errors and the like: their own words, on one line, are the best there are.
            let words = String(describing: error).split(whereSeparator: \.isWhitespace)
            return TransportError.unreachable(
                address: shown,
                reason: String(words.joined(separator: " ").prefix(200))
            )
        }
    }

    private func explain(_ error: HTTPClientError) -> any Error {
        switch error {
        case .cancelled:
            CancellationError()
        case .connectTimeout, .readTimeout, .deadlineExceeded, .tlsHandshakeTimeout,
            .getConnectionFromPoolTimeout, .writeTimeout:
            TransportError.timedOut(address: shown)
        case .remoteConnectionClosed, .uncleanShutdown:
            TransportError.interrupted(address: shown)
        default:
            TransportError.malformed(String(describing: error))
        }
    }
}

/// Linux's ECONNREFUSED.
private let connectionRefused: CInt = 111
#endif
