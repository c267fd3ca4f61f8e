import Foundation
import Testing
import VectorIndex

@Suite struct VectorFileTests {
    @discardableResult private func withFile<R>(
        _ name: String,
        _ bytes: [UInt8],
        _ body: (String) throws -> R
    ) throws
        -> R
    {
        let path = FileManager.default.temporaryDirectory
            .appending(path: "vecino-\(UUID().uuidString)-\(name)").path
        try Data(bytes).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try body(path)
    }

    private func words(_ words: [UInt32]) -> [UInt8] {
        words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
    }

    private func floats(_ rows: [[Float]]) -> [UInt8] {
        rows.flatMap { words([UInt32($0.count)] + $0.map(\.bitPattern)) }
    }

    private func numPy(_ header: String, _ body: [UInt8]) -> [UInt8] {
        let text = Array((header + "\n").utf8)
        return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count), 0] + text + body
    }

    @Test func readsTexmexRows() throws {
        try withFile("a.fvecs", floats([[1, 2], [3, -4.5], [0, 7]])) { path in
            let file = try VectorFile<Float>(path: path)
            #expect(file.count == 3 && file.dimensions == 2)
            #expect(file.elements == [1, 2, 3, -4.5, 0, 7])
            #expect(Array(file[1]) == [3, -4.5])
            #expect(try VectorFile<Float>(path: path, limit: 2).count == 2)
        }
        try withFile("a.ivecs", words([2, 5, 6, 2, 8, 0])) { path in
            let numbers = try VectorFile<Int>(path: path),
                vectors = try VectorFile<Float>(path: path)
            #expect(numbers.elements == [5, 6, 8, 0])
            #expect(vectors.elements == [5, 6, 8, 0])
        }
        try withFile("a.bvecs", words([3]) + [1, 2, 255]) { path in
            let vectors = try VectorFile<Float>(path: path)
            #expect(vectors.elements == [1, 2, 255])
        }
    }

    @Test(arguments: [
        ("<f4", [0, 0, 128, 63, 0, 0, 0, 64] as [UInt8]), ("<f2", [0, 60, 0, 64]),
        ("<f8", [0, 0, 0, 0, 0, 0, 240, 63, 0, 0, 0, 0, 0, 0, 0, 64]), ("|u1", [1, 2]),
        ("<i4", [1, 0, 0, 0, 2, 0, 0, 0]), ("<u4", [1, 0, 0, 0, 2, 0, 0, 0]),
        ("<i8", [1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0]),
    ])
    func readsNumPyArrays(type: String, body: [UInt8]) throws {
        for (shape, count) in [("(2, 1)", 2), ("(1, 2)", 1), ("(2,)", 1)] {
            let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
            try withFile("a.npy", numPy(header, body)) { path in
                let file = try VectorFile<Float>(path: path)
                #expect(file.elements == [1, 2])
                #expect(file.count == count)
            }
        }
    }

    @Test func refusesWhatIsNotWhole() throws {
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }"
        let bad: [(String, [UInt8], String)] = [
            ("a.fvecs", [], "empty"),
            ("a.fvecs", [1, 0], "empty"),
            ("a.fvecs", words([0]), "0 elements"),
            ("a.fvecs", words([UInt32.max, 1]), "elements"),
            ("a.fvecs", Array(floats([[1, 2], [3, 4]]).dropLast()), "ends within a row"),
            ("a.fvecs", floats([[1, 2]]) + words([3, 0, 0]), "row 1 has 3"),
            ("a.npy", Array("NUMPY".utf8), "NumPy's form"),
            ("a.npy", numPy(header, [1, 2, 3]), "3 bytes, not 1 rows of 8"),
            (
                "a.npy",
                numPy("{'descr': '>f4', 'fortran_order': False, 'shape': (1, 1), }", [0, 0, 0, 0]),
                ">f4"
            ),
            (
                "a.npy",
                numPy("{'descr': '<f4', 'fortran_order': True, 'shape': (1, 1), }", [0, 0, 0, 0]),
                "C order"
            ),
            (
                "a.npy", numPy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", []),
                "shape"
            ),
            (
                "a.npy",
                numPy(
                    "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 9), }",
                    []
                ), "rows"
            ),
            ("a.txt", [1], "must end in"),
        ]
        for (name, bytes, reason) in bad {
            try withFile(name, bytes) { path in
                let error = #expect(throws: VectorFileError.self) {
                    try VectorFile<Float>(path: path)
                }
                #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
            }
        }
        #expect(throws: VectorFileError.self) { try VectorFile<Float>(path: "/nowhere.npy") }
        try withFile("a.fvecs", floats([[1]])) { path in
            #expect(throws: VectorFileError.self) { try VectorFile<Int>(path: path) }
        }
    }

    /// Whatever the bytes, reading ends with rows or with an error.
    @Test func anyBytesAreReadOrRefused() throws {
        var random = SplitMix64(seed: 3)
        let whole = numPy(
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }",
            words([1, 2, 3, 4])
        )
        for _ in 0..<300 {
            var bytes = Bool.random(using: &random) ? whole : floats([[1, 2], [3, 4]])
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(
                    in: 0...255,
                    using: &random
                )
            }
            bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
            for name in ["a.npy", "a.fvecs"] {
                try withFile(name, bytes) { path in
                    guard let file = try? VectorFile<Float>(path: path) else { return }
                    #expect(file.elements.count * 2 <= bytes.count + 8)
                }
            }
        }
    }
}
