/// Takes the text out of a message's parts.
struct EmailBody {
    private let source: SourceText

    /// Parts inside parts, and so on: forwarded messages in forwarded messages.
    private static let maximumDepth = 12

    init(_ source: SourceText) {
        self.source = source
    }

    /// Appends the blocks of a part.
    func append(_ part: EmailPart, depth: Int = 0, to blocks: inout [Block]) {
        guard depth < Self.maximumDepth else { return }
        let kind = part.kind(of: "content-type")
        let boundary = part.parameter("boundary", of: "content-type")
        if kind.hasPrefix("multipart/"), let boundary = boundary ?? guessedBoundary(of: part) {
            appendParts(
                of: part,
                boundary,
                isAlternative: kind == "multipart/alternative",
                depth,
                to: &blocks
            )
        } else if part.kind(of: "content-disposition") == "attachment"
            || !(kind.isEmpty || kind.hasPrefix("text/") || kind == "message/rfc822")
        {
            appendName(of: part, to: &blocks)
        } else if kind == "message/rfc822" {
            append(EmailPart(source, part.content), depth: depth + 1, to: &blocks)
        } else {
            blocks += self.blocks(of: part, isPage: kind == "text/html")
        }
    }

    /// Where the field is damaged that names the boundary, what the first line like one says.
    private func guessedBoundary(of part: EmailPart) -> String? {
        var i = part.content.lowerBound
        while i < part.content.upperBound {
            let end =
                source.utf8[i..<part.content.upperBound].firstIndex(of: 0x0A)
                ?? part.content.upperBound
            if source.begins(i..<end, with: "--"), end - i > 4, end - i < 74,
                !source.utf8[i..<end].contains(0x20)
            {
                return source.string((i + 2)..<end)
            }
            i = end + 1
        }
        return nil
    }

    private func appendParts(
        of part: EmailPart,
        _ boundary: String,
        isAlternative: Bool,
        _ depth: Int,
        to blocks: inout [Block]
    ) {
        var parts = Self.parts(in: part.content, between: boundary, source).map {
            EmailPart(source, $0)
        }
        if isAlternative {
            let text = parts.first { $0.kind(of: "content-type") == "text/plain" }
            // A text that only says that there is a page is none.
            if let text, text.content.count > 40 { parts = [text] } else { parts = parts.suffix(1) }
        }
        for part in parts { append(part, depth: depth + 1, to: &blocks) }
    }

    /// Where the parts lie between lines of `--boundary`.
    private static func parts(
        in range: Range<Int>,
        between boundary: String,
        _ source: SourceText
    ) -> [Range<Int>] {
        guard !boundary.isEmpty else { return [] }
        var parts: [Range<Int>] = []
        var start: Int?
        var i = range.lowerBound
        while i < range.upperBound {
            let end = source.utf8[i..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            if source.begins(i..<end, with: "--"), source.begins((i + 2)..<end, with: boundary) {
                if let start { parts.append(start..<max(start, i)) }
                start = min(end + 1, range.upperBound)
                if source.begins((i + 2 + boundary.utf8.count)..<end, with: "--") { return parts }
            }
            i = end + 1
        }
        if let start { parts.append(start..<range.upperBound) }
        return parts
    }

    private func appendName(of part: EmailPart, to blocks: inout [Block]) {
        let name =
            part.parameter("filename", of: "content-disposition")
            ?? part.parameter("name", of: "content-type")
        guard let name, let field = part.fields.first else { return }
        blocks.append(
            Block(
                kind: .listItem,
                text: "- " + EncodedWords.decode(name),
                anchors: Anchors(verbatim: field.range)
            )
        )
    }

    // MARK: Text

    private func blocks(of part: EmailPart, isPage: Bool) -> [Block] {
        let (bytes, places) = TransferEncoding(part.kind(of: "content-transfer-encoding"))
            .decode(part.content, of: source)
        let charset = part.parameter("charset", of: "content-type")
        guard let decoded = try? TextDecoder.decode(bytes, declared: charset) else { return [] }
        let inner = decoded.source
        let found =
            isPage
            ? (try? HTMLReader().read(inner))?.blocks ?? []
            : PlainTextReader().read(inner).blocks
        return found.map { block in
            var block = block
            block.anchors = block.anchors.byLine(of: inner, at: places)
            // The message has its subject for a heading.
            if case .heading(let level) = block.kind {
                block.kind = .heading(level: min(level + 1, 6))
            }
            return block
        }
    }
}

/// How the bytes of a part are written down.
struct TransferEncoding {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    /// The bytes of a part, and where in the source each line of them begins.
    func decode(_ range: Range<Int>, of source: SourceText) -> (bytes: [UInt8], places: Anchors) {
        switch name {
        case "quoted-printable": quotedPrintable(range, source.utf8)
        case "base64": base64(range, source.utf8)
        default: (Array(source.utf8[range]), Anchors(verbatim: range))
        }
    }

    private func quotedPrintable(_ range: Range<Int>, _ utf8: [UInt8]) -> ([UInt8], Anchors) {
        var bytes: [UInt8] = []
        var places = Anchors(from: range.lowerBound)
        places.add(text: 0, source: range.lowerBound)
        var i = range.lowerBound
        while i < range.upperBound {
            guard utf8[i] == UInt8(ascii: "="), i + 1 < range.upperBound else {
                bytes.append(utf8[i])
                i += 1
                continue
            }
            if utf8[i + 1] == 0x0A {
                i += 2
            } else if i + 2 < range.upperBound,
                let value = UInt8(
                    String(decoding: utf8[(i + 1)...(i + 2)], as: UTF8.self),
                    radix: 16
                )
            {
                bytes.append(value)
                i += 3
            } else {
                bytes.append(utf8[i])
                i += 1
            }
            places.add(text: bytes.count, source: i)
        }
        places.end = range.upperBound
        return (bytes, places)
    }

    private func base64(_ range: Range<Int>, _ utf8: [UInt8]) -> ([UInt8], Anchors) {
        var bytes: [UInt8] = []
        var places = Anchors(from: range.lowerBound)
        places.add(text: 0, source: range.lowerBound)
        var buffer: UInt32 = 0
        var bits = 0
        for i in range {
            let value: UInt32
            switch utf8[i] {
            case 0x41...0x5A: value = UInt32(utf8[i]) - 0x41
            case 0x61...0x7A: value = UInt32(utf8[i]) - 0x61 + 26
            case 0x30...0x39: value = UInt32(utf8[i]) - 0x30 + 52
            case UInt8(ascii: "+"): value = 62
            case UInt8(ascii: "/"): value = 63
            case 0x0A:
                places.add(text: bytes.count, source: i + 1)
                continue
            default: continue
            }
            buffer = buffer << 6 | value
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        places.end = range.upperBound
        return (bytes, places)
    }
}

extension Anchors {
    /// The same anchors in the file that `inner` was taken out of, exact at the beginnings of lines.
    func byLine(of inner: SourceText, at places: Anchors) -> Anchors {
        func outer(_ offset: Int) -> Int {
            let line = inner.lineStarts[inner.line(of: min(offset, inner.utf8.count)) - 1]
            let start = places.source(of: inner.originalBytes(of: line..<line).lowerBound)
            let here = places.source(of: inner.originalBytes(of: offset..<offset).lowerBound)
            return max(start, here)
        }
        var result = Anchors(from: outer(end))
        for (index, anchor) in list.enumerated() {
            result.add(text: anchor.text, source: outer(anchor.source))
            // Where a new line begins inside the stretch, or the outer text stops running along.
            let limit = index + 1 < list.count ? list[index + 1].text : Int.max
            let first = inner.lineStarts.partitioningIndex { $0 > anchor.source }
            for start in inner.lineStarts[first...] {
                let text = anchor.text + start - anchor.source
                guard text < limit, start < end else { break }
                result.add(text: text, source: outer(start))
            }
        }
        return result
    }
}

/// Words of a head that are not ASCII: `=?utf-8?q?a=C3=B1o?=`.
enum EncodedWords {
    /// The text with such words decoded.
    static func decode(_ text: String) -> String {
        guard text.contains("=?") else { return text }
        var result = ""
        var rest = text[...]
        var isAfterWord = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(
                separator: "?",
                maxSplits: 3,
                omittingEmptySubsequences: false
            )
            guard parts.count == 4, parts[3].hasPrefix("="),
                let word = word(parts[2], parts[1], charset: parts[0])
            else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                isAfterWord = false
                continue
            }
            // Space between two such words belongs to neither.
            if !(isAfterWord && before.allSatisfy(\.isWhitespace)) { result += before }
            result += word
            isAfterWord = true
            rest = parts[3].dropFirst()
        }
        return result + rest
    }

    private static func word(_ text: Substring, _ kind: Substring, charset: Substring) -> String? {
        let isQuoted = kind.lowercased() == "q"
        let plain = isQuoted ? text.map { $0 == "_" ? " " : $0 } : Array(text)
        let source = SourceText(utf8: Array(String(plain).utf8), encoding: "", maps: [])
        let coding = TransferEncoding(isQuoted ? "quoted-printable" : "base64")
        let (bytes, _) = coding.decode(0..<source.utf8.count, of: source)
        let name = String(charset.prefix { $0 != "*" })
        let decoded = try? TextDecoder.decode(bytes, declared: name)
        return decoded.map { $0.source.string(0..<$0.source.utf8.count) }
    }
}
