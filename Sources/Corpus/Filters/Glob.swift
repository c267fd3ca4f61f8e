/// A pattern of paths, as `.gitignore` writes them and `--path`, `--include`, `--exclude` take them.
///
/// `*` stands for anything within a name, `?` for a character, `[a-z]` and `[!a-z]` for one of a
/// set, `**` between slashes for any number of folders; a backslash takes the next character as it
/// is. A pattern with a slash before its end begins at the top; one without matches at any depth.
///
/// In one thing this differs from git: `?` and sets stand for a character, not for a byte of it.
package struct Glob: Hashable, Sendable, CustomStringConvertible {
    /// The pattern.
    package let pattern: String
    /// Whether only folders match: the pattern ends with a slash.
    package let matchesFoldersOnly: Bool

    private let segments: [Segment]

    /// The glob of `pattern`.
    ///
    /// Every string is a glob; an empty one matches nothing.
    package init(_ pattern: String) {
        self.pattern = pattern
        var bytes = Array(pattern.utf8)
        matchesFoldersOnly = bytes.last == 0x2F
        while bytes.last == 0x2F { bytes.removeLast() }
        let isAnchored = bytes.contains(0x2F)
        if bytes.first == 0x2F { bytes.removeFirst() }
        var segments = bytes.split(separator: 0x2F).map { part -> Segment in
            part.elementsEqual("**".utf8) ? .folders : .name(NamePattern(part))
        }
        if !isAnchored, !segments.isEmpty { segments.insert(.folders, at: 0) }
        self.segments = segments
    }

    /// The pattern.
    package var description: String { pattern }

    /// Whether the pattern matches `path` or a folder that it lies in.
    package func matches(_ path: String) -> Bool {
        let parts = Array(path.utf8).split(separator: 0x2F)
        guard !parts.isEmpty else { return false }
        for count in 1...parts.count {
            let isFolder = count < parts.count
            if isFolder || !matchesFoldersOnly, matches(parts[..<count]) { return true }
        }
        return false
    }

    /// Whether the pattern matches exactly this path, taken apart at its slashes.
    package func matches(_ parts: ArraySlice<ArraySlice<UInt8>>) -> Bool {
        guard !segments.isEmpty else { return false }
        // As with stars in a name: only the last `**` ever needs another try.
        var segment = 0
        var part = parts.startIndex
        var retry: (segment: Int, part: Int)?
        while part < parts.endIndex {
            if segment < segments.count {
                switch segments[segment] {
                case .folders:
                    // "a/**" is what is inside a, not a.
                    if segment == segments.count - 1 { return true }
                    retry = (segment, part)
                    segment += 1
                    continue
                case .name(let name) where name.matches(parts[part]):
                    segment += 1
                    part += 1
                    continue
                case .name: break
                }
            }
            guard let last = retry else { return false }
            retry = (last.segment, last.part + 1)
            segment = last.segment + 1
            part = last.part + 1
        }
        return segment == segments.count
    }

    /// The patterns that one with braces stands for: `*.{md,txt}` is `*.md` and `*.txt`.
    ///
    /// Braces without a comma between them, or without their partner, stand for themselves, and so does
    /// all of a pattern that would be more than 256.
    package static func alternatives(of pattern: String) -> [String] {
        var whole: [String] = []
        var rest = [pattern]
        while let next = rest.popLast() {
            guard let parts = braces(in: next) else {
                whole.append(next)
                continue
            }
            rest += parts.reversed()
            if whole.count + rest.count > 256 { return [pattern] }
        }
        return whole
    }

    /// The patterns with each part of the first braces that have parts, or nil.
    private static func braces(in pattern: String) -> [String]? {
        var open: [(start: String.Index, commas: [String.Index])] = []
        var isEscaped = false
        for index in pattern.indices {
            if isEscaped {
                isEscaped = false
                continue
            }
            switch pattern[index] {
            case "\\": isEscaped = true
            case "{": open.append((index, []))
            case ",": if !open.isEmpty { open[open.count - 1].commas.append(index) }
            case "}":
                guard let last = open.popLast(), !last.commas.isEmpty else { continue }
                let starts = ([last.start] + last.commas).map { pattern.index(after: $0) }
                let before = String(pattern[..<last.start])
                let after = String(pattern[pattern.index(after: index)...])
                return zip(starts, last.commas + [index]).map { start, end -> String in
                    before + String(pattern[start..<end]) + after
                }
            default: break
            }
        }
        return nil
    }

    private enum Segment: Hashable {
        case folders
        case name(NamePattern)
    }
}

/// The part of a glob between two slashes.
private struct NamePattern: Hashable, Sendable {
    private enum Token: Hashable {
        case byte(UInt8)
        case character
        case any
        case set([ClosedRange<UInt32>], isNegated: Bool)
    }

    private var tokens: [Token] = []

    init(_ pattern: ArraySlice<UInt8>) {
        let bytes = Array(pattern)
        var i = 0
        while i < bytes.count {
            switch bytes[i] {
            case UInt8(ascii: "*"):
                if tokens.last != .any { tokens.append(.any) }
            case UInt8(ascii: "?"): tokens.append(.character)
            case UInt8(ascii: "\\") where i + 1 < bytes.count:
                i += 1
                tokens.append(.byte(bytes[i]))
            case UInt8(ascii: "["):
                if let (token, end) = Self.set(bytes, at: i) {
                    tokens.append(token)
                    i = end - 1
                } else {
                    tokens.append(.byte(bytes[i]))
                }
            default: tokens.append(.byte(bytes[i]))
            }
            i += 1
        }
    }

    /// The set that begins at `start` and the index after it, or nil if it is never closed.
    private static func set(_ bytes: [UInt8], at start: Int) -> (Token, Int)? {
        var i = start + 1
        var isNegated = false
        if i < bytes.count, bytes[i] == UInt8(ascii: "!") || bytes[i] == UInt8(ascii: "^") {
            isNegated = true
            i += 1
        }
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        func character() -> UInt32? {
            if i < bytes.count, bytes[i] == UInt8(ascii: "\\") { i += 1 }
            guard i < bytes.count else { return nil }
            let (value, length) = scalar(bytes[...], at: i)
            i += length
            return value
        }
        while i < bytes.count {
            if bytes[i] == UInt8(ascii: "]"), !isFirst {
                return (.set(ranges, isNegated: isNegated), i + 1)
            }
            isFirst = false
            guard let low = character() else { return nil }
            var high = low
            if i + 1 < bytes.count, bytes[i] == UInt8(ascii: "-"), bytes[i + 1] != UInt8(ascii: "]")
            {
                i += 1
                guard let end = character() else { return nil }
                high = end
            }
            if low <= high { ranges.append(low...high) }
        }
        return nil
    }

    /// Whether the whole of `name` matches.
    ///
    /// - Complexity: O(name × pattern) at worst.
    func matches(_ name: ArraySlice<UInt8>) -> Bool {
        var token = 0
        var i = name.startIndex
        var retry: (token: Int, index: Int)?
        while i < name.endIndex {
            if token < tokens.count {
                switch tokens[token] {
                case .any:
                    retry = (token, i)
                    token += 1
                    continue
                case .byte(let byte) where byte == name[i]:
                    token += 1
                    i += 1
                    continue
                case .character:
                    token += 1
                    i += Self.scalar(name, at: i).length
                    continue
                case .set(let ranges, let isNegated):
                    let (value, length) = Self.scalar(name, at: i)
                    if ranges.contains(where: { $0.contains(value) }) != isNegated {
                        token += 1
                        i += length
                        continue
                    }
                case .byte: break
                }
            }
            guard let last = retry else { return false }
            retry = (last.token, last.index + 1)
            token = last.token + 1
            i = last.index + 1
        }
        while token < tokens.count, tokens[token] == .any { token += 1 }
        return token == tokens.count
    }

    /// The character at `i`, and its length; a broken byte stands for itself.
    private static func scalar(
        _ bytes: ArraySlice<UInt8>,
        at i: Int
    ) -> (value: UInt32, length: Int) {
        let lead = bytes[i]
        let length = lead < 0xC2 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 1
        guard length > 1, i + length <= bytes.endIndex else { return (UInt32(lead), 1) }
        var value = UInt32(lead) & (0xFF >> UInt32(length + 1))
        for byte in bytes[(i + 1)..<(i + length)] {
            guard byte & 0xC0 == 0x80 else { return (UInt32(lead), 1) }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        return (value, length)
    }
}
