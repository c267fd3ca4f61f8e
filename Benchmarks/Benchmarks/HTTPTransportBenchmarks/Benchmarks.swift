import Benchmark
import BenchmarkSupport

@testable import HTTPTransport

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("2000 events of a language model's stream") { benchmark in
        let event = #"data: {"choices":[{"index":0,"delta":{"content":" biblioteca"}}]}"# + "\n\n"
        let stream = Array(String(repeating: event, count: 2000).utf8)
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            var parser = EventStreamParser()
            for start in stride(from: 0, to: stream.count, by: 1400) {
                blackHole(try parser.append(stream[start..<min(start + 1400, stream.count)]))
            }
        }
    }
}
