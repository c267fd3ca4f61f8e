public import Answering
internal import Corpus
internal import Foundation
internal import LibraryCore
internal import Retrieval
internal import UserConfiguration

/// An answer as an expectation: what was asked and how, what was said, and what was quoted from where.
public struct PinnedAnswer: Codable, Hashable, Sendable {
    /// A quotation and the document that it is from.
    public struct Quotation: Codable, Hashable, Sendable {
        /// The words, verbatim.
        public var text: String
        /// The document's path, from the folder of the library on where it lies in that.
        public var path: String
    }

    /// How the question is asked, as far as that was chosen.
    public struct Way: Codable, Hashable, Sendable {
        /// How many passages the answer may draw on.
        public var passages: Int?
        /// `hybrid`, `keyword` or `vector`.
        public var mode: String?
        /// The largest risk that is answered.
        public var maximumRisk: Double?
        /// Patterns of paths.
        public var paths: [String]?
        /// Conditions on metadata, as they are written.
        public var conditions: [String]?
        /// The first and the last day.
        public var since: String?
        /// The last day.
        public var until: String?

        /// Nothing chosen.
        public init() {}
    }

    /// What is asked.
    public var question: String
    /// Whether the documents answer it.
    public var isAnswered: Bool
    /// What wrote the answer: `extractive`, or a language model's name.
    public var model: String
    /// What is said, in order.
    public var statements: [String]
    /// What is quoted, in order.
    public var quotations: [Quotation]
    /// How it is asked.
    public var way: Way

    /// Makes an expectation of `answer`.
    ///
    /// - Parameters:
    ///   - answer: a saved one.
    ///   - way: how it is to be asked again.
    ///   - folder: what paths are written from.
    public init(_ answer: Answer, way: Way = Way(), folder: String? = nil) {
        question = answer.standalone ?? answer.question
        isAnswered = answer.outcome.isAnswered
        model = answer.model
        statements = answer.claims.map(\.text)
        quotations = Self.quotations(of: answer, folder: folder)
        self.way = way
    }

    static func quotations(of answer: Answer, folder: String?) -> [Quotation] {
        answer.claims.flatMap(\.citations).map { citation in
            let path = answer.sources.first { $0.passageID == citation.passageID }?.path ?? ""
            let isInside = folder.map { path.hasPrefix($0 + "/") } ?? false
            return Quotation(
                text: citation.quotation,
                path: isInside ? String(path.dropFirst((folder ?? "").count + 1)) : path
            )
        }
    }

    /// Whether the answer was written without a language model.
    public var isExtractive: Bool { model == "extractive" }
}

/// A file of expectations, one a line.
public struct PinnedAnswers: Sendable {
    /// Where it is.
    public let file: String
    /// In the order of their lines.
    public private(set) var answers: [PinnedAnswer]

    /// The file that belongs to a library: `.vecino/pinned.jsonl`, or one beside a library of another name;
    /// nil for a library on a server.
    public static func file(of library: String) -> String? {
        guard !LibraryLocation.isServer(library) else { return nil }
        let path = PathName.absolute(library, in: ProcessEnvironment.workingFolder)
        let folder = PathName.folder(path)
        return PathName.last(folder) == ".vecino" && PathName.last(path) == "library.db"
            ? folder + "/pinned.jsonl" : path + ".pinned.jsonl"
    }

    /// The folder that a library belongs to, from which paths are written; nil for a library on a server.
    public static func folder(of library: String) -> String? {
        guard !LibraryLocation.isServer(library) else { return nil }
        let folder = PathName.folder(
            PathName.absolute(library, in: ProcessEnvironment.workingFolder)
        )
        return PathName.last(folder) == ".vecino" ? PathName.folder(folder) : folder
    }

    /// Reads a file; one that is not there has none.
    ///
    /// - Throws: `PinnedAnswersError` for a line that is no expectation; `CocoaError`.
    public init(file: String) throws {
        self.file = file
        answers = []
        guard FileManager.default.fileExists(atPath: file) else { return }
        let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated() where line.contains(where: { !$0.isWhitespace })
        {
            do {
                answers.append(
                    try JSONDecoder().decode(PinnedAnswer.self, from: Data(line.utf8))
                )
            } catch {
                throw PinnedAnswersError(file: file, line: number + 1)
            }
        }
    }

    /// Adds an expectation, in the place of the one for the same question asked in the same way.
    ///
    /// - Returns: its number, from 1.
    @discardableResult
    public mutating func pin(_ answer: PinnedAnswer) -> Int {
        let known = answers.firstIndex { $0.question == answer.question && $0.way == answer.way }
        if let known {
            answers[known] = answer
            return known + 1
        }
        answers.append(answer)
        return answers.count
    }

    /// Drops the expectations with these numbers; returns how many there were.
    public mutating func unpin(_ numbers: Set<Int>) -> Int {
        let kept = answers.enumerated().filter { !numbers.contains($0.offset + 1) }.map(\.element)
        defer { answers = kept }
        return answers.count - kept.count
    }

    /// Writes the file, whole or not at all.
    public func save() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let lines = try answers.map {
            String(decoding: try encoder.encode($0), as: UTF8.self) + "\n"
        }
        try PrivateFile.write(Array(lines.joined().utf8), to: file)
    }
}

/// A line of a file of expectations that is none.
public struct PinnedAnswersError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The line, from 1.
    public let line: Int

    /// What is wrong, and what to do about it.
    public var description: String {
        "Line \(line) of \(file) is no pinned answer: correct it or delete it; `vecino answers pin` writes such lines."
    }
}
