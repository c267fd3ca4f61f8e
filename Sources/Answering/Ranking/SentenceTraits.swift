internal import TextAnalysis

/// What a sentence has that may answer: numbers, dates, names, reasons, commands.
///
/// Only what the question does not have counts: an answer says something new.
struct SentenceTraits: Sendable {
    /// A number.
    var hasNumber = false
    /// A year, a month, a day of the week, a century or a time of day.
    var hasDate = false
    /// A word with a capital inside the sentence.
    var hasName = false
    /// A name after a preposition of place, or a path.
    var hasPlace = false
    /// A word that gives a reason: because, to, since.
    var hasReason = false
    /// Something that a person types: an option, a path, a line of code.
    var hasCommand = false
    /// It says what to do: `Use …`, `you can …`, `Pulse …`.
    var instructs = false
    /// It says what something is: `X is a …`.
    var isDefinition = false
    /// It announces something instead of saying it: a heading, a question, `the following:`.
    var announces = false
    /// It is a list of links, a way through the pages, or a notice that stands on every page.
    var isBoilerplate = false
    /// It has the opposite of a word of the question, and not the word: `discard` for `keep`.
    var isOpposed = false
    /// Whether it may be an answer: headings, questions, link lists and notices never are.
    var mayAnswer = true
    /// It is the entry of a term, and the term is the question's: `bare repository`, and then what it is.
    var definesTerm = false
    /// It is the entry of an option that the question names: `-n, --dry-run`.
    var definesOption = false
    /// The question names options, and none of them stands in it, in the case that the question has.
    var lacksOption = false
    /// It begins with a word that stands for something said before.
    var leans = false
    /// It denies something.
    var denies = false
    /// The share of its words that begin with a capital or are no words: link lists and navigation.
    var shareOfNames = 0.0
    /// Its words, without stop words.
    var contentCount = 0
    /// Its words.
    var wordCount = 0

    init(
        _ text: String,
        kind: CandidateUnit.Kind,
        surfaces: [String],
        question: Question
    ) {
        let isNew = { (word: String) in !question.isAsked(word) }
        wordCount = surfaces.count
        contentCount = surfaces.count { !Self.stopWords.contains($0) }
        var capitals = 0
        for (i, surface) in surfaces.enumerated() {
            let digits = surface.utf8.count { isDigit($0) }
            if digits > 0, isNew(surface) {
                hasNumber = true
                let isYear =
                    digits == 4 && surface.utf8.count == 4 && "12".contains(surface.prefix(1))
                if isYear || surface.contains(":") { hasDate = true }
            }
            if Self.calendar.contains(surface), isNew(surface) { hasDate = true }
            if Self.numerals.contains(surface), isNew(surface) { hasNumber = true }
            if Self.reasons.contains(surface) { hasReason = true }
            if Self.negations.contains(surface) { denies = true }
            if i < 2, Self.leaning.contains(surface) { leans = true }
        }
        var previous = ""
        for (i, word) in text.split(whereSeparator: \.isWhitespace).enumerated() {
            let core = word.drop { !$0.isLetter && !$0.isNumber }
            if core.first?.isUppercase == true {
                capitals += 1
                if i > 0, isNew(folded(String(core.prefix { $0.isLetter || $0 == "-" }))) {
                    hasName = true
                    if Self.places.contains(previous) { hasPlace = true }
                }
            }
            if word.contains("/"), word.count > 2, !word.contains("//") { hasPlace = true }
            if word.hasPrefix("--") || word.hasPrefix("`") || word.hasPrefix("$") {
                hasCommand = true
            }
            if word.count > 1, word.hasPrefix("-"), word.dropFirst().first?.isLetter == true {
                hasCommand = true
            }
            previous = word.lowercased()
        }
        if kind == .code || CommandLine.isNamed(in: text, isRow: kind == .row) { hasCommand = true }
        shareOfNames = wordCount == 0 ? 0 : Double(capitals) / Double(wordCount)
        announces = kind != .code && ["#"].contains(text.prefix(1)) || "?:".contains(text.suffix(1))
        if kind == .sentence { definesTerm = Self.definesTerm(text, question) }
        isDefinition = kind != .code && Self.defines(text, question)
        if !question.options.isEmpty, text.utf8.first == UInt8(ascii: "-") || text.hasPrefix("`-") {
            let term = text.prefix(60).split { $0.isWhitespace || ",`=[|".contains($0) }.prefix(4)
            definesOption = term.contains { question.options.contains(String($0)) }
        }
        lacksOption =
            !question.options.isEmpty
            && question.options.isDisjoint(with: Self.optionLike(in: text))
        instructs = Instructions.areGiven(by: surfaces)
        isOpposed = question.opposites.contains { $0.isTurned(in: surfaces) }
        isBoilerplate = Self.isBoilerplate(text, surfaces, capitals: capitals)
        // `the following:` answers with what it announces, a heading with nothing.
        let isTitle =
            kind == .caption || kind != .code && (text.hasPrefix("#") || text.hasSuffix("?"))
        // What only says the question again answers it with yes at most: `Merge cells` under `Merging cells`.
        // What announces is the beginning of what it announces.
        let saysMore =
            question.kind == .yesNo || hasCommand || text.hasSuffix(":")
            || surfaces.contains { !Self.stopWords.contains($0) && isNew($0) }
        mayAnswer =
            !isTitle && !isBoilerplate && saysMore && (contentCount > 1 || hasNumber || hasCommand)
    }

    /// The words of `text` that begin with a dash, as they are spelled.
    private static func optionLike(in text: String) -> Set<String> {
        Set(
            text.split { $0.isWhitespace || ",;`'\"()[]=|<>".contains($0) }
                .filter { $0.hasPrefix("-") }.map(String.init)
        )
    }

    private static func isBoilerplate(
        _ text: String,
        _ surfaces: [String],
        capitals: Int
    ) -> Bool {
        if surfaces.count <= 12, surfaces.contains(where: notices.contains) { return true }
        let bytes = Array(text.utf8)
        let links = zip(bytes, bytes.dropFirst()).count { $0 == 0x5D && $1 == 0x28 }  // ](
        if links > 1, links * 6 >= surfaces.count { return true }
        // `git clean [-d] [-f] [<path>…]` says how to call it, not what it does.
        let brackets = bytes.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "<") }
        if brackets > 2, brackets * 3 >= surfaces.count { return true }
        // The bars and arrows between the links of a page's navigation.
        guard bytes.first != UInt8(ascii: "|"), surfaces.count < 60 else { return false }
        let marks = text.unicodeScalars.count { "|›»•→·".unicodeScalars.contains($0) }
        return marks > 2 && marks * 4 >= surfaces.count
    }

    private static let notices = list(
        "copyright ©️ prev previous next anterior siguiente home inicio toc sitemap cookies login"
    )

    /// Whether the sentence says that what the question asks about is something, or does something.
    ///
    /// What stands before the verb is the question's, but for one word and what is in brackets: `DHCP
    /// (Dynamic Host Configuration Protocol) is a …`.
    private static func defines(_ text: String, _ question: Question) -> Bool {
        guard question.kind == .definition else { return false }
        let all = words(in: text.replacing(/\([^)]*\)/, with: "")).filter { !$0.isPart }
            .map(\.folded)
        let pairs = zip(all, all.dropFirst()).prefix(12)
        let verb = pairs.enumerated().first { definitions.contains("\($1.0) \($1.1)") }
        let subject = all.prefix(verb?.offset ?? 2).filter { !stopWords.contains($0) }
        let foreign = subject.count { !question.isAsked($0) }
        if verb != nil { return foreign <= 1 && subject.count > foreign }
        // `chown changes the owner`, `LVM, the volume manager, …`
        return subject.first.map(question.isAsked) ?? false
    }

    /// Whether the first of several lines is a term that the question has all the words of.
    private static func definesTerm(_ text: String, _ question: Question) -> Bool {
        guard question.kind == .definition || question.kind == .other,
            let end = text.firstIndex(of: "\n"), text.utf8.count > 80
        else { return false }
        let term = words(in: String(text[..<end])).filter { !$0.isPart }.map(\.folded)
        let content = term.filter { !stopWords.contains($0) }
        return !content.isEmpty && term.count <= 6 && content.allSatisfy(question.isAsked)
    }

    private static let stopWords = TextAnalysis.stopWords(for: .english)
        .union(TextAnalysis.stopWords(for: .spanish))

    private static func list(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }

    private static let calendar = list(
        """
        january february march april may june july august september october november december monday
        tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays
        saturdays sundays century centuries decade year years enero febrero marzo abril mayo junio julio
        agosto septiembre octubre noviembre diciembre lunes martes miercoles jueves viernes sabado domingo
        siglo siglos decada ano anos today daily weekly monthly diario semanal mensual ayer noche midnight
        noon medianoche mediodia
        """
    )
    private static let numerals = list(
        """
        two three four five six seven eight nine ten eleven twelve thirteen fifteen twenty thirty forty
        fifty sixty hundred thousand million billion half third quarter once twice dos tres cuatro cinco
        seis siete ocho nueve diez once doce trece quince veinte treinta cuarenta cincuenta cien ciento
        cientos mil millon millones mitad tercio percent dozen docena
        """
    )
    private static let reasons = list(
        """
        because since due so therefore thus caused cause causes reason reasons hence porque debido causa
        causas razon motivo motivos pues ya gracias por ello therefore result resultado
        """
    )
    private static let negations = list("not no never none cannot without nunca sin ningun ninguna")
    private static let leaning = list(
        """
        it this that these those they he she its their his her esto eso esta este estos estas ese esa
        ello ellos ellas su sus lo dicho dicha such both ambos
        """
    )
    private static let places = list(
        "in at on near from to of inside under en de desde hacia hasta cerca bajo sobre"
    )
    private static let definitions: Set<String> = [
        "is a", "is an", "is the", "are a", "are the", "was a", "was an", "was the", "is any",
        "means that",
        "refers to", "is used", "are used", "stands for", "is defined", "es un", "es una", "es el",
        "es la",
        "son los", "son las", "era un", "era una", "fue un", "fue una", "se refiere", "se llama",
        "se usa", "se utiliza", "se define", "se denomina", "is called", "known as",
        "conocido como",
        "conocida como",
    ]
}
