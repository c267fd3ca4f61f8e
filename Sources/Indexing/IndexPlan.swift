public import Corpus

/// What an indexing run would do to a folder's documents.
public struct IndexPlan: Codable, Sendable {
    /// The folder or file.
    public var root: String
    /// New files, by path.
    public var added: [String] = []
    /// Files whose size or time changed.
    public var changed: [String] = []
    /// Documents whose file is gone.
    public var removed: [String] = []
    /// How many files are as they were.
    public var unchanged = 0
    /// Bytes of the new and changed files.
    public var bytes: Int64 = 0
    /// Files that are passed over, and why.
    public var skipped: [FileNote] = []
    /// Files and folders that could not be looked at this time; what is known of them would stay.
    public var unread: [FileNote] = []

    init(root: String) { self.root = root }
}

/// The differences between a folder and what the library knows of it.
struct FolderChanges {
    /// Files to read, new and changed together, in the order of their paths.
    var toRead: [SourceFile] = []
    /// Documents to take out, by path.
    var gone: [(path: String, id: DocumentID)] = []
    /// Files that the walk passed over with a reason.
    var skipped: [SkipRecord] = []
    /// What the walk could not look at; what the library holds of it stays.
    var unread: [SkipRecord] = []
    /// Those of `unread` that the library knows nothing of, so that `status` can list them.
    var unreadAndUnknown: [SkipRecord] = []
    /// Paths once skipped that are no longer there or no longer skipped by the walk.
    var forgottenSkips: [String] = []
    /// Documents of other collections whose files this one holds too.
    var doubled: [DocumentID] = []
    /// Unchanged documents whose stamps an earlier program noted in part, with whole ones.
    var restamped: [(id: DocumentID, stamp: FileStamp)] = []
    var unchanged = 0
    /// Files skipped before, for what is in them, and not changed since.
    var stillSkipped = 0

    /// Compares a walk of the folder with what is stored, by what `stat` says of each file.
    ///
    /// - Parameters:
    ///   - walk: what was found.
    ///   - stored: what the library holds of the folder.
    ///   - readsPictures: whether a file that was passed over for its pictures is worth another try.
    ///   - isGone: whether nothing is at a path of the folder any more.
    /// - Complexity: O(files); no file is opened.
    init(
        walk: FolderContents,
        stored: StoredFolder,
        readsPictures: Bool = false,
        isGone: (String) -> Bool = { _ in true }
    ) {
        let known = stored.known
        let skippedBefore = stored.skipped
        var present: Set<ExactPath> = []
        for entry in walk.files {
            let path = ExactPath(entry.path)
            present.insert(path)
            let stamp = entry.stamp
            if known[path] != nil, let other = stored.elsewhere[path] { doubled.append(other.id) }
            if let document = known[path] ?? stored.elsewhere[path],
                document.stamp.agrees(with: stamp)
            {
                unchanged += 1
                if !document.stamp.isWhole { restamped.append((document.id, stamp)) }
            } else if let skipped = skippedBefore[path], skipped.stamp.agrees(with: stamp),
                !skipped.isWorthAnotherTry(readsPictures: readsPictures)
            {
                stillSkipped += 1
            } else {
                toRead.append(entry)
            }
        }
        for file in walk.skipped {
            let path = ExactPath(file.path)
            present.insert(path)
            if skippedBefore[path] == file { stillSkipped += 1 } else { skipped.append(file) }
        }
        unread = walk.unread
        for file in walk.unread {
            let path = ExactPath(file.path)
            present.insert(path)
            if known[path] == nil, skippedBefore[path] != file { unreadAndUnknown.append(file) }
        }
        // Below a folder that could not be read nothing is known: what was indexed of it stays.
        let unreadable = Set((walk.skipped + walk.unread).map { ExactPath($0.path) })
        let isRootUnread = walk.unread.contains { $0.path.isEmpty }
        func isUnknown(_ path: ExactPath) -> Bool { isRootUnread || path.isInside(unreadable) }
        func isLost(_ path: ExactPath) -> Bool { !present.contains(path) && !isUnknown(path) }
        // Another collection may have been told to read what this one leaves out.
        let lost =
            known.filter { isLost($0.key) }.map { ($0.key, $0.value.id) }
            + stored.elsewhere.filter { isLost($0.key) && isGone($0.key.text) }
            .map { ($0.key, $0.value.id) }
        gone = lost.sorted { ($0.0, $0.1.rawValue) < ($1.0, $1.1.rawValue) }
            .map { (path: $0.0.text, id: $0.1) }
        forgottenSkips = skippedBefore.keys.filter { !present.contains($0) && !isUnknown($0) }
            .sorted().map(\.text)
    }

    var bytes: Int64 { toRead.reduce(0) { $0 + $1.stamp.size } }

    func plan(root: String, stored: StoredFolder) -> IndexPlan {
        var plan = IndexPlan(root: root)
        let known = stored.all
        plan.added = toRead.filter { known[ExactPath($0.path)] == nil }.map(\.path)
        plan.changed = toRead.filter { known[ExactPath($0.path)] != nil }.map(\.path)
        plan.removed = gone.map(\.path)
        plan.unchanged = unchanged
        plan.bytes = bytes
        plan.skipped = skipped.map { .init(path: $0.path, text: $0.reason) }
        plan.unread = unread.map { .init(path: $0.path, text: $0.reason) }
        return plan
    }
}
