public import Corpus

/// A passage that an answer draws on, and where it stands.
public struct Source: Hashable, Sendable {
    /// The passage's identifier.
    public var passageID: PassageID
    /// Where it stands.
    public var location: PassageLocation

    /// Names the source that `passage` is.
    public init(_ passage: SourcePassage) {
        passageID = passage.id
        location = passage.passage.location
    }

    /// The absolute path of its document.
    public var path: String { location.path }
}

extension Source: Codable {
    private enum CodingKeys: String, CodingKey {
        case passageID, path, title, headingPath, firstLine, lastLine, firstPage, lastPage
    }

    /// Reads the fields that `encode(to:)` writes; lines and pages may be missing.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        func range(_ first: CodingKeys, _ last: CodingKeys) throws -> ClosedRange<Int>? {
            guard let lower = try values.decodeIfPresent(Int.self, forKey: first) else {
                return nil
            }
            let upper = try values.decodeIfPresent(Int.self, forKey: last) ?? lower
            return lower...max(lower, upper)
        }
        passageID = try values.decode(PassageID.self, forKey: .passageID)
        location = PassageLocation(
            path: try values.decode(String.self, forKey: .path),
            title: try values.decode(String.self, forKey: .title),
            headings: try values.decode([String].self, forKey: .headingPath),
            lines: try range(.firstLine, .lastLine),
            pages: try range(.firstPage, .lastPage)
        )
    }

    /// Writes identifier and location side by side.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(passageID, forKey: .passageID)
        try values.encode(location.path, forKey: .path)
        try values.encode(location.title, forKey: .title)
        try values.encode(location.headings, forKey: .headingPath)
        try values.encodeIfPresent(location.lines?.lowerBound, forKey: .firstLine)
        try values.encodeIfPresent(location.lines?.upperBound, forKey: .lastLine)
        try values.encodeIfPresent(location.pages?.lowerBound, forKey: .firstPage)
        try values.encodeIfPresent(location.pages?.upperBound, forKey: .lastPage)
    }
}
