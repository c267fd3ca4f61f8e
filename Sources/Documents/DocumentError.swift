/// Why a file cannot be read.
///
/// The message is what `status` lists beside the file.
@nonexhaustive
package enum DocumentError: Error, Hashable, Sendable, Codable,
    CustomStringConvertible
{
    /// The file is not text. The payload says what it looks like: `a PNG image`.
    case binary(String)
    /// The file's name says that nothing here reads it; the payload is the extension.
    case unsupportedFormat(String)
    /// The file is not what its name says; the payload says where it breaks.
    case malformed(format: String, reason: String)
    /// The file is larger than the limit.
    case tooLarge(bytes: Int, limit: Int)
    /// A program that reads the format is not installed.
    case missingProgram(String, package: String)
    /// The file can be read with a password only.
    case encrypted(format: String)
    /// The file has pages, but only pictures on them.
    case onlyPictures(pages: Int)
    /// Reading it took too long and was given up.
    case tooSlow(seconds: Int)
    /// What reads it came to its end over it, by the signal of this number.
    case crashed(signal: Int)
    /// The file has links to other pages, and next to nothing else.
    case onlyLinks(count: Int)
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
        case .missingProgram(let program, let package):
            "\(program) is not installed, which reads it: `apt install \(package)`, then index again"
        case .encrypted(let format): "an encrypted \(format): remove its password to have it read"
        case .onlyPictures(let pages):
            "no text on its \(pages) pages, only pictures: `vecino index --ocr` reads those"
        case .tooSlow(let seconds): "not read within \(seconds) seconds, so it was given up"
        case .crashed(let signal):
            "its reader crashed (signal \(signal)): the file is damaged, or made to do harm"
        case .onlyLinks(let count): "an index: \(count) links to other pages and no text of its own"
        case .empty: "no text in it"
        }
    }
}
