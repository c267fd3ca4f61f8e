internal import VectorKernels

/// Where a model's files are.
struct ModelLocation {
    /// The folder of a Hugging Face model, or a GGUF file.
    let path: String
    let isFolder: Bool
    let name: String

    /// Finds the model that `path` names: a folder with `config.json`, a folder with one GGUF file,
    /// or such a file.
    init(_ path: String) throws(SentenceEncoderError) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        let last = String(path.split(separator: "/").last ?? "model")
        guard ModelFiles.isFolder(path) else {
            guard ModelFiles.stamp(path) != nil else { throw .notFound(path: path) }
            self.path = path
            isFolder = false
            name = last.hasSuffix(".gguf") ? String(last.dropLast(5)) : last
            return
        }
        name = last
        if ModelFiles.stamp("\(path)/config.json") != nil,
            ModelFiles.stamp("\(path)/tokenizer.json") != nil
        {
            self.path = path
            isFolder = true
            return
        }
        let files = ModelFiles.names(in: path).filter { $0.hasSuffix(".gguf") }
        guard let file = files.first else { throw .notFound(path: path) }
        guard files.count == 1 else {
            throw .unsupported(
                path: path,
                reason: "it holds \(files.count) GGUF files; name the one to use"
            )
        }
        self.path = "\(path)/\(file)"
        isFolder = false
    }

    /// The files that decide what the model computes, those that exist.
    var files: [String] {
        guard isFolder else { return [path] }
        return HuggingFaceFolder.files.map { "\(path)/\($0)" }
            .filter { ModelFiles.stamp($0) != nil }
    }

    /// The files' sizes, times and inodes, in one word.
    var stamps: String {
        files.map { file in
            "\(file.dropFirst(path.count)):\(ModelFiles.stamp(file)?.text ?? "")"
        }.joined(separator: " ")
    }

    /// A hash of all that the files contain, as 16 hexadecimal digits.
    func fingerprint() throws(SentenceEncoderError) -> String {
        var hash: UInt64 = 0
        for file in files {
            let bytes = try ModelFile(file).bytes
            hash = (hash ^ ContentHash.of(bytes, in: 0..<bytes.count)) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Where the prepared file may be: beside the model, else in the user's cache.
    var preparedPaths: [String] {
        let beside = isFolder ? "\(path)/vecino.prepared" : "\(path).prepared"
        let cache =
            ModelFiles.environment("XDG_CACHE_HOME")
            ?? ModelFiles.environment("HOME").map { "\($0)/.cache" }
        guard let cache else { return [beside] }
        let key = Array(path.utf8)
        let hash = ContentHash.of(MappedBytes(copying: key), in: 0..<key.count)
        return [beside, "\(cache)/vecino/\(name)-\(String(hash, radix: 16)).prepared"]
    }
}
