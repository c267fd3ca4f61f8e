internal import ArgumentParser
internal import Foundation
internal import Localization
internal import Synchronization

/// When output is colored.
package enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, always, never

    /// What was chosen for this run.
    static var current: ColorChoice {
        get { chosen.withLock { $0 } }
        set { chosen.withLock { $0 = newValue } }
    }

    private static let chosen = Mutex(ColorChoice.auto)
}

/// How output looks; the program itself has these, so that every command takes them.
package struct OutputOptions: ParsableArguments {
    @Option(
        name: .long,
        help: .localized(
            "Color and links in the output: auto (on a terminal), always or never.",
            valueName: "when"
        )
    )
    var color: ColorChoice?

    package init() {}

    package func validate() throws { if let color { ColorChoice.current = color } }
}
