internal import TextAnalysis

/// The claims of an answer, each told once: what says the same again adds its sources to the first.
///
/// Two editions of a document, or two copies of a page, say the same in the same words; line breaks,
/// quotation marks, emphasis and case may differ.
struct ToldClaims {
    /// The claims, in the order in which they were told.
    private(set) var claims: [Claim]
    private var keys: [String]

    /// Goes on from `claims`.
    init(_ claims: [Claim] = []) {
        self.claims = claims
        keys = claims.map { Self.key(of: $0.text) }
    }

    /// Adds a claim, or, if its text was told before, its citations to that claim.
    ///
    /// A quotation that stands inside a longer one was told before, too. A sentence of a model's inside
    /// another was not: that may deny it.
    ///
    /// - Returns: whether the claim is new.
    /// - Complexity: O(length of all claims).
    @discardableResult mutating func add(_ claim: Claim) -> Bool {
        let key = Self.key(of: claim.text)
        let known = claims.indices.first { i in
            keys[i] == key
                || claim.standing == .isQuoted && claims[i].standing == .isQuoted
                    && !key.isEmpty && keys[i].contains(key)
        }
        guard let known else {
            claims.append(claim)
            keys.append(key)
            return true
        }
        let passages = Set(claims[known].citations.map(\.passageID))
        claims[known].citations += claim.citations.filter { !passages.contains($0.passageID) }
        return false
    }

    /// What two copies of a text have in common: its folded letters, digits and signs, without spaces,
    /// quotation marks and emphasis, and without the mark of a list at its start and the punctuation at
    /// its end.
    static func key(of text: String) -> String {
        var joined = String(decoding: FoldedText(text).bytes, as: UTF8.self)
        if joined.hasPrefix("- ") || joined.hasPrefix("• ") { joined.removeFirst(2) }
        var key = folded(joined).filter { !$0.isWhitespace && !"\"'`*_«»".contains($0) }
        while let last = key.last, ".:;,".contains(last) { key.removeLast() }
        return key
    }
}
