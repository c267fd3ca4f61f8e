internal import ArgumentParser
internal import Localization
internal import Vecino

/// What `vecino` starts itself with to read documents; not for people.
struct ReadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "read-documents",
        abstract: localized("Read documents for another vecino process."),
        shouldDisplay: false
    )

    /// The program that runs, as the reader of its own documents.
    static var program: ReadingProgram { .itself(arguments: ["read-documents"]) }

    func run() { ReadingProgram.serve() }
}
