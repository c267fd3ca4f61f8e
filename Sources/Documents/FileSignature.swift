/// Recognizes files that are no text by the bytes they begin with.
enum FileSignature {
    /// What kind of binary file begins with `bytes`, or nil.
    static func binaryKind(of bytes: [UInt8]) -> String? {
        for (signature, offset, kind) in signatures
        where bytes.count >= offset + signature.count
            && bytes[offset...].starts(with: signature)
        {
            return kind
        }
        return nil
    }

    private static let signatures: [(bytes: [UInt8], offset: Int, kind: String)] = [
        ([0x7F, 0x45, 0x4C, 0x46], 0, "an ELF program or library"),
        ([0x89, 0x50, 0x4E, 0x47], 0, "a PNG image"),
        ([0xFF, 0xD8, 0xFF], 0, "a JPEG image"),
        (Array("GIF8".utf8), 0, "a GIF image"),
        (Array("%PDF-".utf8), 0, "a PDF document"),
        ([0x50, 0x4B, 0x03, 0x04], 0, "a zip archive (or an office document)"),
        ([0x50, 0x4B, 0x05, 0x06], 0, "an empty zip archive"),
        ([0x1F, 0x8B], 0, "gzip-compressed"),
        (Array("BZh".utf8) + [0x31], 0, "bzip2-compressed"),
        (Array("BZh9".utf8), 0, "bzip2-compressed"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], 0, "xz-compressed"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "zstd-compressed"),
        ([0x37, 0x7A, 0xBC, 0xAF], 0, "a 7z archive"),
        (Array("Rar!".utf8), 0, "a rar archive"),
        (Array("ustar".utf8), 257, "a tar archive"),
        ([0xD0, 0xCF, 0x11, 0xE0], 0, "an old Office document: save it in a newer format"),
        (Array("SQLite format 3".utf8), 0, "an SQLite database"),
        (Array("GGUF".utf8), 0, "a GGUF model"),
        (Array("ID3".utf8), 0, "an MP3 recording"),
        (Array("OggS".utf8), 0, "an Ogg recording"),
        (Array("fLaC".utf8), 0, "a FLAC recording"),
        (Array("WEBP".utf8), 8, "a WebP image"),
        (Array("ftyp".utf8), 4, "an MP4 or HEIC file"),
        ([0xCA, 0xFE, 0xBA, 0xBE], 0, "a Java class or a Mach-O program"),
        ([0xCF, 0xFA, 0xED, 0xFE], 0, "a Mach-O program"),
        ([0x00, 0x61, 0x73, 0x6D], 0, "a WebAssembly module"),
        (Array("wOFF".utf8), 0, "a font"),
        (Array("wOF2".utf8), 0, "a font"),
        (Array("!<arch>".utf8), 0, "an archive of object files"),
        ([0x1A, 0x45, 0xDF, 0xA3], 0, "a Matroska or WebM video"),
    ]
}
