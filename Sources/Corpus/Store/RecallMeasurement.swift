/// What to measure of graph walks.
package struct RecallRequest: Sendable {
    /// Embeddings of queries.
    package var queries: [[Float]]
    /// How many of the nearest passages are looked for.
    package var k: Int
    /// Widths of the walks, each at least `k`.
    package var widths: [Int]
    /// Whether to make a graph, in memory, for a library that has none.
    package var makesGraph: Bool

    package init(queries: [[Float]], k: Int, widths: [Int], makesGraph: Bool) {
        self.queries = queries
        self.k = k
        self.widths = widths
        self.makesGraph = makesGraph
    }
}

/// What walks of a graph find of what a comparison with every vector finds, and how long they take.
package struct RecallCurve: Sendable {
    /// One width of the walk.
    package struct Point: Sendable {
        /// How wide.
        package let ef: Int
        /// The share of the nearest passages that was found, over all queries.
        package let recall: Double
        /// How long each query took.
        package let milliseconds: [Double]

        package init(ef: Int, recall: Double, milliseconds: [Double]) {
            self.ef = ef
            self.recall = recall
            self.milliseconds = milliseconds
        }
    }

    /// By growing width.
    package let points: [Point]
    /// How long each query's comparison with every vector took.
    package let exactMilliseconds: [Double]
    /// Whether the graph is the library's own; otherwise it was made in memory to be measured.
    package let isStored: Bool

    package init(points: [Point], exactMilliseconds: [Double], isStored: Bool) {
        self.points = points
        self.exactMilliseconds = exactMilliseconds
        self.isStored = isStored
    }
}

/// What the vector searches of a library find of what a comparison with every vector finds.
package struct RecallCheck: Sendable {
    /// The share of the nearest passages that was found, for each query.
    package let recalls: [Double]
    /// How long each query's search took, and its comparison with every vector.
    package let milliseconds: [Double], exactMilliseconds: [Double]
    /// Whether searches compare every vector anyway.
    package let isExact: Bool
    /// Why the library has a graph or none, as found when it was last indexed.
    package let choice: String?

    package init(
        recalls: [Double],
        milliseconds: [Double],
        exactMilliseconds: [Double],
        isExact: Bool,
        choice: String?
    ) {
        self.recalls = recalls
        self.milliseconds = milliseconds
        self.exactMilliseconds = exactMilliseconds
        self.isExact = isExact
        self.choice = choice
    }
}
