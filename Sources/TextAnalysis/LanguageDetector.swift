/// Tells in which language a text is written.
///
/// Scripts decide where a script means a language. Among Latin-script languages the function words
/// decide, each counting by its rank in its language's frequency list (Zipf's law), with letters
/// and endings that only some languages have. A sentence is enough; a few names or numbers are not,
/// and the answer is then `und`.
package struct LanguageDetector: Sendable {
    package init() {}

    /// The language of `text`, or `und` when the evidence is weak.
    ///
    /// - Complexity: O(1) beyond 12 KB: longer texts are judged by their beginning, middle and end.
    package func language(of text: String) -> Language {
        let sample = Self.sample(of: Array(text.utf8))
        let scripts = ScriptCounts(sample)
        if let language = scripts.language { return language }
        return Self.latinLanguage(of: sample)
    }

    /// All of a short text; three windows of a long one.
    private static func sample(of bytes: [UInt8]) -> [UInt8] {
        let window = 4096
        guard bytes.count > 3 * window else { return bytes }
        var sample: [UInt8] = []
        sample.reserveCapacity(3 * window + 2)
        for start in [0, (bytes.count - window) / 2, bytes.count - window] {
            sample += bytes[start..<(start + window)]
            sample.append(0x20)
        }
        return sample
    }

    // MARK: Latin script

    private static func latinLanguage(of sample: [UInt8]) -> Language {
        var scores = [Double](repeating: 0, count: profiles.count)
        var seen: [String: Int] = [:]
        var hasTellingLetter = false
        var word: [UInt8] = []
        func finishWord() {
            guard !word.isEmpty else { return }
            defer { word.removeAll(keepingCapacity: true) }
            let text = String(decoding: word, as: UTF8.self)
            guard let weights = wordWeights[text] ?? endingWeights(of: word) else { return }
            // One word said over and over is hardly more than that word.
            let repetitions = seen[text, default: 0]
            guard repetitions < 4 else { return }
            seen[text] = repetitions + 1
            for (language, weight) in weights { scores[language] += weight }
        }
        var i = 0
        while i < sample.count {
            let byte = sample[i]
            if byte < 0x80 {
                switch byte {
                case 0x41...0x5A: word.append(byte | 0x20)
                case 0x61...0x7A: word.append(byte)
                default: finishWord()
                }
                i += 1
                continue
            }
            let (value, length) = decodeScalar(sample, at: i)
            if let letters = letterWeights[value] {
                hasTellingLetter = true
                for (language, weight) in letters { scores[language] += weight }
            }
            if value == 0xBF || value == 0xA1 || value >= 0x250 {
                finishWord()
            } else if let scalar = Unicode.Scalar(value) {
                word += Array(scalar.properties.lowercaseMapping.utf8)
            }
            i += length
        }
        finishWord()

        let ranked = scores.indices.sorted { scores[$0] > scores[$1] }
        let best = scores[ranked[0]]
        let margin = best - scores[ranked[1]]
        // One common word is a coincidence; two that agree, or one with a telling letter, are not.
        let evidence = seen.count + (hasTellingLetter && !seen.isEmpty ? 1 : 0)
        guard best > 3.5, margin > 1, margin > best * 0.06, evidence > 1 else {
            return .undetermined
        }
        return profiles[ranked[0]].language
    }

    private typealias Weights = [(language: Int, weight: Double)]

    /// What the ending of a word that is in no list suggests.
    private static func endingWeights(of word: [UInt8]) -> Weights? {
        guard word.count > 5 else { return nil }
        for length in [6, 5, 4, 3] {
            let ending = String(decoding: word.suffix(length), as: UTF8.self)
            if let weights = endings[ending] { return weights }
        }
        return nil
    }

    /// log(frequency / floor) of each word in each language whose list has it.
    private static let wordWeights: [String: Weights] = {
        var table: [String: Weights] = [:]
        for (index, profile) in profiles.enumerated() {
            let words = profile.words.split(whereSeparator: \.isWhitespace)
            for (rank, word) in words.enumerated() {
                // Zipf: the word of rank r has a frequency near 0.08 / (r + 1); the floor, for a
                // word outside the list, is a tenth of the frequency at the list's end.
                let weight = max(0.7, 4.4 - 0.85 * log2(Double(rank + 2)) * 0.693)
                table[String(word), default: []].append((index, weight))
            }
        }
        return table
    }()

    private static func log2(_ x: Double) -> Double {
        // Accurate to 0.09, which is plenty here and spares a dependency.
        let exponent = Double(x.exponent)
        return exponent + (x.significand - 1)
    }

    private static func weights(_ languages: String, _ weight: Double) -> Weights {
        languages.split(separator: " ").compactMap { code in
            profiles.firstIndex { $0.language.rawValue == code }.map { ($0, weight) }
        }
    }

    private static let endings: [String: Weights] = [
        "ción": weights("es", 1.5), "ciones": weights("es", 1.2), "mente": weights("es it pt", 0.5),
        "idad": weights("es", 1.2), "idades": weights("es pt", 0.6),
        "ando": weights("es it pt", 0.4),
        "iendo": weights("es", 1.2), "ición": weights("es", 1.5), "miento": weights("es", 1.4),
        "ing": weights("en", 1), "tion": weights("en fr", 0.5), "tions": weights("en fr", 0.5),
        "ness": weights("en", 1), "ally": weights("en", 1), "ough": weights("en", 1),
        "ung": weights("de", 1.2), "ungen": weights("de", 1.4), "keit": weights("de", 1.4),
        "lich": weights("de", 1.2), "schen": weights("de", 1.2), "ieren": weights("de", 1.2),
        "ement": weights("fr ca", 0.6), "eux": weights("fr", 1), "euse": weights("fr", 1.2),
        "ité": weights("fr", 1.2), "aient": weights("fr", 1.4), "ction": weights("fr en", 0.5),
        "ção": weights("pt", 1.6), "ções": weights("pt", 1.6), "dade": weights("pt", 1.2),
        "zione": weights("it", 1.6), "zioni": weights("it", 1.6), "ità": weights("it", 1.4),
        "ció": weights("ca", 1.6), "cions": weights("ca", 1.4), "itat": weights("ca de", 0.8),
    ]

    /// Letters that a language uses and its neighbors do not.
    private static let letterWeights: [UInt32: Weights] = [
        0xF1: weights("es", 1.6), 0xBF: weights("es", 3), 0xA1: weights("es", 2.5),
        0xDF: weights("de", 2.5), 0xE4: weights("de", 1), 0xF6: weights("de", 1),
        0xFC: weights("de", 0.8), 0xE3: weights("pt", 1.6), 0xF5: weights("pt", 1.6),
        0xEA: weights("fr pt", 0.6), 0xE8: weights("fr it ca", 0.4), 0xF9: weights("it fr", 0.4),
        0xEE: weights("fr", 1.2), 0xEF: weights("fr ca", 0.8), 0x153: weights("fr", 1.5),
        0xE7: weights("fr pt ca", 0.6), 0xF2: weights("it ca", 0.8), 0xEC: weights("it", 1.2),
        0xB7: weights("ca", 0.8), 0xED: weights("es pt ca", 0.3), 0xF3: weights("es pt ca", 0.3),
        0xFA: weights("es pt", 0.4), 0xE1: weights("es pt", 0.5), 0xE9: weights("es fr pt ca", 0.2),
    ]

    /// A language's most frequent words, the most frequent first.
    private struct Profile {
        let language: Language
        let words: String
    }

    private static let profiles = [
        Profile(
            language: .spanish,
            words: """
                de la que el en y a los se del las un por con no una su para es al lo como más o
                pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también
                fue había era muy años hasta desde está mi porque qué sólo han yo hay vez puede
                todos así nos ni parte tiene él uno donde bien tiempo mismo ese ahora cada e vida
                otro después te otros aunque esa eso hace otra gobierno tan durante siempre día
                tanto ella tres sí dijo sido gran cómo cuál cuáles dónde cuándo quién cuánto según
                menos sea mientras estos estas esto cual usted puedo hacer antes
                tengo quiero necesito unos unas cuántos cuántas cuánta nuestra nuestro debe deben
                """
        ),
        Profile(
            language: .english,
            words: """
                the of and to in a is that for it as was with be by on not he i this are or his
                from at which but have an had they you were their one all we can her has there
                been if more when will would who so no what up its about into than them only some
                could time these two may then do first any my now such like our over man me even
                most made after also did many before must through years where much your way well
                down should because each just those how too little state good very make world still
                own see men work long get here between both life being under never day same another
                know while last might us great old year off come since against go came right used
                take three does using need want find
                """
        ),
        Profile(
            language: .german,
            words: """
                der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als
                auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem
                über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde
                wenn können ich unter wir soll eines jahr zwei jahren diese dieser wieder keine uhr
                seiner worden will zwischen immer gegen vom ganz alle muss seine ihr wo was kann
                ihre mir mich welche diesem diesen sehr schon du hier doch damit
                """
        ),
        Profile(
            language: .french,
            words: """
                de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se
                ce il sont avec ou son aux mais comme cette d l ont ses nous être sa fait deux même
                leur était tout si on y elle après sans ces peut faire dont entre été aussi bien
                ans leurs vous autres encore très où je moins avait temps comment quel quelle c n
                qu s notre votre lors peuvent mon ma mes cela lui tous toute toutes quand donc
                """
        ),
        Profile(
            language: .portuguese,
            words: """
                de a o que e do da em um para com não uma os no se na por mais as dos como mas ao
                ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre
                depois sem mesmo aos seus quem nas me esse eles você essa num nem suas meu às minha
                numa pelos elas qual nós lhe deles este são está foi ser tem há era pode uns então
                onde ainda fazer anos estão foram fim dia sobre ter
                """
        ),
        Profile(
            language: .italian,
            words: """
                di e il la che in un a è per una del non sono con i si le da della al dei come lo
                più nel gli alla delle anche o ma ha dal nella se ci su questo stato essere questa
                dalla fra anni degli cui quando sua suo tra ai dopo era due tutti prima hanno molto
                solo dell all nell l perché può alle loro dove mi sul ne stata così ed cosa ancora
                sia quello io chi tutto parte fare senza poi quale sulla dai nei viene qui
                """
        ),
        Profile(
            language: .catalan,
            words: """
                de la i a el que en els per les un una amb del és no al l d es va dels com més o
                se seva són ha seu també aquest pel aquesta però entre ser hi si ho van fins dos
                sobre era fer molt on tot has seus pels perquè quan sense anys des nou així cada
                havia hem tots altres altre part gran segons té pot ni em meu jo ens aquests
                aquestes només després ja qui quina quin quins on mateix estat durant li
                """
        ),
    ]
}

/// How many letters of each script a text has.
private struct ScriptCounts {
    private var latin = 0
    private var han = 0
    private var kana = 0
    private var others: [String: Int] = [:]
    private var ukrainian = 0
    private var persian = 0

    init(_ bytes: [UInt8]) {
        var i = 0
        while i < bytes.count {
            let byte = bytes[i]
            if byte < 0x80 {
                if (0x61...0x7A).contains(byte | 0x20) { latin += 1 }
                i += 1
                continue
            }
            let (value, length) = decodeScalar(bytes, at: i)
            count(value)
            i += length
        }
    }

    private mutating func count(_ value: UInt32) {
        switch value {
        case 0xC0...0x24F, 0x1E00...0x1EFF: latin += 1
        case 0x370...0x3FF, 0x1F00...0x1FFF: others["el", default: 0] += 1
        case 0x400...0x52F:
            others["ru", default: 0] += 1
            if [0x456, 0x457, 0x454, 0x491, 0x406, 0x407, 0x404].contains(value) { ukrainian += 1 }
        case 0x530...0x58F: others["hy", default: 0] += 1
        case 0x590...0x5FF: others["he", default: 0] += 1
        case 0x600...0x77F:
            others["ar", default: 0] += 1
            if [0x67E, 0x686, 0x698, 0x6AF, 0x6CC].contains(value) { persian += 1 }
        case 0x900...0x97F: others["hi", default: 0] += 1
        case 0xB80...0xBFF: others["ta", default: 0] += 1
        case 0xE00...0xE7F: others["th", default: 0] += 1
        case 0x10A0...0x10FF: others["ka", default: 0] += 1
        case 0xAC00...0xD7A3, 0x1100...0x11FF: others["ko", default: 0] += 1
        case 0x3040...0x30FF: kana += 1
        case 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x323AF: han += 1
        default: break
        }
    }

    /// The language that the scripts alone decide, or nil where Latin letters dominate.
    ///
    /// A character of Chinese or Japanese says as much as a few letters, hence the weight.
    var language: Language? {
        let east = 3 * (han + kana)
        let other = others.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard max(east, other?.value ?? 0) > latin else { return nil }
        if east >= other?.value ?? 0 {
            return Language(rawValue: kana * 20 > han + kana ? "ja" : "zh")
        }
        guard let other else { return nil }
        if other.key == "ru", ukrainian * 50 > other.value { return Language(rawValue: "uk") }
        if other.key == "ar", persian * 20 > other.value { return Language(rawValue: "fa") }
        return Language(rawValue: other.key)
    }
}
