internal import TextAnalysis

extension Citation {
    /// The citation from the beginning of its first sentence to the end of its last.
    ///
    /// A piece of a sentence may say the opposite of the sentence: the word that denies it stands before the
    /// piece. A sentence after it that takes it back comes along.
    ///
    /// - Complexity: O(length of the passage).
    func widened(in text: String) -> Citation {
        let bytes = Array(text.utf8)
        let units = answerUnits(in: bytes)
        let touched = units.indices.filter { units[$0].overlaps(range) }
        guard let first = touched.first, let last = touched.last else { return self }
        var end = max(units[last].upperBound, range.upperBound)
        if last + 1 < units.count,
            Retraction.isOne(String(decoding: bytes[units[last + 1]], as: UTF8.self))
        {
            end = units[last + 1].upperBound
        }
        let start = min(units[first].lowerBound, range.lowerBound)
        return Citation(
            passageID: passageID,
            quotation: String(decoding: bytes[start..<end], as: UTF8.self),
            range: start..<end
        )
    }

    /// The sentence that announces the list that the quotation is an item of, if it is one.
    ///
    /// `It is forbidden to:` decides what its items mean.
    func announcement(in text: String) -> Citation? {
        let bytes = Array(text.utf8)
        let units = answerUnits(in: bytes)
        guard let own = units.firstIndex(where: { $0.overlaps(range) }),
            startsItem(units[own], in: bytes), bytes[units[own].lowerBound] != UInt8(ascii: "#")
        else { return nil }
        let above = units[..<own].last { !startsItem($0, in: bytes) }
        guard let above, bytes[above].last == UInt8(ascii: ":") else { return nil }
        return Citation(
            passageID: passageID,
            quotation: String(decoding: bytes[above], as: UTF8.self),
            range: above
        )
    }
}

/// Sentences that take back what stands before them, such as “That is no longer true”.
enum Retraction {
    /// Whether `sentence` is one.
    static func isOne(_ sentence: String) -> Bool {
        let all = words(in: sentence).filter { !$0.isPart }.map(\.folded)
        guard let first = all.first, all.count <= 16, openings.contains(first) else { return false }
        let denied = all.firstIndex { ["not", "no", "t", "longer", "never", "nunca"].contains($0) }
        let isDenied = { (i: Int) in denied.map { $0 < i } ?? false }
        return all.indices.contains { i in
            // “It is false that …” says what is false itself.
            let next = i + 1 < all.count ? all[i + 1] : ""
            return !["that", "que", "to"].contains(next)
                && (falsities.contains(all[i]) || truths.contains(all[i]) && isDenied(i))
        }
    }

    private static let openings: Set<String> = [
        "this", "that", "these", "which", "but", "it", "however", "both", "eso", "esto", "ello",
        "pero", "lo", "tal", "ya", "no", "sin", "ambas",
    ]
    private static let falsities: Set<String> = [
        "false", "untrue", "wrong", "incorrect", "mistaken", "outdated", "obsolete", "superseded",
        "revoked", "myth", "falso", "falsa", "erroneo", "erronea", "incorrecto", "mentira", "mito",
        "desmentido", "derogado", "derogada", "anulado", "anulada", "obsoleto", "obsoleta",
    ]
    private static let truths: Set<String> = [
        "true", "correct", "so", "case", "valid", "right", "apply", "applies", "cierto", "verdad",
        "asi", "valido", "valida", "correcto", "vigente", "vale", "exacto",
    ]
}
