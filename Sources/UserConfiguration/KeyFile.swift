package import Foundation

/// The keys of providers in a file of the user's own, for those who keep none in their environment.
///
/// `$XDG_CONFIG_HOME/vecino/keys` has a line `OPENAI_API_KEY=…` for each provider, and, where a
/// provider is reached elsewhere, one with its address; empty lines and lines that begin with `#`
/// are skipped. Nobody but its owner may read it.
public enum KeyFile {
    /// Where the file is.
    public static func path(_ environment: [String: String] = ProcessEnvironment.environment)
        -> String
    {
        let settings = URL(filePath: Settings.userFile(environment))
        return settings.deletingLastPathComponent().appending(path: "keys")
            .path(percentEncoded: false)
    }

    /// The values in the file's text, by the names of their variables: `NAME_API_KEY`, and those of
    /// `names`.
    ///
    /// Lines may be those of a shell (`export NAME='…'`, a comment after the value) or of a Windows
    /// editor (a byte order mark, carriage returns).
    ///
    /// - Throws: `KeyFileError` for any other line.
    package static func keys(
        in data: Data,
        names: Set<String> = [],
        path: String
    ) throws(KeyFileError) -> [String: String] {
        var keys: [String: String] = [:]
        let lines = text(of: data)
            .split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (number, line) in lines.enumerated() {
            let line = line.filter { $0 != "\u{FEFF}" }.trimmingCharacters(in: .whitespaces)
            if line.isEmpty || line.hasPrefix("#") || line == "{" || line == "}" { continue }
            // The head of a section of TOML or of an INI file.
            if line.wholeMatch(of: /\[[A-Za-z0-9_. -]*\]/) != nil { continue }
            // Of a shell, with an equals sign or, in fish and Windows, without; of JSON and YAML.
            let plain =
                #/(?:(?:export|set|env|declare -x|-e)\s+|\$env:)?([A-Za-z][A-Za-z0-9_]*)\s*[=:]\s*(.*)/#
            let spaced = #/(?:setx|set(?:\s+-[a-zA-Z]+)+)\s+([A-Za-z][A-Za-z0-9_]*)\s+(.*)/#
            let json = #/\{?\s*"([A-Za-z][A-Za-z0-9_]*)"\s*:\s*("[^"]*")\s*,?\s*\}?/#
            guard
                let match = try? spaced.wholeMatch(in: line) ?? json.wholeMatch(in: line)
                    ?? plain.wholeMatch(in: line)
            else { throw KeyFileError(path: path, fault: .line(number + 1)) }
            let name = match.1.uppercased()
            guard name.hasSuffix("_API_KEY") || names.contains(name),
                let value = value(in: String(match.2))
            else { throw KeyFileError(path: path, fault: .line(number + 1)) }
            if keys[name] == nil { keys[name] = value }
        }
        return keys
    }

    /// The file's text: UTF-8, or UTF-16 with a byte order mark, as Windows saves it.
    private static func text(of data: Data) -> String {
        let bytes = [UInt8](data)
        let isBigEndian = bytes.starts(with: [0xFE, 0xFF])
        guard isBigEndian || bytes.starts(with: [0xFF, 0xFE]) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
            let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
            return isBigEndian ? first << 8 | second : second << 8 | first
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// The value in what follows an equals sign; nil for none, and for one of several words.
    private static func value(in text: String) -> String? {
        var text = text
        if let mark = text.first, "\"'`“‘".contains(mark) {
            let end: Character = mark == "“" ? "”" : mark == "‘" ? "’" : mark
            text.removeFirst()
            guard let close = text.firstIndex(of: end) else { return nil }
            let rest = text[text.index(after: close)...].trimmingCharacters(in: .whitespaces)
            guard rest.isEmpty || rest == ";" || rest.hasPrefix("#") else { return nil }
            text = text[..<close].trimmingCharacters(in: .whitespaces)
        } else if let comment = text.firstMatch(of: /\s#/) {
            text = String(text[..<comment.range.lowerBound])
        }
        text = text.trimmingCharacters(in: .whitespaces)
        while text.hasSuffix(";") { text.removeLast() }
        if text.hasPrefix("Bearer ") { text = String(text.dropFirst(7)) }
        let isOneWord = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        return text.isEmpty || !isOneWord ? nil : text
    }
}

/// Why the file with the keys was refused; what stands in it is never said.
public struct KeyFileError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Fault: Hashable, Sendable {
        /// Its mode lets others read it.
        case readableByOthers
        /// This user cannot read it.
        case unreadable
        /// A line, counted from 1, is no variable of a provider with one word as its value.
        case line(Int)
    }

    /// The file.
    public let path: String
    /// What is wrong with it.
    public let fault: Fault

    package init(path: String, fault: Fault) {
        self.path = path
        self.fault = fault
    }

    /// What is wrong, and what to do about it.
    public var description: String {
        switch fault {
        case .readableByOthers: "Others may read the keys in \(path): run chmod 600 on it."
        case .unreadable: "The keys in \(path) cannot be read: check whose file it is."
        case .line(let number):
            "Line \(number) of \(path) is not NAME_API_KEY=…, such as OPENAI_API_KEY=…, nor another "
                + "variable of a provider's: correct it."
        }
    }
}
