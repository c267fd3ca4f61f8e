internal import Answering
internal import ArgumentParser
internal import Embedding
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

extension VecinoProgram {
    /// Says what went wrong in one sentence and ends with the status that belongs to it.
    static func exit(with error: any Error) -> Never {
        if let code = error as? ExitCode {
            Terminal.finish()
            Foundation.exit(code.rawValue)
        }
        let code = exitCode(for: error)
        if code == .success {
            // Help, version and completion scripts are what was asked for: data.
            Terminal.write(ParserText.localized(fullMessage(for: error)) + "\n")
            Terminal.finish()
            Foundation.exit(0)
        }
        if code == .validationFailure {
            let message = fullMessage(for: error)
            Terminal.say(Message(verbatim: ParserText.localized(message)))
            if let hint = dashHint(message) { Terminal.say(hint) }
            Foundation.exit(ExitStatus.usage.rawValue)
        }
        if error is CancellationError {
            Terminal.say("Interrupted; everything that was finished is kept.")
            Foundation.exit(ExitStatus.interrupted.rawValue)
        }
        if let advice = advice(for: error) {
            Terminal.say("vecino: \(error: error) \(advice)")
        } else {
            Terminal.say("vecino: \(error: error)")
        }
        Foundation.exit(status(for: error).rawValue)
    }

    /// How to pass what begins with a dash and is no option, where that may be what is wrong.
    private static func dashHint(_ message: String) -> Message? {
        let arguments = CommandLine.arguments.dropFirst()
        guard message.contains("Unknown option") || message.contains("Missing value"),
            let command = arguments.first(where: { !$0.hasPrefix("-") }),
            ["search", "ask", "chat", "get", "similar", "ls", "rm", "index"].contains(command),
            let text = arguments.first(where: { $0.hasPrefix("-") && message.contains($0) })
        else { return nil }
        return Message(
            "What begins with a dash and is no option goes after two dashes: "
                + "vecino \(command) -- \(Terminal.shellWord(text))"
        )
    }

    /// What the options of this program can do about an error of the library, which knows none of them.
    private static func advice(for error: any Error) -> Message? {
        if ProcessEnvironment.isOffline, error is AnsweringError || error is EmbeddingError {
            return Message(
                "Leave out --offline or VECINO_OFFLINE, or do without: --no-llm, --mode keyword, an "
                    + "installed model."
            )
        }
        return switch error {
        case StoreError.server where ProcessEnvironment.isOffline:
            Message("Leave out --offline or VECINO_OFFLINE.")
        case StoreError.notALibrary: Message("--db names another file.")
        case StoreError.damaged: Message("To repair: `vecino doctor --fix`, then `vecino index`.")
        case StoreError.modelMismatch:
            Message("--model names a model; `vecino index --rebuild` builds the library anew.")
        case RetrievalError.cannotRerank:
            Message(
                "--rerank names a cross-encoder; without it, or with none, nothing is ranked again."
            )
        case ModelCatalogError.alreadyInstalled: Message("--name gives it another name.")
        case ModelHubError.offline:
            Message("Leave out --offline, VECINO_OFFLINE and HF_HUB_OFFLINE.")
        case ModelHubError.severalFiles: Message("--file chooses one.")
        case AnsweringError.budget: Message("--budget allows more; --no-llm asks no model.")
        case AnsweringError.contextOverflow: Message("-k asks with fewer passages.")
        case AnsweringError.keyWanted:
            Message(
                "--key-variable names the variable of a key for --base-url; --no-llm asks no model."
            )
        case AnsweringError.noLocalServer, is AnswerModelError:
            Message("--base-url gives the address of a server; --no-llm asks no model.")
        case is AnsweringError: Message("--no-llm quotes the best sentences without a model.")
        default: nil
        }
    }

    private static func status(for error: any Error) -> ExitCode {
        switch error {
        case RetrievalError.emptyQuery, RetrievalError.queryTooLong: ExitStatus.usage
        case is FilterError, is LimitError: ExitStatus.usage
        case is AnswerModelError: ExitStatus.usage
        case is EmbeddingError, is AnsweringError, is KeyFileError: ExitStatus.provider
        case is ModelHubError: ExitStatus.provider
        default: ExitStatus.library
        }
    }
}
