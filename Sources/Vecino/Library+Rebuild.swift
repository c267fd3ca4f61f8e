internal import Embedding
internal import Foundation
internal import PassageStore

/// Building a library anew while it answers.
extension Library {
    /// Builds the library anew, with another model if one was named, and then puts the new one in the
    /// place of the old, in one transaction.
    ///
    /// Until then every search finds what it found before. The new one grows in a file beside the library;
    /// a run that is interrupted leaves it there, and the next `rebuild` with the same model goes on with
    /// it. Folders, choices and saved answers are kept. For a while this takes the room of three libraries.
    ///
    /// - Parameters:
    ///   - waiting: called once if another process indexes into the library and has to be waited for.
    ///   - build: fills the library that it is given.
    /// - Throws: what `build` throws, `StoreError`, `CancellationError`; the library is as it was then.
    public func rebuild(
        waiting: () -> Void = {},
        _ build: (Library) async throws -> Void
    ) async throws {
        let lock = try await WriterLock(waitingFor: path, waiting)
        let embedder = try embedders.embedderForRebuild()
        // Nobody misses what an empty library holds.
        guard try store.read({ try $0.passageCount() }) > 0 else {
            do {
                defer { lock.release() }
                try store.write { try $0.reset() }
            }
            return try await build(self)
        }
        defer { lock.release() }
        do {
            let successor = try successor(model: embedder.model.id)
            let library = Library(
                store: successor,
                catalog: catalog,
                embedders: embedders,
                reading: reading
            )
            try await build(library)
            try store.replaceContents(with: successor)
            try successor.close()
            Self.removeFiles(of: successorPath)
        } catch {
            // The library still has its old model.
            embedders.forget()
            throw error
        }
    }

    /// Whether a run of `rebuild` was interrupted, and waits to be gone on with.
    public var hasUnfinishedRebuild: Bool {
        FileManager.default.fileExists(atPath: successorPath)
    }

    private var successorPath: String { path + "-rebuild" }

    /// What an interrupted run has begun, or a new library that knows the same folders.
    private func successor(model: String) throws -> PassageStore {
        if hasUnfinishedRebuild {
            let begun = try? PassageStore(at: successorPath, access: .readWrite)
            if let begun, (try? begun.isUnfinishedSuccessor(of: store, model: model)) == true {
                try begun.takeOver(from: store)
                return begun
            }
            try? begun?.close()
            Self.removeFiles(of: successorPath)
        }
        let new = try PassageStore(at: successorPath, access: .readWrite)
        try new.takeOver(from: store)
        return new
    }

    private static func removeFiles(of path: String) {
        for suffix in ["", "-wal", "-shm", "-journal", "-lock"] {
            try? FileManager.default.removeItem(atPath: path + suffix)
        }
    }
}
