package import Corpus
package import Embedding
internal import ModelCatalog

extension Library {
    /// A library in any store, embedding with what is given: for stores that are no files.
    package convenience init(store: any LibraryStore, embedder: any Embedder) {
        let catalog = ModelCatalog()
        self.init(
            store: store,
            catalog: catalog,
            embedders: EmbedderCache(
                catalog: catalog,
                model: embedder.model.id,
                baseURL: nil,
                library: store.name,
                loaded: embedder
            ),
            reading: nil
        )
    }
}
