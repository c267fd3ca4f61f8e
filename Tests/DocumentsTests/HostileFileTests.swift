import Corpus
import Testing

@testable import Documents

/// Files that are made to take a reader's time or memory; that the tests end is what they test.
@Suite(.timeLimit(.minutes(1))) struct HostileFileTests {
    private func read(_ text: String, as name: String) -> ParsedDocument? {
        try? DocumentReader().read(Array(text.utf8), path: name)
    }

    @Test(arguments: [
        ("a.rst", "*a `b :c:`d "), ("a.adoc", "*a _b <<c https://d[ "), ("a.org", "[[a *b /c "),
        ("a.tex", "\\verb|a "), ("a.tex", "\\footnote{a "), ("a.tex", "$a \\[ b"),
        ("a.eml", "=?utf-8?q? "), ("a.rtf", "\\'"), ("a.md", "*a _b `c [d "),
    ])
    func aLineOfMarksThatNeverClose(name: String, marks: String) {
        let head = name == "a.rtf" ? "{\\rtf1 " : name == "a.eml" ? "Subject: " : ""
        let long = head + String(repeating: marks, count: 10_000)
        _ = read(long, as: name)
        _ = read(head + String(repeating: marks + "\n", count: 10_000), as: name)
    }

    @Test func drawersAndBlocksThatNeverEnd() {
        #expect(read(String(repeating: ":A:\n", count: 20_000) + "Hola.", as: "a.org") != nil)
        _ = read(String(repeating: "#+BEGIN_SRC a\n", count: 20_000), as: "a.org")
        _ = read(String(repeating: "----\n|===\n", count: 20_000), as: "a.adoc")
        _ = read(String(repeating: ".. note::\n   ::\n", count: 20_000), as: "a.rst")
        _ = read(String(repeating: "\\begin{tabular}{l}\n", count: 20_000), as: "a.tex")
    }

    @Test func groupsAndPartsInsideEachOther() {
        #expect(read("{\\rtf1 " + String(repeating: "{", count: 100_000), as: "a.rtf") == nil)
        let part = "Content-Type: multipart/mixed; boundary=a\n\n--a\n"
        _ = read("Subject: x\n" + String(repeating: part, count: 5_000), as: "a.eml")
        _ = read(String(repeating: "\\textbf{\\footnote{", count: 20_000), as: "a.tex")
    }

    @Test func cellsThatRepeatWithoutEnd() {
        var tables = TableCollector()
        tables.open()
        for _ in 0..<20_000 {
            tables.startRow()
            tables.startCell()
            tables.endCell(repeated: 1 << 40)
        }
        let rows = tables.close() ?? []
        #expect(rows.reduce(0) { $0 + $1.count } <= 2_000_000)
    }
}
