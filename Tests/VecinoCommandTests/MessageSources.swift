import Foundation

/// The literals of a Swift source, as keys of messages.
struct MessageSources {
    private let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    /// The keys in the arguments of calls of `names`: neighboring literals that `+` joins are one.
    func keys(inCallsOf names: [String]) -> [String] {
        var keys: [String] = []
        var position = 0
        while position < bytes.count {
            if let next = afterTextOrComment(position) {
                position = next
            } else if let start = callStart(position, names) {
                let end = closing(start)
                keys += literals(in: start..<end)
                position = end
            } else {
                position += 1
            }
        }
        return keys
    }

    /// The keys in the bodies of properties that are declared so: `var description: String`.
    func keys(inBodiesOf declaration: String) -> [String] {
        let start = Array((declaration + " {").utf8)
        var keys: [String] = []
        var position = 0
        while position + start.count <= bytes.count {
            guard bytes[position...].starts(with: start) else {
                position += 1
                continue
            }
            let end = closing(position + start.count, open: "{", close: "}")
            keys += literals(in: position + start.count..<end)
            position = end
        }
        return keys
    }

    /// The literal, or those that `+` joins, that stand directly behind each of `labels`.
    func keys(behind labels: [String]) -> [String] {
        var keys: [String] = []
        var position = 0
        while position < bytes.count {
            if let next = afterTextOrComment(position) {
                position = next
                continue
            }
            guard let label = labels.first(where: { has($0, at: position) }) else {
                position += 1
                continue
            }
            position += label.utf8.count
            while position < bytes.count, [0x20, 0x0A].contains(bytes[position]) { position += 1 }
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { continue }
            let end = closing(position)
            keys += literals(in: position..<end).prefix(1)
            position = afterLiteral(position)
        }
        return keys
    }

    // MARK: Reading

    /// Where the arguments of a call of one of `names` begin, if one begins here.
    private func callStart(_ position: Int, _ names: [String]) -> Int? {
        guard position == 0 || !isWord(bytes[position - 1]) else { return nil }
        let before = String(decoding: bytes[max(0, position - 5)..<position], as: UTF8.self)
        guard before != "func " else { return nil }
        for name in names where bytes[position...].starts(with: (name + "(").utf8) {
            return position + name.utf8.count + 1
        }
        return nil
    }

    private func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
    }

    private func has(_ text: String, at position: Int) -> Bool {
        bytes[position...].starts(with: text.utf8)
    }

    /// The position after the text or the comment that begins here, if one does.
    private func afterTextOrComment(_ position: Int) -> Int? {
        if bytes[position] == UInt8(ascii: "\"") { return afterLiteral(position) }
        guard has("//", at: position) else { return nil }
        return bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
    }

    private func afterLiteral(_ start: Int) -> Int {
        let mark = has("\"\"\"", at: start) ? "\"\"\"" : "\""
        var position = start + mark.utf8.count
        while position < bytes.count, !has(mark, at: position) {
            if has("\\(", at: position) {
                position = closing(position + 2) + 1
            } else {
                position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
            }
        }
        return position + mark.utf8.count
    }

    /// The position of what closes the parenthesis that was opened before `start`.
    private func closing(_ start: Int, open: Unicode.Scalar = "(", close: Unicode.Scalar = ")")
        -> Int
    {
        var depth = 1
        var position = start
        while position < bytes.count {
            if let next = afterTextOrComment(position) {
                position = next
                continue
            }
            if bytes[position] == UInt8(ascii: open) { depth += 1 }
            if bytes[position] == UInt8(ascii: close) { depth -= 1 }
            if depth == 0 { return position }
            position += 1
        }
        return position
    }

    private func literals(in range: Range<Int>) -> [String] {
        var keys: [String] = []
        var isJoined = false
        var position = range.lowerBound
        while position < range.upperBound {
            if bytes[position] == UInt8(ascii: "\"") {
                let end = afterLiteral(position)
                let key = self.key(of: position..<end)
                if isJoined { keys[keys.count - 1] += key } else { keys.append(key) }
                let rest = bytes[end..<max(end, range.upperBound)].drop { $0 == 0x20 || $0 == 0x0A }
                let after = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x0A }
                isJoined = rest.first == UInt8(ascii: "+") && after.first == UInt8(ascii: "\"")
                position = isJoined ? after.startIndex : end
            } else {
                position = afterTextOrComment(position) ?? position + 1
            }
        }
        return keys.filter { key in
            key.replacing(/\{[^}]*\}/, with: "").contains(where: \.isLetter)
                || key.contains(/\{[^}]+\}/)
        }
    }

    // MARK: Literals

    private func key(of range: Range<Int>) -> String {
        let isLong = has("\"\"\"", at: range.lowerBound)
        let mark = isLong ? 3 : 1
        var body = Array(bytes[range.lowerBound + mark..<range.upperBound - mark])
        if isLong { body = Self.withoutIndent(body) }
        return MessageSources(bytes: body).unescaped()
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private static func withoutIndent(_ body: [UInt8]) -> [UInt8] {
        var lines = body.split(separator: 0x0A, omittingEmptySubsequences: false).dropFirst()
        let indent = lines.popLast()?.count ?? 0
        let text = lines.map { String(decoding: $0.dropFirst(indent), as: UTF8.self) }
            .joined(separator: "\n")
        // A backslash before a line's end joins the lines, unless it is one of two.
        return Array(text.replacing(#/([^\\])\\\n/#) { String($0.1) }.utf8)
    }

    private func unescaped() -> String {
        var key: [UInt8] = []
        var position = 0
        while position < bytes.count {
            if has("\\(", at: position) {
                let end = closing(position + 2)
                let code = String(decoding: bytes[position + 2..<end], as: UTF8.self)
                key += Self.placeholder(code).utf8
                position = end + 1
            } else if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
                switch bytes[position + 1] {
                case UInt8(ascii: "n"): key.append(0x0A)
                case UInt8(ascii: "t"): key.append(0x09)
                default: key.append(bytes[position + 1])
                }
                position += 2
            } else {
                key.append(bytes[position])
                position += 1
            }
        }
        return String(decoding: key, as: UTF8.self)
    }

    /// What an interpolation is in a key: `{file}` for a number of files.
    private static func placeholder(_ code: String) -> String {
        guard code.contains(/^\s*(count|word):/),
            let word = code.firstMatch(of: /,\s*"([^"]*)"(?:,\s*"[^"]*")?\s*$/)
        else { return "{}" }
        return "{\(word.1)}"
    }
}
