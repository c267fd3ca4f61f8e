internal import Foundation
internal import Localization
internal import Synchronization
internal import TerminalIO
package import Vecino

/// Shows an indexing run: a bar on a terminal, plain lines elsewhere, JSON lines if asked.
package final class IndexReporter: Sendable {
    private struct State {
        var lastShown = -1.0
        var skipped = 0
        var unread = 0
    }

    private let json: Bool
    private let quiet: Bool
    private let root: String
    private let state = Mutex(State())

    package init(json: Bool, quiet: Bool, root: String) {
        self.json = json
        self.quiet = quiet
        self.root = root
    }

    package func handle(_ event: IndexEvent) {
        switch event {
        case .waiting:
            Self.sayWaiting(root)
        case .planned(let files, let bytes, let unchanged, let removed):
            guard !quiet, files > 0 || removed > 0 else { return }
            if removed > 0 {
                Terminal.say(
                    "\(root): \(count: files, "file") to read (\(bytes: bytes)), "
                        + "\(count: unchanged) unchanged, \(count: removed) gone"
                )
            } else {
                Terminal.say(
                    "\(root): \(count: files, "file") to read (\(bytes: bytes)), "
                        + "\(count: unchanged) unchanged"
                )
            }
        case .progress(let progress):
            guard !quiet else { return }
            show(progress)
        case .file(let path, let outcome, let passages, let reason):
            if json {
                let line = FileLine(
                    path: path,
                    outcome: outcome,
                    passages: passages,
                    reason: reason
                )
                if let text = try? JSON.text(line, pretty: false) { Terminal.print(text) }
            } else if outcome == .skipped, !quiet {
                saySkipped(path, reason: reason)
            } else if outcome == .unread {
                sayUnread(path, reason: reason)
            }
            if outcome == .unread { sayHowToEmpty(path) }
        }
    }

    /// Says why nothing happens; even where little is to be said, because it can take long.
    package static func sayWaiting(_ what: String) {
        Terminal.say(
            "\(what): another vecino is indexing into this library: waiting for it to finish "
                + "(Ctrl-C gives up)."
        )
    }

    package func finish(_ report: IndexReport, library: String) throws {
        ProgressLine.clear()
        if report.unread > 0 {
            Terminal.say(
                "\(root): \(count: report.unread, "file or folder", "files and folders") "
                    + "could not be read this time; what the library holds of them stays, and the "
                    + "next `vecino index` tries again."
            )
        }
        if json {
            Terminal.print(try JSON.text(report, pretty: false))
            return
        }
        guard !quiet else { return }
        if report.added + report.changed + report.removed == 0 {
            let skipped = report.skipped
            if skipped > 0 {
                Terminal.say(
                    "\(root): up to date, \(count: report.unchanged, "document"), nothing embedded, "
                        + "\(count: skipped) skipped (\(duration: report.seconds))."
                )
            } else {
                Terminal.say(
                    "\(root): up to date, \(count: report.unchanged, "document"), nothing embedded "
                        + "(\(duration: report.seconds))."
                )
            }
            return
        }
        let counts: [(Int, Message)] = [
            (report.added, Message("\(count: report.added) added")),
            (report.changed, Message("\(count: report.changed) changed")),
            (report.removed, Message("\(count: report.removed) removed")),
            (report.unchanged, Message("\(count: report.unchanged) unchanged")),
            (report.repaired, Message("\(count: report.repaired) repaired")),
            (report.skipped, Message("\(count: report.skipped) skipped")),
        ]
        let parts = counts.filter { $0.0 > 0 }.map { localized($0.1) }
        let rate = Double(report.bytes) / max(report.seconds, 1e-3)
        Terminal.say(
            "\(root): \(parts.joined(separator: ", ")). \(count: report.passages, "passage"), "
                + "\(count: report.embedded) embedded, \(bytes: report.bytes) in "
                + "\(duration: report.seconds) (\(bytes: Int64(rate))/s)."
        )
        Terminal.say("Library: \(Terminal.path(library))")
        if report.skipped > 0 || report.repaired > 0 {
            Terminal.say("`vecino status` lists what was skipped or repaired, and why.")
        }
    }

    package func show(_ plan: IndexPlan) throws {
        if json {
            Terminal.print(try JSON.text(plan))
            return
        }
        for (sign, files) in [("+", plan.added), ("~", plan.changed), ("-", plan.removed)] {
            for file in files { Terminal.print("\(sign) \(Terminal.path(file))") }
        }
        for note in plan.unread {
            Terminal.show("? \(Terminal.path(note.path)): \(told: Terminal.harmless(note.text))")
            sayHowToEmpty(note.path)
        }
        for note in plan.skipped {
            Terminal.show("! \(Terminal.path(note.path)): \(told: Terminal.harmless(note.text))")
        }
        Terminal.say(
            "\(root): would read \(count: plan.added.count + plan.changed.count, "file") "
                + "(\(bytes: plan.bytes)), remove \(count: plan.removed.count), leave "
                + "\(count: plan.unchanged) as they are, skip \(count: plan.skipped.count)."
        )
    }

    /// What `--json` says of a file.
    package struct FileLine: Encodable {
        let path: String
        let outcome: FileOutcome
        let passages: Int
        let reason: String?

        package init(path: String, outcome: FileOutcome, passages: Int, reason: String?) {
            self.path = path
            self.outcome = outcome
            self.passages = passages
            self.reason = reason
        }
    }

    /// What was done with a file, in one word.
    package static func word(for outcome: FileOutcome) -> String {
        switch outcome {
        case .added: localized("added")
        case .changed: localized("changed")
        case .removed: localized("removed")
        case .skipped: localized("skipped")
        default: outcome.rawValue
        }
    }

    // MARK: The bar

    private func show(_ progress: IndexProgress) {
        let interval = Terminal.showsProgress ? 0.1 : 15
        let isDue = state.withLock { state in
            guard progress.seconds - state.lastShown >= interval else { return false }
            state.lastShown = progress.seconds
            return true
        }
        guard isDue else { return }
        let share = Double(progress.bytes) / Double(max(1, progress.totalBytes))
        let rate = Double(progress.embedded) / max(progress.seconds, 1e-3)
        var figures = [
            localized("\(count: progress.files)/\(count: progress.totalFiles) files"),
            localized("\(count: progress.embedded, "passage")"),
            localized("\(fixed: rate, rate < 10 ? 1 : 0)/s"),
        ]
        if share > 0.01 {
            let left = progress.seconds * (1 - share) / share
            figures.append(localized("\(duration: left) left"))
        }
        guard Terminal.showsProgress else {
            let percent = Int(min(1, share) * 100)
            Terminal.say("\(root): \(percent) % · \(figures.joined(separator: " · "))")
            return
        }
        let bar = ProgressBar.text(share: share, figures: figures, width: Terminal.width)
        ProgressLine.show(bar)
    }

    /// The first few by name; a folder full of pictures must not drown what matters.
    private func saySkipped(_ path: String, reason: String?) {
        let number = state.withLock { state in
            state.skipped += 1
            return state.skipped
        }
        if number <= 5 {
            Terminal.say("skipped \(Terminal.path(path)): \(told: reason ?? "unreadable")")
        }
        if number == 6 { Terminal.say("skipped more; `vecino status` lists them all") }
    }

    /// How the documents of a folder go in which nothing is left: it can be read, and is doubted.
    private func sayHowToEmpty(_ path: String) {
        guard path.isEmpty, (try? FileManager.default.contentsOfDirectory(atPath: root)) != nil
        else { return }
        Terminal.say("If they are to go: vecino index --allow-empty \(Terminal.shellWord(root))")
    }

    /// An error, and so said in any case; the first few by name.
    private func sayUnread(_ path: String, reason: String?) {
        let number = state.withLock { state in
            state.unread += 1
            return state.unread
        }
        let place = path.isEmpty ? root : path
        if number <= 20 {
            Terminal.say("could not read \(Terminal.path(place)): \(told: reason ?? "no reason")")
        }
    }
}
