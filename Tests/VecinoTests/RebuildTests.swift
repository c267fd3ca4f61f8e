import Answering
import Foundation
import Testing
import Vecino

/// A library that is built anew while it answers, and writers that take turns.
@Suite(.serialized) struct RebuildTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/library/library.db" }
    private var documents: String { folder.path + "/notes" }

    init() throws {
        folder = try TemporaryFolder()
        try folder.write("# Kiln\n\nOnly who has the blue card opens the kiln.", to: "notes/a.md")
        try folder.write("# Roof\n\nForty solar panels stand on the roof.", to: "notes/b.md")
    }

    private func open(
        _ purpose: Library.Purpose = .indexing,
        model: String? = nil
    ) throws -> Library {
        try Library.open(at: path, for: purpose, model: model)
    }

    private func found(_ query: String, in library: Library) async throws -> [String] {
        try await library.search(SearchRequest(query, mode: .keyword)).hits.map(\.path)
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path + "/library")
            .filter { $0.contains("rebuild") }
    }

    /// Searches find the old generation until all of the new one is there, and then that.
    @Test func theOldGenerationAnswersUntilTheNewOneIsWhole() async throws {
        let library = try open()
        _ = try await library.index(documents)
        let serving = try open(.serving)
        #expect(try await found("blue card", in: serving) == [documents + "/a.md"])
        try folder.write("# Kiln\n\nOnly who has the green card opens the kiln.", to: "notes/a.md")
        try await library.rebuild { shadow in
            _ = try await shadow.index(documents)
            let now = try await found("green", in: shadow)
            #expect(now == [documents + "/a.md"])
            for reader in [serving, try open(.searching), library] {
                let old = try await found("blue card", in: reader)
                let new = try await found("green", in: reader)
                #expect(old == [documents + "/a.md"] && new.isEmpty)
            }
        }
        for reader in [serving, try open(.searching), library] {
            #expect(try await found("blue", in: reader).isEmpty)
            #expect(try await found("green card", in: reader) == [documents + "/a.md"])
            let meant = try await reader.search(
                SearchRequest("photovoltaics", mode: .vector, limit: 1)
            )
            #expect(meant.hits.map(\.path) == [documents + "/b.md"])
        }
        #expect(try await library.checkIntegrity().isSound)
        #expect(try names().isEmpty)
    }

    /// A process that stays goes over to the new model with the library.
    @Test func aProcessThatStaysFollowsAChangeOfModel() async throws {
        let library = try open()
        _ = try await library.index(documents)
        let serving = try open(.serving)
        let query = SearchRequest("photovoltaics", mode: .vector, limit: 1)
        #expect(try await serving.search(query).hits.map(\.path) == [documents + "/b.md"])
        try await open(model: "all-MiniLM-L6-v2").rebuild { shadow in
            _ = try await shadow.index(documents)
            let hits = try await serving.search(query).hits
            #expect(hits.map(\.path) == [documents + "/b.md"])
        }
        #expect(try await serving.search(query).hits.map(\.path) == [documents + "/b.md"])
        #expect(try await serving.status().model?.contains("MiniLM") == true)
    }

    /// What is no copy of documents goes along, also if it came while the new library was built.
    @Test func answersFoldersAndChoicesAreKept() async throws {
        try folder.write("Turnips.", to: "more/c.txt")
        let library = try open()
        _ = try await library.index(documents)
        _ = try await library.index(folder.path + "/more")
        func save() async throws -> AnswerID {
            let options = AskOptions(maximumRisk: 1)
            let answer = try await library.ask("Who may open the kiln?", options: options)
            return try await library.save(answer, milliseconds: 1)
        }
        let before = try await save()
        var during: AnswerID = 0
        try await library.rebuild { shadow in
            _ = try await shadow.index(documents)
            during = try await save()
        }
        #expect(try await library.savedAnswers().map(\.id) == [before, during])
        #expect(try await library.roots() == [documents, folder.path + "/more"])
        _ = try await library.index(folder.path + "/more")
        #expect(try await found("turnips", in: library) == [folder.path + "/more/c.txt"])
        #expect(try await library.checkIntegrity().isSound)
    }

    /// A run that ends early leaves the library as it was; the next one goes on with what it has made.
    @Test func anInterruptedRebuildIsGoneOnWith() async throws {
        let library = try open()
        _ = try await library.index(documents)
        try folder.write("A third text, about turnips.", to: "notes/c.txt")
        struct Interruption: Error {}
        await #expect(throws: Interruption.self) {
            try await library.rebuild { shadow in
                _ = try await shadow.index(documents)
                throw Interruption()
            }
        }
        #expect(try await found("turnips", in: library).isEmpty)
        #expect(await library.hasUnfinishedRebuild())
        #expect(try await library.checkIntegrity().isSound)
        for name in try names() where !name.hasSuffix("-lock") {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: folder.path + "/library/" + name
            )
            #expect((attributes[.posixPermissions] as? Int).map { $0 & 0o077 } == 0, "\(name)")
        }
        let again = try open()
        try await again.rebuild { shadow in
            let report = try await shadow.index(documents)
            #expect(report.embedded == 0 && report.unchanged == 3)
        }
        #expect(try await found("turnips", in: library) == [documents + "/c.txt"])
        #expect(await !again.hasUnfinishedRebuild())
        // Another model does not go on with it.
        await #expect(throws: Interruption.self) {
            try await again.rebuild { shadow in
                _ = try await shadow.index(documents)
                throw Interruption()
            }
        }
        try await open(model: "all-MiniLM-L6-v2").rebuild { shadow in
            let report = try await shadow.index(documents)
            #expect(report.embedded == 3)
        }
    }

    /// A writer that starts when it is told to, and what says that it waits for another.
    private func secondWriter() throws -> (
        task: Task<IndexReport, any Error>,
        begins: AsyncStream<Void>.Continuation,
        waits: AsyncStream<Void>
    ) {
        let library = try open(), documents = documents
        let (waits, saysSo) = AsyncStream.makeStream(of: Void.self)
        let (begun, begins) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            for await _ in begun { break }
            return try await library.index(documents) { event in
                if case .waiting = event { saysSo.yield() }
            }
        }
        return (task, begins, waits)
    }

    /// The second of two writers says that it waits, and then does what is left to do.
    @Test func writersTakeTurns() async throws {
        let library = try open()
        _ = try await library.index(documents)
        try folder.write("A third text, about turnips.", to: "notes/c.txt")
        let (task, begins, waits) = try secondWriter()
        try await library.rebuild { shadow in
            begins.yield()
            for await _ in waits { break }
            _ = try await shadow.index(documents)
        }
        let report = try await task.value
        #expect(report.unchanged == 3 && report.embedded == 0)
    }

    /// Who waits can give up.
    @Test func aWriterThatWaitsCanBeCancelled() async throws {
        let library = try open()
        _ = try await library.index(documents)
        let (task, begins, waits) = try secondWriter()
        try await library.rebuild { _ in
            begins.yield()
            for await _ in waits { break }
            task.cancel()
            let result = await task.result
            #expect(throws: CancellationError.self) { try result.get() }
        }
    }
}
