internal import ArgumentParser
internal import CommandParts
internal import Evaluation
internal import Experiments
internal import Localization
internal import TerminalIO
internal import Vecino

/// Which documents answer a labeled query, for commands that take a labeled set.
struct MatchOptions: ParsableArguments {
    @Option(
        name: .customLong("match-field"),
        help: .localized(
            "Search only documents that agree with the query in this field.",
            valueName: "field"
        )
    )
    var field: String?
}

/// A labeled set and the library that answers its questions.
struct LabeledLibrary {
    let set: RetrievalSet
    let library: Library

    /// Opens what `path` names: a questions.jsonl about the user's library, or a BEIR folder, whose
    /// corpus is indexed into a library of its own first.
    ///
    /// Questions that a language model made and nobody reviewed are left out, or taken along with
    /// `unreviewed`; either way it is said.
    init(
        _ path: String,
        library options: LibraryOptions,
        model: ModelOptions,
        unreviewed: Bool = false,
        qrels: String? = nil
    ) async throws {
        if path.hasSuffix(".jsonl") {
            let questions = try RetrievalSet(questions: path)
            set = try Self.judgedSet(
                try qrels.map(questions.judged) ?? questions,
                at: path,
                unreviewed: unreviewed
            )
            library = try model.open(options.existingPath(), for: .serving)
            return
        }
        let whole = try RetrievalSet(contentsOf: path)
        let labeled = try Self.judgedSet(
            try qrels.map(whole.judged) ?? whole,
            at: path,
            unreviewed: unreviewed
        )
        let file = options.namedPath ?? Library.cachePath(forSetAt: path, model: model.model)
        set = labeled
        library = try model.open(file, for: .indexing)
        let reporter = IndexReporter(json: false, quiet: false, root: labeled.name)
        let report = try await library.index(labeled) { reporter.handle($0) }
        if report.added + report.changed > 0 { try reporter.finish(report, library: file) }
    }

    /// The queries to measure with; what is odd about the set is said.
    private static func judgedSet(
        _ set: RetrievalSet,
        at path: String,
        unreviewed: Bool
    ) throws -> RetrievalSet {
        for note in set.notes { Terminal.say("note: \(note)") }
        let count = set.unreviewed.count
        var chosen = set
        if count > 0, unreviewed {
            Terminal.say(
                "note: \(count) of \(set.queries.count) questions were made by a language model and "
                    + "reviewed by nobody: figures on them say little."
            )
        } else if count > 0 {
            Terminal.say(
                "note: \(count) of \(set.queries.count) questions are unreviewed and are not scored. "
                    + "Read them in \(path) and set \"reviewed\" to true, or score them with "
                    + "--unreviewed."
            )
            chosen = set.reviewed
        }
        guard !chosen.queries.isEmpty else {
            throw misuse("\(path) has no question to score.")
        }
        return chosen
    }

    /// How the judgements name a document.
    var identify: @Sendable (String) -> String { self.set.identifier }
}
