import Foundation
import Synchronization
import Testing

/// Runs the built program as a person's shell would.
struct Program {
    struct Result {
        let status: Int32
        let output: String
        let talk: String
    }

    /// The program, built beside the tests.
    static var path: String {
        let tests = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        return tests.appending(path: "vecino").path
    }

    let folder: String
    var environment: [String: String] = [:]

    init(folder: String, environment: [String: String] = [:]) {
        self.folder = folder
        self.environment = environment
    }

    /// The program in a folder of its own with an empty folder `notes`, where the tiny model is the only one.
    init(withTinyModelAnd environment: [String: String]) throws {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        let manager = FileManager.default
        for folder in ["/models", "/notes"] {
            try manager.createDirectory(atPath: name + folder, withIntermediateDirectories: true)
        }
        try manager.copyItem(atPath: Checkout.tinyModel, toPath: name + "/models/tiny-bert")
        let folder = URL(filePath: name).resolvingSymlinksInPath().path
        self.init(
            folder: folder,
            environment: environment.merging(["VECINO_MODELS": folder + "/models"]) { $1 }
        )
    }

    /// Runs `vecino` with `arguments` in the folder, and waits for it.
    func callAsFunction(_ arguments: String...) throws -> Result {
        try run(Self.path, arguments)
    }

    /// Starts `vecino` with `arguments` in the folder, whatever it says unheard.
    func start(_ arguments: String...) throws -> Process {
        let process = prepared(Self.path, arguments)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    private func prepared(_ program: String, _ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        var variables = ProcessInfo.processInfo.environment
        for name in variables.keys
        where ["_API_KEY", "_BASE_URL", "_HOST", "_ENDPOINT"].contains(where: name.hasSuffix)
            || ["VECINO_DB", "VECINO_MODEL", "VECINO_ANSWER_MODEL", "VECINO_OFFLINE", "COLUMNS"]
                .contains(name)
        {
            variables[name] = nil
        }
        variables["XDG_CONFIG_HOME"] = folder + "/.config"
        // What is compared is English, whatever the person speaks who runs the tests.
        variables["VECINO_LANG"] = "en"
        variables.merge(environment) { $1 }
        process.environment = variables
        return process
    }

    /// Runs any program in the folder, with keys and settings of the person out of the way, and `input`
    /// to read.
    func run(_ program: String, _ arguments: [String], input: String = "") throws -> Result {
        let process = prepared(program, arguments)
        let (output, talk) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = talk
        let given = Pipe()
        process.standardInput = given
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
        // Both pipes are drained at once: a full one would stop the program.
        let said = Mutex(Data())
        let done = DispatchSemaphore(value: 0)
        let waiting = Thread {
            said.withLock { $0 = talk.fileHandleForReading.readDataToEndOfFile() }
            done.signal()
        }
        waiting.start()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        done.wait()
        return Result(
            status: process.terminationStatus,
            output: String(decoding: data, as: UTF8.self),
            talk: String(decoding: said.withLock { $0 }, as: UTF8.self)
        )
    }
}

/// A folder with a few documents and their library, made once for a suite.
final class SampleFolder: Sendable {
    static let shared = Swift.Result { try SampleFolder() }

    let path: String

    init() throws {
        let name = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: name + "/notes",
            withIntermediateDirectories: true
        )
        path = URL(filePath: name).resolvingSymlinksInPath().path
        let texts = [
            "lease.md": """
            ---
            author: Ana
            date: 2024-03-05
            ---
            # The lease

            The lease of the workshop is renewed every year on the first of March.

            ## Rent

            The rent is 420 euro a month, paid to the bicycle cooperative.
            """,
            "techo.md": """
            # El techo solar

            Las cuarenta placas del techo dan luz al taller. El inversor es un Suncore X3.
            """,
            "broken.bin": "\u{0}\u{1}\u{2}",
        ]
        for (name, text) in texts {
            try Data(text.utf8).write(to: URL(filePath: path + "/notes/" + name))
        }
        let result = try Program(folder: path)("index", "notes")
        guard result.status == 0 else { throw Failure(talk: result.talk) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The program beside a library of its own of the same notes, which a test may change and has to remove.
    static func copy() throws -> Program {
        let folder = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try manager.copyItem(atPath: shared.get().path + "/notes", toPath: folder + "/notes")
        let program = Program(folder: URL(filePath: folder).resolvingSymlinksInPath().path)
        _ = try program("index", "notes")
        return program
    }

    struct Failure: Error, CustomStringConvertible {
        let talk: String
        var description: String { "the sample could not be indexed: \(talk)" }
    }
}
