/// Reads zip archives of documents: each document under its name.
///
/// What comes out of an archive counts against one limit, and archives inside archives are read to the
/// depth of `ReadingOptions` only.
struct DocumentArchiveReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "zip",
        version: 1,
        recognizes: { file in file.package.map { $0.kind == nil && $0.isOpen } ?? false },
        make: { DocumentArchiveReader() }
    )

    /// The most files of one archive that are read.
    private static let maximumFiles = 2000

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let archive = try ZipArchive(bytes, limit: options.maximumBytes)
        if let reason = Self.reason(archive.names) { throw .binary(reason) }
        var result = RenderedDraft()
        var unread = 0
        for name in archive.names.prefix(Self.maximumFiles) where !Self.isBeside(name) {
            guard let content = try archive.contents(of: name), !content.isEmpty else { continue }
            guard let document = options.inner(name, content) else {
                unread += 1
                continue
            }
            result.rendering.closeSections()
            result.rendering.append(name, as: .heading(level: 1))
            for block in document.blocks {
                var kind = block.kind
                if case .heading(let level) = kind {
                    kind = .heading(level: min(level + 1, Block.deepestHeading))
                }
                result.rendering.append(block.text, as: kind)
            }
        }
        guard result.rendering.blocks.contains(where: { !$0.text.isEmpty }) else {
            throw .binary("a zip archive")
        }
        if unread > 0 { result.repairs = [TextRepair(kind: .attachments, count: unread)] }
        return result
    }

    /// Folders, and what systems put beside the files.
    private static func isBeside(_ name: String) -> Bool {
        name.hasSuffix("/") || name.hasPrefix("__MACOSX/")
            || name.split(separator: "/").last.map { $0.hasPrefix(".") } ?? true
    }

    /// What the archive is, if it is a format that nothing here reads.
    private static func reason(_ names: [String]) -> String? {
        func has(_ suffix: String) -> Bool { names.contains { $0.hasSuffix(suffix) } }
        if names.contains("xl/workbook.bin") { return "a binary Excel workbook: save it as .xlsx" }
        if has(".iwa") || names.contains("Index.zip") {
            return "an Apple Pages, Numbers or Keynote document: export it to PDF, Word or Excel"
        }
        if names.contains("META-INF/MANIFEST.MF") || has(".class") { return "a Java archive" }
        if names.contains("AndroidManifest.xml") { return "an Android program" }
        return nil
    }
}
