/// How much is taken from outside: one table for settings, options, environment and requests.
///
/// Work grows at most linearly with what comes in, and none of it beyond these.
package enum Limits {
    /// Hits that are shown at once.
    package static let results = 1...10_000
    /// Entries of a list: answers, documents.
    package static let listed = 1...1_000_000
    /// A port to listen on; 0 is any free one.
    package static let port = 0...65_535
    /// Tokens of a reply of a language model, and of what it draws from.
    package static let tokens = 1...1_000_000
    /// Bytes of a query or question in UTF-8.
    package static let queryBytes = 65_536
    /// Bytes of a settings file, a file of keys or one of ignored names.
    package static let settingsBytes = 1 << 20

    /// A number from outside, if it lies in `range`.
    ///
    /// - Parameters:
    ///   - number: what came in.
    ///   - range: what is taken.
    ///   - name: what the number is called where it came from.
    /// - Returns: the number.
    /// - Throws: `LimitError`.
    package static func check(
        _ number: Int,
        in range: ClosedRange<Int>,
        as name: String
    ) throws(LimitError) -> Int {
        guard range.contains(number) else { throw LimitError(name: name, range: range) }
        return number
    }

    /// A whole number in decimal digits from outside, if it lies in `range`.
    ///
    /// - Throws: `LimitError`, for what is no such number too.
    package static func check(
        _ text: String,
        in range: ClosedRange<Int>,
        as name: String
    ) throws(LimitError) -> Int {
        guard let number = Int(text) else { throw LimitError(name: name, range: range) }
        return try check(number, in: range, as: name)
    }
}

/// Why a number from outside is not taken.
package struct LimitError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it is called where it came from.
    package let name: String
    /// What is taken.
    package let range: ClosedRange<Int>

    /// What is expected.
    package var description: String {
        "\(name) takes a whole number from \(range.lowerBound) to \(range.upperBound)."
    }
}
