internal import Synchronization

/// An encoding of text that the platform's converter knows, under any of its names.
struct CharacterEncoding: Sendable, Equatable {
    /// The name, in lower case, as documents show it.
    let name: String
    /// The name that the converter knows.
    fileprivate let platformName: String

    /// The encoding of a name: of the IANA, of HTML, of LaTeX, of Python, or a code page's number.
    ///
    /// Names that stand for a part of another encoding are that encoding, as browsers have it:
    /// Latin-1 is read as Windows-1252, GB2312 as GB18030. Nil for what the platform does not know.
    init?(named label: some StringProtocol) {
        let label = label.lowercased().filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
        let plain = label.filter { $0.isLetter || $0.isNumber }
        guard !plain.isEmpty, plain.utf8.count < 40, label.utf8.allSatisfy({ $0 < 0x80 }) else {
            return nil
        }
        if let known = Self.aliases[plain] {
            self = known
            return
        }
        for candidate in Self.candidates(label, plain) where TextConverter(candidate) != nil {
            name = label
            platformName = candidate
            return
        }
        return nil
    }

    /// The encoding of a code page of Windows or DOS; nil if the platform does not know it.
    init?(codePage: Int) {
        switch codePage {
        case 10_000: self = .macRoman
        case 10_007: self = CharacterEncoding("x-mac-cyrillic", "MAC-CYRILLIC")
        case 65_001: self = .utf8
        case 932, 10_001: self = .shiftJIS
        case 936, 10_008: self = .gb18030
        case 949, 10_003: self = .korean
        case 950, 10_002: self = .big5
        default: self.init(named: "cp\(codePage)")
        }
    }

    fileprivate init(_ name: String, _ platformName: String) {
        self.name = name
        self.platformName = platformName
    }

    static let utf8 = CharacterEncoding("utf-8", "UTF-8")
    static let windows1252 = CharacterEncoding("windows-1252", "CP1252")
    static let macRoman = CharacterEncoding("macintosh", "MACINTOSH")
    static let shiftJIS = CharacterEncoding("shift_jis", "CP932")
    static let eucJP = CharacterEncoding("euc-jp", "EUC-JP")
    static let iso2022JP = CharacterEncoding("iso-2022-jp", "ISO-2022-JP-2")
    static let iso2022KR = CharacterEncoding("iso-2022-kr", "ISO-2022-KR")
    static let gb18030 = CharacterEncoding("gb18030", "GB18030")
    static let big5 = CharacterEncoding("big5", "BIG5-HKSCS")
    static let korean = CharacterEncoding("euc-kr", "CP949")
    static let johab = CharacterEncoding("johab", "JOHAB")
    /// Chinese in bytes below 0x80, between `~{` and `~}`, which no platform's library has.
    static let hz = CharacterEncoding("hz-gb-2312", "HZ")

    /// Whether text in it is made of bytes below 0x80 only, escape sequences among them.
    var isSevenBit: Bool {
        ["ISO-2022", "UTF-7", "HZ"].contains { platformName.hasPrefix($0) }
    }

    // MARK: Names

    private static func candidates(_ label: String, _ plain: String) -> [String] {
        var names = [label.uppercased(), plain.uppercased()]
        for prefix in ["windows", "cp", "ibm", "dos", "x"] where plain.hasPrefix(prefix) {
            let number = plain.dropFirst(prefix.count)
            if !number.isEmpty, number.allSatisfy(\.isNumber) { names.append("CP\(number)") }
        }
        if plain.hasPrefix("iso8859") { names.append("ISO-8859-\(plain.dropFirst(7))") }
        return names
    }

    private static let aliases: [String: CharacterEncoding] = {
        var aliases: [String: CharacterEncoding] = [:]
        func add(_ encoding: CharacterEncoding, _ names: String) {
            for name in names.split(separator: " ") { aliases[String(name)] = encoding }
        }
        add(.utf8, "utf8 utf8x unicode11utf8 utf8mb4 cp65001")
        add(
            .windows1252,
            "windows1252 cp1252 iso88591 iso885911987 latin1 l1 ascii usascii ansi ansinew "
                + "ansix341968 xcp1252 cp819 ibm819 iso646us isoir100"
        )
        add(CharacterEncoding("windows-1254", "CP1254"), "iso88599 latin5 l5 windows1254 cp1254")
        add(CharacterEncoding("iso-8859-15", "ISO-8859-15"), "latin9 iso885915 l9")
        add(CharacterEncoding("iso-8859-2", "ISO-8859-2"), "latin2 l2")
        add(CharacterEncoding("iso-8859-8", "ISO-8859-8"), "iso88598i iso88598e visual logical")
        add(CharacterEncoding("iso-8859-6", "ISO-8859-6"), "iso88596i iso88596e")
        add(CharacterEncoding("windows-874", "CP874"), "windows874 cp874 tis620 iso885911")
        add(.macRoman, "macintosh mac macroman xmacroman applemac")
        add(CharacterEncoding("x-mac-cyrillic", "MAC-CYRILLIC"), "xmaccyrillic maccyrillic")
        add(
            .shiftJIS,
            "shiftjis sjis xsjis mskanji windows31j cp932 ms932 csshiftjis cswindows31j shiftjisx0213"
        )
        add(.eucJP, "eucjp xeucjp cseucpkdfmtjapanese ujis")
        add(.iso2022JP, "iso2022jp iso2022jp1 iso2022jp2 csiso2022jp iso2022jpms jis")
        add(.gb18030, "gb18030 gb2312 gbk xgbk cp936 ms936 windows936 euccn gb231280 chinese")
        add(.big5, "big5 big5hkscs xxbig5 csbig5 cp950 ms950 windows950 big5tw eten")
        add(
            .korean,
            "euckr ksc56011987 ksc5601 ksc56011989 korean cp949 ms949 uhc windows949 cseuckr"
        )
        add(.johab, "johab cp1361 ms1361 ksc5601johab")
        add(.hz, "hz hzgb2312 hzgb")
        add(CharacterEncoding("utf-7", "UTF-7"), "utf7 unicode11utf7 csunicode11utf7")
        return aliases
    }()

    // MARK: Decoding

    /// The table of the upper half where a byte is a character, or nil.
    var table: SingleByteEncoding? {
        if self == .windows1252 { return .windows1252 }
        if self == .macRoman { return .macRoman }
        if let known = Self.tables.withLock({ $0[platformName] }) { return known }
        let made = makeTable()
        Self.tables.withLock { $0[platformName] = .some(made) }
        return made
    }

    private static let tables = Mutex<[String: SingleByteEncoding?]>([:])

    private func makeTable() -> SingleByteEncoding? {
        guard !isSevenBit, self != .utf8, let converter = TextConverter(platformName),
            converter.scalars(of: [0x41, 0x0A, 0x7A]) == [0x41, 0x0A, 0x7A]
        else { return nil }
        var upperHalf: [UInt16] = []
        for byte in UInt8(0x80)...0xFF {
            switch converter.scalar(of: byte) {
            case .scalar(let value): upperHalf.append(UInt16(truncatingIfNeeded: value))
            case .none: upperHalf.append(0xFFFD)
            case .more: return nil
            }
        }
        return SingleByteEncoding(name: name, upperHalf: upperHalf)
    }

    /// The text of `bytes`, and how many of them are none in this encoding; each became U+FFFD.
    func decode(_ bytes: [UInt8]) -> (step: TextDecoder.Step, invalid: Int) {
        if let table {
            let step = TextDecoder.decode(bytes, as: table)
            let holes = Set(table.upperHalf.indices.filter { table.upperHalf[$0] == 0xFFFD })
            let invalid =
                holes.isEmpty ? 0 : bytes.count { $0 >= 0x80 && holes.contains(Int($0) - 0x80) }
            return (step, invalid)
        }
        if self == .hz { return Self.decodeHZ(bytes) }
        guard let converter = TextConverter(platformName) else { return (.init(), bytes.count) }
        return converter.decode(bytes, isASCIIBased: !isSevenBit)
    }

    /// Decodes HZ (RFC 1843): between `~{` and `~}` stand pairs of bytes, GB 2312 without the highest
    /// bits; `~~` is a tilde, and a tilde at the end of a line is nothing.
    private static func decodeHZ(_ bytes: [UInt8]) -> (step: TextDecoder.Step, invalid: Int) {
        var step = TextDecoder.Step()
        var invalid = 0
        var isChinese = false
        var i = 0
        while i < bytes.count {
            let next = i + 1 < bytes.count ? bytes[i + 1] : 0
            if bytes[i] == UInt8(ascii: "~"), next == UInt8(ascii: isChinese ? "}" : "{") {
                isChinese.toggle()
                i += 2
            } else if bytes[i] == UInt8(ascii: "~"), next == UInt8(ascii: "~") || next == 0x0A {
                if next != 0x0A { step.utf8.append(next) }
                i += 2
            } else if isChinese, (0x21...0x7E).contains(bytes[i]), (0x21...0x7E).contains(next) {
                let pair = gb18030.decode([bytes[i] | 0x80, next | 0x80])
                step.utf8 += pair.step.utf8
                invalid += pair.invalid
                i += 2
            } else {
                // A line ends what was open.
                if bytes[i] == 0x0A { isChinese = false }
                step.utf8.append(bytes[i])
                i += 1
                continue
            }
            step.map.add(changed: step.utf8.count, original: i)
        }
        return (step, invalid)
    }
}
