package import Corpus

/// A file that a walk found.
package struct FileEntry: Hashable, Sendable {
    /// The path from the root, names joined by `/`.
    package let path: String
    /// The path by which to open it.
    package let location: String
    /// Its size in bytes.
    package let size: Int
    /// When it was last modified: nanoseconds since 1970.
    package let modified: Int64
    /// When anything about it was last changed: nanoseconds since 1970.
    package let changed: Int64
    /// Its number in the file system.
    package let inode: UInt64
}

/// Something that a walk left out although nobody asked it to.
package struct SkippedFile: Hashable, Sendable {
    /// The path from the root; bytes that are not UTF-8 are shown as U+FFFD.
    package let path: String
    /// Why, for `status`.
    package let reason: String
    /// Whether that says nothing about the file or folder: it could not be looked at this time, and
    /// nothing follows for what is known of it.
    package var isPassing = false
}

/// What a walk comes across.
package enum WalkEvent: Hashable, Sendable {
    case file(FileEntry)
    /// A folder that the walk enters, by the path to open it; only if asked for.
    case folder(String)
    case skipped(SkippedFile)
}

/// Finds the files below a folder, in an order that depends on their names only.
///
/// `.gitignore` and `.vecinoignore` hold as in git, those of the repository above the folder
/// included; hidden names are passed over. Symbolic links are not followed: one that stays inside
/// leads to what the walk finds anyway, and one that leads out is reported.
package struct FolderWalker: Sendable {
    /// What to look for, and where to stop.
    package struct Options: Sendable {
        /// If not empty, only files that one of these matches are found.
        package var include: [Glob] = []
        /// Files and folders that one of these matches are passed over.
        package var exclude: [Glob] = []
        /// Whether names that begin with a dot are passed over.
        package var skipsHidden = true
        /// Whether `.gitignore` and `.vecinoignore` hold.
        package var readsIgnoreFiles = true
        /// Whether the walk stays on the file system of the root.
        package var staysOnFileSystem = true
        /// Whether folders are events as well.
        package var reportsFolders = false
        /// The largest file that is found; larger ones are reported as skipped.
        package var maximumBytes = 64_000_000

        /// The defaults.
        package init() {}
    }

    private let options: Options

    /// A walker with the given options.
    package init(options: Options = Options()) {
        self.options = options
    }

    /// Calls `body` with each file below `root`, and with what was skipped.
    ///
    /// - Parameters:
    ///   - root: A folder, or a single file.
    ///   - body: Takes an event; what it throws ends the walk.
    /// - Throws: What `body` throws.
    /// - Complexity: One `readdir` and one `fstatat` per file; memory for the names of the folders
    ///   on the way down.
    package func walk(_ root: String, _ body: (WalkEvent) throws -> Void) rethrows {
        let real: String
        let top: FileSystem.Status
        var ignores: [Scope] = []
        var stack: [Level] = []
        do throws(FileSystem.Failure) {
            real = try FileSystem.realPath(root)
            top = try FileSystem.status(of: real)
            if top.kind == .folder {
                if options.readsIgnoreFiles { ignores = try Self.outerScopes(of: real) }
                var level = Level(parts: [], location: real, names: [], scopeCount: ignores.count)
                try open(&level, &ignores)
                stack = [level]
            }
        } catch {
            // A root that is not there any more is no reason to take out what was indexed of it.
            let reason = error.description
            return try body(.skipped(SkippedFile(path: "", reason: reason, isPassing: true)))
        }
        guard top.kind == .folder else {
            return try visitSingleFile(real, top, body)
        }
        if options.reportsFolders { try body(.folder(real)) }
        while !stack.isEmpty {
            let level = stack[stack.count - 1]
            guard level.next < level.names.count else {
                stack.removeLast()
                ignores.removeLast(ignores.count - level.scopeCount)
                continue
            }
            stack[stack.count - 1].next += 1
            let entry = level.names[level.next]
            let parts = level.parts + [entry.name[...]]
            let isFolder = (try? entry.status.get())?.kind == .folder
            if isPassedOver(parts, isFolder: isFolder, ignores) { continue }
            guard let name = String(validating: entry.name, as: UTF8.self) else {
                try body(.skipped(skip(parts, "its name is not UTF-8")))
                continue
            }
            let location = level.location + "/" + name
            let status: FileSystem.Status
            switch entry.status {
            case .success(let found): status = found
            case .failure(let failure):
                try body(.skipped(skip(parts, failure)))
                continue
            }
            switch status.kind {
            case .folder:
                if options.staysOnFileSystem, status.device != top.device {
                    try body(.skipped(skip(parts, "on another file system")))
                    continue
                }
                var inner = Level(
                    parts: parts,
                    location: location,
                    names: [],
                    scopeCount: ignores.count
                )
                do throws(FileSystem.Failure) {
                    try open(&inner, &ignores)
                } catch {
                    try body(.skipped(skip(parts, error)))
                    continue
                }
                stack.append(inner)
                if options.reportsFolders { try body(.folder(location)) }
            case .file: try visit(parts, location, status, body)
            case .link:
                if let reason = linkReason(location, real) {
                    try body(.skipped(skip(parts, reason)))
                }
            case .other: try body(.skipped(skip(parts, "a device, pipe or socket, not a file")))
            }
        }
    }

    // MARK: Folders

    /// A folder on the way down.
    private struct Level {
        let parts: [ArraySlice<UInt8>]
        let location: String
        var names: [FileSystem.Entry]
        var next = 0
        /// How many ignore files held above this folder.
        let scopeCount: Int
    }

    /// The rules of one ignore file, and where the root lies from its folder.
    private struct Scope {
        let rules: IgnoreRules
        /// The names between the folder of the file and the root, for files above the root.
        var above: [ArraySlice<UInt8>] = []
        /// The depth of its folder below the root.
        var depth = 0
    }

    /// Reads a folder's names and its ignore files.
    ///
    /// - Throws: `FileSystem.Failure` if either cannot be read: without its ignore file a folder would
    ///   show what it keeps back. `ignores` is as it was then.
    private func open(
        _ level: inout Level,
        _ ignores: inout [Scope]
    ) throws(FileSystem.Failure) {
        level.names = try FileSystem.entries(of: level.location)
        guard options.readsIgnoreFiles else { return }
        var scopes: [Scope] = []
        // .vecinoignore after .gitignore, so that it has the last word.
        for name in [".gitignore", ".vecinoignore"] {
            guard level.names.contains(where: { $0.name.elementsEqual(name.utf8) }) else {
                continue
            }
            if let rules = try Self.rules(in: level.location + "/" + name) {
                scopes.append(Scope(rules: rules, depth: level.parts.count))
            }
        }
        ignores += scopes
    }

    /// The rules in an ignore file; nil if it has none, or is no file that can have any.
    private static func rules(in file: String) throws(FileSystem.Failure) -> IgnoreRules? {
        do throws(FileSystem.Failure) {
            let rules = IgnoreRules(try FileSystem.contents(of: file, limit: 1 << 20))
            return rules.isEmpty ? nil : rules
        } catch  where error.isPassing {
            throw error
        } catch {
            return nil
        }
    }

    /// The ignore files of the git repository that `root` lies in, outermost first.
    private static func outerScopes(of root: String) throws(FileSystem.Failure) -> [Scope] {
        let parts = Array(root.utf8).split(separator: 0x2F)
        func path(_ count: Int) -> String {
            "/" + parts[..<count].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
        }
        for count in stride(from: parts.count, through: 1, by: -1)
        where (try? FileSystem.status(of: path(count) + "/.git")) != nil {
            var files = [(path(count) + "/.git/info/exclude", count)]
            for depth in count..<max(count, parts.count) {
                files.append((path(depth) + "/.gitignore", depth))
            }
            var scopes: [Scope] = []
            for (file, depth) in files {
                if let rules = try rules(in: file) {
                    scopes.append(Scope(rules: rules, above: Array(parts[depth...])))
                }
            }
            return scopes
        }
        return []
    }

    // MARK: Files

    private func visit(
        _ parts: [ArraySlice<UInt8>],
        _ location: String,
        _ status: FileSystem.Status,
        _ body: (WalkEvent) throws -> Void
    ) rethrows {
        if !options.include.isEmpty {
            let path = Self.path(parts)
            guard options.include.contains(where: { $0.matches(path) }) else { return }
        }
        guard status.size <= options.maximumBytes else {
            let reason = DocumentError.tooLarge(bytes: status.size, limit: options.maximumBytes)
            return try body(.skipped(skip(parts, "\(reason)")))
        }
        try body(
            .file(
                FileEntry(
                    path: Self.path(parts),
                    location: location,
                    size: status.size,
                    modified: status.modified,
                    changed: status.changed,
                    inode: status.inode
                )
            )
        )
    }

    private func visitSingleFile(
        _ path: String,
        _ status: FileSystem.Status,
        _ body: (WalkEvent) throws -> Void
    ) rethrows {
        let name = Array(path.utf8).split(separator: 0x2F).last ?? []
        guard status.kind == .file else {
            return try body(.skipped(skip([name], "a device, pipe or socket, not a file")))
        }
        try visit([name], path, status, body)
    }

    private func isPassedOver(
        _ parts: [ArraySlice<UInt8>],
        isFolder: Bool,
        _ ignores: [Scope]
    ) -> Bool {
        guard let name = parts.last else { return true }
        if options.skipsHidden, name.first == 0x2E { return true }
        if isFolder, name.elementsEqual(".git".utf8) { return true }
        // The deepest file that has something to say decides.
        for scope in ignores.reversed() {
            let path = scope.above.isEmpty ? parts[scope.depth...] : (scope.above + parts)[...]
            guard let verdict = scope.rules.verdict(on: path, isFolder: isFolder) else { continue }
            if verdict { return true }
            break
        }
        return options.exclude.contains { glob in
            (isFolder || !glob.matchesFoldersOnly) && glob.matches(parts[...])
        }
    }

    /// Why a link is reported; nil if it leads to what the walk finds by itself.
    private func linkReason(_ location: String, _ root: String) -> String? {
        guard let target = try? FileSystem.realPath(location) else {
            return "a link that leads nowhere"
        }
        return target == root || target.hasPrefix(root == "/" ? root : root + "/")
            ? nil : "a link that leads out of the folder"
    }

    private func skip(_ parts: [ArraySlice<UInt8>], _ reason: String) -> SkippedFile {
        SkippedFile(path: Self.path(parts), reason: reason)
    }

    private func skip(
        _ parts: [ArraySlice<UInt8>],
        _ failure: FileSystem.Failure
    ) -> SkippedFile {
        SkippedFile(
            path: Self.path(parts),
            reason: failure.description,
            isPassing: failure.isPassing
        )
    }

    private static func path(_ parts: [ArraySlice<UInt8>]) -> String {
        String(decoding: Array(parts.joined(separator: [0x2F])), as: UTF8.self)
    }
}
