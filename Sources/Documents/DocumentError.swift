/// Why a file cannot be read.
///
/// The message is what `status` lists beside the file.
@nonexhaustive
package enum DocumentError: Error, Hashable, Sendable, Codable,
    CustomStringConvertible
{
    /// The file is not text. The payload says what it looks like: `a PNG image`.
    case binary(String)
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
    /// The reader process was killed by this signal.
    case crashed(signal: Int)
    /// Reading it took more memory than a reader may have.
    case tooMuchMemory(limit: Int)
    /// The reader process sent what its parent does not understand, or ended without a word.
    case notUnderstood
    /// The file has links to other pages, and next to nothing else.
    case onlyLinks(count: Int)
    /// The file is empty, or has no words in it.
    case empty

    /// The reason, and where there is one the remedy.
    package var description: String {
        switch self {
        case .binary(let kind): "binary, not text: \(kind)"
        case .malformed(let format, let reason): "broken \(format): \(reason)"
        case .tooLarge(let bytes, let limit):
            "\(bytes) bytes, over the limit of \(limit): split it, or exclude it"
        case .missingProgram(let program, let package):
            "\(program) is not installed, which reads it: `apt install \(package)`, then index again"
        case .encrypted(let format): "an encrypted \(format): remove its password to have it read"
        case .onlyPictures(let pages):
            "no text on its \(pages) pages, only pictures: text recognition (OCR) reads those"
        case .tooSlow(let seconds): "not read within \(seconds) seconds, so it was given up"
        case .crashed(let signal):
            "its reader crashed (signal \(signal)): please report it; the next version tries again"
        case .tooMuchMemory(let limit):
            "reading it took over \(limit >> 30) GB of memory, so it was given up: split it"
        case .notUnderstood:
            "its reader's reply was not understood, a fault of the program and not of the file: "
                + "please report it; the next version tries again"
        case .onlyLinks(let count): "an index: \(count) links to other pages and no text of its own"
        case .empty: "no text in it"
        }
    }
}

extension DocumentError {
    /// The kind of an error, as a library stores it: raw values are never changed nor used again.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        case binary
        /// What earlier versions noted of a suffix that nothing read.
        case noReader = "no-reader"
        case malformed
        case tooLarge = "too-large"
        case missingProgram = "missing-program"
        case encrypted
        case onlyPictures = "only-pictures"
        case tooSlow = "too-slow"
        case crashed
        case tooMuchMemory = "too-much-memory"
        case notUnderstood = "not-understood"
        case onlyLinks = "only-links"
        case empty
        /// The file could not be opened or read to its end; no reader has seen it.
        case unreadable

        /// What has to change before the unchanged file is worth another try.
        package enum Retry: Hashable, Sendable {
            /// Nothing that the library can see: the next run tries again.
            case nextRun
            /// Reading of pictures is turned on, or a reader changes.
            case pictures
            /// A reader changes: `DocumentReader.skipVersion` differs.
            case newReader
        }

        /// When a file that was skipped for this reason is tried again.
        package var retry: Retry {
            switch self {
            case .missingProgram, .unreadable: .nextRun
            case .onlyPictures: .pictures
            default: .newReader
            }
        }
    }

    /// The kind of the error.
    package var code: Code {
        switch self {
        case .binary: .binary
        case .malformed: .malformed
        case .tooLarge: .tooLarge
        case .missingProgram: .missingProgram
        case .encrypted: .encrypted
        case .onlyPictures: .onlyPictures
        case .tooSlow: .tooSlow
        case .crashed: .crashed
        case .tooMuchMemory: .tooMuchMemory
        case .notUnderstood: .notUnderstood
        case .onlyLinks: .onlyLinks
        case .empty: .empty
        }
    }
}
