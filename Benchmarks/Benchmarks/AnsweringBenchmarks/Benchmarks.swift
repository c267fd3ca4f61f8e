import Benchmark
import BenchmarkSupport
import Corpus

@testable import Answering
@testable import TextAnalysis

private func passages() throws -> [SourcePassage] {
    try Sample.paragraphs().prefix(12).enumerated().map { index, text in
        SourcePassage(
            id: PassageID(rawValue: Int64(index + 1)),
            text: text,
            path: "sample.md",
            title: "",
            headingPath: [],
            lines: nil,
            language: LanguageDetector().language(of: text),
            score: 1
        )
    }
}

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("fold 12 passages for the gate") { benchmark in
        let passages = try passages()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(QuotationVerifier(passages)) }
    }
    for (name, change) in [("true", ""), ("altered", " 42")] {
        Benchmark("check 12 \(name) quotations") { benchmark in
            let passages = try passages()
            let gate = QuotationVerifier(passages)
            let quotations = passages.map { ($0.id, String($0.text.prefix(100)) + change) }
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                for (id, quotation) in quotations { blackHole(gate.check(quotation, in: id)) }
            }
        }
    }
    Benchmark("extractive answer from 12 passages, words only") { benchmark in
        let passages = try passages()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            blackHole(
                try await ExtractiveAnswerer().answer(
                    "Who may borrow tools from the workshop?",
                    from: passages
                )
            )
        }
    }
}
