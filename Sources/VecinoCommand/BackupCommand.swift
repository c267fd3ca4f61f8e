internal import ArgumentParser
internal import CommandParts
internal import Localization
internal import TerminalIO
internal import Vecino

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: localized("Copy the library into a new file, while it is in use."),
        discussion: localized(
            """
            The copy holds all that was finished when it was made, and is checked before it gets \
            its name. A copy of the file that other programs make may lack what is still in the \
            log beside it, library.db-wal.

            EXAMPLES
              vecino backup notes-2026-11.db
              vecino backup /media/usb/library.db --db notes.db
            """
        )
    )

    @Argument(help: .localized("The new file; nothing may be there yet."), completion: .file())
    var file: String

    @OptionGroup(title: localized("Library")) var library: LibraryOptions

    func run() async throws {
        let opened = try Library.open(at: library.existingPath(), for: .searching)
        try await opened.backUp(to: file)
        // A copy that its user makes is trusted with what the library is.
        let known = KnownFolders(library: opened.path)
        var copied = KnownFolders(library: file)
        try? copied.add(try await opened.roots().filter(known.contains))
        Terminal.say(
            "Copied \(Terminal.path(opened.path)) to \(Terminal.path(file)), and checked it."
        )
    }
}
