internal import Foundation

/// A JSON object as text, in which a member can be put in or taken out while all else stays as it is.
struct JSONText {
    /// A member of the object.
    struct Member {
        let name: String
        let value: Substring
        /// From the name to the end of the value.
        let range: Range<String.Index>
    }

    private(set) var text: String
    private(set) var members: [Member] = []

    /// Reads an object; nil if the text is none.
    init?(_ text: String) {
        self.text = text
        guard (try? JSONSerialization.jsonObject(with: Data(text.utf8))) is [String: Any] else {
            return nil
        }
        scan()
    }

    /// Finds the members of a text that is known to be an object.
    private mutating func scan() {
        members = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        var start: String.Index?
        var colon: String.Index?
        func end(_ index: String.Index) -> Member? {
            guard let from = start, let colon else { return nil }
            var to = index
            while to > colon, text[text.index(before: to)].isWhitespace {
                to = text.index(before: to)
            }
            let value = text[text.index(after: colon)..<to].drop(while: \.isWhitespace)
            let data = Data(text[from..<colon].utf8)
            let name = try? JSONSerialization.jsonObject(with: data, options: .fragmentsAllowed)
            return Member(name: name as? String ?? "", value: value, range: from..<to)
        }
        for index in text.indices {
            let character = text[index]
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\" {
                    isEscaped = true
                } else if character == "\"" {
                    isInString = false
                }
                continue
            }
            switch character {
            case "\"":
                isInString = true
                if depth == 1, start == nil { start = index }
            case "{", "[": depth += 1
            case "}", "]":
                depth -= 1
                if depth == 0, let member = end(index) { members.append(member) }
            case ":" where depth == 1 && colon == nil: colon = index
            case "," where depth == 1:
                if let member = end(index) { members.append(member) }
                start = nil
                colon = nil
            default: break
            }
        }
    }

    /// Puts another value in the place of a member's.
    mutating func replace(_ member: Member, with value: String) {
        text.replaceSubrange(member.value.startIndex..<member.value.endIndex, with: value)
        scan()
    }

    /// The text with a further member at the end.
    func inserting(_ name: String, _ value: String, indent: String) -> String {
        let entry = "\(indent)\(Self.quoted(name)): \(value)"
        var text = text
        guard let last = members.last else {
            let open = text.firstIndex(of: "{") ?? text.startIndex
            let close = text.lastIndex(of: "}") ?? text.endIndex
            let outdent = String(indent.dropLast(2))
            text.replaceSubrange(text.index(after: open)..<close, with: "\n\(entry)\n\(outdent)")
            return text
        }
        text.insert(contentsOf: ",\n\(entry)", at: last.range.upperBound)
        return text
    }

    /// The text without a member, and without the comma that it needs no more.
    func removing(_ name: String) -> String {
        guard let at = members.firstIndex(where: { $0.name == name }) else { return text }
        var text = text
        if at > 0 {
            text.removeSubrange(members[at - 1].range.upperBound..<members[at].range.upperBound)
        } else if members.count > 1 {
            text.removeSubrange(members[0].range.lowerBound..<members[1].range.lowerBound)
        } else {
            let open = text.firstIndex(of: "{") ?? text.startIndex
            let close = text.lastIndex(of: "}") ?? text.endIndex
            text.removeSubrange(text.index(after: open)..<close)
        }
        return text
    }

    /// A text as JSON, which is good TOML too.
    static func quoted(_ text: String) -> String {
        let data = try? JSONSerialization.data(
            withJSONObject: text,
            options: [.fragmentsAllowed, .withoutEscapingSlashes]
        )
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
