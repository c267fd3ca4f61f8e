/// The numbers of a Word document's lists.
final class WordNumbering: XMLHandler {
    private struct Level {
        var start = 1
        var format = "decimal"
        var text = ""
    }

    /// Levels by the list and their depth; the lists that paragraphs name, by their definition.
    private var definitions: [String: [Int: Level]] = [:]
    private var lists: [String: String] = [:]
    private var overrides: [String: [Int: Int]] = [:]
    /// Levels that a list has in the place of its definition's.
    private var ownLevels: [String: [Int: Level]] = [:]
    /// The definitions that styles name, and those that are what a style names.
    private var styles: [String: String] = [:]
    private var linked: [String: String] = [:]
    /// How far each list has been counted, and which have begun anew as they ask for.
    private var counters: [String: [Int: Int]] = [:]
    private var started: Set<String> = []

    private var definition: String?
    private var list: String?
    private var depth = 0

    func start(_ name: String, _ attributes: XMLAttributes) {
        let value = attributes["val"] ?? ""
        let first = attributes.number("val", in: 0...ListNumber.maximumStart) ?? 1
        switch name {
        case "abstractNum": definition = attributes["abstractNumId"]
        case "num":
            definition = nil
            list = attributes["numId"]
        case "abstractNumId": if let list { lists[list] = value }
        case "lvl", "lvlOverride":
            depth = attributes.number("ilvl", in: 0...8) ?? 0
            if let definition, name == "lvl" {
                definitions[definition, default: [:]][depth] = Level()
            } else if let list, name == "lvl" {
                ownLevels[list, default: [:]][depth] = Level()
            }
        case "styleLink": if let definition { styles[value] = definition }
        case "numStyleLink": if let definition { linked[definition] = value }
        case "start": change { $0.start = first }
        case "numFmt": change { $0.format = value }
        case "lvlText": change { $0.text = value }
        case "startOverride": if let list { overrides[list, default: [:]][depth] = first }
        default: break
        }
    }

    func end(_ name: String) {
        if name == "abstractNum" { definition = nil }
        if name == "num" { list = nil }
    }

    private func change(_ body: (inout Level) -> Void) {
        if let definition {
            body(&definitions[definition, default: [:]][depth, default: Level()])
        } else if let list, ownLevels[list]?[depth] != nil {
            body(&ownLevels[list, default: [:]][depth, default: Level()])
        }
    }

    /// The mark of the next item of a list at a depth from 0, `2.1.` or `-`; counts it.
    func nextMark(list: String, depth: Int) -> String {
        let depth = min(max(depth, 0), 8)
        guard var name = lists[list] else { return "-" }
        if let style = linked[name], let definition = styles[style] { name = definition }
        let own = ownLevels[list] ?? [:]
        let levels = (definitions[name] ?? [:]).merging(own) { $1 }
        guard let level = levels[depth] else { return "-" }
        // A list with levels of its own is counted by itself.
        if !own.isEmpty { name = "list \(list)" }
        if level.format == "bullet" || level.format == "none" { return "-" }
        var counter = counters[name] ?? [:]
        if let first = overrides[list]?[depth], started.insert("\(list) \(depth)").inserted {
            counter[depth] = first
        } else {
            counter[depth] = counter[depth].map { $0 + 1 } ?? level.start
        }
        for deeper in counter.keys where deeper > depth { counter[deeper] = nil }
        counters[name] = counter
        var text = level.text
        for outer in 0...depth {
            let number = counter[outer] ?? levels[outer]?.start ?? 1
            let format = levels[outer]?.format ?? "decimal"
            text = text.replacing("%\(outer + 1)", with: ListNumber.text(number, format))
        }
        return text.contains { $0.isLetter || $0.isNumber } ? text : "-"
    }
}

/// Numbers of lists as words for them are written.
enum ListNumber {
    /// The highest number that a list begins with: no count that goes on from it overflows.
    static let maximumStart = 1 << 32

    /// A number in one of Word's formats; formats that are not known are decimal.
    static func text(_ number: Int, _ format: String) -> String {
        guard number > 0, number < 4000 else { return "\(number)" }
        switch format {
        case "upperRoman", "I": return roman(number)
        case "lowerRoman", "i": return roman(number).lowercased()
        case "upperLetter", "A": return letters(number)
        case "lowerLetter", "a": return letters(number).lowercased()
        case "decimalZero": return number < 10 ? "0\(number)" : "\(number)"
        default: return "\(number)"
        }
    }

    private static func letters(_ number: Int) -> String {
        // After Z come AA, BB and so on.
        let letter = Character(Unicode.Scalar(UInt8(65 + (number - 1) % 26)))
        return String(repeating: letter, count: min((number - 1) / 26 + 1, 8))
    }

    private static func roman(_ number: Int) -> String {
        var rest = number
        var text = ""
        for (value, digits) in [
            (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
            (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
        ] {
            while rest >= value {
                text += digits
                rest -= value
            }
        }
        return text
    }
}
