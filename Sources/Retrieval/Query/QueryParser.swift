internal import Corpus
internal import TextAnalysis

/// Reads a `QuerySyntax` in one pass over the query's characters.
struct QueryParser {
    /// From so many words on a query is a text that was pasted: nothing but its quotations is syntax.
    private static let longestQuery = 40

    private let query: String
    private var rest: Substring
    private var result = QuerySyntax(verbatim: "")
    /// Whether `OR`, `AND`, `NOT` and parentheses are operators.
    private var hasOperators: Bool
    private let isPasted: Bool
    private let isCommand: Bool

    init(_ query: String) {
        self.query = query
        rest = query[...]
        let words = query.split(whereSeparator: \.isWhitespace)
        isPasted = words.count > Self.longestQuery || query.contains(where: \.isNewline)
        isCommand = Self.isCommand(words)
        let plain = words.filter { $0 != "NOT" && Self.operators[$0] == nil }
        // Scripts without capitals shout nothing, nor do codes that operators join one by one.
        let areJoined =
            words.count % 2 == 1
            && words.indices.allSatisfy { ($0 % 2 == 1) == (Self.operators[words[$0]] != nil) }
        let isShouted =
            plain.count > 2 && !areJoined && plain.contains { $0.contains(where: \.isUppercase) }
            && !plain.contains { $0.contains(where: \.isLowercase) }
        // Between two other words; "NOT" alone may be a word that somebody stresses.
        let joins = words.indices.contains { index in
            index > 0 && index + 1 < words.count && Self.operators[words[index]] != nil
        }
        let negates = words.count <= 5 && words.dropLast().contains("NOT")
        hasOperators = !isPasted && !isShouted && (joins || negates)
    }

    mutating func parse() -> QuerySyntax {
        guard QuerySize.isBounded(query) else { return QuerySyntax(verbatim: query) }
        parseSequence(isInner: false)
        let hasText = result.text.contains { $0.isLetter || $0.isNumber || $0.isEmoji }
        if hasText { return result }
        // A filter alone says what is looked for, too, and so does what is left out.
        guard !result.required.isEmpty || !result.filter.isEmpty || !result.excluded.isEmpty else {
            return QuerySyntax(verbatim: query)
        }
        result.text = query
        result.isFilter = result.required.isEmpty
        return result
    }

    /// Operands that operators join, or a single one; AND joins closer than OR.
    private struct Chain {
        /// Alternatives, each of operands that are demanded together.
        private var alternatives: [[QuerySyntax.Demand]] = []
        private var isJoined = false
        private var isAlternative = false

        var operands: [QuerySyntax.Demand] { alternatives.flatMap(\.self) }

        /// Joins the next operand by an operator.
        mutating func join(by name: String) {
            isJoined = true
            isAlternative = name == "OR"
        }

        mutating func append(_ operand: QuerySyntax.Demand) {
            if alternatives.isEmpty || isAlternative {
                alternatives.append([operand])
            } else {
                alternatives[alternatives.count - 1].append(operand)
            }
            isAlternative = false
        }

        /// What the chain demands; nil for an operand that demands nothing by itself.
        var demand: QuerySyntax.Demand? {
            let parts = alternatives.map { $0.count == 1 ? $0[0] : QuerySyntax.Demand.all($0) }
            guard let first = parts.first else { return nil }
            if parts.count > 1 { return .any(parts) }
            switch first {
            case .word, .prefix, .phrase: return isJoined ? first : nil
            default: return first
            }
        }
    }

    /// Reads operands to the end, or to the parenthesis that closes.
    ///
    /// - Returns: what was read, for a group that is demanded as a whole.
    @discardableResult
    private mutating func parseSequence(isInner: Bool) -> [QuerySyntax.Demand] {
        var demands: [QuerySyntax.Demand] = []
        var chain = Chain()
        var isPending = false
        while let character = rest.first {
            if character.isWhitespace {
                result.text.append(character)
                rest = rest.dropFirst()
                continue
            }
            if isInner, character == ")" {
                rest = rest.dropFirst()
                break
            }
            if hasOperators, !chain.operands.isEmpty, !isPending, let name = takeOperator() {
                chain.join(by: name)
                isPending = true
                continue
            }
            if !isPending { finish(&chain, isInner, &demands) }
            isPending = false
            // An exclusion demands nothing else.
            if let demand = parseOperand(), demand != .all([]) { chain.append(demand) }
        }
        finish(&chain, isInner, &demands)
        return demands
    }

    private mutating func finish(
        _ chain: inout Chain,
        _ isInner: Bool,
        _ demands: inout [QuerySyntax.Demand]
    ) {
        if let demand = chain.demand {
            demands.append(demand)
            if !isInner { result.required.append(demand) }
            // Phrases among them are demanded by the chain, not by themselves.
            for phrase in demand.phrases {
                if let place = result.phrases.lastIndex(of: phrase) {
                    result.phrases.remove(at: place)
                }
            }
        } else {
            demands += chain.operands
        }
        chain = Chain()
    }

    /// What joins operands, and what it means.
    private static let operators: [Substring: String] = [
        "OR": "OR", "|": "OR", "||": "OR", "AND": "AND", "&&": "AND",
    ]

    /// Takes `OR`, `AND` or a sign for it with the space behind it, if another operand comes.
    private mutating func takeOperator() -> String? {
        let word = rest.prefix { !$0.isWhitespace }
        guard let meaning = Self.operators[word] else { return nil }
        let after = rest[word.endIndex...]
        guard after.contains(where: { !$0.isWhitespace && $0 != ")" }) else { return nil }
        rest = after
        return meaning
    }

    /// Reads to the parenthesis that closes, in which `OR` and `AND` join.
    private mutating func parseGroup() -> [QuerySyntax.Demand] {
        let had = hasOperators
        hasOperators = true
        defer { hasOperators = had }
        return parseSequence(isInner: true)
    }

    // MARK: Operands

    /// Reads one word, phrase, group, field or exclusion.
    ///
    /// - Returns: the demand that it is as part of a chain; nil for what is none.
    private mutating func parseOperand() -> QuerySyntax.Demand? {
        if !isPasted {
            if parseExclusion() { return .all([]) }
            if let demand = parseField() { return demand }
            if let demand = parsePlus() { return demand }
            if hasOperators, rest.first == "(", rest.dropFirst().contains(")") {
                rest = rest.dropFirst()
                let demands = parseSequence(isInner: true)
                return demands.count == 1 ? demands[0] : demands.isEmpty ? nil : .all(demands)
            }
        }
        if let (phrase, raw) = Quotation.take(from: rest, behind: query[..<rest.startIndex].last) {
            rest = rest[raw.endIndex...]
            result.text += raw
            result.phrases.append(String(phrase))
            return .phrase(String(phrase))
        }
        return parseWord()
    }

    /// Reads `+word` and `+"two words"`, which are demanded; `+34` and `chmod +x` stay text.
    private mutating func parsePlus() -> QuerySyntax.Demand? {
        guard rest.first == "+", let next = rest.dropFirst().first,
            query[..<rest.startIndex].last?.isWhitespace ?? true,
            next.isLetter || Quotation.take(from: rest.dropFirst(), behind: " ") != nil,
            !Self.commands.contains(String(query.prefix { !$0.isWhitespace }))
        else { return nil }
        rest = rest.dropFirst()
        return parseOperand().map { .all([$0]) }
    }

    /// Reads to the next space, quotation or, within a group, parenthesis.
    private mutating func parseWord() -> QuerySyntax.Demand? {
        var word = ""
        while let character = rest.first, !character.isWhitespace {
            if hasOperators, character == ")" || character == "(", !word.isEmpty { break }
            if !word.isEmpty, Quotation.take(from: rest, behind: word.last) != nil { break }
            if character == "*", !isPasted, let prefix = Self.prefix(endingAt: word),
                rest.drop(while: { $0 == "*" }).first.map({ $0.isWhitespace || $0 == ")" }) ?? true
            {
                result.prefixes.append(prefix)
                rest = rest.drop { $0 == "*" }
                result.text += word
                return .prefix(prefix)
            }
            word.append(character)
            rest = rest.dropFirst()
        }
        result.text += word
        return .word(word)
    }

    /// The word of two letters or more at the end of `text`.
    private static func prefix(endingAt text: String) -> String? {
        let word = text.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        return word.count == text.count && word.count >= 2 ? String(word.reversed()) : nil
    }

    // MARK: Exclusion

    /// What people and their keyboards write for a minus.
    static let dashes: Set<Character> = ["-", "−", "－", "–", "‐", "‑", "﹣"]

    /// Reads `-word`, `-"two words"`, `-title:word`, `-(a OR b)` and `NOT word`.
    ///
    /// - Returns: whether there was one.
    private mutating func parseExclusion() -> Bool {
        let start = rest
        var after = rest
        if hasOperators, after.hasPrefix("NOT"), after.dropFirst(3).first?.isWhitespace == true {
            after = after.dropFirst(3).drop(while: \.isWhitespace)
        } else if let first = after.first, Self.dashes.contains(first) {
            after = after.dropFirst()
            // A dash opens a parenthesis, too, which another one closes.
            if first == "–", after.contains("–") { return false }
            if isOption(after) { return false }
        } else {
            return false
        }
        // What is left out is no part of the text.
        let before = result
        rest = after
        let demand: QuerySyntax.Demand?
        if rest.first == "(", rest.dropFirst().contains(")") {
            rest = rest.dropFirst()
            let demands = parseGroup()
            demand = demands.isEmpty ? nil : .any(demands)
        } else {
            demand = parseField() ?? parseOperand()
        }
        let filter = result.filter
        let asked = result
        result = before
        if let demand, demand != .all([]), filter.parts.count == before.filter.parts.count {
            result.excluded.append(demand)
            return true
        }
        if demand == .all([]), excludeDocuments(askedForBy: asked) { return true }
        rest = start
        return false
    }

    /// Leaves out the documents that one field of `other`, which follows on the result, asks for.
    ///
    /// - Returns: whether that can be left out: a word of a name can, a day cannot.
    private mutating func excludeDocuments(askedForBy other: QuerySyntax) -> Bool {
        let conditions = other.conditions.dropFirst(result.conditions.count)
        let paths = other.paths.dropFirst(result.paths.count)
        guard conditions.count + paths.count == 1 else { return false }
        result.conditions += conditions.map { condition in
            var other = condition
            other.comparison = condition.comparison == .has ? .hasNot : .not
            return other
        }
        result.excludedPaths += paths
        return true
    }

    /// Whether what stands behind a minus is an option of a command, a number, or nothing.
    private func isOption(_ after: Substring) -> Bool {
        guard let first = after.first, first != "-", !first.isWhitespace else { return true }
        if Quotation.take(from: after, behind: "-") != nil { return false }
        let word = after.prefix { !$0.isWhitespace }
        if first == "(" { return !after.contains(")") || after.dropFirst().first?.isLetter != true }
        if isTitle(around: word) { return true }
        // Names may begin with a sign: ".NET", "#draft", "@ana".
        let isName = ".#@".contains(first) && word.dropFirst().first?.isLetter == true
        let isPrice = first.isCurrencySymbol && word.dropFirst().first?.isNumber == true
        guard first.isLetter || first.isNumber || first.isEmoji || isName || isPrice else {
            return true
        }
        if isCommand { return true }
        let before = query[..<after.startIndex].dropLast()
        let isFirst = before.allSatisfy(\.isWhitespace)
        if isFirst, Self.vendors.contains(String(word.prefix { $0 != "-" })) { return true }
        // "what does tar -xzf do"
        let last = before.split(whereSeparator: \.isWhitespace).last ?? ""
        let isFlag = word.count <= 4 && word.allSatisfy { $0.isASCII && $0.isLowercase }
        if isFlag, Self.commands.contains(String(last)) { return true }
        if word.allSatisfy(\.isNumber) { return isFirst || word.count < 3 }
        guard word.allSatisfy({ $0.isASCII && $0.isLetter }) else {
            return first.isNumber && isFirst
        }
        if word.count == 1 { return !first.isUppercase || isFirst || "IVX".contains(first) }
        return word.count == 2 && isFirst
    }

    /// Whether a word behind a dash stands in a title or a sentence: it is a Roman number, a sign of
    /// punctuation ends it, another dash closes what it opens, or many words follow.
    private func isTitle(around word: Substring) -> Bool {
        guard let last = word.last else { return false }
        if word.count > 1, ":,;.!?-–—".contains(last) { return true }
        if word.count > 1, word.allSatisfy("IVX".contains) { return true }
        let following = query[word.endIndex...].split(whereSeparator: \.isWhitespace)
        let all = query.split(whereSeparator: \.isWhitespace)
        let isCapitalized = all.allSatisfy { $0.first { $0.isLetter }?.isUppercase == true }
        if isCapitalized, !following.isEmpty, all.count > 3 { return true }
        return following.count(where: { word in !(word.first.map(Self.dashes.contains) ?? false) })
            > Self.mostWordsBehindExclusion
    }

    /// Who leaves something out says little more behind it.
    private static let mostWordsBehindExclusion = 5

    /// Whether the words are a command with options rather than a query.
    private static func isCommand(_ words: [Substring]) -> Bool {
        guard let first = words.first else { return false }
        let options = words.filter { $0.count > 1 && $0.first == "-" }
        guard !options.isEmpty else { return false }
        if options.contains(where: { $0.hasPrefix("--") }) || words.contains("|") { return true }
        return commands.contains(String(first))
    }

    /// What CSS's properties of single browsers begin with.
    private static let vendors: Set<String> = ["webkit", "moz", "ms"]

    private static let commands: Set<String> = [
        "apt", "awk", "bash", "brew", "cargo", "cat", "cd", "chmod", "chown", "cp", "curl", "cut",
        "dd", "df", "diff", "dig", "docker", "dpkg", "du", "ffmpeg", "find", "gcc", "git", "go",
        "grep", "gzip", "head", "java", "kill", "kubectl", "ln", "ls", "make", "mkdir", "mount",
        "mv",
        "node", "npm", "perl", "pip", "podman", "ps", "python", "python3", "rm", "rsync", "scp",
        "sed", "sh", "sort", "ssh", "sudo", "swift", "systemctl", "tail", "tar", "top", "uname",
        "vecino", "wc", "wget", "xargs", "zip",
    ]

    // MARK: Fields

    /// Reads `title:word` and its kin; the colon stands between a known name and its value.
    private mutating func parseField() -> QuerySyntax.Demand? {
        let name = rest.prefix { $0.isLetter || $0 == "_" }
        guard !name.isEmpty, let colon = rest[name.endIndex...].first, ":：".contains(colon) else {
            return nil
        }
        let start = rest
        let value = rest[name.endIndex...].dropFirst()
        guard let first = value.first, !first.isWhitespace, !":/\\".contains(first) else {
            return nil
        }
        guard let field = QueryField(named: folded(String(name))) else {
            noteUnknownField(String(name), value)
            return nil
        }
        if case .keywords(let field) = field, first == "(", value.contains(")") {
            rest = value.dropFirst()
            let demands = parseGroup()
            return demands.isEmpty ? nil : .field(field, .all(demands))
        }
        if case .metadata(let name, let comparison) = field, first == "(",
            let close = value.firstIndex(of: ")")
        {
            rest = value[close...].dropFirst()
            let values = Self.values(in: value[..<close].dropFirst())
            guard let first = values.first else { return nil }
            var condition = FieldCondition(name, comparison, first)
            condition.alternatives = Array(values.dropFirst())
            result.conditions.append(condition)
            return .all([])
        }
        let (text, end): (String, Substring.Index)
        if let (phrase, raw) = Quotation.take(from: value, behind: ":") {
            (text, end) = (String(phrase), raw.endIndex)
        } else {
            let word = value.prefix { !$0.isWhitespace && !(hasOperators && $0 == ")") }
            (text, end) = (String(word), word.endIndex)
        }
        rest = rest[end...]
        switch field {
        case .keywords(let field):
            let prefix = text.last == "*" ? Self.prefix(endingAt: String(text.dropLast())) : nil
            result.text += prefix.map { $0[...] } ?? start[value.startIndex..<end]
            if let prefix { result.prefixes.append(prefix) }
            let part: QuerySyntax.Demand =
                prefix.map { .prefix($0) }
                ?? (text.contains(where: \.isWhitespace) ? .phrase(text) : .word(text))
            return .field(field, part)
        case .metadata("date", _) where text.contains(".."):
            let dots = text.firstRange(of: "..") ?? text.endIndex..<text.endIndex
            let (since, until) = (text[..<dots.lowerBound], text[dots.upperBound...])
            if !since.isEmpty { result.since = String(since) }
            if !until.isEmpty { result.until = String(until) }
            return .all([])
        case .path: result.paths.append(text)
        case .since: result.since = text
        case .until: result.until = text
        case .metadata(let name, let comparison):
            result.conditions.append(FieldCondition(name, comparison, text))
        }
        return .all([])
    }

    /// What stands in a group behind a field's name: values that `OR` parts, or words.
    private static func values(in text: Substring) -> [String] {
        var values: [String] = []
        var rest = text
        while let first = rest.first {
            if first.isWhitespace || first == "," {
                rest = rest.dropFirst()
            } else if let (phrase, raw) = Quotation.take(from: rest, behind: " ") {
                values.append(String(phrase))
                rest = rest[raw.endIndex...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && $0 != "," }
                if operators[word] == nil { values.append(String(word)) }
                rest = rest[word.endIndex...]
            }
        }
        return values
    }
}

extension QueryParser {
    /// Remembers `status:done`, which may name a field of the library's documents.
    ///
    /// It stays text unless it does; a time, an address and a name of code are no fields.
    private mutating func noteUnknownField(_ name: String, _ value: Substring) {
        let word: Substring
        if let (phrase, _) = Quotation.take(from: value, behind: ":") {
            word = phrase
        } else {
            word = value.prefix { !$0.isWhitespace }
        }
        guard name.count > 1, let first = word.first, first.isLetter || first.isNumber,
            !word.contains(":"), !word.contains("//")
        else { return }
        let raw = String(rest[..<value.startIndex]) + value[..<word.endIndex]
        result.unknownFields.append(
            QuerySyntax.UnknownField(name: name, value: String(word), raw: raw)
        )
    }
}

extension Character {
    /// Whether people see a picture: a word of its own.
    var isEmoji: Bool {
        unicodeScalars.contains { $0.value > 0x22FF && $0.properties.isEmoji }
    }
}
