internal import ArgumentParser
internal import Experiments
internal import Localization
internal import TerminalIO
internal import VectorIndex

/// The options of `vecino bench --vectors`.
struct VectorBenchOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "Measure the index alone on these vectors: .fvecs, .bvecs or .npy. Needs no library.",
            valueName: "file"
        ),
        completion: .file(extensions: ["fvecs", "bvecs", "npy"])
    )
    var vectors: String?

    @Option(
        name: .long,
        help: .localized(
            "Vectors to look for. Default: up to 1,000 of --vectors, which are then left out.",
            valueName: "file"
        ),
        completion: .file(extensions: ["fvecs", "bvecs", "npy"])
    )
    var vectorQueries: String?

    @Option(
        name: .long,
        help: .localized(
            "Their nearest rows: .ivecs or .npy. Default: what the exact search finds.",
            valueName: "file"
        ),
        completion: .file(extensions: ["ivecs", "npy"])
    )
    var truth: String?

    @Option(name: .long, help: .localized("What nearness means: ip, cosine or l2."))
    var metric = VectorBench.Similarity.ip

    @Option(name: .long, help: .localized("Links of the graph's nodes."))
    var m = 16

    @Option(name: .long, help: .localized("Width of the search for a new node's links."))
    var efConstruction = 200

    @Option(name: .long, help: .localized("Widths of walks to measure.", valueName: "n,n,…"))
    var ef = "10,16,24,32,48,64,96,128,192,256,512"

    /// `ef`, as numbers.
    var widths: [Int] { ef.split(separator: ",").compactMap { Int($0) } }

    func validate() throws {
        let others = [vectorQueries, truth].compactMap { $0 }
        if vectors == nil, !others.isEmpty {
            throw misuse("--vector-queries and --truth go with --vectors.")
        }
        if truth != nil, vectorQueries == nil {
            throw misuse("--truth goes with --vector-queries.")
        }
        if widths.isEmpty || widths.count != ef.split(separator: ",").count
            || !widths.allSatisfy({ (1...100_000).contains($0) })
        {
            throw misuse("--ef takes numbers from 1 to 100000 with commas between them.")
        }
    }

    /// What is to be measured.
    var configuration: VectorBench.Configuration {
        VectorBench.Configuration(
            vectors: vectors ?? "",
            queries: vectorQueries,
            truth: truth,
            metric: metric,
            graph: HNSWParameters(m: m, efConstruction: efConstruction),
            widths: widths
        )
    }
}

extension VectorBench.Similarity: ExpressibleByArgument {}
