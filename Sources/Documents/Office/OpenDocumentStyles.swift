/// What the styles of an OpenDocument file say: how its lists are numbered, what stands at the edges of
/// every page.
final class OpenDocumentStyles: XMLHandler {
    /// The texts of headers and footers.
    private(set) var furniture: [String] = []
    /// The title in the head of a flat file.
    private(set) var title: String?

    private var numbers: [String: [Int: Number]] = [:]
    private var list: String?
    private var edgeDepth = 0
    private var text = ""
    private var isMeta = false

    /// How the items of a list are numbered at one depth.
    struct Number {
        var format = "1"
        var prefix = ""
        var suffix = ""
        var start = 1
    }

    private static let edges: Set<String> = [
        "header", "footer", "header-first", "footer-first",
        "header-left", "footer-left",
    ]

    func start(_ name: String, _ attributes: XMLAttributes) {
        if Self.edges.contains(name) { edgeDepth += 1 }
        switch name {
        case "meta": isMeta = true
        case "title": text = ""
        case "p", "h": if edgeDepth > 0 { text = "" }
        case "tab", "line-break", "s": text += " "
        case "list-style": list = attributes["name"]
        case "list-level-style-number":
            guard let list, let level = attributes["level"].flatMap({ Int($0) }) else { return }
            numbers[list, default: [:]][level] = Number(
                format: attributes["num-format"] ?? "1",
                prefix: attributes["num-prefix"] ?? "",
                suffix: attributes["num-suffix"] ?? "",
                start: attributes.number("start-value", in: 0...ListNumber.maximumStart) ?? 1
            )
        default: break
        }
    }

    func characters(_ text: String) { self.text += text }

    func end(_ name: String) {
        switch name {
        case "list-style": list = nil
        case "title": if isMeta, title == nil, !text.isEmpty { title = text }
        case "meta": isMeta = false
        case "p", "h":
            if edgeDepth > 0 {
                let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                if !words.isEmpty { furniture.append(words) }
            }
        default: break
        }
        if Self.edges.contains(name) { edgeDepth = max(edgeDepth - 1, 0) }
    }

    /// How a list is numbered at a depth from 1; nil if its items have bullets.
    func number(of list: String, depth: Int) -> Number? { numbers[list]?[depth] }

    /// Takes the lists of the file's own styles.
    func add(_ name: String, _ level: Int, _ number: Number) {
        numbers[name, default: [:]][level] = number
    }
}
