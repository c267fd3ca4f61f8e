package import Corpus
internal import TextAnalysis
internal import Vecino

extension Operation {
    package static let read = Operation(
        "read",
        title: "Read a document",
        description: "Returns a document's text in passages, with its headings as an outline: all "
            + "of it page by page, or the passages that touch some lines.",
        parameters: [
            .required(
                "document",
                .text,
                "The document's number, its path, or the end of its path."
            ),
            Parameter("lines", .text, "Only passages that touch these lines: 12 or 12-40."),
            Parameter(
                "position",
                .integer(0...1_000_000_000),
                "Begins with the passage at this position, from 0."
            ),
            Parameter("limit", short: "n", .integer(RequestLimits.results), "Passages (20)."),
            Cursor.parameter,
        ],
        route: "documents/{document}",
        isStable: true,
        result: ResultSchema.document
    ) { served, given, _ in
        let generation = try await served.library.generation()
        let cursor = try Cursor.offset(of: given, generation: generation)
        let start = max(cursor, given.integer("position") ?? 0)
        let all = try await passages(of: given.text("document") ?? "", served: served)
        var chosen = all[...]
        if let lines = try given.text("lines").map(LineRange.init) {
            chosen = all.filter { $0.lines.overlaps(lines.range) }[...]
        }
        let limit = given.integer("limit") ?? 20
        let text = DocumentText(
            all: all,
            passages: Array(chosen.dropFirst(start).prefix(limit)),
            isBeginning: cursor == 0,
            next: chosen.count > start + limit
                ? Cursor(offset: start + limit, generation: generation) : nil
        )
        return try Reply(text, text: text.words)
    }

    static let marks = Operation(
        "marks",
        title: "Find a quotation on a page",
        description: "Returns where a passage's text, or a quotation from it, stands on a page "
            + "of a PDF, in points from the upper left corner.",
        parameters: [
            .required("passage", .integer(0...Int64.max), "The passage's id."),
            .required("page", .integer(1...100_000), "The page, from 1."),
            Parameter("quotation", .text, "The words to mark; without them the whole passage."),
        ],
        route: "passages/{passage}/marks/{page}",
        isStable: true,
        result: ResultSchema.marks
    ) { served, given, _ in
        let id = PassageID(rawValue: Int64(given.integer("passage") ?? 0))
        guard let found = try await served.library.passageInContext(id)?.passage else {
            throw ServiceError.notFound("There is no passage \(id).")
        }
        let page = given.integer("page") ?? 1
        let words = try await served.pages.words(on: page, of: OriginalFile(found.document))
        let marks = words.marks(of: given.text("quotation") ?? found.text)
        return try Reply(marks, text: "\(marks.boxes.count) places on page \(page).")
    }

    package static let list = Operation(
        "list",
        title: "List the documents",
        description: "Lists the documents of the library with title, format, language and date.",
        parameters: filters + [
            Parameter("limit", short: "n", .integer(RequestLimits.listed), "Documents (all)."),
            Cursor.parameter,
        ],
        route: "documents",
        isStable: true,
        result: ResultSchema.documents
    ) { served, given, _ in
        let generation = try await served.library.generation()
        let start = try Cursor.offset(of: given, generation: generation)
        let all = try await served.library.documents(try filter(given))
        let limit = given.integer("limit") ?? all.count
        let page = Array(all.dropFirst(start).prefix(limit))
        var value = try JSONValue(encoding: ["documents": page])
        var text = ReplyText.documents(page)
        if all.count > start + limit {
            let next = Cursor(offset: start + limit, generation: generation).text
            value = value.adding(["nextCursor": .string(next)])
            text += "\n(\(all.count - start - limit) more: cursor \(next))"
        }
        return Reply(value: value, text: text)
    }

    /// The passages of a document that a number, a path or the end of one names.
    package static func passages(
        of reference: String,
        served: ServedLibrary
    ) async throws -> [Passage] {
        guard let number = Int64(reference) else {
            return try await served.library.passages(named: reference)
        }
        let passages = try await served.library.passages(of: DocumentID(rawValue: number))
        guard !passages.isEmpty else {
            throw ServiceError.notFound("There is no document \(number) that has text.")
        }
        return passages
    }
}

/// Lines that a caller asks for: `12` or `12-40`.
struct LineRange {
    let range: ClosedRange<Int>

    /// Reads a range.
    ///
    /// - Throws: `ServiceError.invalid`.
    init(_ text: String) throws(ServiceError) {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
            1 <= first, first <= last
        else { throw .invalid("“lines” must be a line or a range of lines: 12 or 12-40.") }
        range = first...last
    }
}

/// A stretch of a document.
private struct DocumentText: Encodable {
    /// Every passage of the document; at least one.
    let all: [Passage]
    let passages: [Passage]
    /// Whether no cursor led here: then the outline is told.
    let isBeginning: Bool
    let next: Cursor?

    private struct Heading: Encodable {
        let heading: String
        let level: Int
        let passage: PassageID
    }

    private enum CodingKeys: String, CodingKey {
        case id, path, title, format, language, date, passages, passageCount, pageCount, outline
        case nextCursor
    }

    func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        if let document = all.first?.document {
            try values.encode(document.id, forKey: .id)
            try values.encode(document.absolutePath, forKey: .path)
            try values.encode(document.title, forKey: .title)
            try values.encode(document.format, forKey: .format)
            try values.encode(document.language.rawValue, forKey: .language)
            try values.encodeIfPresent(document.date, forKey: .date)
        }
        try values.encode(all.count, forKey: .passageCount)
        try values.encodeIfPresent(all.compactMap(\.pages?.upperBound).max(), forKey: .pageCount)
        try values.encode(passages, forKey: .passages)
        try values.encodeIfPresent(next?.text, forKey: .nextCursor)
        if isBeginning { try values.encode(outline, forKey: .outline) }
    }

    /// The headings, each with the first passage below it.
    private var outline: [Heading] {
        var outline: [Heading] = []
        var above: [String] = []
        for passage in all {
            let shared = zip(above, passage.headings).prefix { $0 == $1 }.count
            for level in passage.headings.indices.dropFirst(shared)
            where !passage.headings[level].isEmpty {
                outline.append(
                    Heading(
                        heading: passage.headings[level],
                        level: level + 1,
                        passage: passage.id
                    )
                )
            }
            above = passage.headings
        }
        return outline
    }

    /// The stretch as a model reads it.
    var words: String {
        let document = all.first?.document
        var lines = document.map { ["\($0.absolutePath): \($0.title)"] } ?? []
        for passage in passages {
            let trail = passage.headings.filter { !$0.isEmpty }.joined(separator: " > ")
            let rows = "\(passage.lines.lowerBound)-\(passage.lines.upperBound)"
            let place = "[passage \(passage.id), lines \(rows)]"
            lines.append(([place, trail].filter { !$0.isEmpty }).joined(separator: " "))
            lines.append(passage.text)
        }
        if passages.isEmpty { lines.append("There is no text there.") }
        if let next { lines.append("(The document goes on: cursor \(next.text))") }
        return lines.joined(separator: "\n\n")
    }
}
