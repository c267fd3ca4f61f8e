import Corpus
import Foundation
import Testing

@testable import Documents

@Suite struct TextDecoderTests {
    private let text = "¿Qué tal, señor? El niño comió jamón en la estación."

    private func decode(_ bytes: [UInt8], declared: String? = nil) throws -> (
        String, TextDecoder.Decoded
    ) {
        let decoded = try TextDecoder.decode(bytes, declared: declared)
        return (String(decoding: decoded.source.utf8, as: UTF8.self), decoded)
    }

    @Test(arguments: [
        (String.Encoding.utf8, "utf-8"), (.windowsCP1252, "windows-1252"),
        (.utf16LittleEndian, "utf-16le"),
        (.utf16BigEndian, "utf-16be"), (.utf32LittleEndian, "utf-32le"),
        (.utf32BigEndian, "utf-32be"), (.utf16, "utf-16le"),
    ])
    func encodingsAreRecognized(encoding: String.Encoding, name: String) throws {
        let data = try #require(text.data(using: encoding))
        let (decoded, result) = try decode(Array(data))
        #expect(decoded == text)
        #expect(result.source.encoding == name)
        #expect(result.repairs.isEmpty)
    }

    @Test func aWordWithSeveralAccentsIsText() throws {
        #expect(try decode([0x47, 0x72, 0xFC, 0xDF, 0x65, 0x0A]).0 == "Grüße\n")
    }

    /// The bytes are spelled out: Foundation's own `macOSRoman` is another encoding on Linux.
    @Test func macRomanIsRecognized() throws {
        let bytes = Array("El ni\u{96}o comi\u{97} jam\u{97}n; \u{C0}qu\u{8E} tal?".unicodeScalars)
            .map { UInt8($0.value) }
        let (decoded, result) = try decode(bytes)
        #expect(decoded == "El niño comió jamón; ¿qué tal?")
        #expect(result.source.encoding == "macintosh")
        #expect(result.source.originalBytes(of: 3..<8) == 3..<7)
    }

    /// A range of the text leads to the bytes of the file that say the same.
    @Test(arguments: [
        String.Encoding.windowsCP1252, .utf16LittleEndian, .utf32BigEndian, .utf16,
    ])
    func rangesLeadBackToTheOriginalBytes(encoding: String.Encoding) throws {
        let bytes = Array(try #require((text + "\r\n" + text).data(using: encoding)))
        let (decoded, result) = try decode(bytes)
        for word in ["señor", "jamón", "¿Qué", "estación."] {
            let range = try #require(decoded.range(of: word, options: .backwards))
            let lower = decoded.utf8.distance(from: decoded.startIndex, to: range.lowerBound)
            let upper = decoded.utf8.distance(from: decoded.startIndex, to: range.upperBound)
            let original = result.source.originalBytes(of: lower..<upper)
            // Cut out of the middle, UTF-16 has no mark: say which it is.
            let exact = encoding == .utf16 ? String.Encoding.utf16LittleEndian : encoding
            #expect(String(data: Data(bytes[original]), encoding: exact) == word)
            #expect(result.source.lines(of: lower..<upper) == 2...2)
        }
    }

    @Test func marksAndLineEndsAreDropped() throws {
        let (decoded, _) = try decode([0xEF, 0xBB, 0xBF] + Array("a\r\nb\rc\nd".utf8))
        #expect(decoded == "a\nb\nc\nd")
    }

    @Test(arguments: [
        ("La predicciÃ³n y el niÃ±o", "La predicción y el niño", "windows-1252"),
        ("La predicci√≥n y el ni√±o", "La predicción y el niño", "macintosh"),
        ("¬øC√≥mo ‚Äî as√≠?", "¿Cómo — así?", "macintosh"),
        ("Â¿CÃ³mo â€” asÃ\u{AD}?", "¿Cómo — así?", "windows-1252"),
        ("predicciÃ³n", "predicción", "windows-1252"),
        ("predicci√≥n", "predicción", "macintosh"),
        ("Ã\u{81}rbol y Ã\u{8D}ndice", "Árbol y Índice", "windows-1252"),
        ("\u{F8FF}üìù Notas", "📝 Notas", "macintosh"),
        ("predicciÃƒÂ³n", "predicción", "windows-1252"),
    ])
    func textDecodedTwiceIsMended(broken: String, whole: String, encoding: String) throws {
        let (decoded, result) = try decode(Array(broken.utf8))
        #expect(decoded == whole)
        #expect(result.repairs.first?.kind == .decodedTwice(as: encoding))
        // The first word leads to the whole of its broken spelling.
        let first = try #require(decoded.split(separator: " ").first)
        let original = result.source.originalBytes(of: 0..<first.utf8.count)
        let brokenFirst = try #require(broken.split(separator: " ").first)
        #expect(original == 0..<brokenFirst.utf8.count)
    }

    @Test(arguments: [
        "La predicción se estropeó y quedó «predicciÃ³n» aquí.", "√π ≈ 1.77 y √2", "«ACCIÓ» É…",
        "Ação e coração: NÃO!", "¬p ∧ q", "Ærø, Ångström, Åse", "русский «текст»",
    ])
    func wholeTextIsLeftAlone(text: String) throws {
        let (decoded, result) = try decode(Array(text.utf8))
        #expect(decoded == text)
        #expect(result.repairs.isEmpty)
    }

    @Test func controlCharactersAreDropped() throws {
        let long = String(repeating: "texto normal. ", count: 50)
        let (decoded, result) = try decode(Array((long + "a\u{0}b\u{7}c\u{1B}[31md\u{85}e").utf8))
        #expect(decoded == long + "abcd\ne")
        #expect(result.repairs == [TextRepair(kind: .controlCharacters, count: 2)])
    }

    @Test func brokenBytesInUTF8AreReplaced() throws {
        let (decoded, result) = try decode(Array(text.utf8) + [0xC3])
        #expect(decoded == text + "\u{FFFD}")
        #expect(result.repairs == [TextRepair(kind: .invalidBytes, count: 1)])
    }

    @Test func binaryFilesAreRefused() {
        var random = SplitMix64(seed: 3)
        let noise = (0..<4000).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(throws: DocumentError.self) { try TextDecoder.decode(noise) }
        let programs = [UInt8](repeating: 0, count: 100) + Array("text".utf8)
        #expect(throws: DocumentError.self) { try TextDecoder.decode(programs) }
        #expect(throws: DocumentError.binary("an ELF program or library")) {
            try TextDecoder.decode([0x7F, 0x45, 0x4C, 0x46, 2, 1])
        }
    }
}
