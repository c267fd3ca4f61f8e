/// Reads subtitles, SubRip, WebVTT and SubStation Alpha: what is said, in paragraphs headed by the time.
///
/// Lines that follow one another closely are joined, since a sentence runs over several of them; a
/// pause, or a minute gone by, begins a new section headed `00:12:30`. Captions that roll, each with
/// the lines before it still on the screen, are said once.
struct SubtitleReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "subtitles",
        version: 2,
        suffixes: ["srt", "vtt", "ass", "ssa", "sbv", "lrc"],
        make: { _, _ in SubtitleReader() }
    )

    /// A pause of this many seconds separates what is said.
    private static let pause = 4.0
    /// A section lasts no longer than this many seconds, roughly.
    private static let sectionLength = 60.0

    func read(_ source: SourceText) throws(DocumentError) -> DocumentDraft {
        var draft = DocumentDraft()
        var builder = TextBuilder(from: 0)
        var sectionStart = -Double.infinity
        var lastEnd = -Double.infinity
        var isInCue = false
        // What was on the screen when the last caption ended, and what of this one is.
        var shown: [String] = []
        var showing: [String] = []
        var isRolling = false
        func flush() {
            if let block = builder.block(.paragraph) { draft.blocks.append(block) }
            builder = TextBuilder(from: 0)
        }
        // In these nothing but such lines is said.
        let isAss = source.begins(0..<source.utf8.count, with: "[Script Info]")
        let isLyrics =
            !isAss && source.begins(0..<source.utf8.count, with: "[")
            && source.first("Dialogue:", in: 0..<source.utf8.count) == nil
        for line in 1...source.lineStarts.count {
            var range = source.range(ofLine: line)
            let dialogue = isLyrics ? lyric(range, source) : dialogue(range, source)
            if isAss || isLyrics, dialogue == nil {
                isInCue = false
                continue
            }
            if let times = dialogue?.times ?? times(range, source) {
                isInCue = true
                shown = showing
                showing = []
                isRolling = times.start - lastEnd < 0.2
                let endsSentence =
                    builder.text.last { $0 > 0x20 }.map { ".!?".utf8.contains($0) } ?? true
                let isLong = times.start - sectionStart > Self.sectionLength
                if times.start - lastEnd > Self.pause || (isLong && endsSentence)
                    || times.start - sectionStart > 2 * Self.sectionLength
                {
                    flush()
                    sectionStart = times.start
                    draft.blocks.append(
                        Block(
                            kind: .heading(level: 1),
                            text: Self.clock(times.start),
                            anchors: Anchors(verbatim: range)
                        )
                    )
                }
                lastEnd = times.end
                guard let dialogue else { continue }
                range = dialogue.text
            }
            if source.utf8[range].contains(where: { $0 > 0x20 }) {
                guard isInCue else { continue }
                var line = TextBuilder(from: range.lowerBound)
                append(range, source, to: &line)
                guard let said = line.block(.paragraph)?.text else { continue }
                showing.append(said)
                if isRolling, shown.contains(said) { continue }
                append(range, source, to: &builder)
            } else if range.isEmpty {
                // A line with a space in it is an empty line of the caption.
                isInCue = false
            }
        }
        flush()
        guard draft.blocks.contains(where: { $0.kind == .paragraph }) else { throw .empty }
        return draft
    }

    /// The times and the text of a line `Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Text`.
    private func dialogue(
        _ range: Range<Int>,
        _ source: SourceText
    ) -> (times: (start: Double, end: Double), text: Range<Int>)? {
        guard source.begins(range, with: "Dialogue:") else { return nil }
        var commas: [Int] = []
        for i in range where source.utf8[i] == UInt8(ascii: ",") {
            commas.append(i)
            if commas.count == 9 { break }
        }
        guard commas.count == 9,
            let start = Self.seconds(Substring(source.string((commas[0] + 1)..<commas[1]))),
            let end = Self.seconds(Substring(source.string((commas[1] + 1)..<commas[2])))
        else { return nil }
        return ((start, end), (commas[8] + 1)..<range.upperBound)
    }

    /// The time and the text of a line `[01:02.50]Words`, or of one that says whose they are.
    private func lyric(
        _ range: Range<Int>,
        _ source: SourceText
    ) -> (times: (start: Double, end: Double), text: Range<Int>)? {
        guard source.begins(range, with: "["), let close = source.first("]", in: range),
            let start = Self.seconds(Substring(source.string((range.lowerBound + 1)..<close)))
        else { return nil }
        return ((start, start + Self.pause), (close + 1)..<range.upperBound)
    }

    /// Appends a line without the tags of its styles: `<i>`, `{\an8}`; references are resolved.
    private func append(_ range: Range<Int>, _ source: SourceText, to builder: inout TextBuilder) {
        if !builder.isEmpty { builder.append(" ") }
        var i = range.lowerBound
        while i < range.upperBound {
            let closing: UInt8? =
                switch source.utf8[i] {
                case UInt8(ascii: "<"): UInt8(ascii: ">")
                case UInt8(ascii: "{"): UInt8(ascii: "}")
                case UInt8(ascii: "&"): UInt8(ascii: ";")
                default: nil
                }
            if source.utf8[i] == UInt8(ascii: "\\"), i + 1 < range.upperBound,
                "Nnh".utf8.contains(source.utf8[i + 1])
            {
                builder.append(" ")
                i += 2
                continue
            }
            if source.utf8[i] == UInt8(ascii: "&") {
                let near = i..<min(range.upperBound, i + 12)
                if let end = source.utf8[near].firstIndex(of: UInt8(ascii: ";")),
                    let text = Self.character(source.string((i + 1)..<end))
                {
                    builder.append(Array(text.utf8), for: i..<(end + 1))
                    i = end + 1
                    continue
                }
            } else if let closing,
                let end = source.utf8[i..<range.upperBound].firstIndex(of: closing)
            {
                i = end + 1
                continue
            }
            var end = i + 1
            while end < range.upperBound, !"<{&\\".utf8.contains(source.utf8[end]) { end += 1 }
            builder.append(verbatim: i..<end, of: source.utf8)
            i = end
        }
    }

    /// What a reference stands for; those of HTML are written, too.
    private static func character(_ name: String) -> String? {
        if ["lrm", "rlm"].contains(name) { return "" }
        if name == "nbsp" { return " " }
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "#" }) else { return nil }
        let text = HTMLReader().fragment(Array("<p>&\(name);</p>".utf8)).first?.text
        return text?.hasPrefix("&\(name)") ?? false ? nil : text
    }

    /// The seconds of `00:01:02,500 --> 00:01:04,000`; hours may be missing.
    private func times(_ range: Range<Int>, _ source: SourceText) -> (start: Double, end: Double)? {
        guard range.count < 200 else { return nil }
        let pair = source.string(range).split(separator: ",")
        if pair.count == 2,
            pair.allSatisfy({ $0.count < 16 && $0.contains(":") && $0.contains(".") }),
            let start = Self.seconds(pair[0]), let end = Self.seconds(pair[1])
        {
            return (start, end)
        }
        let parts = source.string(range).split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count >= 3, parts[1] == "-->", let start = Self.seconds(parts[0]),
            let end = Self.seconds(parts[2])
        else { return nil }
        return (start, end)
    }

    private static func seconds(_ text: Substring) -> Double? {
        let parts = text.split(separator: ":")
        guard (2...3).contains(parts.count) else { return nil }
        var total = 0.0
        for part in parts {
            let digits = String(part.map { $0 == "," ? "." : $0 })
            guard let value = Double(digits), value >= 0, value < 1e6 else { return nil }
            total = total * 60 + value
        }
        return total
    }

    private static func clock(_ seconds: Double) -> String {
        let whole = Int(min(max(seconds, 0), 1e9))
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "\(two(whole / 3600)):\(two(whole / 60 % 60)):\(two(whole % 60))"
    }
}
