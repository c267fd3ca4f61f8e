/// Finds what is printed on page after page alike: running heads, and page numbers.
///
/// Such a line stands at the edge of its page, at the same height as on others, with the same words.
/// Numbers in it may differ only as those of pages do: one number, that goes up by one a page. A row of
/// a table that happens to stand at the edge has other numbers, and stays.
struct PDFRunningLines {
    /// The places of such lines: page and line, counted through the page's blocks.
    private(set) var places: Set<Place> = []
    /// The first of each group whose words are worth reading once.
    private(set) var kept: Set<Place> = []

    struct Place: Hashable {
        let page: Int
        let line: Int
    }

    private struct Candidate {
        let place: Place
        let numbers: [Int]
        let top: Double
        let hasWords: Bool
    }

    /// Looks through the pages of a document.
    ///
    /// - Complexity: O(lines).
    init(_ pages: [PDFLayout.Page]) {
        guard pages.count > 1 else { return }
        var groups: [String: [Candidate]] = [:]
        for (number, page) in pages.enumerated() {
            let lines = page.blocks.flatMap(\.lines)
            for index in Self.edges(of: lines) {
                let text = lines[index].text
                guard text.utf8.count < 200 else { continue }
                let (shape, numbers) = Self.taken(apart: text)
                groups[shape, default: []].append(
                    Candidate(
                        place: Place(page: number, line: index),
                        numbers: numbers,
                        top: page.height > 0 ? lines[index].box.top / page.height : 0,
                        hasWords: text.count(where: \.isLetter) > 3
                    )
                )
            }
        }
        for group in groups.values { add(group, pageCount: pages.count) }
    }

    private mutating func add(_ group: [Candidate], pageCount: Int) {
        var run: [Candidate] = []
        func close(_ run: [Candidate], _ places: inout Set<Place>, _ kept: inout Set<Place>) {
            guard run.count > 2 || (run.count == 2 && pageCount == 2 && run[0].hasWords) else {
                return
            }
            places.formUnion(run.map(\.place))
            // Page numbers are not worth reading, what stands above every page is, once.
            if let first = run.first, first.hasWords,
                run.allSatisfy({ $0.numbers == first.numbers })
            {
                kept.insert(first.place)
            }
        }
        for candidate in group.sorted(by: {
            ($0.place.page, $0.place.line) < ($1.place.page, $1.place.line)
        }) {
            if let last = run.last, follows(candidate, last) {
                run.append(candidate)
            } else if run.last?.place.page != candidate.place.page || run.isEmpty {
                close(run, &places, &kept)
                run = [candidate]
            }
        }
        close(run, &places, &kept)
    }

    /// Whether a line is the running line of a later page: of the next ones, as the name of a chapter
    /// stands on its pages only, or on every second of them.
    private func follows(_ candidate: Candidate, _ last: Candidate) -> Bool {
        let distance = candidate.place.page - last.place.page
        guard (1...2).contains(distance), abs(candidate.top - last.top) < 0.04,
            candidate.numbers.count == last.numbers.count
        else { return false }
        let changed = zip(candidate.numbers, last.numbers).filter { $0 != $1 }
        if changed.isEmpty { return true }
        return changed.count == 1 && changed[0].0 - changed[0].1 == distance
    }

    /// The lines at the top and at the bottom that may be headers and footers: of a slide with a few
    /// lines only the outermost.
    private static func edges(of lines: [PDFLayout.Line]) -> [Int] {
        let depth = lines.count < 12 ? 1 : 3
        let order = lines.indices.sorted { lines[$0].box.top < lines[$1].box.top }
        return Array(Set(order.prefix(depth) + order.suffix(depth)))
    }

    /// A line without its numbers, and the numbers.
    private static func taken(apart text: String) -> (shape: String, numbers: [Int]) {
        var shape = ""
        var numbers: [Int] = []
        var digits = ""
        for character in text + " " {
            if character.isASCII, character.isNumber {
                if digits.isEmpty { shape.append("#") }
                digits.append(character)
            } else {
                if !digits.isEmpty { numbers.append(Int(digits.suffix(9)) ?? 0) }
                digits = ""
                if !character.isWhitespace { shape.append(character) }
            }
        }
        return (shape, numbers)
    }
}
