package import ArgumentParser
package import Localization

/// Wrong usage, in the reader's language; the program shows it with the command's usage.
package func misuse(_ message: Message) -> ValidationError { ValidationError(localized(message)) }

/// The exit statuses that scripts may rely on.
package enum ExitStatus {
    package static let nothingFound = ExitCode(1)
    package static let usage = ExitCode(2)
    package static let library = ExitCode(3)
    package static let provider = ExitCode(4)
    package static let interrupted = ExitCode(130)
}
