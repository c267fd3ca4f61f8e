import HTTPTransport
import ScriptedServer
import Testing

@Suite struct SecretTests {
    @Test func isNeverPrinted() throws {
        let secret = try #require(Secret("sk-very-secret"))
        var dumped = ""
        dump(secret, to: &dumped)
        dump([secret], to: &dumped)
        dumped += "\(secret)" + String(reflecting: secret) + "\([secret])"
        #expect(!dumped.contains("very"))
    }

    @Test(arguments: [nil, "", "  ", "two words", "nul\u{0}", "ñ", "a\r\nX-Evil: 1"])
    func refusesWhatNoHeaderCarries(value: String?) {
        #expect(Secret(value) == nil)
    }

    /// What files, shells and pages leave around a key is not part of it; what is sent is the key.
    @Test(arguments: [
        "sk-1", " sk-1\r\n", "\u{FEFF}sk-1", "\"sk-1\"", "'sk-1'", "“sk-1”", " \" sk-1 \" ",
        "Bearer sk-1", "\u{FEFF}\"sk-1\"\r", "sk-1\u{200B}",
    ])
    func isFoundInWhatIsAroundIt(text: String) async throws {
        let server = try await ScriptedServer([ScriptedServer.reply("200 OK", "")])
        _ = try await Transport().send(
            Transport.Request(
                address: server.address,
                key: ("X-Key", "", try #require(Secret(text))),
                body: nil
            )
        )
        #expect(server.requests[0].lowercased().contains("x-key: sk-1\r\n"))
        try await server.stop()
    }
}
