/// The marks inside lines of light markup languages: what they enclose is kept, they go.
enum InlineMarkup {
    /// Takes the text as it is.
    static func none(_ range: Range<Int>, _ source: SourceText, _ builder: inout TextBuilder) {
        builder.append(verbatim: range, of: source.utf8)
    }

    /// A place in a line that is shown otherwise than it is written.
    private struct Replacement {
        /// What of the source is shown; several parts one after the other.
        var shown: [Range<Int>]
        /// What stands before the last part and after it, as around the address of a link.
        var frame: (String, String) = ("", "")
        /// What is shown that stands elsewhere.
        var literal: ArraySlice<UInt8> = []
        var end: Int
    }

    /// How far behind a mark its other end is looked for: a line may be as long as a file.
    private static let reach = 2000

    /// Appends a line, with `replacement` asked at each place where `marks` has the byte.
    private static func append(
        _ range: Range<Int>,
        _ source: SourceText,
        _ builder: inout TextBuilder,
        marks: String,
        _ replacement: (Int, Range<Int>) -> Replacement?
    ) {
        let marks = Set(marks.utf8)
        var start = range.lowerBound
        var i = range.lowerBound
        while i < range.upperBound {
            let near = range.lowerBound..<min(range.upperBound, i + Self.reach)
            guard marks.contains(source.utf8[i]), let found = replacement(i, near), found.end > i
            else {
                i += 1
                continue
            }
            builder.append(verbatim: start..<i, of: source.utf8)
            builder.append(found.literal, for: i..<min(found.end, range.upperBound))
            for (index, part) in found.shown.enumerated() {
                let isFramed = index > 0
                if isFramed { builder.append(found.frame.0) }
                builder.append(verbatim: part, of: source.utf8)
                if isFramed { builder.append(found.frame.1) }
            }
            i = min(found.end, range.upperBound)
            start = i
        }
        builder.append(verbatim: start..<range.upperBound, of: source.utf8)
        builder.extend(to: range.upperBound)
    }

    /// Whether a mark may open here: not inside a word, and with text right behind it.
    private static func opens(_ i: Int, _ end: Int, _ range: Range<Int>, _ source: SourceText)
        -> Bool
    {
        guard end < range.upperBound, source.utf8[end] > 0x20 else { return false }
        return i == range.lowerBound || !isWord(source.utf8[i - 1])
    }

    /// The place of a closing mark: with text before it, and no word behind it.
    private static func close(
        _ mark: String,
        from start: Int,
        _ range: Range<Int>,
        _ source: SourceText
    ) -> Int? {
        var from = start
        while let found = source.first(mark, in: from..<range.upperBound) {
            let end = found + mark.utf8.count
            if found > start, source.utf8[found - 1] > 0x20,
                end == range.upperBound || !isWord(source.utf8[end])
            {
                return found
            }
            from = found + 1
        }
        return nil
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte >= 0x80
    }

    /// What one of `marks` encloses at `i`, longest marks first.
    private static func enclosed(
        at i: Int,
        by marks: [String],
        _ range: Range<Int>,
        _ source: SourceText
    ) -> Replacement? {
        for mark in marks where source.begins(i..<range.upperBound, with: mark) {
            let start = i + mark.utf8.count
            guard opens(i, start, range, source),
                let end = close(mark, from: start, range, source)
            else { continue }
            return Replacement(shown: [start..<end], end: end + mark.utf8.count)
        }
        return nil
    }

    // MARK: The languages

    /// reStructuredText: emphasis, code, roles, links, and what stands for `|name|`.
    static func reStructuredText(
        _ range: Range<Int>,
        _ source: SourceText,
        _ builder: inout TextBuilder,
        _ substitutions: [String: [UInt8]]
    ) {
        append(range, source, &builder, marks: "*`:\\_|") { i, range in
            switch source.utf8[i] {
            case UInt8(ascii: "|"):
                guard let end = source.first("|", in: (i + 1)..<range.upperBound),
                    let text = substitutions[source.string((i + 1)..<end).lowercased()]
                else { return nil }
                return Replacement(shown: [], literal: text[...], end: end + 1)
            case UInt8(ascii: "\\"):
                return Replacement(shown: [], end: i + 1)
            case UInt8(ascii: ":"):
                // ":role:`text`"
                guard i == range.lowerBound || !isWord(source.utf8[i - 1]),
                    let tick = source.first(":`", in: (i + 1)..<range.upperBound),
                    source.utf8[(i + 1)..<tick].allSatisfy({
                        isWord($0) || $0 == 0x2D || $0 == 0x3A || $0 == 0x2B
                    })
                else { return nil }
                return interpreted(at: tick + 1, range, source)
            case UInt8(ascii: "_"):
                // "name_" names a target.
                let end = i + 1
                let isReference =
                    i > range.lowerBound && isWord(source.utf8[i - 1])
                    && (end == range.upperBound || !isWord(source.utf8[end]))
                    && (end == range.upperBound || source.utf8[end] != 0x5F)
                return isReference ? Replacement(shown: [], end: end) : nil
            default:
                if let code = enclosed(at: i, by: ["``", "**", "*"], range, source) { return code }
                return source.utf8[i] == 0x60 ? interpreted(at: i, range, source) : nil
            }
        }
    }

    /// "`text`", "`text <target>`" and "`text <address>`_".
    private static func interpreted(
        at tick: Int,
        _ range: Range<Int>,
        _ source: SourceText
    ) -> Replacement? {
        guard let end = source.first("`", in: (tick + 1)..<range.upperBound), end > tick + 1 else {
            return nil
        }
        var after = end + 1
        while after < range.upperBound, source.utf8[after] == 0x5F { after += 1 }
        var text = (tick + 1)..<end
        if source.begins(text, with: "~") || source.begins(text, with: "!") {
            text = (text.lowerBound + 1)..<text.upperBound
        }
        guard let open = source.first(" <", in: text), source.utf8[end - 1] == 0x3E else {
            return Replacement(shown: [text], end: after)
        }
        let target = (open + 2)..<(end - 1)
        let title = text.lowerBound..<open
        guard source.first("://", in: target) != nil else {
            return Replacement(shown: [title], end: after)
        }
        return Replacement(shown: [title, target], frame: (" (", ")"), end: after)
    }

    /// AsciiDoc: emphasis, code, links and references.
    static func asciiDoc(
        _ range: Range<Int>,
        _ source: SourceText,
        _ builder: inout TextBuilder
    ) {
        append(range, source, &builder, marks: "*_`#<[hlxfkbmpsial+") { i, range in
            let rest = i..<range.upperBound
            switch source.utf8[i] {
            case UInt8(ascii: "<"):
                guard source.begins(rest, with: "<<"), let end = source.first(">>", in: rest) else {
                    return nil
                }
                let comma = source.utf8[(i + 2)..<end].firstIndex(of: UInt8(ascii: ","))
                let shown = comma.map { ($0 + 1)..<end } ?? (i + 2)..<end
                return Replacement(shown: [source.trimmed(shown)], end: end + 2)
            case UInt8(ascii: "["):
                // "[[name]]" names a place.
                guard source.begins(rest, with: "[["), let end = source.first("]]", in: rest),
                    !source.utf8[i..<end].contains(0x20)
                else { return nil }
                return Replacement(shown: [], end: end + 2)
            case UInt8(ascii: "a")...UInt8(ascii: "z"):
                guard
                    i == range.lowerBound || !isWord(source.utf8[i - 1])
                        || source.begins(rest, with: "footnote")
                else { return nil }
                for prefix in [
                    "https:", "http:", "link:", "xref:", "footnote:", "footnoteref:", "mailto:",
                ]
                where source.begins(rest, with: prefix) {
                    return macro(at: i, prefix: prefix, range, source)
                }
                for prefix in [
                    "kbd:[", "btn:[", "stem:[", "latexmath:[", "asciimath:[", "pass:", "menu:",
                    "image:",
                ]
                where source.begins(rest, with: prefix) {
                    return shown(at: i, prefix: prefix, range, source)
                }
                return nil
            default:
                return enclosed(
                    at: i,
                    by: ["**", "__", "``", "##", "*", "_", "`", "#", "+"],
                    range,
                    source
                )
            }
        }
    }

    /// "kbd:[Ctrl+C]", "menu:File[Save]", "image:plan.png[Plan of the cellar]".
    private static func shown(
        at i: Int,
        prefix: String,
        _ range: Range<Int>,
        _ source: SourceText
    ) -> Replacement? {
        guard let open = source.first("[", in: i..<range.upperBound),
            !source.utf8[i..<open].contains(0x20),
            let end = source.first("]", in: open..<range.upperBound)
        else { return nil }
        let text = (open + 1)..<end
        if prefix == "menu:" {
            let name = (i + prefix.utf8.count)..<open
            return Replacement(
                shown: [name, text],
                frame: (text.isEmpty ? "" : " > ", ""),
                end: end + 1
            )
        }
        guard prefix == "image:", let comma = source.first(",", in: text) else {
            return Replacement(shown: [text], end: end + 1)
        }
        return Replacement(shown: [text.lowerBound..<comma], end: end + 1)
    }

    /// "link:address[text]", "https://address[text]", "xref:id[text]".
    private static func macro(
        at i: Int,
        prefix: String,
        _ range: Range<Int>,
        _ source: SourceText
    ) -> Replacement? {
        guard let open = source.first("[", in: i..<range.upperBound),
            !source.utf8[i..<open].contains(0x20),
            let end = source.first("]", in: open..<range.upperBound)
        else { return nil }
        var text = (open + 1)..<end
        // "text^" opens a window, "text,role=x" has attributes.
        if prefix == "footnoteref:" {
            // The name of the note stands before it.
            guard let comma = source.first(",", in: text) else {
                return Replacement(shown: [], end: end + 1)
            }
            text = source.trimmed((comma + 1)..<end)
        } else if let comma = source.first(",", in: text), prefix != "footnote:" {
            text = text.lowerBound..<comma
        }
        if text.count > 1, source.utf8[text.upperBound - 1] == 0x5E {
            text = text.lowerBound..<(text.upperBound - 1)
        }
        let start = prefix.hasPrefix("http") ? i : i + prefix.utf8.count
        if text.isEmpty, prefix.hasPrefix("footnote") {
            return Replacement(shown: [], end: end + 1)
        }
        if text.isEmpty { return Replacement(shown: [start..<open], end: end + 1) }
        guard prefix.hasPrefix("http") || source.begins(start..<open, with: "http") else {
            return Replacement(shown: [text], end: end + 1)
        }
        return Replacement(shown: [text, start..<open], frame: (" (", ")"), end: end + 1)
    }

    /// Org: emphasis, code and links.
    static func org(_ range: Range<Int>, _ source: SourceText, _ builder: inout TextBuilder) {
        append(range, source, &builder, marks: "[*/_=~+") { i, range in
            let rest = i..<range.upperBound
            guard source.utf8[i] == UInt8(ascii: "[") else {
                return enclosed(at: i, by: ["*", "/", "_", "=", "~", "+"], range, source)
            }
            guard source.begins(rest, with: "[["), let end = source.first("]]", in: rest) else {
                return nil
            }
            let inner = (i + 2)..<end
            guard let middle = source.first("][", in: inner) else {
                return Replacement(shown: [inner], end: end + 2)
            }
            let (target, text) = (inner.lowerBound..<middle, (middle + 2)..<inner.upperBound)
            guard source.first("://", in: target) != nil else {
                return Replacement(shown: [text], end: end + 2)
            }
            return Replacement(shown: [text, target], frame: (" (", ")"), end: end + 2)
        }
    }
}
