internal import TextAnalysis

extension PassageLocation {
    /// What an encoder reads of a passage: where it stands, then what it says.
    ///
    /// The keys of stored embeddings are hashes of it: a change here has every library embedded again.
    package static func embeddedText(
        title: String,
        headings: [String],
        text: String
    ) -> String {
        let trail = PassageLocation(path: "", title: title, headings: headings).trail
        let text = withoutShouting(text)
        guard !trail.isEmpty else { return text }
        return withoutShouting(trail.joined(separator: " › ")) + "\n" + text
    }
}

extension Passage {
    /// What an encoder reads of it: where it stands, then what it says.
    package var embeddedText: String {
        PassageLocation.embeddedText(title: document.title, headings: headings, text: text)
    }
}
