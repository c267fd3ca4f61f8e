import Corpus
import Foundation
import Testing

@testable import Documents

@Suite struct FolderWatchTests {
    /// Waits for the system to tell, which it does at once or never.
    private func changes(_ watch: FolderWatch) async throws -> FolderWatch.Changes {
        for _ in 0..<200 {
            let changes = watch.take()
            if changes.isAny { return changes }
            try await Task.sleep(for: .milliseconds(10))
        }
        return FolderWatch.Changes()
    }

    @Test func whatIsWrittenRenamedAndDeletedIsTold() async throws {
        let folder = try TemporaryFolder()
        let watch = try #require(FolderWatch())
        #expect(watch.add(folder.path))
        #expect(!watch.take().isAny)
        try folder.write("a.txt")
        #expect(try await changes(watch) == with { $0.isAny = true })
        _ = unsafe rename(folder.path + "/a.txt", folder.path + "/b.txt")
        #expect(try await changes(watch).isAny)
        _ = unsafe unlink(folder.path + "/b.txt")
        #expect(try await changes(watch) == with { $0.isAny = true })
    }

    @Test func newFoldersAreToldApart() async throws {
        let folder = try TemporaryFolder()
        let watch = try #require(FolderWatch())
        #expect(watch.add(folder.path))
        _ = unsafe mkdir(folder.path + "/sub", 0o700)
        #expect(try await changes(watch).areFolders)
        #expect(watch.add(folder.path + "/sub"))
        _ = unsafe rmdir(folder.path + "/sub")
        #expect(try await changes(watch).areFolders)
        #expect(!watch.add(folder.path + "/gone"))
    }

    /// More happens than the system keeps for us: it says so, and everything is looked at again.
    @Test func lostEventsAreTold() async throws {
        let folder = try TemporaryFolder()
        let watch = try #require(FolderWatch())
        #expect(watch.add(folder.path))
        let limit = try String(
            contentsOfFile: "/proc/sys/fs/inotify/max_queued_events",
            encoding: .utf8
        )
        let kept = try #require(Int(limit.filter(\.isNumber)))
        // Each comes and goes: three events.
        for number in 0...(kept / 3 + 10) {
            let name = folder.path + "/\(number)"
            #expect(FileManager.default.createFile(atPath: name, contents: nil))
            _ = unsafe unlink(name)
        }
        #expect(watch.take() == with { ($0.isAny, $0.areFolders) = (true, true) })
    }

    private func with(_ change: (inout FolderWatch.Changes) -> Void) -> FolderWatch.Changes {
        var changes = FolderWatch.Changes()
        change(&changes)
        return changes
    }

    @Test func foldersAreEventsOfAWalkIfAskedFor() throws {
        let folder = try TemporaryFolder()
        try folder.write("a/b/c.txt")
        try folder.write(".hidden/d.txt")
        try folder.write("build/e.txt")
        try folder.write(".gitignore", "build/\n")
        var options = FolderWalker.Options()
        options.reportsFolders = true
        var folders: [String] = []
        FolderWalker(options: options).walk(folder.path) { event in
            if case .folder(let path) = event { folders.append(path) }
        }
        let root = try FileSystem.realPath(folder.path)
        #expect(folders == [root, root + "/a", root + "/a/b"])
    }
}
