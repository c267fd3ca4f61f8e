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
        <script type="module" nonce="\(nonce)">\(script)</script>
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
    /// `data-t` names a text in the script's two languages, `data-p` a placeholder, `data-l` a label. Without
    /// a script the form leads to `/search`.
    private static let body = """
        <a class="skip" href="#results" data-t="skip">Skip to results</a>
        <header>
        <h1><svg viewBox="0 0 32 32" aria-hidden="true"><circle cx="12" cy="18" r="9" \
        class="big"/><circle cx="23" cy="10" r="6" class="small"/></svg>Vecino</h1>
        <p><button id="showLibrary" class="link" type="button" data-t="allOf"></button>
        <button id="showHelp" class="link round" type="button" data-l="keys">?</button></p>
        </header>
        <main>
        <div id="searchView">
        <form id="form" role="search" action="/search" method="get">
        <div class="box">
        <svg viewBox="0 0 20 20" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5"/>\
        <path d="M13 13l4.5 4.5"/></svg>
        <input id="query" name="q" type="text" inputmode="search" autocomplete="off" \
        autocapitalize="off" spellcheck="false" autofocus maxlength="2000" role="combobox" \
        aria-expanded="true" aria-controls="results" data-p="placeholder" data-l="search" \
        aria-label="Search">
        <button id="ask" type="submit"><span data-t="ask">Search</span><kbd>↵</kbd></button>
        </div>
        <div class="bar">
        <div class="modes" role="radiogroup" data-l="modes" aria-label="Mode">
        <label><input type="radio" name="mode" value="hybrid" checked>\
        <span data-t="hybrid">hybrid</span></label>
        <label><input type="radio" name="mode" value="keyword">\
        <span data-t="keyword">keyword</span></label>
        <label><input type="radio" name="mode" value="vector">\
        <span data-t="vector">vector</span></label>
        </div>
        <p id="figures" role="status"></p>
        </div>
        </form>
        <details id="filters" hidden><summary><span data-t="filters"></span> \
        <span id="filterCount" class="count"></span></summary><div id="facets"></div></details>
        <section id="answer" aria-live="polite" data-l="answer" hidden>
        <div id="turns"></div>
        <form id="followForm"><input id="followUp" type="text" autocomplete="off" maxlength="2000" \
        data-p="followUp" data-l="followUp">
        <button class="plain" type="submit" data-t="followUpAsk"></button>
        <button id="newTalk" class="link" type="button" data-t="newTalk"></button>
        <button id="saveTalk" class="link" type="button" data-t="saveTalk" hidden></button>
        <span id="talkNote" class="note" role="status"></span></form>
        </section>
        <div id="messages"></div>
        <div id="results" role="region" data-l="results" tabindex="-1"></div>
        <button id="moreHits" class="plain" type="button" data-t="more" hidden></button>
        <p id="empty"></p>
        </div>
        <section id="library" hidden>
        <button id="hideLibrary" class="link" type="button" data-t="back"></button>
        <h2 id="libraryTitle" tabindex="-1" data-t="allOf"></h2>
        <dl id="libraryFacts"></dl>
        <p id="leaves" class="note"></p>
        <h3 id="foldersTitle" data-t="foldersTitle"></h3>
        <div id="collections"></div>
        <form id="folderForm" class="line" hidden>
        <input id="folderPath" type="text" autocomplete="off" spellcheck="false" list="folderList" \
        data-p="folderPath" data-l="folderPath"><datalist id="folderList"></datalist>
        <button class="plain" type="submit" data-t="addFolder"></button>
        <button id="refreshAll" class="plain" type="button" data-t="refreshAll"></button>
        </form>
        <p id="handIn" class="line" hidden><button id="chooseFiles" class="plain" type="button" \
        data-t="addFiles"></button><span class="note" data-t="dropHint"></span>
        <input id="files" type="file" multiple hidden></p>
        <p id="jobNote" class="note" role="status"></p>
        <ul id="jobs"></ul>
        <details id="saved"><summary data-t="saved"></summary><ul id="savedList"></ul></details>
        <h3 data-t="documents"></h3>
        <input id="nameFilter" type="text" autocomplete="off" data-p="filterNames" \
        data-l="filterNames">
        <ul id="documents"></ul>
        <button id="moreDocuments" class="plain" type="button" data-t="moreDocuments" hidden></button>
        </section>
        </main>
        <aside id="reader" data-l="reader" hidden>
        <div id="readerHead">
        <button id="closeReader" class="link round" type="button" data-l="close">×</button>
        <h2 id="readerTitle" tabindex="-1"></h2>
        <p class="path" id="readerPath"></p>
        <div class="tools">
        <span id="readerPlace"></span>
        <button id="previousHit" class="link" type="button" data-t="previousHit"></button>
        <button id="nextHit" class="link" type="button" data-t="nextHit"></button>
        <button id="asText" class="chip" type="button" data-t="asText"></button>
        <button id="asPage" class="chip" type="button" data-t="asPage"></button>
        <button id="similar" class="link" type="button" data-t="similar"></button>
        <a id="readerFile" class="link" href="/" download data-t="file"></a>
        </div>
        <details id="outline"><summary data-t="outline"></summary><ol id="outlineList"></ol></details>
        </div>
        <div id="readerBody" tabindex="0" role="region" data-l="reader"></div>
        <div id="similarList"></div>
        </aside>
        <div id="drop" hidden><p data-t="dropHere"></p></div>
        <dialog id="help" aria-labelledby="helpTitle">
        <h2 id="helpTitle" data-t="keys"></h2>
        <dl class="keys">
        <dt><kbd>/</kbd></dt><dd data-t="keyFocus"></dd>
        <dt><kbd>↑</kbd> <kbd>↓</kbd></dt><dd data-t="keyMove"></dd>
        <dt><kbd>↵</kbd></dt><dd data-t="keyOpen"></dd>
        <dt><kbd>Esc</kbd></dt><dd data-t="keyClear"></dd>
        <dt><kbd>n</kbd> <kbd>p</kbd></dt><dd data-t="keyNext"></dd>
        <dt><kbd>s</kbd></dt><dd data-t="keySimilar"></dd>
        <dt><kbd>l</kbd></dt><dd data-t="keyLibrary"></dd>
        <dt><kbd>?</kbd></dt><dd data-t="keyThis"></dd>
        </dl>
        <button id="closeHelp" class="plain" type="button" data-t="close"></button>
        </dialog>
        <footer><span><kbd>/</kbd> <span data-t="keyFocus"></span></span>
        <span><kbd>↑</kbd><kbd>↓</kbd> <span data-t="keyMove"></span></span>
        <span><kbd>↵</kbd> <span data-t="keyOpen"></span></span>
        <span><kbd>Esc</kbd> <span data-t="keyClear"></span></span>
        <span><kbd>?</kbd> <span data-t="keyHelp"></span></span></footer>
        """
}
