internal import TextAnalysis

/// The pieces of a record of data that may answer by themselves.
///
/// A record shows its fields one a line, `name: value`. Numbers of records, marks and questions say nothing that
/// anybody asked for.
enum RecordUnit {
    /// A field: where it stands, and where its value does.
    private struct Field {
        let name: String
        let range: Range<Int>
        let value: Range<Int>
    }

    /// Bytes of a record that is one piece.
    private static let longest = 300
    /// Bytes of a value that is one piece.
    private static let longestValue = 200

    /// The pieces of UTF-8 text; nil if it is no record.
    ///
    /// - Complexity: O(length).
    static func all(in bytes: [UInt8]) -> [CandidateUnit]? {
        let fields = fields(of: bytes)
        guard !fields.isEmpty else { return nil }
        let isQuestion = { (field: Field) in bytes[field.value.upperBound - 1] == UInt8(ascii: "?")
        }
        let asks = fields.contains(where: isQuestion)
        let telling = fields.filter { field in
            if isQuestion(field) || isMark(field, bytes) { return false }
            // Beside a question one word is a label, unless it is said to be the answer.
            return !asks || bytes[field.value].contains(0x20) || isAnswer(field.name)
        }
        guard let first = telling.first, let last = telling.last else { return [] }
        if !asks, last.range.upperBound - first.range.lowerBound <= longest {
            return [
                CandidateUnit(range: first.range.lowerBound..<last.range.upperBound, kind: .row)
            ]
        }
        return telling.flatMap { field in
            guard field.value.count > longestValue else {
                return [CandidateUnit(range: field.range, kind: .sentence)]
            }
            let start = field.value.lowerBound
            return CandidateUnit.all(in: Array(bytes[field.value])).map { unit in
                let range = start + unit.range.lowerBound..<start + unit.range.upperBound
                return CandidateUnit(range: range, kind: unit.kind)
            }
        }
    }

    /// The fields, those without a value left out; lines without a name go on with the value above them.
    private static func fields(of bytes: [UInt8]) -> [Field] {
        var fields: [Field] = []
        var start = 0
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let end = start + line.count
            defer { start = end + 1 }
            guard !line.allSatisfy({ $0 <= 0x20 }) else { continue }
            if let colon = nameEnd(of: line) {
                let value = colon + 2..<end
                let name = String(decoding: line[..<colon], as: UTF8.self)
                if bytes[value].contains(where: { $0 > 0x20 }) {
                    fields.append(Field(name: name, range: line.startIndex..<end, value: value))
                }
            } else if let last = fields.popLast() {
                fields.append(
                    Field(
                        name: last.name,
                        range: last.range.lowerBound..<end,
                        value: last.value.lowerBound..<end
                    )
                )
            } else {
                return []
            }
        }
        return fields
    }

    /// Where the colon behind a field's name stands: a name has no white space in it.
    private static func nameEnd(of line: ArraySlice<UInt8>) -> Int? {
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex,
            colon + 2 < line.endIndex, line[colon + 1] == 0x20,
            !line[..<colon].contains(where: { $0 <= 0x20 })
        else { return nil }
        return colon
    }

    /// Whether a field numbers or marks its record.
    private static func isMark(_ field: Field, _ bytes: [UInt8]) -> Bool {
        let name = field.name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        if name.hasPrefix("_") || identifiers.contains(name) { return true }
        return ["true", "false"].contains(String(decoding: bytes[field.value], as: UTF8.self))
    }

    private static func isAnswer(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["answer", "respuesta", "quotation", "solution", "solucion"].contains {
            name.contains($0)
        }
    }

    private static let identifiers: Set<String> = [
        "id", "ids", "uuid", "guid", "hash", "sha1", "sha256", "md5", "key", "index",
    ]
}
