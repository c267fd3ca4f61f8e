/// Which of the syllables of Unicode are used in Korean.
enum KoreanSyllables {
    /// Whether a syllable is among the 2,350 of the national standard (KS X 1001), which are those of the
    /// words of the language.
    static func areUsed(_ scalar: UInt32) -> Bool { used.contains(scalar) }

    /// Two bytes each from 0xB0A1 to 0xC8FE, as the platform has them.
    private static let used: Set<UInt32> = {
        var bytes: [UInt8] = []
        for lead in UInt8(0xB0)...0xC8 {
            for trail in UInt8(0xA1)...0xFE { bytes += [lead, trail] }
        }
        let text = String(
            decoding: CharacterEncoding.korean.decode(bytes).step.utf8,
            as: UTF8.self
        )
        return Set(text.unicodeScalars.map(\.value))
    }()
}
