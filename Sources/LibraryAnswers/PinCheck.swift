public import ChatModels
public import LibraryCore
public import Answering
internal import Corpus
internal import Retrieval

/// What became of an expectation when its question was asked again.
public struct PinCheck: Codable, Hashable, Sendable {
    /// How the new answer compares.
    public enum Finding: String, Codable, Sendable, CaseIterable {
        /// The same quotations from the same documents, in the same words.
        case same
        /// The same quotations from the same documents, said in other words.
        case reworded
        /// The same quotations, some from other documents.
        case moved
        /// Other quotations.
        case changed
        /// It was answered, and is refused now.
        case refused
        /// It was refused, and is answered now.
        case answered
        /// It could not be asked.
        case failed

        /// Whether the expectation is met.
        public var isKept: Bool { self == .same || self == .reworded || self == .moved }
    }

    /// A pinned quotation that is quoted no more.
    public struct Lost: Codable, Hashable, Sendable {
        /// The words.
        public var text: String
        /// Where it stood.
        public var path: String
        /// Whether the documents still have it.
        public var finding: AnswerCheck.Finding
    }

    /// The expectation's number.
    public var number: Int
    /// What was asked.
    public var question: String
    /// How the new answer compares.
    public var finding: Finding
    /// What is quoted no more.
    public var lost: [Lost]
    /// What is quoted now and was not.
    public var new: [PinnedAnswer.Quotation]
    /// What was said, and what is said now, where that differs.
    public var said: [String]
    /// What is said now.
    public var says: [String]
    /// Why it was refused or could not be asked, in a sentence.
    public var reason: String?
    /// What wrote the new answer.
    public var model: String
    /// How long it took.
    public var milliseconds: Double
}

extension Library {
    /// Asks a pinned question again and compares.
    ///
    /// - Parameters:
    ///   - pin: the expectation.
    ///   - number: its number.
    ///   - model: what answers those that a language model answered; nil for none.
    ///   - sampling: how its replies are drawn.
    ///   - form: how it is asked.
    ///   - folder: what the expectation's paths are written from.
    /// - Returns: the comparison; a question that could not be asked is `failed`.
    /// - Throws: `CancellationError`.
    public func check(
        _ pin: PinnedAnswer,
        number: Int,
        model: (any LanguageModel)? = nil,
        sampling: Sampling = Sampling(),
        form: AnswerForm = .automatic,
        folder: String? = nil
    ) async throws -> PinCheck {
        let start = ContinuousClock.now
        var check = PinCheck(
            number: number,
            question: pin.question,
            finding: .failed,
            lost: [],
            new: [],
            said: pin.statements,
            says: [],
            model: pin.isExtractive ? "extractive" : model?.name ?? "extractive",
            milliseconds: 0
        )
        do {
            var options = try pin.way.options(folder: folder)
            options.sampling = sampling
            options.form = form
            options.model = pin.isExtractive ? nil : model
            let answer = try await ask(pin.question, options: options)
            check.model = answer.model
            try await compare(pin, answer, folder: folder, &check)
        } catch let error as CancellationError {
            throw error
        } catch {
            check.reason = "\(error)"
        }
        check.milliseconds = start.duration(to: .now) / .milliseconds(1)
        return check
    }

    private func compare(
        _ pin: PinnedAnswer,
        _ answer: Answer,
        folder: String?,
        _ check: inout PinCheck
    ) async throws {
        check.says = answer.claims.map(\.text)
        if case .abstained(let reason) = answer.outcome {
            check.reason = reason.explanation(language: "en")
            check.finding = pin.isAnswered ? .refused : .same
            if pin.isAnswered { check.lost = try await lost(pin.quotations, folder) }
            return
        }
        let quoted = PinnedAnswer.quotations(of: answer, folder: folder)
        guard pin.isAnswered else {
            check.finding = .answered
            check.new = quoted
            return
        }
        let gone = pin.quotations.filter { old in !quoted.contains { old.isAlike($0) } }
        check.lost = try await lost(gone, folder)
        check.new = quoted.filter { new in !pin.quotations.contains { new.isAlike($0) } }
        let isElsewhere = pin.quotations.contains { old in
            !quoted.contains { old.isAlike($0) && old.path == $0.path }
        }
        check.finding =
            !check.lost.isEmpty || !check.new.isEmpty
            ? .changed
            : isElsewhere ? .moved : check.says == pin.statements ? .same : .reworded
    }

    private func lost(
        _ quotations: [PinnedAnswer.Quotation],
        _ folder: String?
    ) async throws -> [PinCheck.Lost] {
        var result: [PinCheck.Lost] = []
        for quotation in quotations {
            let isWhole = quotation.path.hasPrefix("/") || folder == nil
            let path = isWhole ? quotation.path : (folder ?? "") + "/" + quotation.path
            let found = try await find(quotation.text, saidToBeIn: path)
            result.append(
                PinCheck.Lost(text: quotation.text, path: quotation.path, finding: found.finding)
            )
        }
        return result
    }
}

extension PinnedAnswer.Quotation {
    /// Whether two quotations are of the same words: one may be cut longer than the other.
    fileprivate func isAlike(_ other: PinnedAnswer.Quotation) -> Bool {
        func flat(_ text: String) -> String {
            " " + text.split(whereSeparator: \.isWhitespace).joined(separator: " ") + " "
        }
        let (a, b) = (flat(text), flat(other.text))
        return a.contains(b) || b.contains(a)
    }
}

extension PinnedAnswer.Way {
    /// The options that stand for it.
    ///
    /// - Throws: `FilterError` for a condition that is none.
    func options(folder: String?) throws -> AskOptions {
        var options = AskOptions(
            passages: passages ?? 5,
            mode: mode.flatMap(SearchMode.init) ?? .hybrid,
            filter: DocumentFilter(
                paths: paths ?? [],
                conditions: try (conditions ?? []).map { try FieldCondition($0) },
                since: since,
                until: until,
                folder: folder
            ),
            maximumRisk: maximumRisk
        )
        options.candidates = passages ?? AskOptions.defaultCandidates
        return options
    }
}
