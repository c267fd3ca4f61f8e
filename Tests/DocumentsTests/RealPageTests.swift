import Corpus
import Testing

@testable import Documents

/// Pages of real sites whose text was lost.
@Suite struct RealPageTests {
    private static let prose = String(
        repeating: "The house has four floors and a garden that everybody may use until nine. ",
        count: 6
    )

    private func whole(_ body: String, head: String = "") throws -> String {
        let page =
            "<!DOCTYPE html><html lang=\"en\"><head><title>T</title>\(head)</head><body>\(body)</body></html>"
        return try DocumentReader().read(Array(page.utf8), path: "a.html").blocks.map(\.text)
            .joined(separator: "\n")
    }

    @Test(arguments: [
        "<div class=\"faq-item\"><div class=\"faq-question\">When?</div>"
            + "<div class=\"faq-answer\" aria-hidden=\"true\"><p>On Monday at seven.</p></div></div>",
        "<h2>When?</h2><div hidden=\"until-found\"><p>On Monday at seven.</p></div>",
        "<div class=\"panel\"><h4 class=\"panel-title\"><a data-toggle=\"collapse\" href=\"#c\">When?</a>"
            + "</h4><div id=\"c\" class=\"panel-collapse collapse\"><div>On Monday at seven.</div></div></div>",
    ])
    func whatOpensAtAClickIsRead(part: String) throws {
        #expect(
            try whole("<main><p>\(Self.prose)</p>\(part)</main>").contains("On Monday at seven.")
        )
    }

    @Test func sectionsNamedByTheirHeadingsAreChapters() throws {
        func section(_ id: String, _ title: String, _ text: String) -> String {
            "<section id=\"\(id)\"><h2>\(title)</h2><p>\(text)</p></section>"
        }
        let page =
            "<main>" + section("overview", "Overview", Self.prose)
            + section("comments", "Comments", "They begin with a hash sign.")
            + section("related", "Related", "Such rows are joined by key.")
            + section("menu", "Menú", "It takes a list of labels.") + "</main>"
        let found = try whole(page)
        for words in ["a hash sign", "joined by key", "list of labels"] {
            #expect(found.contains(words))
        }
    }

    @Test func aTableAmongManyLinksIsNoIndex() throws {
        let links = (0..<60).map { "<li><a href=\"\($0)\">Page number \($0)</a></li>" }.joined()
        let page =
            "<nav><ul>\(links)</ul></nav><main><h1>Cards</h1><pre>int main() { return open(\"/dev/x\"); }"
            + "\nint close() { return 0; }</pre></main>"
        #expect(try whole(page).contains("int main()"))
    }

    @Test(arguments: [
        (
            "<script>window.__NUXT__={data:[{title:\"Stew\",text:\"Cook the stew for fifty minutes and let "
                + "it rest.\"}]}</script>", ""
        ),
        (
            "<script>self.__next_f.push([1,\"5:[\\\"$\\\",\\\"p\\\",null,{\\\"children\\\":\\\"Cook the stew for "
                + "fifty minutes and let it rest.\\\"}]\"])</script>", ""
        ),
        ("", "<meta property=\"og:description\" content=\"Cook the stew for fifty minutes.\">"),
        (
            "<noscript><h1>Stew</h1><p>Cook the stew for fifty minutes and let it rest. Serve it hot with "
                + "bread.</p></noscript>", ""
        ),
        (
            "<script type='application/ld+json'>\n//<![CDATA[\n{\"@type\":\"Recipe\",\"description\":\"Cook the "
                + "stew for fifty minutes.\"}\n//]]>\n</script>", ""
        ),
    ])
    func pagesThatScriptsBuild(body: String, head: String) throws {
        let found = try whole("<div id=\"root\"></div>" + body, head: head)
        #expect(found.contains("Cook the stew for fifty minutes"))
    }

    @Test func numbersOfLists() throws {
        let page =
            "<main><p>\(Self.prose)</p><ol><li value=\"9\">Open.</li><li>Close.</li></ol>"
            + "<ol type=\"a\"><li>Alpha.</li></ol></main>"
        let found = try whole(page)
        #expect(found.contains("9. Open.\n10. Close.\na. Alpha."))
    }
}
