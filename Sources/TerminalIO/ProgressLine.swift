internal import Synchronization

/// The one line of a terminal that is written over while something works.
package enum ProgressLine {
    private static let isShown = Mutex(false)

    /// Shows `text` in place of what stood there; nothing where there is no terminal.
    package static func show(_ text: String) {
        guard Terminal.showsProgress else { return }
        isShown.withLock { $0 = true }
        Terminal.sayRaw("\r\u{1B}[K" + text)
    }

    /// Takes the line away, before anything else is written and when the work ends, however it ends.
    package static func clear() {
        let wasShown = isShown.withLock { isShown in
            defer { isShown = false }
            return isShown
        }
        if wasShown { Terminal.sayRaw("\r\u{1B}[K") }
    }
}
