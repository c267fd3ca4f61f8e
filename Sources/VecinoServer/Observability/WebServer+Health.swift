#if Server
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Operations
internal import Vecino

/// What a load balancer and a scraper ask a server.
extension WebServer {
    /// Tells that the process answers.
    static let livenessPath = "/healthz"
    /// Tells that the library can be read.
    static let readinessPath = "/readyz"

    /// Paths that tell nothing of the library, and are answered without a token.
    static let openPaths = [livenessPath, readinessPath]

    static func addHealth(_ served: ServedLibrary, to router: Routes) {
        router.get(RouterPath(livenessPath)) { _, _ in
            try response(.ok, ["status": "ok"] as JSONValue)
        }
        router.get(RouterPath(readinessPath)) { _, _ in
            do {
                try await served.checkReadiness()
                return try response(.ok, ["status": "ready"] as JSONValue)
            } catch {
                // Why is for who may read the library's status: here it would name paths and hosts.
                return try response(.serviceUnavailable, ["status": "not ready"] as JSONValue)
            }
        }
        router.get("/metrics") { _, _ in
            let counts = try await served.library.status()
            let text = served.metrics.text(
                documents: counts.documents,
                passages: counts.passages,
                version: served.version
            )
            return Response(
                status: .ok,
                headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text))
            )
        }
    }
}
#endif
