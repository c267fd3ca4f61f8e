package import ArgumentParser

/// A sentence for a person: English where it is used, another language where the reader has one.
///
/// The arguments are kept apart from the words, so that the words can be looked up: `key` is the English
/// with `{}` in place of each argument, and `{file}` in place of a counted thing or a word that agrees with
/// a number. Nothing that a program reads is a message: JSON, CSV and paths are strings.
package struct Message: Sendable, ExpressibleByStringInterpolation {
    /// What stands between the words.
    package enum Argument: Sendable {
        case text(String)
        /// A sentence or a part of one, in the reader's language too.
        case message(Message)
        /// A number with its thousands apart.
        case count(Int)
        /// A number of things, and the words for one and for several.
        case things(Int, one: String, other: String)
        /// A word that agrees with a number, which itself is not shown.
        case word(Int, one: String, other: String)
        /// A number with digits after the decimal mark.
        case fixed(Double, digits: Int)
        case bytes(Int64)
        case duration(Double)
        /// A moment in ISO 8601.
        case moment(String)
    }

    package let key: String
    package let arguments: [Argument]

    package init(key: String, arguments: [Argument]) {
        self.key = key
        self.arguments = arguments
    }

    package init(stringLiteral value: String) { self.init(key: value, arguments: []) }

    package init(stringInterpolation value: Interpolation) {
        self.init(key: value.key, arguments: value.arguments)
    }

    /// The message itself: for one that is no argument of a call that says it.
    package init(_ message: Message) { self = message }

    /// `text` as it is, in whatever language it is.
    package init(verbatim text: String) { self.init(key: "{}", arguments: [.text(text)]) }

    /// One sentence after another, or the rest of a long one.
    package static func + (a: Message, b: Message) -> Message {
        Message(key: a.key + b.key, arguments: a.arguments + b.arguments)
    }

    /// Collects the words and the arguments of an interpolated literal.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var key = ""
        fileprivate var arguments: [Argument] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            key.reserveCapacity(literalCapacity + 2 * interpolationCount)
        }

        package mutating func appendLiteral(_ literal: String) { key += literal }

        private mutating func append(_ argument: Argument, named name: String = "") {
            key += "{\(name)}"
            arguments.append(argument)
        }

        package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
            append(.text(value.description))
        }

        package mutating func appendInterpolation(_ message: Message) { append(.message(message)) }

        /// An error in the reader's language.
        package mutating func appendInterpolation(error: any Error) {
            append(.text(Phrasebook.reader.translated(error)))
        }

        /// An English sentence of a module below this one, in the reader's language.
        package mutating func appendInterpolation(told text: String) {
            append(.text(Phrasebook.reader.translated(text)))
        }

        package mutating func appendInterpolation(count: Int) { append(.count(count)) }

        package mutating func appendInterpolation(count: Int, _ one: String, _ other: String? = nil)
        {
            append(.things(count, one: one, other: other ?? one + "s"), named: one)
        }

        package mutating func appendInterpolation(word count: Int, _ one: String, _ other: String) {
            append(.word(count, one: one, other: other), named: one)
        }

        package mutating func appendInterpolation(fixed: Double, _ digits: Int) {
            append(.fixed(fixed, digits: digits))
        }

        package mutating func appendInterpolation(money: Double) {
            append(.fixed(money, digits: Format.moneyDigits(money)))
        }

        package mutating func appendInterpolation(bytes: Int64) { append(.bytes(bytes)) }

        package mutating func appendInterpolation(duration: Double) { append(.duration(duration)) }

        package mutating func appendInterpolation(moment: String) { append(.moment(moment)) }
    }
}

/// `message` in the reader's language.
package func localized(_ message: Message) -> String { Phrasebook.reader.text(message) }

extension ArgumentHelp {
    /// Help in the reader's language.
    package static func localized(_ message: Message, valueName: Message? = nil) -> ArgumentHelp {
        let text = Phrasebook.reader.text(message)
        return ArgumentHelp(text, valueName: valueName.map(Phrasebook.reader.text))
    }
}
