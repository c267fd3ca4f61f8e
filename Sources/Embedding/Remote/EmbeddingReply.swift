internal import FoundationEssentials
internal import HTTPTransport

/// The embeddings of a batch as a server sends them, in any of the forms in use.
///
/// OpenAI's `data` with an `embedding` each, Ollama's and Gemini's `embeddings`, llama.cpp's and
/// TEI's lists without a name, `results`, `output` and `float` of others; vectors as numbers, with nulls, as numbers in a list of one, or as
/// base64 of little-endian 32-bit floats.
struct EmbeddingReply {
    /// An embedding for each text, in the order of the texts; nil where the server sent no numbers.
    let embeddings: [[Float]?]

    /// Reads a reply to `count` texts.
    ///
    /// - Throws: `TransportError.status` for an error in a reply of success;
    ///   `EmbeddingError.malformedReply` or `wrongCount` for what is no embedding of each text.
    /// - Complexity: O(bytes).
    init(_ body: [UInt8], count: Int, id: String) throws {
        guard let list = Self.list(in: body) else {
            let text = String(decoding: body.prefix(4096), as: UTF8.self)
            if let value = JSONReply(body), let status = ProviderRefusal.status(of: value) {
                throw TransportError.status(status, body: text, retryAfter: nil)
            }
            let reason = String(ProviderRefusal.oneLine(text).prefix(80))
            throw EmbeddingError.malformedReply(model: id, reason: reason)
        }
        guard list.count == count else {
            throw EmbeddingError.wrongCount(model: id, expected: count, actual: list.count)
        }
        // Replies may come in any order; the index says which text each belongs to. A server that
        // gives them all the same has none to give.
        let indexes = list.map(\.index)
        let hasIndexes = !indexes.contains(nil) && (count == 1 || Set(indexes).count > 1)
        guard hasIndexes else {
            embeddings = list.map(\.vector)
            return
        }
        var ordered = [[Float]??](repeating: nil, count: count)
        for item in list {
            guard let index = item.index, ordered.indices.contains(index), ordered[index] == nil
            else {
                throw EmbeddingError.malformedReply(
                    model: id,
                    reason: "embedding \(item.index ?? 0) of \(count)"
                )
            }
            ordered[index] = .some(item.vector)
        }
        embeddings = ordered.map { $0 ?? nil }
    }

    private static func list(in body: [UInt8]) -> [Item]? {
        let decoder = JSONDecoder()
        let data = Data(body)
        if let reply = try? decoder.decode(Envelope.self, from: data) { return reply.items }
        // Vectors with NaN in them, as Python writes it.
        decoder.allowsJSON5 = true
        return try? decoder.decode(Envelope.self, from: data).items
    }

    /// The list of embeddings under any of its names, or without one.
    private struct Envelope: Decodable {
        let items: [Item]

        private enum Keys: String, CodingKey {
            case data, embeddings, embedding, results, output, float
        }

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.container(keyedBy: Keys.self) else {
                items = try [Item](from: decoder)
                return
            }
            if container.contains(.data) {
                items = try container.decode([Item].self, forKey: .data)
            } else if container.contains(.embeddings) {
                if let list = try? container.decode([Item].self, forKey: .embeddings) {
                    items = list
                } else {
                    items = try container.decode(Envelope.self, forKey: .embeddings).items
                }
            } else if container.contains(.results) {
                items = try container.decode([Item].self, forKey: .results)
            } else if container.contains(.float) {
                items = try container.decode([Item].self, forKey: .float)
            } else if container.contains(.output) {
                items = try container.decode(Envelope.self, forKey: .output).items
            } else {
                items = [try container.decode(Item.self, forKey: .embedding)]
            }
        }
    }

    /// One embedding, bare or in an object with its index.
    private struct Item: Decodable {
        let index: Int?
        let vector: [Float]?

        private enum Keys: String, CodingKey { case index, embedding, values, vector }

        init(from decoder: any Decoder) throws {
            guard let container = try? decoder.container(keyedBy: Keys.self) else {
                index = nil
                vector = try Vector(from: decoder).numbers
                return
            }
            index =
                (try? container.decodeIfPresent(Int.self, forKey: .index))
                ?? (try? container.decode(String.self, forKey: .index)).flatMap { Int($0) }
            let keys: [Keys] = [.embedding, .values, .vector]
            guard let key = keys.first(where: container.contains) else {
                throw DecodingError.keyNotFound(
                    Keys.embedding,
                    .init(codingPath: container.codingPath, debugDescription: "no vector")
                )
            }
            vector = try container.decode(Vector.self, forKey: key).numbers
        }
    }

    /// The numbers of a vector; nil if not all of them are numbers.
    private struct Vector: Decodable {
        let numbers: [Float]?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let numbers = try? container.decode([Float].self) {
                self.numbers = numbers
            } else if let text = try? container.decode(String.self) {
                numbers = try Self.decoded(text, container)
            } else if let nested = try? container.decode([[Float]].self), nested.count == 1 {
                numbers = nested[0]
            } else if let texts = try? container.decode([String].self) {
                let values = texts.map { Float($0) }
                numbers = values.contains(nil) ? nil : values.compactMap(\.self)
            } else if container.decodeNil() {
                numbers = nil
            } else {
                _ = try container.decode([Float?].self)
                numbers = nil
            }
        }

        private static func decoded(
            _ text: String,
            _ container: any SingleValueDecodingContainer
        ) throws -> [Float] {
            guard let data = Data(base64Encoded: text), data.count.isMultiple(of: 4) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "neither numbers nor base64"
                )
            }
            let bytes = [UInt8](data)
            return stride(from: 0, to: bytes.count, by: 4).map { start in
                let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * $1) }
                return Float(bitPattern: bits)
            }
        }
    }
}
