internal import ArgumentParser
internal import Corpus

extension Limits {
    /// Checks an option's number.
    ///
    /// - Throws: `ValidationError`, which the program shows with the command's usage.
    static func validate(_ number: Int, in range: ClosedRange<Int>, as name: String) throws {
        do throws(LimitError) {
            _ = try check(number, in: range, as: name)
        } catch {
            throw misuse("\(error: error)")
        }
    }
}
