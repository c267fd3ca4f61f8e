import Foundation
import Testing

@testable import UserConfiguration

@Suite struct KnownFoldersTests {
    private let folder: TemporaryFolder
    private var environment: [String: String] { ["XDG_CONFIG_HOME": folder.path + "/config"] }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("", to: "project/.vecino/library.db")
        try folder.write("", to: "project/docs/a.txt")
        try folder.write("", to: "other/library.db")
        try folder.write("", to: "home/b.txt")
    }

    private func known(_ library: String) -> KnownFolders {
        KnownFolders(library: folder.path + "/" + library, environment: environment)
    }

    @Test func whatLiesInTheProjectNeedsNoNaming() throws {
        let known = known("project/.vecino/library.db")
        #expect(known.contains(folder.path + "/project"))
        #expect(known.contains(folder.path + "/project/docs"))
        #expect(!known.contains(folder.path + "/home"))
        #expect(!known.contains(folder.path + "/project2"))
        #expect(!known.contains(folder.path + "/project/docs/../../home"))
        #expect(!known.contains("/") && !known.contains(""))
        // Nor what a link in it leads to.
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/project/link",
            withDestinationPath: folder.path + "/home"
        )
        #expect(!known.contains(folder.path + "/project/link"))
    }

    @Test func whatWasNamedIsKnownToThatLibraryOnly() throws {
        let home = folder.path + "/home"
        var named = known("other/library.db")
        #expect(!named.contains(home) && !named.contains(folder.path + "/other"))
        try named.add([home, home])
        #expect(named.contains(home))
        #expect(known("other/library.db").contains(home))
        #expect(known("other/../other/library.db").contains(home))
        #expect(!known("project/.vecino/library.db").contains(home))
        let file = folder.path + "/config/vecino/folders"
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        #expect((attributes[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").count == 1)
    }

    /// Names with line ends are one line; a file that is no list counts as empty.
    @Test func anyNameIsKept() throws {
        var named = known("other/library.db")
        try named.add(["/a\n[\"x\",\"/etc\"]", "/ñ \"q\""])
        let again = known("other/library.db")
        #expect(again.contains("/a\n[\"x\",\"/etc\"]") && again.contains("/ñ \"q\""))
        #expect(!again.contains("/etc"))
        try folder.write("no list\n{}\n[1]\n", to: "config/vecino/folders")
        #expect(!known("other/library.db").contains("/ñ \"q\""))
    }
}
