internal import Foundation

/// Long output on a terminal, shown a screen at a time.
///
/// `VECINO_PAGER`, else `PAGER`, else `less` shows it; an empty value or `cat` has it printed as it is.
package enum Pager {
    /// Writes lines of data, through the pager if they are more than the screen has.
    package static func print(_ text: String) {
        guard let command, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            text.utf8.count(where: { $0 == UInt8(ascii: "\n") }) >= rows,
            show(text + "\n", with: command)
        else { return Terminal.print(text) }
    }

    private static var command: String? {
        let environment = ProcessInfo.processInfo.environment
        guard environment["TERM"] != "dumb" else { return nil }
        let named = environment["VECINO_PAGER"] ?? environment["PAGER"] ?? "less"
        return ["", "cat"].contains(named) ? nil : named
    }

    private static var rows: Int {
        var size = winsize()
        guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0 else {
            return 24
        }
        return Int(size.ws_row)
    }

    /// - Returns: whether the pager ran: if not, nothing was shown.
    private static func show(_ text: String, with command: String) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        // As git has it: colors as they are, what fits on a screen is left there.
        process.environment = ["LESS": "FRX", "LESSCHARSET": "utf-8"]
            .merging(ProcessInfo.processInfo.environment) { $1 }
        let pipe = Pipe()
        process.standardInput = pipe
        signal(SIGPIPE, SIG_IGN)
        guard (try? process.run()) != nil else { return false }
        // A pager that is left before the end has read enough.
        try? pipe.fileHandleForWriting.write(contentsOf: Data(text.utf8))
        try? pipe.fileHandleForWriting.close()
        process.waitUntilExit()
        // 127: the shell has not found it.
        return process.terminationStatus != 127
    }
}
