internal import VectorKernels

/// A model in the form that inference starts from at once, kept in a file beside the model.
///
/// The file holds what is costly to make: the tokenizer's tries and tables, and the weights in 8 bits.
/// It is derived, so it may be deleted at any time; it is rebuilt when the model's files differ from
/// those it was made of. Little-endian: magic, manifest's length and hash, manifest, sections, each at a
/// multiple of 64 bytes. The manifest is lines of a key, a tab and a value. Embedding rows stay in the
/// model's own file, where only the rows of a text's words are touched.
struct PreparedModel: Sendable {
    static let magic: UInt64 = 0x3152_5045_5256_4543
    /// Changes whenever what is derived, or how, changes.
    static let version = "7"

    let manifest: Manifest
    private let bytes: MappedBytes
    private let bodyStart: Int

    /// Keys and values of one line each.
    struct Manifest: Sendable, Equatable {
        var values: [String: String] = [:]

        subscript(key: String) -> String? {
            get { values[key] }
            set { values[key] = newValue }
        }

        func integer(_ key: String) -> Int? { values[key].flatMap { Int($0) } }
        func integers(_ key: String) -> [Int]? {
            values[key].map { $0.split(separator: " ").compactMap { Int($0) } }
        }

        var text: String {
            values.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }.joined()
        }

        init() {}

        init(text: String) {
            for line in text.split(separator: "\n") {
                let parts = line.split(
                    separator: "\t",
                    maxSplits: 1,
                    omittingEmptySubsequences: false
                )
                if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
            }
        }
    }

    /// Opens prepared bytes, or returns `nil` if they are not whole or of another version.
    init?(_ bytes: MappedBytes) {
        guard bytes.count >= 24 else { return nil }
        let (magic, length, hash) = bytes.withBytes { span in
            (
                UInt64(littleEndian: unsafe span.unsafeLoadUnaligned(as: UInt64.self)),
                UInt64(
                    littleEndian: unsafe span.unsafeLoadUnaligned(
                        fromByteOffset: 8,
                        as: UInt64.self
                    )
                ),
                UInt64(
                    littleEndian: unsafe span.unsafeLoadUnaligned(
                        fromByteOffset: 16,
                        as: UInt64.self
                    )
                )
            )
        }
        guard magic == Self.magic, length <= UInt64(bytes.count - 24) else { return nil }
        let range = 24..<24 + Int(length)
        guard ContentHash.of(bytes, in: range) == hash else { return nil }
        let text = bytes.withBytes(range) { span in
            unsafe span.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        }
        manifest = Manifest(text: text)
        bodyStart = (range.upperBound + 63) / 64 * 64
        self.bytes = bytes
        guard manifest["version"] == Self.version,
            manifest.integer("body") == bytes.count - bodyStart
        else { return nil }
    }

    /// The section called `name`, or `nil` if it is not there whole.
    func section<Element>(_ name: String, of type: Element.Type) -> Section<Element>? {
        guard let place = range(name), bytes.isAligned(place, for: type) else { return nil }
        return Section(bytes: bytes, range: place)
    }

    /// The packed matrix called `name`.
    func matrix(_ name: String, columns: Int, inner: Int) -> PackedMatrix? {
        guard let place = range(name),
            place.count == PackedMatrix.byteCount(columns: columns, inner: inner)
        else { return nil }
        return PackedMatrix(columns: columns, inner: inner, in: bytes, at: place.lowerBound)
    }

    private func range(_ name: String) -> Range<Int>? {
        guard let place = manifest.integers("section.\(name)"), place.count == 2, place[0] >= 0,
            place[1] >= 0, place[0] <= bytes.count - bodyStart,
            place[1] <= bytes.count - bodyStart - place[0]
        else { return nil }
        let start = bodyStart + place[0]
        return start..<start + place[1]
    }

    /// Collects sections and writes the whole.
    struct Writer {
        var manifest = Manifest()
        private var body: [UInt8] = []

        mutating func add(_ name: String, bytes: [UInt8]) {
            body.append(contentsOf: repeatElement(0, count: (64 - body.count % 64) % 64))
            manifest["section.\(name)"] = "\(body.count) \(bytes.count)"
            body.append(contentsOf: bytes)
        }

        mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
            add(name, bytes: unsafe elements.withUnsafeBytes { unsafe Array($0) })
        }

        func finish() -> [UInt8] {
            var manifest = manifest
            manifest["version"] = PreparedModel.version
            manifest["body"] = "\(body.count)"
            let text = Array(manifest.text.utf8)
            var out: [UInt8] = []
            func append(_ word: UInt64) {
                for shift in stride(from: UInt64(0), to: 64, by: 8) {
                    out.append(UInt8(truncatingIfNeeded: word >> shift))
                }
            }
            append(PreparedModel.magic)
            append(UInt64(text.count))
            append(ContentHash.of(MappedBytes(copying: text), in: 0..<text.count))
            out += text
            out.append(contentsOf: repeatElement(0, count: (64 - out.count % 64) % 64))
            return out + body
        }
    }
}

/// A fast 64-bit hash of large contents; not for adversaries.
enum ContentHash {
    static func of(_ bytes: MappedBytes, in range: Range<Int>) -> UInt64 {
        bytes.withBytes(range) { span in
            unsafe span.withUnsafeBytes { buffer in
                // Four lanes, so that multiplications overlap.
                var lanes: (UInt64, UInt64, UInt64, UInt64) = (
                    0x243F_6A88_85A3_08D3, 0x1319_8A2E_0370_7344, 0xA409_3822_299F_31D0,
                    0x082E_FA98_EC4E_6C89
                )
                func step(_ lane: inout UInt64, _ word: UInt64) {
                    lane = (lane ^ word) &* 0x9E37_79B9_7F4A_7C15
                    lane ^= lane >> 29
                }
                var at = 0
                while at + 32 <= buffer.count {
                    step(&lanes.0, unsafe buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self))
                    step(
                        &lanes.1,
                        unsafe buffer.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
                    )
                    step(
                        &lanes.2,
                        unsafe buffer.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self)
                    )
                    step(
                        &lanes.3,
                        unsafe buffer.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self)
                    )
                    at += 32
                }
                while at < buffer.count {
                    step(&lanes.0, UInt64(unsafe buffer[at]) | 0x100)
                    at += 1
                }
                var hash = UInt64(buffer.count)
                for lane in [lanes.0, lanes.1, lanes.2, lanes.3] { step(&hash, lane) }
                return hash
            }
        }
    }
}
