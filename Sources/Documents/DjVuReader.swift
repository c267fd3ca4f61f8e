/// Reads the text of DjVu files, page by page, through DjVuLibre's program `djvutxt`.
///
/// The program is under the GPL and runs by itself (`ChildProcess`).
struct DjVuReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "djvu",
        version: 1,
        recognizes: { $0.bytes.starts(with: "AT&TFORM".utf8) },
        make: { DjVuReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let outcome = try ChildProcess.runReader(
            "djvutxt",
            ["/dev/stdin"],
            input: bytes,
            package: "djvulibre-bin",
            options: options
        )
        guard outcome.status == 0 else {
            let line = outcome.complaint.split(separator: "\n").last ?? "djvutxt gave it up"
            throw .malformed(format: "DjVu", reason: String(line.prefix(160)))
        }
        var result = RenderedDraft()
        // A form feed ends a page, other control characters its columns and paragraphs.
        let pages = outcome.output.split(separator: 0x0C, omittingEmptySubsequences: false)
        for page in pages.dropLast() {
            result.rendering.beginPage()
            var paragraph = ""
            func flush(_ rendering: inout ExtractedText) {
                rendering.append(paragraph, as: .paragraph)
                paragraph = ""
            }
            for line in page.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A })
            {
                let text = String(decoding: line.filter { $0 >= 0x20 }, as: UTF8.self)
                    .split(separator: " ").joined(separator: " ")
                if text.isEmpty { flush(&result.rendering) }
                if line.contains(0x1F) || line.contains(0x0B) { flush(&result.rendering) }
                if !text.isEmpty { PDFLineJoiner.joinPlain(text, to: &paragraph) }
            }
            flush(&result.rendering)
        }
        guard !result.rendering.blocks.isEmpty else {
            throw .onlyPictures(pages: max(pages.count - 1, 1))
        }
        return result
    }
}
