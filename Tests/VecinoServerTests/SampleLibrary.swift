import Corpus
import Embedding
import SentenceEncoder
import StoreTesting
import TextAnalysis
import Vecino

@testable import Operations
@testable import VecinoServer

/// A library of four passages in memory, served as a file would be.
enum SampleLibrary {
    static let documents = [
        SampleDocument(
            "handbook/workshop.html",
            "The workshop is open on Tuesdays and Fridays. Keys hang in the library, behind the "
                + "desk; the panels on the roof power the lathe.",
            title: "The workshop"
        ),
        SampleDocument(
            "manual/tejado-solar.md",
            "Las placas se limpian dos veces al año, en marzo y en octubre, con agua y sin "
                + "detergente. Lo hace el grupo de mantenimiento; quien suba al tejado lleva arnés."
                + "\n\nLos excedentes de las placas se reparten entre los socios según su cuota.",
            title: "El tejado solar",
            language: .spanish,
            date: "2021-03-04",
            metadata: ["author": .string("Ana")]
        ),
        SampleDocument(
            "minutes/2021-03.txt",
            "Acta: se aprueba comprar 24 placas <nuevas> & un inversor.",
            title: "",
            language: .spanish
        ),
    ]

    /// A failure that no server foresees.
    struct Broken: Error, CustomStringConvertible {
        var description: String { "The index is damaged: run `vecino doctor --fix`." }
    }

    /// Embeds words; a few queries make it fail or wait.
    struct Model: Embedder {
        let model = EmbeddingModel(
            id: BagOfWords.model.identifier,
            dimensions: BagOfWords.dimensions,
            maximumTokens: 512
        )

        func embed(_ texts: [String], as role: EmbeddingRole) async throws -> [[Float]] {
            switch texts.first {
            case "broken" where role == .query: throw Broken()
            case "forever" where role == .query: try await Task.sleep(for: .seconds(60))
            case "offline" where role == .query:
                throw EmbeddingError.request(
                    model: model.id,
                    reason: "the provider does not answer"
                )
            default: break
            }
            return texts.map(BagOfWords.vector)
        }

        func tokenCount(of text: String) -> Int { text.split(separator: " ").count }
    }

    /// The library, served.
    static func served() async throws -> ServedLibrary {
        let store = MemoryStore(name: ".vecino/library.db")
        try await store.add(documents)
        let id = try await store.read { try await $0.collections() }[0].id
        let stamp = FileStamp(size: 1, modified: 1)
        let skip = SkipRecord(path: "logo.png", reason: "binary", stamp: stamp)
        _ = try await store.commit(
            LibraryChange([.skip(skip, in: id), .markIndexed(id, at: "2021-03-04T05:06:07Z")])
        )
        return ServedLibrary(Library(store: store, embedder: Model()), version: "1.2.3")
    }
}
