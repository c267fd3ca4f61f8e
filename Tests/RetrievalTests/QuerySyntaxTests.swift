import Corpus
import Testing
import TextAnalysis

@testable import Retrieval

@Suite struct QuerySyntaxTests {
    @Test func operatorsAreTakenOutOfTheText() {
        let query = QuerySyntax("annual “general meeting” minut* -draft -old_version «acta»")
        #expect(query.text == "annual “general meeting” minut   «acta»")
        #expect(query.phrases == ["general meeting", "acta"])
        #expect(query.prefixes == ["minut"])
        #expect(query.excluded == [.word("draft"), .word("old_version")])
    }

    @Test(arguments: [
        "How do I renew the lease?", "docker run -it --rm python:3.9", "git commit -m fix",
        "SELECT * FROM t WHERE a*b = c", "python3-doc", "-5 degrees", "**kwargs", "foo.*",
        "say \"hello", "state-of-the-art - or so", "--verbose", "ls -la", "rm -rf build",
        "-l option", "a 27\" screen and a 24\" one", "rock 'n' roll", "don't won't", "std::sort",
        "http://example.org/a:b", "note: buy milk", "TO BE OR NOT TO BE", "error:404",
        "Why does it NOT work as I expect it to?", "C:\\title", "(see below)", "f(x) and g(y)",
        "title: The Lease", "12 -3", "la casa –la grande– del puerto", "pump – draft",
        "pages 12–14", "Motor type -II: an overview", "War -II and after",
        "+34 600 123 456", "C++ and more", "chmod +x file", "a + b", "Canal+ news",
        "Spider-Man -Far From Home", "what does tar -xzf do", "-webkit-box css", "Foo -bar- baz",
    ])
    func whatIsNoOperatorStaysText(_ query: String) {
        var syntax = QuerySyntax(query)
        // What may be a field of the library's is known to the library only.
        syntax.unknownFields = []
        #expect(syntax == QuerySyntax(verbatim: query))
    }

    @Test(arguments: [
        ("\"json schema\"", "json schema"), ("“json schema”", "json schema"),
        ("„json schema“", "json schema"), ("«json schema»", "json schema"),
        ("»json schema«", "json schema"), ("‹json schema›", "json schema"),
        ("‘json schema’", "json schema"), ("'json schema'", "json schema"),
        ("「苹果派」", "苹果派"), ("『苹果派』", "苹果派"), ("“json schema\"", "json schema"),
        ("＂json schema＂", "json schema"), ("'the cat's toys'", "the cat's toys"),
        ("‟json schema”", "json schema"), ("❝json schema❞", "json schema"),
        ("”json schema“", "json schema"),
    ])
    func anyQuotationMarksMakeAPhrase(_ query: String, _ phrase: String) {
        #expect(QuerySyntax(query).phrases == [phrase])
    }

    @Test(arguments: [
        ("driver -C++", QuerySyntax.Demand.word("C++")), ("driver -C#", .word("C#")),
        ("梨 -苹果", .word("苹果")), ("梨 -果", .word("果")), ("厨房 -苹果派", .word("苹果派")),
        ("pump -\"json schema\"", .phrase("json schema")),
        ("pump -«json schema»", .phrase("json schema")), ("pump -draft", .word("draft")),
        ("pump −draft", .word("draft")), ("note -🍐", .word("🍐")), ("report -2024", .word("2024")),
        ("pump -go", .word("go")), ("pump -AI", .word("AI")), ("casa -ñu", .word("ñu")),
        ("pump -title:draft", .field(.title, .word("draft"))),
        ("pump -(old OR draft)", .any([.any([.word("old"), .word("draft")])])),
        ("pump NOT draft", .word("draft")), ("pump -draf*", .prefix("draf")),
        ("pump -node.js", .word("node.js")),
        ("pump ‑draft", .word("draft")), ("pump ﹣draft", .word("draft")),
        ("pump ‐C++", .word("C++")),
        ("pump -.NET", .word(".NET")), ("pump －draft", .word("draft")),
        ("pump –draft", .word("draft")), ("pump –\"json schema\"", .phrase("json schema")),
        ("насос -чертёж", .word("чертёж")), ("vitamin -C", .word("C")), ("lamp -$20", .word("$20")),
        ("pump -(old draft)", .any([.word("old"), .word("draft")])),
    ])
    func aMinusLeavesOutWhatStandsBehindIt(_ query: String, _ demand: QuerySyntax.Demand) {
        let syntax = QuerySyntax(query)
        #expect(syntax.excluded == [demand])
        #expect(syntax.phrases.isEmpty && syntax.required.isEmpty)
        let first = query.split(separator: " ")[0]
        #expect(syntax.text.split(separator: " ") == [first])
    }

    @Test(arguments: [
        ("pump -author:Ana", FieldCondition("author", .hasNot, "Ana")),
        ("pump -tag:solar", FieldCondition("tags", .not, "solar")),
        ("pump −language:es", FieldCondition("language", .not, "es")),
        ("pump -author:\"Ana López\"", FieldCondition("author", .hasNot, "Ana López")),
    ])
    func aMinusLeavesOutDocuments(_ query: String, _ condition: FieldCondition) {
        let syntax = QuerySyntax(query)
        #expect(syntax.conditions == [condition])
        #expect(syntax.text.trimmingSuffix == "pump" && syntax.excluded.isEmpty)
        #expect(QuerySyntax("pump -path:old/** path:notes").excludedPaths == ["old/**"])
        #expect(QuerySyntax("pump -path:old/** path:notes").paths == ["notes"])
        // No day can be left out: that stays text.
        #expect(QuerySyntax("pump -since:2024").since == nil)
    }

    @Test func fieldsAreDemanded() {
        let query = QuerySyntax("title:lease heading:\"open hours\" Texto:sol* where is it")
        #expect(
            query.required == [
                .field(.title, .word("lease")), .field(.headings, .phrase("open hours")),
                .field(.text, .prefix("sol")),
            ]
        )
        #expect(query.text == "lease \"open hours\" sol where is it")
    }

    @Test func aFieldOfDocumentsTakesAGroupAndDatesARange() {
        let query = QuerySyntax(
            "report author:(Ann OR \"Luis Paz\") date:2023..2024-06 title：lease"
        )
        var condition = FieldCondition("author", .has, "Ann")
        condition.alternatives = ["Luis Paz"]
        #expect(query.conditions == [condition])
        #expect(query.since == "2023" && query.until == "2024-06")
        #expect(query.required == [.field(.title, .word("lease"))])
        #expect(QuerySyntax("report date:2024..").until == nil)
    }

    @Test func fieldsOfDocumentsFilter() {
        let query = QuerySyntax(
            "report author:Ana tag:\"solar roof\" path:notes/** since:2024-06 hasta:junio lang:es"
        )
        #expect(query.text.trimmingSuffix == "report")
        #expect(
            query.conditions == [
                FieldCondition("author", .has, "Ana"), FieldCondition("tags", .equal, "solar roof"),
                FieldCondition("language", .equal, "es"),
            ]
        )
        #expect(query.paths == ["notes/**"])
        #expect(query.since == "2024-06" && query.until == "junio")
    }

    @Test func alternativesAreDemanded() {
        #expect(
            QuerySyntax("solar (panel OR inverter)").required
                == [.any([.word("panel"), .word("inverter")])]
        )
        #expect(
            QuerySyntax("solar OR \"wind turbine\"").required
                == [.any([.word("solar"), .phrase("wind turbine")])]
        )
        #expect(QuerySyntax("solar OR \"wind turbine\"").phrases.isEmpty)
        let closer = QuerySyntax("sun OR roof AND rain OR wind").required
        let pair = QuerySyntax.Demand.all([.word("roof"), .word("rain")])
        #expect(closer == [.any([.word("sun"), pair, .word("wind")])])
        #expect(QuerySyntax("roof AND sun").required == [.all([.word("roof"), .word("sun")])])
        #expect(QuerySyntax("roof | sun").required == [.any([.word("roof"), .word("sun")])])
        for query in ["GDPR OR CCPA OR PIPL", "苹果 OR 梨 OR 派", "2023 OR 2024 OR 2025"] {
            let words = query.split(separator: " ").filter { $0 != "OR" }
            #expect(QuerySyntax(query).required == [.any(words.map { .word(String($0)) })])
        }
        #expect(QuerySyntax("роза AND (лес OR сад OR дом)").required.count == 1)
        #expect(QuerySyntax("roof || sun").required == [.any([.word("roof"), .word("sun")])])
        #expect(QuerySyntax("+roof sun").required == [.all([.word("roof")])])
        #expect(QuerySyntax("+roof sun").text == "roof sun")
        #expect(QuerySyntax("+\"tin roof\"").required == [.all([.phrase("tin roof")])])
        #expect(QuerySyntax("roof && sun").required == [.all([.word("roof"), .word("sun")])])
        let both = QuerySyntax("title:roof OR title:sun")
        #expect(
            both.required == [.any([.field(.title, .word("roof")), .field(.title, .word("sun"))])]
        )
    }

    /// People forget to close a quotation.
    @Test(arguments: [
        ("\"javascript engine", "javascript engine"),
        ("the “javascript engine", "javascript engine"),
    ]) func aLoneMarkQuotesWhatFollows(_ query: String, _ phrase: String) {
        let syntax = QuerySyntax(query)
        #expect(syntax.phrases == [phrase] && syntax.text == query)
    }

    @Test(arguments: ["javascript engine\"", "a 5\" pipe", "\"one"])
    func aMarkThatOpensNothingIsText(_ query: String) {
        #expect(QuerySyntax(query).phrases.isEmpty)
    }

    @Test func aFieldTakesAGroup() {
        #expect(
            QuerySyntax("title:(lantern OR lamp) oil").required
                == [.field(.title, .all([.any([.word("lantern"), .word("lamp")])]))]
        )
    }

    @Test(arguments: [
        ("status:done pump", ["status:done"]), ("auhtor:Ana x", ["auhtor:Ana"]),
        ("std::sort", []), ("10:30 bus", []), ("http://a.b/c", []), ("note: milk", []),
        ("author:Ana", []),
    ]) func whatMayBeAFieldIsRemembered(_ query: String, _ raw: [String]) {
        #expect(QuerySyntax(query).unknownFields.map(\.raw) == raw)
    }

    @Test(arguments: [
        ("-alone", [QuerySyntax.Demand.word("alone")]),
        ("-one -two", [.word("one"), .word("two")]),
        ("-\"two words\"", [.phrase("two words")]), ("NOT lamp", [.word("lamp")]),
        ("path:notes -draft", [.word("draft")]),
    ]) func whatOnlyLeavesOutAsksForAllOthers(_ query: String, _ excluded: [QuerySyntax.Demand]) {
        let syntax = QuerySyntax(query)
        #expect(syntax.isFilter && syntax.text == query && syntax.excluded == excluded)
    }

    @Test func pastedTextHasNoOperatorsButQuotations() {
        let text = "The list:\n-alpha\nbeta* title:x said \"two words\" a OR b"
        let query = QuerySyntax(text)
        #expect(query.text == text && query.phrases == ["two words"])
        #expect(query.excluded.isEmpty && query.required.isEmpty && query.prefixes.isEmpty)
    }

    @Test(arguments: ["?", "★ …", "-", "\"\"", "()", ""]) func signsAreNoWords(_ query: String) {
        #expect(!QuerySyntax(query).hasWords)
    }

    @Test(arguments: ["a", "7", "🍐", "梨", "€"]) func oneSignCanBeAWord(_ query: String) {
        #expect(QuerySyntax(query).hasWords)
    }
}

@Suite struct AnalyzedQueryTests {
    @Test func whatIsRequiredAndWhatIsNotAreQueries() throws {
        let query = AnalyzedQuery(
            QuerySyntax("\"general meeting\" \"*\" minut* -drafts"),
            languages: [.english]
        )
        let meeting = try #require(WordSequence("general meeting"))
        #expect(query.required == .all([.sequence(meeting)]))
        #expect(query.excluded?.leaves.contains(.term("draft", .stem)) == true)
        #expect(query.clauses.contains(.prefix("minut")))
        #expect(query.terms.map(\.surface) == ["general", "meeting", "minut"])
    }

    @Test func neighborsAreLookedForSideBySide() {
        let query = AnalyzedQuery(
            QuerySyntax("general meetings of the python3-doc cooperative"),
            languages: [.english]
        )
        #expect(query.neighbors.contains(.phrase(["general", "meet"], .stem)))
        // The index has a compound's parts behind it.
        #expect(query.neighbors.contains(.phrase(["doc", "cooper"], .stem)))
        // Between these stand words that nobody looks for.
        #expect(!query.neighbors.contains(.phrase(["meet", "python3-doc"], .stem)))
        let stopWords = AnalyzedQuery(QuerySyntax("to be or not"), languages: [.english])
        #expect(stopWords.neighbors.contains(.phrase(["be", "or"], .stem)))
    }

    @Test func aStopWordBeforeAnAsteriskIsLookedFor() {
        let query = AnalyzedQuery(QuerySyntax("the* cooperative"), languages: [.english])
        #expect(query.terms.map(\.surface) == ["the", "cooperative"])
    }

    @Test func aQuotationInASentenceLiftsAndAloneDemands() {
        let sentence = AnalyzedQuery(
            QuerySyntax("How many “tackles” did Luke Kuechly register?"),
            languages: [.english]
        )
        #expect(sentence.required == nil && sentence.liftedPhrases == ["tackles"])
        let short = AnalyzedQuery(QuerySyntax("Panthers “tackles”"), languages: [.english])
        #expect(short.required != nil && short.liftedPhrases.isEmpty)
    }

    @Test(arguments: [
        ("ERR_1293_SM", true), ("v1.7", true), ("CVE-2024-3094", true), ("1.7", true),
        ("maxBufferSize42", true), ("XK123Z", true), ("500mg", false), ("2024", false),
        ("state-of-the-art", false), ("1990s", false), ("lease", false),
    ])
    func namesAreTold(_ word: String, _ isName: Bool) {
        let query = AnalyzedQuery(QuerySyntax(word), languages: [.english])
        #expect((query.names != nil) == isName)
    }

    /// A long question's full score is that of ten words, so that a passage can reach it.
    @Test func tenWordsMakeTheFullScore() {
        let words = (0..<30).map { "word\($0)x" }.joined(separator: " ")
        let query = AnalyzedQuery(QuerySyntax(words), languages: [.english])
        let all = query.fullScore(information: query.terms.map { _ in 2 })
        let ten = AnalyzedQuery(
            QuerySyntax(words.split(separator: " ").prefix(10).joined(separator: " ")),
            languages: [.english]
        )
        #expect(all == ten.fullScore(information: ten.terms.map { _ in 2 }))
    }
}

extension String {
    fileprivate var trimmingSuffix: String {
        String(reversed().drop(while: \.isWhitespace).reversed())
    }
}
