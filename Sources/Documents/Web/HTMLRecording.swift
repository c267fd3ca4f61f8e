/// A page as its parser reports it: elements, and text with its places.
///
/// What belongs to the page's text shows only after all of it was seen. The recording is looked through
/// for that (`PageAnalysis`) and then played to the `HTMLCollector`.
struct HTMLRecording {
    /// An element; the list has them in the order in which they begin.
    struct Node {
        let name: String
        let attributes: [String: String]
        /// The index of the element around it, -1 for the outermost.
        let parent: Int
        /// How many elements come before it in the same element.
        let position: Int
        /// The index of the last element inside it, or its own.
        var last: Int
        var childCount = 0
        /// The element before it in the same element, -1 if it is the first.
        let previous: Int
        var lastChild = -1
    }

    /// What the parser reports; the place is where in the source it then stands.
    enum Event {
        case start(node: Int, place: Int)
        case end(node: Int, place: Int)
        /// Text, as a range of `text`.
        case text(Range<Int>, place: Int)
    }

    private(set) var nodes: [Node] = []
    private(set) var events: [Event] = []
    /// All text, references resolved.
    private(set) var text: [UInt8] = []
    private var open: [Int] = []

    /// How many elements are open.
    var depth: Int { open.count }

    mutating func start(_ name: String, _ attributes: [String: String], at place: Int) {
        let index = nodes.count
        var position = 0
        var previous = -1
        if let parent = open.last {
            position = nodes[parent].childCount
            nodes[parent].childCount += 1
            previous = nodes[parent].lastChild
            nodes[parent].lastChild = index
        }
        nodes.append(
            Node(
                name: name,
                attributes: attributes,
                parent: open.last ?? -1,
                position: position,
                last: index,
                previous: previous
            )
        )
        open.append(index)
        events.append(.start(node: index, place: place))
    }

    mutating func end(at place: Int) {
        guard let node = open.popLast() else { return }
        nodes[node].last = nodes.count - 1
        events.append(.end(node: node, place: place))
    }

    mutating func characters(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) {
        let start = text.count
        unsafe text.append(contentsOf: bytes)
        events.append(.text(start..<text.count, place: place))
    }

    /// Ends what was left open.
    mutating func finish() {
        while !open.isEmpty { end(at: 0) }
    }

    /// The text inside the elements that satisfy a predicate, each with its place in the source.
    func texts(where predicate: (Node) -> Bool) -> [(text: ArraySlice<UInt8>, place: Int)] {
        var found: [(ArraySlice<UInt8>, Int)] = []
        var inside: Int?
        var start = 0
        for event in events {
            switch event {
            case .start(let node, _):
                if inside == nil, predicate(nodes[node]) {
                    inside = node
                    start = -1
                }
            case .text(let range, _): if inside != nil, start < 0 { start = range.lowerBound }
            case .end(let node, let place):
                guard inside == node else { continue }
                inside = nil
                if start >= 0 { found.append((text[start..<textEnd(before: node)], place)) }
            }
        }
        return found
    }

    /// Where the text inside a node ends.
    private func textEnd(before node: Int) -> Int {
        textEnds[node] ?? text.count
    }

    /// Ends of the texts of scripts and the like, which are few.
    private(set) var textEnds: [Int: Int] = [:]

    /// Notes where the text of the innermost element ends, for `texts(where:)`.
    mutating func noteTextEnd() {
        if let node = open.last { textEnds[node] = text.count }
    }
}
