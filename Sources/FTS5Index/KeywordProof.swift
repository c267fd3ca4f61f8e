internal import FTS5Lists
internal import Foundation
internal import GRDB

/// What FTS5 is going to read for an answer, compared with its checksums before.
extension KeywordSegments {
    /// Makes sure of all that FTS5 reads for an expression.
    ///
    /// - Throws: `RowDamage` where something is not as it was written, or what SQLite reports.
    /// - Complexity: O(length of the terms' lists).
    package func prove(_ terms: Set<KeywordTerm>) throws {
        for term in terms {
            for segment in segments {
                if term.isPrefix {
                    try prove(beginning: Self.key(of: term.text), in: segment)
                } else {
                    try prove(term: Self.key(of: term.text), in: segment)
                }
            }
        }
    }

    private func prove(term key: [UInt8], in segment: FTS5Segment) throws {
        guard let pages = try forEachPage(of: key, in: segment, { _, _ in }), pages.count > 1 else {
            return
        }
        // FTS5 skips parts of a long list by an index of it, which has levels of its own.
        for height in 0..<32 {
            let first = segment.skipRow(pages.lowerBound, height: height)
            let last = segment.skipRow(pages.upperBound, height: height)
            if try sums.check(all: first...last) == 0 { break }
        }
    }

    /// Makes sure that `keyword_idx` names for each term the page on which it begins, and no others.
    ///
    /// - Throws: `RowDamage`, or what SQLite reports.
    /// - Complexity: O(pages).
    func checkIndex() throws {
        let known = Set(segments.map { Int64($0.id) })
        let named = try Int64.fetchSet(db, sql: "SELECT DISTINCT segid FROM keyword_idx")
        guard named.isSubset(of: known) else { throw Self.misdirection }
        for segment in segments {
            let rows = try Row.fetchCursor(
                db,
                sql: "SELECT term, pgno FROM keyword_idx WHERE segid = ? ORDER BY term",
                arguments: [segment.id]
            )
            var last: [UInt8]?
            var next = segment.firstPage
            while let row = try rows.next() {
                let (term, place) = ([UInt8](row.bytes(0)), row.integer(1) ?? -1)
                // What merges have read and taken off the beginning may still be named.
                guard place >> 1 >= segment.firstPage else { continue }
                let isSkipped = try sums.isKnown(segment.skipRow(next, height: 0))
                guard next <= segment.lastPage, place >> 1 == next, (place & 1 == 1) == isSkipped,
                    last?.lexicographicallyPrecedes(term) ?? true
                else { throw Self.misdirection }
                let page = try page(next, of: segment)
                switch try page.place(of: term) {
                case .before, .at: break
                case .between, .behind, .nowhere: throw Self.misdirection
                }
                last = try page.lastTerm()
                next += 1
                while next <= segment.lastPage, try !sums.hasTerms(segment.row(next)) { next += 1 }
            }
            guard next > segment.lastPage else { throw Self.misdirection }
        }
    }

    /// Makes sure of all terms that begin with `key`, and that there are no others.
    private func prove(beginning key: [UInt8], in segment: FTS5Segment) throws {
        let first = try start(for: key, in: segment)
        if try page(first, of: segment).place(of: key) == .before {
            try proveNothing(from: key, before: first, in: segment)
        }
        for number in first...segment.lastPage {
            let page = try page(number, of: segment)
            guard let last = try page.lastTerm() else { continue }
            if !last.starts(with: key), key.lexicographicallyPrecedes(last) { return }
        }
    }
}

/// A term that an expression asks for.
package struct KeywordTerm: Hashable {
    /// As it stands in the lists.
    let text: String
    /// Whether terms are meant that begin so.
    let isPrefix: Bool

    package init(_ text: String, isPrefix: Bool = false) {
        self.text = text
        self.isPrefix = isPrefix
    }

    /// The terms of an expression in FTS5's language.
    ///
    /// Names of columns within braces and FTS5's own words do not count; what stands there otherwise does, in
    /// quotes or not.
    package static func terms(of expression: String) -> Set<KeywordTerm> {
        var terms: Set<KeywordTerm> = []
        let bytes = Array(expression.utf8)
        var offset = 0
        /// Adds the terms of a string, the last of which is a prefix if an asterisk comes next.
        func add(_ text: [UInt8]) {
            var words = words(in: text)
            while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") { offset += 1 }
            if offset < bytes.count, bytes[offset] == UInt8(ascii: "*"), let last = words.popLast()
            {
                terms.insert(KeywordTerm(last, isPrefix: true))
            }
            for word in words { terms.insert(KeywordTerm(word)) }
        }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\"") {
                offset += 1
                var text: [UInt8] = []
                while offset < bytes.count {
                    if bytes[offset] == UInt8(ascii: "\"") {
                        // Two of them stand for one.
                        guard offset + 1 < bytes.count, bytes[offset + 1] == UInt8(ascii: "\"")
                        else { break }
                        offset += 1
                    }
                    text.append(bytes[offset])
                    offset += 1
                }
                offset += 1
                add(text)
            } else if byte == UInt8(ascii: "{") {
                offset = bytes[offset...].firstIndex(of: UInt8(ascii: "}")) ?? bytes.count
            } else if isBare(byte) {
                let start = offset
                while offset < bytes.count, isBare(bytes[offset]) { offset += 1 }
                let text = Array(bytes[start..<offset])
                let word = String(decoding: text, as: UTF8.self)
                if !["AND", "OR", "NOT", "NEAR"].contains(word) { add(text) }
            } else {
                offset += 1
            }
        }
        return terms
    }

    /// The terms of a text as FTS5's tokenizer makes them of it.
    ///
    /// They are runs of bytes that are not ASCII, letters, digits and the marks that the table names, in small
    /// letters.
    private static func words(in text: [UInt8]) -> [String] {
        text.split { !isPart($0) }.map { word in
            String(
                decoding: word.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 },
                as: UTF8.self
            )
        }
    }

    /// Whether a byte is part of a term and does not end one.
    package static func isPart(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte != 0x22 && byte != 0x27 && byte != 0x7F
    }

    /// Whether FTS5 takes a byte as part of a term without quotes.
    private static func isBare(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte == 0x5F || (0x30...0x39).contains(byte)
            || (0x41...0x5A).contains(byte & 0xDF)
    }
}
