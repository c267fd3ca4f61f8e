/// A workbook's records taken for what they say.
struct ExcelWorkbook {
    struct Sheet {
        let name: String
        /// Where its records begin in the stream.
        let start: Int
    }

    /// What is on a sheet.
    struct Content {
        var grid = SheetGrid()
        /// Remarks on cells: the row from 1, the cell's name and the words.
        var notes: [(row: Int, cell: String, text: String)] = []
        /// What stands in boxes and charts on the sheet.
        var texts: [String] = []
    }

    private(set) var sheets: [Sheet] = []
    private let bytes: [UInt8]
    private var strings: [String] = []
    private var styles = NumberStyles()
    private var is1904 = false
    private var encoding = CharacterEncoding.windows1252
    /// Whether text is Unicode, as from Excel 97 on.
    private var isUnicode = true

    private static let maximumSheets = 1000
    private static let maximumCells = 8_000_000

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads what all sheets share.
    ///
    /// - Throws: `.encrypted` where a password is asked for.
    mutating func readGlobals() throws(DocumentError) {
        var records = ExcelRecords(bytes)
        var depth = 0
        var isFirst = true
        var isBare = false
        var formatCount = 0
        while let record = records.next() {
            switch record.type {
            case 0x0209, 0x0409:
                // A sheet without a workbook around it.
                isUnicode = false
                isBare = true
                if isFirst { sheets = [Sheet(name: "", start: 0)] }
                depth += 1
            case 0x0809:
                if isFirst {
                    isUnicode = record.int(0) >= 0x0600
                    if record.int(2) == 0x0010 { sheets = [Sheet(name: "", start: 0)] }
                }
                depth += 1
            case 0x000A:
                depth -= 1
                if depth <= 0, sheets.first?.start != 0 { return }
            case 0x002F: throw .encrypted(format: "Office document")
            case 0x0042: encoding = CharacterEncoding(codePage: record.int(0)) ?? encoding
            case 0x0022: is1904 = record.int(0) == 1
            case 0x0085: addSheet(record)
            case 0x00FC:
                strings = Self.sharedStrings([record.content] + records.continuations(), record)
            case 0x041E:
                // Excel 4 numbers its formats by their order.
                let id = isBare ? formatCount : record.int(0)
                styles.add(text(record, at: 2, lengthSize: isUnicode ? 2 : 1), as: id)
                formatCount += 1
            case 0x00E0: styles.formatOfStyle.append(record.int(2))
            case 0x0043, 0x0243, 0x0443: styles.formatOfStyle.append(record.int(1, 1))
            default: break
            }
            isFirst = false
        }
    }

    private mutating func addSheet(_ record: ExcelRecords.Record) {
        // Nobody sees a sheet that is very hidden, whatever they click.
        guard record.int(4, 1) & 3 < 2, sheets.count < Self.maximumSheets else { return }
        sheets.append(Sheet(name: text(record, at: 6, lengthSize: 1), start: record.int(0, 4)))
    }

    private static func sharedStrings(
        _ pieces: [ArraySlice<UInt8>],
        _ record: ExcelRecords.Record
    ) -> [String] {
        var reader = ExcelStrings(pieces, from: 8)
        var strings: [String] = []
        let count = record.int(4, 4)
        while strings.count < count, !reader.isAtEnd { strings.append(reader.next()) }
        return strings
    }

    /// A string of a record, whose length stands before it.
    private func text(
        _ record: ExcelRecords.Record,
        at offset: Int,
        lengthSize: Int,
        followedBy more: [ArraySlice<UInt8>] = []
    ) -> String {
        if isUnicode {
            var reader = ExcelStrings([record.content] + more, from: offset)
            return reader.next(lengthSize: lengthSize)
        }
        let start = record.content.startIndex + offset + lengthSize
        let count = record.int(offset, lengthSize)
        guard start <= record.content.endIndex else { return "" }
        let end = min(start + count, record.content.endIndex)
        return String(
            decoding: encoding.decode(Array(record.content[start..<end])).step.utf8,
            as: UTF8.self
        )
    }

    // MARK: Sheets

    /// What is on a sheet.
    ///
    /// - Complexity: O(bytes of the sheet).
    func content(of sheet: Sheet) -> Content {
        var content = Content()
        var records = ExcelRecords(bytes, from: sheet.start)
        var depth = 0
        var cells = 0
        var formula: (row: Int, column: Int)?
        var object = 0
        var boxes: [Int: String] = [:]
        var remarks: [(row: Int, column: Int, object: Int)] = []
        // A chart keeps copies of the cells that it shows, in records like theirs.
        var isChart = false
        func set(_ text: String, _ record: ExcelRecords.Record, column: Int? = nil) {
            cells += 1
            guard depth == 1, !isChart else { return }
            let words = text.split(whereSeparator: \.isNewline).joined(separator: " ")
            content.grid.set(words, row: record.int(0) + 1, column: (column ?? record.int(2)) + 1)
        }
        func number(_ value: Double, _ style: Int) -> String {
            styles.shown(value, written: "\(value)", style, startsIn1904: is1904)
        }
        while let record = records.next(), cells < Self.maximumCells {
            switch record.type {
            case 0x0209, 0x0409, 0x0809:
                if depth == 0 { isChart = record.int(2) == 0x0020 }
                depth += 1
            case 0x000A: depth -= 1
            case 0x00FD:
                let index = record.int(6, 4)
                if strings.indices.contains(index) { set(strings[index], record) }
            case 0x0204, 0x00D6:
                set(text(record, at: 6, lengthSize: 2, followedBy: records.continuations()), record)
            case 0x0203: set(number(record.double(6), record.int(4)), record)
            case 0x027E: set(number(Self.packed(record.int(6, 4)), record.int(4)), record)
            case 0x00BD:
                // Style and number of one cell after the other, then the last column.
                for index in 0..<max((record.content.count - 6) / 6, 0) {
                    let value = Self.packed(record.int(6 + 6 * index, 4))
                    let style = record.int(4 + 6 * index)
                    set(number(value, style), record, column: record.int(2) + index)
                }
            case 0x0006, 0x0206, 0x0406:
                formula = nil
                if record.int(12) == 0xFFFF {
                    switch record.int(6, 1) {
                    case 0: formula = (record.int(0), record.int(2))
                    case 1: set(record.int(8, 1) == 0 ? "FALSE" : "TRUE", record)
                    case 2: set(Self.errors[record.int(8, 1)] ?? "", record)
                    default: break
                    }
                } else {
                    set(number(record.double(6), record.int(4)), record)
                }
            case 0x0207:
                guard depth == 1, let place = formula else { continue }
                let words = text(
                    record,
                    at: 0,
                    lengthSize: 2,
                    followedBy: records.continuations()
                )
                content.grid.set(words, row: place.row + 1, column: place.column + 1)
                formula = nil
            case 0x0205:
                let value = record.int(6, 1)
                let isError = record.int(7, 1) != 0
                set(isError ? Self.errors[value] ?? "" : value == 0 ? "FALSE" : "TRUE", record)
            case 0x00E5:
                for index in 0..<min(record.int(0), record.content.count / 8) {
                    content.grid.merge(
                        from: record.int(2 + 8 * index) + 1,
                        to: record.int(4 + 8 * index) + 1,
                        column: record.int(6 + 8 * index) + 1
                    )
                }
            case 0x005D: object = record.int(6)
            case 0x01B6:
                let words = Self.boxText(record, records.continuations())
                if !words.isEmpty { boxes[object, default: ""] += words }
            case 0x001C: remarks.append((record.int(0), record.int(2), record.int(6)))
            case 0x100D:
                let words = text(record, at: 2, lengthSize: 1)
                if words.contains(where: \.isLetter), !content.texts.contains(words) {
                    content.texts.append(words)
                }
            default: break
            }
            if depth <= 0 { break }
        }
        for remark in remarks {
            guard let text = boxes.removeValue(forKey: remark.object) else { continue }
            let cell = CellReference.name(row: remark.row + 1, column: remark.column + 1)
            content.notes.append((remark.row + 1, cell, text))
        }
        content.texts = boxes.sorted { $0.key < $1.key }.map(\.value) + content.texts
        return content
    }

    /// The words of a box, which stand in the record after it.
    private static func boxText(
        _ record: ExcelRecords.Record,
        _ pieces: [ArraySlice<UInt8>]
    ) -> String {
        guard let flags = pieces.first?.first else { return "" }
        var reader = ExcelStrings(pieces, from: 1)
        return reader.characters(record.int(10), isWide: flags & 1 != 0)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// A number in four bytes: the upper half of a floating-point number or a whole one, divided by a
    /// hundred or not.
    private static func packed(_ bits: Int) -> Double {
        let value: Double
        if bits & 2 != 0 {
            value = Double(Int32(truncatingIfNeeded: bits) >> 2)
        } else {
            value = Double(bitPattern: UInt64(bits & 0xFFFF_FFFC) << 32)
        }
        return bits & 1 != 0 ? value / 100 : value
    }

    private static let errors = [
        0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
        0x24: "#NUM!", 0x2A: "#N/A",
    ]
}
