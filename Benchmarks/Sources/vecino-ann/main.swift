// Recall and speed of the indexes on a data set, one JSON line for each operating point:
//
//     vecino-ann [--m 16] [--ef-construction 200] [--ef 10,15,22,…] [--only flat|hnsw] [--rounds 5]
//                [--batch no] [--rows no] [--share 0.1,0.01,0.001] base.fvecs query.fvecs groundtruth.ivecs
//
// One thread, one query per call, CPU time of the process, the best of several rounds after a warm-up.
// With `--share` the graph is also searched for random parts of the vectors of these sizes, against a
// comparison of each part. With `--rows no` the graph keeps no full-precision rows and its own codes order the answers.
// Recall is recall@10 under the inner product; an answer that ties with the 10th within 1e-6 counts.

import Foundation
import VectorIndex

struct Options {
    var m = 16
    var efConstruction = 200
    var efs = [10, 12, 15, 18, 22, 27, 32, 40, 48, 60, 72, 90, 108, 128, 160, 240, 360, 540]
    var only = ""
    var shares: [Double] = []
    var hasBatch = true, hasRows = true
    var rounds = 5
    var files: [String] = []

    init(_ arguments: ArraySlice<String>) throws {
        var rest = arguments
        while let argument = rest.popFirst() {
            switch argument {
            case "--m": m = try number(&rest, argument)
            case "--ef-construction": efConstruction = try number(&rest, argument)
            case "--rounds": rounds = try number(&rest, argument)
            case "--ef":
                efs = (rest.popFirst() ?? "").split(separator: ",").compactMap { Int($0) }
            case "--share":
                shares = (rest.popFirst() ?? "").split(separator: ",").compactMap { Double($0) }
            case "--rows": hasRows = rest.popFirst() != "no"
            case "--batch": hasBatch = rest.popFirst() != "no"
            case "--only": only = rest.popFirst() ?? ""
            default: files.append(argument)
            }
        }
        guard files.count == 3 else {
            throw UsageError("usage: vecino-ann [options] base.fvecs query.fvecs groundtruth.ivecs")
        }
    }

    private func number(_ rest: inout ArraySlice<String>, _ name: String) throws -> Int {
        guard let number = rest.popFirst().flatMap({ Int($0) }) else {
            throw UsageError("\(name) wants a number")
        }
        return number
    }
}

struct UsageError: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Seconds of CPU time that the process has used.
func cpuSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The CPU seconds that `body` takes, and its result.
func timed<R>(_ body: () throws -> R) rethrows -> (Double, R) {
    let start = cpuSeconds()
    let result = try body()
    return (cpuSeconds() - start, result)
}

struct Bench {
    static let k = 10
    let options: Options
    let dimensions: Int
    let base: [Float]
    let queries: [[Float]]
    let truth: VectorFile<Int>

    init(_ options: Options) throws {
        self.options = options
        let baseFile = try VectorFile<Float>(path: options.files[0])
        let queryFile = try VectorFile<Float>(path: options.files[1])
        truth = try VectorFile<Int>(path: options.files[2])
        dimensions = baseFile.dimensions
        base = baseFile.elements
        queries = (0..<queryFile.count).map { Array(queryFile[$0]) }
    }

    func score(_ query: [Float], _ row: Int) -> Float {
        var sum: Float = 0
        for i in 0..<dimensions { sum += query[i] * base[row * dimensions + i] }
        return sum
    }

    func recall(_ answers: [[Neighbor]]) -> Double {
        var found = 0
        for (number, answer) in answers.enumerated() {
            let tenth = score(queries[number], truth[number].prefix(Self.k).last ?? 0)
            found +=
                answer.prefix(Self.k).count {
                    score(queries[number], $0.ordinal.position) >= tenth - 1e-6
                }
        }
        return Double(found) / Double(answers.count * Self.k)
    }

    /// Prints one operating point.
    func report(
        _ name: String,
        _ params: String,
        build: Double,
        bytes: Int,
        isFlat: Bool = false,
        batch: (() throws -> [[Neighbor]])? = nil,
        _ answer: ([Float]) throws -> [Neighbor]
    ) throws {
        var best = Double.infinity, bestBatch = Double.infinity
        var answers: [[Neighbor]] = []
        for _ in 0...options.rounds {
            let (seconds, all) = try timed { try queries.map(answer) }
            best = min(best, seconds)
            answers = all
            if let batch { bestBatch = min(bestBatch, try timed(batch).0) }
        }
        var line =
            "{\"name\": \"\(name)\", \"params\": \"\(params)\", \"recall\": \(recall(answers)), "
            + "\"qps\": \((Double(queries.count) / best).rounded()), "
            + "\"build_s\": \((build * 100).rounded() / 100), \"bytes\": \(bytes), \"threads\": 1"
        if batch != nil {
            line += ", \"qps_batch\": \((Double(queries.count) / bestBatch).rounded())"
        }
        line += isFlat ? ", \"flat\": true}\n" : "}\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    }

    /// Prints what searches of a random part of the vectors find and cost, by the graph and by comparison.
    func filtered(_ index: HNSWIndex, share: Double) throws {
        let count = base.count / dimensions
        var state: UInt64 = 7
        var filter = OrdinalSet()
        for slot in 0..<count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            if Double(state >> 11) / Double(1 << 53) < share { filter.insert(Ordinal(slot)) }
        }
        let flat = try FlatIndex(dimensions: dimensions, metric: .innerProduct, vectors: base)
        var truth: [[Neighbor]] = []
        var exact = Double.infinity
        for _ in 0...options.rounds {
            let (seconds, all) = try timed {
                try queries.map { try flat.neighbors(of: $0, k: Self.k, in: filter) }
            }
            exact = min(exact, seconds)
            truth = all
        }
        for ef in options.efs {
            var best = Double.infinity
            var found = 0
            for _ in 0...options.rounds {
                let (seconds, all) = try timed {
                    try queries.map { try index.neighbors(of: $0, k: Self.k, ef: ef, in: filter) }
                }
                best = min(best, seconds)
                found = zip(all, truth).reduce(0) { sum, pair in
                    let tenth = pair.1.last?.score ?? 0
                    return sum + pair.0.count { $0.score >= tenth - 1e-6 }
                }
            }
            let wanted = truth.reduce(0) { $0 + $1.count }
            let line =
                "{\"name\": \"vecino HNSW filtered\", \"params\": \"ef\(ef)\", \"share\": \(share), "
                + "\"recall\": \(Double(found) / Double(max(1, wanted))), "
                + "\"qps\": \((Double(queries.count) / best).rounded()), "
                + "\"qps_exact\": \((Double(queries.count) / exact).rounded()), \"threads\": 1}\n"
            FileHandle.standardOutput.write(Data(line.utf8))
        }
    }

    func run() throws {
        let rowBytes = base.count * 4
        if options.only != "hnsw" {
            let (build, index) = try timed {
                try FlatIndex(dimensions: dimensions, metric: .innerProduct, vectors: base)
            }
            try report(
                "vecino flat",
                "certified exact",
                build: build,
                bytes: index.byteCount + rowBytes,
                isFlat: true,
                batch: options.hasBatch ? { try index.neighbors(ofBatch: queries, k: Self.k) } : nil
            ) { try index.neighbors(of: $0, k: Self.k) }
        }
        if options.only != "flat" {
            var (build, index) = try timed {
                try HNSWIndex(
                    dimensions: dimensions,
                    metric: .innerProduct,
                    vectors: base,
                    parameters: HNSWParameters(
                        m: options.m,
                        efConstruction: options.efConstruction
                    )
                )
            }
            if !options.hasRows { index = index.with(rows: nil) }
            for ef in options.efs {
                try report(
                    options.hasRows ? "vecino HNSW" : "vecino HNSW compact",
                    "M\(options.m) ef\(ef)",
                    build: build,
                    bytes: index.byteCount + (options.hasRows ? rowBytes : 0)
                ) { try index.neighbors(of: $0, k: Self.k, ef: ef) }
            }
            for share in options.shares { try filtered(index, share: share) }
        }
    }
}

do {
    try Bench(Options(CommandLine.arguments.dropFirst())).run()
} catch {
    FileHandle.standardError.write(Data("vecino-ann: \(error)\n".utf8))
    exit(2)
}
