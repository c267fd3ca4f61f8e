/// Reads Word files from before 2007 (`.doc`) through the programs antiword and catdoc.
///
/// Both are under the GPL and run as programs of their own (`ChildProcess`).
struct LegacyWordReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "doc",
        version: 1,
        recognizes: { $0.compound?.names.contains("WordDocument") ?? false },
        make: { LegacyWordReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        var result = RenderedDraft()
        try readText(bytes, options, into: &result.rendering)
        return result
    }

    private func run(
        _ program: String,
        _ arguments: [String],
        _ bytes: [UInt8],
        _ options: ReadingOptions,
        package: String = "catdoc"
    ) throws(DocumentError) -> [UInt8] {
        let outcome = try ChildProcess.runReader(
            program,
            arguments,
            input: bytes,
            package: package,
            options: options
        )
        if outcome.complaint.contains("ncrypted") { throw .encrypted(format: "Office document") }
        return outcome.status == 0 ? outcome.output : []
    }

    /// A text: by antiword, which keeps tables, or by catdoc where it gives up.
    private func readText(
        _ bytes: [UInt8],
        _ options: ReadingOptions,
        into rendering: inout ExtractedText
    ) throws(DocumentError) {
        var output: [UInt8] = []
        do throws(DocumentError) {
            output = try run(
                "antiword",
                ["-m", "UTF-8.txt", "-w", "0", "-"],
                bytes,
                options,
                package: "antiword"
            )
        } catch {
            guard case .missingProgram = error else { throw error }
        }
        if !output.contains(where: { $0 > 0x20 }) {
            output = try run("catdoc", ["-w", "-d", "utf-8"], bytes, options)
        }
        Self.append(output, to: &rendering)
    }

    /// Adds paragraphs between empty lines; lines between bars are the rows of a table.
    private static func append(_ output: [UInt8], to rendering: inout ExtractedText) {
        var paragraph: [String] = []
        var rows: [[String]] = []
        func flush(_ rendering: inout ExtractedText) {
            if !paragraph.isEmpty {
                rendering.append(paragraph.joined(separator: "\n"), as: .paragraph)
            }
            if !rows.isEmpty { rendering.append(table: rows) }
            paragraph = []
            rows = []
        }
        let lines = output.split(omittingEmptySubsequences: false) { $0 == 0x0A || $0 == 0x0C }
        for line in lines {
            let text = String(decoding: line, as: UTF8.self)
            let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if words.isEmpty {
                flush(&rendering)
            } else if words.hasPrefix("|"), words.hasSuffix("|"), words.utf8.count > 2 {
                if !paragraph.isEmpty { flush(&rendering) }
                rows.append(
                    words.dropFirst().dropLast().split(
                        separator: "|",
                        omittingEmptySubsequences: false
                    )
                    .map { $0.split(separator: " ").joined(separator: " ") }
                )
            } else {
                if !rows.isEmpty { flush(&rendering) }
                paragraph.append(words)
            }
        }
        flush(&rendering)
    }
}
