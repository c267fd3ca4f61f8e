internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Corpus
internal import Localization
internal import TerminalIO
internal import Vecino

struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: localized("Keep the library up to date while files change."),
        discussion: localized(
            """
            Brings the folders up to date as `vecino index` does, then waits for changes and takes \
            them in about a second later. Ctrl-C stops it at a whole state.

            EXAMPLES
              vecino watch                       everything the library knows
              vecino watch Notes ~/Papers
              vecino watch --install > ~/.config/systemd/user/vecino.service
              systemctl --user enable --now vecino
            """
        )
    )

    @Argument(
        help: .localized("Folders or files. Without any, those the library already knows."),
        completion: .directory
    )
    var paths: [String] = []

    @Flag(
        name: .long,
        help: .localized("Print a systemd user unit that watches them, and do nothing.")
    )
    var install = false

    @Flag(name: .long, help: .localized("One JSON line for each file."))
    var json = false

    @Flag(name: [.customShort("q"), .long], help: .localized("Say nothing but errors."))
    var quiet = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func run() async throws {
        let roots = try paths.map(Library.readableRoot)
        let path = try library.path(making: !paths.isEmpty)
        if install {
            // A service starts in another folder.
            let whole = URL(filePath: path).standardizedFileURL.path(percentEncoded: false)
            return printUnit(library: whole, roots: roots)
        }
        let opened = try model.open(path, for: .indexing, reading: ReadCommand.program)
        let watched = try await TrustedRoots(of: opened, named: roots, noting: true).roots
        guard !watched.isEmpty else { throw ExitStatus.library }
        let printer = WatchPrinter(json: json, quiet: quiet)
        try await Interruption.cancelling {
            try await opened.watch(watched) { printer.handle($0) }
        }
    }

    private func printUnit(library: String, roots: [String]) {
        let program = Bundle.main.executablePath ?? "vecino"
        let words = [program, "watch", "--quiet", "--db", library] + roots
        Terminal.print(SystemdUnit.text(command: words))
        Terminal.say(
            "Save it as ~/.config/systemd/user/vecino.service, then: "
                + "systemctl --user enable --now vecino"
        )
    }
}

/// A service of systemd that runs for one user.
enum SystemdUnit {
    /// The unit that runs `command`.
    static func text(command: [String]) -> String {
        """
        [Unit]
        Description=Vecino keeps a library of documents up to date

        [Service]
        ExecStart=\(command.map(quoted).joined(separator: " "))
        Restart=on-failure
        RestartSec=10
        Nice=10
        IOSchedulingClass=idle

        [Install]
        WantedBy=default.target
        """
    }

    /// A word as systemd reads it: quoted, and nothing in it a variable, a specifier or a line's end.
    private static func quoted(_ word: String) -> String {
        var escaped = ""
        for scalar in word.unicodeScalars {
            switch scalar {
            case "\\", "\"": escaped += "\\\(scalar)"
            case "%", "$": escaped += "\(scalar)\(scalar)"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                escaped += (scalar.value < 16 ? "\\x0" : "\\x") + String(scalar.value, radix: 16)
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        let isPlain = word.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || "/._-+".utf8.contains(byte)
        }
        return isPlain ? word : "\"" + escaped + "\""
    }
}

/// Shows what a watch does: a line for each file, with the time.
private struct WatchPrinter: Sendable {
    let json: Bool
    let quiet: Bool

    func handle(_ event: WatchEvent) {
        switch event {
        case .watching(let folders):
            if !quiet { Terminal.say("Watching \(count: folders, "folder").") }
        case .polling(let seconds):
            Terminal.say(
                "The system watches no more folders (fs.inotify.max_user_watches): looking every "
                    + "\(seconds) seconds."
            )
        case .failed(let root, let reason): Terminal.say("\(root): \(told: reason)")
        case .indexed: break
        case .progress(let root, .file(let path, let outcome, let passages, let reason)):
            show(root, path, outcome, passages, reason)
        case .progress: break
        }
    }

    private func show(
        _ root: String,
        _ path: String,
        _ outcome: FileOutcome,
        _ passages: Int,
        _ reason: String?
    ) {
        if json {
            let line = IndexReporter.FileLine(
                path: path,
                outcome: outcome,
                passages: passages,
                reason: reason
            )
            if let text = try? JSON.text(line, pretty: false) { Terminal.print(text) }
        } else if !quiet {
            let file = Terminal.path(path.isEmpty ? root : path)
            let time = Format.clock(Date())
            let word = IndexReporter.word(for: outcome)
            if let reason {
                Terminal.say("\(time)  \(word)  \(file): \(told: reason)")
            } else if passages > 0 {
                Terminal.say("\(time)  \(word)  \(file): \(count: passages, "passage")")
            } else {
                Terminal.say("\(time)  \(word)  \(file)")
            }
        }
    }
}
