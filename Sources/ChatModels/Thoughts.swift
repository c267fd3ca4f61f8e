/// Tells what a reasoning model thinks aloud from what it answers, where the server sends both as
/// one text.
///
/// Thoughts stand between tags, of which there are several families; the opening one is missing
/// where a chat template puts it into the prompt. A tag inside a string of JSON belongs to a
/// quotation, and a pair of tags in the middle of a line to a sentence about tags.
package enum Thoughts {
    /// Where the answer is in a reply, or in what has come of it so far.
    enum Reading: Equatable {
        /// The model is still thinking.
        case thinking
        /// The answer begins at this offset in UTF-8.
        case answer(from: Int)
    }

    /// `reply` without thoughts; nothing of a reply that ends in them.
    ///
    /// - Complexity: O(n).
    package static func removed(from reply: String) -> Substring {
        guard case .answer(let offset) = read(Array(reply.utf8), isWhole: true) else { return "" }
        return Substring(reply.utf8.dropFirst(offset))
    }

    /// Reads `bytes`, a reply in UTF-8 of which more may come unless `isWhole`.
    ///
    /// - Complexity: O(n).
    static func read(_ bytes: [UInt8], isWhole: Bool) -> Reading {
        var scan = Scan(bytes: bytes, isWhole: isWhole)
        return scan.reading()
    }
}

extension Thoughts {
    /// A tag around thoughts, or between them and the answer.
    struct Tag: Equatable {
        enum Family { case angle, bracket, bars, channel }
        var family: Family
        var isOpening: Bool
        /// The offset after it.
        var end: Int
    }

    /// Names of tags, in lower case.
    private static let names: Set<String> = [
        "think", "thinking", "thought", "thoughts", "reasoning", "reflection", "seed:think",
        "inner_monologue",
    ]
    /// Names of tags around an answer.
    fileprivate static let answerNames: Set<String> = [
        "answer", "response", "output", "final", "final_answer", "result", "json", "solution",
        "claims", "reply", "respuesta",
    ]
    /// Names between `<|` and `|>`.
    private static let opening: Set<String> = [
        "think", "thinking", "begin_of_thought", "start_thinking", "thought",
    ]
    private static let closing: Set<String> = [
        "/think", "/thinking", "end_of_thought", "end_thinking", "/thought",
    ]

    /// Bytes of the longest tag, attributes included.
    fileprivate static let longest = 80

    /// The tag at `start`, or nil.
    static func tag(in bytes: [UInt8], at start: Int) -> Tag? {
        switch bytes[start] {
        case UInt8(ascii: "<"):
            if bytes[start...].starts(with: "<|".utf8) { return barred(bytes, start) }
            return named(bytes, start, closedBy: UInt8(ascii: ">"), .angle)
        case UInt8(ascii: "["):
            return named(bytes, start, closedBy: UInt8(ascii: "]"), .bracket)
        case 0xE2:
            // Kimi's ◁think▷ and ◁/think▷.
            for (text, isOpening) in [("◁think▷", true), ("◁/think▷", false)]
            where bytes[start...].starts(with: text.utf8) {
                return Tag(family: .angle, isOpening: isOpening, end: start + text.utf8.count)
            }
            return nil
        default:
            return nil
        }
    }

    /// `<NAME …>`, `</NAME>`, or the same in brackets.
    private static func named(
        _ bytes: [UInt8],
        _ start: Int,
        closedBy mark: UInt8,
        _ family: Tag.Family
    ) -> Tag? {
        guard let end = bytes[start...].prefix(longest).firstIndex(of: mark) else { return nil }
        var inner = bytes[start + 1..<end]
        inner = inner.drop { $0 == 0x20 }
        let isClosing = inner.first == UInt8(ascii: "/")
        if isClosing { inner = inner.dropFirst() }
        inner = inner.drop { $0 == 0x20 }
        let name = inner.prefix { $0 > 0x20 }
        // A name in brackets stands alone.
        // Gemma's fine-tunes think between two tokens that have no name.
        if name.elementsEqual("unused94".utf8) || name.elementsEqual("unused95".utf8) {
            return Tag(family: .angle, isOpening: name.last == UInt8(ascii: "4"), end: end + 1)
        }
        guard family == .angle || name.count == inner.count,
            names.contains(String(decoding: name, as: UTF8.self).lowercased())
        else { return nil }
        return Tag(family: family, isOpening: !isClosing, end: end + 1)
    }

    /// `<|NAME|>`: thoughts of some families, and gpt-oss's channels
    /// `<|channel|>analysis<|message|>…<|end|><|start|>assistant<|channel|>final<|message|>…`.
    private static func barred(_ bytes: [UInt8], _ start: Int) -> Tag? {
        let mark = Array("|>".utf8)
        let rest = bytes[start...].prefix(longest)
        guard let bar = rest.dropFirst(2).firstIndex(of: UInt8(ascii: "|")),
            bytes[bar...].starts(with: mark)
        else { return nil }
        let name = String(decoding: bytes[start + 2..<bar], as: UTF8.self).lowercased()
        if opening.contains(name) { return Tag(family: .bars, isOpening: true, end: bar + 2) }
        if closing.contains(name) { return Tag(family: .bars, isOpening: false, end: bar + 2) }
        guard name == "channel" else { return nil }
        let message = Array("<|message|>".utf8)
        var end = bar + 2
        while end < bytes.count, end - bar < longest, !bytes[end...].starts(with: message) {
            end += 1
        }
        guard end + message.count <= bytes.count, bytes[end...].starts(with: message) else {
            return nil
        }
        let channel = bytes[(bar + 2)..<end].drop { $0 <= 0x20 }
        let isFinal = channel.starts(with: "final".utf8)
        return Tag(family: .channel, isOpening: !isFinal, end: end + message.count)
    }
}

extension Thoughts {
    private struct Scan {
        let bytes: [UInt8]
        let isWhole: Bool

        /// What came of reading an object in braces.
        private enum Object {
            case whole(end: Int)
            /// A closing tag outside any string: the object was a draft that was dropped.
            case dropped(end: Int)
            /// The reply ends in it; the end of the last closing tag inside a string, if there is
            /// one.
            case cut(lastTag: Int?)
        }

        init(bytes: [UInt8], isWhole: Bool) {
            self.bytes = bytes
            self.isWhole = isWhole
        }

        mutating func reading() -> Reading {
            var start = 0
            while true {
                let first = spaceSkipped(from: start)
                guard first < bytes.count else { return .answer(from: start) }
                if let tag = Thoughts.tag(in: bytes, at: first), tag.isOpening {
                    guard let end = endOfThoughts(from: tag.end, tag.family) else {
                        return .thinking
                    }
                    start = end
                } else if let end = endOfSpokenAnalysis(from: first) {
                    start = end
                } else if let name = unknownName(at: first) {
                    // A name that only this model gives its thoughts: JSON follows where they end.
                    if let end = endOfElement(name, from: first) {
                        start = end
                    } else if isWhole {
                        return .answer(from: start)
                    } else {
                        return .thinking
                    }
                } else if let next = restart(from: first) {
                    start = next
                } else {
                    return .answer(from: start)
                }
            }
        }

        /// Where to go on reading because of a tag in the text from `start` on; nil if it is an
        /// answer.
        private func restart(from start: Int) -> Int? {
            var mention: Tag.Family?
            var isAtLineStart = false
            var i = start
            while i < bytes.count {
                let byte = bytes[i]
                if byte == UInt8(ascii: "{") {
                    switch object(from: i) {
                    case .whole(let end):
                        i = end
                        continue
                    case .dropped(let end):
                        return end
                    case .cut(let lastTag):
                        guard let lastTag, isJSON(at: lastTag) else { return nil }
                        return lastTag
                    }
                }
                if let tag = Thoughts.tag(in: bytes, at: i) {
                    if tag.isOpening {
                        if isAtLineStart || tag.family == .channel { return i }
                        mention = tag.family
                    } else if mention == tag.family {
                        mention = nil
                    } else {
                        return tag.end
                    }
                    i = tag.end
                    continue
                }
                if byte == 0x0A {
                    isAtLineStart = true
                    mention = nil
                } else if byte > 0x20 {
                    isAtLineStart = false
                }
                i += 1
            }
            return nil
        }

        /// Where thoughts end that were opened before `start`: at the closing tag that belongs to
        /// the opening one, or at any that JSON follows.
        private func endOfThoughts(from start: Int, _ family: Tag.Family) -> Int? {
            var depth = 1
            var last: Int?
            var i = start
            while i < bytes.count {
                guard let tag = Thoughts.tag(in: bytes, at: i), tag.family == family else {
                    i += 1
                    continue
                }
                if tag.isOpening {
                    if family != .channel { depth += 1 }
                } else {
                    depth -= 1
                    last = tag.end
                    if depth == 0 || isJSON(at: tag.end) { return tag.end }
                }
                i = tag.end
            }
            return isWhole ? last : nil
        }

        /// The end of gpt-oss's thoughts where a server left out the tags around the names of the
        /// channels: `analysis…assistantfinal…`.
        private func endOfSpokenAnalysis(from start: Int) -> Int? {
            guard bytes[start...].starts(with: "analysis".utf8) else { return nil }
            let mark = Array("assistantfinal".utf8)
            var i = start
            while i + mark.count <= bytes.count {
                if bytes[i] == mark[0], bytes[i...].starts(with: mark) { return i + mark.count }
                i += 1
            }
            return nil
        }

        /// The name of a tag at `start` that stands for no answer; nil if there is none.
        private func unknownName(at start: Int) -> [UInt8]? {
            guard bytes[start] == UInt8(ascii: "<") else { return nil }
            let name = bytes[(start + 1)...].prefix(Thoughts.longest).prefix { byte in
                (0x61...0x7A).contains(byte | 0x20) || byte == UInt8(ascii: "_")
                    || byte == UInt8(ascii: "-")
            }
            let end = start + 1 + name.count
            guard name.count > 2, end < bytes.count, bytes[end] == UInt8(ascii: ">"),
                !Thoughts.answerNames.contains(
                    String(decoding: name, as: UTF8.self).lowercased()
                )
            else { return nil }
            return Array(name)
        }

        /// The end of the last `</NAME>` that JSON follows.
        private func endOfElement(_ name: [UInt8], from start: Int) -> Int? {
            let mark = Array("</".utf8) + name + [UInt8(ascii: ">")]
            var result: Int?
            var i = start
            while i + mark.count <= bytes.count {
                if bytes[i] == mark[0], bytes[i...].starts(with: mark) {
                    if isJSON(at: i + mark.count) { result = i + mark.count }
                    i += mark.count
                } else {
                    i += 1
                }
            }
            return result
        }

        /// Reads the object at `start`, its strings as strings.
        private func object(from start: Int) -> Object {
            var depth = 0
            var isInString = false
            var lastTag: Int?
            var i = start
            while i < bytes.count {
                let byte = bytes[i]
                if byte == UInt8(ascii: "\\"), isInString {
                    i += 2
                    continue
                }
                if byte == UInt8(ascii: "\"") {
                    isInString.toggle()
                } else if !isInString, byte == UInt8(ascii: "{") {
                    depth += 1
                } else if !isInString, byte == UInt8(ascii: "}") {
                    depth -= 1
                    if depth == 0 { return .whole(end: i + 1) }
                } else if let tag = Thoughts.tag(in: bytes, at: i) {
                    if !tag.isOpening {
                        if !isInString { return .dropped(end: tag.end) }
                        lastTag = tag.end
                    }
                    i = tag.end
                    continue
                }
                i += 1
            }
            return .cut(lastTag: lastTag)
        }

        private func isJSON(at offset: Int) -> Bool {
            let first = spaceSkipped(from: offset)
            guard first < bytes.count else { return false }
            return bytes[first] == UInt8(ascii: "{") || bytes[first...].starts(with: "```".utf8)
                || bytes[first...].starts(with: "[{".utf8)
                || bytes[first...].starts(with: "[]".utf8)
        }

        private func spaceSkipped(from offset: Int) -> Int {
            bytes[offset...].firstIndex { $0 > 0x20 } ?? bytes.count
        }
    }
}
