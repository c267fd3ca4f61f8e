import Foundation
import Testing
import Vecino

/// What a run notices of folders whose files are exchanged, shared, gone or elsewhere, with the real
/// default model.
@Suite(.serialized) struct NoticedChangesTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func library(_ name: String = ".vecino/library.db") throws -> Library {
        try Library.open(at: folder.path + "/" + name, for: .indexing)
    }

    private func paths(_ library: Library) async throws -> [String] {
        try await library.documents().map { String($0.path.dropFirst(folder.path.count + 1)) }
            .sorted()
    }

    private func found(_ word: String, _ library: Library) async throws -> [String] {
        try await library.search(SearchRequest(word, mode: .keyword)).hits
            .map { String($0.path.dropFirst(folder.path.count + 1)) }.sorted()
    }

    // MARK: Files that look as they did

    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    private func write(_ text: String, to name: String) throws {
        try folder.write(text, to: name)
        try FileManager.default.setAttributes(
            [.modificationDate: Self.time],
            ofItemAtPath: folder.path + "/" + name
        )
    }

    enum Exchange: CaseIterable { case renamed, inPlace, twoFiles, linked }

    /// Size and time of the content are what they were; the system knows better.
    @Test(arguments: Exchange.allCases)
    func aFileOfTheSameSizeAndTimeIsReadAgain(_ exchange: Exchange) async throws {
        try write("The gamma lantern.", to: "notes/a.txt")
        try write("The kappa lantern.", to: "notes/b.txt")
        let library = try library()
        _ = try await library.index(folder.path + "/notes")
        let a = folder.path + "/notes/a.txt", b = folder.path + "/notes/b.txt"
        switch exchange {
        case .renamed:
            try write("The delta lantern.", to: "new.txt")
            #expect(unsafe rename(folder.path + "/new.txt", a) == 0)
        case .inPlace: try write("The delta lantern.", to: "notes/a.txt")
        case .twoFiles:
            #expect(unsafe rename(a, folder.path + "/c") == 0)
            #expect(unsafe rename(b, a) == 0 && rename(folder.path + "/c", b) == 0)
        case .linked:
            try write("The delta lantern.", to: "other.txt")
            #expect(unsafe unlink(a) == 0 && link(folder.path + "/other.txt", a) == 0)
        }
        let report = try await library.index(folder.path + "/notes")
        #expect(report.changed == (exchange == .twoFiles ? 2 : 1))
        if exchange == .twoFiles {
            #expect(try await found("kappa", library) == ["notes/a.txt"])
        } else {
            #expect(try await found("delta", library) == ["notes/a.txt"])
            #expect(try await found("gamma", library).isEmpty)
        }
        let again = try await library.index(folder.path + "/notes")
        #expect(again.unchanged == 2 && again.bytes == 0)
    }

    /// What only looks changed is read, and nothing of it is embedded.
    @Test func aFileWhoseRightsChangeKeepsItsPassages() async throws {
        try folder.write("The gamma lantern.", to: "notes/a.txt")
        let library = try library()
        _ = try await library.index(folder.path + "/notes")
        #expect(unsafe chmod(folder.path + "/notes/a.txt", 0o600) == 0)
        #expect(unsafe chmod(folder.path + "/notes/a.txt", 0o640) == 0)
        let report = try await library.index(folder.path + "/notes")
        #expect(report.unchanged == 1 && report.changed == 0 && report.embedded == 0)
        #expect(try await library.index(folder.path + "/notes").bytes == 0)
    }

    // MARK: Folders in folders

    @Test(arguments: [
        ["", "/sub"], ["/sub", ""], ["/sub/deep", "/sub", ""], ["/sub/b.txt", ""],
    ])
    func aFileInTwoFoldersIsHeldOnce(_ roots: [String]) async throws {
        try folder.write("The gamma lantern.", to: "notes/a.txt")
        try folder.write("The delta lantern.", to: "notes/sub/b.txt")
        try folder.write("The kappa lantern.", to: "notes/sub/deep/c.txt")
        let all = ["notes/a.txt", "notes/sub/b.txt", "notes/sub/deep/c.txt"]
        let library = try library()
        for root in roots { _ = try await library.index(folder.path + "/notes" + root) }
        #expect(try await paths(library) == all)

        // A change is seen through either, and the file is held once still.
        try folder.write("The omega lantern, changed.", to: "notes/sub/b.txt")
        for root in roots { _ = try await library.index(folder.path + "/notes" + root) }
        #expect(try await paths(library) == all)
        #expect(try await found("omega", library) == ["notes/sub/b.txt"])
        try folder.write("The sigma lantern, changed.", to: "notes/sub/b.txt")
        for root in roots.reversed() {
            _ = try await library.index(folder.path + "/notes" + root)
        }
        #expect(try await paths(library) == all)

        // What is gone goes, whoever holds it.
        try folder.remove("notes/sub/deep/c.txt")
        _ = try await library.index(folder.path + "/notes")
        #expect(try await paths(library) == ["notes/a.txt", "notes/sub/b.txt"])
    }

    /// A folder that the outer one leaves out is still its own.
    @Test func whatOneFolderLeavesOutAnotherHolds() async throws {
        try folder.write("The gamma lantern.", to: "notes/a.txt")
        try folder.write("The delta lantern.", to: "notes/.private/b.txt")
        try folder.write("The kappa lantern.", to: "notes/drafts/c.txt")
        let library = try library()
        _ = try await library.index(
            folder.path + "/notes",
            options: IndexOptions(exclude: ["drafts/**"])
        )
        _ = try await library.index(folder.path + "/notes/.private")
        _ = try await library.index(folder.path + "/notes/drafts")
        for _ in 0..<2 {
            let report = try await library.index(folder.path + "/notes")
            #expect(report.removed == 0)
        }
        #expect(
            try await paths(library)
                == ["notes/.private/b.txt", "notes/a.txt", "notes/drafts/c.txt"]
        )
    }

    @Test func aFolderHasOneNameHoweverItIsReached() async throws {
        try folder.write("The gamma lantern.", to: "notes/sub/a.txt")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/link",
            withDestinationPath: "notes/sub"
        )
        let library = try library()
        for name in ["/notes", "/link", "/notes/../notes/./sub/", "//notes//sub"] {
            _ = try await library.index(folder.path + name)
        }
        #expect(try await paths(library) == ["notes/sub/a.txt"])
        #expect(try await library.roots() == ["/notes", "/notes/sub"].map { folder.path + $0 })
    }

    // MARK: Folders that are suddenly empty

    enum Emptying: CaseIterable { case deleted, exchanged, hiddenLeft }

    @Test(arguments: Emptying.allCases)
    func anEmptyFolderIsDoubted(_ emptying: Emptying) async throws {
        try folder.write("The gamma lantern.", to: "notes/a.txt")
        try folder.write("The delta lantern.", to: "notes/sub/b.txt")
        let library = try library()
        _ = try await library.index(folder.path + "/notes")
        switch emptying {
        case .deleted: for name in ["a.txt", "sub"] { try folder.remove("notes/" + name) }
        case .exchanged:
            #expect(unsafe rename(folder.path + "/notes", folder.path + "/away") == 0)
            #expect(unsafe mkdir(folder.path + "/notes", 0o700) == 0)
        case .hiddenLeft:
            for name in ["a.txt", "sub"] { try folder.remove("notes/" + name) }
            try folder.write("", to: "notes/.keep")
        }
        let plan = try await library.plan(folder.path + "/notes")
        #expect(plan.removed.isEmpty && plan.unread.count == 1)
        let report = try await library.index(folder.path + "/notes")
        #expect(report.removed == 0 && report.unread == 1)
        #expect(try await paths(library) == ["notes/a.txt", "notes/sub/b.txt"])
        #expect(try await found("gamma", library) == ["notes/a.txt"])

        let agreed = try await library.index(folder.path + "/notes", allowsEmpty: true)
        #expect(agreed.removed == 2 && agreed.unread == 0)
        #expect(try await paths(library).isEmpty)
        #expect(try await library.index(folder.path + "/notes").unread == 0)
    }

    /// A part of a folder may go, and all of it if its user wants to read none of it.
    @Test func whatIsMeantToGoGoes() async throws {
        try folder.write("The gamma lantern.", to: "notes/a.txt")
        try folder.write("The delta lantern.", to: "notes/sub/b.txt")
        let library = try library()
        _ = try await library.index(folder.path + "/notes")
        try folder.remove("notes/sub/b.txt")
        #expect(try await library.index(folder.path + "/notes").removed == 1)
        let none = IndexOptions(exclude: ["*.txt"])
        #expect(try await library.index(folder.path + "/notes", options: none).removed == 1)
    }

    // MARK: Projects that move

    private func makeProject() async throws {
        try folder.write("The deep lantern.", to: "project/docs/n.txt")
        try folder.write("The high lantern.", to: "project/docs/sub/m.txt")
        let library = try library("project/.vecino/library.db")
        _ = try await library.index(folder.path + "/project/docs")
    }

    enum Move: CaseIterable { case renamed, deeper, copied }

    @Test(arguments: Move.allCases) func aProjectTakesItsFoldersAlong(_ move: Move) async throws {
        try await makeProject()
        let old = folder.path + "/project"
        let new = move == .deeper ? "a/b/it's here" : "other"
        try FileManager.default.createDirectory(
            atPath: folder.path + "/a/b",
            withIntermediateDirectories: true
        )
        if move == .copied {
            try FileManager.default.copyItem(atPath: old, toPath: folder.path + "/" + new)
        } else {
            #expect(unsafe rename(old, folder.path + "/" + new) == 0)
        }
        let path = folder.path + "/" + new + "/.vecino/library.db"
        let reader = try Library.open(at: path, for: .searching)
        #expect(try await found("deep", reader) == [new + "/docs/n.txt"])
        let lines = try await reader.documents().map(\.path)
        #expect(lines.allSatisfy { $0.hasPrefix(folder.path + "/" + new) })

        let writer = try Library.open(at: path, for: .indexing)
        #expect(try await writer.roots() == [folder.path + "/" + new + "/docs"])
        let report = try await writer.index(folder.path + "/" + new + "/docs")
        #expect(report.unchanged == 2 && report.embedded == 0 && report.added == 0)
        #expect(try await found("high", writer) == [new + "/docs/sub/m.txt"])
        if move == .copied {
            let first = try Library.open(at: old + "/.vecino/library.db", for: .searching)
            #expect(try await found("deep", first) == ["project/docs/n.txt"])
        }
    }

    /// The folder of the library itself, one beside it, and one elsewhere.
    @Test func whatDoesNotMoveStays() async throws {
        try folder.write("The deep lantern.", to: "project/n.txt")
        try folder.write("The high lantern.", to: "elsewhere/docs/m.txt")
        let library = try library("project/lib.db")
        _ = try await library.index(folder.path + "/project")
        _ = try await library.index(folder.path + "/elsewhere/docs")
        #expect(unsafe rename(folder.path + "/project", folder.path + "/moved") == 0)
        let reader = try Library.open(at: folder.path + "/moved/lib.db", for: .searching)
        #expect(try await paths(reader) == ["elsewhere/docs/m.txt", "moved/n.txt"])
        // A library that moves alone leaves its folders where they are.
        #expect(unsafe rename(folder.path + "/moved/lib.db", folder.path + "/lib.db") == 0)
        let alone = try Library.open(at: folder.path + "/lib.db", for: .searching)
        #expect(try await paths(alone).first == "elsewhere/docs/m.txt")
    }

    /// A folder of the same name with other files is another folder.
    @Test func aFolderIsKnownByItsFiles() async throws {
        try await makeProject()
        #expect(unsafe rename(folder.path + "/project", folder.path + "/other") == 0)
        try folder.remove("other/docs")
        try folder.write("Something else altogether.", to: "other/docs/n.txt")
        let reader = try Library.open(
            at: folder.path + "/other/.vecino/library.db",
            for: .searching
        )
        #expect(try await paths(reader) == ["project/docs/n.txt", "project/docs/sub/m.txt"])
    }
}
