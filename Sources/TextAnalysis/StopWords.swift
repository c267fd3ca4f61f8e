/// The words of `language` that say little by themselves, folded; empty if none are known.
///
/// The lists are for marking words in queries. The index keeps every word.
package func stopWords(for language: Language) -> Set<String> {
    switch language {
    case .spanish: spanishStopWords
    case .english: englishStopWords
    default: []
    }
}

private func list(_ words: String) -> Set<String> {
    Set(words.split(whereSeparator: \.isWhitespace).map { folded(String($0)) })
}

/// Articles, prepositions, conjunctions, pronouns, question words and the forms of ser, estar,
/// haber, tener, hacer and poder that questions use.
private let spanishStopWords = list(
    """
    el la los las lo un una unos unas al del
    a ante bajo con contra de desde durante en entre hacia hasta mediante para por según sin sobre
    tras y e o u ni que pero mas sino aunque porque pues si como cuando donde mientras
    yo tú él ella ello nosotros nosotras vosotros vosotras ellos ellas usted ustedes
    me te se nos os le les mí ti sí mi mis tu tus su sus nuestro nuestra nuestros nuestras
    vuestro vuestra vuestros vuestras mío mía míos mías tuyo tuya tuyos tuyas suyo suya suyos suyas
    este esta esto estos estas ese esa eso esos esas aquel aquella aquello aquellos aquellas
    qué quién quiénes cuál cuáles cuánto cuánta cuántos cuántas cómo cuándo dónde quien quienes cual
    cuales cuyo cuya cuyos cuyas
    no ya muy más menos también tampoco tan tanto todo toda todos todas otro otra otros otras
    mismo misma mismos mismas algo alguno alguna algunos algunas algún ningún ninguno ninguna nada
    cada poco mucho mucha muchos muchas así aún entonces luego
    soy eres es somos sois son era eras éramos erais eran fui fue fuimos fueron sea seas sean ser
    siendo sido estoy está estás estamos estáis están estaba estaban estar estado
    he has ha hemos habéis han había habían hay haya hayan haber hubo
    tengo tienes tiene tenemos tienen tenía tenían tener
    hago haces hace hacen hacer puedo puedes puede podemos pueden poder debo debe deben
    """
)

/// Articles, prepositions, conjunctions, pronouns, question words, auxiliaries, and what splitting
/// at an apostrophe leaves.
private let englishStopWords = list(
    """
    a an the and or but nor so yet if because as until while than that though although whether
    of at by for with about against between into through during before after above below to from up
    down in out on off over under within without upon onto per via
    i me my mine myself you your yours yourself yourselves he him his himself she her hers herself
    it its itself we us our ours ourselves they them their theirs themselves one
    this these those there here what which who whom whose when where why how
    am is are was were be been being have has had having do does did doing done
    will would shall should can could may might must ought cannot
    not no only own same too very just also then now again further once
    all any both each few more most other another some such every either neither much many
    s t d ll m re ve don doesn didn isn aren wasn weren won wouldn couldn shouldn hasn haven hadn
    """
)
