import Digests
import Foundation
import ScriptedServer
import Synchronization
import Testing

/// A hub on this machine: a real HTTP server with the paths of the Hugging Face hub, serving a tiny model.
private final class Hub: Sendable {
    static let commit = "0123456789abcdef0123456789abcdef01234567"

    /// What it does wrong.
    struct Faults: Sendable {
        /// Files that are sent in part only, so many times.
        var cuts: [String: Int] = [:]
        /// Files of which it sends half the first time, and then nothing for as long as a test may take.
        var stops: Set<String> = []
        /// The status of every reply, if it refuses.
        var status: String?
        /// The SHA-256 that it states of the weights.
        var sum: String?
        /// Another server that it redirects to for the weights.
        var elsewhere: String?
        /// Contents that differ from the tiny model's; nil for files that are not there.
        var files: [String: Data?] = [:]
    }

    let server: ScriptedServer

    init(_ faults: Faults = Faults()) async throws {
        var files: [String: Data] = [:]
        for name in ["config.json", "tokenizer.json", "model.safetensors", "1_Pooling/config.json"]
        {
            files[name] = try Data(contentsOf: URL(filePath: Checkout.tinyModel + "/" + name))
        }
        for (name, data) in faults.files { files[name] = data }
        let contents = files
        let cuts = CutCounts(faults.cuts)
        let stops = CutCounts(Dictionary(uniqueKeysWithValues: faults.stops.map { ($0, 1) }))
        server = try await ScriptedServer { _, request in
            let path = String(request.split(separator: " ")[1])
            if let status = faults.status {
                return ScriptedServer.reply(status, "{\"error\":\"no\"}")
            }
            if path == "/api/models/acme/tiny?blobs=true" {
                return ScriptedServer.reply("200 OK", Self.listing(contents, faults.sum))
            }
            let prefix = "/acme/tiny/resolve/\(Self.commit)/"
            guard path.hasPrefix(prefix), let data = contents[String(path.dropFirst(prefix.count))]
            else { return ScriptedServer.reply("404 Not Found", "Entry not found") }
            let name = String(path.dropFirst(prefix.count))
            if name == "model.safetensors", let elsewhere = faults.elsewhere {
                return ScriptedServer.reply(
                    "302 Found",
                    headers: "Location: \(elsewhere)\(path)\r\n",
                    ""
                )
            }
            let stops = stops.take(name)
            return Self.send(
                data,
                to: request,
                isCut: stops || cuts.take(name),
                pause: stops ? 86_400_000 : 50
            )
        }
    }

    /// A reply with the part of `data` that was asked for, or with half of that.
    private static func send(
        _ data: Data,
        to request: String,
        isCut: Bool,
        pause: Int64
    ) -> [ScriptedServer.Step] {
        let range = request.lowercased().split(separator: "\r\n").first { $0.hasPrefix("range: ") }
        let start = range.flatMap { Int($0.split(separator: "=")[1].dropLast()) } ?? 0
        let part = Array(data.dropFirst(start))
        let head =
            range == nil
            ? "200 OK\r\n"
            : "206 Partial Content\r\nContent-Range: bytes \(start)-\(data.count - 1)/\(data.count)\r\n"
        return [
            .text("HTTP/1.1 \(head)Content-Length: \(part.count)\r\nConnection: close\r\n\r\n"),
            .send(isCut ? Array(part.prefix(part.count / 2)) : part), .pause(pause),
        ]
    }

    private static func listing(_ files: [String: Data], _ sum: String?) -> String {
        let siblings = files.map { name, data in
            let fields: String
            if name == "model.safetensors" {
                let digits = sum ?? Digest.of(Array(data)).hexadecimal
                fields = "\"lfs\":{\"sha256\":\"\(digits)\",\"size\":\(data.count)}"
            } else {
                let blob = Data("blob \(data.count)\0".utf8) + data
                fields = "\"blobId\":\"\(Digest.of(Array(blob), by: .sha1).hexadecimal)\""
            }
            return "{\"rfilename\":\"\(name)\",\"size\":\(data.count),\(fields)}"
        }
        return "{\"sha\":\"\(commit)\",\"siblings\":[\(siblings.joined(separator: ","))]}"
    }

    /// The requests for the weights.
    var weights: [String] {
        server.requests.filter { $0.contains("model.safetensors HTTP") }
    }
}

private final class CutCounts: Sendable {
    private let counts: Mutex<[String: Int]>
    init(_ counts: [String: Int]) { self.counts = Mutex(counts) }
    func take(_ name: String) -> Bool {
        counts.withLock { counts in
            guard let left = counts[name], left > 0 else { return false }
            counts[name] = left - 1
            return true
        }
    }
}

@Suite struct PullModelTests {
    /// A new folder to pull into, and the program that pulls from `hub`.
    private func withProgram(
        _ hub: String,
        token: String? = nil,
        _ body: (Program) async throws -> Void
    ) async throws {
        let folder = NSTemporaryDirectory() + "vecino-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var environment = ["VECINO_MODELS": folder + "/models", "HF_ENDPOINT": hub]
        environment["HF_TOKEN"] = token ?? ""
        environment["HF_HUB_OFFLINE"] = ""
        try await body(Program(folder: folder, environment: environment))
    }

    private func isInstalled(_ program: Program) -> Bool {
        FileManager.default.fileExists(atPath: program.folder + "/models/tiny/model.safetensors")
    }

    @Test func aModelIsFetchedCheckedAndInstalled() async throws {
        let hub = try await Hub()
        try await withProgram(hub.server.address) { program in
            let result = try program("model", "pull", "acme/tiny", "--json")
            #expect(result.status == 0, "\(result.talk)")
            struct Pulled: Decodable {
                let name, repository, revision: String
                let fetched: Int
            }
            let pulled = try JSONDecoder().decode(Pulled.self, from: Data(result.output.utf8))
            #expect(pulled.name == "tiny" && pulled.repository == "acme/tiny")
            #expect(pulled.revision == Hub.commit && pulled.fetched > 1000)
            let source = try Data(
                contentsOf: URL(filePath: Checkout.tinyModel + "/model.safetensors")
            )
            let path = program.folder + "/models/tiny/"
            #expect(try Data(contentsOf: URL(filePath: path + "model.safetensors")) == source)
            let rest = try FileManager.default.contentsOfDirectory(
                atPath: program.folder + "/models"
            )
            #expect(rest == ["tiny"])
            let listed = try program("model", "list")
            #expect(listed.output.contains(" tiny\t"))
            // Settings before weights.
            let paths = hub.server.requests.map { $0.split(separator: " ")[1] }
            #expect(paths.first == "/api/models/acme/tiny?blobs=true")
            #expect(paths.last?.hasSuffix("model.safetensors") == true)
            #expect(paths.dropFirst().first?.hasSuffix("/config.json") == true)
            // A second time there is nothing to do, and nothing is asked.
            let count = hub.server.requests.count
            let again = try program("model", "pull", "acme/tiny")
            #expect(again.status == 3 && again.talk.contains("already"))
            #expect(hub.server.requests.count == count)
        }
        try await hub.server.stop()
    }

    @Test func aBrokenConnectionIsTakenUpWhereItBroke() async throws {
        let hub = try await Hub(.init(cuts: ["model.safetensors": 2, "tokenizer.json": 1]))
        try await withProgram(hub.server.address) { program in
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 0, "\(result.talk)")
            #expect(isInstalled(program))
            #expect(hub.weights.count == 3)
            #expect(
                hub.weights.dropFirst().allSatisfy { $0.lowercased().contains("range: bytes=") }
            )
        }
        try await hub.server.stop()
    }

    @Test func aSecondRunGoesOnWhereTheFirstStopped() async throws {
        let broken = try await Hub(.init(files: ["model.safetensors": Data()]))
        // A hub that goes away: the weights' first half, then nothing listens any more.
        let hub = try await Hub()
        try await withProgram(broken.server.address) { program in
            let size = try Data(
                contentsOf: URL(filePath: Checkout.tinyModel + "/model.safetensors")
            )
            let staging =
                program.folder + "/models/.pulling/acme--tiny@\(Hub.commit.prefix(12))/tiny"
            try FileManager.default.createDirectory(
                atPath: staging,
                withIntermediateDirectories: true
            )
            try size.prefix(1000).write(to: URL(filePath: staging + "/model.safetensors.part"))
            var again = program
            again.environment["HF_ENDPOINT"] = hub.server.address
            let result = try again("model", "pull", "acme/tiny", "--json")
            #expect(result.status == 0, "\(result.talk)")
            #expect(result.talk.contains("1.0 kB of it here already"))
            #expect(hub.weights.count == 1)
            #expect(hub.weights[0].lowercased().contains("range: bytes=1000-\r\n"))
            #expect(isInstalled(again))
        }
        try await broken.server.stop()
        try await hub.server.stop()
    }

    @Test func whatKeepsBreakingIsReportedAndKept() async throws {
        let hub = try await Hub(.init(cuts: ["config.json": 0]))
        try await withProgram(hub.server.address) { program in
            var gone = program
            try await hub.server.stop()
            gone.environment["HF_ENDPOINT"] = hub.server.address
            let result = try gone("model", "pull", "acme/tiny")
            #expect(result.status == 4)
            #expect(result.talk.contains("nothing answers at"), "\(result.talk)")
            // Nothing came, and nothing else is said.
            #expect(result.talk.contains("Nothing was fetched"), "\(result.talk)")
            #expect(!result.talk.contains("kept"), "\(result.talk)")
        }
    }

    /// The folder that a download comes into.
    private func staging(_ program: Program) -> String {
        program.folder + "/models/.pulling/acme--tiny@\(Hub.commit.prefix(12))/tiny"
    }

    private func size(_ path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.intValue ?? 0
    }

    /// A file that may grow no further stands for a full disk.
    @Test func aFullDiskKeepsWhatCame() async throws {
        let hub = try await Hub()
        try await withProgram(hub.server.address) { program in
            // In units of 512 bytes: the settings fit, the weights do not.
            let full = try program.run(
                "/bin/sh",
                ["-c", "ulimit -f 64; exec \"$0\" model pull acme/tiny", Program.path]
            )
            #expect(full.status == 4, "\(full.talk)")
            #expect(full.talk.contains("cannot be written"), "\(full.talk)")
            let part = staging(program) + "/model.safetensors.part"
            let kept = size(part)
            #expect(kept == 64 * 512)
            #expect(full.talk.contains("is kept"), "\(full.talk)")
            #expect(!isInstalled(program))
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 0, "\(result.talk)")
            #expect(hub.weights.last?.lowercased().contains("range: bytes=\(kept)-") == true)
            #expect(isInstalled(program))
        }
        try await hub.server.stop()
    }

    @Test func anInterruptedPullIsGoneOnWith() async throws {
        let hub = try await Hub(.init(stops: ["model.safetensors"]))
        try await withProgram(hub.server.address) { program in
            let process = try program.start("model", "pull", "acme/tiny")
            let part = staging(program) + "/model.safetensors.part"
            let half = size(Checkout.tinyModel + "/model.safetensors") / 2
            // On this thread: a task that sleeps may come back after the client has given up waiting.
            while size(part) < half, process.isRunning { usleep(20_000) }
            #expect(size(part) == half)
            process.interrupt()
            process.waitUntilExit()
            #expect(process.terminationStatus == 130)
            #expect(size(part) == half)
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 0, "\(result.talk)")
            #expect(hub.weights.count == 2)
            #expect(hub.weights.last?.lowercased().contains("range: bytes=\(half)-") == true)
            #expect(isInstalled(program))
        }
        try await hub.server.stop()
    }

    @Test func aWrongChecksumIsRefusedAndThrownAway() async throws {
        let hub = try await Hub(.init(sum: String(repeating: "ab", count: 32)))
        try await withProgram(hub.server.address) { program in
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 4)
            #expect(
                result.talk.contains("model.safetensors of acme/tiny arrived with another checksum")
            )
            #expect(!isInstalled(program))
            let staging =
                program.folder + "/models/.pulling/acme--tiny@\(Hub.commit.prefix(12))/tiny"
            let left = try FileManager.default.contentsOfDirectory(atPath: staging)
            #expect(!left.contains { $0.hasPrefix("model.safetensors") })
            // What is there in part is no model.
            #expect(try program("model", "list").status == 1)
        }
        try await hub.server.stop()
    }

    @Test func theTokenStaysWithTheFirstHost() async throws {
        let store = try await Hub()
        let hub = try await Hub(.init(elsewhere: store.server.address))
        try await withProgram(hub.server.address, token: "hf_verysecret") { program in
            let result = try program("model", "pull", "acme/tiny", "--json")
            #expect(result.status == 0, "\(result.talk)")
            #expect(isInstalled(program))
            let asked = hub.server.requests
            #expect(asked.allSatisfy { $0.contains("Authorization: Bearer hf_verysecret") })
            let redirected = store.server.requests
            #expect(redirected.count == 1)
            #expect(!redirected.contains { $0.lowercased().contains("authorization") })
            #expect(!(result.output + result.talk).contains("hf_verysecret"))
        }
        try await hub.server.stop()
        try await store.server.stop()
    }

    @Test(arguments: [
        ("403 Forbidden", "hf_verysecret", "accept the model's conditions"),
        ("401 Unauthorized", nil, "set HF_TOKEN"), ("404 Not Found", nil, "has no acme/tiny"),
        ("200 OK", nil, "not a Hugging Face hub"),
    ])
    func refusalsSayWhatToDo(status: String, token: String?, words: String) async throws {
        let hub = try await Hub(.init(status: status))
        try await withProgram(hub.server.address, token: token) { program in
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 4)
            #expect(result.talk.contains(words), "\(result.talk)")
            #expect(!result.talk.contains("hf_verysecret"))
            #expect(!isInstalled(program))
        }
        try await hub.server.stop()
    }

    @Test(arguments: [
        ("modernbert", "its architecture is modernbert"), ("t5", "its architecture is t5"),
        ("qwen3", "its architecture is qwen3"),
    ])
    func otherArchitecturesAreRefusedBeforeTheWeights(kind: String, words: String) async throws {
        let config = Data(#"{"model_type": "\#(kind)", "hidden_size": 32}"#.utf8)
        let hub = try await Hub(.init(files: ["config.json": config]))
        try await withProgram(hub.server.address) { program in
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 4)
            #expect(result.talk.contains(words), "\(result.talk)")
            #expect(hub.weights.isEmpty)
        }
        try await hub.server.stop()
    }

    @Test func picklesAreNotFetched() async throws {
        let hub = try await Hub(
            .init(files: ["model.safetensors": nil, "pytorch_model.bin": Data([1, 2, 3])])
        )
        try await withProgram(hub.server.address) { program in
            let result = try program("model", "pull", "acme/tiny")
            #expect(result.status == 4)
            #expect(result.talk.contains("Python pickle"), "\(result.talk)")
            #expect(hub.server.requests.count == 1)
        }
        try await hub.server.stop()
    }

    /// What a hub calls a file names no place outside the model's folder.
    @Test(arguments: ["../../evil.gguf", "/tmp/vecino-evil.gguf", "sub/evil.gguf"])
    func filesOfOtherFoldersAreNotFetched(name: String) async throws {
        let hub = try await Hub(
            .init(files: ["model.safetensors": nil, name: Data([1, 2, 3])])
        )
        try await withProgram(hub.server.address) { program in
            for arguments in [[], ["--file", name]] {
                let result = try program.run(
                    Program.path,
                    ["model", "pull", "acme/tiny"] + arguments
                )
                #expect(result.status == 4)
                #expect(result.talk.contains("GGUF file"), "\(result.talk)")
                #expect(hub.server.requests.allSatisfy { !$0.contains("resolve") })
            }
        }
        try await hub.server.stop()
    }

    @Test func offlineSendsNothing() async throws {
        let hub = try await Hub()
        try await withProgram(hub.server.address) { program in
            let flag = try program("model", "pull", "acme/tiny", "--offline")
            #expect(flag.status == 4 && flag.talk.contains("nothing was sent"))
            var offline = program
            offline.environment["HF_HUB_OFFLINE"] = "1"
            #expect(try offline("model", "pull", "acme/tiny").status == 4)
            let name = try program("model", "pull", "../tiny")
            #expect(name.status == 4 && name.talk.contains("ORG/NAME"))
            #expect(hub.server.requests.isEmpty)
        }
        try await hub.server.stop()
    }
}
