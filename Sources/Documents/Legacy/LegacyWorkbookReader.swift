/// Reads Excel workbooks from before 2007 (`.xls`): each sheet a page under its name, each row a record,
/// numbers as a person sees them.
struct LegacyWorkbookReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "xls",
        version: 2,
        recognizes: { file in
            let streams = file.compound?.names.map { $0.lowercased() } ?? []
            return streams.contains { $0 == "workbook" || $0 == "book" } || isBare(file.bytes)
        },
        make: { LegacyWorkbookReader() }
    )

    /// Whether a file is a sheet of Excel 3 or 4, which has no container around it.
    private static func isBare(_ bytes: [UInt8]) -> Bool {
        [[0x09, 0x02, 0x06, 0x00], [0x09, 0x04, 0x06, 0x00]].contains { bytes.starts(with: $0) }
            && bytes.count > 6 && bytes[5] < 2
    }

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let stream: [UInt8]
        var result = RenderedDraft()
        if let file = CompoundFile(bytes) {
            let name =
                file.names.first { $0.lowercased() == "workbook" }
                ?? file.names.first { $0.lowercased() == "book" }
            guard let name, let found = file.contents(of: name) else {
                throw .malformed(format: "workbook", reason: "its directory is damaged")
            }
            stream = found
        } else {
            stream = bytes
        }
        var workbook = ExcelWorkbook(stream)
        try workbook.readGlobals()
        for sheet in workbook.sheets {
            let content = workbook.content(of: sheet)
            let (rows, numbers) = content.grid.table()
            if rows.isEmpty, content.notes.isEmpty, content.texts.isEmpty { continue }
            result.rendering.beginPage()
            result.rendering.append(sheet.name, as: .heading(level: 1))
            let places = Dictionary(
                numbers.enumerated().map { ($1, $0) },
                uniquingKeysWith: { $1 }
            )
            var notes: [Int: [String]] = [:]
            var loose = content.texts
            for note in content.notes {
                let text = "Comment on \(note.cell): \(note.text)"
                if let place = places[note.row] {
                    notes[place, default: []].append(text)
                } else {
                    loose.append(text)
                }
            }
            result.rendering.append(sheet: rows, notes: notes)
            for text in loose { result.rendering.append(text, as: .paragraph) }
        }
        return result
    }
}
