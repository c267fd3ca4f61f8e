import HTTPTransport
import Testing

@Suite struct SecretTests {
    @Test func isNeverPrinted() throws {
        let secret = try #require(Secret("sk-very-secret"))
        let credentials = Credentials(environment: ["OPENAI_API_KEY": "sk-very-secret"])
        var dumped = ""
        dump(secret, to: &dumped)
        dump(credentials, to: &dumped)
        dump([secret], to: &dumped)
        dumped += "\(secret)" + String(reflecting: secret) + "\([secret])" + "\(credentials)"
        #expect(!dumped.contains("very"))
    }

    @Test(arguments: [nil, "", "  ", "two words", "nul\u{0}", "ñ", "a\r\nX-Evil: 1"])
    func refusesWhatNoHeaderCarries(value: String?) {
        #expect(Secret(value) == nil)
    }

    @Test func readsOnlyKeys() {
        let credentials = Credentials(environment: ["OPENAI_API_KEY": "a", "HOME": "/root"])
        #expect(credentials.key("OPENAI_API_KEY") != nil)
        #expect(credentials.key("GEMINI_API_KEY") == nil)
        #expect(credentials.key("HOME") == nil)
    }
}
