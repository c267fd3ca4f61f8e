import HTTPTransport
import Testing

@Suite struct MessageParserTests {
    @Test(arguments: [
        ("data: a\n\n", ["a"]),
        ("\n\n: hello\n\ndata: a\n\n", ["a"]),
        (#"{"a":1}"#, [#"{"a":1}"#]),
        ("\u{FEFF} \r\n{\"a\":1}\n{\"b\":2}\r\n", [#"{"a":1}"#, #"{"b":2}"#]),
        ("{\n  \"a\": {\"b\": \"}\"}\n}", ["{\n  \"a\": {\"b\": \"}\"}\n}"]),
        (#"[{"a":1},{"b":"]\"}"}]"#, [#"{"a":1}"#, #"{"b":"]\"}"}"#]),
        (#"{"a":1}{"b":2}"#, [#"{"a":1}"#, #"{"b":2}"#]),
        (#"{"a":"#, [#"{"a":"#]),
        ("", []), (" \n", []), ("[]", []), (#"["{"]"#, []),
        ("event: error\ndata: {\"message\":\"m\"}\n\n", [#"{"error":{"message":"m"}}"#]),
        ("event:error\r\ndata:no room\r\n\r\ndata: x\r\n\r\n", [#"{"error":"no room"}"#, "x"]),
        ("event: done\ndata: x\n\n", ["x"]),
    ])
    func cutsEveryForm(stream: String, messages: [String]) throws {
        // At once, and in every pair of pieces.
        let bytes = Array(stream.utf8)
        for cut in 0...bytes.count {
            var parser = MessageParser()
            var found = try parser.append(bytes[..<cut])
            found += try parser.append(bytes[cut...])
            if let last = try parser.finish() { found.append(last) }
            #expect(found == messages, "cut at \(cut)")
        }
    }

    @Test(arguments: ["<html>not here</html>", "Bad gateway\n\nTry again", "choices: none"])
    func whatIsNeitherIsQuoted(stream: String) throws {
        var parser = MessageParser()
        _ = try parser.append(stream.utf8)
        let error = #expect(throws: TransportError.self) { _ = try parser.finish() }
        #expect("\(String(describing: error))".contains(stream.prefix(8)))
    }

    @Test func refusesAnObjectWithoutEnd() {
        var parser = MessageParser()
        #expect(throws: TransportError.malformed("an object without end")) {
            _ = try parser.append("{".utf8)
            for _ in 0..<20 { _ = try parser.append([UInt8](repeating: 0x41, count: 1 << 19)) }
        }
    }
}
