/// The web page: one HTML document with its style and script inside, and no outside resources.
enum WebPage {
    /// The document; `nonce` lets its own style and script run under the content security policy.
    static func html(nonce: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Vecino</title>
        <link rel="icon" href="data:image/svg+xml,\(icon)">
        <style nonce="\(nonce)">\(style)</style>
        </head>
        <body>
        \(body)
        <script nonce="\(nonce)">\(script)</script>
        </body>
        </html>

        """
    }

    /// Two dots, near each other, as an SVG picture in an address.
    private static let icon =
        "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
        + "%3Ccircle cx='12' cy='18' r='9' fill='%23c2410c'/%3E"
        + "%3Ccircle cx='23' cy='10' r='6' fill='%23f0a35c'/%3E%3C/svg%3E"

    /// What stands there before the script runs.
    ///
    /// `data-t` names a text in the script's two
    /// languages, `data-p` a placeholder.
    private static let body = """
        <header>
        <h1><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="12" cy="18" r="9" \
        class="big"/><circle cx="23" cy="10" r="6" class="small"/></svg>Vecino</h1>
        <p id="library"></p>
        </header>
        <main>
        <form id="form" role="search">
        <div class="box">
        <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5"/>\
        <path d="M13 13l4.5 4.5"/></svg>
        <input id="query" type="text" inputmode="search" autocomplete="off" autocapitalize="off" \
        spellcheck="false" autofocus maxlength="2000" data-p="placeholder" data-l="search">
        <button id="ask" type="submit"><span data-t="ask"></span><kbd>↵</kbd></button>
        </div>
        <div class="bar">
        <div class="modes" role="radiogroup" data-l="modes">
        <label><input type="radio" name="mode" value="hybrid" checked>\
        <span data-t="hybrid"></span></label>
        <label><input type="radio" name="mode" value="keyword">\
        <span data-t="keyword"></span></label>
        <label><input type="radio" name="mode" value="vector">\
        <span data-t="vector"></span></label>
        </div>
        <p id="figures" role="status"></p>
        </div>
        </form>
        <section id="answer" aria-live="polite" hidden></section>
        <ol id="hits"></ol>
        <p id="empty"></p>
        </main>
        <footer><span><kbd>/</kbd> <span data-t="keyFocus"></span></span>
        <span><kbd>↑</kbd><kbd>↓</kbd> <span data-t="keyMove"></span></span>
        <span><kbd>↵</kbd> <span data-t="keyOpen"></span></span>
        <span><kbd>Esc</kbd> <span data-t="keyClear"></span></span></footer>
        """
}
