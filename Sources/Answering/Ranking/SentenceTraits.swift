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
    /// It is the entry of an option that the question names: `-n, --dry-run`.
    var definesOption = false
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

    init(_ text: String, surfaces: [String], question: Question) {
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
        if let first = text.split(separator: " ").first, Self.programs.contains(String(first)) {
            hasCommand = true
        }
        shareOfNames = wordCount == 0 ? 0 : Double(capitals) / Double(wordCount)
        announces = text.hasPrefix("#") || text.hasSuffix("?") || text.hasSuffix(":")
        isDefinition = Self.defines(surfaces, question)
        if !question.options.isEmpty, text.utf8.first == UInt8(ascii: "-") || text.hasPrefix("`-") {
            let term = text.prefix(60).split { $0.isWhitespace || ",`=[|".contains($0) }.prefix(4)
            definesOption = term.contains { question.options.contains(String($0)) }
        }
        isOpposed = question.opposites.contains { !$0.isDisjoint(with: surfaces) }
        isBoilerplate = Self.isBoilerplate(text, surfaces, capitals: capitals)
        // `the following:` answers with what it announces, a heading with nothing.
        let isTitle = text.hasPrefix("#") || text.hasSuffix("?")
        mayAnswer = !isTitle && !isBoilerplate && (contentCount > 1 || hasNumber || hasCommand)
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

    /// Whether the sentence says, near its beginning, that a word of the question is something.
    private static func defines(_ surfaces: [String], _ question: Question) -> Bool {
        let pairs = zip(surfaces, surfaces.dropFirst()).prefix(9)
        guard let at = pairs.enumerated().first(where: { definitions.contains("\($1.0) \($1.1)") })
        else { return surfaces.prefix(8).contains { meanings.contains($0) } }
        return surfaces.prefix(at.offset + 1).contains { question.isAsked($0) }
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
    private static let programs = list(
        """
        git apt apt-get dpkg sudo su systemctl python3 python pip ls cd cp mv rm mkdir chmod chown ln cat
        grep sed awk find tar gzip ssh scp rsync mount umount ip ifconfig ping make gcc aptitude adduser
        useradd passwd nano vi crontab export echo docker curl wget journalctl service
        """
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
    private static let meanings = list("means significa consists consiste denotes")
}
