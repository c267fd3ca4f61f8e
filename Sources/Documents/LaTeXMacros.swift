/// The macros that a LaTeX document defines for itself.
///
/// A macro may stand for others that stand for others: what all expansions of a document come to is
/// counted against one budget.
final class LaTeXMacros {
    /// One of them.
    struct Macro {
        let parameters: Int
        /// What its first parameter is where none is given.
        let standard: String?
        let body: String

        /// The body with `#1` and so on replaced.
        func text(with arguments: [String]) -> String {
            guard parameters > 0 else { return body }
            var text = ""
            var rest = body[...]
            while let mark = rest.firstIndex(of: "#") {
                text += rest[..<mark]
                rest = rest[rest.index(after: mark)...]
                guard let digit = rest.first?.wholeNumberValue, digit > 0 else { continue }
                if digit <= arguments.count { text += arguments[digit - 1] }
                rest = rest.dropFirst()
            }
            return text + rest
        }
    }

    private var macros: [String: Macro] = [:]
    /// What the document asks with `\ifname`, and whether it holds.
    private var conditions: [String: Bool] = [:]
    private var budget = 1 << 20

    /// The macro of a name; names of the reader's own commands are never macros.
    subscript(_ name: String) -> Macro? { macros[name] }

    /// Remembers a macro, unless it would change what a command of LaTeX means.
    func add(_ name: String, _ macro: Macro) {
        guard macros.count < 2000, !LaTeXParser.isKnown(name), macro.body.utf8.count < 3000 else {
            return
        }
        macros[name] = macro
    }

    /// Remembers a condition that the document makes: `ifdraft`, false until `\drafttrue`.
    func addCondition(_ name: String) {
        guard name.hasPrefix("if"), name.utf8.count > 2, conditions.count < 200 else { return }
        conditions[String(name.dropFirst(2))] = false
    }

    /// Whether `name` asks for a condition of the document that does not hold.
    func isFalse(condition name: String) -> Bool {
        name.hasPrefix("if") && conditions[String(name.dropFirst(2))] == false
    }

    /// Obeys `\drafttrue` and `\draftfalse`; false for any other command.
    func setCondition(by name: String) -> Bool {
        for (ending, value) in [("true", true), ("false", false)] where name.hasSuffix(ending) {
            let condition = String(name.dropLast(ending.utf8.count))
            guard conditions[condition] != nil else { return false }
            conditions[condition] = value
            return true
        }
        return false
    }

    /// Whether there is room for an expansion of that many bytes, which are then taken.
    func takes(_ bytes: Int) -> Bool {
        budget -= bytes + 16
        return budget > 0
    }
}
