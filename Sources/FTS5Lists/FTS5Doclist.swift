/// The list of one term in one segment.
package struct FTS5Doclist {
    /// What stands on the pages, without their heads.
    package var bytes: [UInt8] = []
    /// Where in `bytes` a passage is given by its ID; elsewhere by the difference from the one before.
    package var absolutes: [Int] = []

    /// A list of which these bytes are known.
    package init(bytes: [UInt8] = [], absolutes: [Int] = []) {
        self.bytes = bytes
        self.absolutes = absolutes
    }

    /// Adds what another page says of the term, and where the first ID begins in it, if it is there.
    package mutating func add(_ more: [UInt8], firstRow: Int) {
        if more.indices.contains(firstRow) { absolutes.append(bytes.count + firstRow) }
        bytes += more
    }
}
