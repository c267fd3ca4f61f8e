internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

struct AnswersCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "answers",
        abstract: localized(
            "List, show, rate, pin or forget the answers that the library keeps."
        ),
        discussion: localized(
            """
            EXAMPLES
              vecino answers                  the newest ones, a line each
              vecino answers show 12          one, with its quotations
              vecino answers rate 12 +1       it was good; -1 for bad, 0 for neither
              vecino answers rm 12 13         forget these
              vecino answers pin 12           expect this answer; `check --ask` asks again
              vecino answers pins             what is expected
              vecino answers unpin 1          expect it no more
            """
        ),
        subcommands: [
            List.self, Show.self, Rate.self, Remove.self, PinCommand.self, PinsCommand.self,
            UnpinCommand.self,
        ],
        defaultSubcommand: List.self
    )

    /// What a person writes, and what it stands for.
    static let ratings = ["+1": 1, "1": 1, "-1": -1, "0": 0]

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: localized("List the newest answers, the newest last.")
        )

        @Option(name: [.customShort("n"), .long], help: .localized("How many to list."))
        var limit = 20

        @Flag(name: .long, help: .localized("Print as JSON."))
        var json = false

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func validate() throws {
            try Limits.validate(limit, in: Limits.listed, as: "-n")
        }

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            let answers = try await opened.savedAnswers(newest: limit)
            if json {
                Terminal.print(try JSON.text(answers))
            } else {
                for saved in answers { Terminal.print(Self.line(saved)) }
            }
            if answers.isEmpty {
                Terminal.say("No answer has been kept yet.")
                throw ExitStatus.nothingFound
            }
        }

        private static func line(_ saved: SavedAnswer) -> String {
            let rating = ["-", " ", "+"][min(max(saved.feedback, -1), 1) + 1]
            let outcome = saved.answer.outcome.isAnswered ? "answered" : "refused "
            let day = Terminal.harmless(String(saved.askedAt.prefix(16))).replacing("T", with: " ")
            return "\(saved.id)\t\(day)\t\(outcome)\t\(rating)\t"
                + Terminal.harmless(saved.answer.question).replacing("\n", with: " ")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: localized("Show an answer again, as it was given.")
        )

        @Argument(help: .localized("The answer's number."))
        var number: Int64

        @Flag(name: .long, help: .localized("Print as JSON."))
        var json = false

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            let saved = try await opened.savedAnswer(AnswerID(rawValue: number))
            if json { return Terminal.print(try JSON.text(saved)) }
            Terminal.print(Terminal.styled(Terminal.harmless(saved.answer.question), .bold))
            try AnswerPrinter(json: false, streams: false).finish(saved.answer)
            AnswerReasons(saved.answer).print()
        }
    }

    struct Rate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rate",
            abstract: localized("Say what you think of an answer: +1, -1, or 0 for nothing.")
        )

        // “-1” would be taken for an option otherwise.
        @Argument(
            parsing: .allUnrecognized,
            help: .localized("The answer's number, and +1, -1 or 0.")
        )
        var words: [String] = []

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func run() async throws {
            guard words.count == 2, let number = Int64(words[0]),
                let rating = AnswersCommand.ratings[words[1].filter { !$0.isWhitespace }]
            else { throw misuse("Write the answer's number and +1, -1 or 0.") }
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            try await opened.setFeedback(rating, ofAnswer: AnswerID(rawValue: number))
            Terminal.say("Noted.")
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rm",
            abstract: localized("Forget answers.")
        )

        @Argument(help: .localized("The numbers of the answers."))
        var numbers: [Int64] = []

        @Flag(name: .long, help: .localized("All of them."))
        var all = false

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func validate() throws {
            if numbers.isEmpty != all { throw misuse("Write numbers, or --all.") }
        }

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            let ids =
                all
                ? try await opened.savedAnswers().map(\.id) : numbers.map(AnswerID.init(rawValue:))
            let removed = try await opened.removeAnswers(ids)
            Terminal.say("Forgot \(count: removed, "answer").")
            if removed == 0 { throw ExitStatus.nothingFound }
        }
    }
}

struct StatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: localized(
            "Show what was asked: answers, refusals, tokens, cost, latency, ratings."
        ),
        discussion: localized(
            """
            Costs are reckoned from prices in your settings, ~/.config/vecino/config.toml, in any \
            currency, for a million tokens:

              [prices]
              "openai:gpt-4.1-mini" = { prompt = 0.40, reply = 1.60 }

            EXAMPLES
              vecino stats
              vecino stats --json
            """
        )
    )

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        let usage = AnswerUsage.byModel(try await opened.savedAnswers())
        if json { return Terminal.print(try JSON.text(usage)) }
        guard !usage.isEmpty else {
            Terminal.say("No answer has been kept yet.")
            throw ExitStatus.nothingFound
        }
        Terminal.write(AnswerUsage.table(usage))
    }
}
