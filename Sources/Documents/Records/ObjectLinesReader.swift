/// Reads calendars (`.ics`) and contacts (`.vcf`): each event, task and person a record of its own.
///
/// Both are lines `NAME;PARAMETER=value:text`, continued in lines that begin with white space (RFC 5545,
/// RFC 6350).
struct ObjectLinesReader: FormatReader {
    static let calendarDeclaration = DocumentFormat.text(
        "calendar",
        version: 1,
        suffixes: ["ics", "ical", "ifb"],
        recognizes: { $0.source.begins(0..<$0.source.utf8.count, with: "BEGIN:VCALENDAR") },
        make: { _, _ in ObjectLinesReader() }
    )
    static let contactsDeclaration = DocumentFormat.text(
        "contacts",
        version: 1,
        suffixes: ["vcf", "vcard"],
        recognizes: { $0.source.begins(0..<$0.source.utf8.count, with: "BEGIN:VCARD") },
        make: { _, _ in ObjectLinesReader() }
    )

    /// The properties that people read, and what they call them.
    private static let shown: [String: String] = [
        "SUMMARY": "", "FN": "", "DTSTART": "Start", "DTEND": "End", "DUE": "Due",
        "LOCATION": "Place", "DESCRIPTION": "", "COMMENT": "", "ORGANIZER": "Organizer",
        "ATTENDEE": "With", "STATUS": "Status", "CATEGORIES": "Categories", "RRULE": "Repeats",
        "ORG": "Organization", "TITLE": "Title", "ROLE": "Role", "TEL": "Phone", "EMAIL": "Email",
        "ADR": "Address", "BDAY": "Birthday", "NOTE": "", "NICKNAME": "Nickname", "URL": "Web",
    ]
    private static let objects: Set<String> = ["VEVENT", "VTODO", "VJOURNAL", "VCARD"]

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        var draft = DocumentDraft()
        var lines: [String] = []
        var start: Int?
        /// The parts of a person's name, and whether the name stands there as a whole.
        var parts = ""
        var isNamed = false
        for (text, range) in Self.logicalLines(source) {
            guard let colon = Self.colon(in: text) else { continue }
            let head = text[..<colon].split(separator: ";")
            let name = (head.first ?? "").split(separator: ".").last?.uppercased() ?? ""
            let value = String(text[text.index(after: colon)...])
            if name == "BEGIN", Self.objects.contains(value.uppercased()) {
                start = range.lowerBound
                lines = []
                parts = ""
                isNamed = false
            } else if name == "END", Self.objects.contains(value.uppercased()), let begin = start {
                if !isNamed, !parts.isEmpty { lines.insert(parts, at: 0) }
                let record = lines.joined(separator: "\n")
                if !record.isEmpty {
                    draft.blocks.append(
                        Block(
                            kind: .record,
                            text: record,
                            anchors: Anchors(verbatim: begin..<range.upperBound)
                        )
                    )
                }
                start = nil
            } else if start != nil, let label = Self.shown[name] {
                let shown = Self.shown(value, name, Array(head.dropFirst()))
                if !shown.isEmpty { lines.append(label.isEmpty ? shown : "\(label): \(shown)") }
                if name == "FN", !shown.isEmpty { isNamed = true }
            } else if start != nil, name == "N" {
                // Family name first, then the given names and titles.
                let shown = Self.shown(value, name, Array(head.dropFirst()))
                let names = shown.split(separator: ";", omittingEmptySubsequences: false)
                parts = (names.dropFirst().prefix(2) + names.prefix(1)).filter { !$0.isEmpty }
                    .joined(separator: " ")
            } else if name == "X-WR-CALNAME" {
                draft.title = value
            }
        }
        guard !draft.blocks.isEmpty else { throw .empty }
        return draft
    }

    /// Lines with those that continue them, and where each stands.
    private static func logicalLines(_ source: SourceText) -> [(text: String, range: Range<Int>)] {
        var lines: [(String, Range<Int>)] = []
        for line in 1...source.lineCount {
            let range = source.range(ofLine: line)
            let text = source.string(range)
            if let first = text.first, first == " " || first == "\t", let last = lines.last {
                lines[lines.count - 1] = (
                    last.0 + text.dropFirst(), last.1.lowerBound..<range.upperBound
                )
            } else if let last = lines.last, last.0.hasSuffix("="),
                last.0.uppercased().contains("QUOTED-PRINTABLE")
            {
                lines[lines.count - 1] = (
                    last.0.dropLast() + text, last.1.lowerBound..<range.upperBound
                )
            } else {
                lines.append((text, range))
            }
        }
        return lines
    }

    /// The colon before the value: not one in quotation marks.
    private static func colon(in text: String) -> String.Index? {
        var isQuoted = false
        return text.indices.first { index in
            if text[index] == "\"" { isQuoted.toggle() }
            return text[index] == ":" && !isQuoted
        }
    }

    private static func shown(_ value: String, _ name: String, _ parameters: [Substring]) -> String
    {
        let joined = parameters.joined(separator: ";").uppercased()
        var value = value
        if joined.contains("QUOTED-PRINTABLE") {
            let source = SourceText(utf8: Array(value.utf8), encoding: "", maps: [])
            let (bytes, _) = TransferEncoding("quoted-printable").decode(
                0..<source.utf8.count,
                of: source
            )
            let charset = parameters.first { $0.uppercased().hasPrefix("CHARSET=") }?.dropFirst(8)
            value = TextConverter.text(of: bytes, charset: charset.map(String.init) ?? "utf-8")
        }
        switch name {
        case "DTSTART", "DTEND", "DUE", "BDAY": return date(value)
        case "ATTENDEE", "ORGANIZER":
            let named = parameters.first { $0.uppercased().hasPrefix("CN=") }.map {
                $0.dropFirst(3).filter { $0 != "\"" }
            }
            let address = value.replacing("mailto:", with: "").replacing("MAILTO:", with: "")
            return named.map { "\($0) (\(address))" } ?? address
        case "ADR", "ORG":
            return unescaped(value).split(separator: ";").filter { !$0.isEmpty }.joined(
                separator: ", "
            )
        default: return unescaped(value)
        }
    }

    /// `20260203T101500Z` as `2026-02-03 10:15`.
    private static func date(_ value: String) -> String {
        let digits = value.filter(\.isNumber)
        guard value.utf8.count >= 8, digits.utf8.count >= 8, !value.contains("-") else {
            return value
        }
        let parts = Array(digits)
        func part(_ range: Range<Int>) -> String { String(parts[range]) }
        let day = part(0..<4) + "-" + part(4..<6) + "-" + part(6..<8)
        return parts.count >= 12 ? day + " " + part(8..<10) + ":" + part(10..<12) : day
    }

    private static func unescaped(_ value: String) -> String {
        value.replacing("\\n", with: "\n").replacing("\\N", with: "\n").replacing("\\,", with: ",")
            .replacing("\\;", with: ";").replacing("\\\\", with: "\\")
    }
}
