import Foundation
@_exported import RandomNumbers
import Testing

@testable import SentenceEncoder

/// The folder of models: `VECINO_MODELS`, else the user's data folder.
func modelFolder(_ name: String) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    let data = environment["XDG_DATA_HOME"] ?? (environment["HOME"] ?? "") + "/.local/share"
    let folder = (environment["VECINO_MODELS"] ?? data + "/vecino/models") + "/" + name
    guard FileManager.default.fileExists(atPath: folder) else {
        throw MissingModel(description: "\(folder) is not there: run scripts/models all.")
    }
    return folder
}

/// A test needs a model that nobody fetched.
struct MissingModel: Error, CustomStringConvertible {
    let description: String
}

/// A file of the test's resources.
func fixture(_ name: String) throws -> String {
    try #require(Bundle.module.path(forResource: "Fixtures/\(name)", ofType: nil))
}

/// Runs `body` with a folder that is removed afterwards.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("vecino-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}

func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
}

/// The cosine of two vectors of length 1, up to rounding.
func cosine(_ a: [Float], _ b: [Float]) -> Double {
    var dot = 0.0, squareA = 0.0, squareB = 0.0
    for (x, y) in zip(a, b) {
        dot += Double(x) * Double(y)
        squareA += Double(x) * Double(x)
        squareB += Double(y) * Double(y)
    }
    return dot / (squareA * squareB).squareRoot()
}
