internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: localized(
            "Look whether saved answers still stand, or ask pinned questions again."
        ),
        discussion: localized(
            """
            Each quotation of a saved answer is looked up again: supported (it stands in its document), \
            moved (word for word in another document), changed (its document says it in other words now), \
            vanished.

            With --ask the questions that `vecino answers pin` keeps are asked again: same, reworded (the \
            same quotations, said otherwise), moved (the same words from another document), changed (other \
            quotations), refused, answered, failed. Those that were answered without a language model are \
            asked without one; the others go to the model that `vecino ask` would take.

            The exit status is 1 when an answer has lost its support, or a pinned one is not what it was. \
            Index first, so that the library knows the documents as they are.

            EXAMPLES
              vecino index Notes && vecino check
              vecino check 12
              vecino check --json
              vecino check --ask                         all pinned questions
              vecino check --ask 2 3                     these of `vecino answers pins`
              vecino check --ask --junit report.xml      for CI
              vecino check --ask -m local                by this model, where one was asked
            """
        )
    )

    @Argument(
        help: .localized(
            "The numbers of the answers, or with --ask of the pins; all if there are none."
        )
    )
    var numbers: [Int64] = []

    @Flag(name: .long, help: .localized("Ask the pinned questions again and report what changed."))
    var ask = false

    @Option(name: .long, help: .localized("Write a report as JUnit XML.", valueName: "file"))
    var junit: String?

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup var pinning: PinOptions
    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if !ask, pinning.pins != nil { throw misuse("--pins goes with --ask.") }
    }

    func run() async throws {
        try await Interruption.cancelling {
            if ask { try await askAgain() } else { try await lookUp() }
        }
    }

    // MARK: Looking quotations up

    private func lookUp() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        var answers: [SavedAnswer] = []
        if numbers.isEmpty { answers = try await opened.savedAnswers() }
        for number in numbers {
            answers.append(try await opened.savedAnswer(AnswerID(rawValue: number)))
        }
        let checks = try await opened.check(answers)
        if json {
            Terminal.print(try JSON.text(checks))
        } else {
            for check in checks { show(check) }
        }
        try report(
            checks.map { check in
                let lost = check.quotations.filter { !$0.finding.isSupport }
                return JUnitReport.Case(
                    name: "\(check.id): \(check.question)",
                    failure: check.finding.isSupport ? nil : check.finding.rawValue,
                    details: lost.map { "\($0.finding.rawValue): “\($0.text)” (\($0.path))" }
                )
            },
            named: "vecino check"
        )
        let lost = checks.count { !$0.finding.isSupport }
        Terminal.say(
            "\(count: checks.count, "answer") checked, \(count: lost) without "
                + "\(word: lost, "its", "their") support."
        )
        if lost > 0 { throw ExitStatus.nothingFound }
    }

    private func show(_ check: AnswerCheck) {
        Terminal.print(
            "\(check.id)\t\(check.finding.rawValue)\t\(Terminal.harmless(check.question))"
        )
        for quotation in check.quotations where quotation.finding != .supported {
            Terminal.print("\t\(quotation.finding.rawValue)\t“\(Self.flat(quotation.text))”")
            var place = Terminal.path(quotation.path)
            if let moved = quotation.movedTo { place += " → " + Terminal.path(moved) }
            Terminal.print("\t\t\(Terminal.harmless(place))")
        }
    }

    // MARK: Asking again

    private func askAgain() async throws {
        let path = try library.existingPath()
        let opened = try model.open(path, for: .searching)
        let pins = try pinning.read(for: path)
        guard !pins.answers.isEmpty else {
            Terminal.say("Nothing is pinned yet: `vecino answers pin` pins the newest answer.")
            throw ExitStatus.nothingFound
        }
        let all = pins.answers.enumerated().map { (number: $0.offset + 1, pin: $0.element) }
        for number in numbers where !(1...Int64(all.count)).contains(number) {
            throw misuse(
                "No pin has the number \(number): `vecino answers pins` lists them."
            )
        }
        let chosen = numbers.isEmpty ? all : all.filter { numbers.contains(Int64($0.number)) }
        var writer: (any LanguageModel)?
        if chosen.contains(where: { !$0.pin.isExtractive }) {
            writer = try await provider.languageModel(settings: Settings(library: path))
            if writer == nil {
                Terminal.say("No language model is named: all questions are asked without one.")
            }
        }
        var checks: [PinCheck] = []
        for (number, pin) in chosen {
            try Task.checkCancellation()
            let check = try await opened.check(
                pin,
                number: number,
                model: writer,
                sampling: provider.sampling,
                form: provider.form.form,
                folder: PinnedAnswers.folder(of: path)
            )
            checks.append(check)
            if !json { show(check) }
        }
        if json { Terminal.print(try JSON.text(checks)) }
        try report(
            checks.map { check in
                JUnitReport.Case(
                    name: "\(check.number): \(check.question)",
                    seconds: check.milliseconds / 1_000,
                    failure: check.finding.isKept ? nil : check.finding.rawValue,
                    details: Self.details(of: check)
                )
            },
            named: "vecino check --ask"
        )
        let changed = checks.count { !$0.finding.isKept }
        Terminal.say(
            "\(count: checks.count, "question") asked again, \(count: changed) answered otherwise."
        )
        if changed > 0 { throw ExitStatus.nothingFound }
    }

    private func show(_ check: PinCheck) {
        Terminal.print(
            "\(check.number)\t\(check.finding.rawValue)\t"
                + Terminal.harmless(check.question).replacing("\n", with: " ")
        )
        guard check.finding != .same else { return }
        for line in Self.details(of: check) { Terminal.print("\t\(Terminal.harmless(line))") }
    }

    /// What changed, a line each.
    private static func details(of check: PinCheck) -> [String] {
        var lines = check.lost.map { lost in
            localized(
                "no longer quoted (\(state(lost.finding))): “\(flat(lost.text))” \(lost.path)"
            )
        }
        lines += check.new.map { localized("newly quoted: “\(flat($0.text))” \($0.path)") }
        if check.finding == .reworded {
            lines += check.said.map { localized("was: \(flat($0))") }
            lines += check.says.map { localized("is: \(flat($0))") }
        }
        if let reason = check.reason, check.finding != .same {
            lines.append(localized("\(told: reason)"))
        }
        return lines
    }

    private static func state(_ finding: AnswerCheck.Finding) -> Message {
        switch finding {
        case .supported: Message("it still stands in its document")
        case .moved: Message("it stands in another document")
        case .changed: Message("its document says it otherwise")
        case .vanished: Message("it is nowhere")
        }
    }

    private static func flat(_ text: String) -> String {
        Terminal.harmless(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }

    private func report(_ cases: [JUnitReport.Case], named name: String) throws {
        guard let junit else { return }
        try Data(JUnitReport(name: name, cases: cases).xml.utf8)
            .write(to: URL(filePath: junit), options: .atomic)
    }
}
