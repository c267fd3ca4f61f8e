#if !Server
internal import ArgumentParser
internal import Localization
internal import TerminalIO

/// `vecino serve` in a program that was built without the server: says how to build it.
struct ServeNotBuiltCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: localized("A web page and an HTTP API for the library. Not in this build."),
        shouldDisplay: false
    )

    @Argument(parsing: .allUnrecognized) var rest: [String] = []

    func run() throws {
        throw misuse(
            "This program was built without the server. In the source folder, "
                + "`swift build -c release --product vecino` builds it with everything."
        )
    }
}
#endif
