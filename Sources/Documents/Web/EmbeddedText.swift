/// The text of a page that its scripts put there: what it tells search engines, and the state that it
/// is built from.
struct EmbeddedText {
    private let page: HTMLRecording
    private let description: String?

    /// Texts that are shorter than this are no article.
    private static let shortest = 200

    init(_ page: HTMLRecording, _ metadata: [String: String]) {
        self.page = page
        description =
            metadata["description"] ?? metadata["og:description"] ?? metadata["twitter:description"]
            ?? page.nodes.lazy.filter {
                $0.name == "meta" && $0.attributes["itemprop"] == "description"
            }.compactMap { $0.attributes["content"] }.first
    }

    /// The blocks that say what the page has to say; nil where the page itself has said it.
    ///
    /// - Parameter blocks: What stands in the page's elements.
    /// - Returns: All blocks of the page, those of its scripts among them, or nil.
    func blocks(instead blocks: [Block]) -> [Block]? {
        let length = blocks.reduce(0) { $0 + $1.text.utf8.count }
        let isShell = length < Self.shortest
        guard isShell || mayHaveArticle else { return nil }
        let structured = structuredText()
        if isShell {
            var found = structured.fields
            if found.isEmpty { found = templates() }
            if found.isEmpty { found = stateTexts() }
            if found.isEmpty { found = literals() }
            if let description, !found.contains(where: { $0.text.contains(description) }) {
                found.insert(block(description, .paragraph, 0), at: 0)
            }
            let size = found.reduce(0) { $0 + $1.text.utf8.count }
            return size > length ? blocks.filter { $0.kind != .paragraph } + found : nil
        }
        // The article as a whole, where the page shows its beginning only.
        guard structured.article.utf8.count > 2 * length else {
            let hidden = length < 3000 ? templates() : []
            let size = hidden.reduce(0) { $0 + $1.text.utf8.count }
            return size > 2 * length ? blocks + hidden : nil
        }
        let paragraphs = structured.article.split(whereSeparator: \.isNewline)
            .filter { $0.contains { !$0.isWhitespace } }
        let headings = blocks.filter { if case .heading(1) = $0.kind { true } else { false } }
        return headings + paragraphs.map { block(String($0), .paragraph, structured.place) }
    }

    private var mayHaveArticle: Bool {
        page.nodes.contains { $0.name == "script" && $0.attributes["type"] != nil }
    }

    private func block(_ text: String, _ kind: Block.Kind, _ place: Int) -> Block {
        Block(
            kind: kind,
            text: text.split(whereSeparator: \.isNewline).joined(separator: "\n"),
            anchors: Anchors(verbatim: place..<place)
        )
    }

    /// When the page says to search engines that it was published.
    var date: String? {
        let mark = Array("\"datePublished\"".utf8)
        for (text, _) in page.texts(where: {
            $0.name == "script" && $0.attributes["type"]?.lowercased() == "application/ld+json"
        }) {
            guard let name = text.firstRange(of: mark) else { continue }
            let value = text[name.upperBound...].prefix(100).split(separator: 0x22)
            if value.count > 1 { return String(decoding: value[1], as: UTF8.self) }
        }
        return nil
    }

    // MARK: JSON-LD

    /// What structured data has to say, and the longest article in it.
    private func structuredText() -> (fields: [Block], article: String, place: Int) {
        var fields: [Block] = []
        var article = ""
        var place = 0
        for (text, end) in page.texts(where: {
            $0.name == "script" && $0.attributes["type"]?.lowercased() == "application/ld+json"
        }) {
            // Some hide the data from programs that do not know the element.
            let mark = text.firstRange(of: Array("CDATA[".utf8))?.upperBound ?? text.startIndex
            guard let open = text[mark...].firstIndex(where: { $0 == 0x7B || $0 == 0x5B }),
                let close = text.lastIndex(where: { byte in
                    byte == 0x7D || (byte == 0x5D && mark == text.startIndex)
                }), open < close
            else { continue }
            let utf8 = Array(text[open...close])
            guard let value = try? JSONScanner.value(in: utf8, 0..<utf8.count) else { continue }
            var budget = 5000
            collect(value, "", utf8, &budget) { key, words in
                if key == "articleBody", words.utf8.count > article.utf8.count {
                    article = words
                    place = end
                }
                let isName = key == "name" || key == "headline"
                fields.append(block(words, isName ? .term : .paragraph, end))
            }
        }
        return (fields, article, place)
    }

    /// What of structured data people read.
    private static let readable: Set<String> = [
        "name", "headline", "description", "articleBody", "text", "reviewBody", "recipeIngredient",
        "recipeInstructions", "abstract", "caption",
    ]
    /// Objects that are not about the page.
    private static let others: Set<String> = [
        "publisher", "author", "logo", "image", "breadcrumb", "itemListElement", "isPartOf",
        "potentialAction", "sameAs", "brand", "offers", "provider", "creator",
    ]

    private func collect(
        _ value: JSONNode,
        _ key: String,
        _ utf8: [UInt8],
        _ budget: inout Int,
        _ body: (String, String) -> Void
    ) {
        budget -= 1
        guard budget > 0 else { return }
        switch value {
        case .string(let range):
            guard Self.readable.contains(key) else { return }
            let words = plain(JSONScanner.text(range, of: utf8))
            if words.contains(where: \.isLetter) { body(key, words) }
        case .array(let elements):
            for element in elements { collect(element, key, utf8, &budget, body) }
        case .object(let fields):
            for (name, value) in fields where !Self.others.contains(name) {
                collect(value, name, utf8, &budget, body)
            }
        default: break
        }
    }

    /// The text of a string that may be HTML.
    private func plain(_ text: String) -> String {
        guard text.contains("<") || text.contains("&") else { return text }
        return HTMLReader().fragment(Array(text.utf8)).map(\.text).joined(separator: "\n")
    }

    // MARK: Templates and state

    /// Text that a script shows: templates, and what is there for readers without scripts.
    private func templates() -> [Block] {
        var found: [Block] = []
        for (text, end) in page.texts(where: {
            $0.name == "script"
                && ["text/template", "text/html"].contains($0.attributes["type"] ?? "")
        }) {
            for inner in HTMLReader().fragment(Array(text)) where inner.text.utf8.count > 40 {
                found.append(block(inner.text, inner.kind, end))
            }
        }
        let size = found.reduce(0) { $0 + $1.text.utf8.count }
        return size >= Self.shortest ? found : []
    }

    /// A script that is an object, or that gives a variable one: `window.__STATE__ = {…};`.
    private static func object(in script: ArraySlice<UInt8>) -> [UInt8] {
        guard let first = script.first(where: { $0 > 0x20 }), first != UInt8(ascii: "{"),
            first != UInt8(ascii: "[")
        else { return Array(script) }
        // What stands before the object is a name and a sign of equality.
        guard let open = script.firstIndex(of: UInt8(ascii: "{")), open - script.startIndex < 200,
            script[..<open].last(where: { $0 > 0x20 }) == UInt8(ascii: "="),
            let close = script.lastIndex(of: UInt8(ascii: "}"))
        else { return [] }
        return Array(script[open...close])
    }

    /// The sentences in the state that a page is built from.
    private func stateTexts() -> [Block] {
        var found: [Block] = []
        var known: Set<String> = []
        for (text, end) in page.texts(where: {
            let type = $0.attributes["type"]?.lowercased() ?? ""
            return $0.name == "script"
                && ["application/json", "", "text/javascript"].contains(type)
        }) {
            let utf8 = Self.object(in: text)
            guard let root = try? JSONScanner.value(in: utf8, 0..<utf8.count) else { continue }
            var budget = 50_000
            var stack = [root]
            while let value = stack.popLast(), budget > 0 {
                budget -= 1
                switch value {
                case .string(let range):
                    guard range.count > 40 else { continue }
                    let words = plain(JSONScanner.text(range, of: utf8))
                    let isProse =
                        words.split(separator: " ").count > 6
                        && words.contains { ".!?".contains($0) }
                    if isProse, known.insert(words).inserted {
                        found.append(block(words, .paragraph, end))
                    }
                case .array(let elements): stack += elements.reversed()
                case .object(let fields): stack += fields.map(\.value).reversed()
                default: break
                }
            }
        }
        return found
    }

    // MARK: Strings of scripts

    /// The sentences among the strings of scripts: in objects that are no JSON, in calls, in strings that
    /// hold JSON.
    private func literals() -> [Block] {
        var found: [Block] = []
        var known: Set<String> = []
        for (text, end) in page.texts(where: {
            $0.name == "script" && $0.attributes["src"] == nil
                && $0.attributes["type"]?.contains("ld+json") != true
        }) {
            var left = 4000
            for words in sentences(in: text, depth: 0, &left) where known.insert(words).inserted {
                found.append(block(words, .paragraph, end))
            }
        }
        return found
    }

    private func sentences(in script: ArraySlice<UInt8>, depth: Int, _ left: inout Int) -> [String]
    {
        var found: [String] = []
        var i = script.startIndex
        while i < script.endIndex, left > 0 {
            let mark = script[i]
            guard mark == 0x22 || mark == 0x27 || mark == 0x60 else {
                i += 1
                continue
            }
            var end = i + 1
            while end < script.endIndex, script[end] != mark {
                end += script[end] == 0x5C ? 2 : 1
            }
            guard end < script.endIndex else { return found }
            let inner = script[(i + 1)..<end]
            i = end + 1
            guard inner.count > 30 else { continue }
            left -= 1
            let text = JSONScanner.text(0..<inner.count, of: Array(inner))
            let isNested = depth < 2 && text.contains("\"") && text.contains(":")
            if isNested {
                let deeper = sentences(in: Array(text.utf8)[...], depth: depth + 1, &left)
                if !deeper.isEmpty {
                    found += deeper
                    continue
                }
            }
            let words = plain(text)
            if isProse(words) { found.append(words) }
        }
        return found
    }

    /// Whether a string says something to people: words, a stop, and hardly a sign of programs.
    private func isProse(_ text: String) -> Bool {
        let letters = text.count { $0.isLetter || $0 == " " }
        return text.split(separator: " ").count > 6 && text.contains { ".!?。".contains($0) }
            && letters * 10 > text.count * 8 && !text.contains("function") && !text.contains("=>")
    }
}
