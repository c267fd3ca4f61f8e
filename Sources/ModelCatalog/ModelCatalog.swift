public import UserConfiguration
public import Embedding
internal import Foundation
internal import Providers
internal import SentenceEncoder

/// The embedding models and the rerankers of this machine, and the ways to name one.
public struct ModelCatalog: Sendable {
    /// What is embedded with unless a library or a person says otherwise.
    public static let defaultModel = "multilingual-e5-small"

    /// The folder that holds a folder for each model.
    public let folder: String

    let environment: [String: String]

    /// The catalog that `VECINO_MODELS`, `XDG_DATA_HOME` or the home folder lead to.
    public init(environment: [String: String] = ProcessEnvironment.environment) {
        self.environment = environment
        let home = environment["HOME"] ?? NSHomeDirectory()
        folder =
            environment["VECINO_MODELS"].flatMap { $0.isEmpty ? nil : $0 }
            ?? (environment["XDG_DATA_HOME"].flatMap { $0.isEmpty ? nil : $0 }
                ?? home + "/.local/share") + "/vecino/models"
    }

    /// A model in the catalog's folder.
    public struct Installed: Codable, Hashable, Sendable {
        /// The name that `--model` takes.
        public let name: String
        /// What it is for; nil where that cannot be told, as of models that cannot be run.
        public let purpose: Purpose?
        /// Its folder.
        public let path: String
        /// Bytes on disk.
        public let size: Int64
    }

    /// The models in the folder, by name.
    public func installed() -> [Installed] {
        let manager = FileManager.default
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            guard let (path, files) = model(named: name) else { return nil }
            let size = files.reduce(Int64(0)) { sum, file in
                let attributes = try? manager.attributesOfItem(atPath: path + "/" + file)
                return sum + ((attributes?[.size] as? NSNumber)?.int64Value ?? 0)
            }
            let purpose = (try? ModelKind.ofModel(at: path)).map(Purpose.init)
            return Installed(name: name, purpose: purpose, path: path, size: size)
        }
    }

    /// What a model is for.
    public enum Purpose: String, Codable, Hashable, Sendable {
        /// Embedding texts: `--model` takes it.
        case embedding
        /// Reading two texts together, a cross-encoder: `--rerank` takes it.
        case reranking

        init(_ kind: ModelKind) {
            switch kind {
            case .embedder: self = .embedding
            case .pairClassifier: self = .reranking
            }
        }
    }

    /// The names of the models in the folder that are for one purpose.
    public func names(for purpose: Purpose) -> [String] {
        installed().filter { $0.purpose == purpose }.map(\.name)
    }

    /// The folder of an installed model and the names of the files in it.
    private func model(named name: String) -> (path: String, files: [String])? {
        let path = folder + "/" + name
        guard !name.isEmpty, !name.hasPrefix("."), !name.contains("/"),
            let files = try? FileManager.default.contentsOfDirectory(atPath: path),
            files.contains(where: { $0.hasSuffix(".gguf") || $0 == "config.json" })
        else { return nil }
        return (path, files)
    }

    /// Makes the embedder that `name` stands for.
    ///
    /// - Parameters:
    ///   - name: an installed model's name, `local:NAME` or `local:NAME:FINGERPRINT`, the path of a
    ///     folder or `.gguf` file, or `PROVIDER:NAME` for one of a provider that embeds.
    ///   - baseURL: the server of a provider's model, if not the usual one.
    /// - Returns: the embedder; a local model is loaded.
    /// - Throws: `ModelCatalogError`, `EmbeddingError` or `SentenceEncoderError`.
    public func embedder(named name: String, baseURL: String? = nil) throws -> any Embedder {
        let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
        if parts.count == 2, parts[0] == "local" {
            return try local(String(parts[1].split(separator: ":").first ?? ""))
        }
        if let (provider, model) = remote(name) {
            return try provider.embedder(
                model,
                by: ModelRoute(baseURL: baseURL),
                environment: KeyFile.adding(to: environment),
                addresses: Settings(library: nil, environment: environment).addresses ?? [:]
            )
        }
        if name.contains("/") || name.hasSuffix(".gguf") {
            return InProcessEmbedder(try SentenceEncoder(contentsOf: name))
        }
        return try local(name)
    }

    /// Loads the cross-encoder that `name` stands for.
    ///
    /// - Parameters:
    ///   - name: an installed model's name, or the path of a folder or `.gguf` file.
    ///   - threads: how many compute; all of the machine's if nil.
    /// - Returns: the model, loaded.
    /// - Throws: `ModelCatalogError` or `EmbeddingError`.
    public func crossEncoder(named name: String, threads: Int? = nil) throws -> CrossEncoder {
        if name.contains("/") || name.hasSuffix(".gguf") {
            return try CrossEncoder(contentsOf: name, threads: threads)
        }
        guard let model = model(named: name) else {
            throw ModelCatalogError.rerankerNotInstalled(
                name,
                folder: folder,
                installed: names(for: .reranking)
            )
        }
        return try CrossEncoder(contentsOf: model.path, threads: threads)
    }

    private func local(_ name: String) throws -> any Embedder {
        guard let model = model(named: name) else {
            throw ModelCatalogError.modelNotInstalled(
                name,
                folder: folder,
                installed: names(for: .embedding)
            )
        }
        return InProcessEmbedder(try SentenceEncoder(contentsOf: model.path))
    }
}

// MARK: - Remote models, adding and checking

extension ModelCatalog {
    /// The provider and the model that `name` stands for; nil if it is a local model's.
    private func remote(_ name: String) -> (provider: Provider, model: String)? {
        guard let (provider, model) = Provider.split(name), provider.embeds else { return nil }
        if let model { return model.isEmpty ? nil : (provider, model) }
        // A provider's name alone stands for its usual model, unless a local one is called so.
        guard self.model(named: name) == nil else { return nil }
        return provider.embeddingModel.map { (provider, $0) }
    }

    /// Makes sure that `name` stands for a model that can be used on this machine.
    public func check(_ name: String) throws {
        if remote(name) == nil { _ = try embedder(named: name) }
    }

    /// Copies a model into the catalog's folder, once it has been loaded and has read a text.
    ///
    /// - Parameters:
    ///   - path: a Hugging Face folder, a folder with one `.gguf` file, or a `.gguf` file.
    ///   - name: the name to give it; nil for the folder's or file's own.
    /// - Returns: the model in its place.
    /// - Throws: `SentenceEncoderError`, `ModelCatalogError.alreadyInstalled`, or what copying throws.
    public func add(_ path: String, name: String? = nil) throws -> Installed {
        let source = URL(filePath: path).standardizedFileURL
        let isFile = source.pathExtension == "gguf"
        let own =
            isFile ? source.deletingPathExtension().lastPathComponent : source.lastPathComponent
        let name = try checkedName(name ?? own)
        try Self.tryOut(source.path(percentEncoded: false))
        let manager = FileManager.default
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        // Copied beside its place and then renamed: a model is there whole, or not at all.
        let staging = URL(filePath: folder).appending(path: ".adding-\(name)")
        try? manager.removeItem(at: staging)
        do {
            if isFile {
                try manager.createDirectory(at: staging, withIntermediateDirectories: true)
                try manager.copyItem(at: source, to: staging.appending(path: "model.gguf"))
            } else {
                try manager.copyItem(at: source, to: staging)
            }
            let place = URL(filePath: folder).appending(path: name)
            try manager.moveItem(at: staging, to: place)
        } catch {
            try? manager.removeItem(at: staging)
            throw error
        }
        return try found(name)
    }

    /// Moves a folder that lies in the catalog's folder to its place, once it has been tried.
    func install(_ path: String, name: String) throws -> Installed {
        try Self.tryOut(path)
        try FileManager.default.moveItem(atPath: path, toPath: folder + "/" + name)
        return try found(name)
    }

    /// Makes sure that `name` may be given to a new model.
    func checkedName(_ name: String) throws(ModelCatalogError) -> String {
        guard !name.isEmpty, !name.contains("/"), !name.contains(":"), !name.hasPrefix(".") else {
            throw .unknownModel(name)
        }
        if model(named: name) != nil { throw .alreadyInstalled(name, folder: folder) }
        return name
    }

    private static func tryOut(_ path: String) throws(SentenceEncoderError) {
        switch try ModelKind.ofModel(at: path) {
        case .embedder:
            let encoder = try SentenceEncoder(contentsOf: path)
            _ = encoder.embed(["Hola, vecino."], as: .passage, threads: 1)
        case .pairClassifier:
            let classifier = try PairClassifier(contentsOf: path)
            _ = classifier.logits(of: [("Hola", "Hola, vecino.")], threads: 1)
        }
    }

    private func found(_ name: String) throws(ModelCatalogError) -> Installed {
        guard let added = installed().first(where: { $0.name == name }) else {
            throw .unknownModel(name)
        }
        return added
    }
}
