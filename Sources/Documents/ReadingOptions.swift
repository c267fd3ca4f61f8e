/// How far a reader may go with one file, and what of a record it takes.
package struct ReadingOptions: Hashable, Sendable, Codable {
    /// The largest file that is read, in bytes, and the most that may come out of a packed one.
    package var maximumBytes: Int
    /// Seconds after which a program that reads a file is stopped.
    package var seconds: Double
    /// Seconds after which a reader of ours is given up, where it has a process to itself; a second
    /// more for each million bytes.
    package var readerSeconds: Double
    /// Whether text is looked for in pictures of pages.
    package var readsPictures: Bool
    /// What of the records of CSV and JSON is text.
    package var fields: RecordFields
    /// How many files the one that is read lies in: attachments, archives.
    var depth = 0

    /// Options; without arguments, the defaults.
    package init(
        maximumBytes: Int = 64 << 20,
        seconds: Double = 240,
        readerSeconds: Double = 30,
        readsPictures: Bool = false,
        fields: RecordFields = RecordFields()
    ) {
        self.maximumBytes = maximumBytes
        self.seconds = seconds
        self.readerSeconds = readerSeconds
        self.readsPictures = readsPictures
        self.fields = fields
    }
}

extension ReadingOptions {
    /// Files inside files inside files: further in nothing is read.
    private static let maximumDepth = 4

    /// A file that lies in the one that is read, as a document; nil if nothing reads it.
    func inner(_ name: String, _ bytes: [UInt8]) -> ParsedDocument? {
        guard depth < Self.maximumDepth, !bytes.isEmpty else { return nil }
        var options = self
        options.depth += 1
        return try? DocumentReader(options: options).read(bytes, path: name)
    }
}

/// What of a record, a row of CSV or an object of JSON, is text.
///
/// A field is named as the header or the key names it, nested ones with dots between the levels; a
/// name stands for everything below it. A record that has none of the fields is read whole: other
/// files of the folder may have other ones.
package struct RecordFields: Hashable, Sendable, Codable {
    /// The fields whose text makes the passage; empty for all.
    package var text: [String]
    /// The field that names the record; its value stands above the passage as a heading.
    package var id: String?

    /// The fields of these names; without arguments, all of them.
    package init(text: [String] = [], id: String? = nil) {
        self.text = text
        self.id = id
    }

    /// Whether some field has been chosen.
    package var isChosen: Bool { !text.isEmpty || id != nil }

    /// Whether the formats that these fields are about include `format`, as documents name it.
    package static func concern(_ format: String) -> Bool {
        ["csv", "json", "jsonl"].contains(format)
    }

    /// Whether a field is one of the text's.
    func isText(_ name: String) -> Bool {
        text.isEmpty || text.contains { name == $0 || name.hasPrefix($0 + ".") }
    }

    /// Whether the name of a field is said before its value: not if there is only the one.
    var showsNames: Bool { text.count != 1 }
}
