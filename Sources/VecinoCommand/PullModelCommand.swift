internal import ArgumentParser
internal import CommandParts
internal import Foundation
internal import Localization
internal import TerminalIO
internal import Vecino

extension ModelCommand {
    struct PullModel: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pull",
            abstract: localized("Fetch a sentence encoder from the Hugging Face hub."),
            discussion: localized(
                """
                Settings are fetched first, and what cannot be run is refused before its weights are. Every file \
                is compared with the checksum that the hub states. A download that breaks off goes on where it \
                stopped when the command is run again.

                HF_ENDPOINT names another hub; HF_TOKEN is the token for models that are private or ask for \
                their conditions to be accepted, and is sent to that hub alone.

                EXAMPLES
                  vecino model pull BAAI/bge-small-en-v1.5
                  vecino model pull intfloat/multilingual-e5-base --revision main --name e5-base
                  vecino model pull CompendiumLabs/bge-small-en-v1.5-gguf \\
                    --file bge-small-en-v1.5-f16.gguf
                  HF_TOKEN=$(cat ~/.hf-token) vecino model pull acme/private-encoder
                """
            )
        )

        @Argument(help: .localized("ORG/NAME, or the address of its page."))
        var repository: String

        @Option(name: .long, help: .localized("A branch, tag or commit. Default: main."))
        var revision: String?

        @Option(
            name: .long,
            help: .localized("The .gguf file to take, of a repository that has several.")
        )
        var file: String?

        @Option(name: .long, help: .localized("The name to give the model. Default: NAME."))
        var name: String?

        @Flag(name: .long, help: .localized("Print what was fetched as JSON."))
        var json = false

        @OptionGroup(title: localized("Network")) var network: NetworkOptions

        func run() async throws {
            let (repository, revision, file, name) = (repository, revision, file, name)
            let reporter = PullReporter(repository)
            let model = try await Interruption.cancelling {
                defer { reporter.clear() }
                return try await ModelCatalog().pull(
                    repository,
                    revision: revision,
                    file: file,
                    name: name,
                    report: reporter.handle
                )
            }
            if json { Terminal.print(try JSON.text(model)) }
            Terminal.say(
                "Added \(model.name) (\(bytes: model.size), revision "
                    + "\(model.revision.prefix(12))): \(model.path)"
            )
            guard !json else { return }
            Terminal.say(
                model.purpose == .reranking
                    ? "`vecino search --rerank \(model.name)` looks at the first passages with it."
                    : "`vecino model use \(model.name)` chooses it for new libraries."
            )
        }
    }
}

/// Shows a download: a bar on a terminal, a line for each file elsewhere.
private final class PullReporter: @unchecked Sendable {
    private let repository: String
    private let start = ContinuousClock.now
    private var present: Int64 = 0
    private var last = -1.0
    private var file = ""

    init(_ repository: String) { self.repository = repository }

    func handle(_ progress: PullProgress) {
        switch progress {
        case .planned(let files, let bytes, let present, let commit):
            self.present = present
            if present > 0 {
                Terminal.say(
                    "\(repository) at \(commit.prefix(12)): \(count: files, "file"), "
                        + "\(bytes: bytes), \(bytes: present) of it here already"
                )
            } else {
                Terminal.say(
                    "\(repository) at \(commit.prefix(12)): \(count: files, "file"), \(bytes: bytes)"
                )
            }
        case .received(let bytes, let total, let name):
            let elapsed = start.duration(to: .now) / .seconds(1)
            let isNew = name != file
            file = name
            guard Terminal.showsProgress else {
                if isNew { Terminal.say("fetching \(Terminal.harmless(name))") }
                return
            }
            guard isNew || elapsed - last >= 0.1 || bytes == total else { return }
            last = elapsed
            let share = Double(bytes) / Double(max(1, total))
            let rate = Double(max(0, bytes - present)) / max(elapsed, 1e-3)
            let figures = [
                "\(Format.bytes(bytes))/\(Format.bytes(total))",
                "\(Format.bytes(Int64(rate)))/s", Terminal.harmless(name),
            ]
            let bar = ProgressBar.text(share: share, figures: figures, width: Terminal.width)
            ProgressLine.show(bar)
        }
    }

    func clear() {
        ProgressLine.clear()
    }
}
