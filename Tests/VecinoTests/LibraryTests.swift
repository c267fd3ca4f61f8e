import Foundation
import Testing
import Vecino

/// From a folder to answers, with the real default model.
@Suite(.serialized) struct LibraryTests {
    private func library(in folder: TemporaryFolder) throws -> Library {
        try Library.open(at: folder.path + "/.vecino/library.db", for: .indexing)
    }

    @Test func aFolderIsFoundByWordsAndByMeaning() async throws {
        let folder = try TemporaryFolder()
        try folder.write("# Lease\n\nThe rental contract is prolonged every March.", to: "a.md")
        try folder.write("# Dach\n\nOn the roof there are forty solar panels.", to: "b.md")
        let library = try library(in: folder)
        let report = try await library.index(folder.path)
        #expect(report.added == 2 && report.embedded == report.passages)
        let byWord = try await library.search(SearchRequest("solar", mode: .keyword))
        #expect(byWord.hits.map(\.path) == [folder.path + "/b.md"])
        let byMeaning = try await library.search(
            SearchRequest("¿Cuándo se renueva el alquiler?", mode: .vector, limit: 1)
        )
        #expect(byMeaning.hits.map(\.path) == [folder.path + "/a.md"])
    }

    @Test func anUnchangedFolderCostsNoEmbedding() async throws {
        let folder = try TemporaryFolder()
        for name in ["a.md", "b.txt", "c/d.md"] { try folder.write("Text of \(name).", to: name) }
        let library = try library(in: folder)
        _ = try await library.index(folder.path)
        let again = try await library.index(folder.path)
        #expect(again.unchanged == 3)
        #expect(again.added + again.changed + again.removed + again.embedded == 0)
    }

    @Test func changesAreFollowed() async throws {
        let folder = try TemporaryFolder()
        try folder.write("The first text.", to: "keep.txt")
        try folder.write("An old text about turnips.", to: "change.txt")
        try folder.write("A text about parsnips.", to: "go.txt")
        try folder.write("A text that moves to another place.", to: "old.txt")
        let library = try library(in: folder)
        _ = try await library.index(folder.path)

        try folder.write("A new text about pumpkins, longer than before.", to: "change.txt")
        try folder.remove("go.txt")
        try folder.remove("old.txt")
        try folder.write("A text that moves to another place.", to: "new.txt")
        try folder.write("A text about beetroots.", to: "add.txt")
        let events = Events()
        let report = try await library.index(folder.path) { events.record($0) }
        #expect(events.paths(.added) == ["add.txt", "new.txt"])
        #expect(events.paths(.changed) == ["change.txt"])
        #expect(events.paths(.removed) == ["go.txt", "old.txt"])
        #expect(report.unchanged == 1)
        for gone in ["turnips", "parsnips"] {
            #expect(try await library.search(SearchRequest(gone, mode: .keyword)).hits.isEmpty)
        }
        for present in ["pumpkins", "beetroots", "moves"] {
            #expect(
                try await library.search(SearchRequest(present, mode: .keyword)).hits.count == 1
            )
        }
    }

    @Test func whatCannotBeReadIsListedWithItsReason() async throws {
        let folder = try TemporaryFolder()
        try folder.write("Readable.", to: "a.txt")
        try folder.write(Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]), to: "b.txt")
        try folder.write("", to: "empty.txt")
        let library = try library(in: folder)
        let report = try await library.index(folder.path)
        #expect(report.added == 1 && report.skipped == 2)
        let skipped = try await library.status().collections[0].skipped
        #expect(skipped.map(\.path) == ["b.txt", "empty.txt"])
        #expect(skipped.allSatisfy { !$0.text.isEmpty })
        let again = try await library.index(folder.path)
        #expect(again.skipped == 2 && again.unchanged == 1)
    }

    /// The last spelling only names the case of decomposed letters; its о is Cyrillic, because Swift
    /// takes it for equal to the third one otherwise.
    @Test(arguments: ["predicciÃ³n", "predicci√≥n", "predicción", "predicciо\u{301}n"])
    func spoiledAccentsAreFound(_ spelling: String) async throws {
        let folder = try TemporaryFolder()
        let text = Spoiled.clean
        let spoiled: String
        switch spelling {
        case "predicciÃ³n": spoiled = Spoiled.throughWindows1252
        case "predicci√≥n": spoiled = Spoiled.throughMacRoman
        case "predicción": spoiled = text
        default: spoiled = text.decomposedStringWithCanonicalMapping
        }
        try folder.write(spoiled, to: "notas.txt")
        let library = try library(in: folder)
        let report = try await library.index(folder.path)
        let found = try await library.search(SearchRequest("predicción", mode: .keyword))
        #expect(found.hits.count == 1)
        #expect(
            found.hits.first?.text.precomposedStringWithCanonicalMapping.contains("predicción")
                == true
        )
        let isGarbled = spelling.contains("Ã") || spelling.contains("√")
        #expect(report.repaired == (isGarbled ? 1 : 0))
        #expect(try await library.status().collections[0].repaired.isEmpty != isGarbled)
    }

    @Test func filtersAreAppliedInsideTheSearch() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<30 {
            try folder.write("# Solar\n\nSolar energy, text \(number).", to: "many/\(number).md")
        }
        try folder.write(
            "---\nauthor: Ana\n---\n# Roof\n\nWhere the light is caught.",
            to: "one.md"
        )
        let library = try library(in: folder)
        _ = try await library.index(folder.path)
        for mode in SearchMode.allCases where mode != .keyword {
            let filter = DocumentFilter(conditions: [try FieldCondition("author=Ana")])
            let found = try await library.search(
                SearchRequest("solar energy", mode: mode, limit: 5, filter: filter)
            )
            #expect(found.hits.map(\.path) == [folder.path + "/one.md"])
        }
        let found = try await library.search(
            SearchRequest("solar", mode: .keyword, filter: DocumentFilter(paths: ["many/1*.md"]))
        )
        #expect(found.hits.count == 10)
    }

    @Test func aCancelledRunIsGoneOnWith() async throws {
        let folder = try TemporaryFolder()
        for number in 0..<120 {
            let text = (0..<40).map { "Sentence \($0) of document \(number) says something." }
            try folder.write(text.joined(separator: " "), to: "\(number).txt")
        }
        let library = try library(in: folder)
        let (started, hasStarted) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await library.index(folder.path) { event in
                if case .progress = event { hasStarted.yield() }
            }
        }
        // The first group is embedded: most of the work is still to come.
        for await _ in started { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        let rest = try await library.index(folder.path)
        let status = try await library.status()
        #expect(rest.embedded > 0 && rest.embedded < status.passages)
        #expect(status.documents == 120)
        #expect(try await library.integrityProblems().isEmpty)
    }

    @Test func anotherModelIsAnErrorThatNamesTheFirst() async throws {
        let folder = try TemporaryFolder()
        try folder.write("Some text.", to: "a.txt")
        _ = try await library(in: folder).index(folder.path)
        let other = try Library.open(
            at: folder.path + "/.vecino/library.db",
            for: .searching,
            model: "all-MiniLM-L6-v2"
        )
        do {
            _ = try await other.search(SearchRequest("text", mode: .vector))
            Issue.record("a query with another model was answered")
        } catch let error as StoreError {
            #expect(error.description.contains("multilingual-e5-small"))
        }
    }

    @Test func similarPassagesAreFoundAndTheirOwnIsNot() async throws {
        let folder = try TemporaryFolder()
        try folder.write("Bread is baked on Tuesdays.", to: "a.txt")
        try folder.write("On Tuesdays we bake bread and rolls.", to: "b.txt")
        try folder.write("The inverter shows an error code.", to: "c.txt")
        let library = try library(in: folder)
        _ = try await library.index(folder.path)
        let first = try #require(
            try await library.passages(named: "a.txt", workingFolder: folder.path).first
        )
        let similar = try await library.similar(to: first.id, limit: 2)
        #expect(similar.hits.map(\.path) == [folder.path + "/b.txt", folder.path + "/c.txt"])
    }
}

/// A sentence as UTF-8 that was read in another encoding and written again.
enum Spoiled {
    static let clean =
        "Notas de la sesión. La predicción del modelo fue buena. ¿Y la próxima? También."
    static let throughMacRoman =
        "Notas de la sesi√≥n. La predicci√≥n del modelo fue buena. ¬øY la pr√≥xima? Tambi√©n."
    static let throughWindows1252 =
        "Notas de la sesiÃ³n. La predicciÃ³n del modelo fue buena. Â¿Y la prÃ³xima? TambiÃ©n."
}
