import Testing

@testable import TextAnalysis

@Suite struct LanguageDetectorTests {
    private let detector = LanguageDetector()

    @Test(arguments: [
        ("es", "La cooperativa abre el taller los martes por la tarde."),
        ("es", "¿Qué es RAG y por qué reduce las alucinaciones?"),
        ("es", "cómo configuro la red en el servidor"),
        ("es", "El rendimiento depende de tres factores."),
        ("es", "¿Cuánto cuesta?"),
        ("en", "The workshop opens on Tuesday afternoons."),
        ("en", "How do I configure the network?"),
        ("en", "What is the capital of France?"),
        ("en", "Members may borrow up to five books at a time."),
        ("de", "Die Werkstatt öffnet am Dienstag und ist für alle Mitglieder da."),
        ("de", "Wie kann ich das Netzwerk einrichten?"),
        ("fr", "L'atelier ouvre le mardi et les membres peuvent emprunter des outils."),
        ("fr", "Comment puis-je configurer le réseau ?"),
        (
            "pt",
            "A oficina abre na terça-feira e os sócios podem usar as ferramentas, mas não sempre."
        ),
        ("pt", "Como é que eu configuro a rede do servidor?"),
        ("it", "L'officina apre il martedì e i soci possono usare gli attrezzi della casa."),
        ("it", "Come posso configurare la rete nel server?"),
        ("ca", "El taller obre els dimarts i els socis poden fer servir les eines amb el carnet."),
        ("ca", "Com puc configurar la xarxa del servidor que tinc a casa meva?"),
        ("zh", "合作社的图书馆每周二下午开放。"),
        ("ja", "協同組合の図書館は火曜日の午後に開きます。"),
        ("ko", "협동조합 도서관은 화요일에 문을 엽니다."),
        ("ru", "Мастерская открыта по вторникам."),
        ("uk", "Майстерня відкрита щовівторка, її ключі є в бібліотеці."),
        ("ar", "تفتح الورشة أبوابها يوم الثلاثاء."),
        ("el", "Το εργαστήριο ανοίγει την Τρίτη."),
        ("th", "ห้องสมุดเปิดทุกวันอังคาร"),
    ])
    func aSentenceIsEnough(code: String, sentence: String) {
        #expect(detector.language(of: sentence).rawValue == code)
    }

    @Test(arguments: [
        "", " ", "12345", "CVE-2024-3094", "Madrid", "🙂🙂", "x = y + 1;", "foo bar baz",
    ])
    func weakEvidenceIsUndetermined(text: String) {
        #expect(detector.language(of: text) == .undetermined)
    }

    @Test func aLongTextIsJudgedByItsWindows() {
        let text = String(
            repeating: "La casa de la vecina es grande y tiene un patio. ",
            count: 20_000
        )
        #expect(detector.language(of: text) == .spanish)
    }

    @Test func tagsNameTheirLanguage() {
        #expect(Language(tag: "es-ES") == .spanish)
        #expect(Language(tag: "EN_us.UTF-8") == .english)
        #expect(Language(tag: "spa") == .spanish)
        #expect(Language(tag: "") == nil)
        #expect(Language(tag: "x1") == nil)
    }
}
