internal import CStemmer
internal import Synchronization

/// A Snowball stemmer: `casas` and `casa` have one stem, `running` and `run` have one stem.
///
/// Any number of tasks may use one value: each call borrows a handle of libstemmer, which serves
/// one caller at a time, from a pool.
package struct Stemmer: Sendable {
    private let language: Language

    /// The stemmer of `language`, or nil where Snowball has none.
    package init?(language: Language) {
        guard Stemmer.languages.contains(language.rawValue) else { return nil }
        self.language = language
    }

    /// The stem of a lowercase word with its diacritics, such as `predicción`.
    package func stem(_ word: String) -> String {
        StemmerHandle.withHandle(for: language) { $0.stem(word) }
    }

    /// The codes by which libstemmer knows its languages.
    static let languages: Set<String> = [
        "ar", "hy", "eu", "ca", "da", "nl", "en", "fi", "fr", "de", "el", "hi", "hu", "id", "ga",
        "it", "lt", "ne", "no", "pt", "ro", "ru", "sr", "es", "sv", "ta", "tr", "yi",
    ]
}

/// A handle of libstemmer with the words it has met.
///
/// `@unchecked Sendable`: a handle is either in the pool, where nobody touches it, or with the one
/// caller that took it out.
@safe final class StemmerHandle: @unchecked Sendable {
    /// What a word of a text becomes in the index.
    struct Terms {
        let surface: String
        let stem: String
    }

    private let handle: OpaquePointer?
    private var known: [String: Terms] = [:]
    /// Enough for the vocabulary of a large book; a few megabytes.
    private static let capacity = 1 << 16

    private init(language: Language) {
        unsafe handle =
            Stemmer.languages.contains(language.rawValue)
            ? sb_stemmer_new(language.rawValue, nil) : nil
    }

    deinit {
        unsafe sb_stemmer_delete(handle)
    }

    /// The stem of a lowercase word.
    func stem(_ word: String) -> String {
        guard let handle = unsafe handle else { return word }
        let bytes = Array(word.utf8)
        guard let stem = unsafe sb_stemmer_stem(handle, bytes, Int32(clamping: bytes.count)) else {
            return word  // Out of memory inside libstemmer.
        }
        let length = Int(unsafe sb_stemmer_length(handle))
        return unsafe String(
            decoding: UnsafeBufferPointer(start: stem, count: length),
            as: UTF8.self
        )
    }

    /// The folded word and its folded stem.
    func terms(of word: String, isPlain: Bool) -> Terms {
        if let known = known[word] { return known }
        let surface = Folding.folded(word.utf8)
        let terms = Terms(
            surface: surface,
            stem: isPlain ? folded(stem(Folding.lowercased(word))) : surface
        )
        if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
        known[word] = terms
        return terms
    }

    private static let pool = Mutex<[Language: [StemmerHandle]]>([:])

    /// Lends `body` a handle for `language`; without a Snowball stemmer, words are their own stems.
    static func withHandle<Result>(
        for language: Language,
        _ body: (StemmerHandle) -> Result
    ) -> Result {
        let pooled = pool.withLock { $0[language]?.popLast() }
        let handle = pooled ?? StemmerHandle(language: language)
        defer { pool.withLock { $0[language, default: []].append(handle) } }
        return body(handle)
    }
}
