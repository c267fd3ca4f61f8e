import Testing

@testable import Documents

/// Text of web pages that is easily taken for something else.
@Suite struct WebPageTextTests {
    private let prose =
        "The canal brings the water from the old pond to the last bed, and every member has a turn. "
        + "The turns are drawn by lot in March, and whoever misses one waits for the next."

    private func read(_ body: String, head: String = "") throws -> String {
        let page = "<!DOCTYPE html><html><head>\(head)</head><body>\(body)</body></html>"
        let document = try DocumentReader().read(Array(page.utf8), path: "a.html")
        return outline(document).joined(separator: "\n")
    }

    /// On a page with nothing around its text even a short line belongs to it, first or last.
    @Test func shortLinesOfPlainPagesStay() throws {
        let found = try read("<p>Opens at nine.</p><p>\(prose)</p><p>Ask Ben</p>")
        #expect(found.contains("Opens at nine.") && found.contains("Ask Ben"))
    }

    /// Sections with sentences and without links are chapters, whatever they are called.
    @Test(arguments: ["id=menu-of-tastings", "class=comment-rules", "id=related-work"])
    func sectionsOfProseStay(name: String) throws {
        let menu = "<nav><a href=/>JUNK home</a> <a href=/b>JUNK blog</a></nav>"
        let found = try read(
            "\(menu)<div><section id=one><h2>Water</h2><p>\(prose)</p></section>"
                + "<section \(name)><h2>More</h2><p>Soup and bread cost twelve euros a head.</p></section></div>"
        )
        #expect(found.contains("twelve euros") && !found.contains("JUNK"))
    }

    /// A page most of whose text a script shows for the reader's own system.
    @Test func hiddenTextThatIsMostOfThePageIsRead() throws {
        let hidden = String(repeating: "<p>\(prose)</p>", count: 6)
        let found = try read(
            "<main><h1>Help</h1><p>\(prose)</p><div hidden=true>\(hidden)</div></main>"
        )
        #expect(found.ranges(of: "drawn by lot").count == 7)
        let dialog = "<div hidden><p>We use JUNK to make this site better for you.</p></div>"
        #expect(try !read("<main><p>\(prose)</p></main>\(dialog)").contains("JUNK"))
    }

    /// Cells whose text stands in paragraphs, below the last prose of the page.
    @Test func tablesBelowTheProseStay() throws {
        let row = "<tr><td><p>0x08ca</p></td><td><p>Aiptek</p></td></tr>"
        let found = try read(
            "<nav><a href=/>JUNK</a></nav><main><h1>Cameras</h1><p>\(prose)</p>"
                + "<h2>List</h2><table>\(row)\(row)</table></main>"
        )
        #expect(found.contains("0x08ca | Aiptek"))
    }

    /// Lists of addresses are no menus: the text of a link is what it leads to.
    @Test func listsOfAddressesStay() throws {
        let items = ["https://example.org/one", "https://example.org/two"].map {
            "<li><p>Sheet: <a href=\"\($0)\">\($0)</a></p></li>"
        }
        let found = try read("<main><h1>Chips</h1><p>\(prose)</p><ul>\(items.joined())</ul></main>")
        #expect(found.contains("https://example.org/two"))
    }

    @Test func accordionsWithoutAttributesAreRead() throws {
        let found = try read(
            "<main><p>\(prose)</p><div class=accordion-item><button>Who opens?</button>"
                + "<div class=accordion-panel hidden><p>The guard opens the gate.</p></div></div></main>"
        )
        #expect(found.contains("Who opens?") && found.contains("The guard opens the gate."))
    }

    @Test func picturesSayWhatTheyShow() throws {
        let found = try read(
            "<main><p>\(prose)</p><img src=a.png alt=\"Plan of the canal with its iron gate\">"
                + "<img src=b.png alt=icon><p>\(prose)</p></main>"
        )
        #expect(found.contains("Plan of the canal with its iron gate") && !found.contains("icon"))
    }

    /// Formulas that a page hides behind a picture, and marks between parts with space around them.
    @Test func formulasAreRead() throws {
        let formula =
            "<math><mfrac>\n <mi>a</mi>\n <mi>b</mi>\n</mfrac> <mo>=</mo> <msub>\n<mi>x</mi>\n<mn>2</mn></msub></math>"
        #expect(
            try read(
                "<p>\(prose)</p><p>So <span style=\"display: none\">\(formula)</span> holds.</p>"
            )
            .contains("So a/b=x_2 holds.")
        )
        let picture = "<img class=\"math-inline\" alt=\"E = mc^2\" src=e.svg>"
        #expect(try read("<p>\(prose)</p><p>That is \(picture) exactly.</p>").contains("E = mc^2"))
    }

    @Test func textOfTheStateThatAScriptSetsIsRead() throws {
        let state =
            "<script>window.__INITIAL_STATE__ = {\"post\":{\"text\":\"The flood of 1957 took the weir and two mills of the town.\"}};</script>"
        #expect(try read("<div id=root></div>", head: state).contains("the weir and two mills"))
    }

    @Test func countsOfListsMayBeginAnywhere() throws {
        let body = "<ol start=9223372036854775807><li>One.<li>Two.</ol><p>\(prose)</p>"
        #expect(try read(body).contains("Two."))
    }
}
