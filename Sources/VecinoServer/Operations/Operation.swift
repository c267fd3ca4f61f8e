internal import Corpus

/// One thing that can be asked of a served library, declared once.
///
/// HTTP derives a route from it, MCP a tool with its schema, and the command line prints the same
/// values with `--json`: none of them can lack what another has.
struct Operation: Sendable {
    /// What the tool is called, and the first word of the route.
    let name: String
    /// A title for people.
    let title: String
    /// What it does, for a person or a model that chooses among tools.
    let description: String
    /// What it takes.
    let parameters: [Parameter]
    /// The route below `/api/`; a component in braces is the parameter of that name.
    let route: String
    /// Answers a request whose arguments have been checked.
    let run: @Sendable (ServedLibrary, Arguments) async throws -> Reply

    /// An operation; its route is its name unless another is given.
    init(
        _ name: String,
        title: String,
        description: String,
        parameters: [Parameter] = [],
        route: String? = nil,
        run: @escaping @Sendable (ServedLibrary, Arguments) async throws -> Reply
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.parameters = parameters
        self.route = route ?? name
        self.run = run
    }
}

/// Something that an operation takes.
struct Parameter: Sendable {
    /// What values there are.
    enum Kind: Sendable {
        /// A text of at most `RequestLimits.textBytes` bytes.
        case text
        /// Texts, each as long; in an address the parameter is repeated.
        case texts
        /// A whole number of this range.
        case integer(ClosedRange<Int64>)
        /// One of these words.
        case choice([String])
        /// Yes or no.
        case flag
    }

    /// The name in MCP, and in an address.
    let name: String
    /// A shorter name in an address.
    let shortName: String?
    let kind: Kind
    let isRequired: Bool
    /// What it means, with its default.
    let description: String

    /// A parameter that may be left out.
    init(_ name: String, short: String? = nil, _ kind: Kind, _ description: String) {
        self.init(name: name, shortName: short, kind: kind, isRequired: false, description)
    }

    /// A parameter that has to be there.
    static func required(
        _ name: String,
        short: String? = nil,
        _ kind: Kind,
        _ description: String
    ) -> Parameter {
        Parameter(name: name, shortName: short, kind: kind, isRequired: true, description)
    }

    private init(
        name: String,
        shortName: String?,
        kind: Kind,
        isRequired: Bool,
        _ description: String
    ) {
        self.name = name
        self.shortName = shortName
        self.kind = kind
        self.isRequired = isRequired
        self.description = description
    }
}

/// How much the servers take, the same for HTTP and MCP.
enum RequestLimits {
    /// Bytes of a text.
    static let textBytes = Limits.queryBytes
    /// Hits of a search.
    static let results: ClosedRange<Int64> = 1...100
    /// Values of a parameter that may be repeated.
    static let repetitions = 32
}

/// What an operation replies: a value for programs, and text for people and models.
struct Reply: Sendable {
    /// The value, as `--json` of the command line prints it.
    let value: JSONValue
    /// The same in words.
    let text: String

    /// A reply.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold.
    init(_ value: some Encodable, text: String) throws {
        self.value = try JSONValue(encoding: value)
        self.text = text
    }
}
