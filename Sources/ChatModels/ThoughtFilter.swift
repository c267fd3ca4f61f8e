/// Lets through what a model answers, as it comes, and holds back what it may only be thinking.
///
/// JSON is an answer from its first brace on. Other text could turn out to be thoughts whose
/// opening tag the server left out, so it waits for the end of the reply, unless the server is one
/// that keeps thoughts apart.
struct ThoughtFilter {
    /// Whether the server sends thoughts in a field of their own.
    private let keepsThoughtsApart: Bool
    private var held = ""
    private var isAnswering = false
    /// Whether thoughts have ended and nothing of the answer has come yet.
    private var isBetween = false

    init(keepsThoughtsApart: Bool) { self.keepsThoughtsApart = keepsThoughtsApart }

    /// Takes in a piece of the reply and returns what is certain to be answer.
    ///
    /// - Complexity: O(n) in all for a reply of n bytes without thoughts; a reply with thoughts is
    ///   read again at each character that could end them.
    mutating func append(_ piece: String) -> String {
        if isAnswering { return piece }
        held += piece
        guard isBetween || held.utf8.count < 256 || piece.utf8.contains(where: Self.isTelling)
        else {
            return ""
        }
        let bytes = Array(held.utf8)
        guard case .answer(let start) = Thoughts.read(bytes, isWhole: false) else { return "" }
        let answer = bytes[start...].drop { $0 <= 0x20 }
        isBetween = start > 0 && answer.isEmpty
        guard Self.isJSON(answer) || mayStream(answer, of: bytes, from: start) else { return "" }
        isAnswering = true
        defer { held = "" }
        return String(decoding: bytes[start...], as: UTF8.self)
    }

    /// Returns what was held back of the answer, at the end of the reply.
    mutating func finish() -> String {
        defer { held = "" }
        return isAnswering ? "" : String(Thoughts.removed(from: held))
    }

    /// Whether text that is no JSON is certain to be answer.
    private func mayStream(_ answer: ArraySlice<UInt8>, of bytes: [UInt8], from start: Int) -> Bool
    {
        guard let first = answer.first else { return false }
        // What could become a tag is not yet known.
        let isTagLike = [UInt8(ascii: "<"), UInt8(ascii: "["), 0xE2].contains(first)
        if isTagLike, answer.count < 80, !answer.contains(where: Self.isTelling) { return false }
        let opening = bytes.firstIndex { $0 > 0x20 }.flatMap { Thoughts.tag(in: bytes, at: $0) }
        return keepsThoughtsApart || start > 0 && opening?.isOpening == true
    }

    private static func isJSON(_ answer: ArraySlice<UInt8>) -> Bool {
        guard let first = answer.first else { return false }
        if first == UInt8(ascii: "{") || answer.starts(with: "```".utf8) { return true }
        guard first == UInt8(ascii: "["), let next = answer.dropFirst().first(where: { $0 > 0x20 })
        else { return false }
        return next == UInt8(ascii: "{") || next == UInt8(ascii: "]") || next == UInt8(ascii: "\"")
    }

    /// Whether a byte can end a tag or begin JSON.
    private static func isTelling(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ">") || byte == UInt8(ascii: "]") || byte == 0xB7
            || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "`")
    }
}
