public import ChatModels
public import TextAnalysis

/// A question that was asked before, and what was said to it.
public struct Turn: Codable, Hashable, Sendable {
    /// What was asked, as it was asked.
    public var question: String
    /// What was answered; empty for an abstention.
    public var answer: String

    /// Describes a turn.
    public init(question: String, answer: String) {
        self.question = question
        self.answer = answer
    }

    /// The turn that `answer` was.
    public init(_ answer: Answer) {
        question = answer.question
        self.answer = answer.claims.map(\.text).joined(separator: " ")
    }
}

/// Makes questions that lean on what was said before stand alone, so that they can be searched for.
public struct QuestionRewriter: Sendable {
    /// A question that stands alone, and what making it so cost.
    public struct Standalone: Hashable, Sendable {
        /// The question.
        public var question: String
        /// The tokens that a language model read and wrote for it, if it said so.
        public var usage: TokenUsage?
    }

    private let model: (any LanguageModel)?
    private let sampling: Sampling

    /// Makes questions stand alone with the help of `model`, or without any.
    public init(model: (any LanguageModel)?, sampling: Sampling = Sampling()) {
        self.model = model
        self.sampling = sampling
    }

    /// Returns `question` as it can be understood without `turns`.
    ///
    /// With a model, in its words, unless what it says is no question of that kind. Without one, a
    /// question that refers back gets the last one in front that does not.
    ///
    /// - Throws: `AnsweringError` or `CancellationError`.
    public func standalone(
        _ question: String,
        after turns: [Turn],
        language: Language? = nil
    ) async throws -> Standalone {
        guard !turns.isEmpty else { return Standalone(question: question) }
        let topic = turns.last { !Self.refersBack($0.question) } ?? turns[0]
        guard let model else {
            return Standalone(
                question: Self.refersBack(question) ? "\(topic.question) \(question)" : question
            )
        }
        let language = language ?? LanguageDetector().language(of: question)
        let messages = PromptBuilder().standalone(question, after: turns, language: language)
        var text = ""
        var end: FinishReason?
        var result = Standalone(question: "\(topic.question) \(question)")
        for try await event in model.reply(to: ChatRequest(messages: messages, sampling: sampling))
        {
            switch event {
            case .text(let piece): text += piece
            case .finished(let reason, let usage):
                end = reason
                result.usage = usage
            }
        }
        if let thoughts = text.ranges(of: "</think>").last {
            text = String(text[thoughts.upperBound...])
        }
        let lines = text.split(separator: "\n").filter { $0.contains { !$0.isWhitespace } }
        // A model that answers, apologizes, or goes on and on has not rewritten anything.
        if let line = lines.first, lines.count <= 2, line.count <= 300, end == .complete,
            !text.contains("<think>"), Self.isRewriting(String(line), of: question, after: turns)
        {
            result.question = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return result
    }

    /// Whether `line` can be what was asked for: a question or words to look for, of what was talked about.
    ///
    /// An answer ends like a statement and says something new; a rewriting has a word of the question or of the
    /// conversation, and hardly any others.
    static func isRewriting(_ line: String, of question: String, after turns: [Turn]) -> Bool {
        let wasQuestion = question.contains("?")
        let isQuestion = line.contains("?")
        if wasQuestion, !isQuestion { return false }
        let known = Set(
            ([question] + turns.flatMap { [$0.question, $0.answer] })
                .flatMap { words(in: $0).map(\.folded) }
        )
        let ignored = stopWords(for: LanguageDetector().language(of: line))
        let own = words(in: line).filter { !$0.isPart }.map(\.folded).filter {
            !ignored.contains($0)
        }
        let new = own.count { !known.contains($0) }
        return !own.isEmpty && new < own.count && (isQuestion || new * 2 <= own.count)
    }

    /// What is left of `answer` after what was said in `turns` already, for a question that goes on.
    ///
    /// Someone who asks again wants to know more: what was quoted before is left out. An answer of which
    /// nothing is left has no claims.
    public static func withoutRepetition(_ answer: Answer, after turns: [Turn]) -> Answer {
        let said = turns.map(\.answer)
        let fresh = answer.claims.filter { claim in !said.contains { $0.contains(claim.text) } }
        guard fresh.count < answer.claims.count else { return answer }
        var result = answer
        result.claims = fresh
        guard !fresh.isEmpty else {
            result.outcome = .abstained(.nothingNew)
            return result
        }
        let cited = Set(fresh.flatMap(\.citations).map(\.passageID))
        result.sources = answer.sources.filter { cited.contains($0.passageID) }
        return result
    }

    /// Whether a question seems to lean on the one before: it begins as one that goes on, or has a
    /// word that stands for something, or hardly any of its own.
    static func refersBack(_ question: String) -> Bool {
        let all = words(in: question).filter { !$0.isPart }.map(\.folded)
        guard let first = all.first else { return false }
        if openings.contains(first) || all.contains(where: pronouns.contains) { return true }
        if let last = all.last, lastWords.contains(last) { return true }
        let ignored = stopWords(for: LanguageDetector().language(of: question))
        return all.count { !ignored.contains($0) } < 2
    }

    private static let openings: Set<String> = [
        "and", "but", "also", "then", "so", "y", "e", "pero",
    ]
    private static let pronouns: Set<String> = [
        "it", "its", "they", "them", "their", "he", "him", "his", "she", "her", "these", "those",
        "eso", "esa", "ese", "esos", "esas", "esto", "aquello", "ello", "ella", "ellos", "ellas",
    ]
    /// Words that refer back at the end of a question and mean nothing much inside one.
    private static let lastWords: Set<String> = [
        "there", "that", "this", "then", "one", "ones", "alli", "ahi", "entonces", "este", "esta",
    ]
}
