internal import Corpus
internal import Retrieval
internal import TextAnalysis
internal import Vecino

/// Pages without a script: searching and reading for browsers that run none, and for links from elsewhere.
struct PlainPage {
    /// Whose words the page uses.
    let isSpanish: Bool

    /// A page in the language that a browser prefers.
    init(acceptLanguage: String?) {
        let first = acceptLanguage?.split(separator: ",").first?.lowercased() ?? ""
        isSpanish = first.hasPrefix("es")
    }

    private func word(_ english: String, _ spanish: String) -> String {
        isSpanish ? spanish : english
    }

    // MARK: Pages

    /// What a search found, or the empty form.
    func search(_ query: String, _ results: SearchResults?, nonce: String) -> String {
        var body = form(query)
        if let results {
            for note in results.notes.map(\.description) {
                body += "<p class=\"note\">\(Self.escaped(note))</p>\n"
            }
            if results.hits.isEmpty {
                let nothing = word("Nothing was found.", "No se encontró nada.")
                body += "<p class=\"note\">\(nothing)</p>\n"
            }
            body += "<ol class=\"plain\">\n"
            for hit in results.hits {
                let snippet = hit.snippet.segments.map { segment in
                    let text = Self.escaped(segment.text)
                    return segment.isMatch ? "<mark>\(text)</mark>" : text
                }.joined()
                body += """
                    <li class="hit\(hit.isNear ? "" : " far")"><a class="open" \
                    href="/read/\(hit.id)#p\(hit.id)">\(place(hit.location))\
                    <span class="snippet">\(snippet)</span></a></li>

                    """
            }
            body += "</ol>\n"
        }
        return page(query.isEmpty ? "Vecino" : query, body, nonce)
    }

    /// A document, with one of its passages marked.
    func reading(_ passages: [Passage], marked: PassageID, nonce: String) -> String {
        guard let document = passages.first?.document else {
            return page("Vecino", form(""), nonce)
        }
        var body = form("")
        body += "<article class=\"document\" lang=\"\(document.language.rawValue)\">\n"
        let title = document.title.isEmpty ? document.fileName : document.title
        body += "<h2>\(Self.escaped(title))</h2>\n"
        let file = "/api/v1/documents/\(document.id)/file"
        let path = Self.escaped(document.absolutePath)
        body +=
            "<p class=\"note\"><span class=\"path\">\(path)</span> · "
            + "<a href=\"\(file)\">\(word("original file", "archivo original"))</a></p>\n"
        var above: [String] = []
        for passage in passages {
            if passage.headings != above, let heading = passage.headings.last, !heading.isEmpty {
                body += "<h3>\(Self.escaped(heading))</h3>\n"
            }
            above = passage.headings
            let isMarked = passage.id == marked
            let kind = isMarked ? "passage marked" : "passage"
            body +=
                "<p id=\"p\(passage.id)\" class=\"\(kind)\">"
                + Self.escaped(passage.text) + "</p>\n"
        }
        body += "</article>\n"
        return page(document.title, body, nonce)
    }

    // MARK: Parts

    private func form(_ query: String) -> String {
        """
        <form action="/search" method="get" role="search"><div class="box">
        <input id="query" name="q" type="search" maxlength="2000" required \
        aria-label="\(word("Search", "Buscar"))" value="\(Self.escaped(query))">
        <button id="ask" type="submit">\(word("Search", "Buscar"))</button></div></form>

        """
    }

    private func place(_ location: PassageLocation) -> String {
        let title = location.trail.joined(separator: " › ")
        return "<span class=\"where\"><span class=\"path\">\(Self.escaped(location.path))</span>"
            + "<span>\(Self.escaped(location.suffix.drop { $0 == ":" }))</span></span>"
            + "<span class=\"title\">\(Self.escaped(title))</span>"
    }

    private func page(_ title: String, _ body: String, _ nonce: String) -> String {
        """
        <!doctype html>
        <html lang="\(isSpanish ? "es" : "en")">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(Self.escaped(title.isEmpty ? "Vecino" : title))</title>
        <link rel="icon" href="data:,">
        <style nonce="\(nonce)">\(WebPage.style)</style>
        </head>
        <body>
        <header><h1><a href="/">Vecino</a></h1></header>
        <main>
        \(body)</main>
        </body>
        </html>

        """
    }

    // MARK: Escaping

    /// Text as HTML that shows it.
    static func escaped(_ text: some StringProtocol) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// Text as a component of an address, percent-encoded.
    static func escapedAddress(_ text: String) -> String {
        var escaped = ""
        for byte in text.utf8 {
            let scalar = UnicodeScalar(byte)
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || byte &- 48 < 10)
            if isPlain || "-._~".unicodeScalars.contains(scalar) {
                escaped.unicodeScalars.append(scalar)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                escaped += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return escaped
    }
}
