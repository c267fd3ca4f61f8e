import Foundation
import Synchronization
import Testing

@testable import Vecino

/// How many passages an answer without a language model draws on.
@Suite struct AnswerCandidatesTests {
    /// What answers is often in none of the few passages that fit a prompt.
    @Test(arguments: [(nil, 12), (1, 1)] as [(Int?, Int)])
    func sentencesOfMorePassagesThanAPromptHoldsAreRanked(candidates: Int?, wanted: Int)
        async throws
    {
        let folder = try TemporaryFolder()
        for number in 1...12 {
            try folder.write(
                "# Shed \(number)\n\nThe key of shed \(number) hangs in the hall.\n",
                to: "notes/\(number).md"
            )
        }
        let library = try Library.open(at: folder.path + "/library.db", for: .indexing)
        _ = try await library.index(folder.path + "/notes")
        let paths = Mutex<Set<String>>([])
        var options = AskOptions()
        if let candidates { options.candidates = candidates }
        options.observe = { observation in
            paths.withLock { $0 = Set(observation.sentences.map(\.path)) }
        }
        _ = try await library.ask("Where does the key of the shed hang?", options: options)
        #expect(paths.withLock(\.count) == wanted)
    }
}
