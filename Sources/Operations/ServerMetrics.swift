internal import Foundation
internal import Retrieval
internal import Synchronization

/// What a server has done since it started, in the text format of Prometheus.
///
/// Counters are of this process only: a scraper adds those of several servers. Labels come from the routes'
/// patterns and never from what a caller wrote, so that their number is bounded and no query is kept.
package final class ServerMetrics: Sendable {
    private let state = Mutex(State())

    package init() {}

    private struct State {
        var requests: [Request: Int] = [:]
        var durations: [String: DurationBuckets] = [:]
        var stages: [String: DurationBuckets] = [:]
        var inFlight = 0
    }

    private struct Request: Hashable {
        let method: String
        let route: String
        let status: Int
    }

    /// Counts a request that begins.
    package func began() { state.withLock { $0.inFlight += 1 } }

    /// Counts a request that ended, under the pattern that matched, such as `/api/v1/search`; `seconds` are from the
    /// request's head to its reply's head.
    package func ended(method: String, route: String, status: Int, seconds: Double) {
        state.withLock {
            $0.inFlight -= 1
            $0.requests[Request(method: method, route: route, status: status), default: 0] += 1
            $0.durations[route, default: DurationBuckets()].add(seconds)
        }
    }

    /// Counts what the stages of a search took.
    func searched(_ timings: SearchTimings) {
        state.withLock {
            for stage in timings.stages {
                $0.stages[stage.name, default: DurationBuckets()].add(stage.milliseconds / 1_000)
            }
        }
    }

    /// The metrics, with gauges of the library and of this process.
    ///
    /// - Complexity: O(routes and statuses seen); reads `/proc` where there is one.
    package func text(documents: Int, passages: Int, version: String) -> String {
        let state = state.withLock { $0 }
        var page = MetricsPage()
        page.family("vecino_build_info", .gauge, "The program's version.")
        page.sample("vecino_build_info", ["version": version], 1)
        page.family("vecino_documents", .gauge, "Documents in the library.")
        page.sample("vecino_documents", [:], Double(documents))
        page.family("vecino_passages", .gauge, "Passages in the library.")
        page.sample("vecino_passages", [:], Double(passages))
        page.family("vecino_http_requests_in_flight", .gauge, "Requests that are being answered.")
        page.sample("vecino_http_requests_in_flight", [:], Double(state.inFlight))
        page.family("vecino_http_requests_total", .counter, "Requests by route and status.")
        for (request, count) in state.requests.sorted(by: { Self.order($0.key, $1.key) }) {
            let labels = [
                "method": request.method, "route": request.route, "status": String(request.status),
            ]
            page.sample("vecino_http_requests_total", labels, Double(count))
        }
        page.family(
            "vecino_http_request_duration_seconds",
            .histogram,
            "From the head of a request to the head of its reply."
        )
        for (route, histogram) in state.durations.sorted(by: { $0.key < $1.key }) {
            page.histogram(
                "vecino_http_request_duration_seconds",
                ["route": route],
                histogram
            )
        }
        page.family(
            "vecino_search_stage_duration_seconds",
            .histogram,
            "What each stage of a search took."
        )
        for (stage, histogram) in state.stages.sorted(by: { $0.key < $1.key }) {
            page.histogram("vecino_search_stage_duration_seconds", ["stage": stage], histogram)
        }
        if let process = ProcessUsage.current() {
            page.family("process_resident_memory_bytes", .gauge, "Resident memory.")
            page.sample("process_resident_memory_bytes", [:], Double(process.residentBytes))
            page.family("process_open_fds", .gauge, "Open file descriptors.")
            page.sample("process_open_fds", [:], Double(process.openDescriptors))
        }
        return page.text
    }

    private static func order(_ a: Request, _ b: Request) -> Bool {
        (a.route, a.method, a.status) < (b.route, b.method, b.status)
    }
}

/// Counts of durations by upper bound.
struct DurationBuckets: Sendable {
    /// Upper bounds in seconds: from a cached search to an answer of a slow model.
    static let bounds = [
        0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// How many durations were at most each bound, and how many there were.
    private(set) var counts = [Int](repeating: 0, count: bounds.count)
    private(set) var total = 0
    private(set) var sum = 0.0

    /// Adds one duration.
    mutating func add(_ seconds: Double) {
        for (index, bound) in Self.bounds.enumerated() where seconds <= bound { counts[index] += 1 }
        total += 1
        sum += seconds
    }
}

/// Lines of Prometheus's text format, version 0.0.4.
struct MetricsPage {
    enum Kind: String { case counter, gauge, histogram }

    private(set) var text = ""

    /// Begins a family of samples.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// Adds a sample; labels come in alphabetical order.
    mutating func sample(_ name: String, _ labels: [String: String], _ value: Double) {
        text += name + Self.braced(labels) + " " + Self.number(value) + "\n"
    }

    /// Adds a histogram's buckets, sum and count.
    mutating func histogram(
        _ name: String,
        _ labels: [String: String],
        _ histogram: DurationBuckets
    ) {
        for (bound, count) in zip(DurationBuckets.bounds, histogram.counts) {
            let labels = labels.merging(["le": Self.number(bound)]) { $1 }
            sample(name + "_bucket", labels, Double(count))
        }
        sample(name + "_bucket", labels.merging(["le": "+Inf"]) { $1 }, Double(histogram.total))
        sample(name + "_sum", labels, histogram.sum)
        sample(name + "_count", labels, Double(histogram.total))
    }

    private static func braced(_ labels: [String: String]) -> String {
        guard !labels.isEmpty else { return "" }
        let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\"\(escaped($0.value))\"" }
        return "{" + pairs.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
            .replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
    }
}

/// What the system says of this process.
struct ProcessUsage {
    let residentBytes: Int
    let openDescriptors: Int

    /// Reads `/proc/self`; nil on systems that have none.
    static func current() -> ProcessUsage? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmRSS:") }),
            let kilobytes = Int(line.filter(\.isNumber)),
            let descriptors = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
        else { return nil }
        return ProcessUsage(
            residentBytes: kilobytes * 1_024,
            openDescriptors: descriptors.count
        )
    }
}
