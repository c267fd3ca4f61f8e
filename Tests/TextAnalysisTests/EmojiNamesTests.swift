import Testing

@testable import TextAnalysis

@Suite struct EmojiNamesTests {
    @Test(arguments: [
        (["lemon"], ["🍋"]), (["limon"], ["🍋"]), (["green", "circle"], ["🟢"]),
        (["circulo", "verde"], ["🟢"]), (["a", "red", "heart", "here"], ["❤"]), (["espana"], ["🇪🇸"]),
        (["thumbs", "up"], ["👍"]), (["corazon", "rojo"], ["❤"]), (["qqx", "qqq"], []), ([], []),
    ]) func emojiAreNamed(words: [String], expected: [String]) {
        #expect(EmojiNames.emoji(namedIn: words).map(\.emoji) == expected)
    }

    @Test func everyNameIsFound() {
        for emoji in ["🍋", "🟢", "❤", "👍", "🇪🇸", "⚠"] {
            let names = EmojiNames.names(of: emoji)
            #expect(names.count == 2, "\(emoji) \(names)")
            for name in names {
                let words = name.split(separator: " ").map(String.init)
                #expect(EmojiNames.emoji(namedIn: words).contains { $0.emoji == emoji })
            }
        }
    }
}
