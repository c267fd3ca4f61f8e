#if Server
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Synchronization
import Testing

@testable import Operations
@testable import VecinoServer

/// What a load balancer, a scraper and a reader of logs are told.
@Suite struct ObservabilityTests {
    /// Sends requests to one server, one after the other, and returns status and body of each.
    private static func replies(
        to uris: [String],
        access: WebServer.Access = .thisMachine,
        log: AccessLog? = nil
    ) async throws -> [(status: Int, body: String)] {
        let served = try await SampleLibrary.served()
        let router = WebServer.router(served, access: access, accessLog: log)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let application = Application(responder: router.buildResponder(), logger: logger)
        return try await application.test(.router) { client in
            var replies: [(Int, String)] = []
            for uri in uris {
                replies.append(
                    try await client.execute(uri: uri, method: .get) {
                        ($0.status.code, String(buffer: $0.body))
                    }
                )
            }
            return replies
        }
    }

    @Test func aServerSaysThatItIsAliveAndReady() async throws {
        let replies = try await Self.replies(to: ["/healthz", "/readyz"])
        #expect(replies.map(\.status) == [200, 200])
        #expect(replies[0].body == #"{"status":"ok"}"#)
        #expect(replies[1].body == #"{"status":"ready"}"#)
    }

    /// A load balancer has no token; a scraper needs one, because counts tell something of the library.
    @Test func healthNeedsNoTokenAndMetricsDo() async throws {
        let replies = try await Self.replies(
            to: ["/healthz", "/readyz", "/metrics", "/api/v1/status"],
            access: .tokens { _ in nil }
        )
        #expect(replies.map(\.status) == [200, 200, 401, 401])
    }

    @Test func metricsCountRequestsByRouteAndStatus() async throws {
        let replies = try await Self.replies(
            to: [
                "/api/v1/search?query=placas", "/api/v1/search?query=lathe",
                "/api/v1/search?query=placas&limit=none", "/no/such/thing", "/nor/this", "/metrics",
            ]
        )
        let lines = replies[5].body.split(separator: "\n")
        func value(_ sample: String) -> String? {
            lines.first { $0.hasPrefix(sample + " ") }?.split(separator: " ").last.map(String.init)
        }
        let total = "vecino_http_requests_total"
        #expect(value(total + #"{method="GET",route="/api/v1/search",status="200"}"#) == "2")
        #expect(value(total + #"{method="GET",route="/api/v1/search",status="400"}"#) == "1")
        #expect(value(total + #"{method="GET",route="NotFound",status="404"}"#) == "2")
        #expect(value("vecino_documents") == "3")
        #expect(value("vecino_passages") == "4")
        #expect(value("vecino_http_requests_in_flight") == "1")
        #expect(value(#"vecino_search_stage_duration_seconds_count{stage="keyword"}"#) == "2")
        let bucket =
            #"vecino_http_request_duration_seconds_bucket{le="+Inf",route="/api/v1/search"}"#
        #expect(value(bucket) == "3")
        #expect(!replies[5].body.contains("placas") && !replies[5].body.contains("such"))
    }

    /// Every line of the format is a comment, or a name, labels and a number.
    @Test func metricsAreInPrometheusFormat() async throws {
        let replies = try await Self.replies(to: ["/api/v1/status", "/metrics"])
        let sample = /[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.e+-]+/
        for line in replies[1].body.split(separator: "\n") {
            #expect(
                line.hasPrefix("# HELP ") || line.hasPrefix("# TYPE ")
                    || line.wholeMatch(of: sample) != nil
            )
        }
        #expect(replies[1].body.hasSuffix("\n"))
    }

    @Test func bucketsOfAHistogramAreCumulative() {
        var histogram = DurationBuckets()
        for seconds in [0.000_5, 0.001, 0.003, 0.07, 100] { histogram.add(seconds) }
        #expect(histogram.counts.prefix(3) == [2, 2, 3])
        #expect(histogram.counts.last == 4 && histogram.total == 5)
        #expect(abs(histogram.sum - 100.074_5) < 1e-9)
    }

    @Test func theAccessLogTellsNothingOfWhatWasAsked() async throws {
        let lines = Mutex<[String]>([])
        _ = try await Self.replies(
            to: ["/api/v1/search?query=secreto", "/secreto"],
            log: AccessLog { line in lines.withLock { $0.append(line) } }
        )
        let written = lines.withLock { $0 }
        #expect(written.count == 2 && !written.joined().contains("secreto"))
        let first = try ServedJSON.decode(written[0])
        #expect(first["route"] == "/api/v1/search" && first["status"] == 200)
        #expect(first["method"] == "GET" && first["time"]?.string != nil)
        #expect(try ServedJSON.decode(written[1])["status"] == 404)
    }
}
#endif
