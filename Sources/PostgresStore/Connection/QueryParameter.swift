#if Postgres
/// A value that a statement is given, with its type: nothing in it is ever syntax.
enum QueryParameter: Sendable {
    case text(String?)
    case integer(Int64?)
    case real(Double?)
    case bytes([UInt8]?)
    /// Numbers as a `bigint[]`.
    case integers([Int64])
    /// Texts as a `text[]`.
    case texts([String])
    /// An embedding as a `vector`.
    case vector([Float])

    /// The type's number in PostgreSQL's catalog; 0 where the statement has to say it, as it must for the
    /// types of an extension.
    var type: UInt32 {
        switch self {
        case .text: 25
        case .integer: 20
        case .real: 701
        case .bytes: 17
        case .integers: 1016
        case .texts: 1009
        case .vector: 0
        }
    }

    /// Whether the value is sent as bytes rather than as text.
    var isBinary: Bool {
        if case .bytes = self { true } else { false }
    }

    /// The value as it is sent; nil for null.
    ///
    /// Text has the byte 0 at its end.
    var encoded: [UInt8]? {
        switch self {
        case .text(let text): text.map { Self.terminated(Self.withoutNulls($0)) }
        case .integer(let number): number.map { Self.terminated(String($0)) }
        case .real(let number): number.map { Self.terminated(String($0)) }
        case .bytes(let bytes): bytes
        case .integers(let numbers):
            Self.terminated("{" + numbers.map { String($0) }.joined(separator: ",") + "}")
        case .texts(let texts): Self.terminated(Self.array(texts))
        case .vector(let vector): Self.terminated(Self.literal(vector))
        }
    }

    private static func terminated(_ text: String) -> [UInt8] { Array(text.utf8) + [0] }

    /// PostgreSQL has no character U+0000 in a text.
    static func withoutNulls(_ text: String) -> String {
        text.utf8.contains(0) ? text.replacing("\0", with: " ") : text
    }

    /// An array as PostgreSQL writes one.
    static func array(_ texts: [String]) -> String {
        let quoted = texts.map { text in
            let escaped = withoutNulls(text).replacing("\\", with: "\\\\")
                .replacing("\"", with: "\\\"")
            return "\"\(escaped)\""
        }
        return "{\(quoted.joined(separator: ","))}"
    }

    /// A vector as pgvector writes one; every number is read back as it was.
    static func literal(_ vector: [Float]) -> String {
        "[" + vector.map { $0.description }.joined(separator: ",") + "]"
    }
}
#endif
