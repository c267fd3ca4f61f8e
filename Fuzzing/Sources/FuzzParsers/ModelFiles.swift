import Foundation

@testable import SentenceEncoder

/// What reads a model's files, and what cuts text into its tokens.
func modelFiles(_ name: String) -> @Sendable ([UInt8]) -> Void {
    switch name {
    case "gguf": return { inFile($0, "model.gguf") { _ = try? ModelSource(gguf: $0, name: "x") } }
    case "safetensors":
        return {
            inFile($0, "model.safetensors") { path in
                for (_, tensor) in (try? Safetensors.read(path)) ?? [:] {
                    _ = tensor.shape.reduce(1) { $0 &* $1 }
                }
            }
        }
    case "tokenizer":
        return { bytes in
            guard let root = ParsedJSON(parsing: bytes) else { return }
            guard
                let definition = try? TokenizerFile(path: "tokenizer.json", root: root).definition()
            else { return }
            precondition(definition.idCount >= 0)
        }
    default: return readWords
    }
}

/// Text, by both kinds of tokenizer: those of the tests' tiny models.
@Sendable private func readWords(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    for encoder in encoders {
        let tokens = encoder.tokens(of: text, as: .passage)
        precondition(tokens.count <= encoder.maximumTokens, "more tokens than the model takes")
        precondition(tokens.allSatisfy { $0 >= 0 }, "a token that is none")
        precondition(encoder.tokenCount(of: text) >= 0)
    }
}

private let encoders: [SentenceEncoder] = {
    let folder = ProcessInfo.processInfo.environment["VECINO_FUZZ_MODELS"] ?? ""
    do {
        return try ["tiny-bert", "tiny-xlmr"].map {
            try SentenceEncoder(contentsOf: folder + "/" + $0)
        }
    } catch {
        fatalError("VECINO_FUZZ_MODELS names no folder with the tiny models: \(error)")
    }
}()

/// Readers of models map their files: the bytes have to be in one.
private func inFile(_ bytes: [UInt8], _ name: String, _ body: (String) -> Void) {
    let path = "/dev/shm/vecino-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(name)"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { return }
    body(path)
}
