/// Where a list goes on: a text that a caller hands back and does not look into.
///
/// It holds a place and the state of the library that the place belongs to.
struct Cursor: Hashable {
    /// How much has been given already.
    var offset: Int
    /// The library's generation; pages of different ones do not fit together.
    var generation: String

    init(offset: Int, generation: String) {
        self.offset = offset
        self.generation = generation
    }

    /// Reads a cursor.
    ///
    /// - Throws: `ServiceError.invalid` for what is none.
    init(_ text: String) throws(ServiceError) {
        guard let dash = text.firstIndex(of: "-"), let offset = Int(text[..<dash]),
            (0...1_000_000_000).contains(offset)
        else { throw .invalid("“cursor” is none that this server gave: leave it out to begin.") }
        self.offset = offset
        generation = String(text[text.index(after: dash)...])
    }

    /// What a caller is given.
    var text: String { "\(offset)-\(generation)" }

    /// The place at which a request goes on: its cursor's, or the beginning.
    ///
    /// - Throws: `ServiceError.invalid` for what is no cursor, or one of an earlier state.
    static func offset(
        of given: Arguments,
        generation: String
    ) throws(ServiceError) -> Int {
        guard let text = given.text("cursor"), !text.isEmpty else { return 0 }
        let cursor = try Cursor(text)
        guard cursor.generation == generation else {
            throw .invalid("The library has changed since “cursor” was given: begin again.")
        }
        return cursor.offset
    }

    /// The parameter that takes one.
    static let parameter = Parameter(
        "cursor",
        .text,
        "Goes on where a reply ended: its `nextCursor`."
    )
}
