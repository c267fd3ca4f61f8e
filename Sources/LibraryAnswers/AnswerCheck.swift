internal import Answering
public import Corpus
public import LibraryCore
internal import Retrieval

/// Whether a saved answer still stands in the documents.
public struct AnswerCheck: Codable, Hashable, Sendable {
    /// What has become of a quotation, the worst last.
    public enum Finding: String, Codable, Sendable, CaseIterable {
        /// It stands in its document.
        case supported
        /// It stands, word for word, in another document.
        case moved
        /// Its document is there and says something like it in other words, or denies it.
        case changed
        /// It is nowhere.
        case vanished

        /// Whether the documents still say it.
        public var isSupport: Bool { self == .supported || self == .moved }

        private var rank: Int { Finding.allCases.firstIndex(of: self) ?? 0 }

        static func worst(_ a: Finding, _ b: Finding) -> Finding { a.rank < b.rank ? b : a }
    }

    /// A quotation and what has become of it.
    public struct Quotation: Codable, Hashable, Sendable {
        /// The words, as they were quoted.
        public var text: String
        /// The document that it was quoted from.
        public var path: String
        /// What has become of it.
        public var finding: Finding
        /// Where it stands now, if it moved.
        public var movedTo: String?
    }

    /// The answer's number.
    public var id: AnswerID
    /// What was asked.
    public var question: String
    /// The worst that has become of its quotations; `supported` for an answer without any.
    public var finding: Finding
    /// Each of its quotations.
    public var quotations: [Quotation]
}

extension Library {
    /// Looks up the quotations of saved answers in the documents as they are indexed now.
    ///
    /// - Parameter answers: Which; those without claims are left out.
    /// - Returns: A check for each, in order.
    /// - Throws: `StoreError` or `CancellationError`.
    /// - Complexity: for each quotation O(its document), and a keyword search for one that has left it.
    public func check(_ answers: [SavedAnswer]) async throws -> [AnswerCheck] {
        var checks: [AnswerCheck] = []
        for saved in answers where saved.answer.grounding == .quotations {
            guard !saved.answer.claims.isEmpty else { continue }
            var quotations: [AnswerCheck.Quotation] = []
            let citations = saved.answer.claims.flatMap(\.citations)
            for (citation, hash) in zip(citations, saved.quotationHashes) {
                try Task.checkCancellation()
                let source = saved.answer.sources.first { $0.passageID == citation.passageID }
                let path = source?.path ?? ""
                // A quotation that is not what was shown has lost its support whatever stands where.
                let isIntact = SavedAnswer.hash(citation.quotation) == hash
                quotations.append(
                    isIntact
                        ? try await find(citation.quotation, saidToBeIn: path)
                        : AnswerCheck.Quotation(
                            text: citation.quotation,
                            path: path,
                            finding: .changed
                        )
                )
            }
            checks.append(
                AnswerCheck(
                    id: saved.id,
                    question: saved.answer.question,
                    finding: quotations.reduce(.supported) { .worst($0, $1.finding) },
                    quotations: quotations
                )
            )
        }
        return checks
    }

    func find(
        _ quotation: String,
        saidToBeIn path: String
    ) async throws -> AnswerCheck.Quotation {
        var result = AnswerCheck.Quotation(text: quotation, path: path, finding: .vanished)
        let own = try await store.read { snapshot -> [String]? in
            guard let id = try await snapshot.document(at: path) else { return nil }
            return try await snapshot.passages(of: id).map(\.text)
        }
        if let own {
            // A quotation may straddle what are two passages now.
            let gate = QuotationVerifier([(id: 0, text: own.joined(separator: "\n\n"))])
            switch gate.stance(of: quotation) {
            case .stands:
                result.finding = .supported
                return result
            case .turned:
                // Where its own document denies it, no other supports it.
                result.finding = .changed
                return result
            case .absent: break
            }
            if case .refused(let fault) = gate.check(quotation, in: 0),
                fault == .altered || fault == .stitched
            {
                result.finding = .changed
            }
        }
        // Word for word somewhere else? Its own words are the best search for it.
        let query = Self.searchable(quotation)
        guard !query.isEmpty else { return result }
        let hits = try await search(SearchRequest(query, mode: .keyword, limit: 30)).hits
        let others = try await store.read { snapshot in
            var known: Set<DocumentID> = []
            var others: [(path: String, text: String)] = []
            for document in hits.map(\.passage.document)
            where document.absolutePath != path && known.insert(document.id).inserted {
                let passages = try await snapshot.passages(of: document.id)
                let text = passages.map(\.text).joined(separator: "\n\n")
                others.append((path: document.absolutePath, text: text))
            }
            return others
        }
        for other in others {
            let gate = QuotationVerifier([(id: 0, text: other.text)])
            guard gate.stance(of: quotation) == .stands else { continue }
            result.finding = .moved
            result.movedTo = other.path
            return result
        }
        return result
    }

    /// The words of a quotation without the signs that mean something in a query.
    private static func searchable(_ quotation: String) -> String {
        quotation.split { !$0.isLetter && !$0.isNumber }.prefix(40).joined(separator: " ")
    }
}
