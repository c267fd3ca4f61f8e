/// Files that stand in a text between `begin 644 name` and `end`, as Unix wrote them before there was MIME.
enum UnixEncoding {
    /// One of them.
    struct File {
        let name: String
        let bytes: [UInt8]
        /// Where it stands, with its first and its last line.
        let range: Range<Int>
    }

    /// The files in a part of a text.
    ///
    /// - Complexity: O(`range.count`).
    static func files(in range: Range<Int>, of source: SourceText) -> [File] {
        var files: [File] = []
        var place = range.lowerBound
        while let start = beginning(from: place, range, source) {
            let firstLine = line(at: start, range, source)
            let words = source.string(firstLine).split(separator: " ", maxSplits: 2)
            var bytes: [UInt8] = []
            var i = firstLine.upperBound + 1
            var end: Int?
            while i < range.upperBound {
                let line = line(at: i, range, source)
                i = line.upperBound + 1
                if source.begins(line, with: "end"), source.trimmed(line).count == 3 {
                    end = min(i, range.upperBound)
                    break
                }
                guard decode(source.utf8[line], into: &bytes) else { break }
            }
            place = min(i, range.upperBound)
            guard let end, words.count == 3 else { continue }
            files.append(File(name: String(words[2]), bytes: bytes, range: start..<end))
        }
        return files
    }

    private static func line(at start: Int, _ range: Range<Int>, _ source: SourceText) -> Range<Int>
    {
        start..<(source.utf8[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound)
    }

    /// Where a line `begin 644 name` stands.
    private static func beginning(from start: Int, _ range: Range<Int>, _ source: SourceText)
        -> Int?
    {
        var i = start
        while let found = source.first("begin ", in: i..<range.upperBound) {
            let mode = source.utf8[(found + 6)..<range.upperBound].prefix(5)
            let digits = mode.prefix { (0x30...0x37).contains($0) }
            if found == range.lowerBound || source.utf8[found - 1] == 0x0A,
                (3...4).contains(digits.count), digits.endIndex < range.upperBound,
                source.utf8[digits.endIndex] == 0x20
            {
                return found
            }
            i = found + 1
        }
        return nil
    }

    /// Adds the bytes of a line; false if it is none of such a file.
    private static func decode(_ line: ArraySlice<UInt8>, into bytes: inout [UInt8]) -> Bool {
        guard let first = line.first, (0x20...0x60).contains(first) else { return line.isEmpty }
        let length = Int((first - 0x20) & 0x3F)
        let wanted = bytes.count + length
        var rest = line.dropFirst()
        while bytes.count < wanted {
            // Spaces at the ends of lines may be gone.
            var group: [UInt8] = []
            for _ in 0..<4 {
                let byte = rest.popFirst() ?? 0x20
                guard (0x20...0x60).contains(byte) else { return false }
                group.append((byte - 0x20) & 0x3F)
            }
            bytes += [
                group[0] << 2 | group[1] >> 4, group[1] << 4 | group[2] >> 2,
                group[2] << 6 | group[3],
            ]
        }
        bytes.removeLast(bytes.count - wanted)
        return true
    }
}
