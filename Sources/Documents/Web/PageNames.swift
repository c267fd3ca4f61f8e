/// Names that page templates give to what surrounds a text, and headings that such parts have.
///
/// The names are looked for word by word: `NewsletterModule-text` has the words `newsletter`, `module`
/// and `text`.
struct PageNames {
    /// What a class or an identifier says of its element.
    enum Verdict {
        case furniture(isSure: Bool)
        case teaser
        case metadata
    }

    private var known: [Substring: Verdict?] = [:]

    /// What the class and the identifier of an element say; nil if nothing.
    mutating func verdict(on node: HTMLRecording.Node) -> Verdict? {
        for key in ["class", "id"] {
            guard let value = node.attributes[key], value.utf8.count < 2000 else { continue }
            for token in value.split(whereSeparator: \.isWhitespace) {
                let verdict: Verdict?
                if let found = known[token] {
                    verdict = found
                } else {
                    verdict = Self.verdict(onName: token)
                    if known.count < 10_000 { known[token] = .some(verdict) }
                }
                guard let verdict else { continue }
                // "author-ana" on an article says who wrote it.
                if node.name == "article", token.hasPrefix("author") { continue }
                return verdict
            }
        }
        return nil
    }

    private static func verdict(onName token: Substring) -> Verdict? {
        let words = words(of: token)
        let flat = token.lowercased().filter { $0 != "-" && $0 != "_" }
        if flat.contains("newsletter") || flat.hasPrefix("cookie")
            || consentWords.contains(where: { flat.contains($0) })
            || (flat.contains("kommentar") && !flat.contains("commentary"))
            || consentPrefixes.contains(where: flat.hasPrefix)
        {
            return .furniture(isSure: true)
        }
        let isTyped = words.count > 1 && typePrefixes.contains(words[0])
        for word in words {
            if sure.contains(word) { return .furniture(isSure: true) }
            if furniture.contains(word) {
                if isTyped, loose.contains(word) { continue }
                if word.hasPrefix("widget"), words.contains("elementor") { continue }
                return .furniture(isSure: false)
            }
            if word == "teaser" || word == "teasers" { return .teaser }
            if ["meta", "postmeta", "entrymeta"].contains(word) { return .metadata }
        }
        return nil
    }

    /// The words of a name, in lower case: between other characters, and at capitals.
    private static func words(of token: Substring) -> [String] {
        var words: [String] = []
        for part in token.split(whereSeparator: { !$0.isASCII || !($0.isLetter || $0.isNumber) }) {
            words.append(part.lowercased())
            var piece = ""
            var pieces: [String] = []
            for character in part {
                if character.isUppercase, let last = piece.last, !last.isUppercase {
                    pieces.append(piece)
                    piece = ""
                }
                piece.append(character)
            }
            if !pieces.isEmpty { words += (pieces + [piece]).map { $0.lowercased() } }
        }
        return words
    }

    private static let typePrefixes: Set<String> = [
        "type", "status", "post", "category", "format", "single", "page", "tag",
    ]
    private static let loose: Set<String> = ["ad", "ads", "adv", "tag", "tags", "pop", "toc"]
    private static let consentWords = [
        "cookieb", "cookiec", "cookien", "cookiep", "cookiel", "cookiem", "cookied",
    ]
    private static let consentPrefixes = ["onetrust", "didomi", "qccmp", "usercentrics", "cybot"]

    /// What is never the text of a page, however much of it there is.
    private static let sure: Set<String> = [
        "comments", "commentlist", "respond", "disqus", "kommentare", "commentaires", "comentarios",
        "gdpr", "consent", "breadcrumb", "breadcrumbs", "sharedaddy", "shariff", "addthis",
        "addtoany", "outbrain", "taboola", "printfooter", "catlinks", "headerlink",
        "mw-editsection",
        "noprint", "viewcode", "linenos", "linenodiv", "permalink", "editsection", "skiplink",
        "navheader", "navfooter", "docnav", "sphinxsidebar", "sphinxsidebarwrapper",
    ]

    private static let furniture: Set<String> = [
        "nav", "navi", "navigation", "navbar", "subnav", "topnav", "sidenav", "menu", "submenu",
        "mainmenu", "footer", "sitefooter", "pagefooter", "siteinfo", "sidebar", "crumb", "crumbs",
        "pager", "pagination", "paging", "social", "share", "sharing", "sharebar", "subscribe",
        "subscription", "abo", "abowerbung", "cookie", "cookies", "banner", "promo", "sponsored",
        "advert", "advertisement", "advertising", "ad", "ads", "adv", "werbung", "anzeige",
        "related", "similar", "recommended", "recommendation", "recommendations", "recirc",
        "comment", "commentform", "commentbox", "login", "signup", "register", "search",
        "searchform", "suche", "toolbar", "tags", "tag", "tagcloud", "taglist", "author", "authors",
        "autor", "authorbox", "vcard", "popular", "trending", "mostread", "copyright", "disclaimer",
        "imprint", "rating", "ratings", "reviews", "flyout", "popup", "pop", "pushlayer", "modal",
        "headermodal", "overlay", "masthead", "topbar", "dropdown", "lightbox", "skip",
        "postmetadata", "aawp", "licenceinfo", "toc", "toctree", "widget", "widgets",
        "widgetcontainer", "infoblog", "feedback", "donate", "donation", "spenden", "subscribebox",
        "cta", "relatedposts", "nextstory", "morestories", "readmore", "backlink", "tooltip",
        "prevnext", "postnav", "pum", "popmake", "simplenews", "nextread", "subvert",
        "relacionadas", "relacionados", "articleauthor",
    ]

    /// Whether a heading is that of links to other pages, of comments or of an advertisement.
    static func isOfOthers(_ heading: String) -> Bool {
        let text = heading.lowercased().drop { !$0.isLetter }
        return heading.utf8.count < 240 && otherHeadings.contains { text.hasPrefix($0) }
    }

    private static let otherHeadings = [
        "related", "more from", "more on", "more stories", "more in", "more about", "read more",
        "read next", "read also", "read further", "you may also", "you might also", "you may like",
        "you might like", "recommended", "explore further", "see also", "about the author",
        "leave a reply", "leave a comment", "comments", "comment on", "share this", "tags:",
        "weitere",
        "mehr zum", "mehr aus", "mehr von", "mehr über", "das könnte", "ähnliche",
        "auch interessant",
        "lesen sie", "passend", "verwandte", "über den autor", "über die autor", "kommentar",
        "schreibe einen", "hinterlasse", "zum thema", "à lire", "lire aussi", "sur le même",
        "articles liés", "articles similaires", "articles connexes", "voir aussi", "commentaires",
        "también te pued", "relacionad", "te puede", "artículos relacionad", "más sobre",
        "más noticias", "comentarios", "zobacz", "czytaj", "polecamy", "więcej", "leggi anche",
        "potrebbe", "ti potrebbe", "lees ook", "meer over", "gerelateerd", "相关", "推荐", "延伸",
        "更多", "関連", "あわせて", "newsletter", "subscribe", "follow us", "popular", "trending",
        "latest news", "most read", "most popular", "meistgelesen", "neueste", "notas relacionadas",
    ]

    /// Whether the words below a picture say only whose it is.
    static func isCredit(_ caption: String) -> Bool {
        let text = caption.lowercased()
        return creditWords.contains { text.contains($0) }
    }

    private static let creditWords = [
        "foto", "photo", "bild", "image", "credit", "getty", "reuters", "afp", "dpa", "©",
        "courtesy", "fuente:", "source:", "quelle", "agentur", "zoom", "vergrößern",
    ]
}
