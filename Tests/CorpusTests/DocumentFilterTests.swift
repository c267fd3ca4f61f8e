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

    @Test func aDateThatIsNoneIsRefused() {
        #expect(throws: FilterError.self) {
            _ = try DocumentFilter(since: "yesterday").compiled()
        }
    }
}
