internal import Corpus

/// Hybrid ranking in a library of several languages: the vectors say which language stands at which
/// place, words and vectors together say which of its passages.
///
/// Words find what is written in the question's own language, whether the answer is there or not; a
/// passage in another language cannot have them, and to count that against it would bury it. So each
/// language's passages are ranked among themselves, with as much confidence in the words as they earn in
/// that language, and take the places that the vectors give to their language. A question whose
/// answer is in another language is then found as the vectors find it; one whose answer is in its own
/// still gains from its words.
enum LanguageInterleaving {
    /// Puts fused candidates into the places that the vectors give to their languages.
    ///
    /// - Parameters:
    ///   - fused: best first.
    ///   - vector: the vectors' candidates, best first.
    ///   - language: of a passage.
    /// - Returns: the same candidates; what the vectors did not bring up comes last. Scores never grow
    ///   from one to the next: where a place is given to a lower score, those behind it are lowered.
    static func ordered(
        _ fused: [FusedCandidate],
        vector: [ScoredPassage],
        language: (PassageID) -> LanguageClass
    ) -> [FusedCandidate] {
        var waiting: [LanguageClass: ArraySlice<Int>] = [:]
        for (language, places) in Dictionary(
            grouping: fused.indices,
            by: { language(fused[$0].passage) }
        ) {
            waiting[language] = places[...]
        }
        var order = vector.compactMap { waiting[language($0.id)]?.popFirst() }
        order += waiting.values.joined().sorted()
        var ranked = order.map { fused[$0] }
        for index in ranked.indices.dropFirst() {
            let excess = ranked[index].score - ranked[index - 1].score
            if excess > 0 { ranked[index].vectorShare -= excess }
        }
        return ranked
    }
}
