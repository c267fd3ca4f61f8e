/// Reads books for Kindle and Mobipocket (`.mobi`, `.azw`, `.prc`): HTML in the records of a Palm database.
///
/// Each record is packed by itself, with PalmDOC's method or not at all. Books that are packed with a
/// dictionary of Huffman codes, or that only their buyer may read, are refused in words.
struct MobipocketReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "mobi",
        version: 1,
        recognizes: { file in
            ["BOOKMOBI", "TEXtREAd"].contains { file.bytes.dropFirst(60).starts(with: $0.utf8) }
        },
        make: { MobipocketReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let count = Self.number(bytes, 76, 2)
        let starts = (0..<count).map { Self.number(bytes, 78 + 8 * $0, 4) } + [bytes.count]
        func record(_ index: Int) -> ArraySlice<UInt8> {
            guard index >= 0, index < count, starts[index] <= starts[index + 1],
                starts[index + 1] <= bytes.count
            else { return [] }
            return bytes[starts[index]..<starts[index + 1]]
        }
        let head = Array(record(0))
        let method = Self.number(head, 0, 2)
        guard head.count >= 16, [1, 2, 17_480].contains(method) else {
            throw .malformed(format: "book", reason: "its first record is damaged")
        }
        if Self.number(head, 12, 2) != 0 { throw .encrypted(format: "book") }
        guard method != 17_480 else {
            throw .binary("a book for Kindle packed with a dictionary: convert it to EPUB")
        }
        let isMobi = head.dropFirst(16).starts(with: "MOBI".utf8)
        let size = isMobi ? Self.number(head, 20, 4) : 0
        // Which entries stand behind the text of each record, from version 5 on.
        let extras = size >= 0xE4 ? Self.number(head, 0xF2, 2) : 0
        var text: [UInt8] = []
        for index in 0..<Self.number(head, 8, 2) {
            let packed = Self.trimmed(record(index + 1), extras)
            text += method == 2 ? Self.unpacked(packed) : Array(packed)
            guard text.count <= options.maximumBytes else {
                throw .tooLarge(bytes: text.count, limit: options.maximumBytes)
            }
        }
        let isUTF8 = Self.number(head, 28, 4) == 65_001
        let name = bytes.prefix(32).prefix { $0 != 0 }
        return try Self.draft(
            text,
            isUTF8 ? "utf-8" : "windows-1252",
            isMobi,
            Self.title(head, name)
        )
    }

    private static func draft(
        _ text: [UInt8],
        _ encoding: String,
        _ isPage: Bool,
        _ title: String
    ) throws(DocumentError) -> RenderedDraft {
        let source = try TextDecoder.decode(text, declared: encoding).source
        var result = RenderedDraft()
        if isPage {
            result.rendering.append(try HTMLReader(isBook: true).read(source).blocks)
        } else {
            result.rendering.append(PlainTextReader().read(source).blocks)
        }
        result.draft.title = title.isEmpty ? nil : title
        return result
    }

    private static func number(_ bytes: [UInt8], _ offset: Int, _ size: Int) -> Int {
        guard offset + size <= bytes.count else { return 0 }
        return bytes[offset..<(offset + size)].reduce(0) { $0 << 8 | Int($1) }
    }

    /// The full title, or the name of the database, which is cut short.
    private static func title(_ head: [UInt8], _ name: ArraySlice<UInt8>) -> String {
        let start = number(head, 84, 4)
        let length = number(head, 88, 4)
        guard start > 0, length > 0, length < 1000, start + length <= head.count else {
            return String(decoding: name, as: UTF8.self).replacing("_", with: " ")
        }
        return String(decoding: head[start..<(start + length)], as: UTF8.self)
    }

    /// A record without the entries behind its text, each of which ends with its size.
    private static func trimmed(_ record: ArraySlice<UInt8>, _ extras: Int) -> ArraySlice<UInt8> {
        var rest = record
        for bit in 1..<16 where extras >> bit & 1 == 1 {
            // The size in groups of seven bits, read from the end.
            var size = 0
            var shift = 0
            for byte in rest.suffix(4).reversed() {
                size |= Int(byte & 0x7F) << shift
                shift += 7
                if byte & 0x80 != 0 { break }
            }
            rest = rest.dropLast(min(size, rest.count))
        }
        if extras & 1 == 1, let last = rest.last { rest = rest.dropLast(Int(last & 3) + 1) }
        return rest
    }

    /// Text packed with PalmDOC's method: bytes as they are, a space and a letter in one, and stretches that
    /// have come before.
    private static func unpacked(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var text: [UInt8] = []
        var i = bytes.startIndex
        while i < bytes.endIndex {
            let byte = bytes[i]
            i += 1
            switch byte {
            case 1...8:
                let end = min(i + Int(byte), bytes.endIndex)
                text += bytes[i..<end]
                i = end
            case 0x80...0xBF:
                guard i < bytes.endIndex else { return text }
                let pair = Int(byte) << 8 | Int(bytes[i])
                i += 1
                let distance = pair >> 3 & 0x7FF
                guard distance > 0, distance <= text.count else { continue }
                for _ in 0..<(pair & 7 + 3) { text.append(text[text.count - distance]) }
            case 0xC0...0xFF: text += [0x20, byte ^ 0x80]
            default: text.append(byte)
            }
        }
        return text
    }
}
