import Foundation
import Testing

/// A library of every format up to now is opened, loses nothing, and finds what one finds that is built anew.
@Suite struct GoldenLibraryTests {
    private static let golden = Checkout.root + "/Tests/Golden"

    /// A folder with the documents and the tiny model, and no library.
    private func program() throws -> Program {
        let manager = FileManager.default
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try manager.createDirectory(atPath: name + "/models", withIntermediateDirectories: true)
        try manager.copyItem(atPath: Self.golden + "/notes", toPath: name + "/notes")
        try manager.copyItem(atPath: Checkout.tinyModel, toPath: name + "/models/tiny-bert")
        let folder = URL(filePath: name).resolvingSymlinksInPath().path
        return Program(folder: folder, environment: ["VECINO_MODELS": folder + "/models"])
    }

    private func sql(_ program: Program, _ statement: String) throws -> String {
        let result = try program.run("/usr/bin/sqlite3", ["library.db", statement])
        try #require(result.status == 0, "\(result.talk)")
        return result.output
    }

    private static let contents = """
        SELECT d.path, p.position, p.first_line, p.last_line, p.headings, p.text
        FROM passage p JOIN document d ON d.id = p.document_id ORDER BY d.path, p.position
        """
    private static let vectors = """
        SELECT hex(e.vector) FROM passage p JOIN document d ON d.id = p.document_id
        JOIN embedding e ON e.id = p.embedding_id ORDER BY d.path, p.position
        """

    /// The stored embeddings, in the order of the passages.
    private func embeddings(_ program: Program) throws -> [[Float]] {
        try sql(program, Self.vectors).split(separator: "\n").map { line in
            let digits = Array(line.utf8)
            return stride(from: 0, to: digits.count, by: 8).map { start in
                var bits: UInt32 = 0
                for i in 0..<4 {
                    let byte = String(
                        decoding: digits[start + 2 * i..<start + 2 * i + 2],
                        as: UTF8.self
                    )
                    bits |= UInt32(byte, radix: 16).map { $0 << (8 * UInt32(i)) } ?? 0
                }
                return Float(bitPattern: bits)
            }
        }
    }

    /// What a query found in a mode: where, and how well.
    private struct Found {
        let query: String, mode: String
        let scores: [String: Double]
    }

    /// Where and how well each query is found, in every mode.
    private func hits(_ program: Program) throws -> [Found] {
        var found: [Found] = []
        for query in ["heron chimney", "roof solar panels", "quién tiene la llave", "soup"] {
            for mode in ["keyword", "vector", "hybrid"] {
                let result = try program(
                    "search",
                    "--db",
                    "library.db",
                    "--mode",
                    mode,
                    "-n",
                    "5",
                    "--json",
                    query
                )
                #expect(result.status <= 1, "\(result.talk)")
                let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
                let hits = try #require((object as? [String: Any])?["hits"] as? [[String: Any]])
                var scores: [String: Double] = [:]
                for hit in hits {
                    let path = (hit["path"] as? String ?? "").split(separator: "/").last ?? ""
                    scores["\(path) \(hit["firstLine"] ?? "")"] = hit["score"] as? Double ?? -1
                }
                found.append(Found(query: query, mode: mode, scores: scores))
            }
        }
        return found
    }

    @Test(arguments: 1...10) func whatAnOlderProgramWroteIsKept(_ version: Int) throws {
        let fresh = try program()
        defer { try? FileManager.default.removeItem(atPath: fresh.folder) }
        let made = try fresh("index", "-q", "--db", "library.db", "--model", "tiny-bert", "notes")
        #expect(made.status == 0, "\(made.talk)")

        let old = try program()
        defer { try? FileManager.default.removeItem(atPath: old.folder) }
        let file = Self.golden + "/format-\(version).db.gz"
        let unpacked = try old.run(
            "/bin/sh",
            ["-c", "gzip -dc \"$0\" > library.db && chmod 600 library.db", file]
        )
        try #require(unpacked.status == 0, "\(unpacked.talk)")
        #expect(try sql(old, "PRAGMA user_version") == "\(version)\n")
        let before = try sql(old, Self.contents)
        let vectors = try embeddings(old)
        // Its documents are here now, at another time.
        _ = try sql(old, "UPDATE collection SET root = '\(old.folder)/notes'")

        let refused = try old("search", "--db", "library.db", "heron")
        if version < 10 {
            #expect(refused.status == 3 && refused.talk.contains("vecino index"), "\(refused.talk)")
        } else {
            #expect(refused.status == 0, "\(refused.talk)")
        }
        let index = try old("index", "--db", "library.db", "notes")
        #expect(index.status == 0, "\(index.talk)")
        // Readers have changed since the older ones: their documents are read again. What they say is
        // what it was since format 9, so that nothing of it is embedded.
        if version >= 9 {
            let said = version == 10 ? "nothing embedded" : " 0 embedded"
            #expect(index.talk.contains(said), "\(index.talk)")
            #expect(try sql(old, Self.contents) == before)
        }
        #expect(try sql(old, Self.contents) == sql(fresh, Self.contents))
        // Embeddings in 8 bits differ a little between CPUs and versions of the encoder; the old ones stay.
        let kept = try embeddings(old), anew = try embeddings(fresh)
        #expect(!kept.isEmpty && kept.count == anew.count)
        if version >= 9 { #expect(kept == vectors) }
        for (a, b) in zip(kept, anew) {
            #expect(a.count == b.count)
            let cosine = zip(a, b).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
            #expect(cosine > 0.98, "\(cosine)")
        }
        let health = try old("doctor", "--db", "library.db")
        #expect(health.status == 0, "\(health.output)")
        let expected = try hits(fresh)
        #expect(!expected.isEmpty)
        for (found, wanted) in zip(try hits(old), expected) {
            let query = "\(wanted.mode): \(wanted.query)"
            if wanted.mode == "keyword" {
                #expect(found.scores == wanted.scores, "\(query)")
            } else {
                // Two that are nearly as near as each other may change places at the end.
                let common = Set(found.scores.keys).intersection(wanted.scores.keys)
                #expect(found.scores.count == wanted.scores.count, "\(query)")
                #expect(common.count >= wanted.scores.count - 1, "\(query)")
                for place in common {
                    let difference = (found.scores[place] ?? 0) - (wanted.scores[place] ?? 0)
                    #expect(abs(difference) < 0.05, "\(query) \(place) \(difference)")
                }
            }
        }
        let answers = try old("answers", "list", "--db", "library.db")
        #expect(answers.output.contains("lease") == (version >= 4), "\(answers.output)")
        for table in ["document", "passage", "embedding", "answer", "keyword_length"] {
            let open = try sql(old, "SELECT count(*) FROM \(table) WHERE checksum IS NULL")
            #expect(open == "0\n", "\(table)")
        }
    }
}

/// Where the checkout has what tests share.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static var tinyModel: String { root + "/Tests/SentenceEncoderTests/Fixtures/tiny-bert" }
}
