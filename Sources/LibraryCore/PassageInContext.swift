public import Corpus

/// A passage with the identifiers of those before and after it in its document.
public struct PassageInContext: Encodable, Hashable, Sendable {
    /// The passage.
    public let passage: Passage
    /// The one before it, unless it is the first.
    public let previous: PassageID?
    /// The one after it, unless it is the last.
    public let next: PassageID?

    private enum CodingKeys: String, CodingKey { case previous, next }

    /// Writes the passage's fields and the neighbors beside them.
    public func encode(to encoder: any Encoder) throws {
        try passage.encode(to: encoder)
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encodeIfPresent(previous, forKey: .previous)
        try values.encodeIfPresent(next, forKey: .next)
    }
}

extension Library {
    /// The passage with an identifier and its neighbors, or nil.
    public func passageInContext(_ id: PassageID) async throws -> PassageInContext? {
        try await store.read { snapshot in
            guard let passage = try await snapshot.passage(id) else { return nil }
            let positions = max(0, passage.position - 1)...(passage.position + 1)
            let near = try await snapshot.passages(of: passage.document.id, at: positions)
            return PassageInContext(
                passage: passage,
                previous: near.first { $0.position < passage.position }?.id,
                next: near.first { $0.position > passage.position }?.id
            )
        }
    }
}
