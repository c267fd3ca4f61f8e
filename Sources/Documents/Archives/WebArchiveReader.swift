/// Reads WARC files, archives of what web servers answered (ISO 28500): each page and document under its
/// address.
///
/// Files packed with gzip, record by record, have been unpacked before.
struct WebArchiveReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "warc",
        version: 1,
        recognizes: { $0.bytes.starts(with: "WARC/".utf8) },
        make: { WebArchiveReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        var contents = ArchiveContents(options)
        var i = 0
        while i < bytes.count, let record = Record(bytes, from: i) {
            i = record.content.upperBound
            while i < bytes.count, bytes[i] <= 0x20 { i += 1 }
            add(record, bytes[record.content], to: &contents)
        }
        return try contents.result("a web archive")
    }

    /// A head of lines `Name: value` up to an empty one, and the content behind it.
    private struct Record {
        var fields: [String: String] = [:]
        let content: Range<Int>

        /// The record that begins at `start`; nil if there is none.
        init?(_ bytes: [UInt8], from start: Int, isRecord: Bool = true) {
            guard !isRecord || bytes[start...].starts(with: "WARC/".utf8) else { return nil }
            var i = start
            var isFirst = true
            while i < bytes.count {
                let end = bytes[i...].firstIndex(of: 0x0A) ?? bytes.count
                let line = bytes[i..<end].prefix { $0 != 0x0D }
                i = min(end + 1, bytes.count)
                if line.isEmpty, !isFirst { break }
                isFirst = false
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
                let name = String(decoding: line[..<colon], as: UTF8.self).lowercased()
                let value = String(decoding: line[(colon + 1)...], as: UTF8.self)
                fields[name] = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            let length = fields["content-length"].flatMap { Int($0) } ?? bytes.count
            content = i..<(i + min(max(length, 0), bytes.count - i))
        }
    }

    /// Adds what a record holds, if it is an answer that was no error, or a file.
    private func add(
        _ record: Record,
        _ bytes: ArraySlice<UInt8>,
        to contents: inout ArchiveContents
    ) {
        let address = (record.fields["warc-target-uri"] ?? "").filter { !"<>".contains($0) }
        switch record.fields["warc-type"] ?? "" {
        case "response":
            let answer = Array(bytes)
            guard answer.starts(with: "HTTP/".utf8),
                answer.prefix(16).split(separator: 0x20).dropFirst().first?.first
                    == UInt8(ascii: "2"),
                let head = Record(answer, from: 0, isRecord: false)
            else { return }
            var body = Array(answer[head.content])
            if head.fields["transfer-encoding"]?.lowercased() == "chunked" {
                body = Self.joined(chunks: body)
            }
            contents.add(Self.name(address, head.fields["content-type"] ?? ""), body)
        case "resource", "conversion":
            contents.add(Self.name(address, record.fields["content-type"] ?? ""), Array(bytes))
        default: break
        }
    }

    /// The address, which tells the format where it ends like the name of a file, or what the server
    /// says that it is.
    private static func name(_ address: String, _ type: String) -> String {
        let endings = [
            "text/html": ".html", "application/xhtml+xml": ".html", "application/pdf": ".pdf",
            "text/plain": ".txt", "text/css": ".css", "application/json": ".json",
            "text/javascript": ".js", "application/javascript": ".js",
        ]
        let kind = String(type.prefix { $0 != ";" }).lowercased()
        guard let ending = endings[kind], !address.lowercased().hasSuffix(ending) else {
            return address
        }
        return (address.hasSuffix("/") ? address + "index" : address) + ending
    }

    /// Content that was sent in pieces, each behind a line with its length in hexadecimal digits.
    private static func joined(chunks bytes: [UInt8]) -> [UInt8] {
        var joined: [UInt8] = []
        var i = 0
        while i < bytes.count, let end = bytes[i...].firstIndex(of: 0x0A) {
            let digits = bytes[i..<end].prefix { $0 != 0x0D && $0 != UInt8(ascii: ";") }
            guard let length = Int(String(decoding: digits, as: UTF8.self), radix: 16), length > 0
            else { break }
            let start = end + 1
            let stop = start + min(length, bytes.count - start)
            joined += bytes[start..<stop]
            i = min(stop + 2, bytes.count)
        }
        return joined
    }
}
