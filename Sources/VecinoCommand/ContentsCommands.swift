internal import ArgumentParser
internal import CommandParts
internal import Corpus
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: localized("Print a passage or a document as the library holds it."),
        discussion: localized(
            """
            EXAMPLES
              vecino get 42                     passage 42, as numbered by `vecino search`
              vecino get notes/lease.md         a whole document
              vecino get notes/lease.md:20      what stands at line 20
              vecino get notes/lease.md:20:15   what stands in the 15 lines from 20 on
            """
        )
    )

    @Argument(
        help: .localized(
            "REF[:from[:count]]: a passage's number or a document's path, and lines of it."
        ),
        completion: LibraryCompletions.documents
    )
    var reference: String

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let (name, lines) = try LineReference.parse(reference)
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        let passages = try await opened.passages(named: name, lines: lines)
        if json {
            Terminal.print(try JSON.text(passages))
        } else {
            if let first = passages.first, let last = passages.last {
                let lines =
                    first.lines
                    .lowerBound...max(
                        first.lines.lowerBound,
                        last.lines.upperBound
                    )
                let path = first.document.absolutePath
                Terminal.say(Message(verbatim: PassageLocation(path: path, lines: lines).reference))
            }
            for (index, passage) in passages.enumerated() {
                if index > 0 { Terminal.print("") }
                if let heading = passage.headings.last,
                    heading != (index > 0 ? passages[index - 1].headings.last : nil)
                {
                    Terminal.print(Terminal.styled("## " + Terminal.harmless(heading), .bold))
                }
                Terminal.print(Terminal.harmless(passage.text))
            }
        }
        if passages.isEmpty {
            Terminal.say("Nothing stands at those lines.")
            throw ExitStatus.nothingFound
        }
    }
}

/// `REF[:from[:count]]`.
enum LineReference {
    static func parse(_ text: String) throws -> (name: String, lines: ClosedRange<Int>?) {
        guard let match = text.wholeMatch(of: /(.+?)(?::(\d+)(?::(\d+))?)?/) else {
            throw misuse("Name a passage or a document.")
        }
        let name = String(match.1)
        guard let from = match.2.flatMap({ Int($0) }) else { return (name, nil) }
        let count = match.3.flatMap { Int($0) } ?? 1
        guard from > 0, count > 0, count < 1_000_000_000, from < 1_000_000_000 else {
            throw misuse("Lines count from 1, and at least one is shown.")
        }
        return (name, from...(from + count - 1))
    }
}

struct SimilarCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "similar",
        abstract: localized("Find the passages nearest in meaning to one of the library's."),
        discussion: localized(
            """
            With --duplicates: the groups of passages that say nearly the same in nearly the same \
            words, as copies and versions of a document do.

            EXAMPLES
              vecino similar 42
              vecino similar notes/lease.md:20 --others -n 5
              vecino similar --duplicates
            """
        )
    )

    @Argument(
        help: .localized("A passage's number, or PATH:LINE."),
        completion: LibraryCompletions.documents
    )
    var reference: String?

    @Option(
        name: [.customShort("n"), .long],
        help: .localized("How many hits, or groups, to show.")
    )
    var limit = 10

    @Flag(name: .long, help: .localized("Only passages of other documents."))
    var others = false

    @Flag(name: .long, help: .localized("List groups of near-duplicates instead."))
    var duplicates = false

    @Option(name: .long, help: .localized("text, json, jsonl, csv, md or files."))
    var format: SearchFormat?

    @Flag(name: .long, help: .localized("The same as --format json."))
    var json = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func validate() throws {
        try Limits.validate(limit, in: Limits.results, as: "-n")
        if duplicates == (reference != nil) {
            throw misuse("Name a passage, or ask for --duplicates.")
        }
    }

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        guard let reference else { return try await printDuplicates(in: opened) }
        let (name, lines) = try LineReference.parse(reference)
        guard let passage = try await opened.passages(named: name, lines: lines).first else {
            throw LibraryError.noSuchReference(reference)
        }
        let results = try await opened.similar(
            to: passage.id,
            limit: limit,
            otherDocumentsOnly: others
        )
        try SearchPrinter(format: format ?? (json ? .json : .text)).print(results)
        if results.hits.isEmpty { throw ExitStatus.nothingFound }
    }

    private func printDuplicates(in opened: Library) async throws {
        let groups = try await opened.duplicates()
        if json || format == .json {
            Terminal.print(try JSON.text(Array(groups.prefix(limit))))
        } else {
            for group in groups.prefix(limit) {
                let title = localized("\(count: group.count) nearly the same")
                Terminal.print(Terminal.styled(title, .bold))
                for passage in group {
                    let path = Terminal.path(passage.document.absolutePath)
                    Terminal.print("  #\(passage.id)  \(path)\(passage.location.suffix)")
                }
            }
            let more = groups.count - limit
            if groups.isEmpty {
                Terminal.say("No passages are nearly the same.")
            } else if more > 0 {
                Terminal.say(
                    "\(count: groups.count, "group"), \(count: more) not shown: -n shows more."
                )
            } else {
                Terminal.say("\(count: groups.count, "group").")
            }
        }
        if groups.isEmpty { throw ExitStatus.nothingFound }
    }
}

struct ListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ls",
        abstract: localized("List the documents of the library."),
        discussion: localized(
            """
            EXAMPLES
              vecino ls
              vecino ls --path '*.md' --where language=es
            """
        )
    )

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    @Flag(
        name: [.customShort("l"), .long],
        help: .localized("With language, format, date and title.")
    )
    var long = false

    @OptionGroup(title: localized("Filters")) var filters: FilterOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        let documents = try await opened.documents(filters.filter())
        if json {
            Terminal.print(try JSON.text(documents))
        } else {
            for document in documents {
                let path = Terminal.path(document.path)
                guard long else {
                    Terminal.print(path)
                    continue
                }
                let facts = [document.language, document.format, document.date ?? "–", path]
                Terminal.print(
                    facts.joined(separator: "\t") + "\t" + Terminal.harmless(document.title)
                )
            }
        }
        if documents.isEmpty { throw ExitStatus.nothingFound }
    }
}

struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: localized("Take documents or whole collections out of the library."),
        discussion: localized(
            """
            Your files are not touched. What still stands in an indexed folder comes back with the \
            next `vecino index`; to keep it out, name it in .vecinoignore or with --exclude.

            EXAMPLES
              vecino rm notes/old.md
              vecino rm ~/Papers              a collection, by its root
            """
        )
    )

    @Argument(
        help: .localized("Documents by path, or collections by their root."),
        completion: LibraryCompletions.documentsAndFolders
    )
    var references: [String]

    @Flag(
        name: [.customShort("n"), .customLong("dry-run")],
        help: .localized("Say what would go, and do nothing.")
    )
    var dryRun = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .indexing)
        let removed = try await opened.remove(references, dryRun: dryRun)
        for path in removed { Terminal.print(path) }
        if dryRun {
            Terminal.say("Would remove \(count: removed.count, "document") from the library.")
        } else {
            Terminal.say("Removed \(count: removed.count, "document") from the library.")
        }
    }
}
