internal import Corpus
public import Vecino

extension Library {
    /// Queries made from the library's own passages, for measuring: a sentence's worth of words from
    /// passages spread over it.
    public func sampleQueries(_ count: Int) async throws -> [String] {
        let passages = try await store.read { try await $0.sample(count) }
        return passages.map { passage in
            let words = passage.text.split { $0.isWhitespace }.filter { word in
                word.contains { $0.isLetter }
            }
            let start = words.count > 24 ? words.count / 3 : 0
            return words.dropFirst(start).prefix(8).joined(separator: " ")
        }.filter { !$0.isEmpty }
    }
}
