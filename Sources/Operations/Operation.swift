package import Answering
internal import Corpus

/// One thing that can be asked of a served library, declared once.
///
/// HTTP derives routes and their description from it, MCP a tool with its schemas, and the command line
/// prints the same values with `--json`: none of them can lack what another has.
package struct Operation: Sendable {
    /// What a caller has to be allowed to do.
    package enum Right: String, CaseIterable, Comparable, Sendable {
        /// Searching and reading.
        case read
        /// Asking, which may cost a language model's tokens.
        case ask
        /// Changing what the library keeps of answers.
        case write

        package static func < (a: Right, b: Right) -> Bool { a.rank < b.rank }

        private var rank: Int { Right.allCases.firstIndex(of: self) ?? 0 }
    }

    /// Is told what happens while a question is being answered.
    package typealias Report = @Sendable (Answerer.Event) -> Void

    /// What the tool is called, and the first word of the route.
    package let name: String
    /// A title for people.
    package let title: String
    /// What it does, for a person or a model that chooses among tools.
    package let description: String
    /// What it takes.
    package let parameters: [Parameter]
    /// The route below `/api/`; a component in braces is the parameter of that name.
    package let route: String
    /// What a caller has to be allowed to do.
    package var right = Right.read
    /// Whether it changes something, and so is a POST.
    package var isChange: Bool { right == .write }
    /// Whether the reply is the same until the library's passages change.
    package var isStable = false
    /// The JSON Schema of the value that it replies.
    package let result: JSONValue
    /// Answers a request whose arguments have been checked.
    package let run: @Sendable (ServedLibrary, Arguments, Report) async throws -> Reply

    /// An operation; its route is its name unless another is given.
    package init(
        _ name: String,
        title: String,
        description: String,
        parameters: [Parameter] = [],
        route: String? = nil,
        right: Right = .read,
        isStable: Bool = false,
        result: JSONValue,
        run: @escaping @Sendable (ServedLibrary, Arguments, Report) async throws -> Reply
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.parameters = parameters
        self.route = route ?? name
        self.right = right
        self.isStable = isStable
        self.result = result
        self.run = run
    }

    /// The parameters that are components of the route.
    package var pathParameters: [Parameter] {
        parameters.filter { route.split(separator: "/").contains("{\($0.name)}") }
    }

    /// The parameters that are not.
    package var otherParameters: [Parameter] {
        parameters.filter { !route.split(separator: "/").contains("{\($0.name)}") }
    }
}

/// Something that an operation takes.
package struct Parameter: Sendable {
    /// What values there are.
    package enum Kind: Sendable {
        /// A text of at most `RequestLimits.textBytes` bytes.
        case text
        /// Texts, each as long; in an address the parameter is repeated.
        case texts
        /// A whole number of this range.
        case integer(ClosedRange<Int64>)
        /// A number of this range.
        case number(ClosedRange<Double>)
        /// One of these words.
        case choice([String])
        /// Yes or no.
        case flag
    }

    /// The name in MCP, and in an address.
    package let name: String
    /// A shorter name in an address.
    package let shortName: String?
    package let kind: Kind
    package let isRequired: Bool
    /// What it means, with its default.
    package let description: String

    /// A parameter that may be left out.
    package init(_ name: String, short: String? = nil, _ kind: Kind, _ description: String) {
        self.init(name: name, shortName: short, kind: kind, isRequired: false, description)
    }

    /// A parameter that has to be there.
    package static func required(
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

    /// The JSON Schema of the value, with its description.
    package var schema: JSONValue {
        var members = valueSchema
        members["description"] = .string(description)
        return .object(members)
    }

    /// The JSON Schema of the value.
    private var valueSchema: [String: JSONValue] {
        switch kind {
        case .text:
            // What is required must not be blank.
            return isRequired ? ["type": "string", "pattern": "\\S"] : ["type": "string"]
        case .texts: return ["type": ["string", "array"], "items": ["type": "string"]]
        case .integer(let range):
            var members: [String: JSONValue] = ["type": "integer"]
            members["minimum"] = .integer(range.lowerBound)
            if range.upperBound != .max { members["maximum"] = .integer(range.upperBound) }
            return members
        case .number(let range):
            return [
                "type": "number", "minimum": .number(range.lowerBound),
                "maximum": .number(range.upperBound),
            ]
        case .choice(let words):
            return ["type": "string", "enum": .array(words.map(JSONValue.string))]
        case .flag: return ["type": "boolean"]
        }
    }
}

/// How much the servers take, the same for HTTP and MCP.
package enum RequestLimits {
    /// Bytes of a text.
    package static let textBytes = Limits.queryBytes
    /// Hits of a search.
    package static let results: ClosedRange<Int64> = 1...100
    /// Entries of a list.
    package static let listed: ClosedRange<Int64> = 1...10_000
    /// Values of a parameter that may be repeated.
    package static let repetitions = 32
}

/// What an operation replies: a value for programs, and text for people and models.
package struct Reply: Sendable {
    /// The value, as `--json` of the command line prints it.
    package let value: JSONValue
    /// The same in words.
    package let text: String

    /// A reply of a value and its words.
    package init(value: JSONValue, text: String) {
        self.value = value
        self.text = text
    }

    /// A reply.
    ///
    /// - Throws: `EncodingError` for a value that JSON cannot hold.
    package init(_ value: some Encodable, text: String) throws {
        self.value = try JSONValue(encoding: value)
        self.text = text
    }
}
