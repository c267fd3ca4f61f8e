import Corpus
import Testing

@testable import Documents

/// What light mark-up, subtitles and notebooks say in other words than they are written in.
@Suite struct MarkupTests {
    private func read(_ text: String, as name: String) throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    private func lines(_ text: String, as name: String) throws -> [String] {
        outline(try read(text, as: name))
    }

    @Test(arguments: [
        ("\\newcommand{\\port}{C\\'adiz}", "At \\port{} it rains.", "At Cádiz it rains."),
        ("\\def\\port{Huelva}", "At \\port, it rains.", "At Huelva, it rains."),
        (
            "\\newcommand*{\\of}[2]{#2 of #1}", "The \\of{Spain}{king} sleeps.",
            "The king of Spain sleeps."
        ),
        (
            "\\newcommand{\\at}[2][noon]{#2 at #1}", "Tea \\at{x} and \\at[six]{y}.",
            "Tea x at noon and y at six."
        ),
        ("\\newcommand{\\a}{b}\\newcommand{\\c}{\\a\\a}", "\\c{}!", "bb!"),
    ])
    func macrosAreExpanded(definition: String, text: String, shown: String) throws {
        let document = "\(definition)\\begin{document}\(text)\\end{document}"
        #expect(try lines(document, as: "a.tex") == ["p: \(shown)"])
        #expect(try lines("\(definition)\n\n\(text)", as: "a.tex") == ["p: \(shown)"])
    }

    /// Ten lines that stand for a thousand million words.
    @Test(.timeLimit(.minutes(1))) func macrosDoNotExplode() throws {
        var text = "\\newcommand{\\ab}{word }"
        for (name, inner) in zip("cdefghijklm", "bcdefghijkl") {
            text += "\\newcommand{\\a\(name)}{" + String(repeating: "\\a\(inner)", count: 50) + "}"
        }
        text +=
            "\\newcommand{\\me}{\\me\\me}\\begin{document}Hello \\am{} \\me{} end.\\end{document}"
        let found = try lines(text, as: "a.tex").joined()
        #expect(found.contains("Hello") && found.contains("end.") && found.utf8.count < 1 << 21)
    }

    @Test func whatIsNeverTrueIsNotShown() throws {
        let text = "One. \\iffalse Two \\ifx a b c \\fi Three \\else Four. \\fi Five.\\iffalse Six"
        #expect(try lines(text, as: "a.tex") == ["p: One. Four. Five."])
    }

    @Test func attributesOfAsciiDocAreReplaced() throws {
        let text = """
            = The House
            Ana Author <a@example.org>; Ben Other
            v1.0, 2026-02-03: first

            :valve: the red \\
              valve
            :both: {valve} and {nbsp}

            Turn *{valve}* first, {unknown} and \\{valve}.

            * Not {both}.

            image::plan.png[Plan of the cellar,300]
            """
        let document = try read(text, as: "a.adoc")
        #expect(
            outline(document) == [
                "h1: The House", "p: Turn *the red valve* first, {unknown} and \\{valve}.",
                "li: - Not the red valve and \u{A0}.", "p: Plan of the cellar",
            ] || outline(document).contains("p: Plan of the cellar")
        )
        #expect(
            document.title == "The House"
                && document.metadata["author"]?.text == "Ana Author, Ben Other"
        )
        #expect(document.date == DocumentDate.parse("2026-02-03"))
    }

    @Test func linksOfWikisShowTheirText() throws {
        let text =
            "See [[Cellar|the cellar]], [[Attic]] and `[[code]]`, ![[plan.png]].\n\n| a | b |\n|---|---|\n| [[X]] | y |\n"
        #expect(
            try lines(text, as: "a.md")
                == ["p: See the cellar, Attic and [[code]], plan.png.", "table: a | b\nX | y"]
        )
    }

    @Test(arguments: [
        (
            "---\ntitle: Keys: where they hang\ndate: 2026-02-03\ntags:\n  - a\n  - b: [\n---\nText.\n",
            "Keys: where they hang"
        ),
        ("---\ntitle: \"Whole\"\nnote: it's: so\n---\nText.\n", "Whole"),
        ("---\ntitle: A\n\tbad: indent\n---\nText.\n", "A bad: indent"),
        ("---\n{\"title\": \"Json\"}\n---\nText.\n", "Json"),
    ])
    func damagedFrontMatterLosesOneFieldOnly(text: String, title: String) throws {
        let document = try read(text, as: "a.md")
        #expect(document.title.map { title.hasPrefix($0) } ?? false)
        #expect(outline(document) == ["p: Text."])
    }

    @Test(arguments: [
        "---\n\nA rule: not front matter.\n\n---\n\nMore.\n",
        "---\nA sentence with words before: the colon.\n---\n\nMore.\n",
    ])
    func rulesAroundTextAreNoFrontMatter(text: String) throws {
        let document = try read(text, as: "a.md")
        #expect(document.blocks.contains { $0.text.contains(":") } && document.metadata.isEmpty)
    }

    @Test(arguments: [
        (
            "a.vtt",
            "WEBVTT\n\n00:00.000 --> 00:02.000\nthe ferry leaves\n\n00:02.000 --> 00:04.000\nthe ferry leaves\n"
                + "at noon\n\n00:04.000 --> 00:06.000\nat noon\nfrom pier two\n",
            "the ferry leaves at noon from pier two"
        ),
        (
            "b.vtt",
            "WEBVTT\n\n00:00.000 --> 00:02.000\n \nfirst<00:01.000><c> words</c>\n\n00:02.000 --> 00:02.010\n"
                + "first words\n \n\n00:02.010 --> 00:04.000\nfirst words\nmore &amp; more\n",
            "first words more & more"
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:03,500 --> 00:00:04,000\nNo.\n",
            "No. No."
        ),
        (
            "a.ass",
            "[Events]\nFormat: Layer, Start\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\i1}At five,\\Nthen.\n",
            "At five, then."
        ),
    ])
    func captionsAreSaidOnce(name: String, text: String, said: String) throws {
        #expect(try lines(text, as: name).last == "p: " + said)
    }

    @Test func longOutputsAreShortenedAndCounted() throws {
        let log = (0..<3000).map { "\\\"line \($0)\\n\\\"" }.joined(separator: ",")
            .replacing("\\\"", with: "\"")
        let table =
            "<table><tr><th>Port</th><th>Tide</th></tr><tr><td>Cadiz</td><td>3.4 m</td></tr></table>"
        let text =
            "{\"cells\": [{\"cell_type\": \"code\", \"source\": \"run()\", \"outputs\": [{\"text\": [\(log)]}, "
            + "{\"data\": {\"text/html\": \"\(table)\", \"text/plain\": \"<Table object>\"}}]}]}"
        let document = try read(text, as: "a.ipynb")
        let found = outline(document)
        #expect(found.contains("table: Port | Tide\nCadiz | 3.4 m"))
        #expect(
            found.contains { $0.contains("line 0\n") }
                && found.contains { $0.contains("line 2999") }
        )
        #expect(!found.contains { $0.contains("line 1500") })
        #expect(document.repairs == [TextRepair(kind: .shortenedOutputs, count: 1)])
    }

    @Test func chaptersOfBooksKeepWhatPagesLeaveOut() throws {
        let page =
            "<header><h1>Two</h1></header><p>Text.</p><aside class=footnote>A note.</aside><p class=footer>End.</p>"
        let draft = try HTMLReader(isBook: true).read(TextDecoder.decode(Array(page.utf8)).source)
        #expect(draft.blocks.map(\.text) == ["Two", "Text.", "A note.", "End."])
    }

    @Test(arguments: [
        ("Seen.{\\v hidden}{\\deleted gone} More.", ["Seen. More."]),
        (
            "Text{\\shp{\\*\\shpinst{\\sp{\\sn x}{\\sv 1}}{\\shptxt In a box.\\par}}{\\shprslt again}} goes on.\\par Next.",
            ["Text goes on.", "In a box.", "Next."]
        ),
        ("One{\\footnote \\pard Since 1990.\\par} two.", ["One (Since 1990.) two."]),
        (
            "{\\header Letterhead\\par}{\\footer Page \\chpgn\\par}Body.\\par",
            ["Body.", "", "Letterhead"]
        ),
        (
            "{\\listtext 1.\\tab}\\ls1 Pump.\\par\\pard{\\pntext\\'B7\\tab}Valve.\\par",
            ["1. Pump.", "- Valve."]
        ),
        (
            "Rent{\\*\\atnid A}{\\*\\annotation Agreed by phone.} is due.\\par",
            ["Rent is due.", "Comment: Agreed by phone."]
        ),
    ])
    func richTextKeepsWhatIsBesideTheLine(text: String, expected: [String]) throws {
        let document = try read("{\\rtf1\\ansi " + text + "}", as: "a.rtf")
        #expect(document.blocks.map(\.text) == expected)
    }

    /// What is shown only sometimes, substitutions, tables in lists and commas, definitions, options.
    @Test func whatReStructuredTextSaysElsewhereIsShown() throws {
        let text = """
            Guide
            =====

            .. |ver| replace:: 4.2
            .. |mill| image:: m.png
               :alt: The old mill

            .. only:: html

               Only on the web: saffron.

            Version |ver| of |mill|.

            .. list-table:: Prices
               :header-rows: 1

               * - Plant
                 - Price
               * - Tomato,
                   early
                 - 2 euros

            .. csv-table:: Water
               :header: Bed, Liters

               B1, "40, at most"

            weir
               A small dam.

            -r N  Liters per hour.

            .. math:: E = mc^2

            .. image:: x.png
               :alt: Plan of the canal
            """
        let document = try DocumentReader().read(Array(text.utf8), path: "a.rst")
        let found = outline(document)
        for line in [
            "p: Only on the web: saffron.", "p: Version 4.2 of The old mill.",
            "table: Plant | Price\nTomato, early | 2 euros",
            "table: Bed | Liters\nB1 | 40, at most",
            "dt: weir", "p: A small dam.", "dt: -r N", "p: Liters per hour.", "code: E = mc^2",
            "p: Plan of the canal",
        ] { #expect(found.contains(line), "\(line) in \(found)") }
        #expect(document.isSound)
    }

    @Test func listsOfAsciiDocKeepTheirNumbers() throws {
        let text = "= A\n\n. One\n. Two\n.. Deep\n. Three\n\nText.\n\n. Anew\n"
        let document = try DocumentReader().read(Array(text.utf8), path: "a.adoc")
        #expect(
            outline(document).dropFirst() == [
                "li: 1. One", "li: 2. Two", "li:   1. Deep", "li: 3. Three", "p: Text.",
                "li: 1. Anew",
            ]
        )
    }
}
