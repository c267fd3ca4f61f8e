package import Corpus

/// What can be fitted to a library's own questions: how words and vectors are brought together.
///
/// Written as `dbsf:0.55 title:1 heading:1 depth:100`.
public struct RankingSettings: Hashable, Sendable {
    /// How the two sides become one.
    public var fusion: Fusion
    /// How much more or less a match in a title counts, beside one in the text, than by default.
    public var title: Double
    /// The same for heading paths.
    public var heading: Double
    /// The candidates that each side brings up.
    public var depth: Int

    /// Settings; those of searches that nobody has tuned unless others are given.
    public init(
        fusion: Fusion = .standard,
        title: Double = 1,
        heading: Double = 1,
        depth: Int = 100
    ) {
        self.fusion = fusion
        self.title = title
        self.heading = heading
        self.depth = depth
    }

    /// How much a match in each field counts.
    package var fieldWeights: FieldWeights {
        .standard.scaled(title: title, headings: heading)
    }

    /// What tuning tries by itself: fusions, then weights of fields, then depths.
    package static let choices: [[RankingSettings]] = [
        Fusion.choices.map { RankingSettings(fusion: $0) },
        [0.5, 1, 2, 4].flatMap { title in
            [0.5, 1, 2].map { RankingSettings(title: title, heading: $0) }
        },
        [50, 200, 400].map { RankingSettings(depth: $0) },
    ]

    /// These settings with whatever `other` has that is not the default.
    package func combined(with other: RankingSettings) -> RankingSettings {
        let plain = RankingSettings()
        return RankingSettings(
            fusion: other.fusion == plain.fusion ? fusion : other.fusion,
            title: other.title == plain.title ? title : other.title,
            heading: other.heading == plain.heading ? heading : other.heading,
            depth: other.depth == plain.depth ? depth : other.depth
        )
    }
}

extension RankingSettings: LosslessStringConvertible {
    /// What `init` reads.
    public var description: String {
        "\(fusion) title:\(title) heading:\(heading) depth:\(depth)"
    }

    /// Reads what `description` gives; nil for what searches could not work with.
    public init?(_ description: String) {
        let parts = description.split(separator: " ").map(String.init)
        guard parts.count == 4, let fusion = Fusion(parts[0]),
            let title = Self.number(parts[1], named: "title"),
            let heading = Self.number(parts[2], named: "heading"),
            let depth = Self.number(parts[3], named: "depth"),
            (0...100).contains(title), (0...100).contains(heading), (1...10_000).contains(depth)
        else { return nil }
        self.init(fusion: fusion, title: title, heading: heading, depth: Int(depth))
    }

    private static func number(_ text: String, named name: String) -> Double? {
        guard text.hasPrefix(name + ":") else { return nil }
        return Double(text.dropFirst(name.count + 1)).flatMap { $0.isFinite ? $0 : nil }
    }
}
