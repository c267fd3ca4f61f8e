internal import Foundation
internal import TextAnalysis

/// A pattern of documents' paths as a person writes it, or copies it from results.
///
/// `docs/**`, `*.md`, `./docs/june.md`, `../other`, an absolute path: as globs, from the collection's
/// root, from the folder that the person is in, or from the top. What is a path as it stands
/// matches itself, whatever brackets and stars are in it, and so do the files below a folder.
/// `{a,b}` stands for either. Composed and decomposed letters are the same, and so are capitals and
/// small letters, with accents and without.
struct PathPattern: Sendable {
    private let asWritten: Patterns
    private let inAnyCase: Patterns

    private struct Patterns: Sendable {
        var globs: [Glob] = []
        /// Globs of a file's name, for patterns without a slash.
        var nameGlobs: [Glob] = []
        var literals: [String] = []
    }

    /// - Parameters:
    ///   - pattern: as it was written.
    ///   - folder: where the person is, an absolute path; nil for nowhere.
    init(_ pattern: String, from folder: String?) {
        let path = Self.path(in: pattern).precomposedStringWithCanonicalMapping
        let own = pattern.precomposedStringWithCanonicalMapping
        var all = Patterns()
        // A folder's name may have brackets: they are tried as such, too.
        let patterns = [path, path.replacing("[", with: "\\[")].prefix(path.contains("[") ? 2 : 1)
        for plain in patterns.flatMap({ Glob.alternatives(of: $0) }) {
            let one = Self.patterns(plain, from: folder)
            all.globs += one.globs
            all.nameGlobs += one.nameGlobs
            all.literals += one.literals
        }
        // A name may have braces, or end as a passage's place does.
        if !all.literals.contains(path) { all.literals.append(path) }
        all.literals.append(own.withoutSlashAtEnd)
        asWritten = all
        inAnyCase = Patterns(
            globs: all.globs.map { Glob(folded($0.pattern)) },
            nameGlobs: all.nameGlobs.map { Glob(folded($0.pattern)) },
            literals: all.literals.map { folded($0) }
        )
    }

    private static func patterns(_ plain: String, from folder: String?) -> Patterns {
        var patterns = [plain]
        if plain.hasPrefix("~/") {
            patterns = [NSHomeDirectory() + plain.dropFirst()]
        } else if plain == "." || plain.hasPrefix("./") || plain == ".." || plain.hasPrefix("../") {
            // Only from where the person is, else from the collection's root.
            patterns = [joined(folder ?? "", plain)]
        } else if !plain.hasPrefix("/"), let folder, plain.contains("/") {
            patterns.append(joined(folder, plain))
        }
        let isRelative = !plain.hasPrefix("/") && !plain.hasPrefix("~/")
        let others = folder.map { isRelative ? [joined($0, plain)] : [] } ?? []
        return Patterns(
            globs: patterns.map { Glob($0) },
            nameGlobs: plain.contains("/") || !isRelative ? [] : [Glob(plain)],
            literals: (patterns + others).map(\.withoutSlashAtEnd)
        )
    }

    /// The path in what results and other programs show: with the lines of a passage behind it, as a
    /// `file:` address, in quotation marks.
    private static func path(in text: String) -> String {
        var path = text
        if path.count > 2, let first = path.first, first == path.last, "\"'`".contains(first) {
            path = String(path.dropFirst().dropLast())
        }
        if path.hasPrefix("file://") {
            path = String(path.dropFirst(7))
            path = path.removingPercentEncoding ?? path
        }
        if let lines = path.firstMatch(of: /.(:\d+(?:-\d+)?)$/) {
            path.removeSubrange(lines.output.1.startIndex...)
        }
        return path
    }

    /// Whether a document is meant.
    func matches(_ document: Document) -> Bool {
        let absolute = document.absolutePath.precomposedStringWithCanonicalMapping
        let relative = document.path.precomposedStringWithCanonicalMapping
        let name = document.fileName.precomposedStringWithCanonicalMapping
        return Self.matches(asWritten, [relative, absolute], name: name)
            || Self.matches(inAnyCase, [folded(relative), folded(absolute)], name: folded(name))
    }

    private static func matches(
        _ patterns: Patterns,
        _ paths: [String],
        name: String
    ) -> Bool {
        for glob in patterns.globs where paths.contains(where: glob.matches) { return true }
        if !patterns.nameGlobs.isEmpty {
            if patterns.nameGlobs.contains(where: { $0.matches(name) }) { return true }
            if patterns.literals.contains(name) { return true }
        }
        return patterns.literals.contains { literal in
            paths.contains { path in
                guard !literal.isEmpty, path.hasPrefix(literal) else { return false }
                let rest = path.dropFirst(literal.count)
                return rest.isEmpty || rest.first == "/"
            }
        }
    }

    /// A path below a folder, without `.` and `..`.
    private static func joined(_ folder: String, _ path: String) -> String {
        var parts = folder.split(separator: "/")
        for part in path.split(separator: "/") {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        let end = path.hasSuffix("/") ? "/" : ""
        return (folder.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/") + end
    }
}

extension String {
    fileprivate var withoutSlashAtEnd: String {
        hasSuffix("/") && count > 1 ? String(dropLast()) : self
    }
}
