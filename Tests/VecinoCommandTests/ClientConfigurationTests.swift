import Foundation
import Testing

@testable import VecinoCommand

/// Writing a server into the configuration of other programs.
@Suite struct ClientConfigurationTests {
    private func client(_ name: String) throws -> ClientConfiguration {
        try #require(ClientConfiguration.all.first { $0.name == name })
    }

    private static let command = ["vecino", "mcp", "--db", "/a/ñ \"1\".db"]

    @Test(arguments: ["claude", "cursor", "gemini", "vscode", "zed", "codex"])
    func whatIsAddedToNothingIsTakenOutAgain(_ name: String) throws {
        let client = try client(name)
        let text = try client.adding(server: "vecino", command: Self.command, to: "")
        #expect(text.contains("\"mcp\", \"--db\""))
        if case .json(let key, _) = client.form {
            let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
            let servers = try #require(object?[key] as? [String: [String: Any]])
            #expect(servers["vecino"]?["command"] as? String == "vecino")
            #expect(servers["vecino"]?["args"] as? [String] == Array(Self.command.dropFirst()))
        }
        #expect(try client.adding(server: "vecino", command: Self.command, to: text) == text)
        let rest = try client.removing(server: "vecino", from: text)
        #expect(!rest.contains("vecino"))
    }

    @Test(arguments: [
        "{}", "{\"a\":1}", "{\"mcpServers\": {}}",
        "{\n  \"mcpServers\": {\"x\": {\"a\": \"},{\"}}\n}\n",
        "{\"mcpServers\":{\"vecino\":{\"command\":\"old\"},\"x\":{}},\"b\":[1,{\"c\":\":\\\"\"}]}",
        "{ \"z\" : \"mcpServers\", \"mcpServers\" : {\"x\":1 , \"vecino\" : {} , \"y\":2 } }",
    ])
    func everythingElseStays(_ text: String) throws {
        let client = try client("cursor")
        let new = try client.adding(server: "vecino", command: Self.command, to: text)
        func value(_ text: String) throws -> NSMutableDictionary {
            let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
            return NSMutableDictionary(dictionary: try #require(parsed as? [String: Any]))
        }
        func others(_ text: String) throws -> NSDictionary {
            let object = try value(text)
            let servers = object["mcpServers"] as? [String: Any] ?? [:]
            object["mcpServers"] = servers.filter { $0.key != "vecino" }
            return object
        }
        #expect(try others(new) == others(text))
        let servers = try #require(try value(new)["mcpServers"] as? [String: Any])
        #expect((servers["vecino"] as? [String: Any])?["command"] as? String == "vecino")
        let undone = try client.removing(server: "vecino", from: new)
        #expect(try others(undone) == others(text))
        #expect(!undone.contains("\"vecino\""))
    }

    @Test(arguments: ["[1]", "{// a comment\n}", "{\"a\":}", "nonsense", "{\"mcpServers\": [1]}"])
    func whatIsNoPlainJSONIsLeftAlone(_ text: String) throws {
        let client = try client("cursor")
        #expect(throws: ClientConfigurationError.unreadable(".cursor/mcp.json")) {
            try client.adding(server: "vecino", command: Self.command, to: text)
        }
    }

    @Test func tablesOfOthersStay() throws {
        let client = try client("codex")
        let text = "model = \"x\"\n\n[mcp_servers.other]\ncommand = \"a\"\n\n[profiles.p]\nb = 1\n"
        let new = try client.adding(server: "vecino", command: Self.command, to: text)
        let table = "\n[mcp_servers.vecino]\ncommand = \"vecino\"\n"
        #expect(new.hasPrefix(text) && new.contains(table))
        #expect(try client.removing(server: "vecino", from: new) == text)
        let middle = new + "\n[mcp_servers.vecino.env]\nA = \"1\"\n\n[z]\nc = 2\n"
        let rest = try client.removing(server: "vecino", from: middle)
        #expect(rest == text + "\n[z]\nc = 2\n")
    }

    /// The program shows what it writes, writes it readable by its owner only, and takes it out again.
    @Test func theProgramWritesAndTakesOut() throws {
        var program = try Program(withTinyModelAnd: [:])
        defer { try? FileManager.default.removeItem(atPath: program.folder) }
        program.environment["HOME"] = program.folder
        try Data("# A pump\n\nIt is red.\n".utf8)
            .write(to: URL(filePath: program.folder + "/notes/a.md"))
        try #require(program("index", "notes", "--model", "tiny-bert").status == 0)
        for (name, file) in [
            ("cursor", "/.cursor/mcp.json"), ("zed", "/.config/zed/settings.json"),
        ] {
            let path = program.folder + file
            let shown = try program("mcp", "install", name, "--print")
            #expect(shown.status == 0 && shown.output.contains("+       \"command\": "))
            #expect(!FileManager.default.fileExists(atPath: path))
            #expect(try program("mcp", "install", name).status == 0)
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.contains(program.folder + "/.vecino/library.db"))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect((mode as? NSNumber)?.intValue == 0o600)
            #expect(try program("mcp", "install", name, "--undo").output.hasPrefix("- "))
            #expect(try !String(contentsOfFile: path, encoding: .utf8).contains("library.db"))
        }
        #expect(try program("mcp", "install", "emacs").status == 2)
    }

    /// Elsewhere the server listens only if there is a token, and a token is shown once.
    @Test func tokensAreMadeAndRevoked() throws {
        let program = try Program(withTinyModelAnd: [:])
        defer { try? FileManager.default.removeItem(atPath: program.folder) }
        try Data("# A pump\n\nIt is red.\n".utf8)
            .write(to: URL(filePath: program.folder + "/notes/a.md"))
        try #require(program("index", "notes", "--model", "tiny-bert").status == 0)
        let refused = try program("serve", "--no-llm", "--port", "0", "--listen", "127.0.0.2")
        #expect(refused.status == 2 && refused.talk.contains("vecino token new"))
        #expect(try program("token").status == 1)
        let made = try program("token", "new", "--ask", "--name", "Ana", "--days", "3")
        let secret = made.output.trimmingCharacters(in: .newlines)
        #expect(made.status == 0 && secret.hasPrefix("vecino_") && secret.count > 60)
        let listed = try program("token", "list")
        #expect(listed.output.hasPrefix("1\task\tuntil ") && listed.output.hasSuffix("\tAna\n"))
        #expect(!listed.output.contains(secret))
        #expect(try program("token", "revoke", "1").status == 0)
        #expect(try program("token", "revoke", "1").status == 1)
        #expect(try program("token", "new", "--days", "0").status == 2)
    }
}
