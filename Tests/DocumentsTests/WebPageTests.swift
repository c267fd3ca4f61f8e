import FoundationEssentials
import Testing

@testable import Documents

/// What of a web page is its text.
@Suite struct WebPageTests {
    private let prose =
        "The house has four floors and a garden that everybody may use until nine in the evening. "
        + "Bicycles stand in the yard, and prams in the hall. Nobody may park in front of the gate."

    private func read(_ body: String, head: String = "") throws -> String {
        let page = "<!DOCTYPE html><html><head>\(head)</head><body>\(body)</body></html>"
        let document = try DocumentReader().read(Array(page.utf8), path: "a.html")
        return outline(document).joined(separator: "\n")
    }

    /// What surrounds a text goes, with a main element and without, whatever it is made of.
    @Test(arguments: [
        "<div class=cookie-banner>We use JUNK to make this better.</div>",
        "<div id=CybotCookiebotDialog>This site stores JUNK.</div>",
        "<div class=topnav><a href=a>JUNK</a> <a href=b>Contact</a></div>",
        "<ul><li><a href=a>JUNK one</a><li><a href=b>JUNK two</a><li><a href=c>Three</a></ul>",
        "<div class=sidebar><h3>You may also like JUNK</h3><a href=x>Ten plants</a></div>",
        "<section class=NewsletterModule><p>Subscribe and never miss any JUNK, it is free!</p></section>",
        "<div class=comments><article class=comment><p>JUNK: very nice post, thanks for it.</p></article></div>",
        "<footer><p>Copyright JUNK, all rights reserved by those who have them.</p></footer>",
        "<div role=navigation>JUNK</div>", "<div class=site-footer>JUNK 2026</div>",
        "<h3>Related articles</h3><ul><li><a href=a>JUNK one</a></ul>",
        "<div class=post-author><p>JUNK writes about houses since the year two thousand.</p></div>",
    ])
    func whatSurroundsTheTextGoes(part: String) throws {
        for frame in ["<div>%</div>", "<main>%</main>", "<div><article>%</article></div>"] {
            let text = frame.replacing("%", with: "<h1>House</h1><p>\(prose)</p><p>\(prose)</p>")
            for body in [text + part, part + text] {
                let found = try read(body)
                #expect(!found.contains("JUNK") && found.contains("prams in the hall"), "\(body)")
            }
        }
    }

    /// Sections of the text that are named as furniture is.
    @Test(arguments: [
        ("id=cookies", "Cookies"), ("id=menu", "Menu"), ("class=footer", "The footer"),
        ("id=toc", "Table of contents"),
        ("id=session-comments", "Session comments"), ("class=banner", "Banners"),
        ("id=search", "Search"),
        ("class=\"section share\"", "Share a calendar"),
    ])
    func sectionsOfTheTextStay(name: String, heading: String) throws {
        let body =
            "<main><h1>Manual</h1><p>\(prose)</p><section \(name)><h2>\(heading)</h2><p>It is drawn in blue ink.</p></section></main>"
        #expect(try read(body).contains("It is drawn in blue ink."))
    }

    @Test func pageThatCallsItsCommentsArticlesKeepsItsText() throws {
        let comment =
            "<article class=comment><p>I built one as well, and it took me three weekends.</p></article>"
        let body =
            "<div class=post><h1>Oven</h1><p>\(prose)</p><p>Forty fire bricks.</p></div><div class=comments>\(comment)\(comment)</div>"
        let found = try read(body)
        #expect(found.contains("Forty fire bricks.") && !found.contains("three weekends"))
    }

    @Test(arguments: [
        "<h2><button aria-expanded=false>When?</button></h2><div hidden><p>On Friday.</p></div>",
        "<h2><button>When?</button></h2><div style='display: none'><p>On Friday.</p></div>",
        "<details><summary>When?</summary><p>On Friday.</p></details>",
        "<button aria-controls=p1>When?</button><div id=p1 hidden><p>On Friday.</p></div>",
        "<a role=tab href='#p2'>When?</a><div id=p2 style='display:none'><p>On Friday.</p></div>",
    ])
    func whatAClickShowsIsText(part: String) throws {
        let found = try read("<main><h1>Questions</h1><p>\(prose)</p>\(part)<p>\(prose)</p></main>")
        #expect(found.contains("When?") && found.contains("On Friday."))
    }

    /// Text that no click shows may be there to talk to machines behind people's backs.
    @Test(arguments: [
        "<div hidden>SECRET</div>", "<p style='visibility:hidden'>SECRET</p>",
        "<h2>Title</h2><div hidden>SECRET</div>",
    ])
    func whatNobodySeesIsNoText(part: String) throws {
        #expect(try !read("<main><p>\(prose)</p>\(part)<p>\(prose)</p></main>").contains("SECRET"))
    }

    @Test(arguments: [
        (
            "E<sup>2</sup> is <math><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math> here.",
            "is E=mc^2 here."
        ),
        (
            "a <math><mfrac><mn>1</mn><mn>2</mn></mfrac><msub><mi>x</mi><mi>i</mi></msub></math> b",
            "a 1/2x_i b"
        ),
        ("so <script type='math/tex'>a_b</script> it is", "so a_b it is"),
        (
            "m <math><semantics><mi>m</mi><annotation>m</annotation></semantics></math><span aria-hidden=true>m</span> n",
            "m m n"
        ),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</rt></ruby>を読む", "漢字 (かんじ) を読む"),
    ])
    func formulasAndReadingsStandInTheirSentence(text: String, shown: String) throws {
        #expect(try read("<p>\(prose)</p><p>\(text)</p><p>\(prose)</p>").contains(shown))
    }

    @Test(arguments: [
        (
            "<script type='application/ld+json'>{\"@type\": \"Recipe\", \"name\": \"Soup\", \"description\": \"Cook it for forty minutes.\"}</script>",
            "Cook it for forty minutes."
        ),
        (
            "<meta name=description content='A soup of lentils for four.'>",
            "A soup of lentils for four."
        ),
        (
            "<script type='application/json' id=__NEXT_DATA__>{\"p\": {\"text\": \"Cook the lentils in water for forty minutes. Then serve.\"}}</script>",
            "Then serve."
        ),
        (
            "<script type='application/ld+json'>{\"@graph\": [{\"mainEntity\": {\"acceptedAnswer\": {\"text\": \"<p>Yes, &amp; no.</p>\"}}}]}</script>",
            "Yes, & no."
        ),
    ])
    func shellsOfScriptsSayWhatTheyTellMachines(head: String, shown: String) throws {
        #expect(try read("<div id=root></div>", head: "<title>Shop</title>" + head).contains(shown))
    }

    @Test func cellsThatReachDownAreInEachRow() throws {
        let table =
            "<table><tr><th>Course<th>Teacher<th>Fee</tr><tr><td rowspan=2>Pottery<td>Inés<td>35</tr>"
            + "<tr><td>Omar<td>20</tr><tr><td>Weaving<td>Ana<td>10</tr></table>"
        let found = try read("<p>\(prose)</p>\(table)")
        #expect(
            found.contains(
                "Course | Teacher | Fee\nPottery | Inés | 35\nPottery | Omar | 20\nWeaving | Ana | 10"
            )
        )
    }

    /// Many links around a text do not make it an index.
    @Test func textAmongManyLinksIsRead() throws {
        let links = (0..<400).map { "<li><a href=\"\($0)\">Page number \($0)</a></li>" }.joined()
        #expect(try read("<ul>\(links)</ul><p>\(prose)</p><p>\(prose)</p>").contains("prams"))
        #expect(throws: DocumentError.self) { try read("<ul>\(links)</ul>") }
    }

    /// A page without any parts has nothing around its text but lists of links.
    @Test func shortParagraphsOfPlainPagesStayUnderTheirHeadings() throws {
        let found = try read(
            "<h1>foo</h1><h2>Name</h2><p>foo - does it</p><h2>Description</h2><p>\(prose)</p>"
                + "<h2>Links</h2><p><a href=a>bar(1)</a>, <a href=b>baz(1)</a></p>"
        )
        #expect(found.contains("h2: Name\np: foo - does it"), "\(found)")
        #expect(!found.contains("bar(1)"))
    }

    /// A part is no furniture because of a name whose words its heading has.
    @Test(arguments: ["nav-keys", "cookie_settings", "footerParts"])
    func partsNamedLikeTheirHeadingsStay(name: String) throws {
        let headings = [
            "nav-keys": "Navigation keys", "cookie_settings": "Settings of cookies",
            "footerParts": "Footer parts",
        ]
        let found = try read(
            "<article><h1>Guide</h1><p>\(prose)</p><div class=\"\(name)\"><h3>\(headings[name] ?? "")</h3>"
                + "<p>These words explain what happens with this part of the form.</p></div></article>"
        )
        #expect(found.contains("These words explain"), "\(found)")
    }

    @Test func theDateThatSearchEnginesAreToldIsThePages() throws {
        let page =
            "<html><head><script type=\"application/ld+json\">{\"@type\": \"Article\","
            + " \"datePublished\": \"2026-02-03T10:00:00Z\"}</script></head><body><p>\(prose)</p></body></html>"
        let document = try DocumentReader().read(Array(page.utf8), path: "a.html")
        #expect(document.date?.timeIntervalSince1970 == 1_770_112_800)
    }
}
