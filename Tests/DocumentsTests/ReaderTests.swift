import Corpus
import Foundation
import Testing
import TextAnalysis

@testable import Documents

@Suite struct ReaderTests {
    private func read(_ name: String) throws -> ParsedDocument {
        try DocumentReader().read(try fixture(name), path: name)
    }

    private func read(_ text: String, as name: String) throws -> ParsedDocument {
        try DocumentReader().read(Array(text.utf8), path: name)
    }

    @Test func markdownIsReadWithItsFrontMatter() throws {
        let document = try read("guide.md")
        #expect(document.title == "Guía del taller")
        #expect(document.language == .spanish)
        #expect(document.format == "markdown")
        #expect(document.date?.timeIntervalSince1970 == 1_709_251_200)
        #expect(document.metadata["draft"] == .bool(false))
        #expect(document.metadata["tags"] == .list([.string("a"), .string("b")]))
        #expect(
            outline(document) == [
                "h1: Guía del taller",
                "p: Intro con enlace (https://example.org/x?y=1) y código & más. Segunda línea negrita.",
                "li: - uno", "li: - dos", "li:   - dos.a", "li:   - dos.b con foto",
                "li: 1. primero", "li: 2. segundo", "li: - [x] hecho", "li: - [ ] por hacer",
                "h2: Tabla", "table: Día | Hora\nLunes | 10:00\nMartes | 11:00 | x",
                "code(swift): func f() {\n    return 1\n\n}", "p: Cita que sigue. Otra.",
                "h2: Vacía", "h3: Dentro", "p: HTML dentro", "p: Nota.", "h2: Fin", "p: La nota.",
            ]
        )
    }

    @Test func htmlIsReadWithoutItsSurroundings() throws {
        let document = try read("page.html")
        #expect(document.title == "Horario del taller")
        #expect(document.language == .spanish)
        #expect(document.date?.timeIntervalSince1970 == 1_714_953_600)
        #expect(document.metadata["description"] == .string("Cuándo abre el taller"))
        #expect(
            outline(document) == [
                "h1: Horario del taller",
                "p: El taller abre los martes y jueves, de 17–20 h & con cita.",
                "li: - Sierra", "li: - Torno", "li:   1. pequeño",
                "table: Día | Hora\nMartes | 17 20", "h2: Normas",
                "code: si (luz) {\n    apagar();\n}", "dt: Llave", "p: La tiene Ana.",
            ]
        )
    }

    @Test func notebooksAreReadWithTheirOutputs() throws {
        let document = try read("notebook.ipynb")
        #expect(document.title == "Cuaderno")
        #expect(
            outline(document) == [
                "h1: Cuaderno", "p: Una predicción con dos líneas.",
                "code(python): x = 42\nprint(x)", "code: 42", "code: <Figure>", "p: bruto",
            ]
        )
    }

    @Test func codeIsCutAtDeclarations() throws {
        let document = try read("code.swift")
        let chunks = Chunker(tokenCount: quarters).chunks(of: document)
        #expect(
            chunks.map(\.headings) == [
                [], ["public struct Lamp"], ["public struct Lamp", "public mutating func turnOn"],
                [],
            ]
        )
        #expect(chunks[1].lines == 3...5)
        #expect(chunks[2].lines == 7...17)
    }

    @Test func codeIndentedWithTabsIsCutAsWell() throws {
        let code =
            "class A:\n\tx = 1\n\n\t# dos\n\tdef f(self):\n"
            + String(repeating: "\t\tg()\n", count: 8)
        let found = Chunker(tokenCount: quarters).chunks(of: try read(code, as: "a.py"))
        #expect(found.map(\.headings) == [["class A"], ["class A", "def f"]])
        #expect(found.map(\.lines) == [1...2, 4...13])
    }

    @Test func plainTextHasUnderlinedHeadings() throws {
        let document = try read("notes.txt")
        #expect(document.title == "Notas de la asamblea")
        #expect(
            outline(document) == [
                "h1: Notas de la asamblea",
                "p: Primer punto: la luz. Sr. Pérez\nhabla de 10.5 euros.",
                "h2: Segundo punto", "p: \tcon tabulador",
            ]
        )
    }

    @Test func rowsAndObjectsAreRecords() throws {
        #expect(
            outline(try read("tools.csv")) == [
                "record: Nombre: Sierra\nPrecio: 10,50\nNota: Dice \"cuidado\"; dos manos",
                "record: Nombre: Torno\nNota: Varias\nlíneas",
            ]
        )
        let members = try read("members.jsonl")
        #expect(
            outline(members) == [
                "record: id: 1\nname: Ana Pérez\ntags: taller\ntags: huerta\nhome.city: Vigo",
                "record: id: 2\nname: Bo\nactive: true",
            ]
        )
        #expect(Chunker(tokenCount: quarters).chunks(of: members).map(\.lines) == [1...1, 2...2])
        #expect(outline(try read("[{\"a\": \"b\"}]", as: "a.json")) == ["record: a: b"])
        #expect(outline(try read("{\"a\": 1}", as: "a.json")) == ["code(json): {\"a\": 1}"])
        #expect(outline(try read("a,b\n1,\"x\n2,y\n", as: "a.csv")).count == 2)
        #expect(throws: DocumentError.self) { try read("no\nson\njson\n", as: "a.jsonl") }
    }

    @Test func underlinedTitlesOfAsciiDocAreHeadings() throws {
        let text = """
            git-oil(1)
            ==========

            NAME
            ----
            git-oil - Oils it

            GIT
            ---
            ----
            code
            ----
            Not a title
            ~~~~
            --
            Open.
            --
            """
        #expect(
            outline(try read(text, as: "a.adoc")) == [
                "h1: git-oil(1)", "h2: NAME", "p: git-oil - Oils it", "h2: GIT", "code: code",
                "p: Not a title ~~~~", "p: Open.",
            ]
        )
    }

    @Test func chosenFieldsAreTheText() throws {
        func read(_ text: String, as name: String, _ fields: RecordFields) throws -> [String] {
            let reader = DocumentReader(options: ReadingOptions(fields: fields))
            return outline(try reader.read(Array(text.utf8), path: name))
        }
        let csv = "id,título,texto\n7,Poda,\"Los \"\"viejos\"\" manzanos\"\n8,Riego,\n"
        let one = RecordFields(text: ["texto"], id: "id")
        #expect(
            try read(csv, as: "a.csv", one) == [
                "h1: 7", "record: Los \"viejos\" manzanos",
                // Without the field the whole record is better than nothing.
                "h1: 8", "record: id: 8\ntítulo: Riego",
            ]
        )
        #expect(
            try read(csv.replacing(",", with: "\t"), as: "a.tsv", RecordFields(text: ["título"]))
                == ["record: Poda", "record: Riego"]
        )
        let two = RecordFields(text: ["a", "b.c"], id: "b.n")
        let object = #"{"a": "uno", "x": "no", "b": {"n": 5, "c": {"d": "dos"}}}"#
        let expected = ["h1: 5", "record: a: uno\nb.c.d: dos"]
        #expect(try read(object + "\n", as: "a.jsonl", two) == expected)
        #expect(try read("[\(object)]", as: "a.json", two) == expected)
        #expect(
            try read(object, as: "a.ndjson", RecordFields(id: "a"))
                == ["h1: uno", "record: a: uno\nx: no\nb.n: 5\nb.c.d: dos"]
        )
        // Other files of the folder have other fields.
        #expect(try read("x,y\n1,2\n", as: "b.csv", two) == ["record: x: 1\ny: 2"])
    }

    @Test func chosenFieldsLeadBackToTheirLines() throws {
        let text = "id,q,a\n1,\"uno\nmás\",dos\n2,tres,cuatro\n"
        let fields = RecordFields(text: ["q"], id: "id")
        let document = try DocumentReader(options: ReadingOptions(fields: fields))
            .read(Array(text.utf8), path: "a.csv")
        let chunks = Chunker(tokenCount: quarters).chunks(of: document)
        #expect(chunks.map(\.headings) == [["1"], ["2"]])
        #expect(chunks.map(\.text) == ["uno\nmás", "tres"])
        #expect(chunks.map(\.lines) == [2...3, 4...4])
    }

    @Test func subtitlesAreHeadedByTheirTime() throws {
        #expect(
            outline(try read("talk.srt")) == [
                "h1: 00:00:01", "p: Hola a todas y a todos, bienvenidos al taller.",
                "h1: 00:02:10", "p: Segunda parte.",
            ]
        )
    }

    @Test(arguments: ["taller.7", "taller.7.gz"])
    func manualPagesAreReadPackedOrNot(name: String) throws {
        let document = try read(name)
        #expect(document.title == "taller(7)")
        #expect(document.format == "man")
        #expect(document.date?.timeIntervalSince1970 == 1_706_918_400)
        #expect(
            outline(document) == [
                "h1: NOMBRE", "p: taller - abre el “taller”", "h1: OPCIONES Y MÁS",
                "p: Use --luz para encender(1) la luz.", "p: Otro párrafo.", "dt: -a, --all",
                "p: Todo.", "li: - un punto", "code: taller --luz \\\n  on", "h2: Notas", "p: Fin.",
            ]
        )
    }

    @Test func markdownUnderAnotherNameIsRecognized() throws {
        let text = "# Título\n\nUno.\n\n## Parte\n\nDos **tres**.\n"
        #expect(try read(text, as: "notas.txt").format == "markdown")
        #expect(try read("# comment\nx=1\n# other\ny=2\n", as: "settings.txt").format == "text")
        #expect(try read("<!DOCTYPE html><p>Hola", as: "pagina").format == "html")
    }

    @Test func tomlFrontMatter() throws {
        let document = try read(
            "+++\ntitle = \"Uno\"\ndate = 2024-01-02\nn = 3\n+++\n\nTexto.\n",
            as: "a.md"
        )
        #expect(document.title == "Uno")
        #expect(document.date?.timeIntervalSince1970 == 1_704_153_600)
        #expect(document.metadata["n"] == .number(3))
    }

    /// Each of these makes the whole no YAML; the other fields, and its own text, are kept.
    @Test(arguments: [
        ("title: Governance: the quarry", "title", "Governance: the quarry"),
        ("created: {{date}} at {{time}}", "created", "{{date}} at {{time}}"),
        ("up: [[Home]] and [[Away]]", "up", "[[Home]] and [[Away]]"),
        ("note: 50% @home: yes", "note", "50% @home: yes"),
        ("alias: \"half", "alias", "\"half"), ("place:\tthe: hall", "place", "the: hall"),
        ("x: 'it''s: so' and more", "x", "'it''s: so' and more"),
    ]) func frontMatterIsReadFieldByField(line: String, field: String, value: String) throws {
        let document = try read(
            "---\nauthor: Carla\n\(line)\nyear: 2024\n---\n\nThe body speaks of stones.",
            as: "a.md"
        )
        #expect(document.metadata["author"] == .string("Carla"))
        #expect(document.metadata["year"] == .number(2024))
        #expect(document.metadata[field]?.text == value)
        #expect(document.repairs == [TextRepair(kind: .irregularFields, count: 1)])
    }

    @Test func aFieldThatStandsTwiceHasBothValues() throws {
        let document = try read(
            "---\ntags:\n- a\nauthor: Ana\ntags: [b, c]\nauthor: Eva\n---\n\nText.",
            as: "a.md"
        )
        #expect(document.metadata["author"]?.text == "Ana, Eva")
        #expect(document.metadata["tags"]?.text == "a, b, c")
        #expect(document.repairs.isEmpty)
    }

    @Test(arguments: [
        ("---\nauthor:\u{A0}Rita\nplace:\u{A0}Soria\n---", "place", "Soria"),
        ("---\nplace: “Soria”: and on\nauthor: Rita\n---", "author", "Rita"),
        ("---\nauthor : Rita\n  place: Soria\n other: x\n---", "place", "Soria"),
        ("---\nauthor : Rita\n  place: Soria\n other: x\n---", "author", "Rita"),
        ("+++\nauthor = Rita\nplace = \"Soria\"\ntags = ['a', 'b']\n+++", "author", "Rita"),
        ("+++\nauthor = Rita\nplace = \"Soria\"\ntags = ['a', 'b']\n+++", "tags", "a, b"),
        ("---\n\tauthor: Rita\nplace:\tSoria\n---", "author", "Rita"),
        ("---\nauthor: Rita\n- Eva\nplace: Soria\n---", "author", "Rita, Eva"),
        ("---\nauthor: Rita\ntags: #solar #roof\n---", "tags", "#solar, #roof"),
        ("---\nauthor: Rita\ncolor: #fff\nnone: # a remark\n---", "color", "#fff"),
        ("author: Rita\nplace: Soria", "author", "Rita"),
    ]) func damagedFieldsLoseNoOther(head: String, field: String, value: String) throws {
        let document = try read(head + "\n\nThe body.", as: "a.md")
        #expect(document.metadata[field]?.text == value)
    }

    /// Builders of sites mark the head of a file in several ways.
    @Test(arguments: [
        "%YAML 1.2\n---\nauthor: Rita\n---", "\n\n---\nauthor: Rita\n---",
        "---yaml\nauthor: Rita\n---", "--- toml\nauthor = \"Rita\"\n---",
        "---json\n{\"author\": \"Rita\"}\n---", ";;;\n{\n  \"author\": \"Rita\"\n}\n;;;",
    ]) func frontMatterNamesItsLanguage(head: String) throws {
        let document = try read(head + "\n\nThe body.", as: "a.md")
        #expect(document.metadata["author"] == .string("Rita"))
        #expect(outline(document).last == "p: The body.")
    }

    @Test(arguments: [";;;\nNo object.\n;;;\n\nText.", "\n---\nSome words here.\n---\n\nText."])
    func otherMarksOpenNoFrontMatter(text: String) throws {
        let document = try read(text, as: "a.md")
        #expect(document.metadata.isEmpty && outline(document).count > 1)
    }

    @Test func hostileFrontMatterIsNoTrouble() throws {
        let bomb =
            "---\na: &a [x,x]\n" + (1...20).map { "b\($0): &b\($0) [*a,*a]\n" }.joined()
            + "---\nHola.\n"
        #expect(outline(try read(bomb, as: "a.md")) == ["p: Hola."])
        let deep = "---\na: " + String(repeating: "[", count: 50_000) + "\n---\nHola.\n"
        #expect(outline(try read(deep, as: "a.md")) == ["p: Hola."])
        let dashes = "---\na:\n  " + String(repeating: "- ", count: 20_000) + "x\n---\nHola.\n"
        #expect(outline(try read(dashes, as: "a.md")) == ["p: Hola."])
        #expect(outline(try read("---\n: : :\n\t- {\n---\nHola.\n", as: "a.md")) == ["p: Hola."])
    }

    @Test func twoRulesAreNotFrontMatter() throws {
        #expect(outline(try read("---\nHola\n\n---\nAdiós\n", as: "a.md")).last == "p: Adiós")
    }

    @Test func anIndexOfLinksIsLeftOut() throws {
        let entries = (1...60).map {
            "<li><a href='page\($0).html'>function\($0)() (module)</a></li>"
        }
        let index = "<h1>Index</h1><p>A | B | C</p><ul>\(entries.joined())</ul>"
        #expect(throws: DocumentError.onlyLinks(count: 60)) { try read(index, as: "genindex.html") }
        // The same links with something said about each are a page like others.
        let described = entries.map {
            $0 + "<p>It does what its name says, and nothing else; call it when the saw is off.</p>"
        }
        #expect(try read("<h1>All</h1>\(described.joined())", as: "all.html").blocks.count > 60)
        #expect(
            try read("<p><a href='a'>One</a> <a href='b'>Two</a></p>", as: "b.html").title == nil
        )
    }

    @Test func bannersAboutCookiesAreLeftOut() throws {
        let page =
            "<div id='onetrust-consent-sdk'>We value your privacy</div>"
            + "<div class='site-cookie-notice'>Accept all</div><p class='recipe'>Flour.</p>"
        #expect(outline(try read(page, as: "a.html")) == ["p: Flour."])
    }

    @Test func deepHTMLIsRefusedWithAReason() throws {
        let html = String(repeating: "<div>", count: 100_000) + "hola"
        #expect(throws: DocumentError.self) { try read(html, as: "a.html") }
    }

    @Test func brokenFilesSayWhatIsBroken() {
        #expect(
            throws: DocumentError.malformed(
                format: "notebook",
                reason: "a string without end, line 1"
            )
        ) {
            try read("{\"cells\": [\"", as: "a.ipynb")
        }
        #expect(throws: DocumentError.empty) { try read("", as: "a.md") }
        #expect(throws: DocumentError.empty) { try read(" \n\t\n", as: "a.md") }
        #expect(throws: DocumentError.binary("a PNG image")) {
            try DocumentReader().read([0x89, 0x50, 0x4E, 0x47, 0, 0], path: "a.txt")
        }
        #expect(throws: DocumentError.tooLarge(bytes: 11, limit: 10)) {
            try DocumentReader(options: ReadingOptions(maximumBytes: 10)).read(
                Array("hola y adió".utf8.prefix(11)),
                path: "a"
            )
        }
    }

    /// Whatever bytes come under whatever name: a document or an error, and no control characters.
    @Test func randomBytesNeverTrap() throws {
        var random = SplitMix64(seed: 11)
        var seeds = try [
            "guide.md", "page.html", "notebook.ipynb", "code.swift", "notes.txt", "taller.7",
            "tools.csv", "members.jsonl", "talk.srt",
        ].map {
            (name: $0, bytes: try fixture($0))
        }
        seeds += [
            (name: "a.py", bytes: Array("class A:\n\t# b\n\tdef f(x):\n\t\ty\n\n\n\n\n\nz\n".utf8))
        ]
        for round in 0..<1000 {
            let (name, original) = seeds[round % seeds.count]
            var bytes = original
            if round % 7 == 0 {
                bytes = (0..<Int.random(in: 1...400, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            }
            for _ in 0..<Int.random(in: 1...20, using: &random) where !bytes.isEmpty {
                let i = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[i] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: i)
                case 2: bytes.insert(contentsOf: bytes[i...].prefix(30), at: i)
                default: bytes.removeSubrange(i..<min(bytes.count, i + 40))
                }
            }
            guard let document = try? DocumentReader().read(bytes, path: name) else { continue }
            for chunk in Chunker(maximumTokens: 20, tokenCount: quarters).chunks(of: document) {
                #expect(chunk.tokenCount <= 20 && !chunk.text.isEmpty)
                #expect(chunk.bytes.lowerBound >= 0 && chunk.bytes.upperBound <= bytes.count)
                #expect(chunk.lines.lowerBound >= 1)
                #expect(
                    !chunk.text.unicodeScalars.contains {
                        $0.value < 0x20 && $0 != "\n" && $0 != "\t"
                    }
                )
            }
        }
    }
}
