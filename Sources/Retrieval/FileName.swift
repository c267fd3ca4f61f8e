/// A query that is the name of a file, or the end of a path.
struct FileName: Hashable, Sendable {
    /// A glob of the paths that end so.
    let pattern: String

    /// The longest ending that names have, in letters.
    private static let longestEnding = 8

    /// Nil for a text that is no such name: one with spaces at its ends only, a letter behind its last
    /// point, and no sign of addresses in it.
    init?(of text: String) {
        let name = text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace)
            .reversed()
        let text = String(name)
        let last = text.split(separator: "/").last ?? ""
        guard let point = last.lastIndex(of: "."), point > last.startIndex, text.count <= 300,
            !text.contains(where: { $0.isNewline || "*?[]@\"".contains($0) }),
            !text.contains("://"), text.split(separator: " ").count <= 6
        else { return nil }
        let ending = last[point...].dropFirst()
        guard (1...Self.longestEnding).contains(ending.count), ending.first?.isLetter == true,
            ending.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else { return nil }
        pattern = text.hasPrefix("/") || text.hasPrefix("~") ? text : "**/" + text
    }
}
