import Foundation
import Testing

@testable import SentenceEncoder

/// Damaged and hostile model files: an error with a sentence, never a trap.
@Suite struct ModelFileTests {
    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: fixture(name))))
    }

    @Test func missingModelsSaySo() {
        let error = #expect(throws: SentenceEncoderError.self) {
            try SentenceEncoder(contentsOf: "/nowhere/at/all")
        }
        #expect(error == .notFound(path: "/nowhere/at/all"))
        #expect(error?.description.contains("scripts/models") == true)
    }

    @Test(arguments: ["tiny-f16.gguf", "tiny-q4_0.gguf"])
    func truncatedGGUFThrows(name: String) throws {
        let whole = try bytes(name)
        try withTemporaryFolder { folder in
            for length in Array(0..<600) + stride(from: 600, to: whole.count - 32, by: 997) {
                let path = folder + "/m.gguf"
                try write(Array(whole[..<length]), to: path)
                #expect(throws: SentenceEncoderError.self) {
                    try ModelSource(gguf: path, name: "m")
                }
            }
        }
    }

    @Test func randomlyBrokenGGUFNeverTraps() throws {
        let whole = try bytes("tiny-q8_0.gguf")
        var random = SplitMix64(seed: 11)
        try withTemporaryFolder { folder in
            let path = folder + "/m.gguf"
            for _ in 0..<200 {
                var broken = whole
                for _ in 0..<Int.random(in: 1...8, using: &random) {
                    broken[Int.random(in: 0..<4000, using: &random)] =
                        UInt8.random(in: 0...255, using: &random)
                }
                try write(broken, to: path)
                guard let encoder = try? SentenceEncoder(contentsOf: path) else { continue }
                _ = encoder.embed(["hello world"], as: .query, threads: 1)
            }
        }
    }

    @Test func ggufCountsBeyondTheFileThrow() throws {
        let whole = try bytes("tiny-f16.gguf")
        try withTemporaryFolder { folder in
            let path = folder + "/m.gguf"
            for at in [8, 16, 24] {
                var broken = whole
                for i in at..<at + 8 { broken[i] = 0xFF }
                try write(broken, to: path)
                #expect(throws: SentenceEncoderError.self) { try GGUF(path) }
            }
        }
    }

    @Test func truncatedAndBrokenSafetensorsThrow() throws {
        let whole = try bytes("tiny-bert/model.safetensors")
        var random = SplitMix64(seed: 13)
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            for length in Array(0..<64) + stride(from: 64, to: whole.count - 1, by: 499) {
                try write(Array(whole[..<length]), to: path)
                #expect(throws: SentenceEncoderError.self) { try Safetensors.read(path) }
            }
            for _ in 0..<400 {
                var broken = whole
                broken[Int.random(in: 0..<3000, using: &random)] =
                    UInt8.random(in: 0...255, using: &random)
                try write(broken, to: path)
                _ = try? Safetensors.read(path)
            }
        }
    }

    @Test(arguments: [
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,8]}}"#,
        #"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
        #"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,16]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[16,0]}}"#,
        #"{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,1e300]}}"#,
        #"{"a":{"shape":[4]}}"#, #"{"a":"#, "[]", "",
    ])
    func safetensorsThatLieThrow(header: String) throws {
        try withTemporaryFolder { folder in
            let path = folder + "/model.safetensors"
            var file = [UInt8](repeating: 0, count: 8)
            file[0] = UInt8(header.utf8.count)
            try write(file + Array(header.utf8) + [UInt8](repeating: 0, count: 16), to: path)
            #expect(throws: SentenceEncoderError.self) { try Safetensors.read(path) }
        }
    }

    @Test(arguments: [
        (#""model_type": "bert""#, #""model_type": "electra""#, "electra"),
        (#""model_type": "bert""#, #""model_type": "modernbert""#, "modernbert, not BERT's"),
        (#""model_type": "bert""#, #""model_type": "bert", "is_decoder": true"#, "decoder"),
        (
            #""model_type": "bert""#,
            #""model_type": "bert", "architectures": ["BertForMaskedLM"]"#,
            "BertForMaskedLM, neither a sentence encoder nor"
        ),
        (
            #""model_type": "bert""#,
            #""model_type": "bert", "position_embedding_type": "alibi""#, "positions are alibi"
        ),
        (#""hidden_act": "gelu""#, #""hidden_act": "relu""#, "relu"),
        (#""num_attention_heads": 4"#, #""num_attention_heads": 5"#, "heads"),
        (#""hidden_size": 32"#, #""hidden_size": 64"#, ", 64]"),
    ])
    func otherArchitecturesAreRefused(old: String, new: String, word: String) throws {
        try TinyModelTests.withCopy(of: "tiny-bert") { path in
            let config = try String(contentsOfFile: path + "/config.json", encoding: .utf8)
            #expect(config.contains(old))
            try write(
                Array(config.replacingOccurrences(of: old, with: new).utf8),
                to: path + "/config.json"
            )
            let error = #expect(throws: SentenceEncoderError.self) {
                try SentenceEncoder(contentsOf: path)
            }
            #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: [
        (#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#, nil),
        (#"{"pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"#, nil),
        (#"{"pooling_mode": "cls"}"#, nil),
        (
            #"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#,
            "cls_token and mean_tokens"
        ), (#"{"pooling_mode_lasttoken": true}"#, "pools by lasttoken"),
        (#"{"pooling_mode_mean_tokens": true, "include_prompt": false}"#, "prompt"),
    ])
    func poolingIsAsStatedOrRefused(config: String, words: String?) throws {
        try TinyModelTests.withCopy(of: "tiny-bert") { path in
            try write(Array(config.utf8), to: path + "/1_Pooling/config.json")
            guard let words else {
                _ = try SentenceEncoder(contentsOf: path)
                return
            }
            let error = #expect(throws: SentenceEncoderError.self) {
                try SentenceEncoder(contentsOf: path)
            }
            #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
        }
    }

    @Test(arguments: ["{", "[1,]", "nul", #"{"a" 1}"#, #""\u12"#, "1 2", "\"\u{1}\"", "--"])
    func brokenJSONIsNoJSON(text: String) {
        #expect(ParsedJSON(parsing: Array(text.utf8)) == nil)
    }

    @Test func jsonKeepsCanonicallyEqualKeysApart() throws {
        let json = try #require(
            ParsedJSON(parsing: Array("{\"é\":1,\"e\u{301}\":2,\"\\ud83d\\ude00\":3}".utf8))
        )
        let members = try #require(json.members)
        #expect(members.map { $0.value.integer } == [1, 2, 3])
        #expect(members[2].key == Array("😀".utf8))
        #expect(ParsedJSON(parsing: Array(String(repeating: "[", count: 100_000).utf8)) == nil)
    }
}
