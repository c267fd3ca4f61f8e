import Foundation
import RandomNumbers
import Testing

@testable import Operations
@testable import VecinoServer

@Suite struct JSONParserTests {
    private func value(_ text: String) throws -> JSONValue { try ServedJSON.decode(text) }

    @Test func valuesOfEveryKind() throws {
        let text = #" { "a" : [ 1 , -0, 2.5e3, true , false , null ] , "b" : { } , "c" : [ ] } "#
        let expected: JSONValue = [
            "a": [1, 0, .number(2_500), true, false, .null], "b": [:], "c": [],
        ]
        #expect(try value(text) == expected)
        #expect(try value("9223372036854775807") == .integer(.max))
        #expect(try value("9223372036854775808") == .number(9_223_372_036_854_775_808))
        #expect(try value(#"{"a":1,"a":2}"#) == ["a": 2])
    }

    @Test func stringsOfEveryKind() throws {
        #expect(try value(#""\"\\\/\b\f\n\r\t\u00e9\ud83e\udd98ñ""#) == "\"\\/\u{8}\u{C}\n\r\té🦘ñ")
        #expect(try value(#""\u0000""#) == "\0")
    }

    @Test(arguments: [
        "", " ", "{", "[", "]", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "'a'",
        "01", "1.", ".5", "+1", "-", "1e", "1e+", "0x1", "NaN", "Infinity", "1e999", "tru", "nul",
        "true1", "1 2", "\"", "\"a", "\"\\x\"", "\"\\u12\"", "\"\\ud83e\"", "\"\\udd98\"",
        "\"\\ud83e\\u0041\"", "\"a\nb\"", "[1}", "{\"a\":1]", "\u{FEFF}1", "/**/1",
    ])
    func whatIsNoJSON(_ text: String) {
        #expect(throws: JSONParser.Failure.malformed) { try value(text) }
    }

    @Test func bytesThatAreNoText() {
        for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22]]
            as [[UInt8]]
        {
            #expect(throws: JSONParser.Failure.malformed) { try JSONParser.value(of: bytes) }
        }
    }

    /// Deep nesting is refused, in whatever brackets, and closed or not.
    @Test(arguments: ["[", "{\"a\":", "[{\"a\":[0,"])
    func nestingIsLimited(_ opening: String) {
        let depth = opening.filter { "[{".contains($0) }.count
        for count in [129, 500, 1_000_000] {
            let text = String(repeating: opening, count: count / depth + 1)
            #expect(throws: JSONParser.Failure.tooDeep) { try value(text) }
        }
    }

    @Test func nestingUpToTheLimitIsTaken() throws {
        let text = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        var depth = 0
        var rest = try value(text)
        while case .array(let elements) = rest {
            depth += 1
            guard let first = elements.first else { break }
            rest = first
        }
        #expect(depth == 128)
    }

    /// What the encoder writes, read by this parser, is what was written.
    @Test func everyValueComesBack() throws {
        var random = SplitMix64(seed: 19)
        for _ in 0..<2_000 {
            let value = Self.value(depth: 0, &random)
            let bytes = Array(try ServedJSON.encode(value))
            #expect(try JSONParser.value(of: bytes) == value)
        }
    }

    private static func value(depth: Int, _ random: inout SplitMix64) -> JSONValue {
        func text() -> String {
            String(
                String.UnicodeScalarView(
                    (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
                        Unicode.Scalar(UInt32.random(in: 0...0x1FFFF, using: &random))
                    }
                )
            )
        }
        switch Int.random(in: 0..<(depth < 5 ? 7 : 5), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(Double.random(in: 0.1..<1, using: &random) * 1e-3)
        case 4: return .string(text())
        case 5:
            return .array(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    value(depth: depth + 1, &random)
                }
            )
        default:
            let pairs = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                (text(), value(depth: depth + 1, &random))
            }
            return .object(Dictionary(pairs) { _, last in last })
        }
    }
}
