internal import Corpus

/// Goes through the lines of reStructuredText.
struct ReStructuredTextParser {
    let source: SourceText
    var lines: LineBlocks
    /// The line that is looked at, from 1.
    var line = 1
    private(set) var metadata: [String: MetadataValue] = [:]
    /// The styles of headings in the order in which they came: the character, and if it stands above.
    private var styles: [Int] = []
    /// What stands for `|name|`, by the name.
    private let substitutions: [String: [UInt8]]

    var blocks: [Block] { lines.blocks }

    /// Directives whose content is code.
    private static let code: Set<String> = [
        "code-block", "code", "sourcecode", "parsed-literal", "highlight", "doctest", "testcode",
        "testoutput", "ipython", "prompt", "productionlist", "math",
    ]
    /// Directives that hold no text of their own.
    private static let skipped: Set<String> = [
        "toctree", "contents", "index", "meta", "raw", "include", "literalinclude",
        "highlightlang", "sectnum", "default-role", "role", "currentmodule", "automodule",
        "autoclass", "autofunction", "automethod", "autosummary", "tabularcolumns",
        "sectionauthor", "codeauthor", "module", "moduleauthor", "plot", "graphviz", "unicode",
        "replace", "date", "py:module", "py:currentmodule",
    ]
    /// Directives that say when or how their content is shown: it is read as if they were not there.
    private static let transparent: Set<String> = [
        "only", "ifconfig", "container", "class", "rst-class", "compound", "highlights",
        "pull-quote",
        "epigraph", "tab-set", "tabs", "grid",
    ]

    private static let quotations: Set<String> = [
        "highlights", "pull-quote", "epigraph", "compound",
    ]

    init(_ source: SourceText) {
        self.source = source
        lines = LineBlocks(source)
        substitutions = Self.substitutions(source)
    }

    /// The definitions `.. |name| replace:: text`, and those of pictures that say what they show.
    private static func substitutions(_ source: SourceText) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for line in 1...max(source.lineCount, 1) {
            let range = source.trimmedRange(ofLine: line)
            guard source.begins(range, with: ".. |"),
                let end = source.first("| ", in: (range.lowerBound + 4)..<range.upperBound)
            else { continue }
            let name = source.string((range.lowerBound + 4)..<end).lowercased()
            let rest = (end + 2)..<range.upperBound
            if let mark = source.first("replace::", in: rest) {
                found[name] = Array(source.utf8[replacement(from: mark + 9, line: line, source)])
            } else if let mark = source.first("unicode::", in: rest) {
                found[name] = characters((mark + 9)..<range.upperBound, source)
            } else if source.begins(rest, with: "image::") {
                found[name] = alternative(below: line, source).map { Array(source.utf8[$0]) }
            }
        }
        return found
    }

    /// The text of a replacement, which may go on in the lines below.
    private static func replacement(
        from start: Int,
        line: Int,
        _ source: SourceText
    ) -> Range<Int> {
        let indent = source.indentation(ofLine: line)
        var end = source.trimmedRange(ofLine: line).upperBound
        var next = line + 1
        while next <= source.lineCount, source.indentation(ofLine: next) > indent {
            let range = source.trimmedRange(ofLine: next)
            if range.isEmpty { break }
            end = range.upperBound
            next += 1
        }
        return source.trimmed(min(start, end)..<end)
    }

    /// Characters that are given by their numbers, `0xA9` or `U+00A9`, among words that stay.
    private static func characters(_ range: Range<Int>, _ source: SourceText) -> [UInt8] {
        var text = ""
        for word in source.string(range).split(separator: " ") {
            if word == ".." { break }
            var digits = word.drop { "\\&#;".contains($0) }
            for mark in ["0x", "U+", "u", "x"] where digits.hasPrefix(mark) {
                digits = digits.dropFirst(mark.count)
                break
            }
            let isHexadecimal = digits.startIndex > word.startIndex
            let value = UInt32(digits, radix: isHexadecimal ? 16 : 10)
            if let scalar = value.flatMap(Unicode.Scalar.init), scalar.value >= 0x20 {
                text.unicodeScalars.append(scalar)
            } else {
                text += text.isEmpty ? word : " " + word
            }
        }
        return Array(text.utf8)
    }

    /// What the option `:alt:` of the directive at a line says.
    private static func alternative(below line: Int, _ source: SourceText) -> Range<Int>? {
        var next = line + 1
        while next <= source.lineCount, source.indentation(ofLine: next) > 0 {
            let range = source.trimmedRange(ofLine: next)
            guard source.begins(range, with: ":") else { return nil }
            if source.begins(range, with: ":alt:") {
                return source.trimmed((range.lowerBound + 5)..<range.upperBound)
            }
            next += 1
        }
        return nil
    }

    /// Reads the marks of a line, substitutions among them.
    func inline(_ range: Range<Int>, _ source: SourceText, _ builder: inout TextBuilder) {
        InlineMarkup.reStructuredText(range, source, &builder, substitutions)
    }

    mutating func run() {
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            if range.isEmpty {
                lines.flush()
                line += 1
            } else if readHeading(range) || readTable(range) || readMarkup(range)
                || readDefinition(range)
            {
                continue
            } else {
                addProse(range)
            }
        }
        lines.flush()
    }

    // MARK: Headings

    /// The punctuation that a line consists of, or nil.
    private func rule(_ line: Int) -> UInt8? {
        guard line >= 1, line <= source.lineCount else { return nil }
        let range = source.range(ofLine: line)
        var text = source.utf8[range]
        while let last = text.last, last <= 0x20 { text.removeLast() }
        guard text.count >= 2, let first = text.first,
            "=-~^\"'`#*+:.<>_$%&!,;/\\".utf8.contains(first),
            text.allSatisfy({ $0 == first })
        else { return nil }
        return first
    }

    private mutating func readHeading(_ range: Range<Int>) -> Bool {
        guard !lines.isInBlock else { return false }
        if let mark = rule(line), line + 2 <= source.lineCount, rule(line + 2) == mark {
            let title = source.trimmedRange(ofLine: line + 1)
            guard !title.isEmpty else { return false }
            addHeading(title, style: Int(mark) + 256)
            line += 3
            return true
        }
        guard rule(line) == nil, source.indentation(ofLine: line) == 0, let mark = rule(line + 1),
            source.trimmedRange(ofLine: line + 1).count + 2 >= source.string(range).count
        else { return false }
        addHeading(range, style: Int(mark))
        line += 2
        return true
    }

    private mutating func addHeading(_ title: Range<Int>, style: Int) {
        if !styles.contains(style) { styles.append(style) }
        let level = min((styles.firstIndex(of: style) ?? 0) + 1, 6)
        lines.add(title, as: .heading(level: level), inline: inline)
    }

    // MARK: Explicit markup

    private mutating func readMarkup(_ range: Range<Int>) -> Bool {
        let isFirst = !lines.isInBlock
        if !isFirst, isOption(range), isOptionOrDescription(line - 1) {
            // The next entry of a list of options needs no empty line before it.
            lines.flush()
            return readDefinition(range)
        }
        if source.begins(range, with: "| ") || range.count == 1 && source.begins(range, with: "|") {
            // Lines of verse and addresses stay apart.
            lines.begin(.listItem, at: range.lowerBound, marker: "")
            addProse(source.trimmed((range.lowerBound + 1)..<range.upperBound))
            return true
        }
        if source.begins(range, with: ".."),
            range.count == 2 || source.utf8[range.lowerBound + 2] == 0x20
        {
            lines.flush()
            readDirective(range)
            return true
        }
        if isFirst, source.begins(range, with: ":"), readField(range) { return true }
        if isFirst, source.begins(range, with: ">>>") {
            readDoctest()
            return true
        }
        let marker = source.listMarker(range)
        if marker > 0, isFirst || isListContinued {
            let indent = min(source.indentation(ofLine: line) / 2, 8)
            let text = source.string(range.lowerBound..<(range.lowerBound + marker))
            lines.begin(
                .listItem,
                at: range.lowerBound,
                marker: String(repeating: "  ", count: indent) + text
            )
            addProse((range.lowerBound + marker)..<range.upperBound)
            return true
        }
        return false
    }

    /// Whether the line before belongs to a list, so that a marker begins the next item.
    private var isListContinued: Bool {
        guard line > 1 else { return false }
        let before = source.trimmedRange(ofLine: line - 1)
        return source.listMarker(before) > 0
            || source.indentation(ofLine: line - 1) > source.indentation(ofLine: line)
    }

    private mutating func readDirective(_ range: Range<Int>) {
        let start = line
        let indent = source.indentation(ofLine: line)
        let head = source.trimmed((min(range.lowerBound + 2, range.upperBound))..<range.upperBound)
        line += 1
        guard let colons = source.first("::", in: head), !source.begins(head, with: "_") else {
            // A footnote or citation says something; targets and comments do not.
            if source.begins(head, with: "["), let end = source.first("]", in: head) {
                let text = source.trimmed((end + 1)..<head.upperBound)
                lines.begin(.paragraph, at: head.lowerBound)
                // Its text may begin in the next line.
                if text.isEmpty { lines.flush() } else { lines.add(text, inline: inline) }
                return
            }
            // Two dots alone only part what stands around them.
            if head.isEmpty, line > source.lineCount || source.trimmedRange(ofLine: line).isEmpty {
                return
            }
            skipIndented(beyond: indent)
            return
        }
        var name = source.string(head.lowerBound..<colons)
        if let substitution = name.split(separator: "|").last, name.hasPrefix("|") {
            name = String(substitution.drop { $0 == " " })
        }
        let argument = source.trimmed((colons + 2)..<head.upperBound)
        if name == "image" || name == "figure" {
            if let words = Self.alternative(below: start, source), !words.isEmpty {
                lines.add(words, as: .paragraph, inline: inline)
            }
            if name == "image" { return skipIndented(beyond: indent) }
        }
        if Self.skipped.contains(name) { return skipIndented(beyond: indent) }
        if Self.transparent.contains(name) {
            // A quotation may begin on the line of the directive.
            if Self.quotations.contains(name), !argument.isEmpty {
                lines.add(argument, inline: inline)
            }
            return skipOptions(beyond: indent)
        }
        let isCode = Self.code.contains(name)
        let isTable = name.hasSuffix("-table")
        if !argument.isEmpty, !isCode, name != "figure" {
            // The name of a function or option, the title of a box or the first words of its text.
            let isTerm = name.contains(":") || Self.descriptions.contains(name) || isTable
            if isTerm {
                lines.add(argument, as: .term, inline: InlineMarkup.none)
            } else {
                // Its text may go on in the lines below.
                lines.add(argument, inline: inline)
            }
        }
        if name == "list-table" || name == "csv-table" {
            return readListedTable(beyond: indent, isList: name == "list-table")
        }
        skipOptions(beyond: indent)
        if isCode {
            let language = source.string(argument)
            // A formula may stand on the line of the directive.
            if name == "math", !argument.isEmpty {
                lines.add(argument, as: .code(language: nil), inline: InlineMarkup.none)
            }
            let named = ["code-block", "code", "sourcecode"].contains(name) && !language.isEmpty
            readLiteral(beyond: indent, language: named ? language : nil)
        }
        precondition(line > start)
    }

    private static let descriptions: Set<String> = [
        "function", "method", "attribute", "data", "exception", "option", "cmdoption", "program",
        "envvar", "describe", "object", "classmethod", "staticmethod", "property", "decorator",
        "type", "macro", "member", "var", "confval", "glossary", "rubric", "topic", "admonition",
    ]

    mutating func skipOptions(beyond indent: Int) {
        while line <= source.lineCount, source.indentation(ofLine: line) > indent,
            source.begins(source.trimmedRange(ofLine: line), with: ":")
        {
            line += 1
        }
    }

    mutating func skipIndented(beyond indent: Int) {
        while line <= source.lineCount {
            let range = source.trimmedRange(ofLine: line)
            guard range.isEmpty || source.indentation(ofLine: line) > indent else { return }
            line += 1
        }
    }

    /// `:Author: Ana`, metadata at the head and a description elsewhere.
    private mutating func readField(_ range: Range<Int>) -> Bool {
        let rest = (range.lowerBound + 1)..<range.upperBound
        guard let colon = source.utf8[rest].firstIndex(of: UInt8(ascii: ":")),
            colon > rest.lowerBound,
            colon + 1 == range.upperBound || source.utf8[colon + 1] == 0x20
        else { return false }
        let name = source.string(rest.lowerBound..<colon)
        let value = source.trimmed((colon + 1)..<range.upperBound)
        let isAtHead = !blocks.contains { $0.kind == .paragraph }
        if isAtHead, !name.contains(" ") {
            metadata[name.lowercased()] = .string(source.string(value))
            line += 1
            return true
        }
        lines.add(
            name.isEmpty ? value : rest.lowerBound..<colon,
            as: .term,
            inline: InlineMarkup.none
        )
        if value.isEmpty { line += 1 } else { addProse(value) }
        return true
    }

    // MARK: Definitions

    /// Whether a line begins with an option, as `--quiet` does, and goes on with what it does.
    private func isOption(_ range: Range<Int>) -> Bool {
        (source.begins(range, with: "-") || source.begins(range, with: "/"))
            && range.count > 3 && source.utf8[range.lowerBound + 1] != 0x20
            && source.first("  ", in: range) != nil
    }

    /// Whether a line is an entry of a list of options, or belongs to the one above it.
    private func isOptionOrDescription(_ line: Int) -> Bool {
        line >= 1
            && (isOption(source.trimmedRange(ofLine: line)) || source.indentation(ofLine: line) > 4)
    }

    /// A term above its definition, which is indented further, or an option before what it does.
    private mutating func readDefinition(_ range: Range<Int>) -> Bool {
        guard !lines.isInBlock, !source.utf8[range].suffix(2).elementsEqual("::".utf8) else {
            return false
        }
        if isOption(range), let gap = source.first("  ", in: range) {
            lines.add(range.lowerBound..<gap, as: .term, inline: InlineMarkup.none)
            addProse(source.trimmed(gap..<range.upperBound))
            return true
        }
        let indent = source.indentation(ofLine: line)
        guard line < source.lineCount, !source.trimmedRange(ofLine: line + 1).isEmpty,
            source.indentation(ofLine: line + 1) > indent
        else { return false }
        lines.add(range, as: .term, inline: inline)
        line += 1
        return true
    }

    // MARK: Prose and code

    /// Adds a line of prose; if it ends with `::`, what follows indented is code.
    private mutating func addProse(_ range: Range<Int>) {
        let indent = source.indentation(ofLine: line)
        var range = range
        let opensLiteral =
            range.count >= 2 && source.utf8[..<range.upperBound].suffix(2).elementsEqual("::".utf8)
            && isParagraphEnd
        if opensLiteral {
            range = range.lowerBound..<(range.upperBound - (range.count == 2 ? 2 : 1))
        }
        if !range.isEmpty { lines.add(range, inline: inline) }
        line += 1
        if opensLiteral {
            lines.flush()
            readLiteral(beyond: indent, language: nil)
        }
    }

    /// Whether the line is the last of its paragraph.
    private var isParagraphEnd: Bool {
        line >= source.lineCount || source.trimmedRange(ofLine: line + 1).isEmpty
    }

    /// The lines that are indented further than `indent`, as code.
    private mutating func readLiteral(beyond indent: Int, language: String?) {
        while line <= source.lineCount, source.trimmedRange(ofLine: line).isEmpty { line += 1 }
        guard line <= source.lineCount, source.indentation(ofLine: line) > indent else { return }
        lines.begin(.code(language: language), at: source.lineStarts[line - 1])
        let inner = source.indentation(ofLine: line)
        while line <= source.lineCount {
            let range = source.range(ofLine: line)
            let isEmpty = source.trimmedRange(ofLine: line).isEmpty
            guard isEmpty || source.indentation(ofLine: line) > indent else { break }
            // Without the indentation that all of it has, where that is spaces.
            var start = range.lowerBound
            while start < range.upperBound, start - range.lowerBound < inner,
                source.utf8[start] == 0x20
            {
                start += 1
            }
            lines.addVerbatim(start..<range.upperBound)
            line += 1
        }
        lines.flush()
    }

    private mutating func readDoctest() {
        lines.begin(.code(language: "python"), at: source.lineStarts[line - 1])
        while line <= source.lineCount, !source.trimmedRange(ofLine: line).isEmpty {
            lines.addVerbatim(source.trimmedRange(ofLine: line))
            line += 1
        }
        lines.flush()
    }
}
