internal import Corpus
internal import FoundationEssentials
internal import TextAnalysis

/// Reads Outlook's messages (`.msg`): who wrote what to whom, and what hangs on it ([MS-OXMSG]).
struct OutlookMessageReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "msg",
        version: 2,
        recognizes: { file in
            file.compound?.names.contains { $0.hasPrefix("__substg1.0_") } ?? false
        },
        make: { OutlookMessageReader() }
    )

    /// More attachments than anybody sends.
    private static let maximumAttachments = 200

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        guard let file = CompoundFile(bytes) else {
            throw .malformed(format: "Outlook message", reason: "its directory is damaged")
        }
        var result = RenderedDraft()
        let unread = append(file, "", level: 1, options, to: &result.rendering)
        if unread > 0 { result.repairs.append(TextRepair(kind: .attachments, count: unread)) }
        result.draft.title = text("0037", in: file, "")
        let sender = sender(of: file, "")
        if !sender.isEmpty {
            result.draft.metadata["from"] = .string(sender)
            result.draft.metadata["author"] = result.draft.metadata["from"]
        }
        result.draft.date = date(of: file)
        return result
    }

    /// Adds a message, that of the file or one that is attached to it, and says how many of the attachments
    /// nothing reads.
    private func append(
        _ file: CompoundFile,
        _ storage: String,
        level: Int,
        _ options: ReadingOptions,
        to rendering: inout ExtractedText
    ) -> Int {
        if let subject = text("0037", in: file, storage) {
            rendering.append(subject, as: .heading(level: min(level, 6)))
        }
        let lines = [
            ("From", sender(of: file, storage)), ("To", text("0E04", in: file, storage) ?? ""),
            ("Cc", text("0E03", in: file, storage) ?? ""),
        ]
        for (name, value) in lines where !value.isEmpty {
            rendering.append("\(name): \(value)", as: .listItem)
        }
        appendBody(of: file, storage, to: &rendering)
        return appendAttachments(of: file, storage, level, options, to: &rendering)
    }

    private func sender(of file: CompoundFile, _ storage: String) -> String {
        [text("0C1A", in: file, storage), text("0C1F", in: file, storage)].compactMap(\.self)
            .joined(separator: " ")
    }

    /// When the message was sent: what its head says, or where it has none, as on the sender's side, its
    /// properties.
    private func date(of file: CompoundFile) -> Date? {
        let head = text("007D", in: file, "")?.split(whereSeparator: \.isNewline)
        let line = head?.first { $0.lowercased().hasPrefix("date:") }
        if let date = line.flatMap({ EmailDate.parse(String($0.dropFirst(5))) }) { return date }
        guard let properties = file.contents(of: "__properties_version1.0") else { return nil }
        // Behind a head of 32 bytes 16 for each: the kind, the property, flags, the value.
        for start in stride(from: 32, to: properties.count - 15, by: 16) {
            func number(_ offset: Int, _ count: Int) -> UInt64 {
                properties[(start + offset)..<(start + offset + count)].reversed()
                    .reduce(0) { $0 << 8 | UInt64($1) }
            }
            guard number(0, 2) == 0x0040, [0x0039, 0x0E06].contains(number(2, 2)) else { continue }
            // In tenths of a millionth of a second, since 1601.
            let seconds = Double(number(8, 8) / 10_000_000) - 11_644_473_600
            if (0..<10_000_000_000).contains(seconds) {
                return Date(timeIntervalSince1970: seconds)
            }
        }
        return nil
    }

    /// A property that is text: in UTF-16, or in the code page of who wrote it.
    private func text(_ property: String, in file: CompoundFile, _ storage: String) -> String? {
        if let wide = file.contents(of: "\(storage)__substg1.0_\(property)001F") {
            let units = stride(from: 0, to: wide.count - wide.count % 2, by: 2).map {
                UInt16(wide[$0]) | UInt16(wide[$0 + 1]) << 8
            }
            let text = String(decoding: units, as: UTF16.self).filter { $0 != "\0" }
            if text.contains(where: { !$0.isWhitespace }) { return text }
        }
        guard let narrow = file.contents(of: "\(storage)__substg1.0_\(property)001E"),
            let decoded = try? TextDecoder.decode(narrow.filter { $0 != 0 })
        else { return nil }
        return decoded.source.string(0..<decoded.source.utf8.count)
    }

    private func appendBody(
        of file: CompoundFile,
        _ storage: String,
        to rendering: inout ExtractedText
    ) {
        if let text = text("1000", in: file, storage) {
            let source = SourceText(
                utf8: Array(text.replacing("\r\n", with: "\n").utf8),
                encoding: "",
                maps: []
            )
            rendering.append(PlainTextReader().read(source).blocks)
            return
        }
        guard let page = file.contents(of: storage + "__substg1.0_10130102"),
            let decoded = try? TextDecoder.decode(
                page,
                declared: DeclaredEncoding.name(in: page, suffix: "html")
            )
        else { return }
        rendering.append((try? HTMLReader().read(decoded.source))?.blocks ?? [])
    }

    /// Adds the attachments and says how many of them nothing reads.
    private func appendAttachments(
        of file: CompoundFile,
        _ outer: String,
        _ level: Int,
        _ options: ReadingOptions,
        to rendering: inout ExtractedText
    ) -> Int {
        let storages = Set(
            file.names.filter { $0.hasPrefix(outer + "__attach_version1.0_") }
                .compactMap { name in
                    name.dropFirst(outer.count).split(separator: "/").first
                        .map { outer + String($0) + "/" }
                }
        ).sorted().prefix(Self.maximumAttachments)
        var unread = 0
        for storage in storages {
            let name = text("3707", in: file, storage) ?? text("3704", in: file, storage) ?? ""
            if !name.isEmpty { rendering.append("- " + name, as: .listItem) }
            // A message inside the message is a storage of its own.
            let inner = storage + "__substg1.0_3701000D/"
            if level < 6, file.names.contains(where: { $0.hasPrefix(inner + "__substg1.0_") }) {
                unread += append(file, inner, level: level + 1, options, to: &rendering)
                continue
            }
            guard let bytes = file.contents(of: storage + "__substg1.0_37010102"),
                let document = options.inner(name, bytes)
            else {
                unread += 1
                continue
            }
            rendering.append(document.blocks)
        }
        return unread
    }
}
