import HTTPTransport
import Testing

@Suite struct EventStreamParserTests {
    @Test(arguments: [
        ("data: a\n\n", ["a"]),
        ("data:a\r\rdata: b\r\n\r\n", ["a", "b"]),
        ("\u{FEFF}data: a\n\n", ["a"]),
        ("data\n\n", [""]),
        ("event: x\nid: 1\nretry: 2\n\n", []),
        ("database: x\n\ndata: a\ndata:  b\n\n", ["a\n b"]),
        ("data: cut", ["cut"]),
        ("", []),
        ("\n\n\n", []),
    ])
    func cutsEvents(stream: String, events: [String]) throws {
        // At once, and in every pair of pieces.
        let bytes = Array(stream.utf8)
        for cut in 0...bytes.count {
            var parser = EventStreamParser()
            var found = try parser.append(bytes[..<cut])
            found += try parser.append(bytes[cut...])
            if let last = try parser.finish() { found.append(last) }
            #expect(found == events, "cut at \(cut)")
        }
    }

    @Test func refusesAnEventWithoutEnd() {
        var parser = EventStreamParser()
        #expect(throws: TransportError.malformed("an event without end")) {
            for _ in 0..<20 {
                _ = try parser.append([UInt8](repeating: 0x41, count: 1 << 19))
            }
        }
    }
}
