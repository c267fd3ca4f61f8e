internal import ArgumentParser
internal import Foundation
package import Localization

/// Where output goes: data to stdout, messages to stderr, decoration only to a terminal.
package enum Terminal {
    /// Whether the output has colors: `--color`, else whether a terminal takes them.
    static var showsColor: Bool {
        switch ColorChoice.current {
        case .always: true
        case .never: false
        case .auto: takesColor
        }
    }

    private static let takesColor = isTerminal(STDOUT_FILENO) && !isPlain
    package static let showsProgress = isTerminal(STDERR_FILENO) && !isPlain

    private static let isPlain: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return environment["NO_COLOR"].map { !$0.isEmpty } ?? false
            || environment["TERM"] == "dumb"
    }()

    /// Whether what is written breaks where the terminal ends.
    package static let wrapsOutput = isTerminal(STDOUT_FILENO)

    private static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Columns of the terminal on stderr or stdout; 80 when there is none.
    package static var width: Int {
        if let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap(Int.init) {
            return min(max(20, columns), 1_000)
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
    /// What could not be written ends the program: quietly where the reader has gone away (`| head`),
    /// as the system ends other programs then, and with a message and the status of an error where
    /// there is no room, or nothing to write to.
    package static func write(_ text: String) {
        let bytes = Array(text.utf8)
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes[done...].withUnsafeBytes {
                unsafe Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count)
            }
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                var output = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&output, 1, -1)
            } else if errno != EINTR {
                endUnwritten(errno)
            }
        }
    }

    /// Closes the output; some file systems say only now that there was no room.
    package static func finish() {
        if close(STDOUT_FILENO) != 0, errno != EBADF, errno != EINTR { endUnwritten(errno) }
    }

    private static func endUnwritten(_ error: Int32) -> Never {
        if error == EPIPE {
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(128 + SIGPIPE)
        }
        let reason = unsafe String(cString: strerror(error))
        say("vecino: the output could not be written (\(reason)), and is not complete.")
        exit(ExitStatus.library.rawValue)
    }

    /// Gives the three standard streams something to lead to, if the program was started without them: a
    /// library that is opened must not become the output.
    package static func occupyStandardStreams() {
        for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO]
        where fcntl(descriptor, F_GETFD) < 0 {
            // Reading from the input, or writing to the output, goes on being an error.
            let mode = descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY
            _ = unsafe open("/dev/null", mode)
        }
    }

    /// Writes a line of data.
    package static func print(_ line: String) { write(line + "\n") }

    /// Writes a message, in the reader's language.
    ///
    /// Names and documents' words in it are text: a terminal obeys none of them.
    package static func say(_ message: Message) {
        let text = harmless(localized(message))
        // A table or a help page has its own lines; what fits stays as it is.
        let fits = !messagesAreWrapped || text.contains("\n") || text.count <= width
        ProgressLine.clear()
        sayRaw((fits ? text : wrapped(text, width: width, indent: "")) + "\n")
    }

    private static let messagesAreWrapped = isTerminal(STDERR_FILENO)

    /// Writes a line for a person to the output, in the reader's language.
    package static func show(_ message: Message) {
        let text = localized(message)
        let lead = String(text.prefix { $0 == " " })
        guard wrapsOutput, !text.contains("\n"), visibleLength(text[...]) > width else {
            return print(text)
        }
        print(wrapped(String(text.dropFirst(lead.count)), width: width, indent: lead))
    }

    /// Writes to stderr as it is.
    package static func sayRaw(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// A text style; without color the text stays as it is.
    package enum Style: String {
        case bold = "1"
        case dim = "2"
        case match = "1;33"
        case path = "36"
        case mark = "1;32"
    }

    package static func styled(_ text: String, _ style: Style) -> String {
        showsColor && !text.isEmpty ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// `text` with nothing in it that a terminal would obey.
    ///
    /// Documents are strangers' text: an escape sequence in one must not move the cursor or set a
    /// title.
    package static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        var clean = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { clean.append(isControl(scalar) ? " " : scalar) }
        return String(clean)
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// Breaks `text` at spaces into lines of at most `width` columns, each after `indent`.
    ///
    /// An item of a list keeps its own indent, and what is broken off it stands below its text.
    package static func wrapped(_ text: String, width: Int, indent: String) -> String {
        let room = max(20, width - indent.count)
        var lines: [String] = []
        for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let (lead, hang) = margins(of: paragraph, room: room)
            var line = lead
            var length = lead.count
            var isEmpty = true
            for word in paragraph.split(separator: " ") {
                let size = visibleLength(word)
                if !isEmpty, length + 1 + size > room {
                    lines.append(line)
                    line = hang
                    length = hang.count
                    isEmpty = true
                }
                line += (isEmpty ? "" : " ") + word
                length += (isEmpty ? 0 : 1) + size
                isEmpty = false
            }
            lines.append(isEmpty ? "" : line)
        }
        return lines.map { $0.isEmpty ? "" : indent + $0 }.joined(separator: "\n")
    }

    /// What stands before the first line of a paragraph and before its others: spaces for an item of a
    /// list, nothing for other text.
    private static func margins(of paragraph: Substring, room: Int) -> (String, String) {
        let lead = paragraph.prefix { $0 == " " }
        let rest = paragraph[lead.endIndex...]
        let mark = rest.prefix { $0 != " " }
        let isBullet = ["-", "*", "•", "–"].contains(mark)
        let isNumber =
            mark.count < 5 && mark.dropLast().allSatisfy { ("0"..."9").contains($0) }
            && mark.count > 1 && ".)".contains(mark.last ?? " ")
        guard isBullet || isNumber, lead.count + mark.count < room / 2 else { return ("", "") }
        return (String(lead), String(repeating: " ", count: lead.count + mark.count + 1))
    }

    /// Columns that `text` takes without its own color codes and links: two for a wide character.
    package static func visibleLength(_ text: Substring) -> Int {
        var count = 0
        var isCode = false
        for character in text {
            if character == "\u{1B}" { isCode = true }
            if !isCode { count += isWide(character) ? 2 : 1 }
            if isCode, character == "m" || character == "\\" { isCode = false }
        }
        return count
    }

    /// Whether a terminal gives the character two columns: Chinese, Japanese, Korean, emoji.
    private static func isWide(_ character: Character) -> Bool {
        guard let first = character.unicodeScalars.first else { return false }
        return switch first.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// `text` as a link to a file (OSC 8), where the terminal takes color; plain where it does not.
    package static func linked(_ text: String, to path: String, line: Int?) -> String {
        guard showsColor, isTerminal(STDOUT_FILENO) || ColorChoice.current == .always else {
            return text
        }
        var address = "file://" + hostName
        for byte in path.utf8 {
            let isPlain =
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
                || "/._-~".utf8.contains(byte)
            if isPlain {
                address.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                address += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
            }
        }
        if let line { address += "#L\(line)" }
        return "\u{1B}]8;;\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }

    /// The machine's name, which a link has so that it is not followed on another one.
    private static let hostName: String = {
        let name = ProcessInfo.processInfo.hostName
        return name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F } ? name : ""
    }()

    /// A path for one line of output, short as `shortPath` makes it.
    package static func path(_ path: String) -> String { quoted(shortPath(path)) }

    /// `path` on one line, with nothing in it that a terminal or a parser would obey.
    ///
    /// A name may hold a line's end or an escape sequence; such a path stands in quotation marks, as git
    /// prints it, with its bytes in octal. Paths that the library shows begin with `/`, so that a
    /// quotation mark is no part of one.
    package static func quoted(_ path: String) -> String {
        let scalars = path.unicodeScalars
        guard scalars.contains(where: { isControl($0) || $0 == "\n" || $0 == "\t" }) else {
            return path
        }
        var text = "\""
        for scalar in scalars {
            switch scalar {
            case "\n": text += "\\n"
            case "\t": text += "\\t"
            case "\"", "\\": text += "\\\(scalar)"
            case _ where isControl(scalar):
                for byte in String(scalar).utf8 {
                    let digits = String(byte, radix: 8)
                    text += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
                }
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// `word` as a shell reads it: in quotation marks if it has to be.
    package static func shellWord(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80
                || "/._-+,:@%".utf8.contains(byte)
        }
        if isPlain, !word.isEmpty { return harmless(word) }
        return harmless("'" + word.replacing("'", with: "'\\''") + "'")
    }

    private static let workingFolder = FileManager.default.currentDirectoryPath
    private static let home = NSHomeDirectory()

    /// `path` as a person in the working folder would write it.
    package static func shortPath(_ path: String) -> String {
        if path.hasPrefix(workingFolder + "/") {
            return String(path.dropFirst(workingFolder.count + 1))
        }
        if home.count > 1, path.hasPrefix(home + "/") { return "~" + path.dropFirst(home.count) }
        return path
    }
}
