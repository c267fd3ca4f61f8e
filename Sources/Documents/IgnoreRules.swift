internal import Corpus

/// The patterns of one `.gitignore` or `.vecinoignore`, as git reads them.
struct IgnoreRules: Sendable {
    private struct Rule {
        let glob: Glob
        let isNegated: Bool
    }

    private var rules: [Rule] = []

    /// Whether the file says nothing.
    var isEmpty: Bool { rules.isEmpty }

    /// The rules that `bytes`, the content of the file, state.
    init(_ bytes: [UInt8]) {
        let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        for line in content.split(separator: 0x0A) {
            var line = line
            if line.last == 0x0D { line.removeLast() }
            // Trailing spaces do not count, unless the last is escaped.
            while line.last == 0x20, line.dropLast().last != 0x5C { line.removeLast() }
            guard let first = line.first, first != 0x23 else { continue }
            let isNegated = first == 0x21
            if isNegated { line.removeFirst() }
            guard !line.isEmpty else { continue }
            let glob = Glob(String(decoding: line, as: UTF8.self))
            rules.append(Rule(glob: glob, isNegated: isNegated))
        }
    }

    /// What the last rule that matches says: true to ignore, false to keep; nil if none does.
    ///
    /// - Parameters:
    ///   - parts: The names on the way from the rules' folder to the file or folder.
    ///   - isFolder: Whether it is a folder.
    /// - Returns: The verdict, if any.
    func verdict(on parts: ArraySlice<ArraySlice<UInt8>>, isFolder: Bool) -> Bool? {
        for rule in rules.reversed() where isFolder || !rule.glob.matchesFoldersOnly {
            if rule.glob.matches(parts) { return !rule.isNegated }
        }
        return nil
    }
}
