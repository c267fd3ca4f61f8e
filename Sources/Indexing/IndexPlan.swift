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
    var unchanged = 0
    /// Files skipped before, for what is in them, and not changed since.
    var stillSkipped = 0

    /// Compares a walk of the folder with what is stored, by size and modification time.
    ///
    /// - Complexity: O(files); no file is opened.
    init(
        walk: FolderContents,
        known: [ExactPath: KnownDocument],
        skippedBefore: [ExactPath: SkipRecord],
        readsPictures: Bool = false
    ) {
        var present: Set<ExactPath> = []
        for entry in walk.files {
            let path = ExactPath(entry.path)
            present.insert(path)
            let stamp = entry.stamp
            if known[path]?.stamp == stamp {
                unchanged += 1
            } else if let skipped = skippedBefore[path], skipped.stamp == stamp,
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
        gone = known.filter { path, _ in !present.contains(path) && !isUnknown(path) }
            .sorted { $0.key < $1.key }.map { (path: $0.key.text, id: $0.value.id) }
        forgottenSkips = skippedBefore.keys.filter { !present.contains($0) && !isUnknown($0) }
            .sorted().map(\.text)
    }

    var bytes: Int64 { toRead.reduce(0) { $0 + $1.stamp.size } }

    func plan(root: String, known: [ExactPath: KnownDocument]) -> IndexPlan {
        var plan = IndexPlan(root: root)
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
