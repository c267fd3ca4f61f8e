/// A part of FTS5's lists is not in their format.
package struct FTS5ListError: Error, Hashable, CustomStringConvertible {
    /// The part: a page, a list.
    package let what: String

    /// Names the part.
    package init(what: String) { self.what = what }

    package var description: String { "the keyword index has \(what) that cannot be read" }
}
