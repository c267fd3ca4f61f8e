internal import Corpus
internal import Foundation
internal import TextAnalysis

/// Documents and requests as bytes, on their way between this process and one that reads for it.
///
/// Both ends are the same program, so the layout has no version. The reading end may have been taken
/// over by a hostile file: nothing that it sends is trusted to be whole. What a whole document is,
/// `ParsedDocument.isSound` says for both ends.
enum DocumentTransfer {
    /// Bytes that are not what they should be.
    struct Broken: Error {}

    /// What to read.
    struct Request {
        var path: String
        var options: ReadingOptions
        var bytes: [UInt8]
    }

    // MARK: Requests

    static func encode(_ request: Request) -> [UInt8] {
        var out = Writer()
        out.string(request.path)
        out.json(request.options)
        out.bytes += request.bytes
        return out.bytes
    }

    static func request(_ bytes: [UInt8]) throws -> Request {
        var input = Reader(bytes: bytes)
        let path = try input.string()
        let options = try input.json(ReadingOptions.self)
        return Request(path: path, options: options, bytes: Array(bytes[input.i...]))
    }

    // MARK: Replies

    /// The bytes of a reply; a document is sound, as `DocumentReader` delivers it.
    static func encode(_ reply: Result<ParsedDocument, DocumentError>) -> [UInt8] {
        var out = Writer()
        switch reply {
        case .failure(let error):
            out.int(1)
            out.json(error)
        case .success(let document):
            out.int(0)
            out.document(document)
        }
        return out.bytes
    }

    static func reply(_ bytes: [UInt8]) throws -> Result<ParsedDocument, DocumentError> {
        var input = Reader(bytes: bytes)
        switch try input.int() {
        case 0: return .success(try input.document())
        case 1: return .failure(try input.json(DocumentError.self))
        default: throw Broken()
        }
    }
}

extension DocumentTransfer {
    /// Integers in groups of seven bits, least first; everything else with its length before it.
    private struct Writer {
        var bytes: [UInt8] = []

        mutating func int(_ value: Int) {
            var rest = UInt64(bitPattern: Int64(value))
            while rest >= 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
                rest >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: rest))
        }

        mutating func string(_ text: String) {
            int(text.utf8.count)
            bytes += text.utf8
        }

        mutating func data(_ data: some Collection<UInt8>) {
            int(data.count)
            bytes += data
        }

        mutating func json(_ value: some Encodable) {
            data((try? JSONEncoder().encode(value)) ?? Data())
        }

        mutating func document(_ document: ParsedDocument) {
            json(Head(document))
            data(document.source.utf8)
            int(document.source.maps.count)
            for map in document.source.maps {
                int(map.changed.count)
                for value in map.changed { int(Int(value)) }
                for value in map.original { int(Int(value)) }
            }
            int(document.blocks.count)
            for block in document.blocks {
                kind(block.kind)
                string(block.text)
                int(block.anchors.end)
                int(block.anchors.list.count)
                for anchor in block.anchors.list {
                    int(anchor.text)
                    int(anchor.source)
                }
            }
        }

        private mutating func kind(_ kind: Block.Kind) {
            switch kind {
            case .paragraph: int(0)
            case .listItem: int(1)
            case .term: int(2)
            case .record: int(3)
            case .table: int(4)
            case .heading(let level):
                int(5)
                int(level)
            case .code(let language):
                int(language == nil ? 6 : 7)
                if let language { string(language) }
            }
        }
    }

    /// Takes apart what `Writer` put together.
    private struct Reader {
        let bytes: [UInt8]
        var i = 0

        mutating func int() throws -> Int {
            var value: UInt64 = 0
            var shift: UInt64 = 0
            while true {
                guard i < bytes.count, shift < 64 else { throw Broken() }
                let byte = bytes[i]
                i += 1
                value |= UInt64(byte & 0x7F) << shift
                if byte < 0x80 { return Int(Int64(bitPattern: value)) }
                shift += 7
            }
        }

        /// A number of things of which each takes a byte at least.
        mutating func count() throws -> Int {
            let count = try int()
            guard count >= 0, count <= bytes.count - i else { throw Broken() }
            return count
        }

        mutating func data() throws -> ArraySlice<UInt8> {
            let count = try count()
            defer { i += count }
            return bytes[i..<(i + count)]
        }

        mutating func string() throws -> String { String(decoding: try data(), as: UTF8.self) }

        mutating func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(try data()))
        }

        mutating func document() throws -> ParsedDocument {
            let head = try json(Head.self)
            let utf8 = Array(try data())
            let maps = try (0..<count()).map { _ in try map() }
            let blocks = try (0..<count()).map { _ in try block() }
            let document = ParsedDocument(
                title: head.title,
                language: head.language,
                date: head.date.map(Date.init(timeIntervalSinceReferenceDate:)),
                metadata: head.metadata,
                format: head.format,
                blocks: blocks,
                repairs: head.repairs,
                source: SourceText(
                    utf8: utf8,
                    encoding: head.encoding,
                    maps: maps,
                    pageStarts: head.pageStarts
                )
            )
            guard document.isSound else { throw Broken() }
            return document
        }

        private mutating func map() throws -> OffsetMap {
            let count = try count()
            let changed = try (0..<count).map { _ in UInt32(clamping: try int()) }
            let original = try (0..<count).map { _ in UInt32(clamping: try int()) }
            return OffsetMap(changed: changed, original: original)
        }

        private mutating func block() throws -> Block {
            let kind = try kind()
            let text = try string()
            let end = try int()
            let list = try (0..<count()).map { _ in
                Anchors.Anchor(text: try int(), source: try int())
            }
            return Block(kind: kind, text: text, anchors: Anchors(list: list, end: end))
        }

        private mutating func kind() throws -> Block.Kind {
            switch try int() {
            case 0: .paragraph
            case 1: .listItem
            case 2: .term
            case 3: .record
            case 4: .table
            case 5: .heading(level: try int())
            case 6: .code(language: nil)
            case 7: .code(language: try string())
            default: throw Broken()
            }
        }
    }

    /// What there is little of.
    private struct Head: Codable {
        var title: String?
        var language: Language
        var date: Double?
        var metadata: [String: MetadataValue]
        var format: String
        var repairs: [TextRepair]
        var encoding: String
        var pageStarts: [Int]

        init(_ document: ParsedDocument) {
            title = document.title
            language = document.language
            date = document.date?.timeIntervalSinceReferenceDate
            metadata = document.metadata
            format = document.format
            repairs = document.repairs
            encoding = document.source.encoding
            pageStarts = document.source.pageStarts
        }
    }
}
