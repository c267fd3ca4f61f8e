/// The letters of scripts besides Latin, Greek and Cyrillic that are composed of a base and a mark
/// and are written as one: kana with voicing marks, vowels of Indic scripts in two parts.
///
/// Each mark is followed by pairs: the base, then the composed letter (facts of the Unicode Character
/// Database, version 14).
let composedSyllables: [(mark: UInt32, pairs: String)] = [
    (0x09BE, "\u{9C7}\u{9CB}"),
    (0x09D7, "\u{9C7}\u{9CC}"),
    (0x0B3E, "\u{B47}\u{B4B}"),
    (0x0B56, "\u{B47}\u{B48}"),
    (0x0B57, "\u{B47}\u{B4C}"),
    (0x0BBE, "\u{BC6}\u{BCA}\u{BC7}\u{BCB}"),
    (0x0BD7, "\u{B92}\u{B94}\u{BC6}\u{BCC}"),
    (0x0C56, "\u{C46}\u{C48}"),
    (0x0CC2, "\u{CC6}\u{CCA}"),
    (0x0CD5, "\u{CBF}\u{CC0}\u{CC6}\u{CC7}\u{CCA}\u{CCB}"),
    (0x0CD6, "\u{CC6}\u{CC8}"),
    (0x0D3E, "\u{D46}\u{D4A}\u{D47}\u{D4B}"),
    (0x0D57, "\u{D46}\u{D4C}"),
    (0x0DCA, "\u{DD9}\u{DDA}\u{DDC}\u{DDD}"),
    (0x0DCF, "\u{DD9}\u{DDC}"),
    (0x0DDF, "\u{DD9}\u{DDE}"),
    (0x102E, "\u{1025}\u{1026}"),
    (
        0x1B35,
        """
        \u{1B05}\u{1B06}\u{1B07}\u{1B08}\u{1B09}\u{1B0A}\u{1B0B}\u{1B0C}\
        \u{1B0D}\u{1B0E}\u{1B11}\u{1B12}\u{1B3A}\u{1B3B}\u{1B3C}\u{1B3D}\
        \u{1B3E}\u{1B40}\u{1B3F}\u{1B41}\u{1B42}\u{1B43}
        """
    ),
    (
        0x3099,
        """
        かがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはば\
        ひびふぶへべほぼうゔゝゞカガキギクグケゲコゴサザシジスズセゼソゾ\
        タダチヂツヅテデトドハバヒビフブヘベホボウヴワヷヰヸヱヹヲヺヽヾ
        """
    ),
    (0x309A, "はぱひぴふぷへぺほぽハパヒピフプヘペホポ"),
    (0x110BA, "\u{11099}\u{1109A}\u{1109B}\u{1109C}\u{110A5}\u{110AB}"),
    (0x11127, "\u{11131}\u{1112E}\u{11132}\u{1112F}"),
    (0x1133E, "\u{11347}\u{1134B}"),
    (0x11357, "\u{11347}\u{1134C}"),
    (0x114B0, "\u{114B9}\u{114BC}"),
    (0x114BA, "\u{114B9}\u{114BB}"),
    (0x114BD, "\u{114B9}\u{114BE}"),
    (0x115AF, "\u{115B8}\u{115BA}\u{115B9}\u{115BB}"),
    (0x11930, "\u{11935}\u{11938}"),
]
