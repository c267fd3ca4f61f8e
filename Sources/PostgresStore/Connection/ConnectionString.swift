#if Postgres
internal import CPQ
internal import Foundation

/// Connection strings as libpq reads them.
enum ConnectionString {
    /// A string that libpq cannot read.
    struct Unreadable: Error {}

    /// The options that a string sets, by keyword.
    static func parse(_ text: String) -> Result<[String: String], Unreadable> {
        guard let list = unsafe PQconninfoParse(text, nil) else { return .failure(Unreadable()) }
        defer { unsafe PQconninfoFree(list) }
        var options: [String: String] = [:]
        var option = unsafe list
        while let keyword = unsafe option.pointee.keyword {
            if let value = unsafe option.pointee.val {
                unsafe options[String(cString: keyword)] = unsafe String(cString: value)
            }
            unsafe option += 1
        }
        return .success(options)
    }

    /// The string without what may be a password in it.
    static func hidden(_ text: String) -> String {
        var text = text
        let patterns = [
            // `user:password@` of a URI, up to the last `@`: rather too much than too little.
            ("^(postgres(?:ql)?://[^:@/?]*):.*@", "$1:…@"),
            ("(?i)((?:ssl)?password\\s*=\\s*)('(?:[^'\\\\]|\\\\.)*'|[^\\s&]*)", "$1…"),
        ]
        for (pattern, replacement) in patterns {
            text = text.replacingOccurrences(
                of: pattern,
                with: replacement,
                options: .regularExpression
            )
        }
        return text
    }

    /// The settings of a string of keywords and values, each as it stands; quoted spaces do not part them.
    static func words(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "'" {
                isQuoted.toggle()
            } else if character.isWhitespace, !isQuoted {
                if !word.isEmpty { words.append(word) }
                word = ""
                continue
            }
            word.append(character)
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    /// A value without its quotation marks and backslashes.
    static func value(_ text: String) -> String {
        var value = ""
        var isEscaped = false
        for character in text {
            if !isEscaped, character == "\\" {
                isEscaped = true
            } else if isEscaped || character != "'" {
                value.append(character)
                isEscaped = false
            }
        }
        return value
    }
}
#endif
