internal import TextAnalysis

/// What the words of a language do to a statement, as far as lists can tell.
struct ClaimLexicon: Sendable {
    /// A word that changes what a statement means, whatever it is about.
    struct Operator: Hashable, Sendable {
        /// What it does.
        enum Kind: Hashable, Sendable {
            /// not, never, without, false
            case negation
            /// may, must, should, will
            case modal
            /// all, some, only, most
            case quantity
            /// if, unless, except, until, before
            case condition
            /// says, according to, allegedly
            case attribution
            /// about, perhaps
            case hedge
            /// or
            case choice
        }
        let kind: Kind
        /// The same for words that may stand for each other: `may`, `can`.
        let name: String
    }

    let operators: [String: Operator]
    /// Operators of two or three words.
    let phrases: [[String]: Operator]
    /// Words that join a sentence to the one before and say nothing themselves: `however`, `sin embargo`.
    let fillers: Set<[String]>
    /// Articles and demonstratives: they say nothing that is compared.
    let determiners: Set<String>
    /// Words that stand for something said before.
    let pronouns: Set<String>
    /// Prepositions, auxiliaries and possessives, by what they are compared as.
    let links: [String: String]
    /// Forms of `be` in the present tense.
    let copulas: Set<String>
    /// Words that join two equal parts.
    let coordinators: Set<String>
    /// Words that open a clause about the word before them.
    let relatives: Set<String>
    /// Words that open a clause that is what somebody says, thinks or wants, or a relative one.
    let complementizers: Set<String>
    /// Words that open a clause that may be left out.
    let clauseOpeners: Set<String>
    /// Words that answer instead of saying: yes, no.
    let bareAnswers: Set<String>

    /// The lists for `language`: Spanish, or else English.
    static func of(_ language: Language) -> ClaimLexicon {
        language == .spanish ? spanish : english
    }

    private static func split(_ words: String) -> [String] {
        words.split(whereSeparator: \.isWhitespace).map(String.init)
    }

    /// `name: word word` lines, for one kind of operator.
    private static func operators(
        _ lists: [(Operator.Kind, String)]
    ) -> (words: [String: Operator], phrases: [[String]: Operator]) {
        var words: [String: Operator] = [:]
        var phrases: [[String]: Operator] = [:]
        for (kind, text) in lists {
            for line in text.split(separator: "\n") {
                let spellings = line.split(separator: ",").map { split(String($0)) }
                let name = spellings.first?.joined(separator: " ") ?? ""
                for spelling in spellings {
                    let sign = Operator(kind: kind, name: name)
                    if spelling.count == 1 {
                        words[spelling[0]] = sign
                    } else {
                        phrases[spelling] = sign
                    }
                }
            }
        }
        return (words, phrases)
    }

    private static func links(_ groups: String) -> [String: String] {
        var result: [String: String] = [:]
        for line in groups.split(separator: "\n") {
            let words = split(String(line))
            for word in words { result[word] = words[0] }
        }
        return result
    }

    private init(
        operators: [(Operator.Kind, String)],
        fillers: String,
        determiners: String,
        pronouns: String,
        links: String,
        copulas: String,
        coordinators: String,
        relatives: String,
        complementizers: String,
        clauseOpeners: String,
        bareAnswers: String
    ) {
        (self.operators, phrases) = Self.operators(operators)
        self.fillers = Set(fillers.split(separator: ",").map { Self.split(String($0)) })
        self.determiners = Set(Self.split(determiners))
        self.pronouns = Set(Self.split(pronouns))
        self.links = Self.links(links)
        self.copulas = Set(Self.split(copulas))
        self.coordinators = Set(Self.split(coordinators))
        self.relatives = Set(Self.split(relatives))
        self.complementizers = Set(Self.split(complementizers))
        self.clauseOpeners = Set(Self.split(clauseOpeners))
        self.bareAnswers = Set(Self.split(bareAnswers))
    }

    private static let english = ClaimLexicon(
        operators: [
            (
                .negation,
                """
                not
                never
                none, nobody, nothing, no one
                no
                neither
                nor
                without
                nowhere
                hardly, scarcely, barely
                false, untrue, wrong, incorrect, wrongly, falsely, incorrectly, mistakenly
                fail, fails, failed
                refuse, refuses, refused
                deny, denies, denied
                forbid, forbids, forbidden, prohibit, prohibits, prohibited, banned
                impossible
                instead of
                rather than
                """
            ),
            (
                .modal,
                """
                may, can, able to, allowed to
                might, could
                must, have to, has to, had to, need to, needs to, required to, obliged to
                should, ought
                will, shall, going to
                would
                used to
                supposed to
                optional, optionally
                """
            ),
            (
                .quantity,
                """
                all, every, everybody, everyone, everything
                each
                any, anybody, anyone, anything
                some, somebody, someone, something
                most, mostly
                many
                much
                few
                little
                several
                only, solely, exclusively, merely
                both
                either
                half
                always
                usually, generally, normally, typically
                often, frequently
                sometimes, occasionally
                rarely, seldom
                once
                twice
                at least
                at most
                more than
                less than, fewer than
                up to
                also, too
                even
                still
                already
                yet
                formerly, previously
                again
                """
            ),
            (
                .condition,
                """
                if, provided, providing, as long as, assuming, in case
                unless
                except, excepting, excluding, other than, apart from
                until, till
                when, whenever
                while
                before
                after
                whether
                depending
                otherwise
                """
            ),
            (
                .attribution,
                """
                say, says, said, saying
                claim, claims, claimed, claiming
                according
                allegedly, alleged, alleges, reportedly, supposedly, purportedly, ostensibly
                believe, believes, believed, think, thinks, thought
                argue, argues, argued, assert, asserts, asserted, contend, contends, contended
                suggest, suggests, suggested
                suppose, supposes, supposed, assume, assumes, assumed
                report, reports, reported
                rumor, rumors, rumored
                opinion, view
                wrote, writes
                """
            ),
            (
                .hedge,
                """
                about, approximately, roughly, circa
                almost, nearly
                probably, likely
                perhaps, maybe, possibly
                seem, seems, seemed, appear, appears, appeared, apparently
                """
            ),
            (.choice, "or"),
        ],
        fillers: """
            however, therefore, thus, moreover, furthermore, hence, additionally, in addition,
            for example, for instance, of course, in fact, as a result, then
            """,
        determiners: "a an the this these those such s t d ll m re ve do does",
        pronouns: "i me you he him she it we us they them itself himself herself themselves there",
        links: """
            of
            at
            by
            for
            with
            against
            between
            into
            through
            during
            above
            below
            to
            from
            down
            in
            out
            on
            off
            over
            under
            within
            upon
            per
            via
            behind
            near
            beside
            since
            as
            than
            toward towards
            among
            across
            is are am
            was were
            be been being
            has have having
            had
            did done
            my our
            your
            his
            her
            its
            their
            up
            so
            then
            just
            very
            own
            same
            other another
            """,
        copulas: "is are was were",
        coordinators: "and but",
        relatives: "which who whom whose where",
        complementizers: "that what how why",
        clauseOpeners: "because although though whereas so",
        bareAnswers: "yes no yeah yep nope sure okay ok correct right true indeed"
    )

    private static let spanish = ClaimLexicon(
        operators: [
            (
                .negation,
                """
                no
                nunca, jamas
                nadie, nada
                ningun, ninguno, ninguna, ningunos, ningunas
                tampoco
                ni
                sin
                apenas
                falso, falsa, falsos, falsas, falsamente, incorrecto, incorrecta, erroneamente, mentira, erroneo, erronea
                niega, niegan, nego, negaron
                prohibe, prohiben, prohibido, prohibida, prohibidos, prohibidas
                impide, impiden, impidio
                imposible
                en lugar de, en vez de
                """
            ),
            (
                .modal,
                """
                puede, pueden, puedes, podemos, podra, podran, permite, permiten, permitido, permitida
                podria, podrian, pudiera, quiza, quizas
                pudo, pudieron, podia, podian
                debe, deben, debes, debemos, debera, deberan, tiene que, tienen que, hay que, obligatorio, obligatoria, habra que
                deberia, deberian, conviene
                debia, debian, tuvo que, tuvieron que
                va a, van a
                suele, suelen
                opcional
                """
            ),
            (
                .quantity,
                """
                todo, toda, todos, todas
                cada
                cualquier, cualquiera
                algun, alguno, alguna, algunos, algunas, algo, alguien
                mayoria
                muchos, muchas, mucho, mucha
                pocos, pocas, poco, poca
                varios, varias
                solo, solamente, unicamente, exclusivamente
                ambos, ambas
                mitad
                medio, media
                siempre
                normalmente, generalmente, habitualmente
                menudo
                raramente
                al menos, por lo menos, como minimo
                como maximo, a lo sumo
                mas de
                menos de
                tambien
                incluso
                aun, todavia
                ya
                antiguamente, anteriormente
                """
            ),
            (
                .condition,
                """
                si, siempre que, con tal de, en caso de
                salvo, excepto, menos, a menos que
                hasta
                cuando
                mientras
                antes
                despues, tras
                segun
                """
            ),
            (
                .attribution,
                """
                dice, dicen, dijo, dijeron, decia
                afirma, afirman, afirmo, afirmaron, asegura, aseguran, aseguro, aseguraron
                cree, creen, creia, creian, piensa, piensan
                supone, suponen, supuestamente, presuntamente, presunto, presunta, supuesto, supuesta
                sostiene, sostienen, sostuvo
                alega, alegan, alego
                sugiere, sugieren, sugirio
                acuerdo con
                rumorea, rumor, rumores
                opinion, parecer
                escribio, escribe
                """
            ),
            (
                .hedge,
                """
                aproximadamente, cerca de, alrededor, unos, unas
                casi
                probablemente, posiblemente
                tal vez
                parece, parecen, parecia, aparentemente
                """
            ),
            (.choice, "o, u"),
        ],
        fillers: """
            sin embargo, ademas, por lo tanto, por tanto, por ello, por eso, por ejemplo, es decir,
            por supuesto, de hecho, en consecuencia, no obstante, asi, asi pues, entonces
            """,
        determiners: """
            el la los las lo un una este esta estos estas esto ese esa esos esas eso aquel aquella
            aquellos aquellas se
            """,
        pronouns: """
            yo ella ello nosotros nosotras ellos ellas usted ustedes me te nos le les
            """,
        links: """
            a al
            ante
            bajo
            con
            contra
            de del
            desde
            durante
            en
            entre
            hacia
            mediante
            para
            por
            sobre
            es son soy eres somos esta estan estoy estamos
            fue fueron era eran estaba estaban estuvo estuvieron
            ser estar sido estado siendo
            sera seran estara estaran
            ha han he hemos
            habia habian
            hay
            hubo
            mi mis
            tu tus
            su sus
            nuestro nuestra nuestros nuestras
            como
            tan
            tanto tanta tantos tantas
            otro otra otros otras
            mismo misma mismos mismas
            muy
            mas
            asi
            """,
        copulas: "es son fue fueron era eran",
        coordinators: "y e pero sino",
        relatives: "quien quienes cual cuales cuyo cuya cuyos cuyas donde",
        complementizers: "que",
        clauseOpeners: "porque aunque pues",
        bareAnswers: "si no claro correcto cierto verdad asi exacto vale"
    )
}
