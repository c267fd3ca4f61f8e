internal import Answering
internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

/// Where expectations are kept.
struct PinOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "The file of expectations, one a line. Default: .vecino/pinned.jsonl beside the library.",
            valueName: "file"
        ),
        completion: .file(extensions: ["jsonl"])
    )
    var pins: String?

    /// The expectations of the library at `path`.
    func read(for path: String) throws -> PinnedAnswers {
        guard let file = pins ?? PinnedAnswers.file(of: path) else {
            throw misuse("A library on a server has no folder: name a file with --pins.")
        }
        return try PinnedAnswers(file: file)
    }
}

struct PinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: localized("Keep question, answer and sources as an expectation."),
        discussion: localized(
            """
            `vecino check --ask` asks pinned questions again and reports what changed. Expectations are \
            lines of a file that can be kept with the documents, and paths in it are written from the \
            library's folder on. A question that is pinned again takes the place of its first pin. Name the \
            options that the question was asked with, as they are kept with it.

            EXAMPLES
              vecino answers pin                       the newest answer
              vecino answers pin 12 13
              vecino answers pin 12 --path 'notes/**'  asked with that filter again
              vecino answers pin 12 --pins tests/answers.jsonl
            """
        )
    )

    @Argument(help: .localized("The numbers of the answers; the newest if there are none."))
    var numbers: [Int64] = []

    @Option(
        name: [.customShort("k"), .long],
        help: .localized("How many passages the answer may draw on.")
    )
    var passages: Int?

    @Option(name: .long, help: .localized("hybrid, keyword or vector."))
    var mode: ModeArgument?

    @Option(
        name: .customLong("max-risk"),
        help: .localized("The largest risk that is answered, 0 to 1.", valueName: "risk")
    )
    var maximumRisk: Double?

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup var pinning: PinOptions
    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func validate() throws {
        if let passages, !(1...50).contains(passages) {
            throw misuse("-k takes a number from 1 to 50.")
        }
        if let maximumRisk, !(0...1).contains(maximumRisk) {
            throw misuse("--max-risk takes a number from 0 to 1.")
        }
    }

    func run() async throws {
        let path = try library.existingPath()
        let opened = try Library.open(at: path, for: .searching)
        var saved: [SavedAnswer] = []
        for number in numbers {
            saved.append(try await opened.savedAnswer(AnswerID(rawValue: number)))
        }
        if numbers.isEmpty { saved = try await opened.savedAnswers(newest: 1) }
        guard !saved.isEmpty else {
            Terminal.say("No answer has been kept yet: `vecino ask` keeps them.")
            throw ExitStatus.nothingFound
        }
        // What cannot be read now could not be asked later.
        _ = try filters.filter()
        var pins = try pinning.read(for: path)
        let folder = PinnedAnswers.folder(of: path)
        var pinned: [(number: Int, pin: PinnedAnswer)] = []
        for answer in saved {
            guard answer.answer.grounding == .quotations else {
                throw misuse(
                    "Answer \(answer.id) rests on no document: only answers from documents are pinned."
                )
            }
            let pin = PinnedAnswer(answer.answer, way: way, folder: folder)
            pinned.append((pins.pin(pin), pin))
        }
        try pins.save()
        if json {
            Terminal.print(try JSON.text(pinned.map(\.pin)))
        }
        for (number, pin) in pinned {
            Terminal.say("Pinned as \(number): \(Terminal.harmless(pin.question))")
            guard pin.isExtractive else { continue }
            let check = try await opened.check(pin, number: number, folder: folder)
            if !check.finding.isKept {
                Terminal.say(
                    "Asked again now it is \(check.finding.rawValue): pin it with the options that it was "
                        + "asked with (--path, -k, --max-risk, …), or ask it anew and pin that."
                )
            }
        }
        Terminal.say("Kept in \(Terminal.path(pins.file)).")
    }

    private var way: PinnedAnswer.Way {
        var way = PinnedAnswer.Way()
        way.passages = passages
        way.mode = mode?.rawValue
        way.maximumRisk = maximumRisk
        way.paths = filters.path.isEmpty ? nil : filters.path
        way.conditions = filters.conditions.isEmpty ? nil : filters.conditions
        way.since = filters.since
        way.until = filters.until
        return way
    }
}

struct PinsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pins",
        abstract: localized("List the pinned answers."),
        discussion: localized(
            """
            EXAMPLES
              vecino answers pins
              vecino answers pins --json
            """
        )
    )

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup var pinning: PinOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let pins = try pinning.read(for: library.existingPath())
        if json { Terminal.print(try JSON.text(pins.answers)) }
        guard !pins.answers.isEmpty else {
            Terminal.say("Nothing is pinned yet: `vecino answers pin` pins the newest answer.")
            throw ExitStatus.nothingFound
        }
        guard !json else { return }
        for (index, pin) in pins.answers.enumerated() {
            let outcome = pin.isAnswered ? "answered" : "refused "
            Terminal.print(
                "\(index + 1)\t\(outcome)\t"
                    + Terminal.harmless(pin.question).replacing("\n", with: " ")
            )
        }
    }
}

struct UnpinCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpin",
        abstract: localized("Expect pinned answers no more."),
        discussion: localized(
            """
            EXAMPLES
              vecino answers unpin 1 3
              vecino answers unpin --all
            """
        )
    )

    @Argument(help: .localized("The numbers that `vecino answers pins` shows."))
    var numbers: [Int] = []

    @Flag(name: .long, help: .localized("All of them."))
    var all = false

    @OptionGroup var pinning: PinOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func validate() throws {
        if numbers.isEmpty != all { throw misuse("Write numbers, or --all.") }
    }

    func run() async throws {
        var pins = try pinning.read(for: library.existingPath())
        let unwanted = all ? Set(pins.answers.indices.map { $0 + 1 }) : Set(numbers)
        let count = pins.unpin(unwanted)
        if count > 0 { try pins.save() }
        Terminal.say("Unpinned \(count: count, "answer").")
        if count == 0 { throw ExitStatus.nothingFound }
    }
}
