#if Server
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import Operations

/// Counts every request, and writes a line of the access log for it.
struct RequestObservation: RouterMiddleware {
    typealias Context = BasicRequestContext

    let metrics: ServerMetrics
    /// What is told of each request; nil keeps no log.
    var log: AccessLog?

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        let clock = ContinuousClock()
        let start = clock.now
        metrics.began()
        var status = HTTPResponse.Status.internalServerError
        defer {
            // Paths that match no route are one route, “NotFound”: callers must not make up labels.
            let route = context.endpointPath ?? "NotFound"
            let seconds = (clock.now - start) / .seconds(1)
            metrics.ended(
                method: Self.label(of: request.method),
                route: route,
                status: status.code,
                seconds: seconds
            )
            log?.write(
                method: request.method.rawValue,
                route: route,
                status: status.code,
                seconds: seconds
            )
        }
        let response = try await next(request, context)
        status = response.status
        return response
    }

    /// A method's name; those that HTTP does not define are one.
    private static func label(of method: HTTPRequest.Method) -> String {
        switch method {
        case .get, .head, .post, .put, .delete, .patch, .options, .trace, .connect: method.rawValue
        default: "other"
        }
    }
}

/// One JSON object a line for each request: when, method, route, status, milliseconds.
///
/// A route is the pattern that matched. Queries, questions and addresses of callers are not written.
package struct AccessLog: Sendable {
    private let write: @Sendable (String) -> Void

    /// A log that hands each line to `write`.
    package init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    func write(method: String, route: String, status: Int, seconds: Double) {
        let line: JSONValue = [
            "time": .string(Date.now.formatted(.iso8601.time(includingFractionalSeconds: true))),
            "method": .string(String(method.prefix(16))), "route": .string(route),
            "status": .integer(Int64(status)),
            "milliseconds": .number((seconds * 100_000).rounded() / 100),
        ]
        guard let data = try? ServedJSON.encode(line) else { return }
        write(String(decoding: data, as: UTF8.self))
    }
}
#endif
