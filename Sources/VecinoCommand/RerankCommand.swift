internal import ArgumentParser
internal import CommandParts
internal import Embedding
internal import Foundation
internal import Localization
internal import Retrieval
internal import TerminalIO
internal import Vecino

struct RerankCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rerank",
        abstract: localized("Order passages of any origin by how well they answer a query."),
        discussion: localized(
            """
            MODEL is a cross-encoder of this machine (`vecino model list`), by its name or folder, or late, \
            which compares token by token with an embedding model. Each line of the files, or of standard \
            input, is a passage; with --whole each file is one. No library is needed.

            Scores of a cross-encoder go from 0 to 1; those of late are mean similarities of the query's \
            words. `index` in the output counts the passages from 0, empty lines left out.

            EXAMPLES
              vecino rerank ms-marco-MiniLM-L6-v2 "who pays for repairs" passages.txt
              grep -rh lease notes/ | vecino rerank late "when does the lease end" -n 3
              vecino rerank late "annual fee" --whole --json letters/*.txt | jq -r '.results[0].path'
            """
        )
    )

    @Argument(
        help: .localized("A cross-encoder's name or folder, or late."),
        completion: .custom { _, _, start in
            (["late"] + ModelCatalog().names(for: .reranking)).filter { $0.hasPrefix(start) }
        }
    )
    var model: String

    @Argument(help: .localized("What the passages should answer."))
    var query: String

    @Argument(
        help: .localized("Where the passages are. Default: standard input."),
        completion: .file()
    )
    var files: [String] = []

    @Option(
        name: [.customShort("n"), .long],
        help: .localized("How many passages to show. Default: all.")
    )
    var limit: Int?

    @Flag(name: .long, help: .localized("Each file is one passage."))
    var whole = false

    @Option(
        name: .customLong("model"),
        help: .localized(
            "The embedding model for late. Default: that of new libraries.",
            valueName: "model"
        )
    )
    var embeddingModel: String?

    @Flag(name: .long, help: .localized("Print as JSON."))
    var json = false

    func validate() throws {
        if let limit { try Limits.validate(limit, in: 1...1_000_000, as: "-n") }
        guard query.contains(where: { !$0.isWhitespace }) else {
            throw misuse("The query is empty: say what the passages should answer.")
        }
        guard !model.isEmpty, model != "none" else {
            throw misuse("MODEL is a cross-encoder's name or folder, or late.")
        }
    }

    private struct Passage {
        let text: String
        let path: String?
        let line: Int?
    }

    private struct Result: Encodable {
        let index: Int
        let score: Double
        let text: String
        let path: String?
        let line: Int?
    }

    private struct Output: Encodable {
        let model: String
        let query: String
        let results: [Result]
    }

    func run() async throws {
        let reranker = try reranker()
        let passages = try passages()
        guard !passages.isEmpty else {
            Terminal.say("There are no passages: name files, or write lines to standard input.")
            throw ExitStatus.nothingFound
        }
        let query = query
        let scores = try await Interruption.cancelling {
            try await reranker.scores(of: passages.map(\.text), for: query)
        }
        let order = scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
        let results = order.prefix(limit ?? order.count).map { index in
            let passage = passages[index]
            return Result(
                index: index,
                score: scores[index],
                text: passage.text,
                path: passage.path,
                line: passage.line
            )
        }
        guard !json else {
            let output = Output(model: model, query: query, results: results)
            return Terminal.print(try JSON.text(output))
        }
        for result in results {
            let text = result.text.split(whereSeparator: \.isNewline).joined(separator: " ")
            let place = whole ? result.path.map { Terminal.quoted($0) + "\t" } ?? "" : ""
            Terminal.print("\(Format.fixed(result.score, 4))\t\(place)\(Terminal.harmless(text))")
        }
    }

    private func reranker() throws -> any Reranker {
        let catalog = ModelCatalog()
        guard model == "late" else { return try catalog.crossEncoder(named: model) }
        let name = try embeddingModel ?? Settings(library: nil).model ?? ModelCatalog.defaultModel
        guard let embedder = try catalog.embedder(named: name) as? any TokenEmbedder else {
            throw RetrievalError.cannotRerank(.late, model: name)
        }
        return LateInteraction(embedder)
    }

    /// The passages in the order of the files and of their lines.
    private func passages() throws -> [Passage] {
        guard !files.isEmpty else {
            return passages(of: try FileHandle.standardInput.readToEnd() ?? Data(), path: nil)
        }
        return try files.flatMap { file in
            do {
                return passages(of: try Data(contentsOf: URL(filePath: file)), path: file)
            } catch {
                throw misuse("\(Terminal.quoted(file)) cannot be read: name text files.")
            }
        }
    }

    private func passages(of data: Data, path: String?) -> [Passage] {
        let text = String(decoding: data, as: UTF8.self)
        guard !whole else {
            let isEmpty = text.allSatisfy(\.isWhitespace)
            return isEmpty ? [] : [Passage(text: text, path: path, line: nil)]
        }
        return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            .enumerated()
            .compactMap { number, line in
                guard line.contains(where: { !$0.isWhitespace }) else { return nil }
                return Passage(text: String(line), path: path, line: number + 1)
            }
    }
}
