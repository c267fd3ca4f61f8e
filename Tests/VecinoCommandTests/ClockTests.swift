import Foundation
import Testing

/// A watch whose clock of day is set back, and forward again, while it runs.
@Suite struct ClockTests {
    private let program: Program
    private var flag: String { program.folder + "/behind" }

    init() throws {
        program = try Program(withTinyModelAnd: ["VECINO_MODEL": "tiny-bert"])
    }

    /// Writes a document as one that is written while the clock shows so much less.
    private func write(_ text: String, to name: String, behind: TimeInterval = 0) throws {
        let path = program.folder + "/notes/" + name
        try Data(text.utf8).write(to: URL(filePath: path))
        try FileManager.default.setAttributes(
            [.modificationDate: Date(timeIntervalSinceNow: -behind)],
            ofItemAtPath: path
        )
    }

    /// Waits until a word is found in these documents and no others.
    private func expect(_ word: String, in names: Set<String>) async throws {
        var found: Set<String> = []
        for _ in 0..<200 {
            let result = try program("search", "--mode", "keyword", "--format", "files", word)
            found = Set(
                result.output.split(separator: "\n").map { ($0 as NSString).lastPathComponent }
            )
            if found == names { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        Issue.record("\(word) is found in \(found.sorted()), not in \(names.sorted())")
    }

    @Test func nothingIsMissedWhenTheClockIsSetBack() async throws {
        defer { try? FileManager.default.removeItem(atPath: program.folder) }
        let shim = program.folder + "/faults.so"
        let made = try program.run(
            "/usr/bin/cc",
            ["-O1", "-shared", "-fPIC", "-o", shim, Checkout.root + "/scripts/faults.c", "-ldl"]
        )
        try #require(made.status == 0, "\(made.talk)")
        try write("A heron.", to: "a.md")
        try write("A heron too.", to: "b.md")
        try #require(program("index", "notes").status == 0)

        let watch = Process()
        watch.executableURL = URL(filePath: Program.path)
        watch.arguments = ["watch", "-q"]
        watch.currentDirectoryURL = URL(filePath: program.folder)
        var variables = ProcessInfo.processInfo.environment
        variables.merge(program.environment) { $1 }
        variables["LD_PRELOAD"] = shim
        variables["FAULT_CLOCK"] = flag
        watch.environment = variables
        watch.standardError = FileHandle.nullDevice
        try watch.run()
        defer {
            watch.interrupt()
            watch.waitUntilExit()
        }
        try write("A turnip.", to: "c.md")
        try await expect("turnip", in: ["c.md"])

        // A day back: what is written now is older than what the library knows.
        try Data().write(to: URL(filePath: flag))
        let day: TimeInterval = 86_400
        try write("A spoke.", to: "c.md", behind: day)
        try write("A spoke.", to: "d.md", behind: day)
        try FileManager.default.removeItem(atPath: program.folder + "/notes/b.md")
        try await expect("spoke", in: ["c.md", "d.md"])
        try await expect("turnip", in: [])
        try await expect("heron", in: ["a.md"])

        // And right again.
        try FileManager.default.removeItem(atPath: flag)
        try write("A valve.", to: "d.md")
        try await expect("valve", in: ["d.md"])
        try await expect("spoke", in: ["c.md"])
        #expect(watch.isRunning)
        #expect(try program("doctor").status == 0)
    }
}
