package import Corpus
package import Documents
package import Embedding
internal import Foundation
internal import TextAnalysis

/// A file that has been read and cut, before its passages are embedded.
package struct PreparedDocument: Sendable {
    /// What reading a file can come to.
    enum Result: Sendable {
        /// It is to be stored; `inputs` holds what is embedded for each of its passages.
        case read(document: NewDocument, inputs: [String])
        /// Its bytes are what they were: only its time changed.
        case touched(id: DocumentID, stamp: FileStamp)
        /// It cannot be read.
        case failed(SkipRecord)
        /// It could not be read this time; what the library holds of it stays.
        case unread(SkipRecord)
    }

    let entry: SourceFile
    let isNew: Bool
    let result: Result

    /// Changes whenever the same document would be embedded differently: part of every embedding's
    /// key, so that old ones are not taken for new.
    static let pipelineVersion = "1"

    /// Cuts passages that `embedder` reads whole, with room for their title and headings.
    package static func chunker(for embedder: any Embedder) -> Chunker {
        let room = max(64, embedder.model.maximumTokens - 56)
        return Chunker(maximumTokens: min(350, room)) { embedder.tokenCount(of: $0) }
    }

    /// Reads, decodes and cuts one file.
    init(
        file entry: SourceFile,
        known: KnownDocument?,
        source: DocumentSource,
        chunker: Chunker
    ) {
        do throws(FileSystem.Failure) {
            // What was a file when the folder was listed may be a link out of it by now.
            let bytes = try FileSystem.contents(
                of: entry.location,
                limit: 1 << 40,
                followsLink: false
            )
            self.init(entry, known: known, contents: bytes, source: source, chunker: chunker)
        } catch {
            if error.isPassing {
                self.init(entry, isNew: known == nil, unread: error.description)
                return
            }
            let reason =
                error.isMissing ? "it has gone since the folder was listed" : error.description
            self.init(
                entry,
                isNew: known == nil,
                failed: "cannot be read: \(reason)",
                code: .unreadable
            )
        }
    }

    /// Decodes and cuts `contents`, what is known of a document beside them given.
    package init(
        _ entry: SourceFile,
        known: KnownDocument?,
        contents bytes: [UInt8],
        title given: String? = nil,
        metadata extra: [String: MetadataValue] = [:],
        source: DocumentSource = DocumentSource(),
        chunker: Chunker
    ) {
        let stamp = entry.stamp
        let hash = TextHash.of(bytes)
        if let known, known.contentHash == hash {
            self.init(entry, isNew: false, result: .touched(id: known.id, stamp: stamp))
            return
        }
        do throws(DocumentError) {
            let name = entry.path.isEmpty ? entry.location : entry.path
            let parsed = try source.read(bytes, path: name)
            let chunks = chunker.chunks(of: parsed).map(\.withoutNulls)
            if chunks.isEmpty { throw .empty }
            let title = (given ?? parsed.title ?? Self.title(fromName: entry.location))
                .replacing("\0", with: " ")
            let date = DocumentDay(parsed)
            let inputs = chunks.map { chunk in
                PassageLocation.embeddedText(
                    title: title,
                    headings: chunk.headings,
                    text: chunk.text
                )
            }
            let document = NewDocument(
                path: entry.path,
                contentHash: hash,
                stamp: stamp,
                format: parsed.format,
                language: parsed.language,
                title: title,
                date: date.text,
                metadata: MetadataValue.flattened(parsed.metadata).merging(extra) { $1 },
                repairs: parsed.repairs.map(\.description) + date.remarks,
                reader: DocumentReader.version(of: parsed.format) ?? 0,
                picturePages: parsed.repairs.filter { $0.kind == .picturePages }
                    .reduce(0) { $0 + $1.count },
                chunks: chunks,
                embeddingKeys: inputs.map { TextHash.of(Self.pipelineVersion + "\0" + $0) }
            )
            self.init(
                entry,
                isNew: known == nil,
                result: .read(document: document, inputs: inputs)
            )
        } catch {
            // The system kills whom it likes where memory runs out: that says little about the file.
            if error == .crashed(signal: 9) {
                self.init(entry, isNew: known == nil, unread: "the system killed its reader")
                return
            }
            self.init(
                entry,
                isNew: known == nil,
                failed: error.description,
                code: error.code
            )
        }
    }

    /// The same file as one of which the embedding model refuses a passage; the next run tries again,
    /// since another model or another version of it may not.
    func refused(_ reason: String) -> PreparedDocument {
        PreparedDocument(
            entry,
            isNew: isNew,
            failed: "its text cannot be embedded: \(reason)",
            code: .unreadable
        )
    }

    private init(_ entry: SourceFile, isNew: Bool, result: Result) {
        self.entry = entry
        self.isNew = isNew
        self.result = result
    }

    /// A file that could not be read this time.
    private init(_ entry: SourceFile, isNew: Bool, unread reason: String) {
        let file = SkipRecord(
            path: entry.path,
            reason: reason,
            code: DocumentError.Code.unreadable.rawValue,
            reader: DocumentReader.skipVersion,
            stamp: entry.stamp
        )
        self.init(entry, isNew: isNew, result: .unread(file))
    }

    /// A file that was not read.
    private init(
        _ entry: SourceFile,
        isNew: Bool,
        failed reason: String,
        code: DocumentError.Code
    ) {
        let file = SkipRecord(
            path: entry.path,
            reason: reason,
            code: code.rawValue,
            reader: DocumentReader.skipVersion,
            stamp: entry.stamp
        )
        self.init(entry, isNew: isNew, result: .failed(file))
    }

    /// A title for a document that gives itself none: its file's name without what is only syntax.
    private static func title(fromName path: String) -> String {
        let name = PathName.last(path)
        let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? name[...]
        return String(stem.isEmpty ? name[...] : stem).replacing("_", with: " ").replacing(
            "-",
            with: " "
        )
    }
}

/// Where documents are read: in this process, or in others that do nothing else.
package struct DocumentSource: Sendable {
    var options = ReadingOptions()
    var processes: ReaderProcesses?

    /// Documents are read in this process, or in `processes`.
    package init(options: ReadingOptions = ReadingOptions(), processes: ReaderProcesses? = nil) {
        self.options = options
        self.processes = processes
    }

    func read(_ bytes: [UInt8], path: String) throws(DocumentError) -> ParsedDocument {
        if let processes { return try processes.read(bytes, path: path, options: options) }
        return try DocumentReader(options: options).read(bytes, path: path)
    }
}
