/// Reads tar archives of documents, and through `bsdtar` those of other kinds: each document under its
/// name.
///
/// `bsdtar`, libarchive's program, makes a tar archive of a 7z or rar archive or of a packed tar archive; it
/// runs by itself (`ChildProcess`). What comes out counts against one limit.
struct ArchiveReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "archive",
        version: 1,
        recognizes: { isOne($0.bytes) },
        make: { ArchiveReader() }
    )

    /// Whether a file is an archive or a packed file of one of these kinds.
    static func isOne(_ bytes: [UInt8]) -> Bool {
        TarArchive.isOne(bytes) || signature(of: bytes) != nil
    }

    /// How archives and packed files begin that are no tar archives, and what they are.
    private static let signatures: [(bytes: [UInt8], kind: String, isArchive: Bool)] = [
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "a 7z archive", true),
        (Array("Rar!\u{1A}".utf8), "a rar archive", true),
        (Array("MSCF\0\0\0\0".utf8), "a cabinet archive", true),
        (Array("BZh".utf8), "bzip2-compressed", false),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "xz-compressed", false),
        ([0x28, 0xB5, 0x2F, 0xFD], "zstd-compressed", false),
    ]

    private static func signature(
        of bytes: [UInt8]
    ) -> (bytes: [UInt8], kind: String, isArchive: Bool)? {
        signatures.first { bytes.starts(with: $0.bytes) }
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        guard let signature = Self.signature(of: bytes) else {
            return try documents(in: bytes, "a tar archive", options)
        }
        if signature.isArchive {
            let unpacked = try run("bsdtar", ["-cf", "-", "--format=pax", "@-"], bytes, options)
            return try documents(in: unpacked, signature.kind, options)
        }
        let unpacked = try run("bsdcat", ["-"], bytes, options)
        if TarArchive.isOne(unpacked) {
            return try documents(in: unpacked, signature.kind, options)
        }
        // One document that was packed by itself: it has no name of its own here.
        guard let document = options.inner("", unpacked) else { throw .binary(signature.kind) }
        var result = RenderedDraft()
        result.draft.title = document.title
        result.draft.date = document.date
        result.draft.metadata = document.metadata
        result.rendering.append(document.blocks)
        result.repairs = document.repairs
        return result
    }

    private func documents(
        in bytes: [UInt8],
        _ kind: String,
        _ options: ReadingOptions
    ) throws(DocumentError) -> RenderedDraft {
        var archive = TarArchive(bytes)
        var contents = ArchiveContents(options)
        while let (name, content) = archive.next() {
            contents.add(name, Array(content))
        }
        return try contents.result(kind)
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        _ bytes: [UInt8],
        _ options: ReadingOptions
    ) throws(DocumentError) -> [UInt8] {
        let outcome = try ChildProcess.runReader(
            program,
            arguments,
            input: bytes,
            package: "libarchive-tools",
            options: options
        )
        let complaint = outcome.complaint.lowercased()
        if complaint.contains("encrypted") || complaint.contains("passphrase") {
            throw .encrypted(format: "archive")
        }
        // What was unpacked before the damage is there.
        guard outcome.status == 0 || !outcome.output.isEmpty else {
            let line = outcome.complaint.split(separator: "\n").last ?? "\(program) gave it up"
            throw .malformed(format: "archive", reason: String(line.prefix(160)))
        }
        return outcome.output
    }
}
