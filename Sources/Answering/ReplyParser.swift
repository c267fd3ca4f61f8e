internal import ChatModels
internal import FoundationEssentials

/// Reads the claims out of a language model's reply, as far as there are any.
///
/// Models wrap JSON in code fences and chatter, name fields in their own way, stop in the middle.
/// Nothing is gained by refusing such a reply: whatever it says, its quotations are checked.
enum ReplyParser {
    /// A claim as a model gave it.
    struct Draft: Hashable, Sendable {
        /// The passage's number in the prompt; nil if none was given.
        var passage: Int?
        var quotation: String
        var claim: String
    }

    /// What a reply contains.
    enum Reading: Hashable, Sendable {
        /// Claims, of which none means: the passages do not answer.
        case claims([Draft])
        /// No JSON of the kind that was asked for.
        case unreadable
    }

    /// Reads `reply`, whole or so far.
    ///
    /// - Complexity: O(n).
    static func read(_ reply: String) -> Reading {
        let bytes = Array(Thoughts.removed(from: reply).utf8)
        var drafts: [Draft] = []
        var seen: Set<Draft> = []
        for range in JSONObjects.ranges(in: bytes) {
            guard let object = decode(bytes[range]) else { continue }
            if let draft = object.draft {
                if seen.insert(draft).inserted { drafts.append(draft) }
            }
        }
        return drafts.isEmpty && !saysNothing(bytes) ? .unreadable : .claims(drafts)
    }

    /// What the reply wants the documents searched for: its `search` field, on one line and at most 200
    /// characters; nil for none.
    ///
    /// - Complexity: O(n).
    static func search(in reply: String) -> String? {
        let text = String(Thoughts.removed(from: reply))
        guard let match = text.firstMatch(of: /"search"\s*:\s*("(?:[^"\\]|\\.)*")/),
            let query = try? JSONDecoder().decode(String.self, from: Data(match.1.utf8))
        else { return nil }
        let line = query.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        // Small models copy the dots of the instructions.
        guard line.contains(where: { $0.isLetter || $0.isNumber }), line.lowercased() != "null"
        else { return nil }
        return String(line.prefix(200))
    }

    /// Whether the reply is an empty list of claims.
    private static func saysNothing(_ bytes: [UInt8]) -> Bool {
        let dense = bytes.filter { $0 > 0x20 }
        let text = String(decoding: dense, as: UTF8.self).lowercased()
        return text.contains("\"claims\":[]") || text.contains("{\"claims\":[{}]}")
            || text == "[]" || text == "{}"
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> Fields? {
        // Line breaks inside strings are the commonest fault of handmade JSON.
        let repaired = bytes.map { $0 < 0x20 ? 0x20 : $0 }
        return try? JSONDecoder().decode(Fields.self, from: Data(repaired))
    }

    /// The fields of a claim under the names that models give them.
    private struct Fields: Decodable {
        var draft: Draft?

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: AnyName.self)
            var strings: [String: String] = [:]
            var numbers: [String: Int] = [:]
            for key in container.allKeys {
                let name = key.stringValue.lowercased()
                if let text = try? container.decode(String.self, forKey: key) {
                    strings[name] = text
                } else if let number = try? container.decode(Int.self, forKey: key) {
                    numbers[name] = number
                } else if let list = try? container.decode([String].self, forKey: key) {
                    strings[name] = list.first
                }
            }
            let quotation = ["quotation", "quote", "cita", "text", "evidence"]
                .compactMap { strings[$0] }.first
            let claim = ["claim", "answer", "statement", "afirmación", "afirmacion", "respuesta"]
                .compactMap { strings[$0] }.first
            let names = ["passage", "id", "passage_id", "source", "pasaje", "number"]
            let passage = names.compactMap { name in
                numbers[name] ?? strings[name].flatMap(Self.number)
            }.first
            guard let quotation, !quotation.isEmpty else { return }
            draft = Draft(passage: passage, quotation: quotation, claim: claim ?? "")
        }

        /// The number in `P2`, `[2]` or `passage 2`.
        private static func number(in text: String) -> Int? {
            let digits = text.drop { !$0.isNumber }.prefix { $0.isNumber }
            return Int(digits)
        }
    }

    /// Any key.
    private struct AnyName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
