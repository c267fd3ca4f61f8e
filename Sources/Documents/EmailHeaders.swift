/// Words of a head that are not ASCII: `=?utf-8?q?a=C3=B1o?=`.
enum EncodedWords {
    /// The text with such words decoded.
    ///
    /// Words that follow one another in the same encoding are decoded together: a character may be
    /// divided between them.
    static func decode(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        var result = ""
        var rest = text[...]
        var pending: (charset: String, bytes: [UInt8], raw: String)?
        func flush() {
            guard let word = pending else { return }
            result += Self.text(of: word.bytes, charset: word.charset) ?? word.raw
            pending = nil
        }
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(
                separator: "?",
                maxSplits: 3,
                omittingEmptySubsequences: false
            )
            guard parts.count == 4, parts[3].hasPrefix("="), let bytes = bytes(parts[2], parts[1])
            else {
                flush()
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                continue
            }
            let charset = parts[0].prefix { $0 != "*" }.lowercased()
            let raw = rest[start.lowerBound...].prefix(upTo: parts[3].dropFirst().startIndex)
            // Space between two such words belongs to neither.
            if !(pending != nil && before.allSatisfy(\.isWhitespace)) {
                flush()
                result += before
            }
            if pending?.charset != charset { flush() }
            pending = (charset, (pending?.bytes ?? []) + bytes, (pending?.raw ?? "") + raw)
            rest = parts[3].dropFirst()
        }
        flush()
        return result + rest
    }

    private static func bytes(_ text: Substring, _ kind: Substring) -> [UInt8]? {
        guard ["q", "b"].contains(kind.lowercased()) else { return nil }
        let isQuoted = kind.lowercased() == "q"
        let plain = isQuoted ? text.map { $0 == "_" ? " " : $0 } : Array(text)
        let source = SourceText(utf8: Array(String(plain).utf8), encoding: "", maps: [])
        let coding = TransferEncoding(isQuoted ? "quoted-printable" : "base64")
        return coding.decode(0..<source.utf8.count, of: source).bytes
    }

    fileprivate static func text(of bytes: [UInt8], charset: String) -> String? {
        if bytes.isEmpty { return "" }
        let decoded = try? TextDecoder.decode(bytes, declared: charset)
        return decoded.map { $0.source.string(0..<$0.source.utf8.count) }
    }
}

/// The parameters of a field, `; charset=utf-8; name*0*=UTF-8''a%20; name*1="b; c"`, by RFC 2231.
struct HeaderParameters {
    private var values: [String: String] = [:]

    /// The value of a parameter; names are in lower case.
    subscript(_ name: String) -> String? { values[name] }

    /// The parameters of a field's value.
    init(_ field: String) {
        var pieces: [String: [(order: Int, isEncoded: Bool, text: String)]] = [:]
        for part in Self.split(field).dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            var name = part[..<equals].filter { !$0.isWhitespace }.lowercased()
            let text = Self.unquoted(part[part.index(after: equals)...])
            let isEncoded = name.hasSuffix("*")
            if isEncoded { name.removeLast() }
            var order = 0
            if let star = name.lastIndex(of: "*"),
                let number = Int(name[name.index(after: star)...])
            {
                order = number
                name = String(name[..<star])
            }
            pieces[name, default: []].append((order, isEncoded, text))
        }
        for (name, list) in pieces {
            values[name] = Self.joined(list.sorted { $0.order < $1.order })
        }
    }

    /// The parts between semicolons that stand outside quotation marks.
    private static func split(_ field: String) -> [Substring] {
        var parts: [Substring] = []
        var isQuoted = false
        var start = field.startIndex
        var i = field.startIndex
        while i < field.endIndex {
            switch field[i] {
            case "\"": isQuoted.toggle()
            case "\\" where isQuoted:
                i = field.index(after: i)
                if i == field.endIndex { continue }
            case ";" where !isQuoted:
                parts.append(field[start..<i])
                start = field.index(after: i)
            default: break
            }
            i = field.index(after: i)
        }
        parts.append(field[start...])
        return parts
    }

    private static func unquoted(_ value: Substring) -> String {
        var text = ""
        var isEscaped = false
        for character in value.trimmingSpace {
            if !isEscaped, character == "\"" { continue }
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            text.append(character)
        }
        return text
    }

    /// The value of pieces in order; the first encoded one begins with the charset and the language.
    private static func joined(_ pieces: [(order: Int, isEncoded: Bool, text: String)]) -> String {
        guard pieces.contains(where: \.isEncoded) else { return pieces.map(\.text).joined() }
        var charset = "utf-8"
        var bytes: [UInt8] = []
        for (index, piece) in pieces.enumerated() {
            var text = piece.text[...]
            guard piece.isEncoded else {
                bytes += text.utf8
                continue
            }
            if index == 0 {
                let parts = text.split(
                    separator: "'",
                    maxSplits: 2,
                    omittingEmptySubsequences: false
                )
                if parts.count == 3 {
                    if !parts[0].isEmpty { charset = String(parts[0]) }
                    text = parts[2]
                }
            }
            bytes += PercentEncoding.decode(text)
        }
        return EncodedWords.text(of: bytes, charset: charset)
            ?? String(decoding: bytes, as: UTF8.self)
    }
}

extension Substring {
    fileprivate var trimmingSpace: Substring {
        var rest = drop { $0.isWhitespace }
        while let last = rest.last, last.isWhitespace { rest.removeLast() }
        return rest
    }
}

/// Bytes written as `%20`.
enum PercentEncoding {
    /// The bytes that a text stands for.
    static func decode(_ text: some StringProtocol) -> [UInt8] {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return bytes
    }
}
