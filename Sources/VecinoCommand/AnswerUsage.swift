internal import Answering
internal import Evaluation
internal import Localization
internal import Vecino

/// What was asked of one model, summed up.
struct AnswerUsage: Encodable {
    private let model: String
    private let asked: Int
    private let answered: Int
    /// How often each reason kept it from answering.
    private let refusals: [String: Int]
    private let promptTokens: Int
    private let replyTokens: Int
    /// Nil if no price was known.
    private let cost: Double?
    private let latency: LatencySummary
    private let liked: Int
    private let disliked: Int

    /// The usage of each model, the one that was asked most often first.
    static func byModel(_ answers: [SavedAnswer]) -> [AnswerUsage] {
        Dictionary(grouping: answers, by: \.answer.model).map(AnswerUsage.init)
            .sorted { ($1.asked, $0.model) < ($0.asked, $1.model) }
    }

    private init(model: String, answers: [SavedAnswer]) {
        self.model = model
        asked = answers.count
        answered = answers.count { $0.answer.outcome.isAnswered }
        var refusals: [String: Int] = [:]
        for saved in answers {
            if case .abstained(let reason) = saved.answer.outcome {
                refusals[reason.rawValue, default: 0] += 1
            }
        }
        self.refusals = refusals
        promptTokens = answers.reduce(0) { $0 + ($1.answer.usage?.prompt ?? 0) }
        replyTokens = answers.reduce(0) { $0 + ($1.answer.usage?.reply ?? 0) }
        let costs = answers.compactMap(\.cost)
        cost = costs.isEmpty ? nil : costs.reduce(0, +)
        latency = LatencySummary(milliseconds: answers.map(\.milliseconds))
        liked = answers.count { $0.feedback > 0 }
        disliked = answers.count { $0.feedback < 0 }
    }

    /// The usages as a table for a terminal, and the refusals below it.
    static func table(_ usages: [AnswerUsage]) -> String {
        var table = TextTable([
            .leading("model"), .trailing("asked"), .trailing("answered"), .trailing("read"),
            .trailing("written"), .trailing("cost"), .trailing("p50 ms"), .trailing("p95 ms"),
            .trailing("+1"), .trailing("-1"),
        ])
        for usage in usages {
            table.append([
                usage.model, Format.count(usage.asked), Format.count(usage.answered),
                Format.count(usage.promptTokens), Format.count(usage.replyTokens),
                usage.cost.map { Format.fixed($0, 4) } ?? "-", Format.fixed(usage.latency.p50, 0),
                Format.fixed(usage.latency.p95, 0), String(usage.liked), String(usage.disliked),
            ])
        }
        let refusals = usages.reduce(into: [String: Int]()) { all, usage in
            all.merge(usage.refusals, uniquingKeysWith: +)
        }
        let reasons = refusals.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .map { "\($0.value) \($0.key)" }
        return table.description
            + (reasons.isEmpty ? "" : "refusals: " + reasons.joined(separator: ", ") + "\n")
    }
}
