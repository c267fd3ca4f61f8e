internal import TextAnalysis

/// The part of a passage that shows best why it was found.
public struct Snippet: Codable, Hashable, Sendable {
    /// A run of text that is, or is not, one of the words looked for.
    public struct Segment: Codable, Hashable, Sendable {
        /// The passage's own characters, line breaks and runs of spaces made one space.
        public var text: String
        /// Whether this is one of the words looked for.
        public var isMatch: Bool
    }

    /// The runs in their order; an ellipsis stands where the passage goes on.
    public var segments: [Segment]

    /// The snippet as one string.
    public var text: String { segments.map(\.text).joined() }
}

/// Chooses snippets for one query.
struct SnippetMaker {
    /// Characters of a snippet, roughly.
    static let length = 240

    private let surfaces: Set<String>
    private let stems: Set<String>
    private let prefixes: [String]
    private let languages: [Language]

    init(query: AnalyzedQuery, languages: [Language]) {
        surfaces = Set(query.terms.flatMap { [$0.surface] + ($0.joined.map { [$0] } ?? []) })
        stems = Set(query.terms.flatMap(\.stems))
        prefixes = query.terms.filter(query.isPrefix).map(\.surface)
        self.languages = languages
    }

    /// The window of `text` with the most different words of the query, the earliest of equals,
    /// begun at a sentence where one begins near.
    ///
    /// - Complexity: O(`text`) plus a stem for each of its words.
    func snippet(of text: String, language: Language) -> Snippet {
        let bytes = Array(text.utf8)
        let matches = matches(in: text, language: language)
        let window = window(bytes, matches: matches.map { ($0.range, $0.key) })
        return Snippet(segments: segments(bytes, window: window, matches: matches.map(\.range)))
    }

    private func matches(in text: String, language: Language) -> [(range: Range<Int>, key: String)]
    {
        let stemmers = (language == .undetermined ? languages : [language])
            .compactMap(Stemmer.init(language:))
        var stemOf: [String: String?] = [:]
        func key(of word: Word) -> String? {
            if surfaces.contains(word.folded) { return word.folded }
            if let prefix = prefixes.first(where: word.folded.hasPrefix) { return prefix }
            if let known = stemOf[word.folded] { return known }
            let stem = stemmers.lazy.map { folded($0.stem(word.text.lowercased())) }
                .first { stems.contains($0) }
            stemOf[word.folded] = .some(stem)
            return stem
        }
        var matches: [(range: Range<Int>, key: String)] = []
        for word in words(in: text) {
            guard let key = key(of: word) else { continue }
            // Pairs of characters overlap, and parts lie in what is marked as a whole.
            if let last = matches.last, word.range.lowerBound < last.range.upperBound {
                guard word.range.upperBound > last.range.upperBound, !word.isPart else { continue }
                let range = last.range.lowerBound..<word.range.upperBound
                matches[matches.count - 1] = (range, last.key)
                continue
            }
            matches.append((word.range, key))
        }
        return matches
    }

    private func window(_ bytes: [UInt8], matches: [(range: Range<Int>, key: String)]) -> Range<Int>
    {
        guard bytes.count > Self.length else { return 0..<bytes.count }
        var best = (start: 0, score: 0.0)
        var counts: [String: Int] = [:]
        var first = 0
        for (index, match) in matches.enumerated() {
            counts[match.key, default: 0] += 1
            while match.range.upperBound - matches[first].range.lowerBound > Self.length * 4 / 5 {
                counts[matches[first].key, default: 0] -= 1
                if counts[matches[first].key] == 0 { counts[matches[first].key] = nil }
                first += 1
            }
            let score = Double(counts.count) + 0.01 * Double(index - first + 1)
            if score > best.score + 1e-9 { best = (matches[first].range.lowerBound, score) }
        }
        let sentences = sentenceRanges(in: bytes)
        let sentence = sentences.last { $0.lowerBound <= best.start }?.lowerBound ?? 0
        var start = best.start - sentence <= Self.length / 4 ? sentence : best.start - 40
        start = Self.wordBoundary(bytes, near: max(0, start))
        let end = min(bytes.count, start + Self.length)
        return start..<(end == bytes.count ? end : Self.wordBoundary(bytes, near: end))
    }

    /// The first place from `index` back, at most 40 bytes, where a word begins.
    private static func wordBoundary(_ bytes: [UInt8], near index: Int) -> Int {
        var i = index
        while i > max(0, index - 40) {
            if bytes[i - 1] == 0x20 || bytes[i - 1] == 0x0A { return i }
            i -= 1
        }
        // No space in sight (Chinese, a long identifier): at least between two characters.
        i = index
        while i > 0, i < bytes.count, bytes[i] & 0xC0 == 0x80 { i -= 1 }
        return i
    }

    private func segments(
        _ bytes: [UInt8],
        window: Range<Int>,
        matches: [Range<Int>]
    ) -> [Snippet.Segment] {
        var segments: [Snippet.Segment] = []
        func append(_ range: Range<Int>, isMatch: Bool) {
            guard !range.isEmpty else { return }
            let text = String(decoding: bytes[range], as: UTF8.self)
            let flat = text.split(omittingEmptySubsequences: false) { $0.isWhitespace }
                .reduce(into: "") { line, part in
                    if !line.isEmpty, line.last != " " { line += " " }
                    line += part
                }
            let leading = text.first?.isWhitespace == true && !flat.hasPrefix(" ") ? " " : ""
            segments.append(Snippet.Segment(text: leading + flat, isMatch: isMatch))
        }
        if window.lowerBound > 0 { segments.append(.init(text: "… ", isMatch: false)) }
        var position = window.lowerBound
        for match in matches
        where match.lowerBound >= position && match.upperBound <= window.upperBound {
            append(position..<match.lowerBound, isMatch: false)
            append(match, isMatch: true)
            position = match.upperBound
        }
        append(position..<window.upperBound, isMatch: false)
        if window.upperBound < bytes.count { segments.append(.init(text: " …", isMatch: false)) }
        return segments
    }
}
