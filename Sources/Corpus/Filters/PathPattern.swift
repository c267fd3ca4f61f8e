internal import Foundation

/// A pattern of documents' paths as a person writes it, or copies it from results.
///
/// `docs/**`, `*.md`, `./docs/june.md`, `../other`, an absolute path: as globs, from the collection's
/// root, from the folder that the person is in, or from the top. What is a path as it stands
/// matches itself, whatever brackets and stars are in it, and so do the files below a folder. Composed
/// and decomposed letters are the same.
struct PathPattern: Sendable {
    private let globs: [Glob]
    /// Glob of a file's name, for a pattern without a slash.
    private let nameGlob: Glob?
    private let literals: [String]

    /// - Parameters:
    ///   - pattern: as it was written.
    ///   - folder: where the person is, an absolute path; nil for nowhere.
    init(_ pattern: String, from folder: String?) {
        let plain = Self.path(in: pattern).precomposedStringWithCanonicalMapping
        var patterns = [plain]
        if plain.hasPrefix("~/") {
            patterns = [NSHomeDirectory() + plain.dropFirst()]
        } else if plain == "." || plain.hasPrefix("./") || plain == ".." || plain.hasPrefix("../") {
            // Only from where the person is, else from the collection's root.
            patterns = [Self.joined(folder ?? "", plain)]
        } else if !plain.hasPrefix("/"), let folder, plain.contains("/") {
            patterns.append(Self.joined(folder, plain))
        }
        let isRelative = !plain.hasPrefix("/") && !plain.hasPrefix("~/")
        nameGlob = plain.contains("/") || !isRelative ? nil : Glob(plain)
        globs = patterns.map { Glob($0) }
        // A name may end as a passage's place does.
        let own = pattern.precomposedStringWithCanonicalMapping
        literals =
            (patterns + [own] + (folder.map { isRelative ? [Self.joined($0, plain)] : [] } ?? []))
            .map { $0.hasSuffix("/") && $0.count > 1 ? String($0.dropLast()) : $0 }
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
        for glob in globs where glob.matches(relative) || glob.matches(absolute) { return true }
        if let nameGlob {
            let name = document.fileName.precomposedStringWithCanonicalMapping
            if nameGlob.matches(name) || literals.contains(name) { return true }
        }
        return literals.contains { literal in
            for path in [relative, absolute] where path.hasPrefix(literal) {
                let rest = path.dropFirst(literal.count)
                if !literal.isEmpty, rest.isEmpty || rest.first == "/" { return true }
            }
            return false
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
