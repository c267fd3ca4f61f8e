package import Evaluation
package import Retrieval
package import Vecino

/// Ways of ranking, measured on labeled questions: each kind of setting by itself, then the best of
/// each kind together.
package struct RankingTuning: Sendable {
    /// What was measured, for each way of ranking: the metric, question by question.
    package let figures: [RankingSettings: [Double]]
    /// The ways of ranking that were compared in the end; the first is the default.
    package let finalists: [RankingSettings]
    /// Which of `finalists` one half of the questions chooses, and what that is worth on the other.
    package let tuning: Tuning

    /// Milliseconds that the second look at the first passages adds to a question; nil without one.
    package let cost: Double?

    /// The way of ranking that was chosen.
    package var best: RankingSettings { finalists[tuning.best] }

    /// Measures, and chooses.
    ///
    /// All choices look at the same half of the questions.
    ///
    /// - Parameters:
    ///   - library: The library that answers.
    ///   - set: The questions and their judgements.
    ///   - metric: What should be as high as can be.
    ///   - reranking: A second look at the first passages that is tried as well; nil for none.
    ///   - field: A field in which question and document have to agree.
    ///   - identify: Turns a document's path into the ID that the judgements use.
    /// - Throws: What searching throws.
    package init(
        of library: Library,
        on set: RetrievalSet,
        metric: RankingMetric,
        reranking: Reranking? = nil,
        matching field: String? = nil,
        identify: @Sendable (String) -> String
    ) async throws {
        let queries = set.judgedQueries.map(\.id)
        var cost: Double?
        if let reranking {
            // Before any of these passages has been looked at.
            cost = try await library.cost(of: reranking, on: set, matching: field)
        }
        self.cost = cost
        func measure(_ settings: [RankingSettings]) async throws -> [RankingSettings: [Double]] {
            let runs = try await library.rankings(
                for: set,
                by: settings,
                matching: field,
                identify: identify
            )
            let figures = runs.map { run in
                RunEvaluation(
                    run,
                    judgements: set.judgements,
                    queries: queries,
                    metrics: [metric]
                )[metric]
            }
            return Dictionary(zip(settings, figures), uniquingKeysWith: { first, _ in first })
        }
        let plain = RankingSettings()
        let choices =
            RankingSettings.choices
            + (reranking.map { [[RankingSettings(reranking: $0)]] } ?? [])
        var figures = try await measure([plain] + choices.joined())
        let best = choices.map { kind in
            let settings = [plain] + kind.filter { $0 != plain }
            return settings[Tuning(values: settings.compactMap { figures[$0] }).best]
        }
        let combinations = best.reduce([plain]) { known, more in
            known + known.map { $0.combined(with: more) }
        }
        let unknown = Set(combinations).subtracting(figures.keys)
        if !unknown.isEmpty { try await figures.merge(measure(Array(unknown))) { $1 } }
        let finalists =
            [plain]
            + Set(combinations).subtracting([plain]).sorted {
                $0.description < $1.description
            }
        self.figures = figures
        self.finalists = finalists
        tuning = Tuning(values: finalists.compactMap { figures[$0] })
    }
}
