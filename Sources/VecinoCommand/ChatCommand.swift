internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

struct ChatCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "chat",
        abstract: localized("Ask one question after another; each may lean on those before."),
        discussion: localized(
            """
            A line is a question. A question such as “And on Saturdays?” is made to stand alone before \
            the documents are searched: by the language model, or without one by the question before it.

              /sources       the passages of the last answer, whole
              /why           what spoke for it, what was searched and what was refused
              /rate +1       it was good; -1 for bad
              /save FILE     the conversation so far as Markdown
              /new           forget what was said
              /quit          or Ctrl-D

            On a terminal, the arrows move in the line and through earlier questions, Ctrl-R looks for one, \
            Tab completes a command, and Alt-Enter or a backslash at the end begins another line of the same \
            question. Ctrl-C stops an answer, or drops the line, and not the talk.

            EXAMPLES
              vecino chat
              vecino chat -m local
              printf '¿Cuándo abre el taller?\\n¿Y los sábados?\\n' | vecino chat --no-llm
            """
        )
    )

    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup var answering: AnswerOptions
    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func run() async throws {
        let path = try library.existingPath()
        let opened = try model.open(path, for: .serving)
        let settings = try Settings(library: path)
        var options = try answering.askOptions(filters: filters, provider: provider)
        try answering.setModel(
            try await provider.languageModel(settings: settings),
            in: &options,
            settings: settings
        )
        var talk = Conversation()
        var answered = false
        let editor = LineEditor()
        if editor.isInteractive { await greet(opened, options.model?.name, editor) }
        reading: while true {
            let line: String
            switch editor.next() {
            case .text(let text): line = text
            case .interrupted: continue reading
            case .end: break reading
            }
            let text = line.trimmingCharacters(in: .whitespacesAndNewlines)
            if text.isEmpty { continue }
            if text.hasPrefix("/") {
                guard await obey(text, &talk, opened) else { break }
                continue
            }
            guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
                Terminal.say(
                    "There are no words in that: nothing was asked. /help lists the commands."
                )
                continue
            }
            let start = ContinuousClock.now
            options.history = talk.entries.map { Turn($0.answer) }
            let printer = AnswerPrinter(
                json: false,
                streams: !answering.noStream,
                showsUnsupported: answering.care == .bestEffort
            )
            do {
                let asked = options
                let answer = try await Interruption.cancelling(on: [SIGINT]) {
                    try await opened.ask(text, options: asked) { printer.handle($0) }
                }
                let number = await answering.keep(
                    answer,
                    in: opened,
                    following: talk.entries.last?.number,
                    since: start,
                    settings: settings
                )
                try printer.finish(answer, number: number)
                answered = answered || answer.outcome.isAnswered
                talk.entries.append((answer, number))
            } catch is CancellationError {
                Terminal.say("Stopped; /quit ends the conversation.")
            } catch {
                // One failed question does not end the conversation.
                Terminal.say("vecino: \(error: error)")
            }
            Terminal.print("")
        }
        if !talk.entries.isEmpty, !answered { throw ExitStatus.nothingFound }
    }

    /// What was said so far.
    private struct Conversation {
        var entries: [(answer: Answer, number: AnswerID?)] = []
    }

    /// Says what is here and how to go on; earlier questions are in reach of the arrows.
    private func greet(_ opened: Library, _ model: String?, _ editor: LineEditor) async {
        let saved = (try? await opened.savedAnswers(newest: LineEditor.remembered)) ?? []
        for answer in saved { editor.remember(answer.answer.question) }
        let documents = (try? await opened.status().documents) ?? 0
        let writer =
            model.map { Message("\($0) writes") } ?? Message("the best sentences are quoted")
        Terminal.say(
            "\(count: documents, "document"); \(writer). Ask a question; /help lists the commands, "
                + "Ctrl-D ends."
        )
    }

    /// Does what a line that begins with a slash says; false to end.
    private func obey(
        _ text: String,
        _ talk: inout Conversation,
        _ opened: Library
    ) async -> Bool {
        let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
        switch parts[0] {
        case "/quit", "/exit", "/q": return false
        case "/new":
            talk = Conversation()
            Terminal.say("Forgotten; the library keeps what it has saved.")
        case "/sources": await showSources(of: talk.entries.last?.answer, opened)
        case "/why":
            if let answer = talk.entries.last?.answer {
                AnswerReasons(answer).print()
            } else {
                Terminal.say("Nothing has been answered yet.")
            }
        case "/save":
            guard parts.count > 1 else {
                Terminal.say("Name the file: /save talk.md")
                break
            }
            save(talk, to: parts[1])
        case "/rate": await rate(talk, parts.count > 1 ? parts[1] : "", opened)
        case "/help":
            Terminal.say(
                "/sources  /why  /rate +1  /save FILE  /new  /quit; anything else is a question. A line that "
                    + "ends in a backslash goes on."
            )
        default: Terminal.say("\(parts[0]) is no command here: /help lists them.")
        }
        return true
    }

    private func showSources(of answer: Answer?, _ opened: Library) async {
        guard let answer, !answer.sources.isEmpty else {
            Terminal.say("The last answer has no sources.")
            return
        }
        for (index, source) in answer.sources.enumerated() {
            Terminal.print(
                Terminal.styled("[\(index + 1)]", .mark) + " "
                    + Terminal.styled(Terminal.path(source.path), .path)
            )
            let passages = (try? await opened.passages(named: "\(source.passageID)")) ?? []
            for passage in passages { Terminal.print(Terminal.harmless(passage.text)) }
        }
    }

    private func rate(_ talk: Conversation, _ text: String, _ opened: Library) async {
        guard let rating = AnswersCommand.ratings[text], let number = talk.entries.last?.number
        else {
            Terminal.say("Write /rate +1 or /rate -1, after an answer that was kept.")
            return
        }
        do {
            try await opened.setFeedback(rating, ofAnswer: number)
            Terminal.say("Noted.")
        } catch {
            Terminal.say("vecino: \(error: error)")
        }
    }

    private func save(_ talk: Conversation, to file: String) {
        let text = talk.entries.map { AnswerMarkdown($0.answer).text }.joined(separator: "\n")
        let path = (file as NSString).expandingTildeInPath
        do {
            // What is there already may be a document.
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
            Terminal.say("Saved \(count: talk.entries.count, "answer") to \(file).")
        } catch {
            Terminal.say("\(file) could not be written: \(error: error)")
        }
    }
}

/// Why an answer is what it is.
struct AnswerReasons {
    private let answer: Answer

    init(_ answer: Answer) { self.answer = answer }

    func print() {
        if let standalone = answer.standalone {
            Terminal.show("understood as: \(Terminal.harmless(standalone))")
        }
        Terminal.show("written by: \(answer.model)")
        if let evidence = answer.evidence {
            var parts: [String] = []
            if let likeness = evidence.likeness {
                parts.append(
                    localized(
                        "likeness \(fixed: likeness.best, 3), \(fixed: likeness.contrast, 1) "
                            + "deviations over the others"
                    )
                )
            }
            let share = evidence.coverage * 100
            parts.append(localized("\(fixed: share, 0) % of the question's words near it"))
            if evidence.isForeign { parts.append(localized("in another language")) }
            Terminal.show(
                "risk that the documents do not answer: \(fixed: evidence.risk, 2) "
                    + "(\(parts.joined(separator: "; ")))"
            )
        }
        for query in answer.searches {
            Terminal.show("searched again: \(Terminal.harmless(query))")
        }
        for rejected in answer.rejected {
            let quotation = Terminal.harmless(String(rejected.quotation.prefix(120)))
            Terminal.show("refused (\(rejected.reason.rawValue)): “\(quotation)”")
        }
        if let usage = answer.usage {
            Terminal.show("tokens: \(count: usage.prompt) read, \(count: usage.reply) written")
        }
    }
}

/// An answer as Markdown.
struct AnswerMarkdown {
    private let answer: Answer

    init(_ answer: Answer) { self.answer = answer }

    var text: String {
        var lines = ["## \(answer.question)", ""]
        switch answer.outcome {
        case .abstained(let reason): lines.append(reason.explanation(language: answer.language))
        case .answered:
            for claim in answer.claims {
                let marks = claim.citations.compactMap { answer.mark(of: $0.passageID) }
                lines.append(claim.text + " " + marks.map { "[\($0)]" }.joined())
            }
            lines.append("")
            for (index, source) in answer.sources.enumerated() {
                lines.append("\(index + 1). `\(source.location.reference)`")
                let quotations = answer.claims.flatMap(\.citations)
                    .filter { $0.passageID == source.passageID }.map(\.quotation)
                for quotation in quotations {
                    let flat = quotation.split(whereSeparator: \.isWhitespace)
                    lines.append("   > " + flat.joined(separator: " "))
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
