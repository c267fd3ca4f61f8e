/// What people look for of a document's metadata: who wrote it, what it is tagged with, what else its
/// front matter says in words.
///
/// The first passage of a document is found by these words as by its headings.
package enum MetadataWords {
    /// Bytes of metadata that are looked for.
    private static let limit = 2_000

    /// Fields that say something to programs, or that are looked for otherwise.
    private static let others: Set<String> = [
        "title", "titulo", "título", "subtitle-short", "date", "fecha", "datum", "updated",
        "modified",
        "lastmod", "published", "created", "pubdate", "lang", "language", "idioma", "format",
        "type",
        "layout", "template", "theme", "slug", "permalink", "url", "link", "links", "id", "uuid",
        "uid",
        "guid", "draft", "weight", "cssclass", "cssclasses", "image", "cover", "icon", "version",
        "generator", "producer", "creator", "viewport", "robots", "referrer", "charset", "fields",
        "kernel", "code", "section", "pages", "broken lines", "message-id", "in-reply-to",
        "references",
        "from",
    ]

    /// The headings by which a passage is found.
    ///
    /// - Parameters:
    ///   - headings: those above it.
    ///   - position: its place in its document, from 0.
    ///   - metadata: the document's.
    /// - Returns: the same headings, behind them the words of the metadata for the first passage.
    package static func headings(
        _ headings: [String],
        at position: Int,
        metadata: [String: MetadataValue]
    ) -> [String] {
        guard position == 0, !metadata.isEmpty else { return headings }
        var words: [String] = []
        var length = 0
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            guard !isTechnical(name) else { continue }
            for text in texts(of: value) where !words.contains(text) {
                length += text.utf8.count
                guard length <= limit else { return headings + words }
                words.append(text)
            }
        }
        return headings + words
    }

    private static func isTechnical(_ name: String) -> Bool {
        others.contains(name) || name.contains(":") || name.hasSuffix("_id")
            || name.hasSuffix("_at")
            || name.contains("date")
    }

    /// The texts of a value that have a word in them; an address has none.
    private static func texts(of value: MetadataValue) -> [String] {
        switch value {
        case .string(let text):
            let isAddress = text.hasPrefix("http:") || text.hasPrefix("https:")
            return text.contains(where: \.isLetter) && !isAddress ? [text] : []
        case .list(let values): return values.flatMap(texts)
        case .number, .bool, .object: return []
        }
    }
}
