/// The arguments of a request, checked against an operation's parameters.
package struct Arguments: Sendable {
    private enum Value: Sendable {
        case text(String)
        case texts([String])
        case integer(Int64)
        case number(Double)
        case flag(Bool)
    }

    private var values: [String: Value] = [:]

    /// Checks the members of a JSON object.
    ///
    /// `path` has what stands in the route. Numbers may come as strings, and 3.0 for 3, because models write them so now and then.
    ///
    /// - Throws: `ServiceError.invalid` for an argument that is unknown, missing or of another kind.
    package init(
        json members: [String: JSONValue],
        path: [String: String] = [:],
        for operation: Operation
    ) throws(ServiceError) {
        let given = members.merging(path.mapValues(JSONValue.string)) { _, inPath in inPath }
        let known = Set(operation.parameters.map(\.name))
        if let stranger = given.keys.filter({ !known.contains($0) }).min() {
            throw .invalid("“\(operation.name)” takes no “\(stranger.prefix(60))”.")
        }
        for parameter in operation.parameters {
            let texts: [String]
            switch given[parameter.name] {
            case nil, .null: texts = []
            case .array(let elements):
                guard case .texts = parameter.kind else { throw Self.wrongKind(parameter) }
                let strings = elements.compactMap(\.string)
                guard strings.count == elements.count else { throw Self.wrongKind(parameter) }
                texts = strings
            case .string(let text): texts = [text]
            case .integer(let number):
                texts = [try Self.text(of: Double(number), whole: number, for: parameter)]
            case .number(let number):
                texts = [
                    try Self.text(of: number, whole: Int64(exactly: number), for: parameter)
                ]
            case .bool(let flag):
                guard case .flag = parameter.kind else { throw Self.wrongKind(parameter) }
                texts = [flag ? "true" : "false"]
            case .object: throw Self.wrongKind(parameter)
            }
            try add(texts, for: parameter)
        }
    }

    /// Checks the parameters of an address.
    ///
    /// - Throws: `ServiceError.invalid` for a parameter that is missing or of another kind; unknown
    ///   ones are left alone, because caches and trackers add their own.
    package init(
        _ query: QueryParameters,
        path: [String: String],
        for operation: Operation
    ) throws(ServiceError) {
        for parameter in operation.parameters {
            var texts = path[parameter.name].map { [$0] } ?? query.values(parameter.name)
            if texts.isEmpty, let short = parameter.shortName { texts = query.values(short) }
            // An empty field of a form is a field that was not filled in.
            if !parameter.isRequired { texts.removeAll(where: \.isEmpty) }
            if case .texts = parameter.kind {} else { texts = Array(texts.prefix(1)) }
            try add(texts, for: parameter)
        }
    }

    private mutating func add(_ texts: [String], for parameter: Parameter) throws(ServiceError) {
        let name = parameter.name
        guard let text = texts.first else {
            if parameter.isRequired { throw .invalid("“\(name)” is missing.") }
            return
        }
        if let long = texts.first(where: { $0.utf8.count > RequestLimits.textBytes }) {
            throw .invalid(
                "“\(name)” has \(long.utf8.count) bytes: at most \(RequestLimits.textBytes) are read."
            )
        }
        switch parameter.kind {
        case .text:
            if parameter.isRequired, !text.contains(where: { !$0.isWhitespace }) {
                throw .invalid("“\(name)” is empty: say what to look for.")
            }
            values[name] = .text(text)
        case .texts:
            guard texts.count <= RequestLimits.repetitions else {
                throw .invalid("“\(name)” stands more than \(RequestLimits.repetitions) times.")
            }
            values[name] = .texts(texts)
        case .integer(let range):
            guard let number = Int64(text), range.contains(number) else {
                throw .invalid(
                    range.upperBound == .max
                        ? "“\(name)” must be a whole number from \(range.lowerBound) up."
                        : "“\(name)” must be a whole number from \(range.lowerBound) to "
                            + "\(range.upperBound)."
                )
            }
            values[name] = .integer(number)
        case .number(let range):
            guard let number = Double(text), range.contains(number) else {
                throw .invalid(
                    "“\(name)” must be a number from \(range.lowerBound) to \(range.upperBound)."
                )
            }
            values[name] = .number(number)
        case .choice(let words):
            guard words.contains(text) else {
                throw .invalid("“\(name)” must be one of \(words.joined(separator: ", ")).")
            }
            values[name] = .text(text)
        case .flag:
            switch text.lowercased() {
            case "1", "true", "yes", "on": values[name] = .flag(true)
            case "0", "false", "no", "off": values[name] = .flag(false)
            default: throw .invalid("“\(name)” must be true or false.")
            }
        }
    }

    /// A number as it stands in an address, if the parameter takes one.
    private static func text(
        of number: Double,
        whole: Int64?,
        for parameter: Parameter
    ) throws(ServiceError) -> String {
        switch parameter.kind {
        case .integer: if let whole { return String(whole) }
        case .number: return String(number)
        default: break
        }
        throw wrongKind(parameter)
    }

    private static func wrongKind(_ parameter: Parameter) -> ServiceError {
        let kind =
            switch parameter.kind {
            case .text, .choice: "a string"
            case .texts: "a string or a list of strings"
            case .integer: "a whole number"
            case .number: "a number"
            case .flag: "true or false"
            }
        return .invalid("“\(parameter.name)” must be \(kind).")
    }

    // MARK: Reading

    /// A text, or nil where it was left out.
    package func text(_ name: String) -> String? {
        if case .text(let text) = values[name] { text } else { nil }
    }

    /// The texts of a parameter that may be repeated.
    package func texts(_ name: String) -> [String] {
        if case .texts(let texts) = values[name] { texts } else { [] }
    }

    /// A number, or nil where it was left out.
    package func integer(_ name: String) -> Int? {
        if case .integer(let number) = values[name] { Int(clamping: number) } else { nil }
    }

    /// A number that need not be whole, or nil where it was left out.
    package func number(_ name: String) -> Double? {
        if case .number(let number) = values[name] { number } else { nil }
    }

    /// Whether a flag was set; nil where it was left out.
    package func flag(_ name: String) -> Bool? {
        if case .flag(let flag) = values[name] { flag } else { nil }
    }
}
