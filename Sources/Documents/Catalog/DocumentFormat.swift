/// A format of documents: what it is called, how its files are recognized, and what reads them.
///
/// A reader declares its format beside itself, as `static let declaration`; `DocumentFormat.all` lists
/// the declarations. Nothing else has to know of a format.
struct DocumentFormat: Sendable {
    /// The name, as documents and filters have it; it is stored and never changed.
    let name: String
    /// Raised by one whenever the reader makes other blocks or metadata of the same file.
    let version: Int
    /// The lowercase extensions of its files, without the dot.
    let suffixes: Set<String>
    /// How its files are recognized whatever they are called, and what reads them.
    let reader: Reader

    /// The three kinds of readers, in the order in which a file is offered to them.
    enum Reader: Sendable {
        /// Reads a format that is no text on the outside; told by the content alone.
        case binary(
            recognizes: @Sendable (FileProbe) -> Bool,
            make: @Sendable () -> any BinaryReader
        )
        /// Reads text that is in several encodings at once: it gets the bytes as they are, but for
        /// line ends. Told by the suffix or the content.
        case raw(
            recognizes: @Sendable (FileProbe) -> Bool,
            make: @Sendable (FileProbe, ReadingOptions) -> any FormatReader
        )
        /// Reads text. Told by the suffix; a file whose suffix no format has, by its content.
        case text(
            recognizes: @Sendable (TextProbe) -> Bool,
            make: @Sendable (TextProbe, ReadingOptions) -> any FormatReader
        )
    }
}

extension DocumentFormat {
    /// A format that is no text on the outside.
    static func binary(
        _ name: String,
        version: Int,
        recognizes: @escaping @Sendable (FileProbe) -> Bool,
        make: @escaping @Sendable () -> any BinaryReader
    ) -> DocumentFormat {
        DocumentFormat(
            name: name,
            version: version,
            suffixes: [],
            reader: .binary(recognizes: recognizes, make: make)
        )
    }

    /// A format that is text, recognized by its suffixes and, where `recognizes` is given, by content.
    static func text(
        _ name: String,
        version: Int,
        suffixes: Set<String>,
        recognizes: @escaping @Sendable (TextProbe) -> Bool = { _ in false },
        make: @escaping @Sendable (TextProbe, ReadingOptions) -> any FormatReader
    ) -> DocumentFormat {
        DocumentFormat(
            name: name,
            version: version,
            suffixes: suffixes,
            reader: .text(recognizes: recognizes, make: make)
        )
    }
}

/// A file before it is decoded, as recognizers see it.
final class FileProbe {
    /// The content, unpacked where the file was packed with gzip.
    let bytes: [UInt8]
    /// The name, without the folders.
    let name: String
    /// The lowercase extension of the name, or an empty string.
    let suffix: String
    private let limit: Int

    init(_ bytes: [UInt8], name: String, limit: Int) {
        self.bytes = bytes
        self.name = name
        self.limit = limit
        suffix = Self.suffix(of: name)
    }

    /// What the file holds if it is a zip archive, or nil.
    private(set) lazy var package: PackageProbe? =
        ZipArchive.isZip(bytes) ? PackageProbe(bytes, limit: limit) : nil

    /// What the file holds if it is a compound file, as Office wrote them before 2007, or nil.
    private(set) lazy var compound: CompoundFile? =
        CompoundFile.isOne(bytes) ? CompoundFile(bytes) : nil

    /// The lowercase extension of a file name, or an empty string.
    static func suffix(of name: String) -> String {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else {
            return ""
        }
        return name[name.utf8.index(after: dot)...].lowercased()
    }
}

/// A file after it was decoded, as recognizers see it.
struct TextProbe {
    let source: SourceText
    /// The name, without the folders.
    let name: String
    /// The lowercase extension of the name, or an empty string.
    let suffix: String
}
