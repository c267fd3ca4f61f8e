internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import MeasuringCommands
internal import TerminalIO
internal import Vecino

/// `vecino`: parses, calls the library, prints; decides nothing.
@main
struct VecinoProgram: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vecino",
        abstract: localized(
            "Finds passages by meaning and by words, and answers from your documents."
        ),
        discussion: localized(
            """
            Everything is in one SQLite file, .vecino/library.db in the folder where you index; the \
            commands find it from there and from any folder below. Nothing leaves this machine unless you name a \
            remote provider, and nothing at all with --offline.

            EXAMPLES
              vecino index Notes                      build or refresh a folder's library
              vecino search "renew the lease"         find passages by meaning and by words
              vecino ask "¿Cuándo abre el taller?"    a short answer, its quotations checked
              vecino status                           what it holds, and what was not read

            EXIT STATUS
              0 found or answered · 1 nothing found, or no answer · 2 wrong usage
              3 the library or a document · 4 a provider · 130 interrupted
            """
        ),
        version: Version.text,
        subcommands: commands
    )

    @OptionGroup(title: localized("Output")) var output: OutputOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    private static var commands: [any ParsableCommand.Type] {
        var commands: [any ParsableCommand.Type] = [
            IndexCommand.self, WatchCommand.self, SearchCommand.self, AskCommand.self,
            ChatCommand.self, WhyNotCommand.self, AnswersCommand.self, CheckCommand.self,
            StatsCommand.self,
            GetCommand.self, SimilarCommand.self, ListCommand.self, RemoveCommand.self,
            StatusCommand.self, DoctorCommand.self, BackupCommand.self, CopyCommand.self,
            AdminCommand.self,
            ModelCommand.self, RerankCommand.self, BenchCommand.self, EvalCommand.self,
            TuneCommand.self,
        ]
        #if Server
        commands.append(ServeCommand.self)
        #else
        commands.append(ServeNotBuiltCommand.self)
        #endif
        return commands + [
            TokenCommand.self, MCPCommand.self, CompletionsCommand.self, ReadCommand.self,
        ]
    }

    static func main() async {
        // A file that may not grow further is an error to report, like a full disk, and not the end.
        signal(SIGXFSZ, SIG_IGN)
        Terminal.occupyStandardStreams()
        if let message = OpenFiles.fault(needing: OpenFiles.forAnyCommand) {
            Terminal.say(message)
            Foundation.exit(ExitStatus.library.rawValue)
        }
        if let name = unknownCommand(in: Array(CommandLine.arguments.dropFirst())) {
            sayUnknown(name)
            Foundation.exit(ExitStatus.usage.rawValue)
        }
        do {
            var command = try await asyncParseAsRoot(
                Self.marked(Array(CommandLine.arguments.dropFirst()))
            )
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            Terminal.finish()
        } catch {
            exit(with: error)
        }
    }

    /// The arguments with a space before text that begins with a dash: `'-5 degrees'` is no option.
    ///
    /// An option has no spaces and is no number.
    static func marked(_ arguments: [String]) -> [String] {
        var isText = false
        return arguments.map { argument in
            if argument == "--" { isText = true }
            guard !isText, argument.first == "-", !argument.hasPrefix("--"),
                argument.contains(where: \.isWhitespace)
                    || argument.dropFirst().first?.isNumber == true
            else { return argument }
            return " " + argument
        }
    }

    /// Without a command: what to do next.
    func run() async throws { try await NextStep.show() }

    // MARK: Commands that there are not

    private static var names: [String] {
        commands.map { $0._commandName } + ["help"]
    }

    /// The word in the place of a command that is no command's name; nil if there is none.
    private static func unknownCommand(in arguments: [String]) -> String? {
        var rest = arguments[...]
        while let word = rest.popFirst() {
            if word == "--color" {
                _ = rest.popFirst()
            } else if !word.hasPrefix("-") {
                return names.contains(word) ? nil : word
            }
        }
        return nil
    }

    private static func sayUnknown(_ name: String) {
        let shown = String(name.prefix(80))
        if let command = CommandNames.nearest(to: name, among: names) {
            Terminal.say("There is no command “\(shown)”. Did you mean `vecino \(command)`?")
        } else {
            Terminal.say(
                "There is no command “\(shown)”. To look for it: "
                    + "`vecino search \(Terminal.shellWord(String(name.prefix(80))))`."
            )
        }
        Terminal.say("`vecino --help` lists the commands.")
    }
}
