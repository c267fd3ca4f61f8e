import Foundation
import Testing

@testable import SentenceEncoder

/// The vectors of single tokens, and where the tokens stand.
@Suite struct TokenStatesTests {
    @Test(arguments: TinyModelTests.models)
    func floatAgreesWithTheReference(model: String) throws {
        try TinyModelTests.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path, precision: .float)
            let expected = try TinyModelTests.expected(model).filter { $0.states != nil }
            let texts = expected.map(\.text)
            #expect(texts.count == 3)
            let found = encoder.tokenStates(of: texts, as: .passage, threads: 1)
            for (expected, states) in zip(expected, found) {
                #expect(states.dimensions == 32)
                #expect(states.tokens.map(\.id) == expected.ids)
                for (index, vector) in (expected.states ?? []).enumerated() {
                    let cosine = cosine(Array(states[index]), vector)
                    #expect(cosine > 0.999999, "\(expected.text), token \(index)")
                }
            }
        }
    }

    @Test(arguments: TinyModelTests.models)
    func eightBitsAreNear(model: String) throws {
        try TinyModelTests.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let expected = try TinyModelTests.expected(model).filter { $0.states != nil }
            let found = encoder.tokenStates(
                of: expected.map(\.text),
                as: .passage,
                threads: 2
            )
            for (expected, states) in zip(expected, found) {
                for (index, vector) in (expected.states ?? []).enumerated() {
                    let cosine = cosine(Array(states[index]), vector)
                    #expect(cosine > 0.99, "\(expected.text), token \(index)")
                }
            }
        }
    }

    /// An embedding with mean pooling points where the states do before they are scaled.
    @Test func statesAreOfLengthOneAndEmptyInputGivesNone() throws {
        try TinyModelTests.withCopy(of: "tiny-xlmr") { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let none = encoder.tokenStates(of: [], as: .query, threads: 2)
            #expect(none.isEmpty)
            let states = encoder.tokenStates(
                of: ["", "hello world"],
                as: .query,
                threads: 2
            )
            #expect(states[0].tokens.count == 2)
            #expect(states[0].ofText.tokens.isEmpty)
            for index in states[1].tokens.indices {
                let length = states[1][index].reduce(Float(0)) { $0 + $1 * $1 }
                #expect(abs(length - 1) < 1e-5)
            }
        }
    }

    @Test(arguments: TinyModelTests.models)
    func theEmbeddingComesWithTheStates(model: String) throws {
        try TinyModelTests.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let texts = ["hello world", "one two three four five", ""]
            let states = encoder.tokenStates(of: texts, as: .passage, threads: 2)
            #expect(
                encoder.embed(texts, as: .passage, threads: 1) == states.map(\.embedding)
            )
        }
    }

    // MARK: Places

    @Test(arguments: TinyModelTests.models)
    func bytesAreThoseOfTheReference(model: String) throws {
        try TinyModelTests.withCopy(of: model) { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let expected = try TinyModelTests.expected(model)
            let found = encoder.tokenStates(
                of: expected.map(\.text),
                as: .passage,
                threads: 1
            )
            for (expected, states) in zip(expected, found) {
                #expect(states.tokens.map(\.id) == expected.ids)
                let bytes = states.tokens.map { token in
                    token.bytes.map { [$0.lowerBound, $0.upperBound] }
                }
                #expect(bytes == expected.bytes, "\(expected.text)")
            }
        }
    }

    /// The prefix "hello: " shifts nothing, and its tokens stand for no bytes of the text.
    @Test func aPrefixIsNoPartOfTheText() throws {
        try TinyModelTests.withCopy(of: "tiny-bert") { path in
            let encoder = try SentenceEncoder(contentsOf: path)
            let states = encoder.tokenStates(of: ["world unaffable"], as: .query, threads: 1)
            #expect(states[0].tokens.map(\.id) == [2, 5, 1, 6, 7, 8, 9, 3])
            let bytes = states[0].tokens.map(\.bytes)
            #expect(bytes == [nil, nil, nil, 0..<5, 6..<8, 8..<11, 11..<15, nil])
            #expect(states[0].ofText.tokens.map(\.id) == [6, 7, 8, 9])
            #expect(states[0].ofText[0] == states[0][3])
        }
    }

    /// Whatever the text, the traced tokens are those that are embedded, and their ranges stand in it
    /// in order.
    @Test(arguments: ["multilingual-e5-small", "all-MiniLM-L6-v2"])
    func rangesOfRealModelsAreInOrder(folder: String) throws {
        let encoder = try SentenceEncoder(contentsOf: modelFolder(folder))
        var random = SplitMix64(seed: 41)
        let parts = [
            "hello", " ", "  ", "\n", "naïve", "e\u{301}", "ﬁre", "①", "한국어", "\u{1112}\u{1161}",
            "图书馆", "مكتبة", "don't", "\u{200B}", "ß", "İ", "🏠", "3,14", "\u{FF76}\u{FF9E}", "<s>",
        ]
        let texts = (0..<60).map { _ in
            (0..<Int.random(in: 0...30, using: &random)).map { _ in
                parts[Int.random(in: 0..<parts.count, using: &random)]
            }.joined()
        }
        for text in texts {
            for role in [EmbeddingRole.query, .passage] {
                let states = encoder.tokenStates(of: [text], as: role, threads: 1)[0]
                #expect(states.tokens.map(\.id) == encoder.tokens(of: text, as: role), "\(text)")
                var last = 0
                for bytes in states.tokens.compactMap(\.bytes) {
                    #expect(bytes.lowerBound >= last && bytes.upperBound <= text.utf8.count)
                    last = bytes.lowerBound
                }
            }
        }
    }

    // MARK: Late interaction

    @Test func greatestSimilaritiesAreThoseOfTheNearestToken() {
        func states(_ rows: [[Float]]) -> TokenStates {
            TokenStates(
                tokens: rows.map { _ in TokenStates.Token(id: 0, bytes: 0..<1) },
                dimensions: 2,
                values: rows.flatMap(\.self)
            )
        }
        let query = states([[1, 0], [0, 1]])
        let passage = states([[0.6, 0.8], [-1, 0], [0.8, -0.6]])
        #expect(query.greatestSimilarities(to: passage) == [0.8, 0.8])
        #expect(query.greatestSimilarities(to: states([])).isEmpty)
        #expect(states([]).greatestSimilarities(to: passage).isEmpty)
    }
}
