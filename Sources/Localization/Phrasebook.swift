internal import Foundation
internal import Synchronization
internal import Translations

/// The sentences of the program in one language.
///
/// A template is the sentence with `{}` for each argument in turn, or `{2}` for the second. A number of
/// things is `{archivo|archivos}`, a word that agrees with a number `{leído|leídos}`; `{2:su|sus}` is a word
/// that agrees with the second argument, whose number it does not show.
package struct Phrasebook: Sendable {
    /// Templates of the program's own messages by their keys; empty for English.
    private let templates: [String: String]
    /// The sentences of the modules below, by which they are recognized.
    private let told: [ToldSentence]
    /// Lines that the parser of arguments writes.
    let parserLines: [(pattern: Template, template: String)]
    private let numbers: NumberStyle
    private let known = Cache()

    /// The one that the environment asks for.
    package static let reader = Phrasebook(.current)

    init(_ locale: ReaderLocale) {
        numbers = locale.numbers
        switch locale.language {
        case .english:
            templates = [:]
            told = []
            parserLines = []
        case .spanish:
            templates = SpanishMessages.templates
            told = SpanishMessages.told.map(ToldSentence.init)
            parserLines = SpanishMessages.parser.map { (Template($0.key), $0.template) }
        }
    }

    private var isEnglish: Bool { templates.isEmpty }

    private struct ToldSentence {
        let pattern: Template
        let letters: Int
        let template: String

        init(key: String, template: String) {
            pattern = Template(key)
            letters = pattern.letters
            self.template = template
        }
    }

    /// Many files are left out for one reason.
    private final class Cache: Sendable {
        let texts = Mutex<[String: String]>([:])
    }

    // MARK: Messages

    /// `message` in this language; in English where there is no template.
    func text(_ message: Message) -> String {
        guard !message.arguments.isEmpty else { return templates[message.key] ?? message.key }
        guard let template = templates[message.key] else {
            return filled(message.key, message.arguments)
        }
        return filled(template, message.arguments)
    }

    func filled(_ template: String, _ arguments: [Message.Argument]) -> String {
        var text = ""
        var next = 0
        for piece in Template(template).pieces {
            switch piece {
            case .words(let words): text += words
            case .argument(let position, let forms, let isWordOnly):
                let index = position ?? next
                if position == nil { next += 1 }
                guard arguments.indices.contains(index) else { continue }
                text += show(arguments[index], as: forms, isWordOnly: isWordOnly)
            }
        }
        return text
    }

    private func show(
        _ argument: Message.Argument,
        as forms: [String],
        isWordOnly: Bool
    ) -> String {
        /// The word for `number`: the template's, or for want of it the English one.
        func word(_ number: Int, _ one: String, _ other: String) -> String {
            let forms = forms.count == 2 ? forms : [one, other]
            return number == 1 ? forms[0] : forms[1]
        }
        switch argument {
        case .text(let text): return text
        case .message(let message): return self.text(message)
        case .count(let number): return Format.count(number, numbers)
        case .things(let number, let one, let other):
            let word = word(number, one, other)
            return isWordOnly ? word : Format.count(number, numbers) + " " + word
        case .word(let number, let one, let other): return word(number, one, other)
        case .fixed(let number, let digits): return Format.fixed(number, digits, numbers)
        case .bytes(let bytes): return Format.bytes(bytes, numbers)
        case .duration(let seconds): return Format.duration(seconds, numbers)
        case .moment(let text): return Format.moment(text, numbers)
        }
    }

    // MARK: English sentences from below

    /// What an error says, in this language.
    func translated(_ error: any Error) -> String {
        // Our own errors describe themselves; Foundation's are better in their localized form.
        let isSystem = error is CocoaError || error is POSIXError
        return translated(isSystem ? (error as NSError).localizedDescription : "\(error)")
    }

    /// `text`, which a module below this one wrote in English, in this language.
    ///
    /// Those modules speak English, because what they say is stored, and sent to programs. A sentence is
    /// recognized by the words between its arguments; one that is not known stays as it is.
    func translated(_ text: String) -> String {
        if isEnglish || text.isEmpty { return text }
        return known.texts.withLock { texts in
            if let text = texts[text] { return text }
            let translation = recognized(text, depth: 0) ?? text
            if texts.count < 1_000 { texts[text] = translation }
            return translation
        }
    }

    private func recognized(_ text: String, depth: Int) -> String? {
        guard depth < 4, text.contains(where: \.isLetter) else { return nil }
        var best: (sentence: ToldSentence, arguments: [String])?
        for sentence in told where sentence.letters > best?.sentence.letters ?? 0 {
            if let arguments = sentence.pattern.arguments(in: text) { best = (sentence, arguments) }
        }
        if let best {
            let arguments = zip(best.arguments, best.sentence.pattern.quoted).map {
                argument,
                isQuoted in
                // What stands in quotation marks is somebody's own, and stays as it is.
                let text = isQuoted ? nil : recognized(argument, depth: depth + 1)
                return Message.Argument.text(text ?? argument)
            }
            return filled(best.sentence.template, arguments)
        }
        // Several remarks in a row.
        let remarks = text.components(separatedBy: "; ")
        if remarks.count > 1 {
            let translated = remarks.map { recognized($0, depth: depth + 1) }
            guard translated.contains(where: { $0 != nil }) else { return nil }
            return zip(remarks, translated).map { $1 ?? $0 }.joined(separator: "; ")
        }
        // `NAME: sentence`.
        guard let colon = text.firstRange(of: ": "),
            let rest = recognized(String(text[colon.upperBound...]), depth: depth + 1)
        else { return nil }
        return text[..<colon.upperBound] + rest
    }
}

/// A template taken apart.
struct Template {
    enum Piece: Hashable {
        case words(String)
        /// Which argument, if it is not the next one; the forms of its word; whether its number is not shown.
        case argument(position: Int?, forms: [String], isWordOnly: Bool)
    }

    let pieces: [Piece]

    init(_ text: String) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            pieces.append(Self.argument(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        self.pieces = pieces
    }

    private static func argument(_ text: Substring) -> Piece {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let number = Int(parts[0])
        let forms = (number == nil ? text : parts.count > 1 ? parts[1] : "")
            .split(separator: "|").map(String.init)
        return .argument(
            position: number.map { $0 - 1 },
            forms: forms,
            isWordOnly: number != nil && !forms.isEmpty
        )
    }

    /// Whether each argument stands in quotation marks, in the order of the text.
    var quoted: [Bool] {
        pieces.indices.compactMap { index in
            guard case .argument = pieces[index] else { return nil }
            guard index > 0, case .words(let words) = pieces[index - 1] else { return false }
            return words.hasSuffix("“")
        }
    }

    /// Letters outside arguments: how much a match says.
    var letters: Int {
        pieces.reduce(0) { sum, piece in
            if case .words(let words) = piece { sum + words.count(where: \.isLetter) } else { sum }
        }
    }

    /// What stands in `text` in the places of the arguments; nil if its words are others.
    func arguments(in text: String) -> [String]? {
        var rest = text[...]
        var arguments: [String] = []
        var isOpen = false
        for (index, piece) in pieces.enumerated() {
            switch piece {
            case .argument:
                // Of two that touch, the second has it all.
                if isOpen { arguments.append("") }
                isOpen = true
            case .words(let words):
                let isLast = index == pieces.count - 1
                guard isOpen else {
                    guard rest.hasPrefix(words) else { return nil }
                    rest = rest.dropFirst(words.count)
                    continue
                }
                if isLast {
                    guard rest.hasSuffix(words) else { return nil }
                    arguments.append(String(rest.dropLast(words.count)))
                    rest = ""
                } else {
                    guard let range = rest.firstRange(of: words) else { return nil }
                    arguments.append(String(rest[..<range.lowerBound]))
                    rest = rest[range.upperBound...]
                }
                isOpen = false
            }
        }
        if isOpen {
            arguments.append(String(rest))
            rest = ""
        }
        return rest.isEmpty ? arguments : nil
    }
}
