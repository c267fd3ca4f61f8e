internal import Corpus

/// Reads source code: a section per declaration of some length, the rest between them as it comes.
///
/// Declarations are found by the word that a line begins with and by its indentation, which is
/// right for code that is laid out as people lay it out, and costs nothing. Comments and attributes
/// right above a declaration belong to it.
struct SourceCodeReader: FormatReader {
    static let declaration = DocumentFormat.text(
        "code",
        version: 1,
        suffixes: [],
        recognizes: { language(ofFile: $0.name, suffix: $0.suffix) != nil },
        make: { text, _ in
            SourceCodeReader(language: language(ofFile: text.name, suffix: text.suffix) ?? "text")
        }
    )

    /// The name of the programming language.
    let language: String

    /// The language of a file by its name, or nil if it is not known as code.
    static func language(ofFile name: String, suffix: String) -> String? {
        suffixes[suffix] ?? fileNames[name]
    }

    static func language(of file: FileProbe) -> String? {
        language(ofFile: file.name, suffix: file.suffix)
    }

    func read(_ source: SourceText) -> DocumentDraft {
        var draft = DocumentDraft()
        let declarations = declarations(in: source)
        var line = 1
        let last = source.lineStarts.count
        for declaration in declarations {
            append(line..<declaration.first, source, &draft.blocks)
            line = declaration.first
            // An empty heading ends the section above without opening another.
            guard declaration.isSection else {
                draft.blocks.append(
                    Block(kind: .heading(level: 1), text: "", anchors: Anchors(from: 0))
                )
                continue
            }
            let name = source.string(declaration.name)
            draft.blocks.append(
                Block(
                    kind: .heading(level: declaration.level),
                    text: name,
                    anchors: Anchors(verbatim: declaration.name)
                )
            )
            append(line..<declaration.end, source, &draft.blocks)
            line = declaration.end
            if declaration.level > 1 {
                draft.blocks.append(
                    Block(kind: .heading(level: 2), text: "", anchors: Anchors(from: 0))
                )
            }
        }
        append(line..<(last + 1), source, &draft.blocks)
        draft.metadata["code"] = .string(language)
        return draft
    }

    private func append(_ lines: Range<Int>, _ source: SourceText, _ blocks: inout [Block]) {
        guard !lines.isEmpty else { return }
        let start = source.range(ofLine: lines.lowerBound).lowerBound
        var builder = TextBuilder(from: start)
        let end = source.range(ofLine: lines.upperBound - 1).upperBound
        builder.append(verbatim: start..<end, of: source.utf8)
        if let block = builder.block(.code(language: language)) { blocks.append(block) }
    }

    // MARK: Declarations

    private struct Declaration {
        /// The first line, comments above included, and the line after the last.
        var first: Int
        var end: Int
        let level: Int
        let name: Range<Int>
        /// Whether it is long enough to be a section; at the outermost level it ends the section
        /// before it all the same.
        var isSection = true
    }

    /// Declarations of at least this many lines are sections of their own.
    private static let minimumLines = 6

    private func declarations(in source: SourceText) -> [Declaration] {
        var found: [(line: Int, indent: Int, name: Range<Int>)] = []
        for line in 1...source.lineStarts.count {
            let range = source.range(ofLine: line)
            guard let indent = indentation(of: range, source), indent <= 4 else { continue }
            if let name = declaredName(range, source) { found.append((line, indent, name)) }
        }
        // The section of a container ends where its first member begins.
        var result: [Declaration] = []
        for (index, item) in found.enumerated() {
            var first = item.line
            while first > 1, isLeading(line: first - 1, indent: item.indent, source) { first -= 1 }
            if let previous = result.last { first = max(first, previous.end) }
            var end = source.lineStarts.count + 1
            if index + 1 < found.count { end = found[index + 1].line }
            while end > item.line + 1, isLeading(line: end - 1, indent: nil, source) { end -= 1 }
            let isOuter = item.indent == 0
            // A container opens a section for its members' sake, however soon they begin.
            let isContainer = isOuter && index + 1 < found.count && found[index + 1].indent > 0
            let isSection = isContainer || end - item.line >= Self.minimumLines
            guard isSection || isOuter, first < end else { continue }
            result.append(
                Declaration(
                    first: first,
                    end: isSection ? end : first,
                    level: isOuter ? 1 : 2,
                    name: item.name,
                    isSection: isSection
                )
            )
        }
        return result
    }

    /// Whether a line is a comment, an attribute or empty: nothing by itself.
    private func isLeading(line: Int, indent: Int?, _ source: SourceText) -> Bool {
        let range = source.range(ofLine: line)
        guard let own = indentation(of: range, source) else { return indent == nil }
        if let indent, own != indent { return false }
        let text = source.utf8[range].drop { $0 == 0x20 || $0 == 0x09 }
        return Self.leadingMarks.contains { text.starts(with: $0) }
    }

    /// The width of the white space at the beginning of a line, a tab being four; nil if empty.
    private func indentation(of range: Range<Int>, _ source: SourceText) -> Int? {
        var width = 0
        for byte in source.utf8[range] {
            switch byte {
            case 0x20: width += 1
            case 0x09: width += 4
            default: return width
            }
        }
        return nil
    }

    /// What a line declares: from its first word to the name, without the brace.
    private func declaredName(_ range: Range<Int>, _ source: SourceText) -> Range<Int>? {
        var words = 0
        var i = range.lowerBound
        while i < range.upperBound, source.utf8[i] <= 0x20 { i += 1 }
        let start = i
        while words < 6 {
            let wordStart = i
            while i < range.upperBound, isWord(source.utf8[i]) { i += 1 }
            guard i > wordStart else { return nil }
            let word = String(decoding: source.utf8[wordStart..<i], as: UTF8.self)
            if Self.declaring.contains(word) { break }
            guard Self.modifiers.contains(word) else { return nil }
            words += 1
            // "private(set)", "pub(crate)"
            if i < range.upperBound, source.utf8[i] == UInt8(ascii: "(") {
                while i < range.upperBound, source.utf8[i] != UInt8(ascii: ")") { i += 1 }
                i = min(i + 1, range.upperBound)
            }
            while i < range.upperBound, source.utf8[i] == 0x20 { i += 1 }
        }
        guard words < 6, i < range.upperBound, source.utf8[i] == 0x20 else { return nil }
        var end = i + 1
        while end < range.upperBound, !"{(:<=;".utf8.contains(source.utf8[end]) { end += 1 }
        while end > start, source.utf8[end - 1] <= 0x20 { end -= 1 }
        return end > i && end - start <= 120 ? start..<end : nil
    }

    private func isWord(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
            || byte >= 0x80
    }

    private static let leadingMarks = ["//", "/*", "*", "#", "@", "--", "\"\"\"", ";"].map {
        Array($0.utf8)
    }

    private static let modifiers: Set<String> = [
        "public", "private", "protected", "internal", "package", "open", "fileprivate", "static",
        "final", "abstract", "override", "mutating", "nonisolated", "async", "unsafe", "pub",
        "export", "default", "const", "inline", "virtual", "sealed", "data", "partial", "readonly",
        "extern", "indirect", "distributed", "local", "declare", "suspend",
    ]

    private static let declaring: Set<String> = [
        "func", "class", "struct", "enum", "protocol", "extension", "actor", "init", "def", "fn",
        "impl", "trait", "mod", "interface", "type", "function", "module", "object", "namespace",
        "sub", "procedure", "union", "record", "macro", "fun",
    ]

    private static let fileNames = [
        "Makefile": "make", "Dockerfile": "dockerfile", "CMakeLists.txt": "cmake",
        "Rakefile": "ruby",
        "Gemfile": "ruby", "Justfile": "make",
    ]

    private static let suffixes = [
        "swift": "swift", "py": "python", "pyi": "python", "js": "javascript", "mjs": "javascript",
        "cjs": "javascript", "jsx": "javascript", "ts": "typescript", "tsx": "typescript",
        "c": "c", "h": "c", "cc": "c++", "cpp": "c++", "cxx": "c++", "hpp": "c++", "hh": "c++",
        "m": "objective-c", "mm": "objective-c", "java": "java", "kt": "kotlin", "kts": "kotlin",
        "scala": "scala", "go": "go", "rs": "rust", "rb": "ruby", "php": "php", "pl": "perl",
        "pm": "perl", "lua": "lua", "r": "r", "jl": "julia", "cs": "c#", "fs": "f#",
        "hs": "haskell",
        "ml": "ocaml", "ex": "elixir", "exs": "elixir", "erl": "erlang", "clj": "clojure",
        "sh": "shell", "bash": "shell", "zsh": "shell", "fish": "shell", "ps1": "powershell",
        "sql": "sql", "css": "css", "scss": "css", "yaml": "yaml", "yml": "yaml",
        "toml": "toml", "ini": "ini", "cfg": "ini", "conf": "ini", "xml": "xml", "vim": "vim",
        "el": "lisp", "lisp": "lisp", "scm": "scheme", "zig": "zig", "nim": "nim", "dart": "dart",
        "cmake": "cmake", "mk": "make", "proto": "protobuf", "graphql": "graphql",
        "tf": "terraform",
        "asm": "assembly", "s": "assembly", "f90": "fortran", "pas": "pascal", "v": "verilog",
        "vhd": "vhdl", "awk": "awk", "tcl": "tcl", "groovy": "groovy", "gradle": "groovy",
        "diff": "diff", "patch": "diff",
    ]
}
