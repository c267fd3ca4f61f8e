import Testing

@testable import Documents

/// Files of Excel and PowerPoint from before 2007, made record by record.
@Suite struct LegacyOfficeTests {
    private func two(_ value: Int) -> [UInt8] {
        [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }

    private func four(_ value: Int) -> [UInt8] { two(value) + two(value >> 16) }

    private func double(_ value: Double) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
    }

    private func wide(_ text: String) -> [UInt8] { text.utf16.flatMap { two(Int($0)) } }

    // MARK: Excel

    private func record(_ type: Int, _ content: [UInt8]) -> [UInt8] {
        two(type) + two(content.count) + content
    }

    private func begin(_ type: Int) -> [UInt8] {
        record(0x0809, two(0x0600) + two(type) + [UInt8](repeating: 0, count: 12))
    }

    /// A workbook with one sheet of the given records; `strings` is the content of its table of strings.
    private func workbook(_ cells: [UInt8], strings: [[UInt8]] = []) -> [UInt8] {
        let formats = record(0x041E, two(164) + two(5) + [0] + Array("0.0 %".utf8))
        let styles = [0, 164, 14, 12].flatMap {
            record(0x00E0, two(0) + two($0) + [UInt8](repeating: 0, count: 16))
        }
        let shared =
            strings.isEmpty
            ? []
            : record(0x00FC, strings[0]) + strings.dropFirst().flatMap { record(0x3C, $0) }
        func globals(_ start: Int) -> [UInt8] {
            begin(5) + formats + styles
                + record(0x0085, four(start) + [0, 0, 4, 0] + Array("Page".utf8)) + shared
                + record(0x0A, [])
        }
        return globals(globals(0).count) + begin(0x10) + cells + record(0x0A, [])
    }

    private func rows(_ bytes: [UInt8]) throws -> [[String]] {
        var workbook = ExcelWorkbook(bytes)
        try workbook.readGlobals()
        let sheet = try #require(workbook.sheets.first)
        #expect(sheet.name == "Page")
        return workbook.content(of: sheet).grid.table().rows
    }

    private func cell(_ row: Int, _ column: Int, _ style: Int = 0) -> [UInt8] {
        two(row) + two(column) + two(style)
    }

    @Test func numbersAreShownAsAPersonSeesThem() throws {
        let cells =
            record(0x0203, cell(0, 0) + double(1234.5))
            + record(0x0203, cell(0, 1, 1) + double(0.125))
            + record(0x027E, cell(0, 2, 2) + four(45_356 << 2 | 2))
            + record(0x0203, cell(1, 0, 3) + double(2.25))
            + record(
                0x00BD,
                two(1) + two(1) + two(0) + four(7 << 2 | 2) + two(0) + four(850 << 2 | 3) + two(2)
            )
            + record(0x0205, cell(2, 0) + [1, 0]) + record(0x0205, cell(2, 1) + [0x2A, 1])
        #expect(
            try rows(workbook(cells)) == [
                ["1234.5", "12.5 %", "2024-03-05"], ["2 1/4", "7", "8.5"], ["TRUE", "#N/A"],
            ]
        )
    }

    /// A string goes on in the next record, which says anew how wide its characters are.
    @Test func stringsGoOnInTheNextRecord() throws {
        let first =
            four(2) + four(2) + two(3) + [0] + Array("abc".utf8) + two(4) + [0] + Array("de".utf8)
        let second = [1] + wide("ñя")
        let cells = record(0x00FD, cell(0, 0) + four(0)) + record(0x00FD, cell(0, 1) + four(1))
        #expect(try rows(workbook(cells, strings: [first, second])) == [["abc", "deñя"]])
    }

    /// A formula's text stands in a record of its own; a chart on the sheet has copies of cells.
    @Test func chartsDoNotOverwriteCells() throws {
        let formula = cell(0, 0) + [0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 8)
        let chart =
            begin(0x20) + record(0x0203, cell(0, 0) + double(9))
            + record(0x100D, two(0) + [4, 0] + Array("Wham".utf8))
            + record(0x0A, [])
        let text = record(0x0207, two(3) + [0] + Array("abc".utf8))
        let bytes = workbook(
            record(6, formula) + text + chart + record(0x0204, cell(1, 0) + two(1) + [0, 0x7A])
        )
        #expect(try rows(bytes) == [["abc"], ["z"]])
        var book = ExcelWorkbook(bytes)
        try book.readGlobals()
        #expect(book.content(of: book.sheets[0]).texts == ["Wham"])
    }

    @Test func remarksAndBoxesAreRead() throws {
        let object = record(
            0x5D,
            two(0x15) + two(18) + two(0x19) + two(7) + [UInt8](repeating: 0, count: 14)
        )
        let box = record(0x01B6, [UInt8](repeating: 0, count: 10) + two(4) + two(0) + four(0))
        let note = record(0x1C, two(2) + two(27) + two(0) + two(7) + two(0) + [0])
        var book = ExcelWorkbook(
            workbook(object + box + record(0x3C, [0] + Array("paid".utf8)) + note)
        )
        try book.readGlobals()
        let notes = book.content(of: book.sheets[0]).notes
        #expect(notes.map(\.cell) == ["AB3"] && notes.map(\.text) == ["paid"])
    }

    @Test func workbooksWithAPasswordSaySo() {
        var book = ExcelWorkbook(begin(5) + record(0x2F, [0, 0]))
        #expect(throws: DocumentError.encrypted(format: "Office document")) {
            try book.readGlobals()
        }
    }

    // MARK: PowerPoint

    private func atom(_ type: Int, _ content: [UInt8], instance: Int = 0, isContainer: Bool = false)
        -> [UInt8]
    {
        two(instance << 4 | (isContainer ? 0xF : 0)) + two(type) + four(content.count) + content
    }

    private func container(_ type: Int, _ parts: [[UInt8]], instance: Int = 0) -> [UInt8] {
        atom(type, parts.flatMap(\.self), instance: instance, isContainer: true)
    }

    private func shape(top: Int, kind: Int, _ text: String) -> [UInt8] {
        container(
            0xF004,
            [
                atom(0xF010, two(top) + two(10) + two(20) + two(20)),
                atom(0xF00D, atom(0x0F9F, four(kind)) + atom(0x0FA0, wide(text))),
            ]
        )
    }

    @Test func slidesComeInOrderWithTheirShapesFromTopToBottom() throws {
        func slide(_ shapes: [[UInt8]], notes: Int) -> [UInt8] {
            container(
                0x03EE,
                [
                    atom(0x03EF, [UInt8](repeating: 0, count: 16) + four(notes) + two(0) + two(0)),
                    container(0x040C, [container(0xF002, [container(0xF003, shapes)])]),
                ]
            )
        }
        let first = slide(
            [
                shape(top: 900, kind: 4, "below"), shape(top: 10, kind: 0, "Pumps"),
                shape(top: 300, kind: 1, "one\rtwo"),
            ],
            notes: 256
        )
        let second = slide([shape(top: 0, kind: 4, "later")], notes: 0)
        let notes = container(
            0x03F0,
            [
                container(
                    0x040C,
                    [
                        container(
                            0xF002,
                            [container(0xF003, [shape(top: 0, kind: 2, "say it slowly")])]
                        )
                    ]
                )
            ]
        )
        func entry(_ part: Int, _ slide: Int) -> [UInt8] {
            atom(0x03F3, four(part) + four(0) + four(0) + four(slide) + four(0))
        }
        let document = container(
            0x03E8,
            [
                container(0x0FF0, [entry(2, 300), entry(1, 301)]),
                container(0x0FF0, [entry(3, 256)], instance: 2),
            ]
        )
        // The first slide of the list is the second part of the stream.
        let parts = [second, first, notes]
        var places: [Int] = []
        var stream = document
        for part in parts {
            places.append(stream.count)
            stream += part
        }
        stream += atom(0x1772, four(3 << 20 | 1) + places.flatMap(four))
        var rendering = ExtractedText()
        var presentation = LegacyPresentation(stream)
        presentation.render(into: &rendering)
        #expect(
            rendering.blocks.filter { !$0.text.isEmpty }.map(\.text) == [
                "Pumps", "- one", "- two", "below", "say it slowly", "later",
            ]
        )
    }

    /// A presentation of pictures has pages and no text.
    @Test func presentationsWithoutTextAreEmpty() {
        let slide = container(0x03EE, [container(0x040C, [shape(top: 0, kind: 4, "*")])])
        var presentation = LegacyPresentation(slide)
        var rendering = ExtractedText()
        presentation.render(into: &rendering)
        #expect(rendering.blocks.allSatisfy(\.text.isEmpty) && rendering.pageStarts.count == 1)
    }

    /// Whatever is broken in the records: something is read or nothing, in an instant.
    @Test(.timeLimit(.minutes(1))) func damagedRecordsAreHarmless() throws {
        var random = SplitMix64(seed: 5)
        let sheet = workbook(
            record(0x0204, cell(0, 0) + two(3) + [0] + Array("abc".utf8))
                + record(0xE5, two(1) + two(0) + two(9) + two(0) + two(0)),
            strings: [four(1) + four(1) + two(3) + [0] + Array("abc".utf8)]
        )
        let slides = container(0x03EE, [container(0x040C, [shape(top: 0, kind: 0, "Title")])])
        for _ in 0..<3000 {
            var bytes = sheet
            var stream = slides
            for _ in 0..<4 {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
                    in: 0...255,
                    using: &random
                )
                stream[Int.random(in: 0..<stream.count, using: &random)] = .random(
                    in: 0...255,
                    using: &random
                )
            }
            var book = ExcelWorkbook(bytes)
            if (try? book.readGlobals()) != nil {
                for sheet in book.sheets { _ = book.content(of: sheet).grid.table() }
            }
            var rendering = ExtractedText()
            var presentation = LegacyPresentation(stream)
            presentation.render(into: &rendering)
            #expect(rendering.source.isSound)
        }
    }
}
