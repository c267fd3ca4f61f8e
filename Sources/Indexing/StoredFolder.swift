internal import Corpus

/// What a library holds of a folder.
///
/// Folders that are indexed may lie in each other. A file is held once, by the collection that read it
/// first; the others leave it there as long as it is as it was.
struct StoredFolder {
    /// The folder's own documents, by path.
    var known: [ExactPath: KnownDocument] = [:]
    /// Files that were passed over.
    var skipped: [ExactPath: SkipRecord] = [:]
    /// Documents of other collections that lie in the folder, by their path from it.
    var elsewhere: [ExactPath: KnownDocument] = [:]

    /// Nothing.
    init() {}

    /// What `snapshot` holds of the folder or file at `root`.
    init(of root: String, in snapshot: any LibrarySnapshot) async throws {
        for collection in try await snapshot.collections() {
            if collection.root == root {
                known = try await snapshot.knownDocuments(in: collection.id)
                skipped = try await snapshot.skippedFiles(in: collection.id)
            } else if PathName.relative(collection.root, to: root) != nil
                || PathName.relative(root, to: collection.root) != nil
            {
                for (path, document) in try await snapshot.knownDocuments(in: collection.id) {
                    let place = PathName.joined(collection.root, path.text)
                    guard let inside = PathName.relative(place, to: root) else { continue }
                    elsewhere[ExactPath(inside)] = document
                }
            }
        }
    }

    /// Whoever holds them, the documents in the folder, by path.
    var all: [ExactPath: KnownDocument] { elsewhere.merging(known) { $1 } }

    /// The same, the folder's documents as `change` makes them.
    func mapping(_ change: (KnownDocument) -> KnownDocument) -> StoredFolder {
        var mapped = self
        mapped.known = known.mapValues(change)
        mapped.elsewhere = elsewhere.mapValues(change)
        return mapped
    }
}
