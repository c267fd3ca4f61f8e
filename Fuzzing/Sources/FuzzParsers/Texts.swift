import Foundation

@testable import Documents
@testable import EventStreams
@testable import Filters
@testable import SQLiteStore
@testable import ReplyParsing
@testable import TextAnalysis
@testable import UserFiles
@testable import VectorIndex

/// What reads text that is no document: filters, replies of language models, streams of events, the files of
/// keys and settings, rows of vectors, and what a reading process sends.
func texts(_ name: String) -> @Sendable ([UInt8]) -> Void {
    switch name {
    case "filter": return readFilter
    case "reply":
        return { bytes in
            let text = String(decoding: bytes, as: UTF8.self)
            _ = ReplyParser.read(text)
            _ = ReplyParser.search(in: text)
            _ = ReplyParser.read(String(text.prefix(text.count / 2)))
        }
    case "stream": return readStream
    case "keys":
        return { bytes in
            guard let keys = try? KeyFile.keys(in: Data(bytes), path: "keys") else { return }
            precondition(keys.allSatisfy { $0.key.hasSuffix("_API_KEY") && !$0.value.isEmpty })
        }
    case "settings": return { _ = try? Settings(Data($0), file: "config.toml") }
    case "vectors": return readVectors
    default:
        return { bytes in
            _ = try? DocumentTransfer.request(bytes)
            guard case .success(let document)? = try? DocumentTransfer.reply(bytes) else { return }
            for chunk in Chunker(maximumTokens: 20, tokenCount: { $0.utf8.count }).chunks(
                of: document
            ) {
                precondition(!chunk.text.isEmpty)
            }
        }
    }
}

/// The same stream at once and in two pieces has to say the same.
@Sendable private func readStream(_ bytes: [UInt8]) {
    func events(_ pieces: [ArraySlice<UInt8>]) -> [String]? {
        var parser = MessageParser()
        var events: [String] = []
        for piece in pieces {
            guard let more = try? parser.append(piece) else { return nil }
            events += more
        }
        guard let last = try? parser.finish() else { return events }
        return events + [last].compactMap(\.self)
    }
    let cut = bytes.count / 3
    precondition(events([bytes[...]]) == events([bytes[..<cut], bytes[cut...]]), "pieces matter")
    var parser = EventStreamParser()
    _ = try? parser.append(bytes)
    _ = try? parser.finish()
    let text = String(decoding: bytes, as: UTF8.self)
    _ = ProviderRefusal(status: 400, body: text, key: nil).isContextOverflow
    _ = RetryAfter.seconds(String(decoding: bytes, as: UTF8.self), now: 0)
}

/// A file of vectors; the first byte says of which form.
@Sendable private func readVectors(_ bytes: [UInt8]) {
    guard let form = bytes.first else { return }
    let suffix = ["fvecs", "bvecs", "ivecs", "npy"][Int(form % 4)]
    let path = "/dev/shm/vecino-fuzz-\(ProcessInfo.processInfo.processIdentifier).\(suffix)"
    guard FileManager.default.createFile(atPath: path, contents: Data(bytes.dropFirst())) else {
        preconditionFailure("\(path) cannot be written")
    }
    defer { try? FileManager.default.removeItem(atPath: path) }
    if let file = try? VectorFile<Float>(path: path) {
        precondition(file.elements.count == file.count * file.dimensions, "rows differ")
    }
    if let file = try? VectorFile<Int>(path: path) {
        precondition(file.elements.count == file.count * file.dimensions, "rows differ")
    }
}

@Sendable private func readFilter(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = DocumentDate.parse(text)
    guard let condition = try? FieldCondition(text) else { return }
    let document = DocumentSummary(
        id: 1,
        root: "/docs",
        path: "notes/a.md",
        format: "markdown",
        language: .english,
        title: "A title",
        date: "2024-03-05",
        modified: 1,
        metadata: ["author": .text("Ana"), "year": .number(2024), "tags": .list([.text("solar")])],
        repairs: []
    )
    _ = condition.holds(for: document)
}
