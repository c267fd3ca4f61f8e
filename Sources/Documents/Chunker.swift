package import Corpus
internal import TextAnalysis

/// Cuts documents into chunks: at headings, then between blocks, then between sentences.
///
/// A code block, a row of a table or a sentence is cut only if it is over the limit by itself: code
/// between lines, then anything between words, and what has no spaces between characters. Chunks
/// do not overlap, but for the header of a table, which every passage of it begins with. Blocks under one heading are spread evenly, so that no tiny piece is left over.
package struct Chunker: Sendable {
    /// The most tokens that a chunk has.
    package let maximumTokens: Int

    private let count: @Sendable (String) -> Int

    /// A chunker.
    ///
    /// - Parameters:
    ///   - maximumTokens: The most tokens of a chunk.
    ///   - tokenCount: Counts the tokens of a text. Called once per block, and once per sentence
    ///     or line of blocks over the limit. The count of a whole must be no more than one above
    ///     the sum of its parts, and a character must fit in a chunk.
    package init(maximumTokens: Int = 350, tokenCount: @escaping @Sendable (String) -> Int) {
        self.maximumTokens = max(maximumTokens, 1)
        count = tokenCount
    }

    /// The chunks of a document, in order; together they hold all of its text.
    ///
    /// Headings are in the chunks' heading paths; a heading with nothing below it is a chunk.
    ///
    /// - Complexity: O(text), and as many calls of `tokenCount`, each with a short text.
    package func chunks(of document: ParsedDocument) -> [Chunk] {
        var chunks: [Chunk] = []
        var path: [(level: Int, text: String)] = []
        var section: [Piece] = []
        var pending: Block?

        func flush() {
            defer { section = [] }
            guard !section.isEmpty else { return }
            let headings = Self.distinct(path.map(\.text))
            chunks += pack(section).map { chunk(of: $0, headings, document) }
        }
        func flushPending() {
            // A heading with nothing below it is all the text there is.
            guard let heading = pending else { return }
            pending = nil
            let outer = Self.distinct(path.dropLast().map(\.text))
            chunks += pack(pieces(of: heading)).map { chunk(of: $0, outer, document) }
        }
        for block in document.blocks {
            guard case .heading(let level) = block.kind else {
                pending = nil
                if block.kind == .record { flush() }
                // The sentence that introduces a list goes with its first item.
                if block.kind == .listItem, let last = section.last, last.introducesList {
                    section[section.count - 1].keepsNext = true
                }
                section += pieces(of: block)
                if block.kind == .record { flush() }
                continue
            }
            flush()
            if let last = path.last, last.level >= level || block.text.isEmpty { flushPending() }
            path.removeAll { $0.level >= level }
            pending = nil
            if !block.text.isEmpty {
                path.append((level, Self.oneLine(block.text)))
                pending = block
            }
        }
        flush()
        flushPending()
        return chunks
    }

    /// A heading path in which no heading says again what one above it has said.
    private static func distinct(_ path: [String]) -> [String] {
        var seen: Set<String> = []
        return path.filter { seen.insert($0.lowercased()).inserted }
    }

    /// A heading as a heading path shows it.
    private static func oneLine(_ text: String) -> String {
        String(text.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(200))
    }

    // MARK: Packing

    /// A part of a block that is not cut any more.
    private struct Piece {
        let block: Block
        let utf8: [UInt8]
        let range: Range<Int>
        let tokens: Int
        /// Whether a chunk may rather begin here than at the next piece.
        var isGoodStart = false
        /// Whether a chunk should not end here.
        var keepsNext = false
        /// The header of the table that the piece is a row of, not the header itself.
        var header: Header?

        /// Whether it is a sentence, or the end of a paragraph, that says that a list follows.
        var introducesList: Bool {
            block.kind == .paragraph && range.upperBound == utf8.count
                && utf8.last == UInt8(ascii: ":")
        }
    }

    /// The first row of a table, said again where a chunk begins with a later one.
    private struct Header {
        let text: [UInt8]
        let tokens: Int

        /// Its tokens with the line end after it.
        var cost: Int { tokens + 1 }
    }

    /// Distributes the pieces of a section over as few chunks as hold them, of similar size.
    private func pack(_ pieces: [Piece]) -> [ArraySlice<Piece>] {
        let total = pieces.reduce(0) { $0 + $1.tokens + 1 }
        let chunkCount = (total + maximumTokens - 1) / maximumTokens
        let target = (total + chunkCount - 1) / max(chunkCount, 1)
        var groups: [ArraySlice<Piece>] = []
        var start = 0
        var size = 0
        func close(before end: Int) {
            var end = end
            // What introduces the next piece goes with it, unless it is all there is.
            while end - 1 > start, pieces[end - 1].keepsNext { end -= 1 }
            groups.append(pieces[start..<end])
            start = end
            size = 0
        }
        var i = 0
        while i < pieces.count {
            let cost = pieces[i].tokens + (i > start ? 1 : pieces[i].header?.cost ?? 0)
            let isFull = size + cost > maximumTokens
            let isEnough = size >= target || (size * 2 >= target && pieces[i].isGoodStart)
            if i > start, isFull || (isEnough && chunkCount > 1) {
                close(before: i)
                size = pieces[start..<i].reduce(Self.headerCost(pieces, start)) {
                    $0 + $1.tokens + 1
                }
                if i > start, size + cost > maximumTokens {
                    groups.append(pieces[start..<i])
                    start = i
                    size = 0
                }
                continue
            }
            size += cost
            i += 1
        }
        if start < pieces.count { groups.append(pieces[start...]) }
        return mergingRemainders(groups)
    }

    /// What the header of a table takes where a chunk begins with a row of it.
    private static func headerCost(_ pieces: [Piece], _ start: Int) -> Int {
        start < pieces.count ? pieces[start].header?.cost ?? 0 : 0
    }

    /// Joins a group far below the limit with its neighbor where both fit.
    private func mergingRemainders(_ groups: [ArraySlice<Piece>]) -> [ArraySlice<Piece>] {
        func size(_ group: ArraySlice<Piece>) -> Int {
            group.reduce(group.first?.header?.cost ?? 0) { $0 + $1.tokens + 1 }
        }
        var merged: [(group: ArraySlice<Piece>, size: Int)] = []
        for group in groups {
            let newSize = size(group)
            if let last = merged.last, min(last.size, newSize) * 5 < maximumTokens,
                last.size + newSize <= maximumTokens
            {
                merged[merged.count - 1] = (last.group + group, last.size + newSize)
            } else {
                merged.append((group, newSize))
            }
        }
        return merged.map(\.group)
    }

    private func chunk(
        of pieces: ArraySlice<Piece>,
        _ path: [String],
        _ document: ParsedDocument
    ) -> Chunk {
        var text: [UInt8] = []
        var tokens = 0
        var lower = Int.max
        var upper = 0
        var previous: Piece?
        if let header = pieces.first?.header {
            text = header.text + [0x0A]
            tokens = header.cost
        }
        for piece in pieces {
            tokens += piece.tokens
            if let previous {
                let isSame =
                    previous.utf8.count == piece.utf8.count
                    && previous.range.upperBound <= piece.range.lowerBound
                    && previous.block.anchors == piece.block.anchors
                if isSame {
                    // What stood between them in the block.
                    text += piece.utf8[previous.range.upperBound..<piece.range.lowerBound]
                } else {
                    let isTight =
                        previous.block.kind == .listItem && piece.block.kind == .listItem
                        || previous.block.kind == .term
                    text += Array((isTight ? "\n" : "\n\n").utf8)
                    tokens += 1
                }
            }
            text += piece.utf8[piece.range]
            let source = piece.block.anchors.source(of: piece.range)
            lower = min(lower, source.lowerBound)
            upper = max(upper, source.upperBound)
            previous = piece
        }
        let source = min(lower, upper)..<upper
        return Chunk(
            text: String(decoding: text, as: UTF8.self),
            headings: path,
            lines: document.source.lines(of: source),
            pages: document.source.pages(of: source),
            bytes: document.source.originalBytes(of: source),
            tokenCount: tokens
        )
    }

    // MARK: Cutting blocks

    private func pieces(of block: Block) -> [Piece] {
        let utf8 = Array(block.text.utf8)
        let whole = 0..<utf8.count
        var ranges: [(range: Range<Int>, tokens: Int)] = []
        if let tokens = countIfShort(utf8, whole), tokens <= maximumTokens {
            ranges = [(whole, tokens)]
        } else {
            switch block.kind {
            case .code, .table, .record:
                for line in Self.lines(of: utf8, whole) { cut(utf8, line, &ranges) }
            default:
                for sentence in sentenceRanges(in: utf8) {
                    cutSentence(utf8, sentence, &ranges)
                }
            }
        }
        let header = header(of: block, utf8, ranges)
        var afterEmptyLine = true
        return ranges.enumerated().map { index, part in
            var piece = Piece(block: block, utf8: utf8, range: part.range, tokens: part.tokens)
            if case .code = block.kind, index > 0 {
                let gap = utf8[ranges[index - 1].range.upperBound..<part.range.lowerBound]
                afterEmptyLine = gap.count { $0 == 0x0A } > 1
                piece.isGoodStart = afterEmptyLine
            }
            if index > 0 { piece.header = header }
            if block.kind == .term {
                piece.isGoodStart = true
                piece.keepsNext = true
            }
            return piece
        }
    }

    /// The first row of a table that was cut, if it names columns and leaves room for rows.
    private func header(
        of block: Block,
        _ utf8: [UInt8],
        _ ranges: [(range: Range<Int>, tokens: Int)]
    ) -> Header? {
        guard block.kind == .table, ranges.count > 1, let first = ranges.first,
            first.tokens * 4 <= maximumTokens,
            ranges.allSatisfy({ $0.tokens + first.tokens + 1 <= maximumTokens })
        else { return nil }
        let line = String(decoding: utf8[first.range], as: UTF8.self)
        let cells = line.split(separator: " | ")
        let names = cells.filter { $0.contains(where: \.isLetter) }
        guard cells.count > 1, names.count * 2 >= cells.count else { return nil }
        return Header(text: Array(utf8[first.range]), tokens: first.tokens)
    }

    /// The tokens of a part, or nil if its length alone says that it is over the limit.
    private func countIfShort(_ utf8: [UInt8], _ range: Range<Int>) -> Int? {
        // No token is this long on average, in any text.
        guard range.count <= 48 * maximumTokens else { return nil }
        return count(String(decoding: utf8[range], as: UTF8.self))
    }

    /// The lines that are not empty.
    private static func lines(of utf8: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
        var lines: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let end = utf8[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
            if utf8[start..<end].contains(where: { $0 > 0x20 }) { lines.append(start..<end) }
            start = end + 1
        }
        return lines
    }

    /// A sentence, or if it is too long its lines.
    private func cutSentence(
        _ utf8: [UInt8],
        _ range: Range<Int>,
        _ parts: inout [(range: Range<Int>, tokens: Int)]
    ) {
        if let tokens = countIfShort(utf8, range), tokens <= maximumTokens {
            parts.append((range, tokens))
            return
        }
        for line in Self.lines(of: utf8, range) { cut(utf8, line, &parts) }
    }

    /// A line, or if it is too long stretches of it that end between words if possible.
    private func cut(
        _ utf8: [UInt8],
        _ range: Range<Int>,
        _ parts: inout [(range: Range<Int>, tokens: Int)]
    ) {
        var stack = [range]
        while let part = stack.popLast() {
            if let tokens = countIfShort(utf8, part) {
                if tokens <= maximumTokens || part.count <= 1 {
                    parts.append((part, tokens))
                    continue
                }
                // Cut where about four fifths of the limit should lie, to be right at once.
                let share = part.count * maximumTokens * 4 / (tokens * 5)
                split(utf8, part, at: max(share, 1), &parts, &stack)
            } else {
                split(utf8, part, at: 2 * maximumTokens, &parts, &stack)
            }
        }
    }

    private func split(
        _ utf8: [UInt8],
        _ part: Range<Int>,
        at length: Int,
        _ parts: inout [(range: Range<Int>, tokens: Int)],
        _ stack: inout [Range<Int>]
    ) {
        let wanted = part.lowerBound + min(max(length, 1), part.count - 1)
        // A space in the last third of the stretch, or else the beginning of a character.
        var end = wanted
        let earliest = part.lowerBound + (wanted - part.lowerBound) * 2 / 3
        while end > earliest, utf8[end] > 0x20 { end -= 1 }
        if end <= earliest {
            end = wanted
            while end > part.lowerBound, utf8[end] & 0xC0 == 0x80 { end -= 1 }
            if end == part.lowerBound {
                end = wanted + 1
                while end < part.upperBound, utf8[end] & 0xC0 == 0x80 { end += 1 }
            }
            guard end < part.upperBound else {
                // One character over the limit: nothing can be done about it.
                parts.append((part, countIfShort(utf8, part) ?? maximumTokens))
                return
            }
        }
        var next = end
        while next < part.upperBound, utf8[next] <= 0x20 { next += 1 }
        if next < part.upperBound { stack.append(next..<part.upperBound) }
        while end > part.lowerBound, utf8[end - 1] <= 0x20 { end -= 1 }
        if end > part.lowerBound { stack.append(part.lowerBound..<end) }
    }
}
