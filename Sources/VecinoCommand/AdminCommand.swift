internal import ArgumentParser
internal import CommandParts
internal import Localization
internal import TerminalIO
internal import Vecino

struct AdminCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "admin",
        abstract: localized("For those who keep a PostgreSQL server with libraries."),
        subcommands: [Grants.self]
    )

    struct Grants: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "grants",
            abstract: localized(
                "Print the SQL that lets a role search a library, or write to it as well."
            ),
            discussion: localized(
                """
                Nothing is changed: hand what is printed to psql, as the owner of the library.

                EXAMPLES
                  vecino admin grants ana --db postgresql:///notes | psql notes
                """
            )
        )

        @Argument(help: .localized("The role.")) var role: String

        @Flag(help: .localized("Let the role index and remove as well.")) var write = false

        @OptionGroup(title: localized("Library")) var library: LibraryOptions

        func run() async throws {
            Terminal.write(
                try LibraryLocation.grants(
                    at: library.existingPath(),
                    to: role,
                    mayWrite: write
                )
            )
        }
    }
}
