package import Foundation

/// A page of terms and lists in one of FTS5's segments.
///
/// The layout is described at the head of SQLite's `fts5_index.c`.
package struct FTS5Page {
    /// How many bytes stand before the first list.
    package static let head = 4
    private static let damage = FTS5ListError(what: "a page")

    /// Where a term is to be found.
    package enum Place: Hashable {
        /// Its list takes these bytes, or begins with them.
        case at(Range<Int>)
        /// It would stand before the first term of this page.
        case before
        /// It would stand between two terms of this page.
        case between
        /// It would stand behind the last term of this page.
        case behind
        /// No term begins on this page.
        case nowhere
    }

    private let data: Data
    /// Where the first passage ID stands that begins on this page, or 0.
    package let firstRow: Int
    /// Where terms and lists end and the directory of terms begins.
    package let end: Int

    /// Reads the head of a page.
    ///
    /// - Throws: `FTS5ListError`.
    package init(_ data: Data) throws {
        self.data = data
        guard data.count >= Self.head else { throw Self.damage }
        let first = data.startIndex
        firstRow = Int(data[first]) << 8 | Int(data[first + 1])
        end = Int(data[first + 2]) << 8 | Int(data[first + 3])
        guard end >= Self.head, end <= data.count else { throw Self.damage }
    }

    /// Whether a term begins on a page; of other kinds of rows it says anything.
    package static func hasTerms(_ data: Data) -> Bool {
        guard data.count >= head else { return false }
        let first = data.startIndex
        return Int(data[first + 2]) << 8 | Int(data[first + 3]) < data.count
    }

    /// The bytes of a range of the page.
    package func bytes(in range: Range<Int>) -> [UInt8] {
        [UInt8](data[(data.startIndex + range.lowerBound)..<(data.startIndex + range.upperBound)])
    }

    /// Where the first term begins; nil if the page goes on with the list of an earlier one.
    package var firstTerm: Int? {
        guard end < data.count else { return nil }
        var directory = VarintReader(bytes: bytes(in: end..<data.count))
        return min(end, directory.next())
    }

    /// Looks a term up.
    ///
    /// Each term but the first says how many bytes it shares with the one before, and terms ascend. What is
    /// known of the one before and the key therefore nearly always decides without looking at the bytes.
    ///
    /// - Throws: `FTS5ListError`.
    package func place(of key: [UInt8]) throws -> Place {
        let bytes = bytes(in: 0..<data.count)
        var terms = Terms(bytes: bytes, end: end)
        // How many bytes of the key the last term has in common with it.
        var match = 0
        var isFirst = true
        while let term = try terms.next() {
            let isPast: Bool
            if term.shared == match {
                let count = term.shared + term.text.count
                let start = term.text.lowerBound - term.shared
                while match < key.count, match < count, bytes[start + match] == key[match] {
                    match += 1
                }
                if match == key.count, match == count {
                    let next = terms.nextStart ?? end
                    guard term.text.upperBound <= next else { throw Self.damage }
                    return .at(term.text.upperBound..<next)
                }
                isPast = match == key.count || match < count && bytes[start + match] > key[match]
            } else {
                isPast = term.shared < match
            }
            if isPast { return isFirst ? .before : .between }
            isFirst = false
        }
        return isFirst ? .nowhere : .behind
    }

    /// The last term that begins on this page, or nil.
    ///
    /// - Throws: `FTS5ListError`.
    package func lastTerm() throws -> [UInt8]? {
        let bytes = bytes(in: 0..<data.count)
        var terms = Terms(bytes: bytes, end: end)
        var last: [UInt8] = []
        var isFirst = true
        while let term = try terms.next() {
            guard term.shared <= last.count else { throw Self.damage }
            last.removeSubrange(term.shared...)
            last += bytes[term.text]
            isFirst = false
        }
        return isFirst ? nil : last
    }

    /// The terms of a page, one after the other, as they are stored.
    private struct Terms {
        let bytes: [UInt8]
        let end: Int
        private var directory: VarintReader
        private var start = 0
        private var isFirst = true

        init(bytes: [UInt8], end: Int) {
            self.bytes = bytes
            self.end = end
            directory = VarintReader(bytes: bytes, offset: end)
        }

        /// How many bytes the next term shares with the one before it, and where the rest of it stands.
        mutating func next() throws -> (shared: Int, text: Range<Int>)? {
            guard !directory.isAtEnd else { return nil }
            start &+= directory.next()
            var reader = VarintReader(bytes: bytes, offset: start)
            let shared = isFirst ? 0 : reader.next()
            let length = reader.next()
            isFirst = false
            guard !directory.isDamaged, !reader.isDamaged, (0...bytes.count).contains(shared),
                length >= 0, reader.offset <= end, length <= end - reader.offset
            else { throw damage }
            return (shared, reader.offset..<(reader.offset + length))
        }

        /// Where the term after the last one begins.
        var nextStart: Int? {
            var directory = directory
            return directory.isAtEnd ? nil : min(end, start &+ directory.next())
        }
    }
}
