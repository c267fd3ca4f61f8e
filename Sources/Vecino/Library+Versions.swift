internal import Foundation
internal import PassageStore
internal import VectorKernels

/// What a report of a measurement or a fault has to name.
extension Library {
    /// The instruction set that the vector kernels run on.
    public static var kernels: String { KernelTier.current.description }

    /// The version of SQLite that reads and writes the files.
    public static var sqliteVersion: String { PassageStore.sqliteVersion }

    /// Queries made from the library's own passages, for measuring: a sentence's worth of words from
    /// passages spread over it.
    public func sampleQueries(_ count: Int) throws -> [String] {
        let passages = try store.read { try $0.sample(count) }
        return passages.map { passage in
            let words = passage.text.split { $0.isWhitespace }.filter { word in
                word.contains { $0.isLetter }
            }
            let start = words.count > 24 ? words.count / 3 : 0
            return words.dropFirst(start).prefix(8).joined(separator: " ")
        }.filter { !$0.isEmpty }
    }
}
