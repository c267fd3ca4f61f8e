import Foundation
import Vecino

/// The checkout that the tests run from.
enum Checkout {
    static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static var data: String { root + "/Data" }
}

/// A folder that goes when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: name, withIntermediateDirectories: true)
        // Links resolved, so that paths can be compared with those that the library reports.
        path = URL(filePath: name).resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func write(_ text: String, to name: String) throws {
        try write(Data(text.utf8), to: name)
    }

    func write(_ data: Data, to name: String) throws {
        let file = URL(filePath: path + "/" + name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try data.write(to: file)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }
}

/// Collects what an indexing run reports; unchecked because a lock guards what it holds.
final class Events: @unchecked Sendable {
    private let lock = NSLock()
    private var files: [(String, FileOutcome)] = []

    func record(_ event: IndexEvent) {
        guard case .file(let path, let outcome, _, _) = event else { return }
        lock.withLock { files.append((path, outcome)) }
    }

    func paths(_ outcome: FileOutcome) -> [String] {
        lock.withLock { files.filter { $0.1 == outcome }.map(\.0).sorted() }
    }
}
