import Foundation
import Testing
import TextAnalysis

@testable import Corpus

@Suite struct DocumentFilterTests {
    private let document = Document(
        id: 1,
        root: "/base",
        path: "notes/2024/lease.md",
        format: "markdown",
        language: .english,
        title: "The Lease",
        date: "2024-03-05",
        modified: 1_735_689_600_000_000_000,
        metadata: [
            "author": .string("Ana"), "year": .number(2024), "draft": .bool(false),
            "tags": .list([.string("Solar"), .string("roof")]),
        ],
        repairs: []
    )

    @Test(arguments: [
        ("author=ana", true), ("author = \"Ana\"", true), ("author!=ana", false),
        ("author=eva", false), ("year>=2024", true), ("year<2024", false), ("year=2024.0", true),
        ("draft=false", true), ("tags=solar", true), ("tags!=solar", false), ("tags~ro*", true),
        ("missing=x", false), ("missing!=x", true), ("language=en", true), ("format=html", false),
        ("title~*lease*", true), ("name=lease.md", true), ("date>=2024-03", true),
    ]) func conditionsHold(_ expression: String, _ expected: Bool) throws {
        #expect(try FieldCondition(expression).holds(for: document) == expected)
    }

    @Test(arguments: [
        ("author!:Ana", false), ("author!:an", true), ("missing!:x", true), ("tags!:solar", false),
        ("title!:lease", false),
    ]) func conditionsThatLeaveOutHold(_ expression: String, _ expected: Bool) throws {
        #expect(try FieldCondition(expression).holds(for: document) == expected)
    }

    @Test(arguments: [
        (["*.txt"], true), (["*.md"], false), (["notes/**"], false), (["", " "], true),
        (["other/**", "lease.md"], false),
    ]) func pathsAreLeftOut(_ patterns: [String], _ expected: Bool) throws {
        #expect(try DocumentFilter(excludedPaths: patterns).compiled()(document) == expected)
        let both = DocumentFilter(paths: ["*.md"], excludedPaths: patterns)
        #expect(try both.compiled()(document) == expected)
    }

    @Test(arguments: ["", "author", "=x", "a!b"])
    func whatIsNoConditionIsRefused(_ expression: String) {
        #expect(throws: FilterError.self) { try FieldCondition(expression) }
    }

    @Test(arguments: [
        ("*.md", true), ("lease.md", true), ("notes/**", true), ("/base/notes/**", true),
        ("*.txt", false), ("2024/*.md", false),
    ]) func globsMatchPathOrName(_ glob: String, _ expected: Bool) throws {
        #expect(try DocumentFilter(paths: [glob]).compiled()(document) == expected)
    }

    @Test(
        arguments: [
            ("2024", nil, true), ("2024-03-06", nil, false), (nil, "2024-03", true),
            (nil, "2023", false), ("2024-03-05", "2024-03-05", true),
        ] as [(String?, String?, Bool)]
    ) func datesBound(
        _ since: String?,
        _ until: String?,
        _ expected: Bool
    ) throws {
        #expect(try DocumentFilter(since: since, until: until).compiled()(document) == expected)
    }

    @Test(arguments: [
        "2024-13-01", "2024-02-30", "31.4.2024", "sometime", "6/5/2024", "99", "2024-W60",
        "one day", "a week", "un año", "2024-06-01 25:00", "2024-06-01 10:61", "next",
    ])
    func aDateThatIsNoneIsRefused(_ date: String) {
        #expect(throws: FilterError.self) { _ = try DocumentFilter(since: date).compiled() }
    }

    @Test func anEmptyStringIsNoFilter() throws {
        let filter = DocumentFilter(paths: ["", " "], since: "", until: " ")
        #expect(filter.isEmpty)
        #expect(try filter.compiled()(document))
        #expect(try DocumentFilter(paths: ["", "*.md"]).compiled()(document))
        #expect(try !DocumentFilter(paths: ["", "*.txt"]).compiled()(document))
    }

    @Test func theLastDayBeforeTheFirstIsRefused() {
        let filter = DocumentFilter(since: "2024-05", until: "2024-04")
        #expect(throws: FilterError.self) { _ = try filter.compiled() }
    }

    @Test(arguments: [
        ("Author=Ana", true), ("AUTHOR=ANA", true), ("autor=ana", true), ("Tags=SOLAR", true),
        ("tag=roof", true), ("author:an", false), ("author:Ana", true), ("Título:lease", true),
        ("date=2024-3", true), ("date=2024", true), ("date>2024", false), ("date>2023", true),
        ("date<=2024-03-05", true), ("date<2024-3-5", false), ("draft=no", true),
    ]) func caseAndAccentsDoNotCount(_ expression: String, _ expected: Bool) throws {
        #expect(try FieldCondition(expression).holds(for: document) == expected)
    }

    @Test(arguments: [
        ("date=marzo 2024", true), ("date=March 5, 2024", true), ("date>=June 2024", false),
        ("year==2024", true), ("year≥2024", true), ("author<>Ana", false), ("author='Ana'", true),
        ("author=“Ana”", true), ("tags=#solar", true), ("tags=Solar, roof", true),
        ("tags=solar,roof", true), ("author=*", true), ("author=A*", true), ("author=B*", false),
        ("format=md", true), ("format=.MD", true),
    ]) func conditionsAreReadAsPeopleWriteThem(_ expression: String, _ expected: Bool) throws {
        #expect(try FieldCondition(expression).holds(for: document) == expected)
    }

    @Test(arguments: [
        ("@ana", "ana", true), ("\"Ana", "ana", true), ("[[Ana]]", "ana", true),
        ("*Ana", "ana", true),
        ("C++", "C", false), ("[\"Ana\", Eva", "ana", true), ("@ana", "@ana", true),
    ]) func whatYAMLCouldNotReadIsFound(_ text: String, _ value: String, _ expected: Bool) throws {
        let document = Document(
            id: 1,
            root: "/base",
            path: "a.md",
            format: "markdown",
            language: .english,
            title: "A",
            date: nil,
            modified: 0,
            metadata: ["author": .string(text)],
            repairs: []
        )
        #expect(FieldCondition("author", .equal, value).holds(for: document) == expected)
    }

    @Test func aDateThatDoesNotExistIsRefusedInAField() throws {
        let filter = DocumentFilter(conditions: [try FieldCondition("date=2024-02-31")])
        #expect(throws: FilterError.self) { _ = try filter.compiled() }
    }

    @Test(arguments: [
        ("2024/leas.md", "lease.md"), ("not/**", "notes/2024/"), ("laese.md", "lease.md"),
    ]) func theNearestPathIsNamed(pattern: String, nearest: String) {
        let advice = FilterAdvice(documents: [document])
        #expect(advice.sentence(for: DocumentFilter(paths: [pattern])).contains(nearest))
    }

    @Test func listsInTextHaveTheirParts() throws {
        let document = Document(
            id: 1,
            root: "/base",
            path: "a.md",
            format: "markdown",
            language: .english,
            title: "A",
            date: nil,
            modified: 0,
            metadata: ["tags": .string("solar, Wind ,#roof"), "author": .string("José Peña")],
            repairs: []
        )
        for tag in ["solar", "wind", "roof"] {
            #expect(try FieldCondition("tags=\(tag)").holds(for: document))
        }
        #expect(try !FieldCondition("tags=sol").holds(for: document))
        #expect(try FieldCondition("author=jose pena").holds(for: document))
        #expect(try FieldCondition("author:pena").holds(for: document))
    }

    /// A file changed at ten in the evening of 30 June in New York.
    @Test func aFileBelongsToTheReadersDay() throws {
        let seconds = 1_719_799_200  // 2024-07-01T02:00:00Z
        let file = Document(
            id: 1,
            root: "/base",
            path: "evening.txt",
            format: "text",
            language: .english,
            title: "Evening",
            date: nil,
            modified: Int64(seconds) * 1_000_000_000,
            metadata: [:],
            repairs: []
        )
        let newYork = try #require(TimeZone(identifier: "America/New_York"))
        let tokyo = try #require(TimeZone(identifier: "Asia/Tokyo"))
        let june = DocumentFilter(until: "2024-06-30")
        #expect(try june.compiled(timeZone: newYork)(file))
        #expect(try !june.compiled(timeZone: tokyo)(file))
    }
}

@Suite struct PathPatternTests {
    private func document(_ path: String, root: String = "/srv/ana/notes") -> Document {
        Document(
            id: 1,
            root: root,
            path: path,
            format: "text",
            language: .english,
            title: "",
            date: nil,
            modified: 0,
            metadata: [:],
            repairs: []
        )
    }

    @Test(arguments: [
        ("notes/**", true), ("notes/2024/june.md", true), ("./notes/2024/june.md", true),
        ("notes/2024", true), ("notes/2024/", true), ("2024/june.md", true), ("june.md", true),
        ("*.md", true), ("/srv/ana/notes/2024/june.md", true), ("/srv/ana/**", true),
        ("../ana/notes/**", true), ("./2024/june.md", false), ("2023/**", false),
        ("/notes/**", false), ("une.md", false), ("note", false), ("./*", true),
    ]) func whatSearchPrintsIsTaken(_ pattern: String, _ expected: Bool) throws {
        let filter = DocumentFilter(paths: [pattern], folder: "/srv/ana")
        #expect(try filter.compiled()(document("2024/june.md")) == expected)
    }

    @Test(arguments: ["*résumé*", "re\u{301}sume\u{301}.txt", "résumé.txt", "./résumé.txt"])
    func composedAndDecomposedLettersAreTheSame(_ pattern: String) throws {
        let filter = DocumentFilter(paths: [pattern], folder: "/srv/ana/notes")
        #expect(try filter.compiled()(document("re\u{301}sume\u{301}.txt")))
        #expect(try filter.compiled()(document("résumé.txt")))
    }

    @Test(arguments: [
        "notes/2024/june.md:16-23", "notes/2024/june.md:4", "file:///srv/ana/notes/2024/june.md",
        "'notes/2024/june.md'",
    ]) func whatOtherPlacesShowIsTaken(_ pattern: String) throws {
        let filter = DocumentFilter(paths: [pattern], folder: "/srv/ana")
        #expect(try filter.compiled()(document("2024/june.md")))
        #expect(try !filter.compiled()(document("2024/july.md")))
    }

    @Test(arguments: [
        ("JUNE.MD", true), ("Notes/2024/June.md", true), ("*.{md,txt}", true),
        ("*.{pdf,txt}", false),
        ("notes/{2023,2024}/**", true), ("{notes,other}/2024/ju{ne,ly}.md", true),
        ("{2024/{june,july}.md,x}", true), ("NOTES/*/J*", true), ("{june.md}", false),
    ]) func capitalsDoNotCountAndBracesHaveParts(_ pattern: String, _ expected: Bool) throws {
        let filter = DocumentFilter(paths: [pattern], folder: "/srv/ana")
        #expect(try filter.compiled()(document("2024/june.md")) == expected)
    }

    @Test(arguments: ["notes/x [draft]/**", "x [draft]/*.md", "X [Draft]"])
    func aFoldersNameMayHaveBrackets(_ pattern: String) throws {
        let filter = DocumentFilter(paths: [pattern], folder: "/srv/ana")
        #expect(try filter.compiled()(document("x [draft]/plan.md")))
        #expect(try !filter.compiled()(document("x [final]/plan.txt")))
    }

    @Test func aNameWithBracesMatchesItself() throws {
        let filter = DocumentFilter(paths: ["{a,b}.md"], folder: "/srv/ana/notes")
        for name in ["{a,b}.md", "a.md", "B.md"] { #expect(try filter.compiled()(document(name))) }
        // What would be too many patterns is one.
        let many = String(repeating: "{a,b}", count: 40)
        #expect(Glob.alternatives(of: many) == [many])
        #expect(Glob.alternatives(of: "\\{a,b}") == ["\\{a,b}"])
    }

    @Test(arguments: ["[draft] plan.md", "a*b?.md", "x[1-2]"])
    func aNameWithSignsOfGlobsMatchesItself(_ name: String) throws {
        let filter = DocumentFilter(paths: [name], folder: "/srv/ana/notes")
        #expect(try filter.compiled()(document(name)))
        #expect(try filter.compiled()(document("sub/" + name)))
        #expect(try filter.compiled()(document("sub/other.md")) == false)
    }
}

@Suite struct DayRangeTests {
    /// Wednesday, 12 June 2024, noon in UTC.
    private let now = Date(timeIntervalSince1970: 1_718_193_600)

    @Test(arguments: [
        ("2024", "2024-01-01", "2024-12-31"), ("2024-6", "2024-06-01", "2024-06-30"),
        ("2024-06-01", "2024-06-01", "2024-06-01"), ("2024-6-1", "2024-06-01", "2024-06-01"),
        ("2024/6/1", "2024-06-01", "2024-06-01"), ("20240601", "2024-06-01", "2024-06-01"),
        ("1.6.2024", "2024-06-01", "2024-06-01"), ("15/06/2014", "2014-06-15", "2014-06-15"),
        ("6/15/2014", "2014-06-15", "2014-06-15"), ("06/2024", "2024-06-01", "2024-06-30"),
        ("2024-Q2", "2024-04-01", "2024-06-30"), ("Q1 2024", "2024-01-01", "2024-03-31"),
        ("2024-W01", "2024-01-01", "2024-01-07"), ("2021-W01", "2021-01-04", "2021-01-10"),
        ("junio 2024", "2024-06-01", "2024-06-30"), ("June 2024", "2024-06-01", "2024-06-30"),
        ("15 de junio de 2014", "2014-06-15", "2014-06-15"),
        ("June 15, 2014", "2014-06-15", "2014-06-15"),
        ("June 15th, 2014", "2014-06-15", "2014-06-15"),
        ("15 Jun 2014", "2014-06-15", "2014-06-15"), ("mayo", "2024-05-01", "2024-05-31"),
        ("a week ago", "2024-06-05", "2024-06-05"), ("hace un año", "2023-06-12", "2023-06-12"),
        ("hace dos semanas", "2024-05-29", "2024-05-29"),
        ("two days ago", "2024-06-10", "2024-06-10"),
        ("last Monday", "2024-06-10", "2024-06-10"), ("lunes pasado", "2024-06-10", "2024-06-10"),
        ("el miércoles", "2024-06-05", "2024-06-05"), ("Tuesday", "2024-06-11", "2024-06-11"),
        ("on Thursday", "2024-06-06", "2024-06-06"),
        ("August", "2023-08-01", "2023-08-31"), ("1 ago 2024", "2024-08-01", "2024-08-01"),
        ("2023-12-31T23:30:00-05:00", "2023-12-31", "2023-12-31"),
        ("2023-12-31 23:30", "2023-12-31", "2023-12-31"),
        ("today", "2024-06-12", "2024-06-12"), ("ayer", "2024-06-11", "2024-06-11"),
        ("last week", "2024-06-03", "2024-06-09"), ("esta semana", "2024-06-10", "2024-06-16"),
        ("la semana pasada", "2024-06-03", "2024-06-09"),
        ("last month", "2024-05-01", "2024-05-31"),
        ("el año pasado", "2023-01-01", "2023-12-31"), ("this year", "2024-01-01", "2024-12-31"),
        ("3 days ago", "2024-06-09", "2024-06-09"), ("hace 2 semanas", "2024-05-29", "2024-05-29"),
        ("7d", "2024-06-05", "2024-06-05"), ("1 month ago", "2024-05-12", "2024-05-12"),
        ("29.2.2024", "2024-02-29", "2024-02-29"),
        ("24 hours ago", "2024-06-11", "2024-06-11"), ("hace 24 horas", "2024-06-11", "2024-06-11"),
        ("last 24 hours", "2024-06-11", "2024-06-12"), ("past week", "2024-06-05", "2024-06-12"),
        ("last 10 days", "2024-06-02", "2024-06-12"),
        ("las últimas dos semanas", "2024-05-29", "2024-06-12"),
        ("ten days ago", "2024-06-02", "2024-06-02"),
        ("hace quince días", "2024-05-28", "2024-05-28"),
        ("a fortnight ago", "2024-05-29", "2024-05-29"),
        ("il y a 10 jours", "2024-06-02", "2024-06-02"),
        ("vor einem Monat", "2024-05-12", "2024-05-12"), ("avant-hier", "2024-06-10", "2024-06-10"),
        ("the day before yesterday", "2024-06-10", "2024-06-10"),
        ("aujourd'hui", "2024-06-12", "2024-06-12"), ("letzte Woche", "2024-06-03", "2024-06-09"),
        ("2024年6月", "2024-06-01", "2024-06-30"), ("1er juin 2024", "2024-06-01", "2024-06-01"),
        ("Juni 2024", "2024-06-01", "2024-06-30"), ("15 июня 2014", "2014-06-15", "2014-06-15"),
        ("the 1st of June 2024", "2024-06-01", "2024-06-01"),
        ("2024-166", "2024-06-14", "2024-06-14"),
        ("tomorrow", "2024-06-13", "2024-06-13"), ("mañana", "2024-06-13", "2024-06-13"),
        ("next week", "2024-06-17", "2024-06-23"), ("el mes que viene", "2024-07-01", "2024-07-31"),
        ("next year", "2025-01-01", "2025-12-31"), ("año 2023", "2023-01-01", "2023-12-31"),
        ("since 2024-06-01", "2024-06-01", "2024-06-01"), ("3Q 2023", "2023-07-01", "2023-09-30"),
        ("the year 2023", "2023-01-01", "2023-12-31"), ("1717243200", "2024-06-01", "2024-06-01"),
        ("the first of June 2024", "2024-06-01", "2024-06-01"),
        ("start of 2023", "2023-01-01", "2023-01-01"),
        ("a principios de junio de 2023", "2023-06-01", "2023-06-01"),
        ("the end of last year", "2023-12-31", "2023-12-31"),
        ("fin de febrero 2024", "2024-02-29", "2024-02-29"),
    ]) func daysAreReadAsPeopleWriteThem(text: String, first: String, last: String) throws {
        let utc = try #require(TimeZone(secondsFromGMT: 0))
        let range = try DayRange(text, now: now, timeZone: utc)
        #expect(range == DayRange(first: first, last: last))
    }

    @Test(arguments: ["yesterday", "last week", "mayo", "7d"])
    func aDocumentsDayIsNotReckonedFromToday(_ text: String) {
        #expect(throws: FilterError.self) { _ = try DayRange(written: text) }
    }

    @Test(arguments: [
        "15.6.2014 10:00", "Sun, 15 Jun 2014 10:00:00 +0200", "Sun Jun 15 10:00:00 2014",
        "2014-06-15 10:00:00 PM", "2014-06-15T10", "20140615T100000Z", "1402826400",
        "1402826400000",
        "domingo, 15 de junio de 2014", "15. Juni 2014", "le 15 juin 2014", "2014년 6월 15일",
        "2014-06-15 (updated)", "[[2014-06-15]]", "June 15, 2014 at 3:30 PM EST",
    ]) func whatProgramsWriteIsADay(_ text: String) throws {
        #expect(try DayRange(written: text).first == "2014-06-15")
    }

    @Test func daysFollowEachOther() throws {
        var day = try #require(CivilDay(1899, 12, 30))
        for _ in 0..<80_000 {
            let (year, month, number) = day.parts
            #expect(CivilDay(year, month, number) == day)
            day = CivilDay(number: day.number + 1)
        }
    }
}

@Suite struct FilterAdviceTests {
    private let advice = FilterAdvice(
        documents: [
            Document(
                id: 1,
                root: "/base",
                path: "notes/june.md",
                format: "markdown",
                language: .english,
                title: "June",
                date: "2024-06-01",
                modified: 0,
                metadata: ["author": .string("Beatriz")],
                repairs: []
            )
        ],
        timeZone: .gmt
    )

    @Test(arguments: [
        (DocumentFilter(paths: ["notes/jun.md"]), "notes/june.md"),
        (DocumentFilter(conditions: [FieldCondition("autor", .equal, "Beatris")]), "Beatriz"),
        (DocumentFilter(conditions: [FieldCondition("autohr", .equal, "x")]), "author"),
        (DocumentFilter(since: "2025"), "2024-06-01"),
        (DocumentFilter(conditions: [FieldCondition("language", .equal, "es")]), "en"),
    ]) func theNearestIsNamed(_ filter: DocumentFilter, _ nearest: String) {
        #expect(advice.sentence(for: filter).contains(nearest))
    }
}
