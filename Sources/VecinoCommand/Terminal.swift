internal import ArgumentParser
internal import Foundation

/// Where output goes: data to stdout, talk to stderr, decoration only to a terminal.
enum Terminal {
    static let showsColor = isTerminal(STDOUT_FILENO) && !isPlain
    static let showsProgress = isTerminal(STDERR_FILENO) && !isPlain

    private static let isPlain: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            || environment["TERM"] == "dumb"
    }()

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal on stderr or stdout; 80 when there is none.
    static var width: Int {
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) {
            return max(20, columns)
        }
        var size = winsize()
        for descriptor in [STDOUT_FILENO, STDERR_FILENO]
        where unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0 {
            return Int(size.ws_col)
        }
        return 80
    }

    /// Writes data.
    ///
    /// A reader that has gone away (`| head`) ends the program quietly; what cannot be written for any
    /// other reason, such as a full disk, is an error.
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
            if (cause ?? error as NSError).code == Int(EPIPE) { exit(0) }
            let reason = cause?.localizedDescription
            say("vecino: The output cannot be written (\(reason ?? error.localizedDescription)).")
            exit(ExitStatus.library.rawValue)
        }
    }

    /// Writes a line of data.
    static func print(_ line: String) { write(line + "\n") }

    /// Writes a line of talk.
    static func say(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes talk as it is.
    static func sayRaw(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// A text style; without color the text stays as it is.
    enum Style: String {
        case bold = "1"
        case dim = "2"
        case match = "1;33"
        case path = "36"
        case mark = "1;32"
    }

    static func styled(_ text: String, _ style: Style) -> String {
        showsColor && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// `text` with nothing in it that a terminal would obey.
    ///
    /// Documents are strangers' text: an escape sequence in one must not move the cursor or set a
    /// title.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
        return String(clean)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Breaks `text` at spaces into lines of at most `width` characters, each after `indent`.
    static func wrapped(_ text: String, width: Int, indent: String) -> String {
        let room = max(20, width - indent.count)
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            var line = ""
            var length = 0
            for word in paragraph.split(separator: " ") {
                let size = visibleLength(word)
                if length > 0, length + 1 + size > room {
                    lines.append(line)
                    line = ""
                    length = 0
                }
                line += (length > 0 ? " " : "") + word
                length += (length > 0 ? 1 : 0) + size
            }
            lines.append(line)
        }
        return lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
    }

    /// Characters of `text` without its own color codes.
    private static func visibleLength(_ text: Substring) -> Int {
        guard text.contains("\u{1B}") else { return text.count }
        var count = 0
        var isCode = false
        for character in text {
            if character == "\u{1B}" { isCode = true }
            if !isCode { count += 1 }
            if isCode, character == "m" { isCode = false }
        }
        return count
    }

    private static let workingFolder = FileManager.default.currentDirectoryPath
    private static let home = NSHomeDirectory()

    /// `path` as a person in the working folder would write it.
    static func shortPath(_ path: String) -> String {
        if path.hasPrefix(workingFolder + "/") {
            return String(path.dropFirst(workingFolder.count + 1))
        }
        if home.count > 1, path.hasPrefix(home + "/") { return "~" + path.dropFirst(home.count) }
        return path
    }
}
