internal import LibraryCore
internal import Answering
internal import Corpus
internal import Retrieval
internal import Synchronization

/// Why an answer does not quote a passage.
extension Library {
    /// Follows a passage from the search to the answer, and tries what would have it quoted.
    func followAnswer(
        to search: SearchRequest,
        _ options: AskOptions,
        _ passage: Passage,
        in report: inout WhyNot
    ) async throws {
        var options = options
        options.filter = search.filter
        options.model = nil
        let trial = try await quoting(search.query, passage, options)
        // What the search passed over may come along as the neighbor of a hit.
        if trial.isRead, report.lostAt != nil {
            report.steps.append(
                WhyNot.Step(
                    stage: .context,
                    isPassed: true,
                    text: "It is read all the same, as the neighbor of a passage that was found."
                )
            )
            report.lostAt = nil
        }
        if report.lostAt == nil || report.lostAt == .belowTheLine {
            let step = Self.step(of: trial, options)
            report.steps.append(step)
            report.lostAt = step.isPassed ? nil : step.stage
        }
        guard report.lostAt != nil else { return }
        for change in AskChange.all(of: options, for: passage) {
            try Task.checkCancellation()
            if change.change?.isMore == true, report.remedies.contains(where: \.isMore) {
                continue
            }
            let changed = try await quoting(search.query, passage, change.options)
            guard let place = changed.place else { continue }
            report.remedies.append(
                WhyNot.Remedy(text: change.text, change: change.change, rank: place)
            )
        }
        guard report.remedies.isEmpty,
            let subject = passage.headings.last ?? Self.title(of: passage)
        else { return }
        let named = "\(search.query) \(subject)"
        if let place = try await quoting(named, passage, options).place {
            report.remedies.append(
                WhyNot.Remedy(
                    text: "Use words that it has, such as those of its heading: “\(subject)”.",
                    rank: place
                )
            )
        }
    }

    /// What became of a passage in one answer.
    private struct Trial {
        /// Whether it was among what was read.
        var isRead: Bool
        /// Whether its sentences were weighed: its document mentions what the question names.
        var isWeighed: Bool
        var answer: Answer
        /// The place of the first quotation from it; nil if nothing of it is quoted.
        var place: Int?
    }

    private func quoting(
        _ question: String,
        _ passage: Passage,
        _ options: AskOptions
    ) async throws -> Trial {
        var options = options
        let weighed = Mutex<[String]>([])
        options.observe = { seen in weighed.withLock { $0 = seen.sentences.map(\.path) } }
        let context = try await context(for: question, options: options)
        let answer = try await ask(question, options: options)
        let id = passage.id
        let place = answer.claims.firstIndex { $0.citations.contains { $0.passageID == id } }
        return Trial(
            isRead: context.candidates.contains { $0.id == id },
            isWeighed: weighed.withLock(\.self).contains(passage.document.absolutePath),
            answer: answer,
            place: place.map { $0 + 1 }
        )
    }

    private static func step(of trial: Trial, _ options: AskOptions) -> WhyNot.Step {
        guard trial.isRead else {
            return WhyNot.Step(
                stage: .context,
                isPassed: false,
                text: "No room was left for it: \(options.candidates) passages are read, each text "
                    + "once."
            )
        }
        guard trial.isWeighed else {
            return WhyNot.Step(
                stage: .notMentioned,
                isPassed: false,
                text:
                    "Its document does not mention what the question names, or another mentions more."
            )
        }
        let bound = options.maximumRisk ?? ExtractiveAnswerer.defaultRisk
        if !trial.answer.outcome.isAnswered, let risk = trial.answer.evidence?.risk {
            return WhyNot.Step(
                stage: .risk,
                isPassed: false,
                text: "The question was refused: the risk that the documents do not answer is "
                    + "\(rounded(risk)), and up to \(rounded(bound)) is answered."
            )
        }
        if let place = trial.place {
            return WhyNot.Step(
                stage: .weighing,
                isPassed: true,
                text: "It is quoted, in statement \(place) of the answer."
            )
        }
        let best = trial.answer.claims.first?.citations.first?.quotation ?? ""
        let flat = best.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return WhyNot.Step(
            stage: .weighing,
            isPassed: false,
            text:
                "It was read, but other sentences were seen as better answers: “\(flat.prefix(120))”."
        )
    }
}

/// One thing done differently in answering.
private struct AskChange {
    let text: String
    let change: WhyNot.Change?
    let options: AskOptions

    /// What can be done differently, the least first.
    static func all(of options: AskOptions, for passage: Passage) -> [AskChange] {
        var changes: [AskChange] = []
        func add(
            _ text: String,
            _ what: WhyNot.Change?,
            _ change: (inout AskOptions) -> Void
        ) {
            var changed = options
            change(&changed)
            changes.append(AskChange(text: text, change: what, options: changed))
        }
        let bound = options.maximumRisk ?? ExtractiveAnswerer.defaultRisk
        if bound < 1 { add("Accept a larger risk.", .anyRisk) { $0.maximumRisk = 1 } }
        for passages in [20, 50] where passages > options.candidates {
            add("Read more passages.", .passages(passages)) { $0.candidates = passages }
        }
        for mode in SearchMode.allCases where mode != options.mode {
            let side = [.keyword: "words alone", .vector: "meaning alone"][mode] ?? "both"
            add("Look for \(side).", .mode(mode)) { $0.mode = mode }
        }
        if !options.filter.isEmpty {
            add("Leave out the filters.", nil) { $0.filter = DocumentFilter() }
        }
        let path = passage.document.absolutePath
        add("Look in its document only.", .document(path: path)) {
            $0.filter = DocumentFilter(paths: [path])
            $0.maximumRisk = 1
        }
        return changes
    }
}
