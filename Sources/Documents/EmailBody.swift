/// Takes the text out of a message's parts.
struct EmailBody {
    /// How many attachments were named only, because nothing reads them.
    private(set) var unread = 0
    /// How many parts are in an encoding that the platform does not know.
    private(set) var undecoded = 0

    private let source: SourceText
    private let options: ReadingOptions
    private let isMailbox: Bool

    /// Parts inside parts, and so on: forwarded messages in forwarded messages.
    private static let maximumDepth = 12
    /// How many times the words of the text a page has to have to be read in its place.
    private static let muchMore = 2

    init(_ source: SourceText, options: ReadingOptions, isMailbox: Bool) {
        self.source = source
        self.options = options
        self.isMailbox = isMailbox
    }

    /// Appends the blocks of a part; `standard` is the type of a part that names none.
    mutating func append(
        _ part: EmailPart,
        standard: String = "text/plain",
        depth: Int = 0,
        level: Int = 1,
        to blocks: inout [Block]
    ) {
        guard depth < Self.maximumDepth else { return }
        let named = part.kind(of: "content-type")
        let kind = named.isEmpty ? standard : named
        let boundary = part.parameter("boundary", of: "content-type")
        let isAttached = part.kind(of: "content-disposition") == "attachment"
        if kind.hasPrefix("multipart/"), let boundary = boundary ?? guessedBoundary(of: part) {
            appendParts(of: part, kind, boundary, depth, level, to: &blocks)
        } else if kind == "message/rfc822" || kind == "message/global" {
            appendMessage(part, depth, level, to: &blocks)
        } else if Self.isResource(kind) || isOfPage(part, kind) {
            return
        } else if isAttached || !Self.isShown(kind, named: part.fileName) {
            appendAttachment(part, to: &blocks)
        } else {
            blocks += self.blocks(of: part, isPage: kind == "text/html", level: level)
        }
    }

    /// Whether a part is a picture of a page that was saved whole: it has an address of its own.
    private func isOfPage(_ part: EmailPart, _ kind: String) -> Bool {
        kind.hasPrefix("image/") && part["content-location"] != nil && part.fileName == nil
    }

    /// Whether a part is the message's own text rather than a file that hangs on it.
    private static func isShown(_ kind: String, named name: String?) -> Bool {
        switch kind {
        case "text/plain", "text/html", "text/enriched", "text": true
        case "message/delivery-status", "message/disposition-notification", "text/rfc822-headers":
            true
        default: kind.hasPrefix("text/") && name == nil && !isResource(kind)
        }
    }

    /// Whether a part only makes a page look or move as it does: nothing of it is for reading.
    private static func isResource(_ kind: String) -> Bool {
        ["text/css", "text/javascript", "application/javascript", "application/x-javascript"]
            .contains(kind) || kind.hasPrefix("font/") || kind.hasPrefix("application/font")
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

    private mutating func appendParts(
        of part: EmailPart,
        _ kind: String,
        _ boundary: String,
        _ depth: Int,
        _ level: Int,
        to blocks: inout [Block]
    ) {
        let parts = Self.parts(in: part.content, between: boundary, source).map {
            EmailPart(source, $0)
        }
        if kind == "multipart/alternative" {
            blocks += best(of: parts, depth, level)
            return
        }
        let standard = kind == "multipart/digest" ? "message/rfc822" : "text/plain"
        for part in parts {
            append(part, standard: standard, depth: depth + 1, level: level, to: &blocks)
        }
    }

    /// The blocks of the alternative that is read: the first that is text, unless a later one says
    /// much more, as where the text says only that there is a page.
    private mutating func best(of parts: [EmailPart], _ depth: Int, _ level: Int) -> [Block] {
        func words(_ blocks: [Block]) -> Int {
            blocks.reduce(0) { $0 + $1.text.utf8.split(separator: 0x20).count }
        }
        var chosen: (blocks: [Block], body: EmailBody)?
        for part in parts where part.kind(of: "content-type") != "text/calendar" || parts.count == 1
        {
            // What is left out of the ones not chosen is not missed.
            var body = self
            var found: [Block] = []
            body.append(part, depth: depth + 1, level: level, to: &found)
            guard !found.isEmpty else { continue }
            if let before = chosen, words(found) <= Self.muchMore * words(before.blocks) {
                continue
            }
            chosen = (found, body)
        }
        if let chosen { self = chosen.body }
        var blocks = chosen?.blocks ?? []
        // An invitation says when and where, its text often not.
        for part in parts where part.kind(of: "content-type") == "text/calendar" {
            let (bytes, _) = TransferEncoding(part.kind(of: "content-transfer-encoding"))
                .decode(part.content, of: source)
            guard let calendar = options.inner("invitation.ics", bytes) else { continue }
            let known = blocks.map(\.text).joined(separator: "\n")
            for block in calendar.blocks where !known.contains(block.text) {
                var block = block
                if case .heading = block.kind { block.kind = .paragraph }
                block.anchors = Anchors(verbatim: part.content)
                blocks.append(block)
            }
        }
        return blocks
    }

    /// A message inside the message: its head and its text, under its own subject.
    private mutating func appendMessage(
        _ part: EmailPart,
        _ depth: Int,
        _ level: Int,
        to blocks: inout [Block]
    ) {
        // The message may be encoded itself, against the rules.
        let coding = TransferEncoding(part.kind(of: "content-transfer-encoding"))
        guard coding.isIdentity else { return appendAttachment(part, to: &blocks) }
        let message = EmailPart(source, part.content)
        let level = min(level + 1, 6)
        blocks += EmailHead(message).blocks(level: level)
        append(message, depth: depth + 1, level: level, to: &blocks)
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

    // MARK: Attachments

    /// The name of an attachment, and what is in it if that can be read.
    private mutating func appendAttachment(_ part: EmailPart, to blocks: inout [Block]) {
        let name = part.fileName.map(EncodedWords.decode)
        if let name, let field = part.fields.first {
            blocks.append(
                Block(
                    kind: .listItem,
                    text: "- " + name,
                    anchors: Anchors(verbatim: field.range)
                )
            )
        }
        let (bytes, _) = TransferEncoding(part.kind(of: "content-transfer-encoding"))
            .decode(part.content, of: source)
        let isMedium = ["image/", "audio/", "video/"].contains {
            part.kind(of: "content-type").hasPrefix($0)
        }
        if isMedium { return unread += 1 }
        appendFile(name ?? "", bytes, at: part.content, to: &blocks)
    }

    /// What is in a file that hangs on the message, or one more that is not read.
    private mutating func appendFile(
        _ name: String,
        _ bytes: [UInt8],
        at place: Range<Int>,
        to blocks: inout [Block]
    ) {
        guard let document = options.inner(name, bytes) else { return unread += 1 }
        for block in document.blocks {
            var block = block
            if case .heading(let level) = block.kind {
                block.kind = .heading(level: min(level + 1, Block.deepestHeading))
            }
            block.anchors = Anchors(verbatim: place)
            blocks.append(block)
        }
    }

    // MARK: Text

    private mutating func blocks(of part: EmailPart, isPage: Bool, level: Int) -> [Block] {
        var inserted: [Block] = []
        let coding = TransferEncoding(part.kind(of: "content-transfer-encoding"))
        var content = part.content
        if coding.isIdentity, !isPage {
            // Files that were put into the text before there were parts.
            for file in UnixEncoding.files(in: content, of: source).reversed() {
                appendFile(file.name, file.bytes, at: file.range, to: &inserted)
                if file.range.upperBound >= content.upperBound - 2 {
                    content = content.lowerBound..<file.range.lowerBound
                }
            }
        }
        let (bytes, places) = coding.decode(content, of: source, isMailbox: isMailbox)
        let charset = part.parameter("charset", of: "content-type")
        if let charset, !Self.isPlaceholder(charset), CharacterEncoding(named: charset) == nil {
            undecoded += 1
        }
        let declared = charset ?? (isPage ? DeclaredEncoding.name(in: bytes, suffix: "html") : nil)
        guard let decoded = try? TextDecoder.decode(bytes, declared: declared) else {
            if bytes.contains(where: { $0 > 0x20 }) { undecoded += 1 }
            return inserted
        }
        let inner = decoded.source
        let found =
            isPage
            ? (try? HTMLReader().read(inner))?.blocks ?? []
            : PlainTextReader().read(inner).blocks
        return found.map { block in
            var block = block
            block.anchors = block.anchors.byLine(of: inner, at: places)
            // The message has its subject for a heading.
            if case .heading(let inner) = block.kind {
                block.kind = .heading(level: min(level + inner, Block.deepestHeading))
            }
            return block
        } + inserted
    }

    /// Names that say that the encoding is not known to the sender either.
    private static func isPlaceholder(_ charset: String) -> Bool {
        ["", "default", "unknown", "unknown-8bit", "x-unknown", "none", "binary", "8bit"]
            .contains(charset.lowercased())
    }
}

/// How the bytes of a part are written down.
struct TransferEncoding {
    private let name: String

    init(_ name: String) {
        self.name = name
    }

    /// Whether the bytes stand in the file as they are.
    var isIdentity: Bool { !["quoted-printable", "base64"].contains(name) && !isUnix }

    /// Whether the bytes are written as Unix wrote them before there was MIME.
    private var isUnix: Bool { ["x-uuencode", "uuencode", "x-uue", "uue"].contains(name) }

    /// The bytes of a part, and where in the source each line of them begins.
    ///
    /// In a mailbox a line that begins with `From ` is written with a `>` before it, which goes.
    func decode(
        _ range: Range<Int>,
        of source: SourceText,
        isMailbox: Bool = false
    ) -> (bytes: [UInt8], places: Anchors) {
        switch name {
        case "quoted-printable": quotedPrintable(range, source.utf8)
        case "base64": base64(range, source.utf8)
        case _ where isUnix:
            (UnixEncoding.files(in: range, of: source).first?.bytes ?? [], Anchors(verbatim: range))
        case _ where isMailbox: unquoted(range, source.utf8)
        default: (Array(source.utf8[range]), Anchors(verbatim: range))
        }
    }

    private func unquoted(_ range: Range<Int>, _ utf8: [UInt8]) -> ([UInt8], Anchors) {
        var bytes: [UInt8] = []
        var places = Anchors(from: range.lowerBound)
        var i = range.lowerBound
        while i < range.upperBound {
            let end = utf8[i..<range.upperBound].firstIndex(of: 0x0A).map { $0 + 1 }
            let line = utf8[i..<(end ?? range.upperBound)]
            let isQuoted =
                line.first == 0x3E && line.drop { $0 == 0x3E }.starts(with: "From ".utf8)
            places.add(text: bytes.count, source: isQuoted ? i + 1 : i)
            bytes += isQuoted ? line.dropFirst() : line
            i = end ?? range.upperBound
        }
        places.end = range.upperBound
        return (bytes, places)
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
