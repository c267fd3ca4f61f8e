internal import HTTPTransport
internal import Synchronization

extension RemoteEmbedding {
    /// Why the server does not embed one text.
    struct Refusal: Error { var reason: String }

    /// A batch on its way: halved for as long as the server refuses it, down to the texts that it
    /// refuses alone.
    struct Batch {
        let remote: RemoteEmbedding
        let request: MakeRequest
        /// Whether a request of this batch was answered, so that the server is known to work.
        private var hasAnswer = false

        /// Bytes that no model finds too long.
        private static let shortText = 500

        init(_ remote: RemoteEmbedding, request: @escaping MakeRequest) {
            self.remote = remote
            self.request = request
        }

        /// Embeds `texts`, or says of each why not.
        ///
        /// - Throws: What is wrong with the server, the key or the model rather than with a text.
        mutating func embed(
            _ texts: ArraySlice<String>,
            attempts: Int? = nil
        ) async throws -> [Result<[Float], Refusal>] {
            do {
                let limit = remote.maximumTokens * 3
                let outcomes = try await ask(texts, bytes: limit, attempts: attempts)
                hasAnswer = true
                // One text that came back without a vector says so; all of them, that the server is
                // not what it should be.
                if outcomes.contains(where: \.isSuccess) { return outcomes }
                if case .failure(let refusal)? = outcomes.first, texts.count == 1 {
                    hasAnswer = false
                    return [try await alone(texts, Fault(refusal, remote.id))]
                }
                return try await halves(texts)
            } catch let fault as Fault where fault.mayBeAboutTexts {
                return texts.count > 1
                    ? try await halves(texts) : [try await alone(texts, fault)]
            } catch let fault as Fault {
                throw fault.error
            }
        }

        private mutating func halves(
            _ texts: ArraySlice<String>
        ) async throws -> [Result<[Float], Refusal>] {
            let middle = texts.startIndex + texts.count / 2
            // A second refusal is expected: nothing is gained by waiting before it.
            let first = try await embed(texts[..<middle], attempts: 1)
            let second = try await embed(texts[middle...], attempts: 1)
            let all = first + second
            if all.allSatisfy(\.isSuccess) {
                // It was their number that was refused.
                remote.learned.withLock { $0.texts = min($0.texts, max(first.count, second.count)) }
            }
            return all
        }

        /// Embeds a text that was refused: cut, if it is or may be too long, which servers say in many words;
        /// else it is the text's fault if
        /// the server embeds others.
        private mutating func alone(
            _ text: ArraySlice<String>,
            _ fault: Fault
        ) async throws -> Result<[Float], Refusal> {
            var fault = fault
            var limit = min(remote.maximumTokens * 3, text.first?.utf8.count ?? 0)
            for _ in 0..<RemoteEmbedding.cuts where fault.isTooLong || limit > Self.shortText {
                limit /= 2
                do {
                    let outcome = try await ask(text, bytes: limit, attempts: 1)
                    if case .success? = outcome.first {
                        hasAnswer = true
                        return outcome[0]
                    }
                } catch let next as Fault where next.mayBeAboutTexts {
                    fault = next
                }
            }
            if !hasAnswer {
                do {
                    let probe = try await ask(["text"], bytes: limit + 8, attempts: 1)
                    guard probe.first?.isSuccess == true else { throw fault.error }
                } catch is Fault { throw fault.error }
                hasAnswer = true
            }
            return .failure(Refusal(reason: fault.reason))
        }

        /// Asks for the embeddings of `texts`, cut to so many bytes.
        ///
        /// - Throws: `Fault`, or `CancellationError`.
        private func ask(
            _ texts: ArraySlice<String>,
            bytes limit: Int,
            attempts: Int?
        ) async throws -> [Result<[Float], Refusal>] {
            let cut = texts.map { RemoteEmbedding.cut($0, toBytes: limit) }
            let known = remote.refused.options(for: remote.access)
            var omitted = known
            while true {
                try Task.checkCancellation()
                do {
                    let transport = attempts.map { remote.transport.trying($0) } ?? remote.transport
                    let body = try await transport.send(request(cut, omitted))
                    let outcomes = try remote.read(body, count: cut.count)
                    remote.refused.remember(omitted.subtracting(known), for: remote.access)
                    return outcomes
                } catch let error as TransportError {
                    let fault = Fault(error, remote)
                    let left = remote.options.filter { !omitted.contains($0) }
                    guard let option = fault.refusal?.refusedOption(among: left) else {
                        throw fault
                    }
                    omitted.insert(option)
                } catch let error as EmbeddingError {
                    throw Fault(error)
                }
            }
        }
    }

    /// What went wrong with a request, and whether one of its texts may be the reason.
    struct Fault: Error {
        let error: EmbeddingError
        let refusal: ProviderRefusal?
        let reason: String
        let mayBeAboutTexts: Bool
        let isTooLong: Bool

        init(_ error: TransportError, _ remote: RemoteEmbedding) {
            self.error = remote.explained(error)
            guard case .status(let status, let body, _) = error else {
                (refusal, reason, mayBeAboutTexts, isTooLong) = (nil, "\(error)", false, false)
                return
            }
            let refusal = ProviderRefusal(status: status, body: body, key: remote.access.key)
            self.refusal = refusal
            reason = refusal.message.isEmpty ? "status \(refusal.status)" : refusal.message
            isTooLong = refusal.isContextOverflow || refusal.status == 413
            mayBeAboutTexts =
                refusal.isFiltered
                || [200, 400, 413, 422, 451, 500].contains(refusal.status) && !refusal.isExhausted
                    && !refusal.isKeyRefused && !refusal.isUnknownModel
        }

        init(_ error: EmbeddingError) {
            self.error = error
            (refusal, isTooLong) = (nil, false)
            switch error {
            case .malformedReply(_, let reason): (self.reason, mayBeAboutTexts) = (reason, true)
            case .wrongCount: (reason, mayBeAboutTexts) = ("\(error)", true)
            default: (reason, mayBeAboutTexts) = ("\(error)", false)
            }
        }

        init(_ refusal: Refusal, _ id: String) {
            self.init(.malformedReply(model: id, reason: refusal.reason))
        }
    }
}

extension Result {
    fileprivate var isSuccess: Bool {
        if case .success = self { true } else { false }
    }
}
