internal import TextAnalysis

/// The words of dates in the languages of the documents and people that come up most, folded.
///
/// Where two languages share a word they mean the same by it, but for those that `DayReader` tells apart
/// by what stands beside them.
enum DayWords {
    /// Numbers of months.
    static let months = numbered([
        "january jan enero ene janvier janv januar jänner gennaio gen janeiro gener januari январь января",
        "february feb febrero février févr februar febbraio fevereiro fev febrer februari февраль февраля",
        "march mar marzo mars märz mrz março març maart март марта",
        "april apr abril abr avril avr aprile апрель апреля",
        "may mayo mai maggio mag maio maig mei май мая",
        "june jun junio juin juni giugno giu junho juny июнь июня",
        "july jul julio juillet juil juli luglio lug julho juliol июль июля",
        "august aug agosto ago août agost augustus август августа",
        "september sep sept septiembre setiembre set septembre settembre setembro сентябрь сентября",
        "october oct octubre octobre oktober okt ottobre ott outubro out октябрь октября",
        "november nov noviembre novembre novembro ноябрь ноября",
        "december dec diciembre dic décembre déc dezember dez dicembre dezembro desembre декабрь декабря",
    ])

    /// Days of the week from Monday, 1.
    static let weekdays = numbered([
        "monday mon lunes lundi lun montag lunedì segunda dilluns maandag понедельник",
        "tuesday tue tues martes mardi dienstag martedì terça dimarts dinsdag вторник",
        "wednesday wed miércoles mié mercredi mittwoch mercoledì quarta dimecres woensdag среда",
        "thursday thu thur thurs jueves jue jeudi donnerstag giovedì quinta dijous donderdag четверг",
        "friday fri viernes vie vendredi freitag venerdì sexta divendres vrijdag пятница",
        "saturday sat sábado sáb samedi samstag sabato dissabte zaterdag суббота",
        "sunday sun domingo dom dimanche sonntag domenica diumenge zondag воскресенье",
    ])

    /// Small numbers.
    static let numerals = numbered([
        "a an one un una uno une ein eine einem einer um uma",
        "two dos deux zwei due dois duas couple",
        "three tres trois drei tre três", "four cuatro quatre vier quattro quatro",
        "five cinco cinq fünf cinque", "six seis sechs sei", "seven siete sept sieben sette sete",
        "eight ocho huit acht otto oito", "nine nueve neuf neun nove",
        "ten diez dix zehn dieci dez",
        "eleven once", "twelve doce", "thirteen trece", "fourteen catorce", "fifteen quince",
        "sixteen dieciseis", "seventeen diecisiete", "eighteen dieciocho", "nineteen diecinueve",
        "twenty veinte",
    ])

    /// A stretch of time.
    enum Unit { case hour, day, week, fortnight, month, year }

    static let units: [String: Unit] = {
        let names: [(Unit, String)] = [
            (.hour, "hour hours hr hrs h hora horas heure heures stunde stunden ora ore"),
            (.day, "day days d día días jour jours tag tage tagen giorno giorni dia dias"),
            (
                .week,
                "week weeks wk w semana semanas semaine semaines woche wochen settimana settimane"
            ),
            (.fortnight, "fortnight fortnights quincena quincenas"),
            (.month, "month months mo m mes meses mois monat monate monaten mese mesi mês"),
            (
                .year,
                "year years yr y año años an ans année années jahr jahre jahren anno anni ano anos"
            ),
        ]
        var units: [String: Unit] = [:]
        for (unit, list) in names {
            for name in list.split(separator: " ") { units[folded(String(name))] = unit }
        }
        return units
    }()

    /// Words that say nothing about a day.
    static let fillers = set(
        """
        que de del of the el la los las le les il lo in en im am st nd rd th er o a on der den dem die das du dia at um \
        and y et und since desde depuis seit г года
        """
    )
    static let today = set("today hoy now ahora heute oggi hoje avui сегодня")
    static let tomorrow = set("tomorrow mañana morgen demain domani amanhã завтра")
    static let next = set(
        """
        next próximo próxima siguiente viene nächste nächsten nächstes prochain prochaine prossimo \
        prossima
        """
    )
    static let beginning = set(
        "beginning start principio principios inicio inicios comienzo comienzos"
    )
    static let end = set("end fin final finales ende")
    static let yesterday = set("yesterday ayer hier gestern ieri ontem ahir вчера")
    static let dayBeforeYesterday = set("anteayer antier vorgestern anteontem avantier")
    static let last = set(
        """
        last previous pasado pasada pasados pasadas último última últimos últimas anterior letzte letzten \
        letzter letztes vorige dernier dernière derniers dernières scorso scorsa passado passada
        """
    )
    /// The time up to now, as in "past week".
    static let past = set("past recent recientes")
    static let this = set(
        "this current este esta actual diese dieser dieses ce cet cette questo questa"
    )
    /// Words before or behind a stretch of time that count it back from today.
    static let back = set("ago hace back vor fa atrás há")

    private static func numbered(_ names: [String]) -> [String: Int] {
        var numbers: [String: Int] = [:]
        for (index, list) in names.enumerated() {
            for name in list.split(separator: " ") { numbers[folded(String(name))] = index + 1 }
        }
        return numbers
    }

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map { folded(String($0)) })
    }
}
