"""The 200 texts of the golden files: six languages, lengths from nothing to far too long."""
import unicodedata

SENTENCES = {
    "es": [
        "La cooperativa abre el taller los martes y los jueves por la tarde.",
        "¿Quién guarda las llaves del cuarto de herramientas?",
        "El tejado solar produjo 14.320 kilovatios hora el año pasado.",
        "Antes de usar la sierra hay que ponerse gafas y guantes.",
        "Los préstamos de la biblioteca duran tres semanas y se renuevan una vez.",
        "Ñandú, pingüino y colibrí son aves muy distintas.",
        "La asamblea decidió cambiar el inversor averiado por uno nuevo.",
        "No olvides apagar la calefacción al salir del edificio.",
        "El recibo de la luz bajó un 38 % en seis meses.",
        "Hay sopa de lentejas en la cocina para quien llegue tarde.",
    ],
    "en": [
        "The reading room stays open until nine on Fridays.",
        "Who ordered the replacement fuse for the second inverter?",
        "Return the drill to shelf B-12 after charging its battery.",
        "Rain is expected tomorrow, so the roof inspection has been moved.",
        "A new member pays a deposit of 40 euros, which is returned on leaving.",
        "The minutes of the March meeting were approved without changes.",
        "Soldering irons must never be left switched on unattended.",
        "Our catalogue lists 3,482 books, most of them second-hand.",
        "Please write the serial number (SN-0047-X) on the label.",
        "Children under twelve need an adult with them in the workshop.",
    ],
    "de": [
        "Die Werkstatt bleibt wegen der Inventur bis Montag geschlossen.",
        "Wer hat die Schlüssel für den Fahrradkeller mitgenommen?",
        "Die Solaranlage wurde im Frühjahr gründlich gereinigt.",
        "Überfällige Bücher kosten zwanzig Cent am Tag.",
        "Der Wechselrichter meldet seit gestern den Fehler E-217.",
        "Größere Spenden bitte vorher mit dem Vorstand absprechen.",
        "Im Lesesaal gibt es dreißig Plätze und vier Steckdosen.",
        "Nächste Woche lernen wir, wie man einen Stuhl neu bezieht.",
        "Das Protokoll der Sitzung hängt am Schwarzen Brett.",
        "Bitte räumt eure Tassen selbst in die Spülmaschine.",
    ],
    "ar": [
        "تفتح المكتبة أبوابها كل يوم من التاسعة صباحا.",
        "أين وضعتم مفتاح غرفة الأدوات؟",
        "أنتجت الألواح الشمسية كهرباء أكثر من المتوقع هذا الشهر.",
        "يجب إعادة الكتب المستعارة قبل نهاية الأسبوع.",
        "السَّلامُ عَلَيْكُم، كَيْفَ حَالُكُم اليَوْم؟",
        "عدد الأعضاء في التعاونية ٢٤٥ عضوا.",
        "نظافة الورشة مسؤولية الجميع.",
        "الاجتماع القادم يوم الأحد في القاعة الكبيرة.",
    ],
    "zh": [
        "图书馆每天上午九点开门，周一休息。",
        "谁借走了工具房的钥匙？",
        "去年屋顶的太阳能板发了一万四千度电。",
        "请在使用电锯之前戴好护目镜和手套。",
        "新会员需要交四十欧元押金，退会时退还。",
        "会议记录已经贴在门口的布告栏上。",
        "冬天离开时别忘了关暖气。",
        "這張椅子需要重新上漆。",
    ],
    "hi": [
        "पुस्तकालय हर दिन सुबह नौ बजे खुलता है।",
        "औज़ारों के कमरे की चाबी किसके पास है?",
        "छत के सौर पैनल ने पिछले साल बहुत बिजली बनाई।",
        "किताबें तीन हफ़्ते के लिए उधार मिलती हैं।",
        "कृपया आरी चलाने से पहले चश्मा और दस्ताने पहनें।",
        "अगली बैठक रविवार को बड़े कमरे में होगी।",
    ],
}

ODD = [
    "", " ", "   ", "a", "Ñ", "vecino", "neighbour", "Überraschung", "太阳能", "مرحبا", "नमस्ते", "42",
    "?", "...", "\n", "\t\ttabs\tand\nlines\r\nmixed ", " leading and trailing ", "two  spaces   three",
    "🙂", "🎉🎉🎉", "👩‍🔧 repairs a 🚲", "🇪🇸 y 🇩🇪", "🤷🏽‍♂️ no sé", "☀️ + 🔋 = 💡", "❤", "x😀y",
    "ＦＵＬＬｗｉｄｔｈ　ｔｅｘｔ", "ﬁne ﬂour", "①②③ ½ kg", "㍿ ㎏ ㏂", "Ångström Å", "İstanbul ıslak", "ΣΊΣΥΦΟΣ",
    "soft\u00adhyphen zero\u200bwidth", "e\u0301 a\u0308 n\u0303", "\u1112\u1161\u11ab\u1100\u1173\u11af",
    "น้ำใจคนไทย กำลังเปิดประตู", "שָׁלוֹם לְכֻלָּם", "Привет, сосед!", "Tiếng Việt có dấu",
    "日本語のテキストと한국어 텍스트", "<s> </s> <mask> [CLS] [SEP]", "▁ already marked",
    "func dot(_ a: Span<Float>) -> Float { a.count == 0 ? 0 : 1 }", "SELECT * FROM passages WHERE id = ?1;",
    "https://example.org/a/b?q=%C3%B1&x=1#frag", "user.name+tag@example.org", "C:\\Temp\\file_v2.1-rc3.txt",
    "x = (a + b)**2 / 3.14159e-10", "v1.2.3-beta.4+build.567", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "Donaudampfschifffahrtsgesellschaftskapitänsmütze", "w" * 101, "\u0000\u0001nul\u007f",
    "\ufffd\ufeffbyte order", "¿¡«»“”‘’—–…·•", "१२३ ٤٥٦ 七八九",
]


def texts():
    out = list(ODD)
    for sentences in SENTENCES.values():
        out += sentences
    for sentences in SENTENCES.values():
        # Passages of a few sentences, then one far too long for any of the models.
        for start in range(0, len(sentences) - 2, 2):
            out.append(" ".join(sentences[start:start + 3]))
        out.append(" ".join(sentences))
        out.append("\n\n".join(sentences * 12))
    out += [unicodedata.normalize("NFD", s) for s in SENTENCES["es"][5:8] + SENTENCES["de"][2:6]]
    out += [s.upper() for s in SENTENCES["es"][:4] + SENTENCES["de"][:3] + SENTENCES["en"][:2]]
    languages = list(SENTENCES)
    k = 0
    while len(out) < 200:
        first, second = languages[k % 6], languages[(k + 1 + k // 6) % 6]
        out.append(SENTENCES[first][k % 6] + " " + SENTENCES[second][(k + 2) % 6])
        k += 1
    assert len(out) == 200, len(out)
    return out
