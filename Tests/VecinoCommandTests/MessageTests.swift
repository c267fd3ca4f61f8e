import Foundation
import Testing

@testable import Localization
@testable import Translations

/// Messages in the reader's language.
@Suite struct MessageTests {
    private let spanish = Phrasebook(ReaderLocale(["LANG": "es_ES.UTF-8"]))
    private let english = Phrasebook(.english)

    // MARK: The catalog

    /// The functions that take messages.
    private static let calls = ["say", "show", "localized", "misuse", "Message"]
    /// The modules that speak in messages.
    private static let speakers = [
        "TerminalIO", "CommandParts", "MeasuringCommands", "VecinoCommand",
    ]

    private func sources(_ folder: String) throws -> [(name: String, source: MessageSources)] {
        let root = Checkout.root + "/Sources/" + folder
        let names = try FileManager.default.subpathsOfDirectory(atPath: root).sorted()
        return try names.filter { $0.hasSuffix(".swift") }.map { name in
            let text = try String(contentsOfFile: root + "/" + name, encoding: .utf8)
            return (name, MessageSources(text))
        }
    }

    /// Every message is in the catalog, and nothing else is.
    @Test func theCatalogIsComplete() throws {
        var used: Set<String> = []
        for (name, source) in try Self.speakers.flatMap(sources) {
            for key in source.keys(inCallsOf: Self.calls) {
                used.insert(key)
                #expect(SpanishMessages.templates[key] != nil, "\(name): not translated: \(key)")
            }
        }
        #expect(used.count > 150)
        for key in SpanishMessages.templates.keys {
            #expect(used.contains(key), "not used: \(key)")
        }
    }

    /// What modules below say when something fails, or beside hits, is known too.
    @Test(arguments: [
        "AnsweringError", "FilterError", "Limits", "StoreError", "DocumentError", "EmbeddingError",
        "TransportError", "ModelCatalogError", "ModelHub", "AnswerModel", "RetrievalError",
        "SearchNote", "SentenceEncoderError", "KeyFile", "Settings", "LibraryCopy", "LibraryError",
        "ParsedDocument", "PinnedAnswer", "EvaluationError",
    ])
    func theErrorsAreKnown(_ file: String) throws {
        // Whichever module it is in.
        let root = Checkout.root + "/Sources"
        let files = try FileManager.default.subpathsOfDirectory(atPath: root)
        let place = try #require(files.first { $0.hasSuffix("/\(file).swift") })
        let text = try String(contentsOfFile: root + "/" + place, encoding: .utf8)
        let source = MessageSources(text)
        let keys = source.keys(inBodiesOf: "var description: String")
        #expect(!keys.isEmpty)
        for key in keys {
            // A sentence that the source puts together of pieces is known as a whole.
            let isKnown = SpanishMessages.told.keys.contains { $0.contains(key) }
            #expect(isKnown, "\(file): not translated: \(key)")
        }
    }

    /// A Swift program that uses the libraries has none of the options: what they say names no option, and
    /// the commands add which one helps.
    @Test func noLibraryNamesAnOption() throws {
        let root = Checkout.root + "/Sources"
        let commands = Set(Self.speakers + ["Localization", "Translations"])
        for path in try FileManager.default.subpathsOfDirectory(atPath: root).sorted() {
            let module = path.prefix { $0 != "/" }
            guard path.hasSuffix(".swift"), !commands.contains(String(module)) else { continue }
            let text = try String(contentsOfFile: root + "/" + path, encoding: .utf8)
            for line in text.split(separator: "\n") where !line.contains(#/^ *///#) {
                // What is handed to another program is one word.
                let isNamed =
                    line.contains(#/"[^"]*[ `]--[a-z]/#) || line.contains(#/"--[a-z-]+ /#)
                let isOfAnother = line.contains("`swift build --")
                #expect(!isNamed || isOfAnother, "\(path): \(line)")
            }
        }
    }

    /// The reasons that those sentences give in parentheses are known as well.
    @Test(arguments: [
        "Corpus", "Documents", "Indexing", "LibraryCore", "LibraryUpkeep", "SQLiteStore",
        "FTS5Index",
        "SentenceEncoder", "VectorIndex", "Retrieval",
    ]) func theReasonsAreKnown(_ module: String) throws {
        for (name, source) in try sources(module) {
            for key in source.keys(behind: ["reason: ", "detail: "]) {
                let words = key.replacing(/\{[^}]*\}/, with: "")
                let isWords = words.contains(/\p{Letter}{2,}\P{Letter}+\p{Letter}{2}/)
                #expect(!isWords || SpanishMessages.told[key] != nil, "\(name): \(key)")
            }
        }
    }

    /// A translation shows each argument once, as the English does.
    @Test func translationsHaveTheArgumentsOfTheirKeys() {
        func positions(_ text: String) -> [Int] {
            var next = 0
            return Template(text).pieces.compactMap { piece in
                guard case .argument(let position, _, let isWordOnly) = piece, !isWordOnly else {
                    return nil
                }
                defer { next += 1 }
                return position ?? next
            }.sorted()
        }
        let all = [SpanishMessages.templates, SpanishMessages.told].flatMap { $0.map { ($0, $1) } }
        for (key, template) in all where !key.contains("{\"") {
            #expect(positions(key) == positions(template), "\(key)")
        }
    }

    @Test func noKeyIsInTwoGroups() {
        let groups = [
            SpanishMessages.index, SpanishMessages.search, SpanishMessages.answers,
            SpanishMessages.library, SpanishMessages.models, SpanishMessages.usage,
            SpanishMessages.helpSearch, SpanishMessages.helpChecks, SpanishMessages.helpOptions,
            SpanishMessages.helpLibrary, SpanishMessages.helpServers,
            SpanishMessages.helpMeasurements,
        ]
        #expect(groups.reduce(0) { $0 + $1.count } == SpanishMessages.templates.count)
    }

    // MARK: Sentences

    @Test func numbersAndWordsAgree() {
        func files(_ count: Int) -> Message {
            "\("a"): up to date, \(count: count, "document"), nothing embedded (\(duration: 1.5))."
        }
        #expect(english.text(files(1)) == "a: up to date, 1 document, nothing embedded (1.5 s).")
        #expect(spanish.text(files(1)) == "a: al día, 1 documento, ningún vector nuevo (1,5 s).")
        #expect(spanish.text(files(1234)).contains("1234 documentos"))
        #expect(spanish.text(files(12345)).contains("12.345 documentos"))
        let mexican = Phrasebook(ReaderLocale(["LANG": "es_MX.UTF-8"]))
        #expect(mexican.text(files(1234)).contains("1,234 documentos"))
        #expect(mexican.text(files(1)).contains("(1.5 s)"))
    }

    /// What a person or a document says is no sentence of the program's.
    @Test(arguments: ["no text in it", "key is missing", "no permission"])
    func quotationsAreNotTranslated(_ text: String) {
        let note = "No passage has “\(text)” word for word: looked for the words one by one."
        #expect(spanish.translated(note).contains(text))
        let date = "its date “\(text)” is not understood; no text in it"
        #expect(spanish.translated(date) == "su fecha «\(text)» no se entiende; no tiene texto")
    }

    @Test func sentencesFromBelowAreRecognized() {
        let missing = "There is no library at /a b/{c}: x: build one with `vecino index FOLDER`."
        #expect(
            spanish.translated(missing)
                == "No hay ninguna biblioteca en /a b/{c}: x: haz una con `vecino index CARPETA`."
        )
        #expect(english.translated(missing) == missing)
        let nested =
            "/l.db cannot be opened (Permission denied): check the permissions of it and of its folder."
        #expect(spanish.translated(nested).contains("(permiso denegado)"))
        let named =
            "openai:m: nothing answers at http://127.0.0.1:1: start the server, or correct the address."
        #expect(
            spanish.translated(named).hasPrefix("openai:m: nada responde en http://127.0.0.1:1:")
        )
        #expect(
            spanish.translated(
                "Rank 7 by words, of which the first 50 count: it has “lease”; it lacks “March”."
            )
                == "Puesto 7 por palabras, de los que cuentan los primeros 50: tiene “lease”; le falta “March”."
        )
        for odd in ["", ":", "no such sentence", ": : :", String(repeating: "a: ", count: 2_000)] {
            #expect(spanish.translated(odd) == odd)
        }
    }

    @Test(arguments: [
        (["LANG": "es_ES.UTF-8"], "es"), (["LANG": "es"], "es"), (["LANG": "ES-mx"], "es"),
        (["LANG": "C.UTF-8"], "en"), (["LANG": "de_DE.UTF-8"], "en"), ([:], "en"),
        (["LANG": "es_ES", "LC_ALL": "C"], "en"), (["LANG": "es_ES", "LC_ALL": ""], "es"),
        (["LANG": "en_GB", "LC_MESSAGES": "es_AR.UTF-8"], "es"),
        (["LC_ALL": "en_US", "VECINO_LANG": "es"], "es"), (["LANG": "est_EE"], "en"),
        (["LANG": "es@euro"], "es"), (["LANG": "\u{1B}[31m"], "en"), (["LANG": "_"], "en"),
    ])
    func theEnvironmentChooses(_ environment: [String: String], _ language: String) {
        #expect(ReaderLocale(environment).language.rawValue == language)
    }

    @Test func thousandsStandApart() {
        #expect(Format.count(0) == "0" && Format.count(-1_234) == "-1,234")
        #expect(Format.count(.min) == "-9,223,372,036,854,775,808")
        #expect(Format.count(1_234, .spanish) == "1234")
        #expect(Format.count(1_234_567, .spanish) == "1.234.567")
        #expect(Format.bytes(3_400_000, .spanish) == "3,4 MB")
    }
}
