internal import Corpus
internal import Dispatch
internal import Documents
internal import Foundation
public import Indexing
public import LibraryCore
internal import Synchronization

/// What a watch tells as it goes on.
public enum WatchEvent: Sendable {
    /// So many folders are watched.
    case watching(folders: Int)
    /// The system does not say what changes; the folders are looked at every so many seconds.
    case polling(seconds: Int)
    /// A folder was brought up to date.
    case indexed(IndexReport)
    /// Something happened to a file in it.
    case progress(root: String, IndexEvent)
    /// A folder could not be brought up to date; it is tried again.
    case failed(root: String, reason: String)
}

/// How soon a watch takes changes in.
public struct WatchPace: Sendable {
    /// How long nothing must happen before the folders are looked at.
    public var quiet = Duration.milliseconds(150)
    /// How long a stream of changes is waited out.
    public var longest = Duration.milliseconds(700)
    /// How often folders are looked at that the system does not watch, or that are gone.
    public var polling = Duration.seconds(15)
    /// How long after a failure the next try comes.
    public var retry = Duration.seconds(2)

    /// The pace of the command line.
    public init() {}
}

/// Keeping a library up to date by itself.
extension Library {
    /// Brings folders up to date, then again whenever something changes in them, until cancelled.
    ///
    /// An event only says that it is time to look: every change is found by comparing the folder with
    /// the library, as `index` does. So renames, folders that go and come back and events that were
    /// lost need nothing of their own.
    ///
    /// - Parameters:
    ///   - roots: folders or files; those that the library knows if there are none.
    ///   - pace: how long to wait for what.
    ///   - report: called as things happen, from whichever thread they happen on.
    /// - Throws: `LibraryError` for a root that cannot be read at the start, `StoreError.replaced` for a
    ///   library that is deleted or replaced, or `CancellationError`.
    public func watch(
        _ roots: [String] = [],
        pace: WatchPace = WatchPace(),
        report: @escaping @Sendable (WatchEvent) -> Void
    ) async throws {
        let roots = try await (roots.isEmpty ? self.roots() : roots).map(Self.readableRoot)
        let signals = WatchSignals(library: path)
        defer { signals.stop() }
        let unread = UnreadFiles()
        var areFoldersNew = true
        while true {
            if areFoldersNew { await watchFolders(of: roots, signals, pace, report) }
            var outcome = Refreshed.whole
            for root in roots {
                try Task.checkCancellation()
                outcome = max(outcome, try await refresh(root, unread, report))
            }
            let isSeen = outcome == .whole && !signals.isBlind
            let changes = try await signals.next(
                within: outcome == .failed ? pace.retry : isSeen ? nil : pace.polling,
                quiet: pace.quiet,
                longest: pace.longest
            )
            areFoldersNew = changes.areFolders || !isSeen
        }
    }

    /// Watches every folder that an indexing run would enter.
    private func watchFolders(
        of roots: [String],
        _ signals: WatchSignals,
        _ pace: WatchPace,
        _ report: (WatchEvent) -> Void
    ) async {
        var count = 0
        for root in roots {
            let options = (try? await options(of: root)) ?? IndexOptions()
            for folder in FolderContents.folders(of: root, options: options)
            where signals.add(folder) {
                count += 1
            }
        }
        if signals.isBlind {
            report(.polling(seconds: Int(pace.polling / .seconds(1))))
        } else {
            report(.watching(folders: count))
        }
    }

    /// How far a root could be brought up to date.
    private enum Refreshed: Int, Comparable {
        case whole, unread, failed

        static func < (a: Refreshed, b: Refreshed) -> Bool { a.rawValue < b.rawValue }
    }

    /// Indexes a root.
    private func refresh(
        _ root: String,
        _ unread: UnreadFiles,
        _ report: @escaping @Sendable (WatchEvent) -> Void
    ) async throws -> Refreshed {
        do {
            let result = try await index(root) { event in
                if unread.isNews(event, of: root) { report(.progress(root: root, event)) }
            }
            report(.indexed(result))
            return result.unread == 0 ? .whole : .unread
        } catch let error as CancellationError {
            throw error
        } catch let error as StoreError where error == .replaced(path: path) {
            throw error
        } catch {
            // A folder that is gone may be on a disk that comes back: what was indexed of it stays.
            report(.failed(root: root, reason: String(describing: error)))
            return .failed
        }
    }
}

/// The files that a watch has said it could not read: once for each is enough.
private final class UnreadFiles: Sendable {
    private let said = Mutex<Set<String>>([])

    /// Whether an event tells anything that was not told before.
    func isNews(_ event: IndexEvent, of root: String) -> Bool {
        guard case .file(let path, let outcome, _, let reason) = event else { return true }
        let place = root + "/" + path
        return said.withLock { said in
            if outcome == .unread { return said.insert(place + "\0" + (reason ?? "")).inserted }
            for line in said where line.hasPrefix(place + "\0") { said.remove(line) }
            return true
        }
    }
}

/// The folders that are watched, and the changes that wait to be looked at.
///
/// Unchecked because dispatch does not mark its sources; this one is only made, cancelled and dropped.
private final class WatchSignals: @unchecked Sendable {
    private struct State {
        var changes = FolderWatch.Changes()
        var isBlind = false
    }

    private let watch: FolderWatch?
    private let source: (any DispatchSourceRead)?
    private let state = Mutex(State())
    private let arrivals: AsyncStream<Void>
    private let arrival: AsyncStream<Void>.Continuation
    /// The folder of the library, whose changes are our own.
    private let own: String

    init(library: String) {
        own = URL(filePath: library).deletingLastPathComponent().resolvingSymlinksInPath()
            .path(percentEncoded: false)
        (arrivals, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        watch = FolderWatch()
        source = watch.map { DispatchSource.makeReadSource(fileDescriptor: $0.descriptor) }
        if watch == nil { state.withLock { $0.isBlind = true } }
        source?.setEventHandler { [watch, weak self] in
            guard let self, let watch else { return }
            let taken = watch.take()
            self.state.withLock { state in
                state.changes.isAny = state.changes.isAny || taken.isAny
                state.changes.areFolders = state.changes.areFolders || taken.areFolders
            }
            if taken.isAny { self.arrival.yield() }
        }
        source?.activate()
    }

    /// Whether some folder is not watched.
    var isBlind: Bool { state.withLock { $0.isBlind } }

    func stop() {
        source?.cancel()
        arrival.finish()
    }

    /// Watches a folder, unless it is the library's own.
    func add(_ folder: String) -> Bool {
        guard let watch, folder + "/" != own, folder != own else { return false }
        let isWatched = watch.add(folder)
        if !isWatched, FileManager.default.fileExists(atPath: folder) {
            state.withLock { $0.isBlind = true }
        }
        return isWatched
    }

    /// Waits for changes, then until they pause; at the latest until `limit` has passed.
    func next(
        within limit: Duration?,
        quiet: Duration,
        longest: Duration
    ) async throws -> FolderWatch.Changes {
        if !state.withLock({ $0.changes.isAny }) { try await wait(limit) }
        let end = ContinuousClock.now + longest
        var changes = FolderWatch.Changes()
        while ContinuousClock.now < end {
            let more = state.withLock { state in
                defer { state.changes = .init() }
                return state.changes
            }
            guard more.isAny else { break }
            changes.isAny = true
            changes.areFolders = changes.areFolders || more.areFolders
            try await Task.sleep(for: quiet)
        }
        try Task.checkCancellation()
        return changes
    }

    private func wait(_ limit: Duration?) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [arrivals] in for await _ in arrivals { break } }
            if let limit { group.addTask { try await Task.sleep(for: limit) } }
            try await group.next()
            group.cancelAll()
        }
        try Task.checkCancellation()
    }
}
