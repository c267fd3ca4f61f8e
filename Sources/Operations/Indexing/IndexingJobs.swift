internal import Foundation
internal import Synchronization
package import Vecino

/// What a server indexes for its callers: one folder after another, in the order in which they were asked for.
///
/// A job opens the library for itself, so that searches go on meanwhile and see what is finished.
package actor IndexingJobs {
    /// Opens the library for indexing.
    package typealias Opener = @Sendable () throws -> Library

    /// Whose folders may be indexed.
    package enum Scope: String, Sendable {
        /// Every folder that the server's user can read: for callers who are that user.
        case everyFolder
        /// What the library holds already: for callers from elsewhere.
        case heldFolders
    }

    /// Jobs that are remembered.
    private static let remembered = 50

    package nonisolated let scope: Scope
    /// A folder that is indexed for every caller who may write.
    private let inbox: Inbox?
    private let open: Opener
    private let environment: [String: String]
    private var entries: [Entry] = []
    private var lastID = 0
    private var isWorking = false
    private var running: (entry: Entry, task: Task<Void, Never>)?

    /// Jobs on the library that `open` opens; `environment` says where the user's settings are.
    package init(
        scope: Scope,
        inbox: Inbox? = nil,
        environment: [String: String] = ProcessEnvironment.environment,
        open: @escaping Opener
    ) {
        self.scope = scope
        self.inbox = inbox
        self.environment = environment
        self.open = open
    }

    /// A job that changes as its run goes on, from whichever thread does it.
    private final class Entry: Sendable {
        let job: Mutex<IndexingJob>

        init(_ job: IndexingJob) { self.job = Mutex(job) }

        var now: IndexingJob { job.withLock { $0 } }
        var state: IndexingJob.State { job.withLock { $0.state } }
    }

    // MARK: What callers do

    /// All jobs that are remembered, the newest first.
    package func all() -> [IndexingJob] { entries.reversed().map(\.now) }

    /// The job of this number.
    ///
    /// - Throws: `ServiceError.notFound`.
    package func job(_ id: Int) throws(ServiceError) -> IndexingJob { try entry(id).now }

    /// Begins to index a folder or file, or everything that the library holds.
    ///
    /// A folder that waits or is being indexed is not asked for twice.
    ///
    /// - Parameter folder: an absolute path, or one that begins with `~/`; nil for what the library holds.
    /// - Returns: the jobs.
    /// - Throws: `ServiceError`, or what opening the library throws.
    package func start(_ folder: String?) async throws -> [IndexingJob] {
        let library = try open()
        let roots = try await roots(folder, of: library)
        let started = roots.map(enqueue)
        if !isWorking {
            isWorking = true
            Task { await work() }
        }
        return started.map(\.now)
    }

    /// Cancels a job; what it has finished stays in the library.
    ///
    /// A job that is over stays as it is.
    ///
    /// - Throws: `ServiceError.notFound`.
    package func cancel(_ id: Int) async throws(ServiceError) -> IndexingJob {
        let entry = try entry(id)
        if let running, running.entry === entry {
            running.task.cancel()
            await running.task.value
        } else {
            entry.job.withLock { if !$0.state.isOver { $0.state = .canceled } }
        }
        return entry.now
    }

    /// Takes a folder that was indexed, and its documents, out of the library; no file is touched.
    ///
    /// - Returns: how many documents went.
    /// - Throws: `ServiceError`, or what the library throws.
    package func forget(_ folder: String) async throws -> Int {
        let library = try open()
        guard try await library.roots().contains(folder) else {
            throw ServiceError.notFound("The library holds no folder \(folder).")
        }
        guard !entries.contains(where: { $0.now.folder == folder && !$0.state.isOver }) else {
            throw ServiceError.unavailable("\(folder) is being indexed: cancel that first.")
        }
        return try await library.remove([folder]).count
    }

    /// The folders whose path begins with `prefix`, one level deep: what a person may go on to type.
    ///
    /// - Throws: `ServiceError.invalid` to callers from elsewhere.
    package nonisolated func folders(beginningWith prefix: String) throws(ServiceError) -> [String]
    {
        guard scope == .everyFolder else { throw Self.elsewhere }
        let path = expanded(prefix.isEmpty ? "~/" : prefix)
        guard path.hasPrefix("/"), let slash = path.lastIndex(of: "/") else { return [] }
        let parent = path[...slash]
        let start = path[path.index(after: slash)...].lowercased()
        let names = (try? FileManager.default.contentsOfDirectory(atPath: String(parent))) ?? []
        return names.filter { name in
            name.lowercased().hasPrefix(start) && (!name.hasPrefix(".") || start.hasPrefix("."))
        }.sorted().lazy.map { parent + $0 }.filter { path in
            let place = URL(filePath: path).resolvingSymlinksInPath()
            return (try? place.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
        }.prefix(50).map { $0 }
    }

    // MARK: What is indexed

    private static let elsewhere = ServiceError.invalid(
        "New folders are added on the server's own machine, with `vecino index FOLDER`."
    )

    private nonisolated func expanded(_ path: String) -> String {
        guard path == "~" || path.hasPrefix("~/"), let home = environment["HOME"] else {
            return path
        }
        return home + path.dropFirst()
    }

    private func roots(_ folder: String?, of library: Library) async throws -> [String] {
        let held = try await library.roots()
        var known = KnownFolders(library: library.path, environment: environment)
        guard let folder else {
            // A library may be a stranger's: what it says of folders is no reason to read them.
            let trusted = held.filter(known.contains)
            guard !trusted.isEmpty else {
                throw ServiceError.invalid(
                    "The library holds no folder that you had it index from here: name one."
                )
            }
            return trusted
        }
        let path = expanded(folder)
        guard path.hasPrefix("/") else {
            throw ServiceError.invalid(
                "“\(folder.prefix(200))” is no whole path: write one like ~/Notes."
            )
        }
        let root = try Library.readableRoot(path)
        switch scope {
        case .everyFolder:
            // Named by the user, so it may be read again without being named. If that cannot be noted,
            // it has to be named again.
            try? known.add([root])
        case .heldFolders:
            let isHeld = held.contains(root) && known.contains(root)
            guard isHeld || root == inbox?.folder else { throw Self.elsewhere }
        }
        return [root]
    }

    // MARK: The work

    private func entry(_ id: Int) throws(ServiceError) -> Entry {
        guard let entry = entries.first(where: { $0.now.id == id }) else {
            throw .notFound("There is no job \(id).")
        }
        return entry
    }

    private func enqueue(_ folder: String) -> Entry {
        let same = entries.first { $0.now.folder == folder && !$0.state.isOver }
        if let same { return same }
        lastID += 1
        let entry = Entry(IndexingJob(id: lastID, folder: folder))
        entries.append(entry)
        let superfluous = entries.count - Self.remembered
        if superfluous > 0 {
            let over = entries.filter(\.state.isOver).prefix(superfluous)
            entries.removeAll { entry in over.contains { $0 === entry } }
        }
        return entry
    }

    private func work() async {
        while let next = entries.first(where: { $0.state == .waiting }) { await run(next) }
        isWorking = false
    }

    private func run(_ entry: Entry) async {
        let folder = entry.job.withLock { job in
            job.state = .running
            return job.folder
        }
        let task = Task { [open] in
            let result: Result<IndexReport, any Error>
            do {
                result = .success(
                    try await open().index(folder) { event in
                        entry.job.withLock { $0.note(event) }
                    }
                )
            } catch {
                result = .failure(error)
            }
            entry.job.withLock { $0.end(with: result) }
        }
        running = (entry, task)
        await task.value
        running = nil
    }
}
