internal import Corpus
internal import Embedding
public import LibraryCore

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
        let lease = try await store.acquireWriterLease(onWait: waiting)
        defer { lease.release() }
        let embedder = try embedders.embedderForRebuild()
        // Nobody misses what an empty library holds.
        guard try await store.read({ try await $0.passageCount() }) > 0 else {
            try await store.commit(.reset)
            lease.release()
            return try await build(self)
        }
        do {
            let shadow = try await store.beginRebuild(model: embedder.model.id)
            let library = Library(
                store: shadow,
                catalog: catalog,
                embedders: embedders,
                reading: reading
            )
            try await build(library)
            try await store.finishRebuild(from: shadow)
        } catch {
            // The library still has its old model.
            embedders.forget()
            throw error
        }
    }

    /// Whether a run of `rebuild` was interrupted and waits to be resumed.
    public func hasUnfinishedRebuild() async -> Bool { await store.hasUnfinishedRebuild() }
}
