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
public struct FollowUp: Sendable {
    private let model: (any LanguageModel)?

    /// Makes questions stand alone with the help of `model`, or without any.
    public init(model: (any LanguageModel)?) { self.model = model }

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
    ) async throws -> String {
        guard !turns.isEmpty else { return question }
        let topic = turns.last { !Self.refersBack($0.question) } ?? turns[0]
        let language = language ?? LanguageDetector().language(of: question)
        guard let model else {
            return Self.refersBack(question) ? "\(topic.question) \(question)" : question
        }
        let messages = PromptBuilder().standalone(question, after: turns, language: language)
        var text = ""
        let request = ChatRequest(messages: messages, sampling: Sampling(maximumTokens: 120))
        for try await event in model.reply(to: request) {
            if case .text(let piece) = event { text += piece }
        }
        if let end = text.ranges(of: "</think>").last { text = String(text[end.upperBound...]) }
        let lines = text.split(separator: "\n").map { $0.trimmingPrefix(while: \.isWhitespace) }
        let line = String(lines.first { !$0.isEmpty } ?? "")
        // A model that answers, apologises or goes on and on has not rewritten anything.
        let isUsable = !line.isEmpty && line.count <= 300 && lines.count <= 2
        return isUsable ? line : "\(topic.question) \(question)"
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
