import Testing

@testable import Documents

/// Notes in PDF files, and numbers there that nobody expects.
@Suite struct PDFNotesTests {
    private func texts(_ text: String) -> [String] { PDFNotes(Array(text.utf8)).texts }

    @Test(arguments: [
        ("(Sign \\(here\\) please)", "Sign (here) please"), ("(a\\\nb \\061\\r)", "ab 1"),
        ("<FEFF00F10020044F>", "ñ я"), ("<48 69 2>", "Hi"), ("(\\357\\273\\277\\303\\261)", "ñ"),
    ])
    func notesOfEveryWritingAreRead(written: String, shown: String) {
        let note =
            "1 0 obj << /Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents \(written) >> endobj"
        #expect(texts(note) == [shown])
        let turned = "<< /Contents \(written) /AP << /N 5 0 R >> /Subtype/Highlight >>"
        #expect(texts(turned) == [shown])
    }

    /// The contents of a page, links and fields are no notes, nor is anything of an encrypted file.
    @Test(arguments: [
        "<< /Type /Page /Contents 5 0 R >>", "<< /Subtype /Link /Contents (no) >>",
        "<< /Type /Page /Contents (no) >> << /Subtype /Text /Contents 5 0 R >>",
        "<< /Subtype /Text /Contents (no) >> trailer << /Encrypt 3 0 R >>",
        "<< /Subtype /Text /Contents (no end", "<< /Subtype /Text /Contents <zz> >>",
    ])
    func whatIsNoNoteIsNotRead(text: String) {
        #expect(texts(text).isEmpty)
    }

    /// Places and sizes that are no numbers, or beyond every page.
    @Test(arguments: ["1e30", "nan", "99999999999999999999999999", "-"])
    func strangeNumbersAreHarmless(number: String) {
        let text =
            "<page width=\"\(number)\" height=\"9\"><block><line xMin=\"1\" yMin=\"1\" xMax=\"3\" yMax=\"\(number)\">"
            + "<word xMin=\"1\" yMin=\"1\" xMax=\"2\" yMax=\"\(number)\">one</word></line></block></page>"
        var layout = PDFLayout(Array(text.utf8))
        layout.take(
            PDFStyles(
                Array(
                    "<page number=\"\(number)\"><outline><item page=\"\(number)\">one</item>".utf8
                )
            )
        )
        var rendering = ExtractedText()
        PDFPages(layout).render(into: &rendering)
        #expect(rendering.source.isSound)
    }
}
