internal import ArgumentParser
internal import Localization
internal import TerminalIO

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: localized("Print the completion script of a shell."),
        discussion: localized(
            """
            EXAMPLES
              vecino completions bash > ~/.local/share/bash-completion/completions/vecino
              vecino completions zsh > ~/.zfunc/_vecino
              vecino completions fish > ~/.config/fish/completions/vecino.fish
            """
        )
    )

    @Argument(help: .localized("bash, zsh or fish."))
    var shell: Shell

    enum Shell: String, CaseIterable, ExpressibleByArgument { case bash, zsh, fish }

    func run() throws {
        let kind: CompletionShell =
            switch shell {
            case .bash: .bash
            case .zsh: .zsh
            case .fish: .fish
            }
        Terminal.print(VecinoProgram.completionScript(for: kind))
    }
}
