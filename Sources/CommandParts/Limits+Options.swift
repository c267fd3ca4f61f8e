internal import ArgumentParser
package import Corpus
internal import Localization
internal import TerminalIO

extension Limits {
    /// Checks an option's number.
    ///
    /// - Throws: `ValidationError`, which the program shows with the command's usage.
    package static func validate(_ number: Int, in range: ClosedRange<Int>, as name: String) throws
    {
        do throws(LimitError) {
            _ = try check(number, in: range, as: name)
        } catch {
            throw misuse("\(error: error)")
        }
    }
}
