/// Words in a row, as a person puts them in quotes, found in text however their parts are joined.
///
/// `"javascript engine"` stands in “JavaScript engine” and in “javascript-engine”, `"e-mail"` in “e
/// mail” and in “email”. Query and text are the same kind of graph: its nodes are the places where
/// a word or a part of one begins, its edges the words (whole, in parts, joined) that lead from one
/// place to the next. The sequence stands in the text if some way through it, from its beginning to
/// its end, is a way through the text.
package struct WordSequence: Hashable, Sendable {
    /// The text that was put in quotes.
    package let text: String
    private let graph: WordGraph

    /// The words of `text`; nil if it has none.
    package init?(_ text: String) {
        graph = WordGraph(text)
        guard graph.count > 0 else { return nil }
        self.text = text
    }

    /// Whether the words stand in `text` in this order, with nothing between them that is a word.
    ///
    /// - Complexity: O(length) for nearly every text.
    package func stands(in text: String) -> Bool {
        let other = WordGraph(text)
        return (0..<other.count).contains { start in
            var tried: Set<Int> = []
            return reachesEnd(from: 0, in: other, at: start, tried: &tried)
        }
    }

    private func reachesEnd(
        from node: Int,
        in other: WordGraph,
        at place: Int,
        tried: inout Set<Int>
    ) -> Bool {
        if node == graph.count { return true }
        guard place < other.count, tried.insert(node * (other.count + 1) + place).inserted else {
            return false
        }
        for edge in graph.edges[node] {
            for step in other.edges[place] where step.word == edge.word {
                let isWay = reachesEnd(from: edge.end, in: other, at: step.end, tried: &tried)
                if isWay { return true }
            }
        }
        return false
    }

    /// Ways to say the sequence as terms of an index, each term with those of a script without spaces
    /// as pairs of characters; a text with the words has all terms of one way near each other.
    ///
    /// - Returns: at most eight ways, the one with whole words first. Each holds groups of terms that
    ///   stand side by side.
    package var ways: [[[String]]] {
        var ways: [[[String]]] = [[]]
        for group in graph.groups {
            let choices = ways.count * group.count <= 8 ? group : Array(group.prefix(1))
            ways = ways.flatMap { way in choices.map { way + $0 } }
        }
        return ways
    }
}

/// The words of a text as a graph; see `WordSequence`.
private struct WordGraph: Hashable, Sendable {
    struct Edge: Hashable, Sendable {
        let word: String
        let end: Int
    }

    /// The words that begin at each place.
    private(set) var edges: [[Edge]] = []
    /// For each stretch that no word leads across: the ways through it, as terms of the index.
    private(set) var groups: [[[[String]]]] = []

    var count: Int { edges.count }

    init(_ text: String) {
        let normalized = NormalizedText(Array(text.utf8), tracksOrigins: false).bytes
        var found: [(range: Range<Int>, word: String, isDense: Bool)] = []
        WordScanner(normalized).scan { range, kind in
            guard CharacterClass.of(normalized, at: range.lowerBound).class != .dense else {
                // Pairs overlap: each character is a word here.
                let start = range.lowerBound
                let end = start + CharacterClass.of(normalized, at: start).length
                let word = Folding.folded(normalized[range.lowerBound..<end])
                if !word.isEmpty { found.append((range.lowerBound..<end, word, true)) }
                return
            }
            let word = Folding.folded(kind.form.bytes(of: normalized[range]))
            if !word.isEmpty { found.append((range, word, false)) }
        }
        let starts = Set(found.map(\.range.lowerBound)).sorted()
        var places: [Int: Int] = [:]
        for (place, start) in starts.enumerated() { places[start] = place }
        edges = Array(repeating: [], count: starts.count)
        var isDense = Array(repeating: false, count: starts.count)
        for (range, word, dense) in found {
            guard let place = places[range.lowerBound] else { continue }
            var next = place + 1
            while next < starts.count, starts[next] < range.upperBound { next += 1 }
            let edge = Edge(word: word, end: next)
            if !edges[place].contains(edge) { edges[place].append(edge) }
            isDense[place] = isDense[place] || dense
        }
        groups = Self.groups(edges, isDense: isDense, normalized, starts)
    }

    /// Cuts the places where no edge leads across, runs of dense script together.
    private static func groups(
        _ edges: [[Edge]],
        isDense: [Bool],
        _ bytes: [UInt8],
        _ starts: [Int]
    ) -> [[[[String]]]] {
        var groups: [[[[String]]]] = []
        var start = 0
        while start < edges.count {
            var end = start + 1
            if isDense[start] {
                while end < edges.count, isDense[end], touches(end, bytes, starts) { end += 1 }
                let characters = (start..<end).map { edges[$0].first?.word ?? "" }
                let pairs = zip(characters, characters.dropFirst()).map { $0 + $1 }
                groups.append([[pairs.isEmpty ? characters : pairs]])
            } else {
                var place = start
                while place < end {
                    end = max(end, edges[place].map(\.end).max() ?? end)
                    place += 1
                }
                var ways = edges[start].filter { $0.end == end }.map { [[$0.word]] }
                // The smallest parts, one after the other.
                var parts: [[String]] = []
                place = start
                while place < end, let part = edges[place].min(by: { $0.end < $1.end }) {
                    parts.append([part.word])
                    place = part.end
                }
                if parts.count > 1 { ways.append(parts) }
                groups.append(ways.isEmpty ? [parts] : ways)
            }
            start = end
        }
        return groups
    }

    /// Whether the character before a place belongs to the same run.
    private static func touches(_ place: Int, _ bytes: [UInt8], _ starts: [Int]) -> Bool {
        let before = starts[place - 1]
        return before + CharacterClass.of(bytes, at: before).length == starts[place]
    }
}
