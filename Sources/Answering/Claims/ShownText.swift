internal import Foundation

/// Text as it may be shown: nothing hidden in it, and nothing that a program would follow.
enum ShownText {
    /// Characters of the longest text that is shown of a claim.
    static let longest = 800

    /// `text` without hidden characters, images and the addresses of links, and no longer than `longest`.
    ///
    /// Whoever renders Markdown would fetch an image and offer a link; what is left of both is their words.
    /// Addresses that stand as words stay: they may be what was asked for.
    ///
    /// - Complexity: O(length).
    static func of(_ text: String) -> String {
        var text = HiddenCharacters.removed(from: text)
        if text.contains("](") {
            text = text.replacing(/!?\[([^\]\n]{0,300})\]\([^)\n]{0,2000}\)/) { String($0.1) }
        }
        if text.contains("]:") {
            text = text.replacing(/\[[^\]\n]{1,300}\]:[ \t]*\S{1,2000}/, with: "")
        }
        if text.contains("<") {
            text = text.replacing(/<(\/?[A-Za-z][^<>\n]{0,2000}|!--[^>]{0,2000}--)>/) { match in
                // A placeholder in a command line is no markup.
                isPlaceholder(match.1) ? String(match.0) : ""
            }
        }
        guard text.count > longest else { return text }
        let cut = text.prefix(longest)
        let end = cut.lastIndex { $0.isWhitespace } ?? cut.endIndex
        return cut[..<end] + "…"
    }

    private static func isPlaceholder(_ tag: Substring) -> Bool {
        let name = tag.prefix { $0.isLetter || $0 == "/" }.lowercased()
        return !tag.contains("=") && !elements.contains(name.replacing("/", with: ""))
    }

    private static let elements: Set<String> = [
        "a", "img", "script", "style", "iframe", "object", "embed", "form", "input", "svg", "link",
        "meta", "base", "video", "audio", "source", "p", "div", "span", "b", "i", "em", "strong",
        "br",
        "html", "body", "head", "table", "tr", "td", "th", "ul", "ol", "li", "code", "pre",
    ]

    /// Whether `text` reads as an order to whoever reads it, or to a program.
    ///
    /// Documents contain such sentences, to fool a model or for good reasons; who shows one says that the
    /// document says so.
    static func isOrder(_ text: String) -> Bool {
        let flat = text.lowercased().split { !$0.isLetter && $0 != "'" }.joined(separator: " ")
        return orders.contains { flat.contains($0) }
    }

    private static let orders = [
        "ignore the above", "ignore all", "ignore previous", "ignore the previous", "ignore your",
        "disregard the", "disregard all", "disregard previous", "forget the above",
        "forget all previous",
        "forget your instructions", "system prompt", "your instructions", "you are now",
        "always end with", "always answer", "always reply", "end every answer", "end your answer",
        "reply with", "respond with", "as an ai", "to the assistant", "the assistant must",
        "dear model",
        "tell the user", "do not tell the", "ignora lo anterior", "ignora todo", "ignora las",
        "ignore las instrucciones", "olvida lo anterior", "olvida todas", "tus instrucciones",
        "responde siempre", "contesta siempre", "responde solo", "termina siempre", "termina cada",
        "dile al usuario", "no le digas", "ahora eres", "eres ahora", "al asistente",
        "el asistente debe", "send the password", "envía la contraseña",
    ]
}
