import Corpus
import Foundation
import Testing

@testable import Documents

/// Files that are cut up, mixed and garnished with the marks of their formats.
///
/// A few hundred by default, the same in every run. `FUZZ_SECONDS=600` goes on for that long with
/// other ones, and keeps the file that is being read in the temporary folder as `vecino-fuzz`, so that
/// it is there after a crash.
@Suite struct FuzzTests {
    private static let seeds = [
        "acta.rtf", "changes.rst", "code.swift", "diario.org", "guide.md", "lathe.rtf", "list.mbox",
        "members.jsonl", "memoria.tex", "note.tex", "notebook.ipynb", "oil.adoc", "page.html",
        "plan.org", "reunion.eml", "sierra.rst", "taller.7", "taller.adoc", "talk.srt", "tools.csv",
    ]

    private static let marks = [
        "\\", "{", "}", "\n\n", "::", ".. ", "|", "[[", "]]", "`", "*", "$", "&", "====", "+--+",
        "\t",
        "\\begin{verbatim}", "\\begin{tabular}{l}", "\\end{itemize}", "\\footnote{", "\\item[",
        "\\verb|", "=?utf-8?q?", "--b1", "\\u-1?", "\\'", "\\bin99999", "|===", "#+BEGIN_SRC",
        ":END:",
        "Content-Type: multipart/mixed; boundary=b1\n", "=\n", "<<", "link:", "\u{0}",
        "<table><td>",
        "```", "---\n", "\"", ",", "00:00:01,000 --> 00:00:02,000\n", ".TH", ".nf\n",
    ].map { Array($0.utf8) }

    @Test func everyReaderSurvives() throws {
        let seeds = try Self.seeds.map { (name: $0, bytes: try fixture($0)) }
        let seconds = ProcessInfo.processInfo.environment["FUZZ_SECONDS"].flatMap { Double($0) }
        var random = SplitMix64(seed: seconds == nil ? 17 : UInt64(Date().timeIntervalSince1970))
        let end = Date(timeIntervalSinceNow: seconds ?? 0)
        let kept = FileManager.default.temporaryDirectory.appending(path: "vecino-fuzz")
        var round = 0
        while seconds == nil ? round < 600 : Date() < end {
            let (name, original) = seeds[round % seeds.count]
            round += 1
            var bytes = original
            for _ in 0..<Int.random(in: 1...25, using: &random) where bytes.count > 2 {
                mutate(&bytes, seeds.randomElement(using: &random)?.bytes ?? [], &random)
            }
            if seconds != nil { try Data((name + "\n").utf8 + bytes).write(to: kept) }
            guard let document = try? DocumentReader().read(bytes, path: name) else { continue }
            for chunk in Chunker(maximumTokens: 20, tokenCount: quarters).chunks(of: document) {
                #expect(chunk.tokenCount <= 20 && !chunk.text.isEmpty)
                #expect(chunk.bytes.lowerBound >= 0)
            }
        }
        if seconds != nil { print("\(round) files, none of which a reader did not survive") }
    }

    private func mutate(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SplitMix64) {
        let i = Int.random(in: 0..<bytes.count, using: &random)
        let length = Int.random(in: 1...200, using: &random)
        switch Int.random(in: 0..<7, using: &random) {
        case 0: bytes[i] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: i)
        case 2: bytes.insert(contentsOf: bytes[i...].prefix(length), at: i)
        case 3: bytes.removeSubrange(i..<min(bytes.count, i + length))
        case 4, 5: bytes.insert(contentsOf: Self.marks.randomElement(using: &random) ?? [], at: i)
        default:
            guard let start = other.indices.randomElement(using: &random) else { return }
            bytes.insert(contentsOf: other[start...].prefix(length), at: i)
        }
    }
}
