/// A key that goes into one header of a request and nowhere else: whatever prints, dumps or
/// interpolates it gets an ellipsis.
package struct Secret: Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The key itself.
    let value: String

    /// Wraps a key; what files and pasted text have around one is dropped: white space, a byte
    /// order mark, quotation marks, the word `Bearer`.
    ///
    /// Nil for an empty key and for one that no header could carry.
    package init?(_ value: String?) {
        var words = Self.unwrapped(value ?? "").split(whereSeparator: \.isWhitespace)
        if words.count == 2, words[0].lowercased() == "bearer" { words.removeFirst() }
        guard words.count == 1, let key = words.first,
            key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F })
        else { return nil }
        self.value = String(key)
    }

    /// `text` without white space, characters that nobody sees, and quotation marks around it.
    ///
    /// - Complexity: O(n).
    package static func unwrapped(_ text: String) -> String {
        let unseen: Set<Unicode.Scalar> = ["\u{FEFF}", "\u{200B}", "\u{200E}", "\u{2060}"]
        let marks: Set<Unicode.Scalar> = ["\"", "'", "`", "“", "”", "‘", "’", "«", "»", "<", ">"]
        var scalars = Substring(text).unicodeScalars
        func isWrapping(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || unseen.contains(scalar) || marks.contains(scalar)
        }
        while let first = scalars.first, isWrapping(first) { scalars.removeFirst() }
        while let last = scalars.last, isWrapping(last) { scalars.removeLast() }
        return String(scalars)
    }

    package var description: String { "…" }
    package var debugDescription: String { "…" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
