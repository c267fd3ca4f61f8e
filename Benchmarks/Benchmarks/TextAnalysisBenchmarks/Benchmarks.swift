import Benchmark
import BenchmarkSupport

@testable import TextAnalysis

let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .standard

    Benchmark("sentences of the sample's prose") { benchmark in
        let text = try Sample.prose()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(sentences(in: text)) }
    }
    Benchmark("words of the sample's prose") { benchmark in
        let text = try Sample.prose()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations { blackHole(words(in: text)) }
    }
    Benchmark("language of each paragraph") { benchmark in
        let paragraphs = try Sample.paragraphs()
        let detector = LanguageDetector()
        benchmark.startMeasurement()
        for _ in benchmark.scaledIterations {
            for paragraph in paragraphs { blackHole(detector.language(of: paragraph)) }
        }
    }
    for language in [Language.spanish, .english] {
        Benchmark("keyword terms of the prose as \(language)") { benchmark in
            let text = try Sample.prose()
            let analyzer = KeywordAnalyzer()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations {
                blackHole(analyzer.indexTerms(text, language: language))
            }
        }
    }
    Benchmark("terms of a query in two languages") { benchmark in
        let analyzer = KeywordAnalyzer()
        for _ in benchmark.scaledIterations {
            blackHole(
                analyzer.queryTerms(
                    "¿Cuándo se limpian los paneles del tejado solar?",
                    languages: [.spanish, .english]
                )
            )
        }
    }
}
