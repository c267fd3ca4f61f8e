internal import CEditLine
internal import Foundation

/// Lines that a person types, with arrows, history and completion on a terminal.
///
/// A line that ends in a backslash, or that Alt-Enter breaks, goes on; so does a paste of several lines.
/// Anything but a terminal is read as it comes. The editor's pointers never leave the class, and live as long.
@safe package final class LineEditor {
    /// What a person gave.
    package enum Entry {
        case text(String)
        /// Ctrl-C: the line was dropped.
        case interrupted
        case end
    }

    private let editor: OpaquePointer?
    private let history: OpaquePointer?
    private let session: UnsafeMutablePointer<ve_session>
    private let prompts: (first: UnsafeMutablePointer<CChar>?, more: UnsafeMutablePointer<CChar>?)

    /// Lines that are remembered.
    package static let remembered = 200

    /// The commands that a beginning is completed to.
    static let commands = ["/help", "/new", "/quit", "/rate ", "/save ", "/sources", "/why"]

    /// Whether somebody types and sees what they type.
    package var isInteractive: Bool { unsafe editor != nil }

    /// Edits lines on the terminal, if there is one.
    package init() {
        unsafe session = .allocate(capacity: 1)
        unsafe session.initialize(to: ve_session())
        unsafe prompts = unsafe (strdup("› "), strdup("… "))
        let isTerminal = isatty(STDIN_FILENO) == 1 && Terminal.showsProgress
        guard isTerminal, let lines = unsafe ve_make_history(Int32(Self.remembered)) else {
            unsafe history = nil
            unsafe editor = nil
            return
        }
        ve_set_locale()
        unsafe history = lines
        unsafe session.pointee.complete = { beginning in
            let text = unsafe String(cString: beginning)
            return unsafe LineEditor.completion(of: text).flatMap { unsafe strdup($0) }
        }
        unsafe session.pointee.prompt = UnsafePointer(prompts.first)
        unsafe editor = ve_make(session, lines)
    }

    deinit {
        if let editor = unsafe editor {
            Terminal.sayRaw("\u{1B}[?2004l")
            unsafe el_end(editor)
        }
        if let history = unsafe history { unsafe history_end(history) }
        unsafe free(prompts.first)
        unsafe free(prompts.more)
        unsafe session.deallocate()
    }

    /// Remembers a line as if it had been typed.
    package func remember(_ line: String) {
        let flat = line.replacing("\n", with: " ")
        if let history = unsafe history, !flat.isEmpty { unsafe ve_remember(history, flat) }
    }

    /// The next line, or the lines that belong together.
    package func next() -> Entry {
        guard unsafe editor != nil else {
            guard var text = readLine() else { return .end }
            while text.last == "\\", let more = readLine() {
                text = text.dropLast() + "\n" + more
            }
            return .text(text)
        }
        unsafe session.pointee.prompt = UnsafePointer(prompts.first)
        // Between questions a terminal pastes as it always does.
        Terminal.sayRaw("\u{1B}[?2004h")
        defer { Terminal.sayRaw("\u{1B}[?2004l") }
        var text = ""
        while true {
            switch line() {
            case .text(let part) where part.last == "\\":
                text += part.dropLast() + "\n"
                unsafe session.pointee.prompt = UnsafePointer(prompts.more)
            case .text(let part):
                text += part
                remember(text)
                return .text(text)
            case let other: return other
            }
        }
    }

    private func line() -> Entry {
        guard let editor = unsafe editor else { return .end }
        unsafe session.pointee.was_interrupted = 0
        var count: Int32 = 0
        guard let bytes = unsafe el_gets(editor, &count), count > 0 else { return .end }
        if unsafe session.pointee.was_interrupted != 0 { return .interrupted }
        let text = unsafe String(
            decoding: UnsafeRawBufferPointer(start: bytes, count: Int(count)),
            as: UTF8.self
        )
        return .text(text.last?.isNewline == true ? String(text.dropLast()) : text)
    }

    /// What completes a beginning: the rest of the only command that begins so, or what all of them share.
    static func completion(of beginning: String) -> String? {
        guard beginning.hasPrefix("/") else { return nil }
        let matches = commands.filter { $0.hasPrefix(beginning) }
        guard var shared = matches.first else { return nil }
        for match in matches { shared = String(shared.commonPrefix(with: match)) }
        let rest = shared.dropFirst(beginning.count)
        return rest.isEmpty ? nil : String(rest)
    }
}
