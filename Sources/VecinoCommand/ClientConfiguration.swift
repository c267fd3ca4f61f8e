internal import Foundation
internal import TerminalIO

/// Where a program that speaks the Model Context Protocol keeps the servers that it starts, and how.
struct ClientConfiguration {
    /// How the file is written.
    enum Form {
        /// JSON: an object of servers under this name, each with these further members.
        case json(key: String, more: [(String, String)])
        /// TOML: a table for each server.
        case toml(table: String)
    }

    /// What the program is called on the command line.
    let name: String
    /// The file, from the home folder.
    let file: String
    let form: Form

    /// Where the file is.
    func path(_ environment: [String: String]) -> String {
        let home = environment["HOME"] ?? NSHomeDirectory()
        let own = ".config/"
        guard file.hasPrefix(own), let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty
        else { return home + "/" + file }
        return folder + "/" + file.dropFirst(own.count)
    }

    /// The programs that are known.
    static let all = [
        ClientConfiguration(
            name: "claude",
            file: ".claude.json",
            form: .json(key: "mcpServers", more: [("type", "stdio")])
        ),
        ClientConfiguration(
            name: "codex",
            file: ".codex/config.toml",
            form: .toml(table: "mcp_servers")
        ),
        ClientConfiguration(
            name: "cursor",
            file: ".cursor/mcp.json",
            form: .json(key: "mcpServers", more: [])
        ),
        ClientConfiguration(
            name: "gemini",
            file: ".gemini/settings.json",
            form: .json(key: "mcpServers", more: [])
        ),
        ClientConfiguration(
            name: "vscode",
            file: ".config/Code/User/mcp.json",
            form: .json(key: "servers", more: [("type", "stdio")])
        ),
        ClientConfiguration(
            name: "zed",
            file: ".config/zed/settings.json",
            form: .json(key: "context_servers", more: [])
        ),
    ]

    /// The text of the file with the server in it, in the place of one of the same name.
    ///
    /// Everything else stays as it is, to the byte.
    ///
    /// - Throws: `ClientConfigurationError` where the file is not what it should be.
    func adding(
        server: String,
        command: [String],
        to text: String
    ) throws(ClientConfigurationError) -> String {
        let without = try removing(server: server, from: text)
        switch form {
        case .json(let key, let more):
            let blank = without.contains { !$0.isWhitespace } ? without : "{}\n"
            let entry = Self.json(command, more)
            guard var object = JSONText(blank) else { throw .unreadable(file) }
            if let servers = object.members.first(where: { $0.name == key }) {
                guard let inner = JSONText(String(servers.value)) else { throw .unreadable(file) }
                object.replace(servers, with: inner.inserting(server, entry, indent: "    "))
                return object.text
            }
            let wrapped = "{\n    \(JSONText.quoted(server)): \(entry)\n  }"
            return object.inserting(key, wrapped, indent: "  ")
        case .toml(let table):
            let lines = [
                "[\(table).\(server)]", "command = \(JSONText.quoted(command[0]))",
                "args = [\(command.dropFirst().map(JSONText.quoted).joined(separator: ", "))]",
            ]
            let gap = without.isEmpty ? "" : without.hasSuffix("\n") ? "\n" : "\n\n"
            return without + gap + lines.joined(separator: "\n") + "\n"
        }
    }

    /// The text of the file without the server.
    ///
    /// - Throws: `ClientConfigurationError` where the file is not what it should be.
    func removing(
        server: String,
        from text: String
    ) throws(ClientConfigurationError) -> String {
        guard text.contains(where: { !$0.isWhitespace }) else { return text }
        switch form {
        case .json(let key, _):
            guard var object = JSONText(text) else { throw .unreadable(file) }
            guard let servers = object.members.first(where: { $0.name == key }) else { return text }
            guard let inner = JSONText(String(servers.value)) else { throw .unreadable(file) }
            object.replace(servers, with: inner.removing(server))
            return object.text
        case .toml(let table):
            var kept: [Substring] = []
            var isOurs = false
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                let plain = line.filter { !$0.isWhitespace }
                if plain.hasPrefix("[") {
                    let wasOurs = isOurs
                    isOurs =
                        plain == "[\(table).\(server)]"
                        || plain.hasPrefix("[\(table).\(server).")
                    if isOurs, kept.last == "" { kept.removeLast() }
                    if wasOurs, !isOurs, let last = kept.last, !last.isEmpty { kept.append("") }
                }
                if !isOurs { kept.append(line) }
            }
            let rest = kept.joined(separator: "\n")
            return rest.isEmpty || rest.hasSuffix("\n") ? rest : rest + "\n"
        }
    }

    private static func json(_ command: [String], _ more: [(String, String)]) -> String {
        let members =
            more.map { ($0, JSONText.quoted($1)) } + [
                ("command", JSONText.quoted(command[0])),
                (
                    "args",
                    "[" + command.dropFirst().map(JSONText.quoted).joined(separator: ", ") + "]"
                ),
            ]
        let lines = members.map { "      \(JSONText.quoted($0)): \($1)" }
        return "{\n" + lines.joined(separator: ",\n") + "\n    }"
    }
}

/// Why a program's configuration was left as it was.
enum ClientConfigurationError: Error, Hashable, CustomStringConvertible {
    /// The file is no JSON object of the form that the program writes, or has comments.
    case unreadable(String)

    /// What to do about it.
    var description: String {
        switch self {
        case .unreadable(let file):
            "~/\(file) is no plain JSON (it may have comments) and was left as it is: add what --print "
                + "shows by hand."
        }
    }
}
