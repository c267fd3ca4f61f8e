internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads e-mail: single messages (`.eml`, Maildir, MH) and mailboxes (`mbox`), each message under its
/// subject.
///
/// Each part is decoded in its own encoding. Of a message that is sent as text and as a page, the text
/// is read, unless the page says much more. Messages inside messages are read under their own
/// subjects; attachments of a format that is read are read after their name, others are named and
/// counted. Lines are those of the file, also where a part is encoded.
struct EmailReader: FormatReader {
    static let declaration = DocumentFormat(
        name: "email",
        version: 2,
        suffixes: ["eml", "emlx", "mbox", "mbx", "mht", "mhtml"],
        reader: .raw(
            recognizes: { looksLikeMail($0.bytes) },
            make: { _, options in EmailReader(options: options) }
        )
    )

    var options = ReadingOptions()

    /// The most messages of one mailbox.
    private static let maximumMessages = 200_000

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        var draft = DocumentDraft()
        let messages = Self.messages(in: source)
        var unread = 0
        var undecoded = 0
        for range in messages.prefix(Self.maximumMessages) {
            let message = EmailPart(source, range)
            let head = EmailHead(message)
            if messages.count == 1 { head.fill(&draft) }
            draft.blocks += head.blocks
            var body = EmailBody(source, options: options, isMailbox: messages.count > 1)
            body.append(message, to: &draft.blocks)
            unread += body.unread
            undecoded += body.undecoded
        }
        if unread > 0 { draft.repairs.append(TextRepair(kind: .attachments, count: unread)) }
        if undecoded > 0 {
            draft.repairs.append(TextRepair(kind: .unknownEncoding, count: undecoded))
        }
        // What has neither a sender nor a date is no message.
        guard !draft.blocks.isEmpty else { throw .empty }
        return draft
    }

    /// Whether a file begins as a mailbox or a message does: with the fields of a head, among them
    /// who wrote it and when.
    static func looksLikeMail(_ bytes: [UInt8]) -> Bool {
        var names: Set<String> = []
        var lines = bytes.prefix(32 << 10).split(
            separator: 0x0A,
            maxSplits: 200,
            omittingEmptySubsequences: false
        )[...]
        if let first = lines.first, first.starts(with: "From ".utf8) { lines.removeFirst() }
        for line in lines {
            guard let first = line.first, first != 0x0D else { break }
            if first == 0x20 || first == 0x09 { continue }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon - line.startIndex < 60,
                colon > line.startIndex,
                line[..<colon].allSatisfy({ (0x21...0x7E).contains($0) })
            else { return false }
            names.insert(String(decoding: line[..<colon], as: UTF8.self).lowercased())
        }
        let witnesses = ["date", "received", "message-id", "subject", "mime-version", "to"]
        return names.contains("from") && witnesses.count { names.contains($0) } >= 2
    }

    /// The message of a file that begins with the message's length on a line of its own, and ends with
    /// properties, as Apple's program writes them; nil for other files.
    private static func message(withItsLengthBefore source: SourceText) -> Range<Int>? {
        let first = source.trimmedRange(ofLine: 1)
        guard source.lineCount > 2, first.count < 12, Int(source.string(first)) != nil,
            isField(source.range(ofLine: 2), source)
        else { return nil }
        let start = source.lineStarts[1]
        let properties = source.first("<?xml version", in: start..<source.utf8.count)
        return start..<(properties ?? source.utf8.count)
    }

    /// The messages: one, or those between the lines of a mailbox that separate them.
    private static func messages(in source: SourceText) -> [Range<Int>] {
        guard source.begins(0..<source.utf8.count, with: "From ") else {
            return [message(withItsLengthBefore: source) ?? 0..<source.utf8.count]
        }
        var starts: [(line: Int, body: Int)] = []
        for line in 1...source.lineStarts.count {
            let range = source.range(ofLine: line)
            if source.begins(range, with: "From "), line == 1 || separates(line, source) {
                starts.append((range.lowerBound, min(range.upperBound + 1, source.utf8.count)))
            }
        }
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1].line : source.utf8.count
            return starts[index].body..<max(starts[index].body, end)
        }
    }

    /// Whether a line that begins with `From ` begins a message: a sentence may begin so too.
    ///
    /// A separator stands after an empty line, and a head follows it. Where it ends with a date, as
    /// it should, the first field of the head is enough; otherwise the head has to be a whole one.
    private static func separates(_ line: Int, _ source: SourceText) -> Bool {
        guard source.range(ofLine: line - 1).isEmpty, line < source.lineCount,
            isField(source.range(ofLine: line + 1), source)
        else { return false }
        let text = source.string(source.range(ofLine: line))
        let words = text.split(separator: " ")
        let hasTime = words.contains {
            $0.filter { $0 == ":" }.count >= 1 && $0.first?.isNumber ?? false
        }
        let hasYear = words.contains { $0.count == 4 && $0.allSatisfy(\.isNumber) }
        if hasTime, hasYear { return true }
        let end = min(source.utf8.count, source.lineStarts[line] + (8 << 10))
        return looksLikeMail(Array(source.utf8[source.lineStarts[line]..<end]))
    }

    static func isField(_ range: Range<Int>, _ source: SourceText) -> Bool {
        guard let colon = source.utf8[range].firstIndex(of: UInt8(ascii: ":")),
            colon > range.lowerBound
        else { return source.begins(range, with: ">From ") }
        return source.utf8[range.lowerBound..<colon].allSatisfy { (0x21...0x7E).contains($0) }
    }
}

/// A message, or a part of one: its head and where its content lies.
struct EmailPart {
    /// A field of the head.
    struct Field {
        let name: String
        let value: String
        let range: Range<Int>
    }

    let fields: [Field]
    let content: Range<Int>

    /// The part in `range`: its head goes to the first empty line.
    init(_ source: SourceText, _ range: Range<Int>) {
        var places: [(name: String, value: Range<Int>, whole: Range<Int>)] = []
        var i = range.lowerBound
        while i < range.upperBound {
            let line =
                i..<(source.utf8[i..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound)
            if line.isEmpty { break }
            // A head without an empty line after it ends with the last line that is a field.
            if !places.isEmpty, !EmailReader.isField(line, source),
                !source.begins(line, with: "From ")
            {
                i = line.lowerBound - 1
                break
            }
            // Lines that begin with white space continue the field.
            var end = line.upperBound
            while end + 1 < range.upperBound,
                source.utf8[end + 1] == 0x20 || source.utf8[end + 1] == 0x09
            {
                end =
                    source.utf8[(end + 1)..<range.upperBound].firstIndex(of: 0x0A)
                    ?? range.upperBound
            }
            if places.count < 500, let colon = source.utf8[line].firstIndex(of: UInt8(ascii: ":")) {
                let name = source.string(line.lowerBound..<colon).lowercased()
                places.append((name, (colon + 1)..<end, line.lowerBound..<end))
            }
            i = end + 1
        }
        // A head should be ASCII; where it is not, it is most likely in the encoding of the text.
        let type = places.first { $0.name == "content-type" }.map { source.string($0.value) }
        let charset = type.flatMap { HeaderParameters($0)["charset"] }
        fields = places.map { name, value, whole in
            Field(name: name, value: Self.text(source.utf8[value], charset), range: whole)
        }
        let start = min(i + 1, range.upperBound)
        content = max(start, range.lowerBound)..<max(start, range.upperBound)
    }

    /// The words of a field, without control characters.
    private static func text(_ bytes: ArraySlice<UInt8>, _ charset: String?) -> String {
        let isASCII = bytes.allSatisfy { $0 < 0x80 && $0 != 0x1B }
        let decoded =
            isASCII ? nil : try? TextDecoder.decode(Array(bytes), declared: charset).source.utf8
        let text = String(decoding: decoded ?? Array(bytes), as: UTF8.self)
        return text.split { $0.isWhitespace || $0 < " " }.joined(separator: " ")
    }

    /// The value of the first field of a name; names are in lower case.
    subscript(_ name: String) -> String? { fields.first { $0.name == name }?.value }

    /// The first word of a field, in lower case: `text/plain`.
    func kind(of name: String) -> String {
        (self[name] ?? "").prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }

    /// A parameter of a field: `charset`, `boundary`.
    func parameter(_ parameter: String, of name: String) -> String? {
        self[name].flatMap { HeaderParameters($0)[parameter] }
    }

    /// The name of the file that the part is, if it has one.
    var fileName: String? {
        parameter("filename", of: "content-disposition") ?? parameter("name", of: "content-type")
    }
}

/// What a message says above its text.
struct EmailHead {
    private let part: EmailPart
    private let subject: String
    private let date: Date?

    init(_ part: EmailPart) {
        self.part = part
        subject = EncodedWords.decode(part["subject"] ?? "")
        date = part["date"].flatMap(EmailDate.parse)
    }

    /// Whether it is no message but a page that a browser saved: nobody sent it to anybody.
    private var isSavedPage: Bool {
        let from = part["from"] ?? ""
        return part["snapshot-content-location"] != nil || from.hasPrefix("<Saved by")
            || from.isEmpty && part.kind(of: "content-type") == "multipart/related"
    }

    func fill(_ draft: inout DocumentDraft) {
        draft.title = subject.isEmpty ? nil : subject
        draft.date = date
        if isSavedPage { return }
        for name in ["from", "to", "cc"] {
            draft.metadata[name] = part[name].map { .string(EncodedWords.decode($0)) }
        }
        draft.metadata["author"] = draft.metadata["from"]
    }

    /// The subject as a heading, then who wrote to whom and when.
    var blocks: [Block] { blocks(level: 1) }

    /// The same with a heading of another level, for messages inside messages.
    func blocks(level: Int) -> [Block] {
        var blocks: [Block] = []
        if !subject.isEmpty, let field = part.fields.first(where: { $0.name == "subject" }) {
            blocks.append(
                Block(
                    kind: .heading(level: level),
                    text: subject,
                    anchors: Anchors(verbatim: field.range)
                )
            )
        }
        if isSavedPage { return blocks }
        for (name, label) in [("from", "From"), ("to", "To"), ("cc", "Cc"), ("date", "Date")] {
            guard let field = part.fields.first(where: { $0.name == name }), !field.value.isEmpty
            else {
                continue
            }
            blocks.append(
                Block(
                    kind: .listItem,
                    text: "\(label): " + EncodedWords.decode(field.value),
                    anchors: Anchors(verbatim: field.range)
                )
            )
        }
        return blocks
    }
}

/// Dates as messages write them: `Fri, 1 Mar 2024 10:30:00 +0100`.
enum EmailDate {
    static func parse(_ text: String) -> Date? {
        let parts = text.split { " ,".contains($0) }
        guard let month = parts.firstIndex(where: { months.contains($0.prefix(3).lowercased()) }),
            month > 0, month + 1 < parts.count, let day = Int(parts[month - 1]),
            var year = Int(parts[month + 1]),
            let number = months.firstIndex(of: parts[month].prefix(3).lowercased())
        else { return nil }
        if year < 70 { year += 2000 } else if year < 100 { year += 1900 }
        guard (1900...9999).contains(year), (1...31).contains(day) else { return nil }
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        var iso = "\(year)-\(two(number + 1))-\(two(day))"
        if month + 2 < parts.count, parts[month + 2].contains(":") {
            let clock = parts[month + 2].split(separator: ":").map {
                $0.count < 2 ? "0" + $0 : String($0)
            }
            iso += "T" + clock.joined(separator: ":")
            if month + 3 < parts.count { iso += " " + parts[month + 3] }
        }
        return DocumentDate.parse(iso)
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
}
