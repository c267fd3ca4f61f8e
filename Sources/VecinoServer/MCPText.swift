internal import Foundation

/// Replies as text that a language model reads well and that wastes few tokens.
enum MCPText {
    static func search(_ reply: SearchReply) -> String {
        var lines = reply.hits.enumerated().map { rank, hit in
            let snippet = hit.snippet.map(\.text).joined()
            let more = hit.duplicates.map { duplicates in
                let names = duplicates.prefix(5).map(String.init).joined(separator: ", ")
                return "\n   (Nearly the same, \(duplicates.count) more: passages \(names))"
            }
            return "\(rank + 1). \(heading(hit.place))\n\(indented(snippet))\(more ?? "")"
        }
        if lines.isEmpty { lines = ["Nothing was found."] }
        return (lines + notes(reply.notes)).joined(separator: "\n\n")
    }

    static func answer(_ reply: AnswerReply) -> String {
        var parts: [String] = []
        if reply.answered {
            parts.append(
                reply.claims.map { claim in
                    let marks = Set(claim.quotations.map(\.source)).sorted().map { "[\($0)]" }
                    return ([claim.text] + marks).joined(separator: " ")
                }.joined(separator: "\n")
            )
        } else {
            parts.append(reply.reason ?? "The documents do not answer this.")
        }
        let sources = reply.sources.enumerated().map { number, place in
            let quotations = reply.claims.flatMap(\.quotations).filter { $0.source == number + 1 }
            return
                (["[\(number + 1)] \(heading(place))"]
                + quotations.map { indented("“\($0.text)”") }).joined(separator: "\n")
        }
        if !sources.isEmpty {
            let title = reply.answered ? "Checked quotations:" : "Nearest passages:"
            parts.append(([title] + sources).joined(separator: "\n"))
        }
        return (parts + notes(reply.notes)).joined(separator: "\n\n")
    }

    static func passage(_ reply: PassageReply) -> String {
        var neighbours: [String] = []
        if let previous = reply.previous { neighbours.append("before: passage \(previous)") }
        if let next = reply.next { neighbours.append("after: passage \(next)") }
        let last = neighbours.isEmpty ? [] : ["(\(neighbours.joined(separator: ", ")))"]
        return ([heading(reply.place), reply.text] + last).joined(separator: "\n\n")
    }

    static func status(_ reply: StatusReply) -> String {
        let updated = reply.updated.map { ", updated \($0)" } ?? ""
        return
            ([
                "\(reply.library): \(reply.documents) documents, \(reply.passages) passages\(updated)."
                    + " Embeddings: \(reply.model). Vecino \(reply.version)."
            ] + notes(reply.notes))
            .joined(separator: "\n\n")
    }

    /// `guide/roof.md:12-20 (passage 17) Roof > Panels`.
    private static func heading(_ place: Place) -> String {
        let trail = place.headings.isEmpty ? [place.title] : place.headings
        let words = trail.filter { !$0.isEmpty }.joined(separator: " > ")
        let start = "\(place.reference) (passage \(place.passage))"
        return words.isEmpty ? start : "\(start) \(words)"
    }

    private static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: true)
            .map { "   \($0)" }.joined(separator: "\n")
    }

    private static func notes(_ notes: [String]) -> [String] {
        notes.isEmpty ? [] : [notes.map { "Note: \($0)" }.joined(separator: "\n")]
    }
}
