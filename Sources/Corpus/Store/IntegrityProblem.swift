/// Something that is wrong with a library.
package struct IntegrityProblem: Codable, Hashable, Sendable {
    /// Which part of the file it is about.
    package enum Part: String, Codable, Sendable, CaseIterable {
        /// SQLite's own structure: pages, trees, indexes.
        case file
        /// A row that refers to one that is not there.
        case reference
        /// The vector of a passage: missing, of the wrong size, or no unit vector.
        case embedding
        /// A passage or document that is not as it was written.
        case passage
        /// An answer that is not as it was written.
        case answer
        /// What tells which passages say nearly the same.
        case sketches
        /// The language groups.
        case languages
        /// The slots that passages have among the vectors.
        case slots
        /// A segment of the vectors' codes.
        case segment
        /// The full-text entries.
        case keywords
        /// The graph over the vectors.
        case graph
    }

    /// Which part.
    package let part: Part
    /// What is wrong with it.
    package let detail: String

    /// Describes a problem.
    package init(_ part: Part, _ detail: String) {
        self.part = part
        self.detail = detail
    }
}
