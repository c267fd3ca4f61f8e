internal import Foundation
internal import HTTPTransport

/// A Hugging Face hub: what a repository holds, and its files.
struct ModelHub: Sendable {
    /// A file of a repository.
    struct File: Sendable {
        let name: String
        /// Its length, if the hub says so.
        let size: Int64?
        /// What it must be.
        let checksum: FileChecksum?
    }

    /// A repository at one commit.
    struct Contents: Sendable {
        let repository: String
        let commit: String
        let files: [File]
        /// What the hub read out of the repository's GGUF files.
        let architecture: String?

        func file(_ name: String) -> File? { files.first { $0.name == name } }
    }

    /// Where the hub is, without a slash at the end.
    let address: String
    private let token: Secret?
    private let transport: Transport

    /// The hub that `HF_ENDPOINT` names, with the token in `HF_TOKEN`.
    init(environment: [String: String]) {
        let named = environment["HF_ENDPOINT"] ?? ""
        address = trimmedBase(named.isEmpty ? "https://huggingface.co" : named)
        token = Secret(environment["HF_TOKEN"])
        var policy = Transport.Policy()
        policy.idleMilliseconds = 30_000
        transport = Transport(policy: policy)
    }

    /// Checks the form of ORG/NAME; the hub's address before it, as it is copied from a browser, is
    /// dropped.
    func repository(_ text: String) throws(ModelHubError) -> String {
        var name = text[...]
        for prefix in [address + "/", "https://huggingface.co/"] where name.hasPrefix(prefix) {
            name = name.dropFirst(prefix.count)
        }
        while name.last == "/" { name.removeLast() }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && !part.hasPrefix(".")
                && part.utf8.allSatisfy { byte in
                    byte < 0x80
                        && (Character(UnicodeScalar(byte)).isLetter
                            || Character(UnicodeScalar(byte)).isNumber || "-_.".utf8.contains(byte))
                }
        }
        guard parts.count == 2, isPlain else { throw .badName(text) }
        return String(name)
    }

    /// Asks what is in a repository.
    func contents(of repository: String, revision: String) async throws -> Contents {
        var path = "/api/models/\(repository)"
        if revision != "main" { path += "/revision/\(Self.escaped(revision))" }
        let bytes: [UInt8]
        do {
            bytes = try await transport.fetch(request(path + "?blobs=true"), limit: 32 << 20)
        } catch { throw explain(error, repository, revision) }
        let answer: Answer
        do {
            answer = try JSONDecoder().decode(Answer.self, from: Data(bytes))
        } catch { throw ModelHubError.notAHub(address) }
        guard answer.sha.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
            !answer.sha.isEmpty
        else { throw ModelHubError.notAHub(address) }
        let files = answer.siblings.map { file in
            File(
                name: file.rfilename,
                size: file.lfs?.size ?? file.size,
                checksum: (file.lfs?.sha256).flatMap(FileChecksum.init(sha256:))
                    ?? file.blobId.flatMap { FileChecksum(blob: $0) }
            )
        }
        return Contents(
            repository: repository,
            commit: answer.sha,
            files: files,
            architecture: answer.gguf?.architecture
        )
    }

    /// Gets a file, or what is missing of it after `offset`.
    func download(
        _ file: File,
        of contents: Contents,
        from offset: Int64,
        _ receive: (Transport.DownloadEvent) throws -> Void
    ) async throws {
        let name = file.name.split(separator: "/").map { Self.escaped(String($0)) }
            .joined(separator: "/")
        do {
            try await transport.download(
                request("/\(contents.repository)/resolve/\(contents.commit)/\(name)"),
                from: offset,
                count: file.size,
                limit: 1 << 40,
                receive
            )
        } catch { throw explain(error, contents.repository, contents.commit, file: file.name) }
    }

    private func request(_ path: String) -> Transport.Request {
        Transport.Request(
            address: address + path,
            headers: [("User-Agent", "vecino")],
            key: token.map { ("Authorization", "Bearer ", $0) },
            body: nil
        )
    }

    private func explain(
        _ error: any Error,
        _ repository: String,
        _ revision: String,
        file: String? = nil
    ) -> any Error {
        guard let error = error as? TransportError else { return error }
        switch error {
        case .offline:
            return ModelHubError.offline
        case .status(401, _, _), .status(403, _, _):
            return ModelHubError.refused(
                page: "\(address)/\(repository)",
                hasToken: token != nil
            )
        case .status(404, _, _):
            return ModelHubError.notFound(
                repository + (file.map { "/" + $0 } ?? ""),
                revision: revision,
                hub: address
            )
        default:
            return ModelHubError.transport(hub: address, reason: "\(error)")
        }
    }

    private static func escaped(_ text: String) -> String {
        var plain = CharacterSet.alphanumerics
        plain.insert(charactersIn: "-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? text
    }

    /// The hub's reply, as far as it matters.
    private struct Answer: Decodable {
        struct Sibling: Decodable {
            struct LFS: Decodable {
                let sha256: String?
                let size: Int64?
            }
            let rfilename: String
            let size: Int64?
            let blobId: String?
            let lfs: LFS?
        }
        struct GGUF: Decodable {
            let architecture: String?
        }
        let sha: String
        let siblings: [Sibling]
        let gguf: GGUF?
    }
}

/// Why a model could not be had from a hub.
@nonexhaustive public enum ModelHubError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Not of the form ORG/NAME.
    case badName(String)
    /// The network is not to be used.
    case offline
    /// The hub has no such repository, revision or file.
    case notFound(String, revision: String, hub: String)
    /// The hub does not hand it to us.
    case refused(page: String, hasToken: Bool)
    /// What answers is not a hub.
    case notAHub(String)
    /// The repository has several files that could be the model.
    case severalFiles(String, [String])
    /// The repository has nothing that can be run.
    case unusable(String, reason: String)
    /// A file is not what the hub says it is.
    case wrongChecksum(String, repository: String)
    /// The hub does not say what a file must be.
    case noChecksum(String, hub: String)
    /// The disk has too little room.
    case noRoom(needed: Int64, path: String)
    /// A file could not be written; so many bytes of the model came and are kept.
    case unwritable(String, reason: String, kept: Int64 = 0)
    /// Another process is pulling the same model.
    case busy(String)
    /// The network or the server failed; so many bytes of the model came and are kept.
    case transport(hub: String, reason: String, kept: Int64 = 0)

    /// What happened, and what to do about it.
    public var description: String {
        switch self {
        case .badName(let text):
            "“\(text)” is no model of a hub: write ORG/NAME, such as BAAI/bge-small-en-v1.5."
        case .offline:
            "A model is pulled over the network, which may not be used: nothing was sent. "
                + "`vecino model add FOLDER` takes one that is on this machine."
        case .notFound(let name, let revision, let hub):
            "\(hub) has no \(name) at revision \(revision): check the spelling, and the revision."
        case .refused(let page, let hasToken):
            hasToken
                ? "The hub refuses with the token in HF_TOKEN: open \(page), accept the model's "
                    + "conditions there if it has any, and check that the token may read it."
                : "The hub refuses without a token: the model does not exist, is private, or asks for "
                    + "its conditions to be accepted. Open \(page), then set HF_TOKEN to a token "
                    + "that may read it."
        case .notAHub(let address):
            "What answers at \(address) is not a Hugging Face hub: check HF_ENDPOINT."
        case .severalFiles(let name, let files):
            "\(name) has several GGUF files, and one must be chosen: \(files.joined(separator: ", "))."
        case .unusable(let name, let reason):
            "\(name) cannot be used: \(reason). BERT-family sentence encoders can, such as "
                + "BAAI/bge-small-en-v1.5 or intfloat/multilingual-e5-base."
        case .wrongChecksum(let file, let repository):
            "\(file) of \(repository) arrived with another checksum than the hub states and was thrown "
                + "away: run this again; if it happens again, do not trust the way there."
        case .noChecksum(let file, let hub):
            "\(hub) states no checksum of \(file), so it was not taken: use another HF_ENDPOINT."
        case .noRoom(let needed, let path):
            "\(path) has too little room, \(needed / 1_000_000 + 1) MB are needed: free some, or set "
                + "VECINO_MODELS to a folder on another disk."
        case .unwritable(let path, let reason, let kept):
            "\(path) cannot be written (\(reason)): free some room, or set VECINO_MODELS to a folder "
                + "that you can write." + Self.advice(kept)
        case .busy(let name):
            "Another vecino is pulling \(name): wait for it to finish."
        case .transport(_, let reason, let kept):
            (kept > 0 ? "The download stopped: " : "Nothing was fetched: ") + reason
                + Self.advice(kept)
        }
    }

    private static func advice(_ kept: Int64) -> String {
        kept > 0
            ? " What came so far, \(kept) bytes, is kept; the same command goes on there." : ""
    }

    /// This error where so many bytes of the model are kept.
    func keeping(_ bytes: Int64) -> ModelHubError {
        switch self {
        case .unwritable(let path, let reason, _): .unwritable(path, reason: reason, kept: bytes)
        case .transport(let hub, let reason, _): .transport(hub: hub, reason: reason, kept: bytes)
        default: self
        }
    }
}
