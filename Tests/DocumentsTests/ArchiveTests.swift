import Testing

@testable import Documents

/// Archives, web archives and books in them, as they should be and as they should not.
@Suite struct ArchiveTests {
    private func header(_ name: String, size: String, type: Character = "0") -> [UInt8] {
        var head = [UInt8](repeating: 0, count: 512)
        func put(_ text: String, at start: Int) {
            for (index, byte) in text.utf8.enumerated() { head[start + index] = byte }
        }
        put(name, at: 0)
        put(size, at: 124)
        put(String(type), at: 156)
        put("        ", at: 148)
        let sum = head.reduce(0) { $0 + Int($1) }
        put(String(sum, radix: 8), at: 148)
        head[154] = 0
        return head
    }

    /// Sizes that reach beyond the archive, or that are no numbers.
    @Test(arguments: ["77777777777", "00000000005", "\u{1}\u{2}", "zzz"])
    func sizesOfFilesAreNotTrusted(size: String) throws {
        let bytes = header("a.txt", size: size) + Array("Hello. There is text here.".utf8)
        #expect(TarArchive.isOne(bytes))
        var archive = TarArchive(bytes)
        var count = 0
        while let (_, content) = archive.next() {
            #expect(content.count <= 26)
            count += 1
        }
        #expect(count == 1)
    }

    /// Of an archive with very many files the first are read, and the others are counted.
    @Test func filesBeyondTheLimitAreCounted() throws {
        let limit = ArchiveContents.maximumFiles
        var bytes: [UInt8] = []
        for number in 0..<(limit + 3) {
            let text = Array("Pump \(number) runs.".utf8)
            bytes += header("\(number).txt", size: String(text.count, radix: 8)) + text
            bytes += [UInt8](repeating: 0, count: 512 - text.count)
        }
        let document = try DocumentReader().read(bytes, path: "pumps.tar")
        #expect(document.repairs.map(\.count) == [3])
        #expect(outline(document).contains("p: Pump \(limit - 1) runs."))
        #expect(!outline(document).contains("p: Pump \(limit) runs."))
    }

    @Test func filesThatOnlyLookLikeArchivesAreNone() {
        var bytes = header("a.txt", size: "00000000005")
        bytes[0] = UInt8(ascii: "b")
        #expect(!TarArchive.isOne(bytes))
        #expect(!TarArchive.isOne([UInt8](repeating: 0, count: 1024)))
    }

    /// Lengths of records that lead outside, and heads that never end.
    @Test(arguments: ["-5", "99999999999999999999", "40"])
    func lengthsOfWebRecordsAreNotTrusted(length: String) throws {
        let text =
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://x/a.txt\r\nContent-Length: \(length)\r\n\r\nThe pump runs at night."
        let document = try? DocumentReader().read(Array(text.utf8), path: "a.warc")
        if length == "40" {
            #expect(document.map(outline)?.contains("p: The pump runs at night.") ?? false)
        }
    }

    /// Distances that lead before the beginning, and records that overlap.
    @Test(.timeLimit(.minutes(1))) func damagedBooksLoseThemselvesOnly() throws {
        var random = SplitMix64(seed: 6)
        for name in ["libro.mobi", "diario.prc", "notas.tar", "noria.warc"] {
            let whole = try fixture(name)
            for _ in 0..<400 {
                var bytes = whole
                for _ in 0..<6 {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
                        in: 0...255,
                        using: &random
                    )
                }
                if let document = try? DocumentReader().read(bytes, path: name) {
                    #expect(document.isSound)
                }
            }
        }
    }

    @Test func booksThatAreNotReadSayWhy() throws {
        var bytes = try fixture("libro.mobi")
        let start =
            Int(bytes[78]) << 24 | Int(bytes[79]) << 16 | Int(bytes[80]) << 8 | Int(bytes[81])
        (bytes[start], bytes[start + 1]) = (0x44, 0x48)
        let packed = #expect(throws: DocumentError.self) {
            try DocumentReader().read(bytes, path: "a.mobi")
        }
        #expect(packed?.description.contains("convert it to EPUB") ?? false)
        (bytes[start], bytes[start + 1], bytes[start + 13]) = (0, 2, 2)
        #expect(throws: DocumentError.encrypted(format: "book")) {
            try DocumentReader().read(bytes, path: "a.mobi")
        }
    }

    /// Pages and its kin keep a PDF beside what only they read.
    @Test func previewsOfDocumentsAreRead() throws {
        let error = #expect(throws: DocumentError.self) {
            try DocumentReader().read(zip([("Index/Document.iwa", "x")]), path: "a.pages")
        }
        #expect(error?.description.contains("export it to PDF") ?? false)
    }
}
