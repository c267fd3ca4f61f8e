extension RejectedQuotation: Error {}

/// Takes a model's claims to the gate.
struct ClaimJudge: Sendable {
    private let passages: [SourcePassage]
    private let gate: QuotationGate
    private let question: String

    /// Judges against `passages`, numbered from 1 in this order.
    init(_ passages: [SourcePassage], question: String) {
        self.question = question
        self.passages = passages
        gate = QuotationGate(passages)
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
        case .verified(let whole):
            let text = draft.claim.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            let narrow = whole.narrowed(to: draft.claim, question: question, in: passage)
            let support = ClaimSupport(question: question, passage: passage)
            // What is shown must carry the claim; a claim that nothing carries is its quotation.
            let carrier =
                text.isEmpty
                ? nil : [narrow, whole].first { support.carries(text, by: $0.quotation) }
            return .success(
                Claim(
                    text: carrier == nil ? narrow.quotation : text,
                    citations: [carrier ?? narrow]
                )
            )
        }
    }
}
