internal import LibraryCore
internal import Corpus
internal import FoundationEssentials
internal import Indexing
internal import UserConfiguration

/// Why a library does not hold what somebody names.
extension Library {
    /// Says why nothing of the library is meant: the file was passed over, left out or never shown to it.
    func explainAbsence(of request: WhyNotRequest, in report: inout WhyNot) async throws {
        let target = request.target
        let path = Self.absolute(target, in: ProcessEnvironment.workingFolder)
        func lost(_ stage: WhyNot.Stage, _ text: String, _ remedies: [WhyNot.Remedy]) {
            report.steps.append(WhyNot.Step(stage: stage, isPassed: false, text: text))
            report.lostAt = stage
            report.remedies = remedies
        }
        let collections = try await store.read { try await $0.statistics() }
        for statistics in collections {
            let root = statistics.collection.root
            let skipped = statistics.skipped.first { record in
                let place = record.path.isEmpty ? root : root + "/" + record.path
                return place == path || record.path == target || place.hasSuffix("/" + target)
            }
            guard let skipped else { continue }
            let text = "The library knows the file and passed it over: \(skipped.reason)."
            lost(.skipped, text, [Self.reading(root, "Correct that, then index again.")])
            return
        }
        guard FileManager.default.fileExists(atPath: path) else {
            let isPath = target.contains("/") || !target.contains(" ")
            lost(
                .notIndexed,
                isPath
                    ? "There is no such file, and the library holds none of that name."
                    : "No passage of the library has these words in this order.",
                [
                    WhyNot.Remedy(
                        text: isPath
                            ? "Check the spelling: `vecino ls` lists what the library holds."
                            : "Name the document instead, or fewer of the words; index again if the file "
                                + "is new."
                    )
                ]
            )
            return
        }
        let root = collections.map(\.collection.root).first {
            path == $0 || path.hasPrefix($0 + "/")
        }
        guard let root else {
            let folder = PathName.folder(path)
            lost(
                .notIndexed,
                "The file is there, but in no folder that was indexed.",
                [Self.reading(folder, "Index its folder.")]
            )
            return
        }
        let options = try await options(of: root) ?? IndexOptions()
        let contents = FolderContents.paths(in: root, options: options)
        let relative = path == root ? "" : String(path.dropFirst(root.count + 1))
        if contents.contains(relative) {
            lost(
                .notIndexed,
                "The file is there and was not read yet: it is new since the folder was indexed.",
                [Self.reading(root, "Index again.")]
            )
        } else {
            lost(
                .notIndexed,
                "The file lies in an indexed folder and is left out: by a pattern, as a hidden "
                    + "file, by .gitignore or .vecinoignore, or as a format that is not read.",
                [
                    WhyNot.Remedy(
                        text: "Index it by its own name, or change what is left out.",
                        change: .index(path: path)
                    )
                ]
            )
        }
    }

    private static func reading(_ folder: String, _ text: String) -> WhyNot.Remedy {
        WhyNot.Remedy(text: text, change: .index(path: folder))
    }
}
