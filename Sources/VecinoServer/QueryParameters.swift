/// The parameters of a request's query, read strictly.
struct QueryParameters {
    /// The longest text that a parameter may have, in UTF-8 bytes.
    private static let maximumLength = 8_192

    private let values: [String: String]

    /// Reads what follows `?` in an address, as browsers write forms: `+` is a space.
    ///
    /// Of a name that comes twice the first value counts.
    ///
    /// - Throws: `ServiceError.invalid` if an escape is damaged or its bytes are not UTF-8.
    init(_ query: String?) throws(ServiceError) {
        var values: [String: String] = [:]
        for part in (query ?? "").split(separator: "&") {
            let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = Self.decoded(pair[0]),
                let value = Self.decoded(pair.count > 1 ? pair[1] : "")
            else {
                throw .invalid("“\(part.prefix(60))” in the address is not percent-encoded UTF-8.")
            }
            if values[name] == nil { values[name] = value }
        }
        self.values = values
    }

    /// Undoes percent-encoding; nil if it is damaged.
    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"):
                bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit),
                    let low = rest.popFirst().flatMap(hexDigit)
                else { return nil }
                bytes.append(high << 4 | low)
            default:
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        Character(UnicodeScalar(byte)).hexDigitValue.map(UInt8.init)
    }

    /// A text that must be there and say something.
    func text(_ name: String) throws(ServiceError) -> String {
        guard let text = try optionalText(name), text.contains(where: { !$0.isWhitespace }) else {
            throw .invalid("“\(name)” is missing: say what to look for in ?\(name)=….")
        }
        return text
    }

    /// A text that may be missing or empty.
    func optionalText(_ name: String) throws(ServiceError) -> String? {
        guard let text = values[name], !text.isEmpty else {
            return nil
        }
        guard text.utf8.count <= Self.maximumLength else {
            throw .invalid("“\(name)” is longer than \(Self.maximumLength) bytes.")
        }
        return String(text)
    }

    /// A whole number that may be missing.
    func number(_ name: String, in range: ClosedRange<Int>) throws(ServiceError) -> Int? {
        guard let text = try optionalText(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw .invalid(
                "“\(name)” must be a whole number from \(range.lowerBound) to \(range.upperBound)."
            )
        }
        return number
    }

    /// One of a few words, which may be missing.
    func choice<Choice: RawRepresentable & CaseIterable>(_ name: String) throws(ServiceError)
        -> Choice?
    where Choice.RawValue == String {
        guard let text = try optionalText(name) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw .invalid("“\(name)” must be one of \(words).")
        }
        return choice
    }
}
