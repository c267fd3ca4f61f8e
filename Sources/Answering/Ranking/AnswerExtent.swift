internal import TextAnalysis

/// How far an answer reaches around the sentence that was found: a list with what announces it, a command with
/// its explanation, a row with the table's header, a sentence that leans on another with that one.
struct AnswerExtent {
    /// The answer, verbatim and in one piece.
    let citation: Citation
    /// The first row of the table that the answer is a row of.
    let header: Citation?

    /// Bytes of the longest answer that a list or a block makes.
    private static let longest = 1_200

    /// The unit at `range` of `passage` alone.
    init(citing range: Range<Int>, in passage: SourcePassage) {
        let quotation = String(decoding: Array(passage.text.utf8)[range], as: UTF8.self)
        self.init(
            citation: Citation(passageID: passage.id, quotation: quotation, range: range),
            header: nil
        )
    }

    private init(citation: Citation, header: Citation?) {
        self.citation = citation
        self.header = header
    }

    /// Finds what belongs to the unit at `range` of `passage`.
    ///
    /// - Complexity: O(length of the passage).
    init(of range: Range<Int>, in passage: SourcePassage, asked kind: Question.Kind) {
        let bytes = Array(passage.text.utf8)
        let pieces = CandidateUnit.all(in: passage, bytes)
        let units = pieces.map(\.range)
        func citation(_ range: Range<Int>) -> Citation {
            Citation(
                passageID: passage.id,
                quotation: String(decoding: bytes[range], as: UTF8.self),
                range: range
            )
        }
        guard let own = units.firstIndex(where: { $0.overlaps(range) }) else {
            self.init(citing: range, in: passage)
            return
        }
        var first = own
        var last = own
        let reader = UnitReader(bytes: bytes, units: units, kinds: pieces.map(\.kind))
        func fits(_ a: Int, _ b: Int) -> Bool {
            units[b].upperBound - units[a].lowerBound <= Self.longest
        }
        if reader.announces(own) {
            last = reader.endOfBlock(after: own)
            while !fits(first, last), last > own { last -= 1 }
        } else if reader.isItem(own), kind == .manner || reader.isNumbered(own) {
            // The steps are one answer, whole and in order.
            let list = reader.list(around: own)
            let start =
                list.lowerBound > 0 && reader.announces(list.lowerBound - 1)
                ? list.lowerBound - 1 : list.lowerBound
            if fits(start, list.upperBound - 1) {
                first = start
                last = list.upperBound - 1
            }
        } else if reader.isItem(own), own > 0 {
            let start = reader.list(around: own).lowerBound
            if start > 0, reader.announces(start - 1), fits(start - 1, own) { first = start - 1 }
        } else if reader.leans(own), own > 0, !reader.isHeading(own - 1), fits(own - 1, own) {
            first = own - 1
        } else if reader.isEntry(own), fits(own, own + 1) {
            last = own + 1
        }
        // The notes to the lines of a block, by their numbers.
        if reader.isCode(own), last + 1 < units.count, reader.isNumbered(last + 1) {
            let notes = reader.list(around: last + 1).upperBound - 1
            if fits(first, notes) { last = notes }
        }
        self.init(
            citation: citation(units[first].lowerBound..<units[last].upperBound),
            header: reader.tableHeader(of: own).map { citation(units[$0]) }
        )
    }
}

/// What the units of a text are to each other.
private struct UnitReader {
    let bytes: [UInt8]
    let units: [Range<Int>]
    let kinds: [CandidateUnit.Kind]

    func text(_ i: Int) -> String { String(decoding: bytes[units[i]], as: UTF8.self) }

    func isHeading(_ i: Int) -> Bool {
        !isCode(i) && bytes[units[i].lowerBound] == UInt8(ascii: "#")
    }

    func isItem(_ i: Int) -> Bool {
        let first = bytes[units[i].lowerBound]
        return kinds[i] == .sentence && startsItem(units[i], in: bytes)
            && first != UInt8(ascii: "#") && first != UInt8(ascii: "|")
    }

    func isNumbered(_ i: Int) -> Bool { isItem(i) && isDigit(bytes[units[i].lowerBound]) }

    func announces(_ i: Int) -> Bool { bytes[units[i].upperBound - 1] == UInt8(ascii: ":") }

    func isCode(_ i: Int) -> Bool { kinds[i] == .code }

    /// The items in a row around the one at `i`.
    func list(around i: Int) -> Range<Int> {
        var first = i
        var last = i
        while first > 0, isItem(first - 1) { first -= 1 }
        while last + 1 < units.count, isItem(last + 1) { last += 1 }
        return first..<last + 1
    }

    /// The last unit of what the one at `i` announces: a list, a block, or the sentence after it.
    func endOfBlock(after i: Int) -> Int {
        guard i + 1 < units.count, !isHeading(i + 1) else { return i }
        return isItem(i + 1) ? list(around: i + 1).upperBound - 1 : i + 1
    }

    /// Whether a few words name what the next sentence of their paragraph says.
    ///
    /// `E-047, isolation fault. A conductor touches earth.`
    func isEntry(_ i: Int) -> Bool {
        guard i + 1 < units.count, kinds[i] == .sentence, kinds[i + 1] == .sentence,
            !isHeading(i), !isItem(i + 1), !isHeading(i + 1)
        else { return false }
        let between = bytes[units[i].upperBound..<units[i + 1].lowerBound]
        return between.count { $0 == 0x0A } < 2 && words(in: text(i)).count { !$0.isPart } <= 6
    }

    /// Whether a sentence begins with a word that stands for something said before.
    func leans(_ i: Int) -> Bool {
        let words = words(in: text(i)).prefix(2).map(\.folded)
        return words.contains(where: Self.leaning.contains)
    }

    /// The first row of the table that the unit at `i` is another row of.
    func tableHeader(of i: Int) -> Int? {
        guard kinds[i] == .row else { return nil }
        var first = i
        while first > 0, kinds[first - 1] == .row { first -= 1 }
        return first == i ? nil : first
    }

    private static let leaning: Set<String> = [
        "it", "this", "these", "they", "those", "he", "she", "esto", "eso", "estos", "estas",
        "ello",
        "esta", "este", "dicho", "dicha",
    ]
}
