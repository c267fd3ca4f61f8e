/// Tells source code from prose by the signs in it.
enum SourceCode {
    /// Passages that are looked at.
    static let sampleSize = 5
    /// The share of signs from which a text is code: prose has 0.01 to 0.03, code 0.08 and more.
    private static let share = 0.06

    /// Whether four of five texts are source code.
    ///
    /// - Complexity: O(length).
    static func isMost(of texts: [String]) -> Bool {
        !texts.isEmpty && texts.count(where: isCode) * 5 >= texts.count * 4
    }

    static func isCode(_ text: String) -> Bool {
        var signs = 0
        var others = 0
        for byte in text.utf8 where byte > 0x20 {
            if "(){}[];=<>_".utf8.contains(byte) { signs += 1 } else { others += 1 }
        }
        return Double(signs) >= share * Double(signs + others) && signs >= 8
    }
}
