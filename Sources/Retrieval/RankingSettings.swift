package import Corpus

/// What can be fitted to a library's own questions: how words and vectors are brought together.
///
/// Written as `dbsf:0.55 title:1 heading:1 depth:100`, with `rerank:late` behind it if the first passages
/// are looked at again.
public struct RankingSettings: Hashable, Sendable {
    /// How the two sides become one.
    public var fusion: Fusion
    /// How much more or less a match in a title counts, beside one in the text, than by default.
    public var title: Double
    /// The same for heading paths.
    public var heading: Double
    /// The candidates that each side brings up.
    public var depth: Int
    /// What looks at the first passages again.
    public var reranking: Reranking

    /// Settings; those of searches that nobody has tuned unless others are given.
    public init(
        fusion: Fusion = .standard,
        title: Double = 1,
        heading: Double = 1,
        depth: Int = 100,
        reranking: Reranking = .off
    ) {
        self.fusion = fusion
        self.title = title
        self.heading = heading
        self.depth = depth
        self.reranking = reranking
    }

    /// What of them decides which candidates there are, and not their order.
    var ofCandidates: RankingSettings {
        var settings = self
        settings.fusion = .standard
        settings.reranking = .off
        return settings
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
            depth: other.depth == plain.depth ? depth : other.depth,
            reranking: other.reranking == plain.reranking ? reranking : other.reranking
        )
    }
}

extension RankingSettings: LosslessStringConvertible {
    /// What `init` reads.
    public var description: String {
        "\(fusion) title:\(title) heading:\(heading) depth:\(depth)"
            + (reranking == .off ? "" : " rerank:\(reranking)")
    }

    /// Reads what `description` gives; nil for what searches could not work with.
    public init?(_ description: String) {
        // A model's path may have spaces.
        let parts = description.split(separator: " ", maxSplits: 4).map(String.init)
        guard parts.count >= 4, let fusion = Fusion(parts[0]),
            let title = Self.number(parts[1], named: "title"),
            let heading = Self.number(parts[2], named: "heading"),
            let depth = Self.number(parts[3], named: "depth"),
            (0...100).contains(title), (0...100).contains(heading), (1...10_000).contains(depth)
        else { return nil }
        self.init(fusion: fusion, title: title, heading: heading, depth: Int(depth))
        guard parts.count == 5 else { return }
        let name = "rerank:"
        guard parts[4].hasPrefix(name),
            let reranking = Reranking(String(parts[4].dropFirst(name.count)))
        else { return nil }
        self.reranking = reranking
    }

    private static func number(_ text: String, named name: String) -> Double? {
        guard text.hasPrefix(name + ":") else { return nil }
        return Double(text.dropFirst(name.count + 1)).flatMap { $0.isFinite ? $0 : nil }
    }
}
