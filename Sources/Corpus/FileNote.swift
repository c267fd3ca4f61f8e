/// A file and what there is to know of it.
public struct FileNote: Codable, Hashable, Sendable {
    /// Relative to the collection's root.
    public var path: String
    /// What there is to know.
    public var text: String

    /// A note about a file.
    public init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
