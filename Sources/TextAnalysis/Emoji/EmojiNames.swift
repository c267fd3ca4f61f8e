/// Emoji by their Spanish and English names, so that a note marked 🍋 is found by `lemon`, and `limón` by 🍋.
package enum EmojiNames {
    /// The most words of a name that is looked up.
    private static let longest = 5

    /// The emoji that words in a row name.
    ///
    /// - Parameter words: folded.
    /// - Returns: the emoji, with the places of the words that name each; of names within names the longest.
    /// - Complexity: O(words · log names).
    package static func emoji(namedIn words: [String]) -> [(emoji: String, places: Range<Int>)] {
        var found: [(emoji: String, places: Range<Int>)] = []
        var start = 0
        while start < words.count {
            var end = min(words.count, start + longest)
            var next = start + 1
            while end > start {
                let name = words[start..<end].joined(separator: " ")
                let emoji = tables.compactMap { $0[name] }
                if !emoji.isEmpty {
                    found += emoji.map { ($0, start..<end) }
                    next = end
                    break
                }
                end -= 1
            }
            start = next
        }
        return found
    }

    /// The names of an emoji, folded, English ones first.
    ///
    /// - Complexity: O(names).
    package static func names(of emoji: String) -> [String] {
        var names: [String] = []
        for table in tables {
            for name in table.names(of: emoji) where !names.contains(name) { names.append(name) }
        }
        return names
    }

    private static let tables = [NameTable(english), NameTable(spanish)]
}

/// Names in ascending order, each with its emoji behind it.
private struct NameTable {
    private let text: [UInt8]
    /// Where in the text each name, its emoji, and the bar behind that begin.
    private var places: [(name: Int, emoji: Int, end: Int)] = []

    /// Reads a table.
    ///
    /// - Complexity: O(length), some tens of microseconds: a search pays it once.
    init(_ table: String) {
        text = Array(table.utf8)
        places.reserveCapacity(1700)
        var (start, emoji) = (0, -1)
        for index in text.indices {
            if text[index] == UInt8(ascii: "|") {
                if emoji > start { places.append((start, emoji, index)) }
                (start, emoji) = (index + 1, -1)
            } else if emoji < 0, text[index] >= 0x80 {
                emoji = index
            }
        }
    }

    /// The emoji of a name.
    ///
    /// - Complexity: O(log names).
    subscript(_ name: String) -> String? {
        let wanted = Array(name.utf8)
        var (low, high) = (0, places.count)
        while low < high {
            let middle = (low + high) / 2
            let known = text[places[middle].name..<places[middle].emoji]
            if known.lexicographicallyPrecedes(wanted) { low = middle + 1 } else { high = middle }
        }
        guard low < places.count, text[places[low].name..<places[low].emoji].elementsEqual(wanted)
        else { return nil }
        return String(decoding: text[places[low].emoji..<places[low].end], as: UTF8.self)
    }

    /// The names of an emoji.
    func names(of emoji: String) -> [String] {
        let wanted = Array(emoji.utf8)
        return places.filter { text[$0.emoji..<$0.end].elementsEqual(wanted) }
            .map { String(decoding: text[$0.name..<$0.emoji], as: UTF8.self) }
    }
}
