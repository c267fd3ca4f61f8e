internal import Corpus
internal import TextAnalysis

/// Reads Outlook's messages (`.msg`): who wrote what to whom, and what hangs on it ([MS-OXMSG]).
struct OutlookMessageReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "msg",
        version: 1,
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
        let subject = text("0037", in: file, "")
        if let subject { result.rendering.append(subject, as: .heading(level: 1)) }
        let sender = [text("0C1A", in: file, ""), text("0C1F", in: file, "")].compactMap(\.self)
        let lines = [
            ("From", sender.joined(separator: " ")), ("To", text("0E04", in: file, "") ?? ""),
            ("Cc", text("0E03", in: file, "") ?? ""),
        ]
        for (name, value) in lines where !value.isEmpty {
            result.rendering.append("\(name): \(value)", as: .listItem)
        }
        appendBody(of: file, to: &result.rendering)
        result.draft.title = subject
        if !sender.isEmpty {
            result.draft.metadata["from"] = .string(sender.joined(separator: " "))
            result.draft.metadata["author"] = result.draft.metadata["from"]
        }
        let head = text("007D", in: file, "")?.split(whereSeparator: \.isNewline)
        let date = head?.first { $0.lowercased().hasPrefix("date:") }
        result.draft.date = date.flatMap { EmailDate.parse(String($0.dropFirst(5))) }
        let unread = appendAttachments(of: file, options, to: &result.rendering)
        if unread > 0 { result.repairs.append(TextRepair(kind: .attachments, count: unread)) }
        return result
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

    private func appendBody(of file: CompoundFile, to rendering: inout ExtractedText) {
        if let text = text("1000", in: file, "") {
            let source = SourceText(
                utf8: Array(text.replacing("\r\n", with: "\n").utf8),
                encoding: "",
                maps: []
            )
            rendering.append(PlainTextReader().read(source).blocks)
            return
        }
        guard let page = file.contents(of: "__substg1.0_10130102"),
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
        _ options: ReadingOptions,
        to rendering: inout ExtractedText
    ) -> Int {
        let storages = Set(
            file.names.filter { $0.hasPrefix("__attach_version1.0_") }
                .compactMap { $0.split(separator: "/").first.map { String($0) + "/" } }
        ).sorted().prefix(Self.maximumAttachments)
        var unread = 0
        for storage in storages {
            let name = text("3707", in: file, storage) ?? text("3704", in: file, storage) ?? ""
            if !name.isEmpty { rendering.append("- " + name, as: .listItem) }
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
