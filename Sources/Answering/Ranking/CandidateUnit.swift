internal import TextAnalysis

/// A piece of a passage that may answer by itself: a sentence, a row of a table, something to type with what
/// explains it.
struct CandidateUnit: Hashable, Sendable {
    /// What a piece is.
    enum Kind: Hashable, Sendable {
        /// A sentence, or an item of a list.
        case sentence
        /// A row of a table, its cells divided by bars.
        case row
        /// Lines to type, with the sentence before them that explains them.
        case code
        /// The caption of a table or a picture.
        case caption
    }

    /// Where it stands: UTF-8 offsets, without white space around it.
    let range: Range<Int>
    /// What it is.
    let kind: Kind

    /// Bytes of code that stay in one piece.
    private static let longestCode = 600
    /// Bytes of a sentence that explains code.
    private static let longestExplanation = 500

    /// The pieces of a passage with these bytes, in order.
    ///
    /// - Complexity: O(length).
    static func all(in passage: SourcePassage, _ bytes: [UInt8]) -> [CandidateUnit] {
        (passage.isRecord ? RecordUnit.all(in: bytes) : nil) ?? all(in: bytes)
    }

    /// The pieces of UTF-8 text, in order.
    ///
    /// - Complexity: O(length).
    static func all(in bytes: [UInt8]) -> [CandidateUnit] {
        var units: [CandidateUnit] = []
        for block in TextBlock.all(in: bytes) {
            switch block.kind {
            case .prose:
                let part = Array(bytes[block.range])
                units += answerUnits(in: part).map {
                    let start = block.range.lowerBound
                    return CandidateUnit(
                        range: start + $0.lowerBound..<start + $0.upperBound,
                        kind: .sentence
                    )
                }
            case .table:
                units += block.lines.map {
                    CandidateUnit(
                        range: $0,
                        kind: TextBlock.isRow(bytes[$0])
                            ? .row : TextBlock.isCaption(bytes[$0]) ? .caption : .sentence
                    )
                }
            case .code:
                let pieces = Self.pieces(of: block.lines)
                for (place, piece) in pieces.enumerated() {
                    var range = piece
                    if place == 0, !block.isTitled, let before = units.last,
                        before.kind == .sentence, explains(before.range, bytes)
                    {
                        units.removeLast()
                        range = before.range.lowerBound..<piece.upperBound
                    }
                    units.append(CandidateUnit(range: range, kind: .code))
                }
            }
        }
        return units
    }

    /// Whether a sentence may say what the lines after it do: headings do not, and list items go with their list.
    private static func explains(_ range: Range<Int>, _ bytes: [UInt8]) -> Bool {
        range.count <= longestExplanation && !startsItem(range, in: bytes)
    }

    /// Lines in a row, as many as stay in one piece.
    private static func pieces(of lines: [Range<Int>]) -> [Range<Int>] {
        var pieces: [Range<Int>] = []
        for line in lines {
            if let last = pieces.last, line.upperBound - last.lowerBound <= longestCode {
                pieces[pieces.count - 1] = last.lowerBound..<line.upperBound
            } else {
                pieces.append(line)
            }
        }
        return pieces
    }
}

/// Lines of a text without an empty line between them, or a fenced block.
private struct TextBlock {
    enum Kind { case prose, table, code }

    /// The lines that are not empty, without the white space around them.
    let lines: [Range<Int>]
    let kind: Kind
    /// Whether a block of code begins with a line that says what it does.
    let isTitled: Bool

    var range: Range<Int> { lines[0].lowerBound..<lines[lines.count - 1].upperBound }

    /// The blocks of UTF-8 text, in order.
    static func all(in bytes: [UInt8]) -> [TextBlock] {
        var blocks: [TextBlock] = []
        var lines: [Range<Int>] = []
        var isFenced = false
        func finish(_ kind: Kind? = nil) {
            guard !lines.isEmpty else { return }
            let first = bytes[lines[0]]
            blocks.append(
                TextBlock(
                    lines: lines,
                    kind: kind ?? Self.kind(of: lines, bytes),
                    isTitled: kind == nil && !CommandLine.isOne(first)
                )
            )
            lines = []
        }
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            var lower = start
            var upper = end
            while lower < upper, bytes[lower] <= 0x20 { lower += 1 }
            while upper > lower, bytes[upper - 1] <= 0x20 { upper -= 1 }
            start = end + 1
            let isFence = bytes[lower..<upper].starts(with: "```".utf8)
            if isFence, !isFenced { finish() }
            if lower < upper { lines.append(lower..<upper) } else if !isFenced { finish() }
            guard isFence else { continue }
            if isFenced { finish(.code) }
            isFenced.toggle()
        }
        finish(isFenced ? .code : nil)
        return blocks
    }

    /// A row has a bar between two cells.
    static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
        if line.first == UInt8(ascii: "|") { return true }
        return line.indices.dropFirst().dropLast().contains {
            line[$0] == UInt8(ascii: "|") && line[$0 - 1] == 0x20 && line[$0 + 1] == 0x20
        }
    }

    /// Whether a line is the caption of a table or a picture: `Table 2.7. …`, `Figura 3 …`.
    static func isCaption(_ line: ArraySlice<UInt8>) -> Bool {
        let words = String(decoding: line.prefix(40), as: UTF8.self).split(separator: " ")
        guard words.count > 1, captions.contains(folded(String(words[0]))) else { return false }
        return words[1].utf8.first.map(isDigit) == true
    }

    private static let captions: Set<String> = [
        "table", "figure", "example", "listing", "tabla", "figura", "ejemplo", "cuadro",
    ]

    private static func kind(of lines: [Range<Int>], _ bytes: [UInt8]) -> Kind {
        let code = lines.count { CommandLine.isOne(bytes[$0]) }
        if code * 2 >= lines.count, code > 0 { return .code }
        let rows = lines.count { isRow(bytes[$0]) }
        return rows * 2 >= lines.count && rows > 0 ? .table : .prose
    }
}

/// Lines that are typed and not read: commands, statements, settings.
enum CommandLine {
    /// Whether a line without white space around it is one.
    ///
    /// - Complexity: O(length).
    static func isOne(_ line: ArraySlice<UInt8>) -> Bool {
        guard let first = line.first, line.count > 2 else { return false }
        let second = line[line.startIndex + 1]
        if first == UInt8(ascii: "$") || first == UInt8(ascii: "%"), second == 0x20 { return true }
        let text = String(decoding: line.prefix(200), as: UTF8.self)
        if first == UInt8(ascii: "#"), second == 0x20 {
            return isCommand(text.dropFirst(2), afterPrompt: true)
        }
        if "{};\\".utf8.contains(line[line.endIndex - 1]) { return true }
        return isCommand(text[...], afterPrompt: false) && !isFinished(line)
    }

    /// Whether a sentence has something to type in quotation marks or in a cell, is such a line itself, or
    /// names a program with its section of the manual: `kill(1)`.
    ///
    /// - Complexity: O(length).
    static func isNamed(in text: String, isRow: Bool) -> Bool {
        let parts = text.split { isRow ? $0 == "|" : quotes.contains($0) }
        let quoted = isRow || parts.count < 2 ? parts[...] : parts.dropFirst()
        for part in quoted {
            let trimmed = Array(part.utf8).trimmingPrefix { $0 <= 0x20 }
            if isOne(trimmed.prefix { $0 != 0x0A }[...]) { return true }
        }
        return text.firstMatch(of: /[a-z0-9][(][1-8][)]/) != nil
    }

    private static let quotes: Set<Character> = ["«", "»", "“", "”", "‘", "’", "\"", "`"]

    /// A full stop, a colon or a comma ends prose and not a command, but `.` may stand for a folder.
    private static func isFinished(_ line: ArraySlice<UInt8>) -> Bool {
        let last = line[line.endIndex - 1]
        if ",:?!".utf8.contains(last) { return true }
        return last == UInt8(ascii: ".") && line[line.endIndex - 2] != 0x20
    }

    /// A program's name before options, paths or names; a statement of SQL.
    private static func isCommand(_ text: Substring, afterPrompt: Bool) -> Bool {
        let words = text.split(separator: " ")
        guard let first = words.first, words.count > 1 else { return false }
        if statements.contains(String(first)) { return true }
        guard first.utf8.first.map({ (0x61...0x7A).contains($0) }) == true else { return false }
        let isNamed = programs.contains(String(first)) || afterPrompt && first.contains("-")
        let hasSign = words.dropFirst().contains { word in
            word.hasPrefix("-") && word.utf8.count > 1 || word.hasPrefix("<")
                || word.contains { "/=$@~*".contains($0) }
        }
        // `make sure that …` is no command; `git switch topic` is one.
        return isNamed && (hasSign || words.count <= 4)
    }

    /// Programs whose names begin most of the lines that manuals tell people to type.
    static let programs: Set<String> = Set(
        """
        git apt apt-get apt-cache dpkg sudo su systemctl python3 python pip ls cd cp mv rm mkdir chmod chown ln
        cat grep sed awk find tar gzip ssh scp rsync mount umount ip ifconfig ping make gcc aptitude adduser
        useradd usermod passwd nano vi crontab export echo docker curl wget journalctl service psql sqlite3
        createdb createuser pg_dump pg_restore npm node cargo go swift brew dnf yum pacman tee kill gpg openssl
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    )

    private static let statements: Set<String> = [
        "SELECT", "INSERT", "CREATE", "ALTER", "UPDATE", "DELETE", "DROP", "VACUUM", "GRANT",
        "REVOKE", "PRAGMA", "EXPLAIN", "COPY", "TRUNCATE", "ATTACH", "ANALYZE", "REINDEX", "SET",
    ]
}
