extension RetrievalSet {
    /// The field by which a question that was made by a language model says whether a person has read it.
    package static let reviewField = "reviewed"

    /// The queries that were made by a language model and that nobody has looked at yet: those that say
    /// `"reviewed": false`.
    package var unreviewed: [LabeledQuery] {
        queries.filter { $0.metadata[Self.reviewField] == "false" }
    }

    /// The set without its unreviewed queries.
    package var reviewed: RetrievalSet {
        var set = self
        set.queries = queries.filter { $0.metadata[Self.reviewField] != "false" }
        let kept = Set(set.queries.map(\.id))
        set.judgements = Judgements(judgements.gains.filter { kept.contains($0.key) })
        return set
    }
}
