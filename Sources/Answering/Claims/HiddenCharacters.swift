/// Characters that nobody sees: controls, tag characters, joiners, marks of direction.
///
/// Instructions hide in them, and text that is shown must not have any.
enum HiddenCharacters {
    /// Whether `scalar` is one; line breaks and tabs are none.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" || scalar == "\t" { return false }
        let properties = scalar.properties
        return properties.generalCategory == .control || properties.isDefaultIgnorableCodePoint
            || properties.generalCategory == .lineSeparator
            || properties.generalCategory == .paragraphSeparator
    }

    /// `text` without them.
    static func removed(from text: String) -> String {
        guard text.unicodeScalars.contains(where: contains) else { return text }
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: text.unicodeScalars.filter { !contains($0) })
        return String(scalars)
    }
}
