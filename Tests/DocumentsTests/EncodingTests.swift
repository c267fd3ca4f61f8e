import Corpus
import Foundation
import Glibc
import Testing

@testable import Documents

/// The bytes of a text in an encoding that the platform knows under `name`.
func encoded(_ text: String, _ name: String) throws -> [UInt8] {
    guard let converter = unsafe iconv_open(name, "UTF-8"),
        unsafe converter != iconv_t(bitPattern: -1)
    else { throw DocumentError.malformed(format: "encoding", reason: "no \(name)") }
    defer { _ = unsafe iconv_close(converter) }
    var input = Array(text.utf8).map { CChar(bitPattern: $0) }
    var output = [CChar](repeating: 0, count: 4 * input.count + 64)
    var left = input.count
    var room = output.count
    unsafe input.withUnsafeMutableBufferPointer { input in
        unsafe output.withUnsafeMutableBufferPointer { output in
            var from = input.baseAddress
            var to = output.baseAddress
            _ = unsafe iconv(converter, &from, &left, &to, &room)
            _ = unsafe iconv(converter, nil, nil, &to, &room)
        }
    }
    #expect(left == 0)
    return output[..<(output.count - room)].map { UInt8(bitPattern: $0) }
}

/// Text in the encodings that were common before UTF-8.
@Suite struct EncodingTests {
    private static let sentences = [
        "es": "La reunión será el miércoles. ¿Dónde está la cañería? El niño comió piñones.",
        "fr": "Le café est fermé à cause de la grève. Où êtes-vous allé hier, après l'été ?",
        "de": "Die Wände müssen geprüft werden, und die Straße ist schön.",
        "is": "Fundur íbúa verður á miðvikudagskvöld. Þetta er góður staður og við förum þangað.",
        "ru": "Собрание жильцов состоится в среду вечером. Лифт не работает до понедельника.",
        "uk": "Збори мешканців відбудуться у середу ввечері. Ліфт не працює до понеділка.",
        "el": "Η συνάντηση των κατοίκων θα γίνει την Τετάρτη το βράδυ στο ισόγειο.",
        "pl": "Zażółć gęślą jaźń. Spotkanie mieszkańców odbędzie się w środę wieczorem.",
        "cs": "Schůze nájemníků je ve středu večer. Výtah nefunguje do pondělí.",
        "hu": "A lakógyűlés szerdán este lesz. Árvíztűrő tükörfúrógép, kérjük, jöjjenek.",
        "tr": "Toplantı çarşamba günü akşam yapılacak. Asansör çalışmıyor, ışığı söndürün.",
        "he": "אסיפת הדיירים תתקיים ביום רביעי בערב. המעלית לא פועלת עד יום שני.",
        "ar": "يجتمع السكان مساء يوم الأربعاء. المصعد لا يعمل حتى يوم الاثنين.",
        "zh": "星期三晚上举行居民会议，请带椅子。电梯在星期一之前不能使用，请大家原谅。",
        "zt": "星期三晚上舉行住戶會議，請帶椅子。電梯在星期一之前不能使用，請大家原諒。",
        "ja": "水曜日に住民の集まりがあります。椅子を持ってきてください。",
        "ko": "수요일 저녁에 주민 회의가 있습니다. 의자를 가져오세요.",
    ]

    /// Nothing says which encoding it is but the letters that come out.
    @Test(arguments: [
        ("es", "CP1252"), ("es", "MACINTOSH"), ("es", "CP850"), ("fr", "ISO-8859-15"),
        ("de", "CP1252"), ("de", "CP850"), ("is", "ISO-8859-1"), ("ru", "CP1251"), ("ru", "KOI8-R"),
        ("ru", "CP866"), ("ru", "ISO-8859-5"), ("uk", "CP1251"), ("uk", "KOI8-U"), ("el", "CP1253"),
        ("el", "ISO-8859-7"), ("pl", "CP1250"), ("pl", "ISO-8859-2"), ("pl", "CP852"),
        ("cs", "CP1250"), ("cs", "ISO-8859-2"), ("hu", "CP1250"), ("tr", "CP1254"),
        ("he", "CP1255"), ("he", "ISO-8859-8"), ("ar", "CP1256"), ("ar", "ISO-8859-6"),
        ("zh", "GB2312"), ("zh", "GB18030"), ("zt", "BIG5"), ("ja", "CP932"), ("ja", "EUC-JP"),
        ("ja", "ISO-2022-JP"), ("ko", "EUC-KR"), ("ko", "ISO-2022-KR"),
    ])
    func undeclaredTextIsRead(language: String, encoding: String) throws {
        let text = try #require(Self.sentences[language])
        let bytes = try encoded(text + "\n", encoding)
        #expect(try DocumentReader().read(bytes, path: "a.txt").blocks.map(\.text) == [text])
    }

    /// Each way to say it, and names that stand for another encoding.
    @Test(arguments: [
        ("a.html", "<meta charset=koi8-r><p>%", "KOI8-R", "ru"),
        (
            "a.html", "<meta http-equiv=Content-Type content='text/html; charset=gb2312'><p>%",
            "GBK", "zh"
        ),
        ("a.xhtml", "<?xml version='1.0' encoding='ISO-8859-2'?><html><p>%", "ISO-8859-2", "pl"),
        ("a.html", "<meta charset=\"x-sjis\"><p>%", "CP932", "ja"),
        (
            "a.tex", "\\usepackage[latin5]{inputenc}\\begin{document}%\\end{document}",
            "ISO-8859-9", "tr"
        ),
        ("a.py", "# -*- coding: cp1251 -*-\n# %\n", "CP1251", "ru"),
        (
            "a.eml", "From: a\nContent-Type: text/plain; charset=\"windows-1256\"\n\n%\n", "CP1256",
            "ar"
        ),
        (
            "a.eml", "From: a\nContent-Type: text/plain; charset=ks_c_5601-1987\n\n%\n", "CP949",
            "ko"
        ),
        ("a.eml", "From: a\nContent-Type: text/plain; charset=utf-7\n\n%\n", "UTF-7", "ru"),
        (
            "a.eml", "From: a\nContent-Type: text/plain; charset=iso-2022-jp\n\n%\n", "ISO-2022-JP",
            "ja"
        ),
    ])
    func declaredTextIsRead(name: String, frame: String, encoding: String, language: String) throws
    {
        let text = try #require(Self.sentences[language])
        let parts = frame.split(separator: "%", omittingEmptySubsequences: false)
        let bytes =
            Array(parts[0].utf8) + (try encoded(text, encoding)) + Array((parts.last ?? "").utf8)
        let document = try DocumentReader().read(bytes, path: name)
        #expect(outline(document).joined(separator: "\n").contains(text))
    }

    @Test func charactersOfSeveralBytesLeadBackToTheirBytes() throws {
        let bytes = try encoded("一二三。\n水曜日に集まり。\n", "EUC-JP")
        let source = try TextDecoder.decode(bytes).source
        let place = try #require(source.utf8.firstRange(of: Array("曜日".utf8)))
        #expect(source.originalBytes(of: place) == 11..<15)
    }

    @Test func namesOfEncodingsAreForgiving() {
        for (name, expected) in [
            ("ISO_8859-1:1987", "windows-1252"), ("latin1", "windows-1252"),
            ("x-sjis", "shift_jis"),
            ("GBK", "gb18030"), ("ks_c_5601-1987", "euc-kr"), ("'utf8'", "utf-8"),
            ("cp866", "cp866"), ("IBM850", "ibm850"), ("windows-1257", "windows-1257"),
        ] {
            #expect(CharacterEncoding(named: name)?.name == expected)
        }
        #expect(CharacterEncoding(named: "no-such-encoding") == nil)
        #expect(CharacterEncoding(named: "") == nil)
        #expect(CharacterEncoding(codePage: 932) == .shiftJIS)
    }

    /// Bytes that make no language are no text, however they are read.
    @Test func noiseIsNoText() {
        var random = SplitMix64(seed: 8)
        for _ in 0..<20 {
            let bytes = (0..<4000).map { _ in UInt8.random(in: 0x20...0xFF, using: &random) }
            #expect(throws: DocumentError.self) { try TextDecoder.decode(bytes) }
        }
    }

    @Test(arguments: [
        ("{\\rtf1\\ansi\\ansicpg1251 \\'d1\\'ee\\'e1\\'f0\\'e0\\'ed\\'e8\\'e5}", "Собрание"),
        ("{\\rtf1\\ansi\\ansicpg932 \\'90\\'85\\'97j\\'93\\'fa}", "水曜日"),
        (
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 A;}{\\f2\\fcharset161 B;}}\\f0 caf\\'e9 {\\f2 \\'e1\\'e2}\\'e9}",
            "café αβé"
        ),
        (
            "{\\rtf1\\ansi\\deff1{\\fonttbl{\\f0 A;}{\\f1\\fcharset238 B;}}\\plain\\f1 \\'9crod\\'e4 \\u322?}",
            "środä ł"
        ),
        ("{\\rtf1\\mac \\'8e\\'97}", "éó"), ("{\\rtf1\\pc \\'a4}", "ñ"),
    ])
    func richTextIsReadInTheCodePagesOfItsFonts(text: String, shown: String) throws {
        let document = try DocumentReader().read(Array(text.utf8), path: "a.rtf")
        #expect(document.blocks.map(\.text) == [shown])
    }
}
