import Foundation
import Testing
import Vecino

@Suite struct KeyFileTests {
    private func environment(_ folder: TemporaryFolder) -> [String: String] {
        ["XDG_CONFIG_HOME": folder.path, "OPENAI_API_KEY": "from-environment"]
    }

    private func file(_ text: String, mode: Int = 0o600) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(text, to: "vecino/keys")
        try FileManager.default.setAttributes(
            [.posixPermissions: mode],
            ofItemAtPath: folder.path + "/vecino/keys"
        )
        return folder
    }

    @Test func addsWhatTheEnvironmentLacks() throws {
        let folder = try file(
            "# mine\n\nOPENAI_API_KEY=from-file\n GEMINI_API_KEY = \"quoted\" \n"
        )
        let keys = try KeyFile.adding(to: environment(folder))
        #expect(keys["OPENAI_API_KEY"] == "from-environment")
        #expect(keys["GEMINI_API_KEY"] == "quoted")
    }

    @Test func withoutAFileNothingChanges() throws {
        let folder = try TemporaryFolder()
        #expect(try KeyFile.adding(to: environment(folder)) == environment(folder))
    }

    @Test(arguments: [0o644, 0o640, 0o604, 0o660])
    func aFileThatOthersMayReadIsRefused(mode: Int) throws {
        let folder = try file("GEMINI_API_KEY=sk-secret", mode: mode)
        let error = #expect(throws: KeyFileError.self) {
            try KeyFile.adding(to: environment(folder))
        }
        #expect(error?.fault == .readableByOthers)
        #expect("\(String(describing: error))".contains("chmod 600"))
    }

    /// The forms that shells, other programs and Windows editors write.
    @Test(arguments: [
        "\u{FEFF}GEMINI_API_KEY=k-1\n", "GEMINI_API_KEY=k-1\r\n", "export GEMINI_API_KEY=k-1",
        "export  GEMINI_API_KEY='k-1'", "GEMINI_API_KEY=\"k-1\" # mine",
        "GEMINI_API_KEY=k-1 # mine",
        "\u{FEFF}# keys\r\n\r\nGEMINI_API_KEY = “k-1”\r\n", "GEMINI_API_KEY: k-1",
        "GEMINI_API_KEY=k-1;", "\tGEMINI_API_KEY=k-1\t", "set GEMINI_API_KEY=k-1",
        "# a\n\u{FEFF}GEMINI_API_KEY=k-1", "setx GEMINI_API_KEY k-1", "set -gx GEMINI_API_KEY k-1",
        "declare -x GEMINI_API_KEY=\"k-1\"", "env GEMINI_API_KEY=k-1", "gemini_api_key=k-1",
        "{\n  \"GEMINI_API_KEY\": \"k-1\",\n}", "{\"GEMINI_API_KEY\": \"k-1\"}",
        "[keys]\nGEMINI_API_KEY = \"k-1\"", "GEMINI_API_KEY=Bearer k-1",
    ])
    func readsWhatOtherProgramsWrite(text: String) throws {
        let folder = try file(text)
        #expect(try KeyFile.adding(to: environment(folder))["GEMINI_API_KEY"] == "k-1")
    }

    @Test(arguments: [String.Encoding.utf16LittleEndian, .utf16BigEndian])
    func readsWhatWindowsSaves(encoding: String.Encoding) throws {
        let folder = try file("")
        let text = "\u{FEFF}GEMINI_API_KEY=k-1\r\n"
        let path = folder.path + "/vecino/keys"
        let data = try #require(text.data(using: encoding))
        try data.write(to: URL(filePath: path), options: [])
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try KeyFile.adding(to: environment(folder))["GEMINI_API_KEY"] == "k-1")
    }

    @Test func readsEveryVariableOfTheProviders() throws {
        let folder = try file(
            Provider.variables.sorted().map { "\($0)=https://v.example" }.joined(separator: "\n")
        )
        let found = try KeyFile.adding(to: ["XDG_CONFIG_HOME": folder.path])
        for variable in Provider.variables { #expect(found[variable] == "https://v.example") }
    }

    /// An environment variable that is set to nothing but quotation marks is not set.
    @Test(arguments: ["", "\"\"", "\r"])
    func whatIsEmptyIsFilled(value: String) throws {
        let folder = try file("GEMINI_API_KEY=k-1")
        var environment = environment(folder)
        environment["GEMINI_API_KEY"] = value
        #expect(try KeyFile.adding(to: environment)["GEMINI_API_KEY"] == "k-1")
    }

    /// What stands in a bad line may be a key.
    @Test(arguments: [
        "sk-secret", "GEMINI_KEY=sk-secret", "GEMINI_API_KEY=sk secret",
        "GEMINI_API_KEY='sk-secret", "GEMINI_API_KEY=\"sk-secret\" sk-secret", "PATH=sk-secret",
    ])
    func aBadLineIsNamedButNotShown(line: String) throws {
        let folder = try file("# first\n\(line)\n")
        let error = #expect(throws: KeyFileError.self) {
            try KeyFile.adding(to: environment(folder))
        }
        #expect(error?.fault == .line(2))
        #expect(!"\(String(describing: error))".contains("secret"))
    }
}
