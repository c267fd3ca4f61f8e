/// A bar with figures on one line of a terminal.
package enum ProgressBar {
    /// The bar, the percentage, and as many of `figures` as fit, the last ones left out first.
    ///
    /// - Returns: fewer than `width` characters, so that no terminal breaks the line.
    package static func text(share: Double, figures: [String], width: Int) -> String {
        let share = share.isFinite ? min(max(share, 0), 1) : 0
        let percent = " \(Int(share * 100)) %"
        var figures = figures
        var words: String { figures.isEmpty ? "" : " " + figures.joined(separator: " · ") }
        while !figures.isEmpty, width - 1 - percent.count - words.count < 8 { figures.removeLast() }
        let room = max(0, min(40, width - 1 - percent.count - words.count))
        let filled = Int(Double(room) * share)
        return String(repeating: "█", count: filled)
            + String(repeating: "░", count: room - filled) + percent + words
    }
}
