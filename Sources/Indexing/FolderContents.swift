package import Corpus
internal import Documents

/// A document's place, and what tells whether it changed.
package struct SourceFile: Hashable, Sendable {
    /// Relative to the collection's root; empty when the root is the file itself.
    package let path: String
    /// The path by which to open it.
    package let location: String
    package let stamp: FileStamp

    /// A file at a place.
    package init(path: String, location: String, stamp: FileStamp) {
        self.path = path
        self.location = location
        self.stamp = stamp
    }
}

/// What a walk of a collection found.
package struct FolderContents: Sendable {
    /// Files to index, in the order of their paths.
    var files: [SourceFile] = []
    /// What was passed over with a reason.
    var skipped: [SkipRecord] = []
    /// What could not be looked at this time, so that nothing follows for what is known of it.
    ///
    /// An empty path is the root itself.
    var unread: [SkipRecord] = []

    /// These files, whatever folder they are from.
    package init(files: [SourceFile]) { self.files = files }

    /// Walks a folder, or looks at a single file.
    ///
    /// - Complexity: a `stat` for each file; none is opened.
    init(of root: String, options: IndexOptions) {
        FolderWalker(options: Self.walk(options)).walk(root) { event in
            switch event {
            case .file(let entry):
                files.append(
                    SourceFile(
                        path: entry.location == root ? "" : entry.path,
                        location: entry.location,
                        stamp: FileStamp(
                            size: Int64(entry.size),
                            modified: entry.modified,
                            changed: entry.changed,
                            inode: entry.inode
                        )
                    )
                )
            case .folder: break
            case .skipped(let file):
                let record = SkipRecord(
                    path: file.path,
                    reason: file.reason,
                    stamp: FileStamp(size: 0, modified: 0)
                )
                if file.isPassing { unread.append(record) } else { skipped.append(record) }
            }
        }
    }

    /// The paths of the files in a folder that its options take, relative to it; empty for the folder's own.
    package static func paths(in root: String, options: IndexOptions) -> Set<String> {
        Set(FolderContents(of: root, options: options).files.map(\.path))
    }

    /// The same, or, where `stored` has documents of the folder and nothing is left in it, as one that could
    /// not be looked at: a disk that is not mounted leaves an empty folder behind.
    func doubtingThatAllIsGone(from stored: StoredFolder) -> FolderContents {
        let count = stored.known.count
        guard files.isEmpty, skipped.isEmpty, unread.isEmpty, count > 0 else { return self }
        let were = count == 1 ? "a document" : "\(count) documents"
        var contents = self
        contents.unread = [
            SkipRecord(
                path: "",
                reason:
                    "nothing is left in it, where \(were) had been: a disk may be missing; if they are "
                    + "to go, say that it may be empty",
                stamp: FileStamp(size: 0, modified: 0)
            )
        ]
        return contents
    }

    /// The folders that a walk enters, the root first; that of a file is the one it lies in.
    package static func folders(of root: String, options: IndexOptions) -> [String] {
        var walk = Self.walk(options)
        walk.reportsFolders = true
        var folders: [String] = []
        FolderWalker(options: walk).walk(root) { event in
            if case .folder(let path) = event { folders.append(path) }
        }
        if folders.isEmpty, let slash = root.lastIndex(of: "/") {
            folders.append(slash == root.startIndex ? "/" : String(root[..<slash]))
        }
        return folders
    }

    private static func walk(_ options: IndexOptions) -> FolderWalker.Options {
        var walk = FolderWalker.Options()
        walk.include = options.include.flatMap(Glob.alternatives).map(Glob.init)
        walk.exclude = options.exclude.flatMap(Glob.alternatives).map(Glob.init)
        walk.skipsHidden = !options.hidden
        walk.staysOnFileSystem = !options.crossesFileSystems
        walk.maximumBytes = Int(options.maximumFileSize)
        return walk
    }
}
