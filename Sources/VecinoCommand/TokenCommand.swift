internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

/// Tokens for a library that is served to other machines.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: localized("Make, list or revoke tokens for `vecino serve --listen`."),
        discussion: localized(
            """
            EXAMPLES
              vecino token new --read --name "Ana's phone"
              vecino token new --ask --days 90
              vecino token list
              vecino token revoke 2
            """
        ),
        subcommands: [New.self, List.self, Revoke.self],
        defaultSubcommand: List.self
    )

    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: localized("Make a token and print it; it is shown this once.")
        )

        @Flag(name: .long, help: .localized("It may search and read (the default)."))
        var read = false

        @Flag(
            name: .long,
            help: .localized("It may ask too, which may cost a language model's tokens.")
        )
        var ask = false

        @Flag(name: .long, help: .localized("It may also rate saved answers."))
        var write = false

        @Option(name: .long, help: .localized("Whose it is, or what for."))
        var name = ""

        @Option(name: .long, help: .localized("Days until it expires. Default: it does not."))
        var days: Int?

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        private var right: AccessToken.Right { write ? .write : ask ? .ask : .read }

        func validate() throws {
            if let days, !(1...36_500).contains(days) {
                throw misuse("--days takes a whole number from 1 to 36500.")
            }
        }

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            let made = try await opened.makeAccessToken(
                name: name,
                right: right,
                expires: days.map { Date().addingTimeInterval(Double($0) * 86_400) }
            )
            Terminal.say("Token \(made.token.id) may \(right.rawValue). It is not shown again:")
            Terminal.print(made.secret)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: localized(
                "List the tokens that were not revoked; never the tokens themselves."
            )
        )

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            let tokens = try await opened.accessTokens()
            for token in tokens {
                let end = token.expires.map { "until " + $0.formatted(.iso8601) } ?? "for good"
                let state = token.isGood(at: Date()) ? end : "expired"
                let name = Terminal.harmless(token.name)
                Terminal.print("\(token.id)\t\(token.right.rawValue)\t\(state)\t\(name)")
            }
            if tokens.isEmpty {
                Terminal.say("There is no token: `vecino token new` makes one.")
                throw ExitStatus.nothingFound
            }
        }
    }

    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: localized("Make a token worthless, at once, also for a server that runs.")
        )

        @Argument(help: .localized("Its number, from `vecino token list`."))
        var id: Int

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func run() async throws {
            let opened = try Library.open(at: library.existingPath(), for: .searching)
            guard try await opened.revokeAccessToken(id) else {
                Terminal.say("There is no token \(id): `vecino token list` lists them.")
                throw ExitStatus.nothingFound
            }
            Terminal.say("Token \(id) is worthless now.")
        }
    }
}
