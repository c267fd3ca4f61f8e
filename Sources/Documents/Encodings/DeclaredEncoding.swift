/// The encoding that a file names for itself.
enum DeclaredEncoding {
    /// How far from the beginning a name is looked for.
    private static let reach = 4096

    /// The name in lower case, or nil where there is none.
    ///
    /// Known are the declarations of HTML (`charset=`), XML and CSS (`encoding=`, `@charset`), of
    /// LaTeX (`\usepackage[latin1]{inputenc}`), and what editors and languages read in the first
    /// two lines (`-*- coding: latin-1 -*-`).
    static func name(in bytes: [UInt8], suffix: String) -> String? {
        let head = String(decoding: bytes.prefix(reach), as: UTF8.self).lowercased()
        let isMarkup = head.drop { $0.isWhitespace }.hasPrefix("<")
        if isMarkup || HTMLReader.declaration.suffixes.contains(suffix) {
            if let name = name(after: ["charset=", "encoding="], in: head) { return name }
        }
        if let range = head.firstRange(of: "]{inputenc}"),
            let open = head[..<range.lowerBound].lastIndex(of: "[")
        {
            return String(head[head.index(after: open)..<range.lowerBound])
        }
        let lines = head.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
        let top = lines.prefix(2).joined(separator: "\n")
        return name(after: ["coding:", "coding=", "@charset "], in: top)
    }

    private static func name(after keys: [String], in text: String) -> String? {
        for key in keys {
            guard let position = text.firstRange(of: key) else { continue }
            let name = text[position.upperBound...]
                .drop { $0 == "\"" || $0 == "'" || $0 == " " }
                .prefix { $0.isLetter || $0.isNumber || "-_:.".contains($0) }
            if !name.isEmpty { return String(name) }
        }
        return nil
    }
}
