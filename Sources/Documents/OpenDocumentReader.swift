/// Reads OpenDocument: texts (`.odt`), sheets (`.ods`) and presentations (`.odp`).
///
/// Text boxes and comments come after the paragraph or the row that they hang on, charts with the
/// table that they draw, headers and footers once, at the end.
struct OpenDocumentReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "opendocument",
        version: 2,
        recognizes: { $0.package?.kind == .openDocument },
        make: { OpenDocumentReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let archive = try ZipArchive(
            bytes,
            format: "OpenDocument file",
            limit: options.maximumBytes
        )
        if let manifest = try archive.contents(of: "META-INF/manifest.xml"),
            manifest.firstRange(of: Array("encryption-data".utf8)) != nil
        {
            throw .encrypted(format: "OpenDocument file")
        }
        let styles = OpenDocumentStyles()
        try archive.parse("styles.xml", of: "OpenDocument file", into: styles)
        let content = OpenDocumentContent(styles) { name in
            let chart = OpenDocumentContent(OpenDocumentStyles()) { _ in [] }
            let file = ZipArchive.resolve(name, in: "") + "/content.xml"
            do throws(DocumentError) {
                try archive.parse(file, of: "OpenDocument file", into: chart)
            } catch {
                // A damaged chart costs itself only.
            }
            return chart.rendering.blocks
        }
        try archive.parse("content.xml", of: "OpenDocument file", into: content)
        var result = RenderedDraft(rendering: content.rendering)
        result.draft.title =
            content.title ?? (content.isSheet ? nil : content.openingHeading)
        result.rendering.append(furniture: styles.furniture)
        try archive.fill(&result.draft, from: "meta.xml")
        return result
    }
}

/// Reads OpenDocument that is one XML file: `.fodt`, `.fods`, `.fodp`.
struct FlatOpenDocumentReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "flat-opendocument",
        version: 2,
        recognizes: { isFlat($0.bytes) },
        make: { FlatOpenDocumentReader() }
    )

    /// Whether a file begins as XML whose outermost element is that of a whole document.
    static func isFlat(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(1024)
        return head.contains(0x3C) && head.firstRange(of: Array("<office:document".utf8)) != nil
            && head.firstRange(of: Array("urn:oasis:names:tc:opendocument".utf8)) != nil
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let styles = OpenDocumentStyles()
        try XMLEvents.parse(bytes, of: "OpenDocument file", into: styles)
        let content = OpenDocumentContent(styles) { _ in [] }
        try XMLEvents.parse(bytes, of: "OpenDocument file", into: content)
        let properties = XMLProperties()
        try XMLEvents.parse(bytes, of: "OpenDocument file", into: properties)
        var result = RenderedDraft(rendering: content.rendering)
        properties.fill(&result.draft)
        // The element is also used in other places: only the head's is the document's.
        result.draft.title =
            styles.title ?? content.title ?? (content.isSheet ? nil : content.openingHeading)
        result.rendering.append(furniture: styles.furniture)
        return result
    }
}
