/// Takes files out of an archive and puts each document below its name.
struct ArchiveContents {
    private(set) var rendering = ExtractedText()
    /// How many files nothing reads.
    private(set) var unread = 0

    private let options: ReadingOptions
    private var count = 0

    /// The most files of one archive that are read.
    static let maximumFiles = 2000

    init(_ options: ReadingOptions) {
        self.options = options
    }

    /// Whether no more files are read, so that their contents need not be unpacked.
    var isFull: Bool { count >= Self.maximumFiles }

    /// Adds a file; one that nothing reads, or that comes when the archive is full, is counted.
    mutating func add(_ name: String, _ bytes: [UInt8]) {
        guard !bytes.isEmpty, !Self.isBeside(name) else { return }
        guard !isFull else {
            unread += 1
            return
        }
        count += 1
        guard let document = options.inner(name, bytes) else {
            unread += 1
            return
        }
        rendering.closeSections()
        rendering.append(name, as: .heading(level: 1))
        for block in document.blocks {
            var kind = block.kind
            if case .heading(let level) = kind {
                kind = .heading(level: min(level + 1, Block.deepestHeading))
            }
            rendering.append(block.text, as: kind)
        }
    }

    /// What was read, and how many files were not.
    ///
    /// - Parameter kind: What the archive is, for the message where nothing in it was read.
    /// - Returns: The documents one below the other.
    /// - Throws: `.binary` where nothing was read.
    func result(_ kind: String) throws(DocumentError) -> RenderedDraft {
        guard rendering.blocks.contains(where: { !$0.text.isEmpty }) else { throw .binary(kind) }
        var result = RenderedDraft(rendering: rendering)
        if unread > 0 { result.repairs = [TextRepair(kind: .attachments, count: unread)] }
        return result
    }

    /// Folders, and what systems put beside the files.
    static func isBeside(_ name: String) -> Bool {
        name.hasSuffix("/") || name.hasPrefix("__MACOSX/")
            || name.split(separator: "/").last.map { $0.hasPrefix(".") } ?? true
    }
}
