/// Reads PowerPoint presentations (`.pptx`): each slide a page and a section of its own.
///
/// The title of a slide is its heading; its shapes come from top to bottom, with the charts and
/// diagrams among them, then its notes and comments.
struct PresentationReader: BinaryReader {
    static let declaration = DocumentFormat.binary(
        "pptx",
        version: 2,
        recognizes: { $0.package?.kind == .presentation },
        make: { PresentationReader() }
    )

    func read(_ bytes: [UInt8], options: ReadingOptions) throws(DocumentError) -> RenderedDraft {
        let name = "presentation"
        let archive = try ZipArchive(bytes, format: name, limit: options.maximumBytes)
        let parts = OfficeParts(archive: archive, format: name, options: options)
        let main = try archive.mainPart(orElse: "ppt/presentation.xml", format: name)
        let order = SlideOrder()
        try archive.parse(main, of: name, into: order)
        let slides = try archive.relationships(of: main, format: name)
        var result = RenderedDraft()
        var layouts: [String: SlideContent] = [:]
        var furniture: [String] = []
        for slide in order.slides.compactMap({ slides[$0] }) {
            result.rendering.beginPage()
            result.rendering.closeSections()
            let related = try archive.relations(of: slide, format: name)
            let content = SlideContent()
            try archive.parse(slide, of: name, into: content)
            if let layout = related.first(where: { $0.isKind("slideLayout") })?.target {
                let known = layouts[layout] ?? SlideContent()
                if layouts[layout] == nil { try archive.parse(layout, of: name, into: known) }
                if layouts[layout] == nil {
                    furniture += known.loose
                    for master in try archive.relations(of: layout, format: name)
                    where master.isKind("slideMaster") && layouts[master.target] == nil {
                        let known = SlideContent()
                        try archive.parse(master.target, of: name, into: known)
                        layouts[master.target] = known
                        furniture += known.loose
                    }
                }
                layouts[layout] = known
                content.takePlaces(from: known)
            }
            furniture += content.furniture
            content.render(into: &result.rendering) { id, kind in
                guard let target = related.first(where: { $0.id == id })?.target else { return [] }
                let found: [OfficeParts.Piece]? =
                    switch kind {
                    case .chart: try? parts.chart(target)
                    case .diagram: try? parts.diagram(target)
                    case .file: try? parts.embedded(target)
                    }
                return found ?? []
            }
            for relation in related where relation.isKind("notesSlide") {
                let spoken = SlideContent()
                try archive.parse(relation.target, of: name, into: spoken)
                spoken.renderNotes(into: &result.rendering)
            }
            for relation in related where relation.isKind("comment") {
                for comment in try parts.paragraphs(of: relation.target) {
                    result.rendering.append("Comment: " + comment, as: .paragraph)
                }
            }
        }
        result.rendering.append(furniture: furniture)
        try archive.fill(&result.draft, from: "docProps/core.xml")
        // What the program calls a presentation that nobody has named.
        if let title = result.draft.title, title.hasPrefix("PowerPoint ") {
            result.draft.title = nil
        }
        let first = result.rendering.blocks.first { !$0.text.isEmpty }
        result.draft.title = result.draft.title ?? first?.text
        return result
    }
}

private final class SlideOrder: XMLHandler {
    private(set) var slides: [String] = []

    func start(_ name: String, _ attributes: XMLAttributes) {
        guard name == "sldId" else { return }
        if let id = attributes.relation { slides.append(id) }
    }
}
