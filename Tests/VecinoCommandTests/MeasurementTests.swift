import Foundation
import Testing

/// The commands that measure: what they print is whole; no test asserts a time.
@Suite(.serialized) struct MeasurementTests {
    private let program: Program

    init() throws { program = Program(folder: try SampleFolder.shared.get().path) }

    private func withFolder<R>(_ body: (URL) throws -> R) throws -> R {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }

    /// Rows on a circle.
    private func vectors(_ count: Int, from start: Int = 0) -> Data {
        var bytes = Data()
        for row in start..<start + count {
            let angle = Float(row) * 0.7
            var words = [UInt32(2), cos(angle).bitPattern, sin(angle).bitPattern]
            for word in words.indices { words[word] = words[word].littleEndian }
            unsafe words.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    @Test func indexesAreMeasuredOnVectorsOfAFile() throws {
        try withFolder { folder in
            let base = folder.appending(path: "base.fvecs").path
            let queries = folder.appending(path: "query.fvecs").path
            let plot = folder.appending(path: "plot.svg").path
            try vectors(300).write(to: URL(filePath: base))
            try vectors(20, from: 1_000).write(to: URL(filePath: queries))
            let result = try program.run(
                Program.path,
                [
                    "bench", "--vectors", base, "--vector-queries", queries, "--ef", "10,300",
                    "--svg", plot, "--json",
                ]
            )
            #expect(result.status == 0, "\(result.talk)")
            let report = try #require(
                JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
            )
            #expect(report["vectors"] as? Int == 300)
            let rows = try #require(report["rows"] as? [[String: Any]])
            #expect(rows.map { $0["ef"] as? Int } == [nil, 10, 300])
            #expect(rows.first?["recall"] as? Double == 1)
            #expect(rows.last?["recall"] as? Double == 1)
            #expect(try String(contentsOfFile: plot, encoding: .utf8).contains("</svg>"))

            let table = try program.run(
                Program.path,
                ["bench", "--vectors", base, "--metric", "l2"]
            )
            #expect(table.status == 0 && table.output.contains("recall@10"))
        }
    }

    @Test func badVectorsAreRefusedByName() throws {
        try withFolder { folder in
            let base = folder.appending(path: "base.fvecs").path
            try vectors(300).dropLast().write(to: URL(filePath: base))
            for arguments in [
                ["--vectors", base], ["--vectors", folder.path + "/none.npy"],
                ["--vectors", base, "--ef", "many"], ["--truth", base],
            ] {
                let result = try program.run(Program.path, ["bench"] + arguments)
                #expect(result.status == 2, "\(arguments)")
                #expect(result.output.isEmpty && !result.talk.isEmpty)
            }
        }
    }

    @Test func theDoctorMeasuresRecall() throws {
        let result = try program("doctor", "--recall", "-n", "5", "--json")
        #expect(result.status == 0, "\(result.talk)")
        let report = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
        )
        #expect(report["exact"] as? Bool == true)
        #expect((report["recall"] as? [String: Any])?["mean"] as? Double == 1)
        #expect(try program("doctor", "--recall").output.contains("they miss none"))
        #expect(try program("doctor", "--recall", "--fix").status == 2)
    }
}
