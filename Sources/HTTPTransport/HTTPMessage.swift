/// A request as it is sent.
struct HTTPMessage: Sendable {
    /// The whole address.
    var address: String
    /// What is posted; nil to get.
    var body: [UInt8]?
    var fields = HTTPFields()
}

/// A reply whose head has come.
struct HTTPReply {
    let status: Int
    let fields: HTTPFields
    let body: HTTPBody
}

/// Header fields, whose names are compared without regard to case.
struct HTTPFields: Sendable {
    private(set) var all: [(name: String, value: String)] = []

    mutating func add(_ name: String, _ value: String) { all.append((name, value)) }

    /// The first value of a field, or nil.
    func first(_ name: String) -> String? {
        let name = name.lowercased()
        return all.first { $0.name.lowercased() == name }?.value
    }

    /// Sets the one value of a field.
    mutating func replace(_ name: String, _ value: String) {
        let lowercased = name.lowercased()
        all.removeAll { $0.name.lowercased() == lowercased }
        add(name, value)
    }
}

/// The body of a reply, piece by piece; letting go of it ends the transfer.
struct HTTPBody {
    private let pull: () async throws -> [UInt8]?

    init(_ pull: @escaping () async throws -> [UInt8]?) { self.pull = pull }

    /// The next bytes, or nil at the end.
    ///
    /// - Throws: `TransportError` or `CancellationError`.
    func next() async throws -> [UInt8]? { try await pull() }

    /// All that is left.
    ///
    /// - Throws: `TransportError.tooLarge` for more than `limit` bytes, or what `next` throws.
    func collect(upTo limit: Int, from address: Address) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try await next() {
            guard more.count <= limit - bytes.count else {
                throw TransportError.tooLarge(address: address.shown, limit: limit)
            }
            bytes += more
        }
        return bytes
    }
}
