internal import Answering
internal import Evaluation
internal import Foundation
internal import Localization
internal import Vecino
internal import Experiments

/// The figures of `vecino eval answers`.
struct AnswerReport: Encodable {
    private let answerable: Int
    private let unanswerable: Int
    /// Of the answerable questions: the first quotation is from a document that answers.
    private let firstIsRight: Double
    /// Of those with a labeled answer: it is in the first quotation; in the first three.
    private let goldInFirst: Double?
    private let goldInThree: Double?
    /// The mean error over all coverages.
    private let area: Double
    /// The mean distance of the stated risk from the true one.
    private let calibrationError: Double
    /// What bounds of 0.1, 0.2, … and the default give.
    private let bounds: [RiskCoverage.Point]
    /// Stated risks and true ones, by groups of equal size.
    private let reliability: [RiskCoverage.Group]
    /// The same questions with and without a language model; nil where none was asked.
    let model: ModelComparison?
    /// What every bound gives.
    let coverage: RiskCoverage

    /// How many answerable questions are answered rightly first, with a language model and without.
    struct ModelComparison: Encodable {
        let name: String
        let right: Int
        let rightWithoutModel: Int

        /// Whether the documents alone answer more.
        var isWeaker: Bool { right < rightWithoutModel }
    }

    private enum CodingKeys: String, CodingKey {
        case answerable, unanswerable, firstIsRight, goldInFirst, goldInThree, area
        case calibrationError, bounds, reliability, model
    }

    /// Sums up trials; `baseline` are the same without the model that is called `name`.
    init(
        _ trials: [Library.AnswerTrial],
        baseline: [Library.AnswerTrial] = [],
        modelName: String? = nil
    ) {
        func right(_ trials: [Library.AnswerTrial]) -> Int {
            trials.count { trial in
                trial.isAnswerable && trial.isAnswered
                    && (trial.hits.map { $0.first == true } ?? trial.isRight)
            }
        }
        model = modelName.map {
            ModelComparison(name: $0, right: right(trials), rightWithoutModel: right(baseline))
        }
        let present = trials.filter(\.isAnswerable)
        answerable = present.count
        unanswerable = trials.count - present.count
        func share(_ part: Int, of whole: Int) -> Double {
            whole == 0 ? 0 : Double(part) / Double(whole)
        }
        firstIsRight = share(present.count(where: \.isRight), of: present.count)
        let labeled = present.compactMap(\.hits)
        goldInFirst =
            labeled.isEmpty
            ? nil : share(labeled.count { $0.first == true }, of: labeled.count)
        goldInThree =
            labeled.isEmpty
            ? nil : share(labeled.count { $0.prefix(3).contains(true) }, of: labeled.count)
        coverage = RiskCoverage(
            trials.map { trial in
                RiskCoverage.Trial(
                    // What was refused on other grounds is refused at every bound.
                    risk: trial.isAnswered ? trial.risk : 1.000_001,
                    isRight: trial.hits.map { $0.first == true } ?? trial.isRight,
                    isAnswerable: trial.isAnswerable
                )
            }
        )
        area = coverage.area
        calibrationError = coverage.calibrationError()
        reliability = coverage.reliability()
        let usual = ExtractiveAnswerer.defaultRisk
        bounds = ((1...10).map { Double($0) / 10 } + [usual]).sorted().map(coverage.point)
    }

    var text: String {
        var table = TextTable([
            .trailing("max risk"), .trailing("answerable answered"), .trailing("of these right"),
            .trailing("unanswerable refused"), .trailing("refusals right"), .trailing("all wrong"),
        ])
        for point in bounds {
            table.append([
                Format.fixed(point.bound, 2), Format.fixed(point.answered, 3),
                Format.fixed(point.right, 3), Format.fixed(point.refusalRecall, 3),
                Format.fixed(point.refusalPrecision, 3), Format.fixed(point.error, 3),
            ])
        }
        var lines = [
            table.description,
            "\(Format.count(answerable)) answerable, \(Format.count(unanswerable)) unanswerable; "
                + "first quotation from a document that answers: \(Format.fixed(firstIsRight, 3))",
        ]
        if let goldInFirst, let goldInThree {
            lines.append(
                "labeled answer in the first quotation: \(Format.fixed(goldInFirst, 3)), in the "
                    + "first three: \(Format.fixed(goldInThree, 3))"
            )
        }
        lines.append(
            "area under the risk-coverage curve: \(Format.fixed(area, 4)); stated risks are off by "
                + "\(Format.fixed(calibrationError, 3)) on average"
        )
        if let model {
            lines.append(
                "first quotation right with \(model.name): \(Format.count(model.right)), without a model: "
                    + Format.count(model.rightWithoutModel)
            )
        }
        return lines.joined(separator: "\n")
    }
}
