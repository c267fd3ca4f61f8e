import Foundation
import Synchronization
import Testing
import Vecino

/// A library that keeps itself up to date, with the real default model.
@Suite(.serialized) struct WatchTests {
    /// Runs `body` while `folder` is watched.
    private func watching(
        _ folder: TemporaryFolder,
        _ body: @escaping @Sendable (Library, Failures) async throws -> Void
    ) async throws {
        let failures = Failures()
        let path = folder.path + "/.vecino/library.db"
        let library = try Library.open(at: path, for: .indexing)
        let started = Mutex(false)
        var pace = WatchPace()
        pace.retry = .milliseconds(100)
        let task = Task { [pace] in
            try await library.watch([folder.path + "/notes"], pace: pace) { event in
                if case .indexed = event { started.withLock { $0 = true } }
                if case .failed = event { failures.count.withLock { $0 += 1 } }
            }
        }
        defer { task.cancel() }
        try await until("it watches") { started.withLock { $0 } }
        try await body(library, failures)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// How often a watch has said that it failed.
    private final class Failures: Sendable {
        let count = Mutex(0)
    }

    /// Waits until `condition` holds; fails the test if it never does.
    private func until(_ what: String, _ condition: () async throws -> Bool) async throws {
        for _ in 0..<1200 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("never: \(what)")
    }

    private func paths(_ library: Library) async throws -> [String] {
        try await library.documents().map { ($0.path as NSString).lastPathComponent }.sorted()
    }

    @Test func whateverHappensToFilesIsFollowed() async throws {
        let folder = try TemporaryFolder()
        try folder.write("Turnips are in the cellar.", to: "notes/a.txt")
        try await watching(folder) { library, _ in
            try folder.write("Parsnips are in the shed.", to: "notes/b.txt")
            try await until("a new file") { try await paths(library) == ["a.txt", "b.txt"] }

            // As an editor saves: another file, then its name.
            try folder.write("Turnips are in the attic now.", to: "notes/.a.txt.swp")
            _ = unsafe rename(folder.path + "/notes/.a.txt.swp", folder.path + "/notes/a.txt")
            try await until("a file saved by renaming") {
                let found = try await library.search(SearchRequest("attic", mode: .keyword))
                return found.hits.count == 1
            }

            try folder.write("Leeks grow here.", to: "notes/sub/deep/c.txt")
            try await until("a file in new folders") { try await paths(library).contains("c.txt") }
            try folder.write("Onions grow here.", to: "notes/sub/deep/d.txt")
            try await until("a file in a folder that is new") {
                try await paths(library).contains("d.txt")
            }

            try folder.remove("notes/sub")
            try await until("a folder that is gone") {
                try await paths(library) == ["a.txt", "b.txt"]
            }
            try folder.write("Leeks grow here again.", to: "notes/sub/deep/c.txt")
            try await until("a folder that is back") { try await paths(library).contains("c.txt") }

            _ = unsafe rename(folder.path + "/notes/b.txt", folder.path + "/notes/e.txt")
            try await until("a file renamed") {
                try await paths(library) == ["a.txt", "c.txt", "e.txt"]
            }
        }
    }

    @Test func aRootThatIsGoneKeepsItsDocumentsUntilItIsBack() async throws {
        let folder = try TemporaryFolder()
        try folder.write("Turnips are in the cellar.", to: "notes/a.txt")
        try await watching(folder) { library, failures in
            _ = unsafe rename(folder.path + "/notes", folder.path + "/away")
            try await until("it has looked") { failures.count.withLock { $0 > 0 } }
            #expect(try await paths(library) == ["a.txt"])
            _ = unsafe rename(folder.path + "/away", folder.path + "/notes")
            try folder.write("Parsnips.", to: "notes/b.txt")
            try await until("the root is back") { try await paths(library) == ["a.txt", "b.txt"] }
        }
    }
}
