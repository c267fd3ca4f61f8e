/// The languages whose texts are recognized without a declaration.
///
/// The letters of each stand from the most to the least frequent in running text; of languages with
/// thousands of characters, those that make up about half of a text.
extension EncodingModel {
    private static let western = ["windows-1252", "iso-8859-15", "macintosh", "cp850"]
    private static let central = ["windows-1250", "iso-8859-2", "cp852"]
    private static let cyrillic = [
        "windows-1251", "koi8-r", "cp866", "iso-8859-5", "x-mac-cyrillic",
    ]

    /// What an encoding is worth before anything is read: a word or two with one accent could be in
    /// many, and is in the most common one.
    static func prior(_ encoding: String) -> Double {
        switch encoding {
        case "windows-1252", "windows-1251", "koi8-r", "koi8-u": 0
        case "windows-1250", "iso-8859-2", "windows-1254", "iso-8859-15": -0.9
        case "windows-1257", "iso-8859-13": -3
        case "cp850", "macintosh", "x-mac-cyrillic", "cp852", "cp857": -1.5
        default: -0.2
        }
    }

    static let alphabets = [
        // Western Europe.
        Alphabet(western, "óíáéñúü"),
        Alphabet(western, "éèàêçôùîûëïœ"),
        Alphabet(western, "üäöß"),
        Alphabet(western, "ãçáéíóõêâúà"),
        Alphabet(western, "èàòùìé"),
        Alphabet(western, "àéèóòíúçï"),
        Alphabet(western, "åäöé"),
        Alphabet(western, "øåæé"),
        Alphabet(western, "áíðöóéþúýæ"),
        Alphabet(western, "äöëïé"),
        // Central Europe: Polish, Czech, Slovak, Hungarian, Romanian, Croatian.
        Alphabet(central, "ąłęóżśćńź"),
        Alphabet(central, "íáěéřžýščůúťďňó"),
        Alphabet(central, "áíéčžýšúľťňôďĺŕäó"),
        Alphabet(central, "áéóőíöüúű"),
        Alphabet(central, "ăîâşţ"),
        Alphabet(central, "šžčćđ"),
        Alphabet(["windows-1254", "cp857"], "ıişüğöçâî"),
        Alphabet(["windows-1257", "iso-8859-13"], "ėšųžįūčęą"),
        Alphabet(["windows-1257", "iso-8859-13"], "āīēšūņļžģķč"),
        // Cyrillic: Russian, Ukrainian, Bulgarian, Serbian.
        Alphabet(cyrillic, "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"),
        Alphabet(
            ["windows-1251", "koi8-u", "cp1125", "iso-8859-5"],
            "оанівитреслкудмпзяьбгчйхжцїюєшщфґ"
        ),
        Alphabet(cyrillic, "аоиетнрвслкдпмзгяъубчжцщхйшюфь"),
        Alphabet(["windows-1251", "iso-8859-5"], "аоиенрсјтвкдлпмузбгчшцжхљњћђфџ"),
        // Greek, Hebrew, Arabic, Thai.
        Alphabet(["windows-1253", "iso-8859-7", "cp737"], "αοιετνσρκπυμληςάίέόήγδώύθχφβξψζϊ"),
        Alphabet(["windows-1255", "iso-8859-8", "cp862"], "יוהלאתרבמשנעדקחםפגטסכןצזךץף"),
        Alphabet(["windows-1256", "iso-8859-6"], "ايلمنورتبعهدةسفقكأحجشصىخضذطزغإئثءظؤآ،"),
        Alphabet(["windows-874"], "านรอกเงมยลวดทสตะป่้ัีิ็์ุูบคหแจพชขใไโผซณศธฉถฟ"),
    ]

    static let scripts = [
        Script(
            encodings: [.shiftJIS, .eucJP],
            common: scalars("日本年月人大中会国出時生行者事自分子的一二三十上下前後見水火木金土学校家住民集体何私今"),
            kana: -4.7,
            hangul: -14,
            rare: -8.8
        ),
        Script(
            encodings: [.gb18030],
            common: scalars(
                "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
                    + "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但"
                    + "因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最"
                    + "重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
            ),
            kana: -9,
            hangul: -14,
            rare: -8.9
        ),
        Script(
            encodings: [.big5],
            common: scalars(
                "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡"
                    + "用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但"
                    + "因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最"
                    + "重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次"
            ),
            kana: -9,
            hangul: -14,
            rare: -8.9
        ),
        Script(
            encodings: [.korean, .johab],
            common: scalars(
                "이다는에의가을를하고지로한기사도은자리어서시대그들아인수일해나정부있제주과보조전상공원만었라으게와"
                    + "여러장구것면동성된스경적안미습니까고관요비무계중국신문생연선화산물오모용않했간여"
            ),
            kana: -13,
            hangul: -7.6,
            rare: -11
        ),
    ]

    private static func scalars(_ text: String) -> Set<UInt32> {
        Set(text.unicodeScalars.map(\.value))
    }
}
