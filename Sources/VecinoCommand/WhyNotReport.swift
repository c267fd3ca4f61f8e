internal import Corpus
internal import Retrieval
internal import TerminalIO
internal import Vecino

/// What `vecino why-not --json` prints: the report, with the options that bring the passage up.
struct WhyNotReport: Encodable {
    private struct Remedy: Encodable {
        let text: String
        /// What to add to the command, or a command of its own.
        let option: String?
        let rank: Int?
    }

    private let question, target: String
    private let passage: PassageID?
    private let place: String?
    private let passages: Int
    private let steps: [WhyNot.Step]
    private let lostAt: WhyNot.Stage?
    private let remedies: [Remedy]

    init(_ report: WhyNot) {
        question = report.question
        target = report.target
        passage = report.passage
        place = report.place
        passages = report.passages
        steps = report.steps
        lostAt = report.lostAt
        remedies = report.remedies.map {
            Remedy(text: $0.text, option: $0.change.map(Self.option), rank: $0.rank)
        }
    }

    /// A change as the command line has it.
    static func option(_ change: WhyNot.Change) -> String {
        switch change {
        case .hits(let count, let showsDuplicates):
            "-n \(count)" + (showsDuplicates ? " --duplicates" : "")
        case .duplicates: "--duplicates"
        case .perDocument(let count): "--per-doc \(count)"
        case .mode(let mode): "--mode \(mode.rawValue)"
        case .language(let language): "--where language=\(Terminal.shellWord(language))"
        case .anyRisk: "--max-risk 1"
        case .passages(let count): "-k \(count)"
        case .document(let path): "--path \(Terminal.shellWord(path)) --max-risk 1"
        case .index(let path): "vecino index \(Terminal.shellWord(path))"
        }
    }
}
