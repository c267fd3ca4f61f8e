internal import TextAnalysis

/// What becomes of a quotation in a text.
package enum Stance: Hashable, Sendable {
    /// It stands there, and the sentence around it says no more against it than the quotation does.
    case stands
    /// Its words stand there, in a sentence that denies, limits or ascribes them.
    case turned
    /// Its words do not stand there.
    case absent
}

/// Words around a quotation that change what it says.
enum QuotationContext {
    /// Whether `sentence`, which has `quotation` in it, denies, limits or ascribes what it says.
    static func turn(_ quotation: String, in sentence: String) -> Bool {
        let detected = LanguageDetector().language(of: sentence)
        let languages: [Language] = detected == .undetermined ? [.english, .spanish] : [detected]
        return languages.contains { language in
            let around = signs(of: sentence, language)
            let own = signs(of: quotation, language)
            return around.contains { sign, count in count > own[sign, default: 0] }
        }
            || answerUnits(in: Array(sentence.utf8)).count
                > answerUnits(in: Array(quotation.utf8)).count
                && Retraction.isOne(lastUnit(of: sentence))
    }

    private static func lastUnit(of text: String) -> String {
        let bytes = Array(text.utf8)
        return answerUnits(in: bytes).last.map { String(decoding: bytes[$0], as: UTF8.self) } ?? ""
    }

    /// How often each operator stands in `text`.
    private static func signs(
        of text: String,
        _ language: Language
    ) -> [FunctionWords.Operator: Int] {
        ClaimSentence(text, language: language).tokens.reduce(into: [:]) { counts, token in
            guard case .sign(let sign) = token.content,
                [.negation, .attribution, .condition, .modal, .choice].contains(sign.kind)
            else { return }
            counts[sign, default: 0] += 1
        }
    }
}
