import Corpus
import Foundation
import Testing

/// Quotations made from real-looking passages by a seeded generator: honest ones as people and
/// models copy them, and dishonest ones of every kind that the gate must stop.
struct QuotationCases {
    let passages: [(id: PassageID, text: String)]
    private let bare: [PassageID: String]
    private var random: SplitMix64

    init(seed: UInt64) throws {
        let url = try #require(
            Bundle.module.url(
                forResource: "passages",
                withExtension: "txt",
                subdirectory: "Fixtures"
            )
        )
        let text = try String(contentsOf: url, encoding: .utf8)
        passages = text.components(separatedBy: "\n\n").enumerated().map {
            (
                id: PassageID(rawValue: Int64($0.offset + 1)),
                text: $0.element.trimmingCharacters(in: .whitespacesAndNewlines)
            )
        }
        bare = Dictionary(uniqueKeysWithValues: passages.map { ($0.id, Self.bare($0.text)) })
        random = SplitMix64(seed: seed)
    }

    /// A quotation and the passage it is said to come from.
    struct Case {
        var quotation: String
        var passageID: PassageID
    }

    /// A run of 3 to 25 whole words of a passage, spelled as the passage spells them.
    mutating func verbatim() -> Case {
        let passage = passages[Int.random(in: passages.indices, using: &random)]
        let words = passage.text.split(separator: " ")
        let count = Int.random(in: 3...min(25, words.count), using: &random)
        let start = Int.random(in: 0...(words.count - count), using: &random)
        let slice = passage.text[words[start].startIndex..<words[start + count - 1].endIndex]
        return Case(quotation: String(slice), passageID: passage.id)
    }

    /// A run of whole words, respelled in ways that do not change what it says.
    mutating func copied() -> Case {
        var result = verbatim()
        var text = result.quotation
        let kind = Int.random(in: 0..<10, using: &random)
        switch kind {
        case 0: text = text.replacingOccurrences(of: "\"", with: "'")
        case 1: text = text.replacingOccurrences(of: "\"", with: "”")
        case 2: text = text.replacingOccurrences(of: " ", with: "\u{A0}")
        case 3: text = text.replacingOccurrences(of: " ", with: "\n  ")
        case 4: text = text.decomposedStringWithCanonicalMapping
        case 5: text = text.replacingOccurrences(of: "—", with: "–")
        case 6: text = "«\(text)»"
        case 7: text = "\"\(text).\""
        case 8:
            let middle = text.index(text.startIndex, offsetBy: text.count / 2)
            if text[middle].isLetter { text.insert("\u{AD}", at: middle) }
        default:
            text = text.replacingOccurrences(of: "-\n", with: "")
        }
        result.quotation = text
        return result
    }

    /// A sentence that no passage contains.
    mutating func fabricated() -> Case {
        let subjects = [
            "The gardener", "El tesorero", "Every visitor", "La directora", "A plumber",
        ]
        let verbs = ["must repaint", "compró", "inspects", "ha prohibido", "measured", "vende"]
        let objects = [
            "the northern staircase", "tres bicicletas azules", "all piano lessons",
            "el archivo municipal", "seven copper kettles", "la ventana del patio",
        ]
        let ends = [
            "every second Friday", "por 900 euros", "in 1962", "sin permiso", "for 55 days",
        ]
        let parts = [subjects, verbs, objects, ends].map {
            $0[Int.random(in: $0.indices, using: &random)]
        }
        return Case(quotation: parts.joined(separator: " "), passageID: anyID())
    }

    /// Two runs from different places, joined as if they stood together.
    mutating func stitched() -> Case {
        while true {
            let a = verbatim()
            let b = verbatim()
            let joint = [" ", " ... ", " […] ", "; ", ", "][Int.random(in: 0..<5, using: &random)]
            let text = a.quotation + joint + b.quotation
            if !occurs(text) { return Case(quotation: text, passageID: a.passageID) }
        }
    }

    /// A true quotation, with the name of another passage.
    mutating func misattributed() -> Case {
        while true {
            let a = verbatim()
            let id = anyID()
            guard id != a.passageID, !occurs(a.quotation, in: id) else { continue }
            return Case(quotation: a.quotation, passageID: id)
        }
    }

    /// A true quotation with a digit changed, added, taken away or a separator moved.
    mutating func alteredNumber() -> Case {
        while true {
            var result = verbatim()
            var characters = Array(result.quotation)
            let digits = characters.indices.filter {
                characters[$0].isASCII && characters[$0].isNumber
            }
            guard let i = digits.randomElement(using: &random) else { continue }
            switch Int.random(in: 0..<4, using: &random) {
            case 0:
                let digit = characters[i].wholeNumberValue ?? 0
                let other = (digit + Int.random(in: 1...9, using: &random)) % 10
                characters[i] = Character(String(other))
            case 1: characters.insert("0", at: i + 1)
            case 2: characters.remove(at: i)
            default: characters.insert(Bool.random(using: &random) ? "." : ",", at: i)
            }
            result.quotation = String(characters)
            guard !occurs(result.quotation) else { continue }
            return result
        }
    }

    /// A true quotation with a word dropped, added, exchanged or negated.
    mutating func paraphrased() -> Case {
        while true {
            var result = verbatim()
            var words = result.quotation.split(separator: " ").map(String.init)
            let i = Int.random(in: 1..<words.count - 1, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: words.remove(at: i)
            case 1: words.insert(["not", "nunca", "usually", "casi"][i % 4], at: i)
            case 2: words.swapAt(i, i - 1)
            case 3: words[i] = ["thing", "cosa", "people", "año"][i % 4]
            default: words[i] += words[i].last == "s" ? "es" : "s"
            }
            result.quotation = words.joined(separator: " ")
            guard !occurs(result.quotation) else { continue }
            return result
        }
    }

    private mutating func anyID() -> PassageID {
        passages[Int.random(in: passages.indices, using: &random)].id
    }

    /// Whether the letters, digits and inner punctuation of `text` stand in a passage after all:
    /// an oracle that is simpler and laxer than the gate.
    private func occurs(_ text: String, in id: PassageID? = nil) -> Bool {
        let needle = Self.bare(text)
        return bare.contains { (id == nil || $0.key == id) && $0.value.contains(needle) }
    }

    private static func bare(_ text: String) -> String {
        let words = text.lowercased().replacingOccurrences(of: "-\n", with: "")
            .components(separatedBy: CharacterSet.alphanumerics.inverted)
        return " " + words.filter { !$0.isEmpty }.joined(separator: " ") + " "
    }
}
