internal import ChatModels
internal import FoundationEssentials

/// Which sentences a model chose, and what it says of them.
///
/// The JSON that was asked for, and what small models write in its place: other names of the fields, numbers
/// as text, the JSON in a list or among prose, plain prose with `[3]` behind what it rests on, or a number alone.
struct NumberedReply: Hashable, Sendable {
    /// A claim and the numbers of its sentences, the first one first.
    struct Choice: Hashable, Sendable {
        var numbers: [Int]
        var claim: String
    }

    /// The choices, in order; none if no sentence answers.
    let choices: [Choice]
    /// Whether anything could be read.
    let isReadable: Bool

    /// Reads a whole reply; numbers beyond `count` are none.
    ///
    /// - Complexity: O(n).
    init(_ reply: String, count: Int) {
        let text = String(Thoughts.removed(from: reply))
        let fields = JSONObjects.all(in: text).compactMap { bytes in
            try? JSONDecoder().decode(Fields.self, from: Data(bytes))
        }.filter(\.isChoice)
        guard fields.isEmpty else {
            choices = fields.compactMap { field in
                let numbers = Self.known(field.numbers, count)
                return numbers.isEmpty ? nil : Choice(numbers: numbers, claim: field.claim)
            }
            isReadable = true
            return
        }
        let prose = Self.prose(in: text, count)
        choices = prose
        isReadable = !prose.isEmpty
    }

    private static func known(_ numbers: [Int], _ count: Int) -> [Int] {
        var seen: Set<Int> = []
        return numbers.filter { (1...max(count, 1)).contains($0) && seen.insert($0).inserted }
    }

    // MARK: Prose

    /// The claims of prose, each with the marks behind it; or a line that has nothing but numbers.
    private static func prose(in text: String, _ count: Int) -> [Choice] {
        var choices: [Choice] = []
        var claim = ""
        var rest = text[...]
        while let match = rest.firstMatch(of: /\s*(?:\[\s*\d+(?:\s*,\s*\d+)*\s*\]\s*)+[.!?]?/) {
            claim += rest[..<match.range.lowerBound]
            let numbers = known(Self.numbers(in: rest[match.range]), count)
            let flat = claim.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if !numbers.isEmpty { choices.append(Choice(numbers: numbers, claim: flat)) }
            claim = ""
            rest = rest[match.range.upperBound...]
        }
        guard choices.isEmpty else {
            // `[2] The sentence` has its mark in front.
            let behind = rest.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            if choices.count == 1, choices[0].claim.isEmpty { choices[0].claim = behind }
            return choices
        }
        let bare = text.filter { !$0.isWhitespace && !".[]#".contains($0) }
        guard bare.count <= 2, let number = Int(bare) else { return [] }
        return known([number], count).map { Choice(numbers: [$0], claim: "") }
    }

    private static func numbers(in text: Substring) -> [Int] {
        text.split { !$0.isNumber }.compactMap { Int($0) }
    }

    // MARK: JSON

    private struct Fields: Decodable {
        var numbers: [Int] = []
        var claim = ""
        /// Whether the object has a field of the kind that was asked for.
        var isChoice = false

        private static let numberNames: Set<String> = [
            "sentences", "sentence", "numbers", "number", "id", "ids", "frases", "frase", "source",
            "sources", "passage", "citations", "número", "numero",
        ]
        private static let claimNames: Set<String> = [
            "claim", "answer", "text", "respuesta", "afirmación", "afirmacion", "reply",
        ]

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyKey.self)
            for key in container.allKeys {
                let name = key.stringValue.lowercased()
                if Self.numberNames.contains(name) {
                    isChoice = true
                    numbers += Self.numbers(container, key)
                } else if Self.claimNames.contains(name),
                    let text = try? container.decode(String.self, forKey: key)
                {
                    claim = text
                }
            }
        }

        private static func numbers(
            _ container: KeyedDecodingContainer<AnyKey>,
            _ key: AnyKey
        ) -> [Int] {
            if let number = try? container.decode(Int.self, forKey: key) { return [number] }
            if let list = try? container.decode([Int].self, forKey: key) { return list }
            if let list = try? container.decode([String].self, forKey: key) {
                return list.flatMap { NumberedReply.numbers(in: $0[...]) }
            }
            let text = try? container.decode(String.self, forKey: key)
            return text.map { NumberedReply.numbers(in: $0[...]) } ?? []
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
