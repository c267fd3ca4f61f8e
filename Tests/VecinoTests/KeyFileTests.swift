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

    /// What stands in a bad line may be a key.
    @Test(arguments: ["sk-secret", "GEMINI_KEY=sk-secret", "GEMINI_API_KEY=sk secret"])
    func aBadLineIsNamedButNotShown(line: String) throws {
        let folder = try file("# first\n\(line)\n")
        let error = #expect(throws: KeyFileError.self) {
            try KeyFile.adding(to: environment(folder))
        }
        #expect(error?.fault == .line(2))
        #expect(!"\(String(describing: error))".contains("secret"))
    }
}
