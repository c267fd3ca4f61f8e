import Corpus
import Testing

@testable import Documents

@Suite struct ChunkerTests {
    private func chunks(_ text: String, _ name: String = "a.md", limit: Int = 40) throws -> [Chunk]
    {
        let document = try DocumentReader().read(Array(text.utf8), path: name)
        return Chunker(maximumTokens: limit, tokenCount: quarters).chunks(of: document)
    }

    private func letters(_ text: some StringProtocol) -> String {
        let kept = text.unicodeScalars.filter {
            $0.properties.isAlphabetic || $0.properties.numericType != nil
        }
        return String(String.UnicodeScalarView(kept))
    }

    @Test func headingsTravelWithTheText() throws {
        let found = try chunks("# A\n\nuno\n\n## B\n\ndos\n\n# C\n\n## D\n\n## E\n\ntres\n")
        #expect(found.map(\.headings) == [["A"], ["A", "B"], ["C"], ["C", "E"]])
        #expect(found.map(\.text) == ["uno", "dos", "D", "tres"])
    }

    @Test func headingsAloneAreText() throws {
        #expect(try chunks("# Solo\n").map(\.text) == ["Solo"])
        #expect(try chunks("# Uno\n\n## Dos\n").map(\.text) == ["Dos"])
    }

    /// A heading that says again what one above it says is in no path twice.
    @Test func noHeadingIsInItsPathTwice() throws {
        let found = try chunks("# Canal\n\n## canal\n\nWater.\n\n### Gate\n\nIron.\n")
        #expect(found.map(\.headings) == [["Canal"], ["Canal", "Gate"]])
    }

    /// The sentence that introduces a list goes with it where the text before it fills a passage.
    @Test func listsKeepTheSentenceThatIntroducesThem() throws {
        let prose = String(repeating: "The water comes on Tuesdays. ", count: 5)
        let text = "\(prose)\n\nBring these:\n\n- a spade for the ditch\n- a lamp for the night\n"
        let found = try chunks(text)
        let list = try #require(found.first { $0.text.contains("a spade") })
        #expect(list.text.hasPrefix("Bring these:"), "\(found.map(\.text))")
    }

    @Test func smallBlocksShareAChunk() throws {
        let found = try chunks("uno\n\ndos\n\n- tres\n- cuatro\n")
        #expect(found.map(\.text) == ["uno\n\ndos\n\n- tres\n- cuatro"])
        #expect(found[0].lines == 1...6)
    }

    @Test func prosesIsCutBetweenSentences() throws {
        let sentences = (0..<30).map { "La frase número \($0) es esta de aquí." }
        let found = try chunks(sentences.joined(separator: " "), "a.txt")
        #expect(found.count > 5)
        for chunk in found {
            #expect(chunk.text.hasPrefix("La frase") && chunk.text.hasSuffix("aquí."))
        }
    }

    @Test func codeAndTablesAreCutBetweenLines() throws {
        let code = (0..<60).map { "let value\($0) = compute(\($0)) // línea" }
        for chunk in try chunks("```\n" + code.joined(separator: "\n") + "\n```\n") {
            for line in chunk.text.split(separator: "\n") { #expect(code.contains(String(line))) }
        }
        let rows = (0..<60).map { "| fila \($0) | valor \($0) |" }
        let table = "| a | b |\n|---|---|\n" + rows.joined(separator: "\n")
        for chunk in try chunks(table) {
            for line in chunk.text.split(separator: "\n") { #expect(line.contains(" | ")) }
        }
    }

    @Test func evenlySpread() throws {
        // 50 tokens under one heading and a limit of 40: 25 and 25, not 40 and 10.
        let sentences = (0..<10).map { "Frase \($0) de veinte ." }.joined(separator: "\n\n")
        let sizes = try chunks(sentences).map(\.tokenCount)
        #expect(sizes.count == 2)
        #expect(abs(sizes[0] - sizes[1]) <= 12)
    }

    /// All text, in order, nothing over the limit, and every range leads back: in every format.
    @Test(
        arguments: [10, 40, 350],
        [
            "guide.md", "page.html", "notebook.ipynb", "code.swift", "notes.txt", "taller.7",
            "tools.csv", "members.jsonl", "talk.srt",
        ]
    )
    func chunksCoverTheDocument(limit: Int, name: String) throws {
        let bytes = try fixture(name)
        let document = try DocumentReader().read(bytes, path: name)
        let found = Chunker(maximumTokens: limit, tokenCount: quarters).chunks(of: document)
        let text = document.blocks.filter { if case .heading = $0.kind { false } else { true } }
            .map(\.text).joined()
        let headless = found.filter { chunk in
            !document.blocks.contains { block in
                if case .heading = block.kind { block.text == chunk.text } else { false }
            }
        }
        #expect(letters(headless.map(\.text).joined()) == letters(text))
        for chunk in found {
            #expect(chunk.tokenCount <= limit)
            #expect(quarters(chunk.text) <= limit + 1)
            checkOrigin(
                of: chunk,
                in: bytes,
                isRecord: document.blocks[0].kind == .record
            )
        }
        for (one, next) in zip(found, found.dropFirst()) {
            #expect(one.bytes.lowerBound <= next.bytes.lowerBound)
        }
    }

    /// The first and last words of a chunk stand at the ends of its bytes, and its lines fit them.
    private func checkOrigin(of chunk: Chunk, in bytes: [UInt8], isRecord: Bool) {
        let origin = String(decoding: bytes[chunk.bytes], as: UTF8.self)
        // Words of plain letters: escapes and references are written otherwise in the source.
        // The names of fields stand elsewhere, or nowhere, in the source of a record.
        let values = chunk.text.split(separator: "\n").map { line in
            line.firstRange(of: ": ").map { line[$0.upperBound...] } ?? line
        }.filter { isRecord ? !$0.hasSuffix("true") : true }
        let text = isRecord ? values.joined(separator: " ") : chunk.text
        let words = text.split { !$0.isASCII || !$0.isLetter }
        for word in [words.first, words.last] {
            if let word { #expect(origin.contains(word), "\(word) in \(origin)") }
        }
        let before = bytes[..<chunk.bytes.lowerBound].count { $0 == 0x0A }
        let inside = bytes[chunk.bytes.dropLast()].count { $0 == 0x0A }
        #expect(chunk.lines == (before + 1)...(before + 1 + inside))
    }

    @Test(arguments: [
        String(repeating: "图书馆开放", count: 400), String(repeating: "QUJD", count: 2000),
        String(repeating: "a+b;c(d){e}", count: 900), String(repeating: "palabra ", count: 3000),
        String(repeating: "👩‍👩‍👧", count: 300), "x",
    ])
    func textWithoutEndsIsBounded(text: String) throws {
        for limit in [8, 40] {
            let found = try chunks(text, "a.txt", limit: limit)
            #expect(found.allSatisfy { $0.tokenCount <= limit && quarters($0.text) <= limit })
            #expect(letters(found.map(\.text).joined()) == letters(text))
            #expect(!found.contains { $0.text.unicodeScalars.contains("\u{FFFD}") })
        }
    }

    /// Counting is the expensive part: it sees every byte a few times at most, however long a line.
    @Test func countingIsLinear() throws {
        for text in [
            String(repeating: "ab", count: 100_000), String(repeating: "una. ", count: 40_000),
        ] {
            let counter = Counter()
            let document = try DocumentReader().read(Array(text.utf8), path: "a.txt")
            let found = Chunker(maximumTokens: 50) { counter.count($0) }.chunks(of: document)
            #expect(found.count > 100)
            #expect(counter.bytes <= 4 * text.utf8.count)
        }
    }

    /// `@unchecked Sendable`: the chunker calls it from one task only.
    private final class Counter: @unchecked Sendable {
        var bytes = 0

        func count(_ text: String) -> Int {
            bytes += text.utf8.count
            return quarters(text)
        }
    }
}
