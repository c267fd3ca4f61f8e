import FTS5Index
import FTS5Lists
import Foundation
import VectorKernels

@testable import SQLiteStore
@testable import VectorIndex

/// What decodes the binary forms that a library stores.
///
/// The forms are sealed with checksums, which would keep every change out: they are put right first, so that
/// what is fuzzed is a deliberate forgery. What was decoded is searched.
func storedForms(_ name: String) -> @Sendable ([UInt8]) -> Void {
    switch name {
    case "segment": readSegment
    case "graph": readGraph
    case "postings": readPostings
    default: readSizes
    }
}

@Sendable private func readSegment(_ input: [UInt8]) {
    var bytes = input
    if bytes.count >= CodeSegmentLayout.headerSize, bytes[0] != 0 {
        let sum = CodeSegmentLayout.checksum(of: AlignedBytes(copying: bytes.span.bytes))
        put(sum, in: &bytes, at: 32)
    }
    guard let segment = try? CodeSegment(decoding: bytes) else { return }
    // Nothing that scores were exact for: what counts is that the search ends and stays inside.
    let rows = ArrayRows(
        dimensions: segment.dimensions,
        elements: [Float](repeating: 0.1, count: segment.dimensions * min(64, segment.slotCount))
    )
    guard let index = try? FlatIndex(segments: [segment], rows: rows) else { return }
    let query = (0..<segment.dimensions).map { Float($0 % 7) - 3 }
    for neighbor in (try? index.neighbors(of: query, k: 3)) ?? [] {
        precondition(segment.contains(neighbor.ordinal), "a neighbor that is not there")
    }
}

/// The parts stand one after another, each behind its length as two bytes.
@Sendable private func readGraph(_ input: [UInt8]) {
    var parts: [[UInt8]] = []
    var rest = input[...]
    while rest.count >= 2, parts.count < 4 {
        let length = Int(rest.removeFirst()) | Int(rest.removeFirst()) << 8
        parts.append(Array(rest.prefix(length)))
        rest = rest.dropFirst(length)
    }
    guard !parts.isEmpty else { return }
    for index in parts.indices.dropFirst() where parts[index].count >= 20 { seal(&parts[index]) }
    // The head ends with the parts' checksums.
    for (index, part) in parts.enumerated().dropFirst() where part.count >= 20 {
        let at = parts[0].count - 8 * (parts.count - index)
        if at >= 20 { put(ByteReader.checksum(of: part), in: &parts[0], at: at) }
    }
    if parts[0].count >= 20 { seal(&parts[0]) }
    guard let index = try? HNSWIndex(decoding: parts) else { return }
    let query = (0..<index.dimensions).map { Float($0 % 7) - 3 }
    let found = (try? index.neighbors(of: query, k: 3, ef: 8)) ?? []
    precondition(found.count <= min(3, index.count), "more neighbors than there are")
    let builder = HNSWBuilder(continuing: index)
    _ = builder.remove(found.prefix(1).map(\.ordinal))
    try? builder.insert(query, at: Ordinal(1 << 20))
    precondition(builder.violations().isEmpty, "a broken graph was taken for a whole one")
}

/// Lists of two terms in two segments, each behind its length as a byte.
@Sendable private func readPostings(_ input: [UInt8]) {
    var lists: [FTS5Doclist] = []
    var rest = input[...]
    for _ in 0..<4 where !rest.isEmpty {
        let length = Int(rest.removeFirst())
        var list = FTS5Doclist()
        let half = rest.prefix(length).count / 2
        list.add(Array(rest.prefix(half)), firstRow: 0)
        list.add(Array(rest.prefix(length).dropFirst(half)), firstRow: length % 5)
        lists.append(list)
        rest = rest.dropFirst(length)
    }
    let weights: [Double] = [1, 2, 3, 4, 5, 6]
    guard lists.count == 4, let one = try? FTS5Postings(Array(lists[..<2])),
        let other = try? FTS5Postings(Array(lists[2...]))
    else { return }
    let hits = one.frequencies(in: 0..<3, weights: weights)
    precondition(hits.rows.count == hits.frequencies.count, "hits without frequencies")
    _ = one.frequencies(before: other, in: 3..<6, weights: weights)
    _ = one.frequency(of: one.rows.last ?? 0, in: 0..<3, weights: weights)
}

@Sendable private func readSizes(_ input: [UInt8]) {
    _ = KeywordLengths.length(fromSizes: Data(input))
    _ = FTS5Segment.list(in: input)
    _ = VectorBlob.decode(Data(input))
}

private func seal(_ bytes: inout [UInt8]) {
    put(ByteReader.checksum(of: bytes), in: &bytes, at: 8)
}

private func put(_ number: UInt64, in bytes: inout [UInt8], at start: Int) {
    for index in 0..<8 {
        bytes[start + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt64(index)))
    }
}

/// Writes the stored forms of a few vectors as seeds.
func writeStoredForms(to folder: String) {
    func write(_ bytes: [UInt8], _ name: String) {
        try? Data(bytes).write(to: URL(filePath: folder + "/" + name))
    }
    for (number, metric) in [Metric.innerProduct, .l2].enumerated() {
        let rows: [[Float]] = (0..<12).map { row in
            (0..<6).map { column in Float((row * 7 + column * 3) % 11) - 5 }
        }
        let segment = try? CodeSegment(
            firstOrdinal: Ordinal(0),
            dimensions: 6,
            metric: metric,
            rows: rows.enumerated().map { $0.offset == 4 ? nil : $0.element }
        )
        write(segment?.encoded() ?? [], "segment-\(number)")
        let graph = try? HNSWIndex(
            dimensions: 6,
            metric: metric,
            vectors: rows.flatMap { $0 },
            parameters: HNSWParameters(m: 3, efConstruction: 10)
        )
        var parts: [UInt8] = []
        for part in graph?.segments() ?? [] {
            parts.append(UInt8(part.count & 0xFF))
            parts.append(UInt8(part.count >> 8))
            parts += part
        }
        write(parts, "graph-\(number)")
    }
}
