/// Reads zip archives of documents: each document under its name.
///
/// What comes out of an archive counts against one limit, and archives inside archives are read to the
/// depth of `ReadingOptions` only.
struct ZipReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "zip",
        version: 2,
        recognizes: { file in file.package.map { $0.kind == nil && $0.isOpen } ?? false },
        make: { ZipReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let archive = try ZipArchive(bytes, limit: options.maximumBytes)
        if let preview = try archive.contents(of: "QuickLook/Preview.pdf"), !preview.isEmpty {
            // Pages, Numbers and Keynote keep their documents in a form of their own, and this beside it.
            return try PDFReader().read(preview, options: options)
        }
        if let reason = Self.reason(archive.names) { throw .binary(reason) }
        var contents = ArchiveContents(options)
        for name in archive.names where !ArchiveContents.isBeside(name) {
            contents.add(name, contents.isFull ? [0] : try archive.contents(of: name) ?? [])
        }
        return try contents.result("a zip archive")
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
