/// A report in one HTML file without outside resources: facts, tables and pictures, in the reader's
/// light or dark theme.
package struct HTMLReport: Sendable {
    private let title: String
    private var body = ""

    /// An empty report.
    package init(title: String) {
        self.title = title
    }

    /// Adds names and values: the machine, the kernel tier, the model, the date.
    package mutating func add(facts: [(name: String, value: String)]) {
        body += "<dl>"
        for fact in facts {
            body += "<div><dt>\(SVGCanvas.escaped(fact.name))</dt>"
            body += "<dd>\(SVGCanvas.escaped(fact.value))</dd></div>"
        }
        body += "</dl>\n"
    }

    /// Adds a heading.
    package mutating func add(heading: String) {
        body += "<h2>\(SVGCanvas.escaped(heading))</h2>\n"
    }

    /// Adds a paragraph.
    package mutating func add(text: String) {
        body += "<p>\(SVGCanvas.escaped(text))</p>\n"
    }

    /// Adds a table.
    package mutating func add(table: TextTable) {
        body += "<div class=\"scroll\">\(table.html)</div>\n"
    }

    /// Adds a picture that one of our plots drew.
    package mutating func add(svg: String) {
        body += "<figure>\(svg)</figure>\n"
    }

    /// The report as a complete HTML document.
    package var html: String {
        """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <title>\(SVGCanvas.escaped(title))</title>
        <style>\(Self.style)</style></head>
        <body><main><h1>\(SVGCanvas.escaped(title))</h1>
        \(body)</main></body></html>

        """
    }

    private static let style = """
        :root{color-scheme:light dark;--page:#f6f4f0;--paper:#fff;--ink:#1c1917;--soft:#6b665f;\
        --rule:#e3dfd8}
        @media (prefers-color-scheme:dark){:root{--page:#121110;--paper:#1a1917;--ink:#f3f0ec;\
        --soft:#a8a29a;--rule:#33302c}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--page);color:var(--ink);\
        font:15px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
        main{max-width:860px;margin:0 auto;padding:40px 20px 64px}
        h1{font-size:26px;letter-spacing:-.01em;margin:0 0 18px}
        h2{font-size:18px;margin:36px 0 12px}
        p{max-width:68ch}
        dl{display:flex;flex-wrap:wrap;gap:10px 28px;margin:0 0 8px}
        dt{color:var(--soft);font-size:12.5px}
        dd{margin:0;font-weight:550}
        figure{margin:18px 0}
        figure svg{display:block;width:100%;height:auto;border-radius:10px}
        .scroll{overflow-x:auto;background:var(--paper);border-radius:10px;padding:6px 18px;\
        margin:14px 0}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th{color:var(--soft);font-weight:500;font-size:12.5px;text-align:left}
        td,th{padding:8px 18px 8px 0;border-bottom:1px solid var(--rule);white-space:nowrap}
        td:last-child,th:last-child{padding-right:0}
        tr:last-child td{border-bottom:0}
        .n{text-align:right}
        """
}

extension TextTable {
    /// The table in HTML, escaped.
    package var html: String {
        html { SVGCanvas.escaped($0) }
    }
}
