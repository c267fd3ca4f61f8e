package import Evaluation

/// What measuring the vector indexes found out.
package struct VectorBenchReport: Encodable, Sendable {
    /// One way to search.
    package struct Row: Encodable, Sendable {
        /// What was searched: the graph, or all vectors.
        package let name: String
        /// The width of the walk; none for the exact search.
        package let ef: Int?
        package let recall: Double
        package let latency: LatencySummary

        /// For a table or a plot.
        package var label: String { ef.map { "ef \($0)" } ?? name }
    }

    package let machine: String, kernels: String
    package let vectors: Int, dimensions: Int
    package let metric: String
    package let queries: Int, threads: Int
    package let m: Int, efConstruction: Int
    package let exactBuildSeconds: Double, graphBuildSeconds: Double
    /// With the vectors in full precision.
    package let exactBytesPerVector: Int, graphBytesPerVector: Int
    /// Of the exact search, with all queries in one call.
    package let batchQueriesPerSecond: Double
    package let rows: [Row]
}
