internal import Answering
internal import Localization
internal import TerminalIO
internal import Vecino

/// Shows one question's three answers side by side, what each cost, and where they differ.
struct ComparisonPrinter {
    private let comparison: ThreeWayAnswer
    private let modelName: String
    private let width: Int

    init(_ comparison: ThreeWayAnswer, model: String, width: Int = Terminal.width) {
        self.comparison = comparison
        modelName = model
        self.width = width
    }

    func show() {
        let columns = comparison.ways.map { way in
            (title: Self.title(of: way.kind), text: text(of: way), cost: cost(of: way))
        }
        let room = (min(width, 180) - 2 * 3) / 3
        if room >= 26 {
            sideBySide(
                columns.map { [$0.title, ""] + lines($0.text, room) + ["", $0.cost] },
                room
            )
        } else {
            for column in columns {
                Terminal.print(Terminal.styled(column.title, .bold))
                for line in lines(column.text, min(width, 100)) { Terminal.print(line) }
                Terminal.print(Terminal.styled(column.cost, .dim))
                Terminal.print("")
            }
        }
        showDifferences()
    }

    private static func title(of kind: ThreeWayAnswer.Kind) -> String {
        switch kind {
        case .modelAlone: localized("The model alone")
        case .modelWithDocuments: localized("The model with the documents")
        case .documentsAlone: localized("The documents alone")
        }
    }

    private func text(of way: ThreeWayAnswer.Way) -> String {
        guard let answer = way.answer else {
            return Terminal.harmless(localized("\(told: way.failure ?? "")"))
        }
        if case .abstained(let reason) = answer.outcome {
            return reason.explanation(language: answer.language)
        }
        var lines: [String] = []
        for claim in answer.claims {
            let marks = Set(claim.citations.compactMap { answer.mark(of: $0.passageID) }).sorted()
                .map { "[\($0)]" }.joined()
            lines.append(flat(claim.text) + (marks.isEmpty ? "" : " " + marks))
            if let reading = claim.reading {
                lines.append(localized("(not checked)") + " " + flat(reading))
            }
        }
        for (index, source) in answer.sources.enumerated() where answer.grounding == .quotations {
            lines.append("[\(index + 1)] " + Terminal.path(source.path) + source.location.suffix)
        }
        if answer.grounding == .none {
            lines.append(localized("(nothing of this was checked)"))
        }
        return lines.joined(separator: "\n")
    }

    private func cost(of way: ThreeWayAnswer.Way) -> String {
        var parts: [String] = []
        if let usage = way.answer?.usage {
            parts.append(localized("\(count: usage.prompt) + \(count: usage.reply) tokens"))
        } else if way.kind == .documentsAlone {
            parts.append(localized("0 tokens"))
        }
        if let cost = way.cost { parts.append(localized("cost \(money: cost)")) }
        parts.append(localized("\(count: Int(way.milliseconds.rounded())) ms"))
        return parts.joined(separator: ", ")
    }

    private func flat(_ text: String) -> String {
        Terminal.harmless(text).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private func lines(_ text: String, _ width: Int) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
            Terminal.wrapped(String(line), width: width, indent: "")
                .split(separator: "\n", omittingEmptySubsequences: false)
                .flatMap { Self.pieces(of: $0, width) }
        }
    }

    /// A line in pieces of at most `width` columns: a path may be longer than a column is wide.
    private static func pieces(of line: Substring, _ width: Int) -> [String] {
        var pieces = [""]
        var length = 0
        for character in line {
            let size = Terminal.visibleLength(Substring(String(character)))
            if length + size > width {
                pieces.append("")
                length = 0
            }
            pieces[pieces.count - 1].append(character)
            length += size
        }
        return pieces
    }

    private func sideBySide(_ columns: [[String]], _ room: Int) {
        // The costs stand on one line.
        let height = columns.map(\.count).max() ?? 0
        let even = columns.map { column in
            let missing = Array(repeating: "", count: height - column.count)
            return Array(column.dropLast(2)) + missing + Array(column.suffix(2))
        }
        for row in 0..<height {
            let cells = even.enumerated().map { index, column in
                let cell = column[row]
                let padding = String(
                    repeating: " ",
                    count: max(0, room - Terminal.visibleLength(cell[...]))
                )
                let styled =
                    row == 0
                    ? Terminal.styled(cell, .bold)
                    : row == height - 1 ? Terminal.styled(cell, .dim) : cell
                return index == even.count - 1 ? styled : styled + padding
            }
            Terminal.print(cells.joined(separator: " │ "))
        }
        Terminal.print("")
    }

    // MARK: Differences

    private func showDifferences() {
        Terminal.print(Terminal.styled(localized("Where they differ"), .bold))
        for line in differences {
            Terminal.print(Terminal.wrapped(line, width: min(width, 100), indent: "  "))
        }
        Terminal.say("The model is \(modelName).")
    }

    private var differences: [String] {
        var lines: [String] = []
        let answered = comparison.ways.filter { $0.answer?.outcome.isAnswered == true }.map(\.kind)
        if answered.count < 3 {
            let silent = ThreeWayAnswer.Kind.allCases.filter { !answered.contains($0) }
                .map { Self.title(of: $0).lowercased() }
            lines.append(localized("No answer from: \(silent.joined(separator: ", "))."))
        }
        if let model = comparison.model {
            let counts = Dictionary(grouping: model.sentences, by: \.backing).mapValues(\.count)
            lines.append(
                localized(
                    "Of \(count: model.sentences.count, "sentence") of the model alone, "
                        + "\(count: counts[.follows] ?? 0) follow from what the documents say, "
                        + "\(count: counts[.notChecked] ?? 0) could not be checked, "
                        + "\(count: counts[.notQuoted] ?? 0) are in no quotation."
                )
            )
            for sentence in model.sentences where sentence.backing == .notQuoted {
                let numbers =
                    sentence.numbers.isEmpty
                    ? ""
                    : localized(
                        " (no quotation has \(sentence.numbers.joined(separator: ", ")))"
                    )
                lines.append(localized("only the model: “\(flat(sentence.text))”\(numbers)"))
            }
            if !model.missingNumbers.isEmpty {
                let missing = model.missingNumbers.prefix(12).joined(separator: ", ")
                lines.append(localized("only the documents: \(missing)"))
            }
        }
        if let agrees = comparison.agreesOnSources {
            lines.append(
                localized(
                    agrees
                        ? "Both answers from documents rest on the same passages."
                        : "The two answers from documents rest on different passages."
                )
            )
        }
        return lines
    }
}
