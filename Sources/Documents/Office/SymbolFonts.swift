/// Characters of fonts that have signs in the place of letters.
enum SymbolFonts {
    /// What a character of such a font is, by its number in hexadecimal digits, `F061`; nil if that is
    /// not known.
    static func character(_ code: String, _ font: String) -> String? {
        guard let number = UInt32(code, radix: 16) else { return nil }
        let place = number & 0xFF
        if font.lowercased().hasPrefix("symbol") {
            let index = Int(place) - 0x41
            if greek.indices.contains(index) { return greek[index] }
            return symbols[place]
        }
        if font.lowercased().hasPrefix("wingdings") { return wingdings[place] }
        // A number outside the private area is that of the character.
        guard number < 0xE000 || number > 0xF8FF, let scalar = Unicode.Scalar(number), number > 0x20
        else { return nil }
        return String(Character(scalar))
    }

    /// From `A` on, as the font has them.
    private static let greek = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ".map {
        String($0)
    }
    private static let symbols: [UInt32: String] = [
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xA5: "∞",
        0xAE: "→", 0xAC: "←", 0xB0: "°", 0xB7: "•", 0xD7: "⋅", 0xDE: "⇒", 0xE5: "∑", 0xD6: "√",
    ]
    private static let wingdings: [UInt32: String] = [
        0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xE0: "→", 0xD8: "➢",
        0xA7: "▪", 0x6C: "●",
    ]
}
