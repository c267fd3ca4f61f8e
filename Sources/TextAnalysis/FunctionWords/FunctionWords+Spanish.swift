extension FunctionWords {
    /// The lists for Spanish.
    static let spanish = FunctionWords(
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
