import Corpus
import Testing

@testable import Documents

/// What markup of real folders had that was lost, or shown as it is written.
@Suite struct RealMarkupTests {
    private func read(_ text: String, as name: String) throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    private func lines(_ text: String, as name: String) throws -> [String] {
        outline(try read(text, as: name))
    }

    // MARK: LaTeX

    @Test func macrosAreKnownWhereverTheTitleStandsAmongThem() throws {
        let text = """
            \\documentclass{article}
            \\newcommand{\\pair}[2][left]{(#1, #2)}
            \\def\\town{Vigo}
            \\title{The port of \\town\\thanks{Paid by the port.}}
            \\let\\oldtown\\town
            \\begin{document}
            At \\town: \\pair{right}, \\pair[up]{down}, \\oldtown{}. It costs \\pounds 5.
            \\end{document}
            """
        let found = try read(text, as: "a.tex")
        #expect(found.title == "The port of Vigo")
        #expect(
            outline(found) == [
                "p: Paid by the port.", "p: At Vigo: (left, right), (up, down), Vigo. It costs £5.",
            ]
        )
    }

    @Test(arguments: [("\\drafttrue", "p: Draft words."), ("\\draftfalse", "p: Final words.")])
    func conditionsOfADocumentChooseWhatIsShown(setting: String, line: String) throws {
        let text =
            "\\documentclass{article}\\newif\\ifdraft \(setting)\n\\begin{document}\n"
            + "\\ifdraft Draft words. \\else Final words. \\fi\n\\end{document}\n"
        #expect(try lines(text, as: "a.tex") == [line])
    }

    @Test func sectionsOfConTeXtAreHeadings() throws {
        let text = "\\startsection[title={Water},reference={w}]\nIt runs.\n\\stopsection\n"
        #expect(try lines(text, as: "a.tex") == ["h2: Water", "p: It runs."])
    }

    // MARK: reStructuredText

    @Test func notesAndOptionsOfReStructuredTextAreEntries() throws {
        let text = """
            .. |mark| unicode:: 0xA9 .. copyright

            Made by |mark| Ana [1]_.

            ..

               Stone wears.

            -o FILE  Writes to a file.
            --quiet  Says nothing.

            | Calle Mayor 5
            | Vigo

            .. [1]
               From Julián.
            """
        let found = try lines(text, as: "a.rst")
        #expect(found.first?.hasPrefix("p: Made by © Ana") ?? false)
        for line in [
            "p: Stone wears.", "dt: --quiet", "p: Says nothing.", "li: Calle Mayor 5", "li: Vigo",
            "p: From Julián.",
        ] {
            #expect(found.contains(line), "\(line) in \(found)")
        }
    }

    // MARK: AsciiDoc

    @Test(arguments: [
        // Each cell on a line of its own, and no empty line between the rows.
        ("[cols=\"1,1\"]\n|===\n|K7\n|Attic\n|K8\n|Cellar\n|===", "K7 | Attic\nK8 | Cellar"),
        // A cell goes on in the next line; marks say how cells look and how far they reach.
        (
            "|===\n|Key |Door\n\na|K7\n|of the\nattic\n2+|All lost\n|===",
            "Key | Door\nK7 | of the attic\nAll lost"
        ),
        ("|===\n|Day |Room\n\n.2+|Mon |12\n|14\n|===", "Day | Room\nMon | 12\nMon | 14"),
        (",===\nKey,Door\nK7,\"Attic\"\n,===", "Key | Door\nK7 | Attic"),
    ])
    func cellsOfAsciiDocStandInTheirRows(text: String, table: String) throws {
        #expect(try read("= T\n\n\(text)\n", as: "a.adoc").blocks.last?.text == table)
    }

    // MARK: Others

    @Test func manualPagesHaveTables() throws {
        let text = """
            .TH MILL 1
            .SH KEYS
            .TS
            tab(;) allbox;
            l l.
            Key;Door
            K7;T{
            Attic of the
            mill
            T}
            .TE
            It\\*(Aqs Jos\\('e.
            """
        let found = try lines(text, as: "mill.1")
        #expect(found.contains("table: Key | Door\nK7 | Attic of the mill"), "\(found)")
        #expect(found.last == "p: It's José.")
    }

    @Test func whatOrgKeepsOutIsLeftOut() throws {
        let text = "* A\n#+CAPTION: The comb\n[[./c.png]]\n** COMMENT Draft\nhidden\n* B\nshown\n"
        let found = try lines(text, as: "a.org")
        #expect(found.contains("dt: The comb") && found.contains("p: shown"))
        #expect(!found.contains { $0.contains("hidden") || $0.contains("Draft") })
    }

    @Test func namesAndFencesOfMarkdownAreNoText() throws {
        let text = "## Setup {#setup}\n\n:::warning Hot water\nMind the step.\n:::\n"
        let found = try lines(text, as: "a.md")
        #expect(found.first == "h2: Setup")
        #expect(found.last?.contains("Mind the step.") ?? false)
        #expect(!found.contains { $0.contains(":::") })
    }

    // MARK: RTF

    @Test(arguments: [
        // The information may follow text; notes may be marked as what others skip.
        ("Seen words. {\\info{\\title The lease}}After.\\par", "p: Seen words. After."),
        (
            "The wall{\\*\\footnote Built in 1702.} stands.\\par",
            "p: The wall (Built in 1702.) stands."
        ),
        // Character set 0 is Western where another font has the file's own.
        (
            "\\ansicpg1255{\\fonttbl{\\f0\\fcharset177 David;}{\\f1\\fcharset0 Arial;}}"
                + "\\f0 \\'f9 \\f1 caf\\'e9\\par",
            "p: ש café"
        ),
        ("\\ansicpg1251{\\fonttbl{\\f0\\fcharset0 Arial;}}\\f0 \\'c4\\'e0\\par", "p: Да"),
    ])
    func richTextIsReadAsItIsMeant(text: String, line: String) throws {
        #expect(try lines("{\\rtf1\\ansi \(text)}", as: "a.rtf") == [line])
    }
}
