package import Corpus
internal import Foundation
internal import Synchronization
internal import TextAnalysis

/// A library in memory: the plainest store that keeps the promises of `LibraryStore`.
///
/// A state is a value, a snapshot a copy of it, and a change is tried on a copy. Nothing is indexed:
/// every request goes through all passages, which makes it an oracle for stores that do.
package final class MemoryStore: LibraryStore {
    package let name: String
    private let state = Mutex(MemoryState())
    private let lease = Mutex(false)

    package init(name: String = "memory") { self.name = name }

    package func withSnapshot<R: Sendable>(
        _ body: (any LibrarySnapshot) async throws -> R
    ) async throws -> R {
        try await body(MemorySnapshot(state: state.withLock { $0 }))
    }

    package func commit(_ change: LibraryChange) async throws -> CommitResult {
        try state.withLock { state in
            var next = state
            var result = CommitResult()
            for step in change.steps { try next.perform(step, &result) }
            state = next
            return result
        }
    }

    package func acquireWriterLease(
        waits: Bool,
        onWait: () -> Void
    ) async throws -> WriterLease {
        var hasSaid = false
        while !tryLease() {
            guard waits else { throw StoreError.locked(path: name) }
            if !hasSaid { onWait() }
            hasSaid = true
            try await Task.sleep(for: .milliseconds(5))
        }
        let isReleased = Mutex(false)
        return WriterLease { [self] in
            let isFirst = isReleased.withLock { released in
                defer { released = true }
                return !released
            }
            if isFirst { lease.withLock { $0 = false } }
        }
    }

    private func tryLease() -> Bool {
        lease.withLock { isHeld in
            defer { isHeld = true }
            return !isHeld
        }
    }

    package func prepareForIndexing() async throws {}
    package func finishIndexing() async throws {
        state.withLock { $0.groupsGeneration = $0.generation }
    }
    package func diskSize() async -> Int64? { nil }
    package func compact() async throws {}
    package func databaseProblems() async throws -> [String] { [] }
    package func checkIntegrity() async throws -> [IntegrityProblem] { [] }
    package func repair(_ problems: [IntegrityProblem]) async throws -> [String] { [] }
    package func recallCurve(_ request: RecallRequest) async throws -> RecallCurve? { nil }
    package func recallCheck(
        of queries: [[Float]],
        k: Int,
        depth: Int
    ) async throws -> RecallCheck? { nil }

    package func hasUnfinishedRebuild() async -> Bool { false }

    package func beginRebuild(model: String) async throws -> any LibraryStore {
        let shadow = MemoryStore(name: name)
        let inherited = state.withLock { $0.withoutDocuments }
        shadow.state.withLock { $0 = inherited }
        return shadow
    }

    package func finishRebuild(from shadow: any LibraryStore) async throws {
        guard let shadow = shadow as? MemoryStore else {
            throw StoreError.unsupported("take the place of one of another kind")
        }
        let new = shadow.state.withLock { $0 }
        state.withLock { state in
            let generation = max(state.generation, new.generation) + 1
            let isGrouped = new.groupsGeneration == new.generation
            let answers = state.answers
            state = new
            state.generation = generation
            state.groupsGeneration = isGrouped ? generation : nil
            state.answers = answers
        }
    }
}
