internal import Corpus
internal import TextAnalysis

/// Fields that only the library knows.
extension SearchWork {
    /// Makes conditions of what looks like a field and is one of the documents' own, such as `status:done`;
    /// of any other one people are told that its words were looked for.
    mutating func resolveUnknownFields(in snapshot: any LibrarySnapshot) async throws {
        guard !syntax.unknownFields.isEmpty, !isVerbatim else { return }
        let documents = try await snapshot.documents()
        let names = Set(documents.flatMap(\.metadata.keys))
        for field in syntax.unknownFields {
            let condition = FieldCondition(field.name, .has, field.value)
            if documents.contains(where: { !condition.values(of: $0).isEmpty }) {
                syntax.conditions.append(condition)
                if let place = syntax.text.firstRange(of: field.raw) {
                    syntax.text.removeSubrange(place)
                }
            } else {
                let nearest = Self.nearestField(to: field.name, among: names)
                notes.append(.unknownField(name: field.name, nearest: nearest))
            }
        }
        if !syntax.hasWords, !syntax.conditions.isEmpty {
            // A filter alone says what is looked for, too.
            syntax.text = request.query
            syntax.isFilter = syntax.required.isEmpty
        }
    }

    /// The field that a person probably meant: with a slip or two in its name.
    private static func nearestField(to name: String, among names: Set<String>) -> String? {
        let known = names.union(QueryField.names)
        let entries = known.sorted().map { Spelling.Entry(term: folded($0), passages: 1) }
        return Spelling(of: folded(name))?.best(among: entries)?.entry.term
    }
}
