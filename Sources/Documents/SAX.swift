internal import CXML2

/// What the callbacks of libxml2's two event parsers have in common.
enum SAX {
    /// Makes libxml2 ready, once.
    static let isInitialized: Bool = {
        xmlInitParser()
        return true
    }()

    /// The object that the parser was given as its user data.
    static func state<State: AnyObject>(_ data: UnsafeMutableRawPointer?) -> State? {
        unsafe data.map { unsafe Unmanaged<State>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The names and values of an element's attributes, in their order; a missing value is empty.
    static func attributes(
        _ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?
    ) -> [(name: String, value: String)] {
        var attributes: [(name: String, value: String)] = []
        guard var next = unsafe list else { return attributes }
        while let name = unsafe next[0] {
            let value = unsafe next[1].map { unsafe String(cString: $0) } ?? ""
            unsafe attributes.append((String(cString: name), value))
            unsafe next += 2
        }
        return attributes
    }
}
