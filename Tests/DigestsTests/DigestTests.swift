import Digests
import Testing

/// OpenSSL's digests against the examples of their standards.
@Suite struct DigestTests {
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ]
    )
    func sha256AsInTheStandard(_ text: String, _ digest: String) {
        #expect(Digest.of(Array(text.utf8)).hexadecimal == digest)
    }

    @Test func sha1AsInTheStandard() {
        let digest = Digest.of(Array("abc".utf8), by: .sha1)
        #expect(digest.hexadecimal == "a9993e364706816aba3e25717850c26c9cd0d89d")
    }

    /// One million letters in pieces of any length give what they give at once.
    @Test func piecesMakeTheWhole() {
        let letters = [UInt8](repeating: 0x61, count: 1_000_000)
        var digest = Digest(.sha256)
        var start = 0
        var length = 1
        while start < letters.count {
            digest.update(Array(letters[start..<min(letters.count, start + length)]))
            start += length
            length = length * 3 % 70_001
        }
        let expected = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        #expect(digest.finalize().hexadecimal == expected)
    }
}
