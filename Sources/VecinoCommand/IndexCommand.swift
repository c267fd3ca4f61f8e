internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Corpus
internal import Localization
internal import TerminalIO
internal import Vecino

struct IndexCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "index",
        abstract: localized("Build or refresh the library of a folder of documents."),
        discussion: localized(
            """
            New and changed files are read, deleted ones leave the library, unchanged ones cost one \
            look each. It may be interrupted at any moment and goes on where it stopped; documents \
            that are done can be searched meanwhile. .gitignore and .vecinoignore are respected, \
            hidden files are left out. What is chosen for a folder is kept with it and holds until it \
            is chosen otherwise; --include '' and the like take a choice back.

            EXAMPLES
              vecino index Notes
              vecino index ~/Papers --include '*.md' --exclude 'drafts/**'
              vecino index Notes --dry-run
              vecino index Notes --db notes.db --model all-MiniLM-L6-v2
              vecino index faq.csv --text-field question --text-field answer --id-field no
              vecino index                          refresh everything the library knows
            """
        )
    )

    @Argument(
        help: .localized("Folders or files. Without any, those the library already knows."),
        completion: .directory
    )
    var paths: [String] = []

    @Option(
        name: .long,
        help: .localized("Only files that match; may be repeated.", valueName: "glob")
    )
    var include: [String] = []

    @Option(
        name: .long,
        help: .localized("Leave out what matches; may be repeated.", valueName: "glob")
    )
    var exclude: [String] = []

    @Flag(
        name: .long,
        inversion: .prefixedNo,
        help: .localized("Read hidden files and folders too.")
    )
    var hidden: Bool?

    @Flag(
        name: .long,
        inversion: .prefixedNo,
        help: .localized("Look for text in scanned PDFs too, with tesseract; takes seconds a page.")
    )
    var ocr: Bool?

    @Flag(
        name: .customLong("other-file-systems"),
        inversion: .prefixedNo,
        help: .localized("Enter folders where other file systems are mounted too.")
    )
    var otherFileSystems: Bool?

    @Option(
        name: .customLong("text-field"),
        help: .localized(
            "Of CSV, TSV, JSON and JSON Lines only this field is text; may be repeated. Dots between "
                + "the names of nested fields. Records without it are read whole.",
            valueName: "name"
        )
    )
    var textField: [String] = []

    @Option(
        name: .customLong("id-field"),
        help: .localized(
            "The field that names a record; shown above it like a heading.",
            valueName: "name"
        )
    )
    var idField: String?

    @Option(
        name: .customLong("time-limit"),
        help: .localized(
            "Give a file up after so many seconds, and one more per MB. Default: 30.",
            valueName: "seconds"
        )
    )
    var timeLimit: Double?

    @Option(
        name: .customLong("size-limit"),
        help: .localized("Leave out files that are larger. Default: 64.", valueName: "MB")
    )
    var sizeLimit: Double?

    @Flag(
        name: .customLong("allow-empty"),
        help: .localized("Take all documents of a folder out when nothing is left in it.")
    )
    var allowEmpty = false

    @Flag(name: .customLong("dry-run"), help: .localized("Say what would be done, and do nothing."))
    var dryRun = false

    @Flag(
        name: .long,
        help: .localized(
            "Also forget embeddings that no passage uses any more, and shrink the file."
        )
    )
    var prune = false

    @Flag(
        name: .long,
        help: .localized(
            "Build the library anew; the old one answers until then. Changes its embedding model."
        )
    )
    var rebuild = false

    @Flag(name: .long, help: .localized("One JSON line for each file, then one with the totals."))
    var json = false

    @Flag(name: [.customShort("q"), .long], help: .localized("Say nothing but errors."))
    var quiet = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func validate() throws {
        if let timeLimit, !(timeLimit > 0 && timeLimit <= 86_400) {
            throw misuse("--time-limit takes seconds, up to 86400.")
        }
        if let sizeLimit, !(sizeLimit > 0 && sizeLimit <= 2_000) {
            throw misuse("--size-limit takes megabytes, up to 2000.")
        }
    }

    func run() async throws {
        let named = try paths.map(Library.readableRoot)
        let path = try library.path(making: !paths.isEmpty)
        try await Interruption.cancelling {
            try await index(into: path, named: named)
        }
    }

    private func index(into path: String, named: [String]) async throws {
        if dryRun, try !LibraryLocation.exists(path) {
            try await planFreshly()
            return
        }
        let opened = try model.open(path, for: .indexing, reading: ReadCommand.program)
        let choice = try await TrustedRoots(of: opened, named: named, noting: !dryRun)
        // Named as they were written, which is how a person knows them.
        let roots = paths.isEmpty ? choice.roots : paths
        var isWhole = choice.leftOut.isEmpty
        if rebuild, !dryRun {
            // What is not read would be missing from what takes the place of the library.
            guard isWhole else { throw RebuildRefused(reason: .leftOut) }
            try await opened.rebuild {
                IndexReporter.sayWaiting(Terminal.path(path))
            } _: { shadow in
                guard try await bring(roots, into: shadow, of: path) else {
                    throw RebuildRefused(reason: .unread)
                }
            }
        } else {
            if !dryRun, !quiet, !json, await opened.hasUnfinishedRebuild() {
                Terminal.say(
                    "An interrupted `vecino index --rebuild` waits to be resumed: run it again."
                )
            }
            isWhole = try await bring(roots, into: opened, of: path) && isWhole
        }
        if prune, !dryRun {
            let dropped = try await opened.prune()
            if !quiet, !json {
                Terminal.say("Forgot \(count: dropped, "unused embedding").")
            }
        }
        if !dryRun, !quiet, !json, let pending = opened.pendingLog() {
            Terminal.say("\(told: pending)")
        }
        if !isWhole { throw ExitStatus.library }
    }

    /// Brings a library up to date with folders; it may be one that is yet to take the place at `path`.
    ///
    /// - Returns: whether all of them could be read: one that could not keeps no other from it.
    private func bring(
        _ roots: [String],
        into opened: Library,
        of path: String
    ) async throws -> Bool {
        var isWhole = true
        for root in roots {
            do {
                isWhole = try await bring(root, into: opened, of: path) && isWhole
            } catch let error as LibraryError where roots.count > 1 {
                Terminal.say("vecino: \(error: error)")
                isWhole = false
            }
        }
        return isWhole
    }

    /// - Returns: whether all of the folder could be read.
    private func bring(
        _ root: String,
        into opened: Library,
        of path: String
    ) async throws -> Bool {
        let options = chosen(over: try await opened.options(of: root) ?? IndexOptions())
        let reporter = IndexReporter(json: json, quiet: quiet, root: root)
        if dryRun {
            let plan = try await opened.plan(root, options: options, allowsEmpty: allowEmpty)
            try reporter.show(plan)
            return plan.unread.isEmpty
        }
        let report = try await opened.index(root, options: options, allowsEmpty: allowEmpty) {
            reporter.handle($0)
        }
        try reporter.finish(report, library: path)
        return report.unread == 0
    }

    /// What was chosen before, but for what is chosen now.
    private func chosen(over former: IndexOptions) -> IndexOptions {
        var options = former
        func choose(_ list: [String], for path: WritableKeyPath<IndexOptions, [String]>) {
            if !list.isEmpty { options[keyPath: path] = list.filter { !$0.isEmpty } }
        }
        choose(include, for: \.include)
        choose(exclude, for: \.exclude)
        choose(textField, for: \.textFields)
        if let idField { options.idField = idField.isEmpty ? nil : idField }
        if let hidden { options.hidden = hidden }
        if let ocr { options.ocr = ocr }
        if let otherFileSystems { options.crossesFileSystems = otherFileSystems }
        if let timeLimit { options.secondsPerFile = timeLimit }
        if let sizeLimit { options.maximumFileSize = Int64(sizeLimit * 1e6) }
        return options
    }

    /// A dry run where no library is yet: everything is new, and no file is made.
    private func planFreshly() async throws {
        var isWhole = true
        for root in paths {
            let options = chosen(over: IndexOptions())
            let plan = try await Library.planWithoutLibrary(root, options: options)
            try IndexReporter(json: json, quiet: quiet, root: root).show(plan)
            isWhole = isWhole && plan.unread.isEmpty
        }
        if !isWhole { throw ExitStatus.library }
    }
}

/// Why a library was not built anew; the old one is as it was.
struct RebuildRefused: Error, CustomStringConvertible {
    enum Reason { case leftOut, unread }

    let reason: Reason

    var description: String {
        switch reason {
        case .leftOut:
            localized(
                "The library was not built anew: name all of its folders, so that none is missing from "
                    + "it."
            )
        case .unread:
            localized(
                "The library was not built anew, because not all could be read; the old one answers as "
                    + "before. Run the command again, and it goes on where it stopped."
            )
        }
    }
}
