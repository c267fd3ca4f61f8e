internal import ArgumentParser
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

enum SearchFormat: String, CaseIterable, ExpressibleByArgument {
    case text, json, jsonl, csv, md, files
}

/// Prints what a search found.
struct SearchPrinter {
    let format: SearchFormat
    var explain = false

    func print(_ results: SearchResults) throws {
        for note in results.notes where !isShown(note) {
            Terminal.say("\(told: note.description)")
        }
        switch format {
        case .text: printText(results)
        case .json: Terminal.print(try JSON.text(results))
        case .jsonl:
            for hit in results.hits { Terminal.print(try JSON.text(hit, pretty: false)) }
        case .csv: printCSV(results)
        case .md: printMarkdown(results)
        case .files:
            var seen: Set<String> = []
            for hit in results.hits where seen.insert(hit.path).inserted {
                Terminal.print(Terminal.quoted(hit.path))
            }
        }
    }

    /// Whether a line between the hits says what `note` says.
    private func isShown(_ note: SearchNote) -> Bool {
        guard case .far(let rank) = note, rank > 1 else { return false }
        return format == .text || format == .md
    }

    private func printText(_ results: SearchResults) {
        if results.hits.isEmpty {
            Terminal.say(
                "Nothing found for “\(Terminal.harmless(String(results.query.prefix(80))))”."
            )
            return
        }
        let width = min(Terminal.width, 100)
        // Written at once: each write is a call to the system, and a search is over in milliseconds.
        var lines: [String] = []
        let nearCount = results.nearCount
        for (index, hit) in results.hits.enumerated() {
            if index == nearCount {
                lines.append(Terminal.styled(localized("— not near the query —"), .dim))
            }
            let place = Terminal.linked(
                Terminal.styled(Terminal.path(hit.path), .path)
                    + Terminal.styled(hit.location.suffix, .dim),
                to: hit.path,
                line: hit.location.lines?.lowerBound
            )
            let number = Terminal.styled("#\(hit.id)", .bold)
            lines.append("\(number)  \(place)  \(Terminal.styled(score(hit.score), .dim))")
            // What is not near is folded to its place.
            if index >= nearCount { continue }
            let trail = trail(of: hit)
            if !trail.isEmpty {
                lines.append(Terminal.wrapped(trail, width: width, indent: "    "))
            }
            let snippet = hit.snippet.segments.map { segment in
                let text = Terminal.harmless(segment.text)
                return segment.isMatch ? Terminal.styled(text, .match) : text
            }.joined()
            lines.append(Terminal.wrapped(snippet, width: width, indent: "    "))
            if let more = Self.more(hit) {
                lines.append("    " + Terminal.styled(more, .dim))
            }
            if let why = hit.explanation { lines.append(line(for: why)) }
            lines.append("")
        }
        Pager.print(lines.joined(separator: "\n"))
        if explain {
            let stages = results.timings.stages.map {
                "\($0.name) \(Format.fixed($0.milliseconds, 1))"
            }
            let exact = results.exact ? [localized("exact")] : []
            Terminal.say("ms: \((stages + exact).joined(separator: " · "))")
        }
    }

    /// `and 2 more that say nearly the same: #12, #45`.
    private static func more(_ hit: SearchHit) -> String? {
        guard !hit.duplicates.isEmpty else { return nil }
        let names = hit.duplicates.prefix(5).map { "#\($0)" }.joined(separator: ", ")
        let rest = hit.duplicates.count > 5 ? ", …" : ""
        let count = hit.duplicates.count
        return localized(
            "and \(count: count) more that \(word: count, "says", "say") nearly the same: "
                + "\(names)\(rest)"
        )
    }

    private func line(for why: Explanation) -> String {
        func side(_ name: String, _ rank: Int?, _ score: Double?, _ share: Double) -> String {
            guard let rank, let score else { return "\(name) –" }
            return localized(
                "\(name) rank \(rank), score \(fixed: score, 3), share \(fixed: share, 3)"
            )
        }
        let words = localized("words:")
        let meaning = localized("meaning:")
        let text =
            side(words, why.keywordRank, why.keywordScore, why.keywordShare) + "  ·  "
            + side(meaning, why.vectorRank, why.vectorScore, why.vectorShare)
            + (why.rerankScore.map { localized("  ·  second look: score \(fixed: $0, 3)") } ?? "")
        return "    " + Terminal.styled(text, .dim)
    }

    /// Title and headings, without what repeats itself.
    private func trail(of hit: SearchHit) -> String {
        let trail = hit.location.trail.joined(separator: " › ")
        return Terminal.styled(Terminal.harmless(trail), .bold)
    }

    private func score(_ value: Double) -> String { localized("\(fixed: value, 3)") }

    private func printCSV(_ results: SearchResults) {
        Terminal.print("rank,id,score,path,first_line,last_line,title,snippet")
        for hit in results.hits {
            let fields = [
                String(hit.rank), hit.id.description, String(hit.score),
                Terminal.quoted(hit.path),
                String(hit.passage.lines.lowerBound), String(hit.passage.lines.upperBound),
                csvText(hit.location.title), csvText(hit.snippet.text),
            ]
            Terminal.print(fields.map(csvField).joined(separator: ","))
        }
    }

    /// A document's text for a table: without what a terminal obeys, and no formula for a spreadsheet,
    /// which takes a field for one by its first character.
    private func csvText(_ text: String) -> String {
        let text = Terminal.harmless(text)
        let start = text.first { !$0.isWhitespace }
        return start.map { "=+-@\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".contains($0) } == true
            ? "'" + text : text
    }

    private func csvField(_ text: String) -> String {
        guard text.utf8.contains(where: { "\",\n\r".utf8.contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }

    private func printMarkdown(_ results: SearchResults) {
        for (index, hit) in results.hits.enumerated() {
            if index == results.nearCount {
                let heading = localized("Not near the query:")
                Terminal.print("*\(heading)*\n")
            }
            let title =
                hit.location.title.isEmpty
                ? hit.passage.document.fileName : hit.location.title
            let place = Markdown.code(Terminal.quoted(hit.path) + hit.location.suffix)
            Terminal.print("\(hit.rank). **\(Markdown.text(title))** — \(place)  ")
            let snippet = hit.snippet.segments.map { segment in
                let text = Markdown.text(segment.text)
                return segment.isMatch ? "**\(text)**" : text
            }.joined()
            Terminal.print("   > \(Markdown.withoutBlock(snippet))\n")
            if let more = Self.more(hit) { Terminal.print("   \(more)\n") }
        }
    }
}
