internal import Corpus
public import LibraryCore

/// What is wrong with a library, and what was made good.
public struct LibraryHealth: Codable, Hashable, Sendable {
    /// What was found, each with the part of the file in front.
    public var problems: [String]
    /// What is left of it after a repair.
    public var remaining: [String]
    /// The documents that have to be indexed again, because their vectors were damaged.
    public var documentsToIndex: [String]

    /// Whether nothing is wrong any more.
    public var isSound: Bool { remaining.isEmpty }
}

extension Library {
    /// Looks whether the file holds all that it should, and repairs what can be made again from the rest.
    ///
    /// - Parameter repairs: Whether to repair; the library must have been opened for indexing then.
    /// - Returns: What was found, and what is left of it.
    /// - Throws: `StoreError`, or `StoreError.locked` while another process indexes.
    public func checkIntegrity(repairing repairs: Bool = false) async throws -> LibraryHealth {
        func sentences(_ problems: [IntegrityProblem]) -> [String] {
            problems.map { "\($0.part.rawValue): \($0.detail)" }
        }
        guard repairs else {
            let found = sentences(try await store.checkIntegrity())
            return LibraryHealth(problems: found, remaining: found, documentsToIndex: [])
        }
        let lease = try await store.acquireWriterLease()
        defer { lease.release() }
        let found = try await store.checkIntegrity()
        var documents: [String] = []
        // Repairing one part may bring another to light.
        var left = found
        for _ in 0..<3 where !left.isEmpty {
            documents += try await store.repair(left)
            left = try await store.checkIntegrity()
        }
        return LibraryHealth(
            problems: sentences(found),
            remaining: sentences(left),
            documentsToIndex: documents
        )
    }
}
