/// Why a file cannot be read.
///
/// The message is what `status` lists beside the file.
@nonexhaustive package enum DocumentError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file is not text. The payload says what it looks like: `a PNG image`.
    case binary(String)
    /// The file's name says that nothing here reads it; the payload is the extension.
    case unsupportedFormat(String)
    /// The file is not what its name says; the payload says where it breaks.
    case malformed(format: String, reason: String)
    /// The file is larger than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// The file is empty, or has no words in it.
    case empty

    /// The reason, and where there is one the remedy.
    package var description: String {
        switch self {
        case .binary(let kind): "binary, not text: \(kind)"
        case .unsupportedFormat(let name):
            "no reader for .\(name) files: convert it to text, Markdown or HTML to have it read"
        case .malformed(let format, let reason): "broken \(format): \(reason)"
        case .tooLarge(let bytes, let limit):
            "\(bytes) bytes, over the limit of \(limit): split it, or exclude it"
        case .empty: "no text in it"
        }
    }
}
