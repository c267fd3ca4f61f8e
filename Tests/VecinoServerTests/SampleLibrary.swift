@testable import VecinoServer

/// A library of four passages, which the tests and the page's pictures share.
struct SampleLibrary: LibraryService {
    static let places = [
        Place(
            passage: 17,
            path: "manual/tejado-solar.md",
            title: "El tejado solar",
            headings: ["El tejado solar", "Limpieza de las placas"],
            lines: 12...27
        ),
        Place(
            passage: 18,
            path: "manual/tejado-solar.md",
            title: "El tejado solar",
            headings: ["El tejado solar", "Reparto de la energía"],
            lines: 28...41
        ),
        Place(
            passage: 42,
            path: "handbook/workshop.html",
            title: "The workshop",
            headings: ["Opening hours", "Keys"]
        ),
        Place(passage: 51, path: "minutes/2021-03.txt", title: "", lines: 3...3),
    ]

    static let texts = [
        "Las placas se limpian dos veces al año, en marzo y en octubre, con agua y sin detergente. "
            + "Lo hace el grupo de mantenimiento; quien suba al tejado lleva arnés.",
        "Los excedentes de las placas se reparten entre los socios según su cuota.",
        "The workshop is open on Tuesdays and Fridays. Keys hang in the library, behind the desk; "
            + "the panels on the roof power the lathe.",
        "Acta: se aprueba comprar 24 placas <nuevas> & un inversor.",
    ]

    func search(_ request: SearchRequest) async throws -> SearchReply {
        switch request.query {
        case "broken": throw Broken()
        case "forever":
            try await Task.sleep(for: .seconds(60))
        case "offline": throw ServiceError.unavailable("The provider does not answer: try again.")
        default: break
        }
        let words = Set(request.query.lowercased().split(separator: " ").map(String.init))
        var hits: [SearchHit] = []
        for (place, text) in zip(Self.places, Self.texts) {
            let snippet = Self.snippet(of: text, words)
            guard snippet.contains(where: \.match) else { continue }
            hits.append(
                SearchHit(place: place, score: 1 / Double(hits.count + 1), snippet: snippet)
            )
        }
        return SearchReply(
            hits: Array(hits.prefix(request.limit ?? 10)),
            mode: request.mode ?? .hybrid,
            milliseconds: 8.25,
            notes: request.path.map { ["Only \($0)."] } ?? []
        )
    }

    /// Cuts a text at the words that were looked for.
    private static func snippet(of text: String, _ words: Set<String>) -> [SnippetPiece] {
        var pieces: [SnippetPiece] = []
        for (place, word) in text.split(separator: " ").enumerated() {
            let isMatch = words.contains(word.lowercased())
            if place > 0 { pieces.append(SnippetPiece(" ")) }
            pieces.append(SnippetPiece(String(word), match: isMatch))
        }
        return pieces.reduce(into: []) { joined, piece in
            if let last = joined.last, !last.match, !piece.match {
                joined[joined.count - 1].text += piece.text
            } else {
                joined.append(piece)
            }
        }
    }

    func answer(_ request: AskRequest) async throws -> AnswerReply {
        guard request.question.contains("placas") else {
            return AnswerReply(
                answered: false,
                reason: "No passage speaks of this.",
                claims: [],
                sources: [Self.places[2]],
                model: "extractive",
                milliseconds: 12
            )
        }
        return AnswerReply(
            answered: true,
            claims: [
                AnswerClaim(
                    text: "Las placas se limpian en marzo y en octubre, solo con agua.",
                    quotations: [
                        Quotation(
                            source: 1,
                            text: "Las placas se limpian dos veces al año, en marzo y en octubre, "
                                + "con agua y sin detergente."
                        )
                    ]
                ),
                AnswerClaim(
                    text: "Lo hace el grupo de mantenimiento, con arnés.",
                    quotations: [
                        Quotation(source: 1, text: "quien suba al tejado lleva arnés")
                    ]
                ),
                AnswerClaim(
                    text: "La energía que sobra es de los socios, según su cuota.",
                    quotations: [Quotation(source: 2, text: "según su cuota")]
                ),
            ],
            sources: Array(Self.places.prefix(2)),
            model: "extractive",
            milliseconds: 1_234,
            notes: ["One quotation was not in the documents and was left out."]
        )
    }

    func passage(_ request: PassageRequest) async throws -> PassageReply {
        guard let index = Self.places.firstIndex(where: { $0.passage == request.id }) else {
            throw ServiceError.notFound("There is no passage \(request.id).")
        }
        return PassageReply(
            place: Self.places[index],
            text: Self.texts[index],
            previous: index == 1 ? 17 : nil,
            next: index == 0 ? 18 : nil
        )
    }

    func status() async throws -> StatusReply {
        StatusReply(
            library: ".vecino/library.db",
            documents: 42,
            passages: 1_310,
            model: "multilingual-e5-small",
            updated: "2021-03-04T05:06:07Z",
            version: "1.2.3",
            notes: ["1 file was skipped: logo.png (binary)."]
        )
    }

    /// A failure that no server foresees.
    struct Broken: Error, CustomStringConvertible {
        var description: String { "The index is damaged: run `vecino doctor --fix`." }
    }
}
