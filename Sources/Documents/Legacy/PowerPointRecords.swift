/// The records of a presentation as PowerPoint wrote them before 2007 ([MS-PPT]): a tree of containers
/// and atoms, which the drawings of its slides go on with.
///
/// Everything that it says of itself may be wrong: no record reaches beyond the one around it.
struct PowerPointRecord {
    let type: Int
    /// Tells records of the same type apart.
    let instance: Int
    let isContainer: Bool
    /// Where the content lies in the stream.
    let content: Range<Int>

    private let bytes: [UInt8]

    /// The record at an offset, which ends before `limit`; nil if none can begin there.
    init?(_ bytes: [UInt8], at offset: Int, before limit: Int) {
        guard offset >= 0, limit <= bytes.count, offset + 8 <= limit else { return nil }
        self.bytes = bytes
        let head = Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
        isContainer = head & 0xF == 0xF
        instance = head >> 4
        type = Int(bytes[offset + 2]) | Int(bytes[offset + 3]) << 8
        let length = (4..<8).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * ($1 - 4)) }
        content = (offset + 8)..<min(offset + 8 + length, limit)
    }

    /// The records of a stream, or inside a container, in order.
    static func records(of bytes: [UInt8], in range: Range<Int>) -> [PowerPointRecord] {
        var records: [PowerPointRecord] = []
        var i = range.lowerBound
        while let record = PowerPointRecord(bytes, at: i, before: range.upperBound) {
            records.append(record)
            i = record.content.upperBound
        }
        return records
    }

    /// The records inside a container; none inside an atom.
    var children: [PowerPointRecord] {
        isContainer ? Self.records(of: bytes, in: content) : []
    }

    /// A number of one to four bytes at an offset of the content; zero beyond its end.
    func int(_ offset: Int, _ size: Int) -> Int {
        let start = content.lowerBound + offset
        guard offset >= 0, start + size <= content.upperBound else { return 0 }
        return (0..<size).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
    }

    /// The text of an atom of UTF-16 or of Latin-1.
    func text(isWide: Bool) -> String {
        guard isWide else {
            return String(String.UnicodeScalarView(bytes[content].map { Unicode.Scalar($0) }))
        }
        let units = stride(from: content.lowerBound, to: content.upperBound - 1, by: 2).map {
            UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
        }
        return String(decoding: units, as: UTF16.self)
    }
}
