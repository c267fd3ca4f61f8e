internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import Operations
internal import TerminalIO
internal import Vecino
internal import VecinoServer

struct MCPCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mcp",
        abstract:
            localized(
                "Serve the library to agents: Model Context Protocol on standard input and output."
            ),
        discussion: localized(
            """
            EXAMPLES
              vecino mcp install claude        tell Claude Code of this library
              vecino mcp install zed --print   show it, and write nothing
              vecino mcp install codex --undo

            In an agent's configuration
              {"mcpServers": {"vecino": {
                "command": "vecino", "args": ["mcp", "--db", "notes.db"]}}}
            """
        ),
        subcommands: [MCPServeCommand.self, MCPInstallCommand.self],
        defaultSubcommand: MCPServeCommand.self
    )
}

struct MCPServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: localized("Serve; what `vecino mcp` does without a further word.")
    )

    @OptionGroup(title: localized("Language model")) var provider: ProviderOptions
    @OptionGroup(title: localized("Library")) var library: LibraryOptions
    @OptionGroup var model: ModelOptions
    @OptionGroup(title: localized("Network")) var network: NetworkOptions

    func run() async throws {
        let served = try await ServedLibrary(library: library, model: model, provider: provider)
        try await MCPStdio.run(MCPSession(served))
    }
}

struct MCPInstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: localized(
            "Write this library into the configuration of a program that speaks MCP."
        ),
        discussion: localized(
            """
            The programs: \(ClientConfiguration.all.map(\.name).joined(separator: ", ")). What is written is \
            shown first; everything else in the file stays as it is, and --undo takes it out again.
            """
        )
    )

    @Argument(
        help: .localized("The program.", valueName: "program"),
        completion: .list(ClientConfiguration.all.map(\.name))
    )
    var program: String

    @Option(name: .long, help: .localized("What the library is called there."))
    var name = "vecino"

    @Flag(name: .long, help: .localized("Show what would be written, and write nothing."))
    var print = false

    @Flag(name: .long, help: .localized("Take it out again."))
    var undo = false

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func validate() throws {
        guard ClientConfiguration.all.contains(where: { $0.name == program }) else {
            let names = ClientConfiguration.all.map(\.name).joined(separator: ", ")
            throw misuse("There is no program “\(program)” here: there are \(names).")
        }
        let isPlain = name.allSatisfy { character in
            character.isASCII && (character.isLetter || character.isNumber)
                || "-_".contains(character)
        }
        guard isPlain, !name.isEmpty else {
            throw misuse("--name takes letters, digits, - and _.")
        }
    }

    func run() async throws {
        guard let client = ClientConfiguration.all.first(where: { $0.name == program }) else {
            return
        }
        // A link is written through: many people keep such files elsewhere.
        let file = URL(filePath: client.path(ProcessEnvironment.environment))
            .resolvingSymlinksInPath()
        let exists = FileManager.default.fileExists(atPath: file.path(percentEncoded: false))
        let old = exists ? try String(contentsOf: file, encoding: .utf8) : ""
        let new =
            undo
            ? try client.removing(server: name, from: old)
            : try client.adding(server: name, command: try command(), to: old)
        if new == old {
            Terminal.say("~/\(client.file) needs no change.")
            return
        }
        for line in Self.changes(from: old, to: new) { Terminal.print(line) }
        guard !self.print else { return }
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        // The settings of a program may hold keys: its file keeps the permissions that it has.
        let permissions = try? FileManager.default.attributesOfItem(
            atPath: file.path(percentEncoded: false)
        )[.posixPermissions]
        try Data(new.utf8).write(to: file, options: .atomic)
        try FileManager.default.setAttributes(
            [.posixPermissions: permissions ?? 0o600],
            ofItemAtPath: file.path(percentEncoded: false)
        )
        Terminal.say("Written to ~/\(client.file). Start \(program) again.")
    }

    /// How the program starts this server.
    private func command() throws -> [String] {
        let library = URL(filePath: try library.existingPath()).standardizedFileURL
        let own = CommandLine.arguments.first ?? "vecino"
        let program = own.contains("/") ? URL(filePath: own).standardizedFileURL.path : own
        return [program, "mcp", "--db", library.path(percentEncoded: false)]
    }

    /// The lines that go and those that come, as a diff shows them.
    private static func changes(from old: String, to new: String) -> [String] {
        let before = old.split(separator: "\n", omittingEmptySubsequences: false)
        let after = new.split(separator: "\n", omittingEmptySubsequences: false)
        let difference = after.difference(from: before)
        return difference.removals.map { change in
            if case .remove(_, let line, _) = change { "- \(line)" } else { "" }
        }
            + difference.insertions.map { change in
                if case .insert(_, let line, _) = change { "+ \(line)" } else { "" }
            }
    }
}
