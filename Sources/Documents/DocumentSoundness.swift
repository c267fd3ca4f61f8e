internal import Corpus
internal import FoundationEssentials

/// What makes a document whole, said once: readers deliver no other documents, and the process that
/// receives one from a reader process takes no other.
extension ParsedDocument {
    /// Whether every offset lies within its text and every number is finite.
    ///
    /// - Complexity: O(blocks + anchors + metadata).
    var isSound: Bool {
        source.isSound && blocks.allSatisfy { $0.isSound(in: source.utf8.count) }
            && metadata.values.allSatisfy(\.isFinite)
            && (date?.timeIntervalSinceReferenceDate.isFinite ?? true)
    }

    /// The document with every offset and number put within its limits.
    ///
    /// A reader's slip then costs a citation its exact place, and not the whole file.
    var madeSound: ParsedDocument {
        var document = self
        let length = source.utf8.count
        for index in blocks.indices where !blocks[index].isSound(in: length) {
            document.blocks[index] = blocks[index].madeSound(in: length)
        }
        document.metadata = metadata.mapValues { $0.isFinite ? $0 : .string($0.text) }
        if let date, !date.timeIntervalSinceReferenceDate.isFinite { document.date = nil }
        return document
    }
}

extension SourceText {
    /// Whether the pages begin within the text, one after the other.
    var isSound: Bool {
        pageStarts.allSatisfy { (0...utf8.count).contains($0) }
            && zip(pageStarts, pageStarts.dropFirst()).allSatisfy { $0 <= $1 }
    }
}

extension Block {
    /// The deepest heading that a document may have.
    static let deepestHeading = 64

    /// Whether the block and its anchors fit a source of `length` bytes.
    func isSound(in length: Int) -> Bool {
        if case .heading(let level) = kind, !(1...Self.deepestHeading).contains(level) {
            return false
        }
        let size = text.utf8.count
        guard (0...length).contains(anchors.end) else { return false }
        var last = Anchors.Anchor(text: 0, source: 0)
        for anchor in anchors.list {
            guard anchor.text >= last.text, anchor.text <= size, anchor.source >= last.source,
                anchor.source <= length
            else { return false }
            last = anchor
        }
        return true
    }

    fileprivate func madeSound(in length: Int) -> Block {
        var block = self
        if case .heading(let level) = kind {
            block.kind = .heading(level: min(max(level, 1), Self.deepestHeading))
        }
        let size = text.utf8.count
        var anchors = Anchors(from: min(max(self.anchors.end, 0), length))
        for anchor in self.anchors.list where (0...size).contains(anchor.text) {
            let source = min(max(anchor.source, 0), length)
            guard anchor.text >= anchors.list.last?.text ?? 0 else { continue }
            anchors.add(text: anchor.text, source: source)
        }
        block.anchors = anchors
        return block
    }
}

extension MetadataValue {
    /// Whether all of its numbers are finite: those that are not have no form in JSON.
    var isFinite: Bool {
        switch self {
        case .number(let number): number.isFinite
        case .string, .bool: true
        case .list(let values): values.allSatisfy(\.isFinite)
        case .object(let fields): fields.values.allSatisfy(\.isFinite)
        }
    }
}
