internal import Corpus
internal import Documents

/// What of a folder is indexed.
public struct IndexOptions: Codable, Hashable, Sendable {
    /// Globs of which a file's path has to match one; empty for all.
    public var include: [String]
    /// Globs of paths that are left out.
    public var exclude: [String]
    /// Whether files and folders whose name begins with a dot are read.
    public var hidden: Bool
    /// Bytes of the largest file that is read.
    public var maximumFileSize: Int64
    /// Whether text is looked for in pictures of pages, with tesseract.
    public var ocr: Bool
    /// Of a row of CSV or an object of JSON, the fields whose text makes the passage; empty for all.
    public var textFields: [String]
    /// The field that names such a row or object.
    public var idField: String?
    /// Whether folders on other file systems than the root's are entered.
    public var crossesFileSystems: Bool
    /// Seconds until the reader of one file is given up; a second more for each million bytes.
    public var secondsPerFile: Double

    /// Makes options; without arguments, the command line's defaults.
    public init(
        include: [String] = [],
        exclude: [String] = [],
        hidden: Bool = false,
        maximumFileSize: Int64 = 64_000_000,
        ocr: Bool = false,
        textFields: [String] = [],
        idField: String? = nil,
        crossesFileSystems: Bool = false,
        secondsPerFile: Double = 30
    ) {
        self.include = include
        self.exclude = exclude
        self.hidden = hidden
        self.maximumFileSize = maximumFileSize
        self.ocr = ocr
        self.textFields = textFields
        self.idField = idField
        self.crossesFileSystems = crossesFileSystems
        self.secondsPerFile = secondsPerFile
    }

    /// Reads options as a library keeps them; what an older program did not know has its default.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        include = try values.decodeIfPresent([String].self, forKey: .include) ?? include
        exclude = try values.decodeIfPresent([String].self, forKey: .exclude) ?? exclude
        hidden = try values.decodeIfPresent(Bool.self, forKey: .hidden) ?? hidden
        maximumFileSize =
            try values.decodeIfPresent(Int64.self, forKey: .maximumFileSize) ?? maximumFileSize
        ocr = try values.decodeIfPresent(Bool.self, forKey: .ocr) ?? ocr
        textFields = try values.decodeIfPresent([String].self, forKey: .textFields) ?? textFields
        idField = try values.decodeIfPresent(String.self, forKey: .idField)
        crossesFileSystems =
            try values.decodeIfPresent(Bool.self, forKey: .crossesFileSystems)
            ?? crossesFileSystems
        secondsPerFile =
            try values.decodeIfPresent(Double.self, forKey: .secondsPerFile) ?? secondsPerFile
        // The library may be a stranger's: as much as the command line takes, and no more.
        maximumFileSize = min(max(maximumFileSize, 1), 2_000_000_000)
        secondsPerFile = min(max(secondsPerFile, 0.001), 86_400)
    }
}

extension IndexOptions {
    /// What readers are told.
    var reading: ReadingOptions {
        ReadingOptions(
            maximumBytes: Int(maximumFileSize),
            readerSeconds: secondsPerFile,
            readsPictures: ocr,
            fields: RecordFields(text: textFields, id: idField)
        )
    }

    /// Whether a document that was read with `former` options, or by an earlier reader, may read
    /// otherwise now, although its file is as it was.
    func rereads(_ document: KnownDocument, readWith former: IndexOptions) -> Bool {
        if let version = DocumentReader.version(of: document.format), version != document.reader {
            return true
        }
        if ocr, document.picturePages > 0 { return true }
        return reading.fields != former.reading.fields
            && RecordFields.concern(document.format)
    }

    /// The same documents, those outdated that `rereads` names.
    func outdating(_ stored: StoredFolder, readWith former: IndexOptions) -> StoredFolder {
        stored.mapping { rereads($0, readWith: former) ? $0.outdated : $0 }
    }

    /// Whether the same files of a folder are looked for as with `former` options.
    func chooses(asWith former: IndexOptions) -> Bool {
        include == former.include && exclude == former.exclude && hidden == former.hidden
            && maximumFileSize == former.maximumFileSize
            && crossesFileSystems == former.crossesFileSystems
    }
}

extension SkipRecord {
    /// Whether an unchanged file that was passed over is worth another try.
    func isWorthAnotherTry(readsPictures: Bool) -> Bool {
        switch DocumentError.Code(rawValue: code)?.retry {
        case .nextRun: true
        case .pictures: readsPictures || reader != DocumentReader.skipVersion
        case .newReader, nil: reader != DocumentReader.skipVersion
        }
    }
}

/// What happened to one file in an indexing run.
public enum FileOutcome: String, Codable, Sendable {
    /// It is new in the library.
    case added
    /// Its content changed.
    case changed
    /// It is gone from the folder, and from the library.
    case removed
    /// It cannot be read; the reason is given.
    case skipped
    /// It could not be read this time, for a reason that says nothing about it; what the library
    /// holds of it stays, and the next run tries again.
    case unread
}

/// What an indexing run says while it works.
public enum IndexEvent: Sendable {
    /// Another process indexes into the library: this one waits for it to finish.
    case waiting
    /// The folder has been walked: so much is to be read, so much is as it was.
    case planned(files: Int, bytes: Int64, unchanged: Int, removed: Int)
    /// So much has been done.
    case progress(IndexProgress)
    /// One file is finished.
    case file(path: String, outcome: FileOutcome, passages: Int, reason: String?)
}

/// How far an indexing run has come.
public struct IndexProgress: Sendable {
    /// Files finished, of `totalFiles`.
    public var files = 0
    /// Files to read.
    public var totalFiles = 0
    /// Bytes finished, of `totalBytes`.
    public var bytes: Int64 = 0
    /// Bytes to read.
    public var totalBytes: Int64 = 0
    /// Passages finished.
    public var passages = 0
    /// Passages embedded, those of unfinished files included.
    public var embedded = 0
    /// Seconds since the run began.
    public var seconds = 0.0
}

/// What an indexing run did.
public struct IndexReport: Codable, Sendable {
    /// The folder or file that was indexed.
    public var root: String
    /// Files that were new.
    public var added = 0
    /// Files whose content had changed.
    public var changed = 0
    /// Documents whose file is gone.
    public var removed = 0
    /// Files that were as they had been.
    public var unchanged = 0
    /// Files that cannot be read.
    public var skipped = 0
    /// Files and folders that could not be read this time; what the library held of them stays.
    public var unread = 0
    /// Files whose text was repaired.
    public var repaired = 0
    /// Passages written.
    public var passages = 0
    /// Passages that had to be embedded.
    public var embedded = 0
    /// Bytes read.
    public var bytes: Int64 = 0
    /// How long it took.
    public var seconds = 0.0

    package init(root: String) { self.root = root }
}
