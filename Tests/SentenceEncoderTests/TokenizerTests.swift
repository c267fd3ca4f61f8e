import Testing

@testable import SentenceEncoder
@testable import VectorKernels

/// The parts of tokenizers that the golden files do not reach.
@Suite struct TokenizerTests {
    @Test func doubleArrayFindsItsKeysAndNoOthers() throws {
        var random = SplitMix64(seed: 3)
        var keys: [[UInt8]: Int] = [:]
        for value in 0..<5000 {
            let length = Int.random(in: 1...6, using: &random)
            keys[(0..<length).map { _ in UInt8.random(in: 1...9, using: &random) }] = value
        }
        let units = try #require(DoubleArray.build(keys.map { ($0.key, $0.value) }))
        func find(_ key: [UInt8]) -> Int? {
            let span = units.span
            var node = DoubleArray.root(span)
            for byte in key {
                guard let child = DoubleArray.child(of: node, by: byte, in: span) else {
                    return nil
                }
                node = child
            }
            return node.hasValue ? DoubleArray.value(of: node, in: span) : nil
        }
        for (key, value) in keys { #expect(find(key) == value) }
        for _ in 0..<5000 {
            let length = Int.random(in: 1...7, using: &random)
            let key = (0..<length).map { _ in UInt8.random(in: 0...10, using: &random) }
            #expect(find(key) == keys[key])
        }
        #expect(DoubleArray.build([]) == [0])
        #expect(find([]) == nil)
    }

    @Test func ofEqualKeysTheLastCounts() throws {
        let units = try #require(DoubleArray.build([([5], 1), ([5], 2)]))
        let span = units.span
        let child = DoubleArray.child(of: DoubleArray.root(span), by: 5, in: span)
        let value = child.map { DoubleArray.value(of: $0, in: span) }
        #expect(value == 2)
    }

    /// Compositions in the order of NFC, with blocked marks and Hangul.
    @Test(arguments: [
        ("e\u{301}", "é"), ("q\u{323}\u{307}", "q\u{323}\u{307}"),
        ("q\u{307}\u{323}", "q\u{323}\u{307}"),
        ("a\u{323}\u{302}", "ậ"), ("\u{1112}\u{1161}\u{11AB}", "한"),
        ("a\u{30D}\u{301}", "a\u{30D}\u{301}"),
    ])
    func decompositionAndCompositionAreNFC(text: String, expected: String) {
        let data = UnicodeData()
        var scalars = text.unicodeScalars.flatMap {
            data.decomposition(of: $0.value, compatible: false)
        }
        var classes = scalars.map(UnicodeData.combiningClass)
        UnicodeData.reorder(&scalars, classes: &classes)
        UnicodeData.compose(&scalars, classes: &classes) {
            data.composites[UnicodeData.pair($0, $1)]
        }
        #expect(scalars == expected.unicodeScalars.map(\.value))
    }

    @Test(arguments: [
        ("BPE vocabulary", #"{"model":{"type":"BPE","vocab":{}}}"#),
        (
            "ByteLevel",
            #"{"model":{"type":"WordPiece","vocab":{"[UNK]":0}},"pre_tokenizer":{"type":"ByteLevel"}}"#
        ),
        (
            "Lowercase",
            #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["u",0]]},"normalizer":{"type":"Lowercase"}}"#
        ),
        (
            "byte fallback",
            #"{"model":{"type":"Unigram","unk_id":0,"byte_fallback":true,"vocab":[["u",0]]}}"#
        ),
    ])
    func otherTokenizersAreRefusedByName(word: String, json: String) throws {
        let root = try #require(ParsedJSON(parsing: Array(json.utf8)))
        let error = #expect(throws: SentenceEncoderError.self) {
            try TokenizerFile(path: "tokenizer.json", root: root).definition()
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        #"{}"#, #"{"model":{"vocab":{"a":1}}}"#, #"{"model":{"vocab":{"[UNK]":-1}}}"#,
        #"{"model":{"type":"Unigram","unk_id":5,"vocab":[["u",0]]}}"#,
        #"{"model":{"type":"Unigram","unk_id":0,"vocab":[["u"]]}}"#,
    ])
    func brokenTokenizersThrow(json: String) throws {
        let root = try #require(ParsedJSON(parsing: Array(json.utf8)))
        #expect(throws: SentenceEncoderError.self) {
            try TokenizerFile(path: "tokenizer.json", root: root).definition()
        }
    }

    @Test func hostileCharacterMapsThrowOrMapToNothing() {
        #expect(CompiledCharacterMap([]) == nil)
        #expect(CompiledCharacterMap([8, 0, 0, 0, 1, 2]) == nil)
        var random = SplitMix64(seed: 5)
        for _ in 0..<300 {
            let blob =
                [64, 0, 0, 0] + (0..<80).map { _ in UInt8.random(in: 0...255, using: &random) }
            let map = CompiledCharacterMap(blob)
            for byte in UInt8(0)...255 { _ = map?.transform([byte, 1, 2]) }
        }
    }

    @Test func base64DecodesAsTheStandardSays() {
        #expect(Base64.decode(Array("aGVsbG8=".utf8)) == Array("hello".utf8))
        #expect(Base64.decode(Array("+/+/".utf8)) == [0xFB, 0xFF, 0xBF])
        #expect(Base64.decode(Array("a*".utf8)) == nil)
    }

    /// A word's ids are the same whether it was seen before, and whatever else had its place.
    @Test func rememberedWordsAreTheSame() throws {
        try TinyModelTests.withCopy(of: "tiny-xlmr") { path in
            let worn = try SentenceEncoder(contentsOf: path)
            var random = SplitMix64(seed: 23)
            let letters = Array("abhelowrdfiéö ▁\u{301}１")
            for _ in 0..<100 {
                let words = (0..<40).map { _ in
                    String(
                        (0..<Int.random(in: 1...30, using: &random)).map { _ in
                            letters[Int.random(in: 0..<letters.count, using: &random)]
                        }
                    )
                }
                let text = words.joined(separator: " ")
                let first = worn.tokenCount(of: text)
                #expect(worn.tokenCount(of: text) == first)
                for word in words.prefix(3) {
                    let ids = worn.tokens(of: word, as: .passage)
                    #expect(worn.tokens(of: word, as: .passage) == ids)
                    // Nothing but this word has been seen by a new encoder's buffers.
                    let alone = try SentenceEncoder(contentsOf: path)
                    #expect(alone.tokens(of: word, as: .passage) == ids, "\(word)")
                }
            }
        }
    }

    /// Longest first, each text once, and none alone in a batch that has room.
    @Test func batchesHoldEachTextOnce() {
        let lengths = [5, 512, 3, 100, 100, 100, 90, 7, 0]
        let batches = EncoderModel.batches(of: lengths, threads: 1)
        #expect(batches.flatMap { $0 }.sorted() == Array(lengths.indices))
        #expect(batches.first == [1])
        #expect(EncoderModel.batches(of: [], threads: 4).isEmpty)
    }
}
