/// The JSON objects in the midst of other text.
enum JSONObjects {
    /// The `{…}` that contain no other, in order.
    ///
    /// A truncated reply keeps its whole ones.
    static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var open: Int?
        var isInString = false
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            if isInString {
                if byte == UInt8(ascii: "\\") {
                    i += 1
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
            } else if byte == UInt8(ascii: "\"") {
                // Quotation marks in the chatter around the JSON open nothing.
                isInString = open != nil
            } else if byte == UInt8(ascii: "{") {
                open = i
            } else if byte == UInt8(ascii: "}"), let start = open {
                result.append(start..<i + 1)
                open = nil
            }
            i += 1
        }
        return result
    }

    /// The objects themselves; control characters in them, which handmade JSON has inside strings, are spaces.
    static func all(in text: String) -> [[UInt8]] {
        let bytes = Array(text.utf8)
        return ranges(in: bytes).map { bytes[$0].map { $0 < 0x20 ? 0x20 : $0 } }
    }
}
