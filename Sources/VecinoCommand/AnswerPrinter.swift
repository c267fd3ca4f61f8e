internal import Answering
internal import Foundation
internal import Localization
internal import Synchronization
internal import TerminalIO
internal import Vecino

/// Shows an answer: claims as they pass the gate, then the sources with their quotations.
final class AnswerPrinter: Sendable {
    private let json: Bool
    private let streams: Bool
    /// Whether claims whose quotations did not pass are shown, marked as such.
    private let showsUnsupported: Bool
    /// Marks given so far, by passage, and whether free text was shown.
    private let state = Mutex((marks: [PassageID](), claims: [String](), wroteText: false))

    init(json: Bool, streams: Bool, showsUnsupported: Bool = false) {
        self.json = json
        self.streams = streams
        self.showsUnsupported = showsUnsupported
    }

    func handle(_ event: Answerer.Event) {
        guard !json else { return }
        switch event {
        case .asked(let model, let tokens):
            ProgressLine.show(localized("\(model) reads about \(count: tokens) tokens …"))
        case .received: break
        case .passed(let claim):
            guard streams else { return }
            ProgressLine.clear()
            show(claim)
        case .rejected, .retrying: break
        case .shortened:
            ProgressLine.clear()
            Terminal.say("The prompt was too long for the model: asking with fewer passages.")
        case .searching(let query):
            ProgressLine.clear()
            Terminal.say("Searching again: \(Terminal.harmless(query))")
        case .text(let text):
            guard streams else { return }
            state.withLock { $0.wroteText = true }
            Terminal.write(Terminal.harmless(text))
        }
    }

    /// Shows what is left of `answer`, which the library keeps under `number`.
    func finish(_ answer: Answer, number: AnswerID? = nil) throws {
        if json {
            Terminal.print(try JSON.text(Numbered(answer: answer, number: number)))
            return
        }
        ProgressLine.clear()
        if let interruption = answer.interruption {
            Terminal.say("The reply broke off: \(Terminal.harmless(interruption))")
        }
        if let standalone = answer.standalone {
            Terminal.say("Understood as: \(Terminal.harmless(standalone))")
        }
        defer { answer.budget.map(showBudget) }
        let shown = state.withLock { ($0.claims, $0.wroteText) }
        switch answer.outcome {
        case .abstained(let reason):
            Terminal.print(reason.explanation(language: answer.language))
        case .answered where answer.grounding == .none:
            if !shown.1 {
                Terminal.write(
                    Terminal.harmless(answer.claims.map(\.text).joined(separator: "\n"))
                )
            }
            Terminal.print("")
            Terminal.say("(\(answer.model) alone: nothing of this was checked.)")
            return
        case .answered:
            var left = answer.claims[...]
            if answer.claims.map(\.text).starts(with: shown.0) {
                left = left.dropFirst(shown.0.count)
            } else {
                Terminal.say("The model took that back; its answer:")
                state.withLock { $0.marks = [] }
            }
            for claim in left { show(claim) }
        }
        if showsUnsupported { showUnsupported(in: answer) }
        showSources(of: answer)
        showRejected(of: answer)
        if let number, Terminal.showsProgress {
            Terminal.say("Kept as answer \(number): `vecino answers rate \(number) +1`, or -1.")
        }
    }

    /// What was taken of the budget, and what was done less for its sake.
    private func showBudget(_ use: AnswerBudget.Use) {
        for cut in use.cuts { Terminal.say("\(told: cut)") }
        var parts: [String] = []
        if let most = use.budget.tokens {
            parts.append(localized("\(count: use.tokens) of \(count: most, "token")"))
        }
        if let most = use.budget.cost {
            parts.append(localized("\(money: use.cost ?? 0) of \(money: most)"))
        }
        if let most = use.budget.milliseconds {
            parts.append(localized("\(fixed: use.milliseconds, 0) of \(fixed: most, 0) ms"))
        }
        Terminal.say("Budget: \(parts.joined(separator: ", ")).")
    }

    /// An answer as JSON, with its number among its fields.
    private struct Numbered: Encodable {
        let answer: Answer
        let number: AnswerID?

        private enum CodingKeys: String, CodingKey { case number = "id" }

        func encode(to encoder: any Encoder) throws {
            try answer.encode(to: encoder)
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encodeIfPresent(number, forKey: .number)
        }
    }

    /// The claims of a language model that no document backs, for those who want to see them.
    private func showUnsupported(in answer: Answer) {
        var shown = Set(answer.claims.map(\.text))
        for rejected in answer.rejected where !rejected.claim.isEmpty {
            guard shown.insert(rejected.claim).inserted else { continue }
            let mark = localized("[unsupported]")
            Terminal.print(
                Terminal.wrapped(
                    "\(Terminal.harmless(rejected.claim)) \(Terminal.styled(mark, .match))",
                    width: min(Terminal.width, 100),
                    indent: ""
                )
            )
        }
    }

    private func show(_ claim: Claim) {
        let marks = state.withLock { state in
            state.claims.append(claim.text)
            return claim.citations.map { citation in
                if let known = state.marks.firstIndex(of: citation.passageID) { return known + 1 }
                state.marks.append(citation.passageID)
                return state.marks.count
            }
        }
        let suffix = Set(marks).sorted().map { Terminal.styled("[\($0)]", .mark) }.joined()
        let text = Terminal.harmless(claim.text).split { $0.isWhitespace }.joined(separator: " ")
        let labels = labels(of: claim).map { Terminal.styled($0, .dim) }
        Terminal.print(
            Terminal.wrapped(
                ([text, suffix] + labels).joined(separator: " "),
                width: min(Terminal.width, 100),
                indent: ""
            )
        )
        guard let reading = claim.reading else { return }
        Terminal.print(
            Terminal.wrapped(
                Terminal.styled(localized("(not checked)") + " ", .dim)
                    + Terminal.harmless(reading),
                width: min(Terminal.width, 100),
                indent: "    "
            )
        )
    }

    /// What a claim is, next to its quotation.
    private func labels(of claim: Claim) -> [String] {
        let standing =
            switch claim.standing {
            case .follows: localized("(follows)")
            case .isQuoted, .notChecked: localized("(quoted)")
            }
        return [standing] + (claim.isOrder ? [localized("(the document’s words)")] : [])
    }

    /// The cited passages with what was quoted from each, or the nearest ones of an abstention.
    private func showSources(of answer: Answer) {
        guard !answer.sources.isEmpty else { return }
        Terminal.print("")
        let answered = answer.outcome.isAnswered
        if !answered {
            Terminal.print(
                answer.language == "es" ? "Los pasajes más cercanos:" : "The nearest passages:"
            )
        }
        for (index, source) in answer.sources.enumerated() {
            var place = Terminal.styled(Terminal.path(source.path), .path)
            place += Terminal.styled(source.location.suffix, .dim)
            let trail = source.location.trail.joined(separator: " › ")
            let mark = answered ? Terminal.styled("[\(index + 1)]", .mark) : " · "
            let heading = Terminal.harmless(trail)
            let plain = Terminal.path(source.path) + source.location.suffix
            let width = min(Terminal.width, 100)
            if Terminal.wrapsOutput, plain.count + heading.count + 8 > width {
                // Below the place, so that neither is broken in a word.
                Terminal.print("\(mark) \(place)")
                Terminal.print(Terminal.wrapped(heading, width: width, indent: "    "))
            } else {
                Terminal.print("\(mark) \(place)  \(heading)")
            }
            let quotations = answer.claims.flatMap(\.citations)
                .filter { $0.passageID == source.passageID }
                .map(\.quotation)
                .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            for quotation in quotations {
                let flat = quotation.split { $0.isWhitespace }.joined(separator: " ")
                Terminal.print(
                    Terminal.wrapped(
                        "“\(Terminal.harmless(flat))”",
                        width: min(Terminal.width, 100),
                        indent: "    "
                    )
                )
            }
        }
    }

    private func showRejected(of answer: Answer) {
        guard !answer.rejected.isEmpty else { return }
        let reasons = Dictionary(grouping: answer.rejected, by: \.reason)
            .map { "\($1.count) \($0.rawValue)" }.sorted().joined(separator: ", ")
        Terminal.say("Refused quotations: \(reasons). --json shows them.")
    }
}
