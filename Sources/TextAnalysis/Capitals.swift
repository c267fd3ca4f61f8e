/// Text in small letters if it is mostly in capitals, else as it is.
///
/// Embedding models have seen few capitals: the tokens of `EMERGENCY EXIT` say little to them. Names in
/// capitals within other text stay, and so does a text of one or two words, which may be such a name.
///
/// - Complexity: O(length).
package func withoutShouting(_ text: String) -> String {
    var capitals = 0
    var letters = 0
    var words = 0
    var isInWord = false
    for scalar in text.unicodeScalars {
        let isLetter = scalar.properties.isAlphabetic
        if isLetter {
            letters += 1
            if scalar.properties.isUppercase { capitals += 1 }
            if !isInWord { words += 1 }
        }
        isInWord = isLetter
    }
    return words >= 3 && capitals * 10 >= letters * 7 ? text.lowercased() : text
}
