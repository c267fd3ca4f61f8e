internal import UserConfiguration
internal import Foundation
internal import HTTPTransport
internal import SentenceEncoder

/// How far a model's download is.
public enum PullProgress: Hashable, Sendable {
    /// What will be fetched: files and bytes, of which `present` are there from an earlier time.
    case planned(files: Int, bytes: Int64, present: Int64, commit: String)
    /// So many bytes of `total` are there; `file` is the one that is coming.
    case received(bytes: Int64, total: Int64, file: String)
}

/// A model that was fetched from a hub.
public struct PulledModel: Codable, Hashable, Sendable {
    /// The name that `--model`, or `--rerank`, takes.
    public let name: String
    /// What it is for.
    public let purpose: ModelCatalog.Purpose?
    /// Its folder.
    public let path: String
    /// Bytes on disk.
    public let size: Int64
    /// Where it came from: the hub's address and ORG/NAME.
    public let hub: String, repository: String
    /// The commit that was fetched.
    public let revision: String
    /// Bytes that were fetched this time.
    public let fetched: Int64
}

extension ModelCatalog {
    /// Fetches a sentence encoder or a cross-encoder from the Hugging Face hub and installs it.
    ///
    /// Settings come first: what cannot be run is refused before its weights are fetched. Files come into
    /// a hidden folder of the catalog and stay there when a download breaks off, so that the next call
    /// goes on where it stopped; each is compared with the checksum that the hub states. Then the model
    /// is loaded, tried, and moved to its place.
    ///
    /// `HF_ENDPOINT` names another hub, `HF_TOKEN` the token for models that need one; it is sent to that
    /// hub alone.
    ///
    /// - Parameters:
    ///   - text: ORG/NAME, or the address of its page.
    ///   - revision: a branch, tag or commit; nil for `main`.
    ///   - file: which `.gguf` file to take; nil for safetensors, or the only one.
    ///   - name: the name to give it; nil for NAME.
    ///   - report: is told how far it is.
    /// - Returns: the model in its place.
    /// - Throws: `ModelHubError`, `SentenceEncoderError`, `ModelCatalogError.alreadyInstalled`,
    ///   `CancellationError`.
    public func pull(
        _ text: String,
        revision: String? = nil,
        file: String? = nil,
        name: String? = nil,
        report: (PullProgress) -> Void = { _ in }
    ) async throws -> PulledModel {
        let hub = ModelHub(environment: environment)
        let repository = try hub.repository(text)
        let name = try checkedName(name ?? String(repository.split(separator: "/")[1]))
        guard !ProcessEnvironment.isOn("HF_HUB_OFFLINE", in: environment) else {
            throw ModelHubError.offline
        }
        let contents = try await hub.contents(of: repository, revision: revision ?? "main")
        let wanted = try PullPlan(contents, file: file)
        let staging = try PullFolder(catalog: folder, contents, model: name)
        defer { staging.release() }
        let all = wanted.settings + [wanted.weights]
        let total = all.reduce(0) { $0 + ($1.size ?? 0) }
        var done: Int64 = 0
        var fetched: Int64 = 0
        report(
            .planned(
                files: all.count,
                bytes: total,
                present: staging.present(all),
                commit: contents.commit
            )
        )
        do {
            for file in all {
                if file.name == wanted.weights.name {
                    if wanted.isFolder { try staging.checkSettings(repository) }
                    try staging.checkRoom(for: file)
                }
                let count = try await staging.fetch(file, of: contents, from: hub) { bytes in
                    let total = max(total, done + bytes)
                    report(.received(bytes: done + bytes, total: total, file: file.name))
                }
                fetched += count
                done += file.size ?? count
            }
        } catch {
            let kept = staging.present(all)
            if kept == 0 { staging.remove() }
            throw (error as? ModelHubError)?.keeping(kept) ?? error
        }
        try staging.finish(hub: hub.address, contents)
        let added = try install(staging.path, name: name)
        staging.remove()
        return PulledModel(
            name: added.name,
            purpose: added.purpose,
            path: added.path,
            size: added.size,
            hub: hub.address,
            repository: repository,
            revision: contents.commit,
            fetched: fetched
        )
    }
}

/// Which files of a repository make up the model.
private struct PullPlan {
    /// What is small or needed before the weights, `config.json` first.
    let settings: [ModelHub.File]
    let weights: ModelHub.File
    let isFolder: Bool

    /// What a folder needs beside its weights, in the order in which it is fetched.
    private static let names = [
        "config.json", "modules.json", "1_Pooling/config.json", "sentence_bert_config.json",
        "config_sentence_transformers.json", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE",
        "tokenizer.json",
    ]

    init(_ contents: ModelHub.Contents, file: String?) throws(ModelHubError) {
        func refuse(_ reason: String) -> ModelHubError {
            .unusable(contents.repository, reason: reason)
        }
        let files = contents.files.map(\.name)
        // Names come from the hub and become names here: none leads to another folder.
        let gguf = files.filter { $0.hasSuffix(".gguf") && !$0.contains("/") && !$0.contains("\0") }
        if let file {
            guard gguf.contains(file), let weights = contents.file(file) else {
                throw refuse(
                    "it has no GGUF file \(file)"
                        + (gguf.isEmpty ? "" : ", but \(gguf.joined(separator: ", "))")
                )
            }
            (settings, self.weights, isFolder) = ([], weights, false)
            return
        }
        if let weights = contents.file("model.safetensors") {
            for needed in ["config.json", "tokenizer.json"] where !files.contains(needed) {
                throw refuse("it has no \(needed)")
            }
            settings = Self.names.compactMap(contents.file)
            self.weights = weights
            isFolder = true
            return
        }
        if gguf.count == 1, let weights = contents.file(gguf[0]) {
            if let kind = contents.architecture, !SentenceEncoder.runs(architecture: kind) {
                throw refuse("its architecture is \(kind), not BERT's")
            }
            (settings, self.weights, isFolder) = ([], weights, false)
            return
        }
        if gguf.count > 1 {
            throw ModelHubError.severalFiles(contents.repository, gguf)
        }
        if files.contains("model.safetensors.index.json") {
            throw refuse("its weights are in several files, as those of large models are")
        }
        if files.contains(where: { $0.hasSuffix("pytorch_model.bin") }) {
            throw refuse(
                "its weights are a Python pickle only (pytorch_model.bin), which can run code when it "
                    + "is read; look for a revision or a copy with model.safetensors, or convert it "
                    + "and use `vecino model add`"
            )
        }
        throw refuse("it has neither model.safetensors nor a GGUF file")
    }
}

/// The hidden folder that a model comes into.
private struct PullFolder {
    /// The model's folder, of its final name, since some settings go by the name.
    let path: String
    private let root: String
    private let lock: Int32

    init(catalog: String, _ contents: ModelHub.Contents, model: String) throws(ModelHubError) {
        let repository = contents.repository.replacingOccurrences(of: "/", with: "--")
        root = "\(catalog)/.pulling/\(repository)@\(contents.commit.prefix(12))"
        path = "\(root)/\(model)"
        do {
            try FileManager.default.createDirectory(
                atPath: path + "/1_Pooling",
                withIntermediateDirectories: true
            )
        } catch { throw .unwritable(path, reason: error.localizedDescription) }
        lock = unsafe open(root + "/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        if lock >= 0, flock(lock, LOCK_EX | LOCK_NB) != 0 {
            close(lock)
            throw .busy(contents.repository)
        }
    }

    func release() {
        if lock >= 0 { close(lock) }
    }

    /// Bytes that are there of `files`, whole or in part.
    func present(_ files: [ModelHub.File]) -> Int64 {
        files.reduce(0) { sum, file in
            let place = "\(path)/\(file.name)"
            return sum + (Self.size(place) ?? Self.size(place + ".part") ?? 0)
        }
    }

    private static func size(_ path: String) -> Int64? {
        let attributes = try? FileManager.default.attributesOfItem(atPath: path)
        return (attributes?[.size] as? NSNumber)?.int64Value
    }

    /// Makes sure that the disk takes the file, and the prepared model that is made of it, which is no
    /// larger.
    func checkRoom(for file: ModelHub.File) throws(ModelHubError) {
        guard let size = file.size,
            let disk = try? FileManager.default.attributesOfFileSystem(forPath: path),
            let free = (disk[.systemFreeSize] as? NSNumber)?.int64Value
        else { return }
        let needed = 2 * size - (Self.size("\(path)/\(file.name).part") ?? 0)
        guard free > needed else { throw .noRoom(needed: needed, path: root) }
    }

    /// Makes sure that what is there so far describes a model that can be run.
    func checkSettings(_ repository: String) throws {
        do {
            try SentenceEncoder.checkSettings(of: path)
        } catch .unsupported(_, let reason) {
            remove()
            throw ModelHubError.unusable(repository, reason: reason)
        }
    }

    /// Fetches what is missing of a file and checks the whole.
    ///
    /// - Returns: the bytes that were fetched.
    func fetch(
        _ file: ModelHub.File,
        of contents: ModelHub.Contents,
        from hub: ModelHub,
        progress: (Int64) -> Void
    ) async throws -> Int64 {
        let place = "\(path)/\(file.name)", part = place + ".part"
        // It was checked when it got this name.
        if Self.size(place) != nil { return 0 }
        if let size = file.size, let there = Self.size(part), there > size {
            try? FileManager.default.removeItem(atPath: part)
        }
        if Self.size(part) == nil, !FileManager.default.createFile(atPath: part, contents: nil) {
            throw ModelHubError.unwritable(part, reason: "it cannot be created")
        }
        var checksum = file.checksum
        var fetched: Int64 = 0
        var count = Self.size(part) ?? 0
        // A part that is whole already needs no more than the check, if we know what to check.
        if count != file.size || checksum == nil {
            let handle: FileHandle
            do {
                handle = try FileHandle(forWritingTo: URL(filePath: part))
                try handle.seekToEnd()
            } catch { throw ModelHubError.unwritable(part, reason: error.localizedDescription) }
            defer { try? handle.close() }
            let start = checksum == nil ? 0 : count
            try await hub.download(file, of: contents, from: start) { event in
                do {
                    switch event {
                    case .begins(let offset, let header):
                        try handle.truncate(atOffset: UInt64(offset))
                        count = offset
                        let tag = header("X-Linked-Etag") ?? header("ETag")
                        if checksum == nil { checksum = tag.flatMap { FileChecksum(tag: $0) } }
                    case .bytes(let bytes):
                        try handle.write(contentsOf: bytes)
                        count += Int64(bytes.count)
                        fetched += Int64(bytes.count)
                        progress(count)
                    }
                } catch {
                    throw ModelHubError.unwritable(part, reason: error.localizedDescription)
                }
            }
            try handle.synchronize()
        }
        guard let checksum else { throw ModelHubError.noChecksum(file.name, hub: hub.address) }
        guard try checksum.matches(part) else {
            try? FileManager.default.removeItem(atPath: part)
            throw ModelHubError.wrongChecksum(file.name, repository: contents.repository)
        }
        try FileManager.default.moveItem(atPath: part, toPath: place)
        return fetched
    }

    /// Notes in the folder where its files are from.
    func finish(hub: String, _ contents: ModelHub.Contents) throws {
        let empty = path + "/1_Pooling"
        if (try? FileManager.default.contentsOfDirectory(atPath: empty))?.isEmpty == true {
            try FileManager.default.removeItem(atPath: empty)
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let note = [
            "hub": hub, "repository": contents.repository, "revision": contents.commit,
        ]
        try encoder.encode(note).write(to: URL(filePath: path + "/vecino.source.json"))
    }

    /// Removes what is left of the folder, and the folder of all pulls if it was the last.
    func remove() {
        try? FileManager.default.removeItem(atPath: root)
        let all = URL(filePath: root).deletingLastPathComponent().path
        if (try? FileManager.default.contentsOfDirectory(atPath: all))?.isEmpty == true {
            try? FileManager.default.removeItem(atPath: all)
        }
    }
}
