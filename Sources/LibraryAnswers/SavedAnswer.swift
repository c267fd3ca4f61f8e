public import Answering
public import ChatModels
public import Corpus
internal import FoundationEssentials
internal import Indexing
public import UserConfiguration

/// An answer that is kept in the library, with what is counted of it.
public struct SavedAnswer: Codable, Hashable, Sendable {
    /// Its number.
    public var id: AnswerID
    /// When it was asked, ISO 8601.
    public var askedAt: String
    /// The answer that the question went on from.
    public var follows: AnswerID?
    /// Milliseconds from the question to the answer.
    public var milliseconds: Double
    /// What it cost, in the currency of the user's prices, if they are known.
    public var cost: Double?
    /// What the person thought of it: -1, 0 or 1.
    public var feedback: Int
    /// The answer itself.
    public var answer: Answer
    /// A hash of each citation's quotation, in order: what was shown is what is checked again.
    public var quotationHashes: [String]
}

extension SavedAnswer {
    /// What of an answer is in the `body` of its record.
    private struct Body: Codable {
        var answer: Answer
        var quotationHashes: [String]
    }

    /// Reads a record.
    ///
    /// - Throws: `DecodingError` for a record that this program did not write.
    init(_ record: AnswerRecord) throws {
        let body = try JSONDecoder().decode(Body.self, from: Data(record.body.utf8))
        id = record.id
        askedAt = record.askedAt
        follows = record.follows
        milliseconds = record.milliseconds
        cost = record.cost
        feedback = record.feedback
        answer = body.answer
        quotationHashes = body.quotationHashes
    }

    /// What is stored of `answer`.
    static func record(
        of answer: Answer,
        follows: AnswerID?,
        milliseconds: Double,
        price: Price?
    ) throws -> AnswerRecord {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let quotations = answer.claims.flatMap(\.citations).map(\.quotation)
        let body = Body(answer: answer, quotationHashes: quotations.map(hash))
        let outcome =
            switch answer.outcome {
            case .answered: "answered"
            case .abstained(let reason): reason.rawValue
            }
        return AnswerRecord(
            askedAt: Date.now.addingTimeInterval(-milliseconds / 1_000).formatted(.iso8601),
            question: answer.question,
            follows: follows,
            outcome: outcome,
            model: answer.model,
            promptTokens: answer.usage?.prompt,
            replyTokens: answer.usage?.reply,
            cost: answer.usage.flatMap { usage in price?.cost(of: usage) },
            milliseconds: milliseconds,
            body: String(decoding: try encoder.encode(body), as: UTF8.self)
        )
    }

    /// The hash under which a quotation is kept, in hexadecimal.
    static func hash(_ quotation: String) -> String {
        TextHash.of(quotation).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}

extension Price {
    /// What `usage` costs.
    public func cost(of usage: TokenUsage) -> Double {
        let known = min(usage.cached ?? 0, usage.prompt)
        let read = Double(usage.prompt - known) * prompt + Double(known) * (cached ?? prompt)
        return (read + Double(usage.reply) * reply) / 1_000_000
    }
}
