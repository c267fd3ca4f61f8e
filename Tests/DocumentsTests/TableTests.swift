import Corpus
import Foundation
import NumberFormats
import Testing

@testable import Documents

/// Rows of data and what names their columns.
@Suite struct TableTests {
    private func rows(_ text: String, as name: String = "a.csv") throws -> [String] {
        try DocumentReader().read(Array(text.utf8), path: name).blocks.map(\.text)
    }

    @Test(arguments: [
        (
            ";", "Name;Preis, netto\nSchraube;0,12\nDübel;0,30\n",
            "Name: Schraube\nPreis, netto: 0,12"
        ),
        (";", "a;b\n1,5;2,5\n3,5;4,5\n", "a: 1,5\nb: 2,5"),
        (
            "\t", "name\ttext\nAna\tone, two, three\nBen\tfour, five, six\n",
            "name: Ana\ntext: one, two, three"
        ),
        ("|", "name|age\nAna|41\nBen|38\n", "name: Ana\nage: 41"),
        ("sep", "sep=;\nname;text\nAna;a,b\n", "name: Ana\ntext: a,b"),
        (",", "name,hours\nAna,\"1;2;3\"\nBen,\"4;5;6\"\n", "name: Ana\nhours: 1;2;3"),
    ])
    func separatorsAreToldByWhatTheyDivide(mark: String, text: String, first: String) throws {
        #expect(try rows(text).first == first)
    }

    @Test(arguments: [
        (
            ",name,age\n0,Luis,41\n1,Rosa,38\n",
            ["0\nname: Luis\nage: 41", "1\nname: Rosa\nage: 38"]
        ),
        ("city,2020,2021\nCadiz,3,4\n", ["city: Cadiz\n2020: 3\n2021: 4"]),
        ("name,phone,phone\nAna,1,2\n", ["name: Ana\nphone: 1\nphone: 2"]),
        ("Ana,41\nBen,38\n", ["Ana | 41", "Ben | 38"]),
        ("harvest,2020\nolives,2021\n", ["harvest | 2020", "olives | 2021"]),
        (
            "Statement\nof 2026\n\nDate;Text\n1;Rent\n2;Pay\n",
            ["Statement", "of 2026", "Date: 1\nText: Rent", "Date: 2\nText: Pay"]
        ),
        ("a,b\n\n\n1,2\n", ["a: 1\nb: 2"]),
    ])
    func headersAreFoundWhereTheyAre(text: String, expected: [String]) throws {
        #expect(try rows(text) == expected)
    }

    @Test(arguments: [
        ("t,n\n\"Big\" Data,1\n", "t: \"Big\" Data\nn: 1"),
        ("t,n\n  \"spaced, out\"  ,1\n", "t: spaced, out\nn: 1"),
        ("t,n\n\"He said \"\"no\"\"\",1\n", "t: He said \"no\"\nn: 1"),
        ("t,n\n5\" pipe,1\n6\" pipe,2\n", "t: 5\" pipe\nn: 1"),
        ("t,n\n\"never closed,1\nx,2\n", "t: \"never closed\nn: 1"),
        ("t,n\n\"a\nb\",1\n", "t: a\nb\nn: 1"),
    ])
    func quotationMarksInFieldsStay(text: String, first: String) throws {
        #expect(try rows(text).first == first)
    }

    /// Each passage of a table that was cut says what its columns are.
    @Test(arguments: ["a.md", "a.html", "a.rst"])
    func headersTravelWithTheirRows(name: String) throws {
        let cells = (100..<160).map { ("Flat \($0)", "\($0 * 3)") }
        let text =
            switch name {
            case "a.md":
                "| Flat | Rent |\n|---|---|\n" + cells.map { "| \($0) | \($1) |\n" }.joined()
            case "a.html":
                "<table><tr><th>Flat<th>Rent</tr>"
                    + cells.map { "<tr><td>\($0)<td>\($1)</tr>" }.joined() + "</table>"
            default:
                "======== ====\nFlat     Rent\n======== ====\n"
                    + cells.map { "\($0) \($1)\n" }.joined() + "======== ====\n"
            }
        let document = try DocumentReader().read(Array(text.utf8), path: name)
        let chunks = Chunker(maximumTokens: 60, tokenCount: quarters).chunks(of: document)
        #expect(chunks.count > 3)
        for chunk in chunks {
            #expect(chunk.text.hasPrefix("Flat | Rent\n") && chunk.tokenCount <= 60)
            #expect(chunk.text.components(separatedBy: "Flat | Rent").count == 2)
        }
        for (flat, _) in cells { #expect(chunks.count { $0.text.contains(flat + " |") } == 1) }
    }

    /// Columns counted up to the highest number there is.
    @Test func highestNumbersInAHeaderAreHarmless() {
        let top = Int.max
        let rows = [["name", "\(top - 1)", "\(top)", "\(top)"], ["a", "1", "2", "3"]]
        _ = HeaderRow.index(in: rows)
        let counted = [["name", "1", "2", "3"], ["a", "5", "6", "7"]]
        #expect(HeaderRow.index(in: counted) == 0)
    }

    /// Cells that are alike stay as many as they are.
    @Test func equalCellsOfARowAreAllRead() {
        var rendering = ExtractedText()
        rendering.append(sheet: [["x", "x", "", "x"], ["1", "1", "1", "1"]])
        #expect(rendering.blocks.map(\.text) == ["x | x | x", "1 | 1 | 1 | 1"])
    }

    /// Fractions as a person sees them.
    @Test(arguments: [
        ("# ?/?", 2.25, "2 1/4"), ("# ?/?", 1.0 / 3, "1/3"), ("# ??/??", -3.14, "-3 7/50"),
        ("# ?/?", -3.14, "-3 1/7"),
        ("# ?/16", 0.3125, "5/16"), ("# ?/?", 5, "5"), ("# ?/?", 0.999, "1"),
    ])
    func fractionsAreFractions(code: String, number: Double, shown: String) {
        #expect(
            NumberFormat(code).shown(number, written: "\(number)", startsIn1904: false) == shown
        )
    }
}
