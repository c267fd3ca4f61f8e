internal import CXML2

/// Takes the events of an XML document; names come without their prefix.
protocol XMLHandler: AnyObject {
    /// An element begins.
    func start(_ name: String, _ attributes: XMLAttributes)
    /// An element ends.
    func end(_ name: String)
    /// Text, in pieces of any length.
    func characters(_ text: String)
}

extension XMLHandler {
    // What most handlers look for stands in attributes.
    func end(_ name: String) {}
    func characters(_ text: String) {}
}

/// The attributes of an element, by their names without prefix.
struct XMLAttributes {
    let values: [(name: String, value: String)]
    /// The prefixes of the attributes; empty strings where there is none.
    let prefixes: [String]

    /// The value of the attribute of that name: of those with the same name the one without prefix,
    /// else the first.
    subscript(_ name: String) -> String? {
        var found: String?
        for (index, attribute) in values.enumerated() where attribute.name == name {
            if prefixes[index].isEmpty { return attribute.value }
            if found == nil { found = attribute.value }
        }
        return found
    }

    /// The relationship that the element refers to: its `id`, or what `name` says, in a namespace.
    ///
    /// An element may have an `id` of its own besides, which has no prefix; the order of attributes
    /// means nothing.
    var relation: String? { inNamespace("id") }

    /// The whole number that an attribute gives, put within `limits`; nil if it gives none.
    ///
    /// Numbers of a file are added to others: within limits no sum of them overflows.
    func number(_ name: String, in limits: ClosedRange<Int>) -> Int? {
        self[name].flatMap { Int($0) }.map { min(max($0, limits.lowerBound), limits.upperBound) }
    }

    /// The value of an attribute that has a prefix.
    func inNamespace(_ name: String) -> String? {
        for (index, attribute) in values.enumerated()
        where attribute.name == name && !prefixes[index].isEmpty {
            return attribute.value
        }
        return nil
    }
}

/// The fence around libxml2's event interface for XML.
///
/// Entities that a document declares are not expanded and nothing outside it is loaded: a parser
/// without handlers for declarations knows the five that XML has by itself, and no others.
enum XMLEvents {
    /// Deeper than any document, well below what libxml2 takes.
    private static let maximumDepth = 200

    @safe private final class State {
        let handler: any XMLHandler
        var context: xmlParserCtxtPtr?
        var depth = 0
        var isTooDeep = false

        init(_ handler: any XMLHandler) {
            self.handler = handler
        }
    }

    /// Parses a document, as far as it is well-formed.
    ///
    /// - Parameters:
    ///   - bytes: The document, in an encoding that it declares or UTF-8.
    ///   - format: What it belongs to, for error messages.
    ///   - recovers: Whether parsing goes on after an error, as over a reference to nothing.
    ///   - handler: Takes the events.
    /// - Throws: `.malformed` where elements are nested too deep, there is none, or one is damaged and
    ///   parsing does not go on.
    static func parse(
        _ bytes: [UInt8],
        of format: String,
        recovers: Bool = false,
        into handler: any XMLHandler
    ) throws(DocumentError) {
        _ = SAX.isInitialized
        let state = State(handler)
        var isBroken = bytes.isEmpty
        unsafe bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress,
                let context = unsafe xmlCreateMemoryParserCtxt(
                    base.assumingMemoryBound(to: CChar.self),
                    Int32(clamping: bytes.count)
                )
            else {
                isBroken = true
                return
            }
            defer { unsafe xmlFreeParserCtxt(context) }
            unsafe configure(context, recovers: recovers)
            unsafe state.context = context
            unsafe context.pointee.userData = Unmanaged.passUnretained(state).toOpaque()
            _ = unsafe xmlParseDocument(context)
            isBroken = unsafe !recovers && context.pointee.wellFormed == 0
        }
        if state.isTooDeep {
            throw .malformed(format: format, reason: "elements nested over \(maximumDepth) deep")
        }
        if isBroken { throw .malformed(format: format, reason: "its XML is damaged") }
    }

    private static func configure(_ context: xmlParserCtxtPtr, recovers: Bool) {
        let options =
            (recovers ? XML_PARSE_RECOVER.rawValue : 0) | XML_PARSE_NOERROR.rawValue
            | XML_PARSE_NOWARNING.rawValue | XML_PARSE_NONET.rawValue
            | XML_PARSE_NOCDATA.rawValue
        _ = unsafe xmlCtxtUseOptions(context, Int32(options))
        var handler = unsafe xmlSAXHandler()
        unsafe handler.startElement = { data, name, attributes in
            unsafe XMLEvents.start(data, name, attributes)
        }
        unsafe handler.endElement = { data, name in unsafe XMLEvents.end(data, name) }
        unsafe handler.characters = { data, text, length in
            unsafe XMLEvents.characters(data, text, length)
        }
        unsafe handler.ignorableWhitespace = handler.characters
        unsafe handler.cdataBlock = handler.characters
        unsafe context.pointee.sax.pointee = handler
    }

    private static func local(_ name: String) -> String {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return name }
        return String(name[name.utf8.index(after: colon)...])
    }

    private static func prefix(of name: String) -> String {
        guard let colon = name.utf8.lastIndex(of: UInt8(ascii: ":")) else { return "" }
        return String(name[..<colon])
    }

    private static func start(
        _ data: UnsafeMutableRawPointer?,
        _ name: UnsafePointer<xmlChar>?,
        _ attributes: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) {
        guard let state: State = unsafe SAX.state(data), let name = unsafe name else { return }
        state.depth += 1
        guard state.depth <= maximumDepth else {
            state.isTooDeep = true
            unsafe xmlStopParser(state.context)
            return
        }
        let values = unsafe SAX.attributes(attributes)
        state.handler.start(
            local(unsafe String(cString: name)),
            XMLAttributes(
                values: values.map { (local($0.name), $0.value) },
                prefixes: values.map { prefix(of: $0.name) }
            )
        )
    }

    private static func end(_ data: UnsafeMutableRawPointer?, _ name: UnsafePointer<xmlChar>?) {
        guard let state: State = unsafe SAX.state(data), let name = unsafe name else { return }
        state.depth -= 1
        state.handler.end(local(unsafe String(cString: name)))
    }

    private static func characters(
        _ data: UnsafeMutableRawPointer?,
        _ text: UnsafePointer<xmlChar>?,
        _ length: Int32
    ) {
        guard let state: State = unsafe SAX.state(data), let text = unsafe text, length > 0 else {
            return
        }
        let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(length))
        state.handler.characters(unsafe String(decoding: bytes, as: UTF8.self))
    }
}

/// References of HTML, `&nbsp;`, in XML that does not declare them.
enum XMLEntities {
    /// The document with such references as numbers, which every parser knows, and with other signs that
    /// open none as themselves.
    ///
    /// - Complexity: O(`bytes.count`).
    static func resolved(_ bytes: [UInt8]) -> [UInt8] {
        let ampersand = UInt8(ascii: "&")
        guard bytes.contains(ampersand) else { return bytes }
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + bytes.count / 64)
        var start = 0
        var i = 0
        while let mark = bytes[i...].firstIndex(of: ampersand) {
            i = mark + 1
            let name = bytes[i...].prefix(32).prefix { byte in
                (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            }
            let isClosed = name.endIndex < bytes.count && bytes[name.endIndex] == UInt8(ascii: ";")
            if i < bytes.count, bytes[i] == UInt8(ascii: "#") { continue }
            let word = String(decoding: name, as: UTF8.self)
            if isClosed, ["amp", "lt", "gt", "quot", "apos"].contains(word) { continue }
            result += bytes[start..<mark]
            if isClosed, !word.isEmpty, let entity = unsafe htmlEntityLookup(word) {
                result += unsafe Array("&#\(entity.pointee.value);".utf8)
                i = name.endIndex + 1
            } else {
                result += Array("&amp;".utf8)
            }
            start = i
        }
        return result + bytes[start...]
    }
}
