internal import TextAnalysis

/// Which blocks of a page are its text.
extension PageAnalysis {
    /// Whether a page has nothing around its text.
    ///
    /// It has hardly a link, and no part that is tagged or named as furniture: then even the shortest
    /// line belongs to the text.
    var isPlain: Bool {
        let length = blocks.reduce(0) { $0 + $1.length }
        let linked = blocks.reduce(0) { $0 + $1.linked }
        let hasLinks = blocks.contains { !$0.isProse && $0.linkShare > 0.5 }
        let hasOthers = blocks.contains {
            $0.kind.first == "h" && $0.length < 60 && PageNames.isOfOthers($0.start)
        }
        guard linked * 20 <= length, !hasLinks, !hasOthers else { return false }
        var names = PageNames()
        return !page.nodes.indices.contains { index in
            let node = page.nodes[index]
            guard sums[index].length > 0, !isSkipped[index] else { return false }
            return Self.surroundings.contains(node.name)
                || Self.roles.contains(node.attributes["role"] ?? "")
                || names.verdict(on: node) != nil
        }
    }

    private static let surroundings: Set<String> = ["nav", "footer", "aside", "header", "form"]

    mutating func judge() {
        guard !blocks.isEmpty else { return }
        let total = blocks.reduce(0) { $0 + ($1.isProse ? $1.length : 0) }
        drop(droppedElements(total: total, onlySure: false))
        // A page most of whose prose stands in what is called furniture has templates of its own, and
        // of a short one little would be left: what is surely none goes all the same.
        let left = proseLength
        if wordLength < 80 || (left < 200 && total - left > left) {
            drop(droppedElements(total: total, onlySure: true))
            if wordLength == 0 { drop([Bool](repeating: false, count: page.nodes.count)) }
        }
        dropCredits()
        textRoot = root()
        trim(to: textRoot)
        dropEmptyHeadings()
    }

    private mutating func drop(_ dropped: [Bool]) {
        furniture = dropped
        for index in blocks.indices { blocks[index].isDropped = dropped[blocks[index].node] }
    }

    /// How many characters are left.
    private var wordLength: Int {
        blocks.reduce(0) { $0 + ($1.isDropped ? 0 : $1.length) }
    }

    /// How many characters of prose are left.
    var proseLength: Int {
        blocks.reduce(0) { $0 + ($1.isProse && !$1.isDropped ? $1.length : 0) }
    }

    /// Whether a page says something in its main part that is no link: a table, code, a few lines.
    var hasOwnText: Bool {
        let length = blocks.reduce(0) { sum, block in
            guard !block.isDropped, block.linkShare < 0.3, block.kind.first != "h",
                isInMain(block.node)
            else { return sum }
            return sum + block.length
        }
        return length > 40
    }

    // MARK: Elements

    /// Whether an element or one around it is furniture, by its index.
    private mutating func droppedElements(total: Int, onlySure: Bool) -> [Bool] {
        var dropped = [Bool](repeating: false, count: page.nodes.count)
        var names = PageNames()
        let slugs = headingSlugs()
        let chapters = chapters(slugs)
        for (index, node) in page.nodes.enumerated() {
            if node.parent >= 0, dropped[node.parent] {
                dropped[index] = true
                continue
            }
            if Self.alwaysKept.contains(node.name) || sums[index].length == 0 { continue }
            if chapters.contains(index) {
                isChapter[index] = true
                continue
            }
            dropped[index] =
                isFurniture(index, node, total, onlySure, &names, slugs)
                || isLinks(index, node, total)
        }
        return dropped
    }

    private static let alwaysKept: Set<String> = ["html", "body", "main"]
    private static let roles: Set<String> = [
        "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alertdialog",
        "menu", "menubar", "toolbar",
    ]

    private func isFurniture(
        _ index: Int,
        _ node: HTMLRecording.Node,
        _ total: Int,
        _ onlySure: Bool,
        _ names: inout PageNames,
        _ slugs: [Int: String]
    ) -> Bool {
        let sum = sums[index]
        let share = Double(sum.prose) / Double(max(total, 1))
        let isTagged = ["nav", "footer", "aside"].contains(node.name)
        if isTagged || Self.roles.contains(node.attributes["role"] ?? "") {
            return share < Self.guardShare && !isPartOfText(index, node, slugs)
        }
        if sum.topHeadings > 0 { return false }
        if node.name == "header" { return sum.prose < 100 && !hasHeading(index) }
        if node.name == "form" { return sum.prose < 400 && share < Self.guardShare }
        switch names.verdict(on: node) {
        case .furniture(let isSure):
            if onlySure, !isSure { return false }
            if !isSure, isProseAlone(index, node) { return false }
            let limit = isSure ? Self.sureGuardShare : Self.guardShare
            return share < limit && !isPartOfText(index, node, slugs)
        case .teaser where onlySure, .metadata where onlySure: return false
        case .teaser:
            let isLinked = sum.linked * 10 > sum.length
            return isLinked && share < Self.guardShare && !["p", "h2", "h3"].contains(node.name)
        case .metadata: return sum.prose <= 150 && share < Self.guardShare
        case nil: return false
        }
    }

    /// Whether an element is a section of the text that is named as furniture is: a chapter about menus
    /// has a heading that says so, and prose.
    private func isPartOfText(
        _ index: Int,
        _ node: HTMLRecording.Node,
        _ slugs: [Int: String]
    ) -> Bool {
        guard let heading = slugs[index], sums[index].length > heading.count + 20,
            sums[index].linked * 3 < sums[index].length, isInMain(index)
        else {
            // An aside inside the text belongs to it.
            return node.name == "aside" && isInMain(index) && sums[index].prose > 0
                && sums[index].linked * 3 < sums[index].length && node.attributes["class"] == nil
        }
        if PageNames.isOfOthers(heading) { return false }
        let words = heading.lowercased().filter { $0.isLetter || $0.isNumber }
        for key in ["id", "class"] {
            for token in (node.attributes[key] ?? "").split(separator: " ") {
                let name = token.lowercased().filter { $0.isLetter || $0.isNumber }
                guard name.count > 1 else { continue }
                if words.contains(name) || name.contains(words) { return true }
                // "toc" is what a table of contents is called.
                let spoken = heading.lowercased().split(whereSeparator: \.isWhitespace)
                if name == String(spoken.compactMap(\.first)) { return true }
                // "nav-keys" stands above "Navigation keys".
                let parts = token.lowercased().split { !$0.isLetter && !$0.isNumber }
                if parts.allSatisfy({ part in
                    part.count > 2 && spoken.contains { $0.hasPrefix(part) || part.hasPrefix($0) }
                }) {
                    return true
                }
            }
        }
        return node.attributes["id"] == nil && node.attributes["class"] == nil
    }

    /// Whether a section has sentences, and neither links nor fields: a chapter, whatever its name.
    private func isProseAlone(_ index: Int, _ node: HTMLRecording.Node) -> Bool {
        guard node.name == "section", sums[index].prose > 0, sums[index].linked == 0 else {
            return false
        }
        return !(index...node.last).contains {
            ["form", "input", "button", "iframe"].contains(page.nodes[$0].name)
        }
    }

    /// The headings that elements begin with.
    private func headingSlugs() -> [Int: String] {
        var slugs: [Int: String] = [:]
        for block in blocks where ["h1", "h2", "h3", "h4", "h5", "h6"].contains(block.kind) {
            var node = block.node
            for _ in 0..<6 where node >= 0 {
                if slugs[node] == nil { slugs[node] = block.start }
                node = page.nodes[node].parent
            }
        }
        return slugs
    }

    /// The sections that are named by their headings, side by side with others that are: those of a
    /// manual, whatever they are about.
    private func chapters(_ slugs: [Int: String]) -> Set<Int> {
        var byParent: [Int: [(index: Int, isPlain: Bool)]] = [:]
        var names = PageNames()
        for (index, heading) in slugs {
            let node = page.nodes[index]
            guard let id = node.attributes["id"], ["section", "div"].contains(node.name),
                sums[index].length > heading.count + 10, sums[index].linked * 3 < sums[index].length
            else { continue }
            let kind = node.attributes["class"] ?? ""
            guard kind.isEmpty || kind.hasPrefix("section") || kind.hasPrefix("sect") else {
                continue
            }
            guard Self.slug(id) == Self.slug(heading.filter { $0 != "¶" && $0 != "#" }) else {
                continue
            }
            byParent[node.parent, default: []].append((index, names.verdict(on: node) == nil))
        }
        var chapters: Set<Int> = []
        for group in byParent.values where group.count > 1 && group.contains(where: \.isPlain) {
            chapters.formUnion(group.map(\.index))
        }
        return chapters
    }

    /// The letters and digits of a name, without accents and in lower case.
    private static func slug(_ text: String) -> String {
        folded(text).filter { $0.isLetter || $0.isNumber }
    }

    private func hasHeading(_ index: Int) -> Bool {
        (index...page.nodes[index].last).contains {
            ["h1", "h2"].contains(page.nodes[$0].name) && sums[$0].length > 0
                && sums[$0].linked == 0
        }
    }

    private func isInChapter(_ index: Int) -> Bool {
        var node = index
        while node >= 0 {
            if isChapter[node] { return true }
            node = page.nodes[node].parent
        }
        return false
    }

    private func isInMain(_ index: Int) -> Bool {
        var node = index
        while node >= 0 {
            let element = page.nodes[node]
            if element.name == "main" || element.name == "article"
                || element.attributes["role"] == "main"
            {
                return true
            }
            node = element.parent
        }
        return false
    }

    private static let containers: Set<String> = ["div", "ul", "ol", "section", "table", "dl"]

    /// Whether an element is a list of links: most of it, and no prose.
    private func isLinks(_ index: Int, _ node: HTMLRecording.Node, _ total: Int) -> Bool {
        let sum = sums[index]
        guard Self.containers.contains(node.name), sum.topHeadings == 0, sum.linked * 2 > sum.length
        else { return false }
        return Double(sum.prose) < 0.15 * Double(sum.length) && sum.length < total / 2 + 2000
    }

    // MARK: Blocks

    private mutating func dropCredits() {
        for index in blocks.indices where !blocks[index].isDropped {
            var node = blocks[index].node
            for _ in 0..<3 where node >= 0 {
                let element = page.nodes[node]
                let name = element.attributes["class"]?.lowercased() ?? ""
                if element.name == "figcaption" || name.contains("caption")
                    || name.contains("legend")
                {
                    blocks[index].isDropped = PageNames.isCredit(blocks[index].start)
                    break
                }
                node = element.parent
            }
        }
    }

    /// The smallest element that has nearly all prose, or a little larger one without much else.
    private func root() -> Int {
        var prose = [Int](repeating: 0, count: page.nodes.count)
        var length = prose
        for block in blocks where !block.isDropped {
            length[block.node] += block.length
            if block.isProse { prose[block.node] += block.length }
        }
        for index in page.nodes.indices.reversed() where page.nodes[index].parent >= 0 {
            prose[page.nodes[index].parent] += prose[index]
            length[page.nodes[index].parent] += length[index]
        }
        let wanted = Double(proseLength) * Self.rootShare
        guard wanted > 0,
            var root = page.nodes.indices.last(where: { Double(prose[$0]) >= wanted })
        else { return 0 }
        // Not the one paragraph of a page, and no less than what the page calls its text.
        while Self.leaves.contains(page.nodes[root].name), page.nodes[root].parent >= 0 {
            root = page.nodes[root].parent
        }
        var outer = root
        while outer >= 0 {
            let node = page.nodes[outer]
            if node.name == "main" || node.name == "article" || node.attributes["role"] == "main" {
                root = outer
                break
            }
            outer = node.parent
        }
        while page.nodes[root].parent >= 0 {
            let parent = page.nodes[root].parent
            let node = page.nodes[parent]
            if node.name == "body" || node.name == "html" { break }
            let limit = ["article", "main"].contains(node.name) ? 1.5 : 1.15
            guard Double(length[parent]) <= limit * Double(length[root]) else { break }
            root = parent
        }
        return root
    }

    private static let leaves: Set<String> = [
        "p", "li", "td", "th", "tr", "tbody", "ul", "ol", "blockquote", "dd", "dt", "pre", "h1",
        "h2",
        "h3", "h4",
    ]

    private func isInside(_ node: Int, _ root: Int) -> Bool {
        root <= node && node <= page.nodes[root].last
    }

    /// Drops what stands outside the text's element, and before the first and after the last prose.
    private mutating func trim(to root: Int) {
        let live = blocks.indices.filter { !blocks[$0].isDropped }
        let inside = live.filter { isInside(blocks[$0].node, root) }
        guard let first = inside.firstIndex(where: { blocks[$0].isProse }),
            let last = inside.lastIndex(where: { blocks[$0].isProse })
        else { return }
        prose = blocks[inside[first]].events.lowerBound..<blocks[inside[last]].events.upperBound
        for index in live where !isInside(blocks[index].node, root) {
            blocks[index].isDropped = true
        }
        let firstParent = page.nodes[blocks[inside[first]].node].parent
        let lastParent = page.nodes[blocks[inside[last]].node].parent
        var isEnded = false
        for (place, index) in inside.enumerated() {
            let block = blocks[index]
            if place < first {
                let isNear =
                    isLoose(block, firstParent)
                    || place >= first - 3 && block.length > 20 && firstParent >= 0
                        && isInside(block.node, firstParent) && !isPage(firstParent)
                blocks[index].isDropped = block.linkShare >= 0.3 || !(isNear || isStructure(block))
            } else if place > last {
                let isNear =
                    !isEnded && place <= last + 40 && lastParent >= 0
                    && (isLoose(block, lastParent)
                        || isInside(block.node, lastParent) && !isPage(lastParent))
                let isOfText = isInChapter(block.node)
                if isNear, !isOfText, PageNames.isOfOthers(block.start) { isEnded = true }
                let isKept = (isNear && !isEnded) || isStructure(block) || isOfText
                blocks[index].isDropped = block.linkShare >= 0.3 || !isKept
            } else if !block.isProse, block.linkShare > 0.5, block.length < 200 {
                blocks[index].isDropped = true
            }
        }
        keepTitle(before: inside[first], among: live)
    }

    /// Whether a block is a paragraph of a page without any parts, whose prose stands beside it.
    private func isLoose(_ block: TextBlock, _ proseParent: Int) -> Bool {
        block.kind == "p" && proseParent >= 0 && isPage(proseParent)
            && page.nodes[block.node].parent == proseParent
    }

    private func isPage(_ node: Int) -> Bool {
        page.nodes[node].name == "body" || page.nodes[node].name == "html"
    }

    /// Whether a block is of a kind that pages have their facts in, or a paragraph of the part that the
    /// page calls its text.
    private func isStructure(_ block: TextBlock) -> Bool {
        if block.isInStructure { return true }
        return switch block.kind {
        case "p", "blockquote":
            (block.length > 40
                || block.length > 15 && block.start.last.map { ".!?。".contains($0) } ?? false)
                && isInMain(block.node)
        default: false
        }
    }

    /// Keeps the last two headings before the text.
    private mutating func keepTitle(before first: Int, among live: [Int]) {
        let headings = live.filter {
            $0 < first && $0 >= first - 20 && ["h1", "h2", "h3"].contains(blocks[$0].kind)
        }
        for index in headings.suffix(2) { blocks[index].isDropped = false }
    }

    /// Drops headings with nothing left below them, and those of links to other pages.
    private mutating func dropEmptyHeadings() {
        guard blocks.contains(where: { $0.isProse && !$0.isDropped }) else { return }
        var next: String?
        for index in blocks.indices.reversed() where !blocks[index].isDropped {
            let kind = blocks[index].kind
            if ["h2", "h3", "h4", "h5", "h6"].contains(kind) {
                let isEmpty =
                    next.map { ["h1", "h2", "h3", "h4"].contains($0) && $0 < kind } ?? true
                let isOfOthers =
                    blocks[index].length < 60 && PageNames.isOfOthers(blocks[index].start)
                if isEmpty || (isOfOthers && !isInChapter(blocks[index].node)) {
                    blocks[index].isDropped = true
                    continue
                }
            }
            next = kind
        }
    }
}
