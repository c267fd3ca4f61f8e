internal import Corpus
internal import Foundation
internal import GRDB
internal import VectorIndex

/// When a library gets a graph over its vectors.
enum GraphPolicy: Sendable {
    /// Where comparing all vectors takes this machine too long: see `SQLiteStore.latencyThreshold`.
    case measured
    /// From so many passages on.
    case from(passages: Int)
}

extension SQLiteStore {
    /// The milliseconds that comparing all vectors may take before a library gets a graph.
    ///
    /// A walk is approximate, the more so the more passages are nearly the same: where 200,000 passages of
    /// program help stood in many versions, walks found 0.89 of the ten nearest. What misses nothing is
    /// given up only where people would wait for it.
    static let latencyThreshold = 10.0

    /// Makes a graph if it is worth it, brings it up to date if much has changed, or drops it.
    ///
    /// It is made outside any transaction, from a snapshot; if the library changed meanwhile the old
    /// state stands, and the next run catches up.
    ///
    /// - Complexity: O(changed slots) walks; a first graph takes one for every passage.
    func refreshGraph(_ policy: GraphPolicy = .measured) throws {
        guard let new = try read({ try $0.isGraphChosen(policy) ? nil : $0.newGraph(policy) })
        else {
            return
        }
        try write { transaction in
            guard try transaction.snapshot(of: self).generation() == new.generation else { return }
            let graph = VectorGraph(db: transaction.db)
            if new.isChanged { try graph.replace(with: new.index) }
            try transaction.set("graph_choice", to: "\(new.generation) \(new.remark)")
        }
    }
}

/// The graph that a state of a library should have.
private struct NewGraph: Sendable {
    let generation: String
    /// Why it has one, or none.
    let remark: String
    var index: HNSWIndex?
    var isChanged = true
}

extension SnapshotView {
    /// Whether the choice was made for the library as it is.
    fileprivate func isGraphChosen(_ policy: GraphPolicy) throws -> Bool {
        guard case .measured = policy else { return false }
        return try graphChoiceMade()?.hasPrefix(generation() + " ") ?? false
    }

    private func graphChoiceMade() throws -> String? {
        try String.fetchOne(db, sql: "SELECT value FROM setting WHERE key = 'graph_choice'")
    }

    /// Why the library has a graph or none, in words; nil if that was never asked.
    func graphRemark() throws -> String? {
        try graphChoiceMade().map { String($0.drop { $0 != " " }.dropFirst()) }
    }

    fileprivate func newGraph(_ policy: GraphPolicy) throws -> NewGraph {
        let graph = VectorGraph(db: db)
        // One of an earlier version's form counts as none.
        let hasGraph = try graph.open() != nil
        let (wantsGraph, remark) = try graphChoice(policy, hasGraph: hasGraph)
        var new = NewGraph(generation: try generation(), remark: remark)
        guard wantsGraph, let model = try model() else {
            new.isChanged = try graph.exists()
            return new
        }
        let changed = try graph.pending()
        // What stays as it is need not be read.
        new.isChanged = !hasGraph || changed.count > VectorGraph.mostPending
        guard new.isChanged else { return new }
        guard hasGraph, let stored = try graph.load() else {
            let builder = try self.graph(of: occupiedOrdinals(), dimensions: model.dimensions)
            new.index = builder.snapshot()
            return new
        }
        let builder = HNSWBuilder(continuing: stored)
        _ = builder.remove(changed.filter(builder.contains))
        try add(changed, to: builder)
        new.index = builder.snapshot()
        return new
    }

    /// Whether the library should have a graph, and why.
    private func graphChoice(
        _ policy: GraphPolicy,
        hasGraph: Bool
    ) throws -> (wantsGraph: Bool, remark: String) {
        let count = try passageCount()
        switch policy {
        case .from(let passages):
            return (count >= passages, "\(count) passages, a graph from \(passages) on")
        case .measured:
            guard count >= Self.fewPassages else {
                return (false, "\(count) passages, too few for a graph")
            }
            let milliseconds = try comparisonTime()
            // What has a graph loses it only if comparing takes much less than what others get one for.
            return (
                milliseconds > SQLiteStore.latencyThreshold * (hasGraph ? 0.5 : 1),
                "comparing \(count) passages takes \(String(format: "%.1f", milliseconds)) ms"
            )
        }
    }

    /// Below so many passages nothing is measured.
    private static let fewPassages = 20_000
    /// How many of the library's own vectors are looked for to measure, and how many neighbors of each.
    private static let measuredQueries = 15, measuredNeighbors = 100

    /// The median milliseconds that comparing all vectors takes now, their codes being in memory.
    private func comparisonTime() throws -> Double {
        let ordinals = try occupiedOrdinals()
        let step = max(1, ordinals.count / Self.measuredQueries)
        let queries = try vectors(
            at: stride(from: 0, to: ordinals.count, by: step).map { ordinals[$0] }
        )
        let flat = try FlatIndex(segments: VectorSegments(db: db).all(), rows: StoredRows(db: db))
        let clock = ContinuousClock()
        let times = try queries.map { query in
            try Task.checkCancellation()
            return try clock.measure {
                _ = try flat.neighbors(of: query.vector, k: Self.measuredNeighbors, in: nil)
            }
        }.sorted()
        guard !times.isEmpty else { return 0 }
        return times[times.count / 2].milliseconds
    }
}
