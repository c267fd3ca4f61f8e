extension RejectedQuotation: Error {}

/// Takes a model's claims to the gate.
struct AttributionCheck: Sendable {
    private let passages: [SourcePassage]
    private let gate: QuotationVerifier
    private let question: String

    /// Judges against `passages`, numbered from 1 in this order.
    init(_ passages: [SourcePassage], question: String) {
        self.question = question
        self.passages = passages
        gate = QuotationVerifier(passages)
    }

    /// The claim with its quotation as stored, or what is wrong with it.
    func judge(_ draft: ReplyParser.Draft) -> Result<Claim, RejectedQuotation> {
        let passage = draft.passage.flatMap {
            passages.indices.contains($0 - 1) ? passages[$0 - 1] : nil
        }
        func rejected(_ fault: QuotationFault) -> Result<Claim, RejectedQuotation> {
            .failure(
                RejectedQuotation(
                    claim: draft.claim,
                    passageID: passage?.id,
                    quotation: draft.quotation,
                    reason: fault
                )
            )
        }
        guard let passage else { return rejected(.unknownPassage) }
        switch gate.check(draft.quotation, in: passage.id) {
        case .refused(let fault): return rejected(fault)
        case .verified(let citation): return .success(claim(draft.claim, citation, passage))
        }
    }

    /// The claim as it may be shown with a quotation that stands in `passage`.
    ///
    /// A claim that does not follow is its quotation, and so is one in another language, beside what it says.
    private func claim(_ said: String, _ citation: Citation, _ passage: SourcePassage) -> Claim {
        let whole = citation.widened(in: passage.text)
        let narrow = whole.narrowed(to: said, question: question, in: passage)
        let announcement = narrow.announcement(in: passage.text)
        let text = ShownText.of(said.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        var result = Claim(
            text: ShownText.of(narrow.quotation),
            citations: [announcement, narrow].compactMap(\.self),
            standing: .isQuoted
        )
        result.isOrder = ShownText.isOrder(narrow.quotation)
        guard !text.isEmpty else { return result }
        let support = ClaimSupport(question: question, passage: passage)
        let isLimited = announcement.map { support.limits($0.quotation) } ?? false
        for carrier in [narrow, whole] where !isLimited {
            switch support.judge(text, by: carrier) {
            case .follows:
                result.text = text
                result.standing = .follows
                result.citations = [announcement, carrier].compactMap(\.self)
                return result
            case .unchecked:
                result.reading = text
                result.standing = .notChecked
            case .fails: continue
            }
        }
        return result
    }
}
